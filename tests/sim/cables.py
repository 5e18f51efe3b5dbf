"""The network between machines: what TCP and ZeroMQ let through on a bad day, and the weather.

A machine has two lines to each other one, its subscription to that one's feed and its path for
requests. A line is dialled until the far side is there, and has a number: what was sent on an
earlier line of the same two never arrives. While a line is up, frames may vanish, come twice, late
or in another order; the protocol must live with all of it.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

from common.mesh.transport import Answered, Asked, FeedHeard, Heard, LinkUp, Peer
from common.wire import messages

if TYPE_CHECKING:
    from tests.sim.machine import Machine
    from tests.sim.world import World

MS = 1_000
SECOND = 1_000_000
HEARTBEAT = 2 * SECOND
"""How long a connection outlives its cable."""
REDIAL = 200 * MS
MOST_AT_ONCE = 256


class Channel(Enum):
    """What a line is for."""

    FEED = "feed"
    REQUEST = "request"


Key = tuple[bytes, bytes, Channel]
"""Who dialled, whom, what for."""


@dataclass
class Weather:
    """What happens to frames anywhere."""

    loss: float = 0.0
    twice: float = 0.0
    jitter: int = 2 * MS
    """µs that a frame may take longer than another."""
    reorder: bool = False


class Cables:
    """All cables of the house, and who is plugged in."""

    def __init__(self, world: World, rng: random.Random) -> None:
        self._world = world
        self._rng = rng
        self.weather = Weather()
        self.plugged: dict[bytes, Machine] = {}
        self.slow: Counter[bytes] = Counter()
        """µs that frames of and to a machine take longer."""
        self._cut_until: dict[tuple[bytes, bytes], int] = {}
        self._up: dict[Key, int] = {}
        self._dialled: dict[Key, int] = {}
        self._arrivals: dict[tuple[bytes, bytes, Channel], int] = {}
        self._lines = 0

    # -- lines

    def dial(self, machine: Machine, peer: bytes, channel: Channel, patience: int = 0) -> None:
        """End the line there was and try for a new one until it stands."""
        key = (machine.origin, peer, channel)
        self._up.pop(key, None)
        self._lines += 1
        line = self._dialled[key] = self._lines

        def attempt() -> None:
            if self._dialled.get(key) != line or self.plugged.get(machine.origin) is not machine:
                return
            if not self._reaches(machine.origin, peer):
                self._world.after(REDIAL, attempt)
                return
            self._up[key] = line
            if channel is Channel.REQUEST:
                machine.hear(LinkUp(peer))

        self._world.after(patience + self._rng.randint(1, 30) * MS, attempt)

    def _reaches(self, one: bytes, other: bytes) -> bool:
        far = self.plugged.get(other)
        if self._is_cut((one, other)) or self._is_cut((other, one)):
            return False
        return far is not None and far.running

    def _is_cut(self, way: tuple[bytes, bytes]) -> bool:
        return self._cut_until.get(way, 0) > self._world.time

    def plug(self, machine: Machine) -> None:
        """A machine is on the network, in the place of whoever had its address."""
        self.plugged[machine.origin] = machine

    def dial_all(self, machine: Machine, peers: Iterable[bytes]) -> None:
        """A machine opens both its lines to each of these."""
        for peer in peers:
            self.dial(machine, peer, Channel.REQUEST)
            self.dial(machine, peer, Channel.FEED, machine.slow_joiner)

    def hang_up(self, machine: Machine) -> None:
        """A machine's connections end, both the ones it dialled and the ones to it."""
        if self.plugged.get(machine.origin) is not machine:
            return
        for key in list(self._dialled):
            dialler, server, channel = key
            if dialler == machine.origin:
                self._up.pop(key, None)
                del self._dialled[key]
            elif server == machine.origin:
                self.dial(self.plugged[dialler], server, channel)

    # -- cuts

    def cut(self, ways: Sequence[tuple[bytes, bytes]], duration: int) -> None:
        """Let nothing through from one to another for a while."""
        until = self._world.time + duration
        self._cut_until |= {way: max(until, self._cut_until.get(way, 0)) for way in ways}
        self._world.after(HEARTBEAT, lambda: self._break(ways))

    def _break(self, ways: Sequence[tuple[bytes, bytes]]) -> None:
        """The heartbeat finds out where nothing comes through."""
        for one, other in ways:
            for key in [key for key in self._dialled if {key[0], key[1]} == {one, other}]:
                if key in self._up and not self._reaches(one, other):
                    self.dial(self.plugged[key[0]], key[1], key[2])

    def heal(self) -> None:
        """All cables are whole and the weather is fine."""
        self.weather = Weather()
        self.slow.clear()
        self._cut_until.clear()

    # -- frames

    def line(self, key: Key) -> int:
        """The number of the line that stands now; 0 while none does."""
        return self._up.get(key, 0)

    def carry(self, key: Key, source: Machine, target: bytes, heard: Heard) -> bool:
        """Bring something over a line, or not; whether it left."""
        line = self._up.get(key)
        if line is None or self.plugged.get(source.origin) is not source:
            return False
        weather, way = self.weather, (source.origin, target)
        if self._is_cut(way) or self._rng.random() < weather.loss:
            self._world.coverage["frames lost"] += 1
            if self._world.traced:
                source.say(f"  lost on its way to {self._world.names.of(target)}")
            return False
        for _ in range(2 if weather.twice and self._rng.random() < weather.twice else 1):
            delay = 300 + int(self._rng.random() * weather.jitter)
            arrival = source.time + delay + self.slow[source.origin] + self.slow[target]
            if not weather.reorder:
                arrival = max(arrival, self._arrivals.get((*way, key[2]), 0))
                self._arrivals[(*way, key[2])] = arrival
            self._world.at(arrival, self._arrive(key, line, target, heard))
        return True

    def _arrive(self, key: Key, line: int, target: bytes, heard: Heard) -> Callable[[], None]:
        def arrive() -> None:
            if self._up.get(key) == line:
                self.plugged[target].hear(heard)

        return arrive


class CableTransport:
    """One machine's `common.mesh.transport.Transport`, for one life of its node."""

    def __init__(self, cables: Cables, machine: Machine, world: World) -> None:
        self.dropped = 0
        self._cables = cables
        self._machine = machine
        self._world = world
        self._peers: dict[bytes, Peer] = {}

    def set_peers(self, peers: Iterable[Peer]) -> None:
        now = {peer.origin: peer for peer in peers if peer.origin != self._machine.origin}
        new = [origin for origin in now if origin not in self._peers]
        self._cables.dial_all(self._machine, new)
        self._peers = now

    def publish(self, frame: bytes) -> None:
        message = messages.decode_feed(frame)
        self._machine.leaves(message)
        me = self._machine.origin
        heard = FeedHeard(me, frame)
        for peer in self._peers:
            self._cables.carry((peer, me, Channel.FEED), self._machine, peer, heard)

    def request(self, peer: bytes, request_id: int, body: bytes) -> None:
        message = messages.decode_request(body)
        self._machine.leaves(message, peer)
        key = (self._machine.origin, peer, Channel.REQUEST)
        token = b"%b%b%b" % (
            request_id.to_bytes(8, "big"),
            self._cables.line(key).to_bytes(8, "big"),
            key[0],
        )
        self._cables.carry(key, self._machine, peer, Asked(token, key[0], body))

    def reply(self, token: bytes, body: bytes) -> None:
        asker = token[16:]
        message = messages.decode_answer(body)
        self._machine.leaves(message, asker)
        key = (asker, self._machine.origin, Channel.REQUEST)
        if self._cables.line(key) == int.from_bytes(token[8:16], "big"):
            request_id = int.from_bytes(token[:8], "big")
            heard = Answered(self._machine.origin, request_id, body)
            self._cables.carry(key, self._machine, asker, heard)

    def reset(self, peer: bytes) -> None:
        self._world.coverage["resets"] += 1
        self._cables.dial(self._machine, peer, Channel.REQUEST)

    def poll(self, timeout_ms: int) -> list[Heard]:
        return self._machine.poll(timeout_ms)

    def wake(self) -> None:
        pass

    def close(self) -> None:
        pass
