"""A whole store's mesh in one thread: simulated time, seeded faults, logs in memory.

The nodes' replicas are the real thing; everything around them is played here, and every claim a
replica makes about what is durable is held against its log at the moment it leaves.
"""

from __future__ import annotations

import hashlib
import heapq
import itertools
import random
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import NamedTuple

from common.domain.codec import (
    Event,
    Group,
    SideRecord,
    chain_checksum,
    decode_event,
    decode_group,
    encode_event,
    seal_group,
    side_message,
)
from common.domain.ids import Chain
from common.wire import messages, outputs
from common.wire.outputs import Held, Now, Received, SideWant
from common.wire.replica import Replica

STORE = b"store-of-testing"
MILLISECOND = 1_000
SECOND = 1_000_000
SIDED = "Sided"
"""Events of this kind name a side record: their payload is its id."""


def origin_of(number: int) -> bytes:
    return hashlib.blake2b(b"node %d" % number, digest_size=16).digest()


def key_of(origin: bytes) -> bytes:
    return hashlib.blake2b(origin, digest_size=32).digest()


def sign(origin: bytes, message: bytes) -> bytes:
    return hashlib.blake2b(message, key=key_of(origin), digest_size=64).digest()


def verify(public_key: bytes, message: bytes, signature: bytes) -> bool:
    """Stands for Ed25519; in here everyone's public key is the secret one too."""
    return hashlib.blake2b(message, key=public_key, digest_size=64).digest() == signature


class Author:
    """Makes signed groups of one origin, chain after chain."""

    def __init__(self, origin: bytes, epoch: int = 1) -> None:
        self.origin = origin
        self.begin(epoch)

    def begin(self, epoch: int) -> None:
        self.chain = Chain(self.origin, epoch)
        self.seq = 0
        self.checksum = bytes(16)

    def group(
        self,
        events: int = 1,
        payload: bytes = b"",
        kind: str = "Happened",
        to: tuple[str, ...] = (),
    ) -> Group:
        first = self.seq + 1
        raw = [self._event(seq, payload, kind, to) for seq in range(first, first + events)]
        group = seal_group(
            self.chain, first, self.checksum, raw, STORE, lambda m: sign(self.origin, m)
        )
        self.seq, self.checksum = group.last, group.checksum
        return group

    def _event(self, seq: int, payload: bytes, kind: str, to: tuple[str, ...]) -> bytes:
        return encode_event(
            Event(
                origin=self.origin,
                epoch=self.chain.epoch,
                seq=seq,
                lamport=seq,
                at=0,
                kind=kind,
                subject=bytes(16),
                cmd_id=bytes(16),
                actor="",
                to=to,
                version=1,
                payload=payload,
            )
        )

    def side(self, number: int) -> SideRecord:
        side_id = hashlib.blake2b(self.origin + b"%d" % number, digest_size=16).digest()
        unsigned = SideRecord(side_id, self.origin, bytes(16), 0, b"{}", bytes(64))
        return SideRecord(
            side_id,
            self.origin,
            bytes(16),
            0,
            b"{}",
            sign(self.origin, side_message(STORE, unsigned)),
        )


class MemoryLog:
    """What survives a crash. It trusts its caller, so that a replica's mistakes show."""

    def __init__(self) -> None:
        self.groups: dict[Chain, dict[int, Group]] = {}
        self.ends: dict[Chain, dict[int, bytes]] = {}
        self.stored_at: dict[Chain, int] = {}
        self.sides: dict[bytes, SideRecord] = {}
        self.receipts: dict[tuple[bytes, bytes, int], int] = {}

    def append(self, group: Group, stored_at: int) -> None:
        held = self.groups.setdefault(group.chain, {})
        held[group.first] = group
        self.stored_at[group.chain] = stored_at
        ends = self.ends.setdefault(group.chain, {0: bytes(16)})
        seq, checksum = self.head(group.chain)
        while (following := held.get(seq + 1)) is not None and following.previous == checksum:
            seq, checksum = following.last, following.checksum
            ends[seq] = checksum

    def head(self, chain: Chain) -> tuple[int, bytes]:
        """The end of the unbroken run of what is really there."""
        ends = self.ends.get(chain, {0: bytes(16)})
        return next(reversed(ends.items()))

    def holds(self, chain: Chain, seq: int, checksum: bytes) -> bool:
        """Whether all events up to this one are here and lead to this checksum."""
        return self.ends.get(chain, {}).get(seq) == checksum

    def after(self, want: messages.Want) -> list[Group]:
        held = self.groups.get(want.chain, {})
        return [held[first] for first in sorted(held) if first > want.after]

    def events(self) -> dict[Chain, tuple[bytes, ...]]:
        return {
            chain: tuple(
                itertools.chain.from_iterable(groups[first].events for first in sorted(groups))
            )
            for chain, groups in self.groups.items()
        }


@dataclass
class Weather:
    """How bad the network and the disks are."""

    loss: float = 0.0
    twice: float = 0.0
    reorder: bool = False
    commit_fails: float = 0.0


class BrokenPromise(AssertionError):
    """A replica claimed what was not so."""


class Token(NamedTuple):
    """Whom an answer goes to, if that machine and its path are still the same."""

    origin: bytes
    life: int
    term: int
    request_id: int


@dataclass
class Node:
    """A machine: its disk stays, the replica is a new one after each start."""

    origin: bytes
    author: Author
    log: MemoryLog = field(default_factory=MemoryLog)
    replica: Replica | None = None
    life: int = 0
    term: Counter[bytes] = field(default_factory=Counter)
    tick_at: int | None = None
    writer_free: int = 0
    epochs: int = 0
    sides_made: int = 0
    fresh: bool = True


class Network:
    """Nodes, the wires between them and the time they share."""

    def __init__(self, count: int, seed: int, make: Callable[..., Replica] = Replica) -> None:
        self.rng = random.Random(seed)
        self.make = make
        self.time = 0
        self.weather = Weather()
        self.cuts: Counter[frozenset[bytes]] = Counter()
        self.sent: Counter[str] = Counter()
        self.notes: Counter[outputs.What] = Counter()
        self._queue: list[tuple[int, int, Callable[[], None]]] = []
        self._count = itertools.count()
        self._wire_free: dict[tuple[bytes, bytes], int] = {}
        origins = [origin_of(number) for number in range(count)]
        self.nodes = {origin: Node(origin, Author(origin)) for origin in origins}
        self.roster = {origin: key_of(origin) for origin in origins}
        # Everyone has a role of his own, and the last two share one.
        self.roles = {origin: frozenset({f"role {nth}"}) for nth, origin in enumerate(origins)}
        self.roles |= {origin: self.roles[origin] | {"shared"} for origin in origins[-2:]}
        for node in self.nodes.values():
            self.boot(node)

    # --- time

    def after(self, delay: int, act: Callable[[], None]) -> None:
        heapq.heappush(self._queue, (self.time + delay, next(self._count), act))

    def run(self, until: int) -> None:
        while self._queue and self._queue[0][0] <= until:
            self.time, _, act = heapq.heappop(self._queue)
            act()
        self.time = until

    def now(self, node: Node) -> Now:
        """Every machine counts from elsewhere and its mesh time is a little off."""
        offset = node.origin[0] * SECOND
        return Now(self.time + offset, self.time + node.origin[1] * MILLISECOND)

    # --- machines

    def boot(self, node: Node) -> None:
        node.life += 1
        node.fresh = True
        node.writer_free = self.time
        node.tick_at = None
        node.replica = replica = self.make(
            node.origin, STORE, 1, verify, random.Random(self.rng.random()).random
        )
        heads = [
            Held(chain.origin, chain.epoch, *node.log.head(chain), node.log.stored_at[chain])
            for chain in node.log.groups
        ]
        receipts = [(*key, seq) for key, seq in node.log.receipts.items()]
        self.carry_out(node, replica.start(heads, receipts, self.now(node)))
        self.carry_out(node, replica.set_peers(self.roster, self.now(node)))
        self.carry_out(node, replica.set_roles(self.roles, self.now(node)))
        self._want_sides(
            node,
            itertools.chain.from_iterable(groups.values() for groups in node.log.groups.values()),
        )
        for peer in self.nodes:
            if peer != node.origin:
                self.dial(node, peer)

    def crash(self, node: Node) -> None:
        node.replica = None
        node.life += 1

    def dial(self, node: Node, peer: bytes) -> None:
        """A new path; it is there once the far side is up and no wire is cut."""
        node.term[peer] += 1
        term = (node.life, node.term[peer])

        def try_it() -> None:
            if (node.life, node.term[peer]) != term or node.replica is None:
                return
            if self.cuts[frozenset((node.origin, peer))] or self.nodes[peer].replica is None:
                self.after(100 * MILLISECOND, try_it)
            else:
                self.carry_out(node, node.replica.connected(peer, self.now(node)))

        self.after(self.rng.randint(1, 20) * MILLISECOND, try_it)

    def write(self, node: Node, events: int = 1, side: bool = False, told: bool = True) -> None:
        """This node commits a command of its own; untold if it dies before it can publish."""
        if node.replica is None:
            return
        if node.fresh:
            node.epochs += 1
            node.author.begin(node.epochs)
            node.fresh = False
        sides = []
        if side:
            node.sides_made += 1
            sides = [node.author.side(node.sides_made)]
            group = node.author.group(1, sides[0].id, SIDED, self._someone())
        else:
            group = node.author.group(events, to=self._someone())
        node.log.append(group, self.now(node).mesh)
        node.log.sides.update({one.id: one for one in sides})
        if told:
            self.carry_out(node, node.replica.own((group,), sides, self.now(node)))

    def _someone(self) -> tuple[str, ...]:
        """Whom an event is addressed to: nobody, one role, or one and the shared one."""
        role = f"role {self.rng.randrange(len(self.nodes))}"
        return self.rng.choice(((), (role,), ("shared", role)))

    # --- carrying out

    def carry_out(self, node: Node, todo: Iterable[outputs.Outputs]) -> None:
        for output in todo:
            self.sent[type(output).__name__] += 1
            getattr(self, f"_{type(output).__name__.lower()}")(node, output)
        self._set_alarm(node)

    def _set_alarm(self, node: Node) -> None:
        assert node.replica is not None
        mono = self.now(node).mono
        deadline = node.replica.next_deadline()
        if deadline == outputs.NEVER:
            return
        assert deadline > mono, "a deadline that has passed: the machine would spin"
        when = self.time + deadline - mono
        if node.tick_at is None or when < node.tick_at or node.tick_at <= self.time:
            node.tick_at = when
            life = node.life
            self.after(deadline - mono, lambda: self._tick(node, life))

    def _tick(self, node: Node, life: int) -> None:
        if node.replica is not None and node.life == life and node.tick_at == self.time:
            self.carry_out(node, node.replica.tick(self.now(node)))

    def _input(self, node: Node, life: int, name: str, *arguments: object) -> None:
        """An input, unless the machine has died meanwhile."""
        if node.replica is not None and node.life == life:
            self.carry_out(node, getattr(node.replica, name)(*arguments, self.now(node)))

    def _deliver(self, source: Node, target: Node, act: Callable[[], None]) -> None:
        """One frame on the wire: lost, twice, late or in order, as the weather is."""
        wire = (source.origin, target.origin)
        if self.cuts[frozenset(wire)] or self.rng.random() < self.weather.loss:
            return
        for _ in range(2 if self.rng.random() < self.weather.twice else 1):
            delay = self.rng.randint(1, 30) * MILLISECOND // 2
            if not self.weather.reorder:
                arrival = max(self.time + delay, self._wire_free.get(wire, 0))
                self._wire_free[wire] = arrival
                delay = arrival - self.time
            self.after(delay, act)

    def _publish(self, node: Node, output: outputs.Publish) -> None:
        frame = messages.decode_feed(output.frame)
        if isinstance(frame, messages.Vector):
            self._must_hold(node, frame.heads)
        for target in self.nodes.values():
            if target is not node:
                life = target.life
                self._deliver(
                    node,
                    target,
                    lambda target=target, life=life: self._input(  # type: ignore[misc]
                        target, life, "feed", node.origin, output.frame
                    ),
                )

    def _request(self, node: Node, output: outputs.Request) -> None:
        question = messages.decode_request(output.body)
        self.sent[type(question).__name__] += 1
        if isinstance(question, messages.Ack | messages.Hello):
            self._must_hold(node, question.heads)
        target = self.nodes[output.peer]
        if isinstance(question, messages.Deliver):
            self._must_be_due(node, target, map(decode_group, question.groups))
        life = target.life
        token = Token(node.origin, node.life, node.term[target.origin], output.request_id)
        self._deliver(
            node,
            target,
            lambda: self._input(target, life, "asked", token, node.origin, output.body),
        )

    def _reply(self, node: Node, output: outputs.Reply) -> None:
        answer = messages.decode_answer(output.body)
        if isinstance(answer, messages.Welcome | messages.Delivered):
            self._must_hold(node, answer.heads)
        assert isinstance(output.token, Token)
        origin, life, term, request_id = output.token
        target = self.nodes[origin]

        def arrive() -> None:
            if target.term[node.origin] == term:
                self._input(target, life, "answered", node.origin, request_id, output.body)

        self._deliver(node, target, arrive)

    def _must_be_due(self, node: Node, target: Node, groups: Iterable[Group]) -> None:
        """Nothing is delivered that was acked, and nothing that is another's."""
        for group in groups:
            receipt = node.log.receipts.get((target.origin, *group.chain), 0)
            if group.origin != node.origin or group.last <= receipt:
                raise BrokenPromise(f"{group.last} was delivered after an ack of {receipt}")

    def _must_hold(
        self, node: Node, heads: Iterable[messages.Head] | Iterable[messages.Stored]
    ) -> None:
        """The promise: what is told to be here is durable now, not soon."""
        for head in heads:
            if not node.log.holds(head.chain, head.seq, head.checksum):
                raise BrokenPromise(f"{head.seq} of a chain of {node.log.head(head.chain)[0]}")

    def _reset(self, node: Node, output: outputs.Reset) -> None:
        self.dial(node, output.peer)

    def _commit(self, node: Node, output: outputs.Commit) -> None:
        """One writer, in order: on the disk first, reported a little later."""
        node.writer_free = max(node.writer_free, self.time) + self.rng.randint(1, 10) * MILLISECOND
        life = node.life

        def write() -> None:
            if node.life == life:
                self._write_out(node, output.groups)

        self.after(node.writer_free - self.time, write)

    def _write_out(self, node: Node, groups: tuple[Received, ...]) -> None:
        done: list[Received] = []
        failed: list[Received] = []
        for received in groups:
            ill = self.rng.random() < self.weather.commit_fails
            if ill or not self._appendable(node, received.group):
                failed.append(received)
            else:
                node.log.append(received.group, self.now(node).mesh)
                done.append(received)
        life = node.life

        def report() -> None:
            self._input(node, life, "committed", done, self.now(node).mesh)
            self._want_sides(node, (received.group for received in done))
            if failed:
                self._input(node, life, "commit_failed", failed)

        self.after(1 * MILLISECOND, report)
        node.writer_free = max(node.writer_free, self.time + 1 * MILLISECOND)

    def _appendable(self, node: Node, group: Group) -> bool:
        """As a real log: in order. Only for a healthy replica; a broken one may do its worst."""
        if self.make is not Replica:
            return True
        return node.log.head(group.chain) == (group.first - 1, group.previous)

    def _want_sides(self, node: Node, groups: Iterable[Group]) -> None:
        wants = [
            SideWant(event.payload, event.origin)
            for group in groups
            for event in map(decode_event, group.events)
            if event.kind == SIDED and event.payload not in node.log.sides
        ]
        if wants:
            self._input(node, node.life, "sides_wanted", wants)

    def _read(self, node: Node, output: outputs.Read) -> None:
        found: list[Group] = []
        size, more = 0, False
        for group in itertools.chain.from_iterable(map(node.log.after, output.wants)):
            size += sum(map(len, group.events))
            if found and size > output.limit:
                more = True
                break
            found.append(group)
        life = node.life
        self.after(MILLISECOND, lambda: self._input(node, life, "read", output.token, found, more))

    def _readaddressed(self, node: Node, output: outputs.ReadAddressed) -> None:
        found = [
            outputs.Addressed(group.chain, group.first, group.last, frozenset(roles))
            for want in output.wants
            for group in node.log.after(want)
            if (roles := decode_event(group.events[0]).to)
        ]
        life = node.life
        self.after(MILLISECOND, lambda: self._input(node, life, "addressed", found))

    def _readsides(self, node: Node, output: outputs.ReadSides) -> None:
        found = [node.log.sides[one] for one in output.ids if one in node.log.sides]
        life = node.life
        self.after(MILLISECOND, lambda: self._input(node, life, "sides_read", output.token, found))

    def _keepsides(self, node: Node, output: outputs.KeepSides) -> None:
        node.log.sides.update({side.id: side for side in output.sides})
        ids, life = [side.id for side in output.sides], node.life
        self.after(MILLISECOND, lambda: self._input(node, life, "sides_kept", ids))

    def _receipt(self, node: Node, output: outputs.Receipt) -> None:
        chain = Chain(output.origin, output.epoch)
        if self.nodes[output.node].log.head(chain)[0] < output.seq:
            raise BrokenPromise("a receipt for what its node does not hold")
        node.log.receipts[output.node, output.origin, output.epoch] = output.seq

    def _linkchanged(self, node: Node, output: outputs.LinkChanged) -> None:
        pass

    def _note(self, node: Node, output: outputs.Note) -> None:
        self.notes[output.what] += 1

    # --- faults

    def cut(self, one: Node, other: Node, duration: int) -> None:
        wire = frozenset((one.origin, other.origin))
        self.cuts[wire] += 1

        def mend() -> None:
            self.cuts[wire] -= 1

        self.after(duration, mend)

    def restart(self, node: Node, away: int) -> None:
        if node.replica is not None:
            self.crash(node)
            self.after(away, lambda: self.boot(node))

    # --- the end

    def drain(self, seconds: int = 30) -> None:
        """The weather is fine, all machines run, nobody writes: everything must arrive."""
        self.weather = Weather()
        self.run(self.time + seconds * SECOND)

    def assert_converged(self) -> None:
        logs = [node.log for node in self.nodes.values()]
        for log in logs:
            for chain, events in log.events().items():
                held = log.head(chain)
                assert held == (len(events), chain_checksum(bytes(16), events)), "a log has a gap"
            assert log.events() == logs[0].events(), "two logs differ"
            assert log.sides == logs[0].sides, "two stores of side records differ"
        for node in self.nodes.values():
            for chain, peer in itertools.product(node.log.groups, self.nodes):
                if chain.origin == node.origin and peer != node.origin:
                    receipt = node.log.receipts.get((peer, *chain))
                    assert receipt == node.log.head(chain)[0], "an ack never came"
            assert node.replica is not None
            due = [peer.due for peer in node.replica.status().peers.values()]
            assert not any(due), "something is due although all is acked"

    def assert_quiet(self) -> None:
        """At rest nothing is said but vectors."""
        before = self.sent.copy()
        self.run(self.time + 5 * SECOND)
        spoken = {name for name, count in (self.sent - before).items() if count}
        assert spoken <= {"Publish"}, spoken
