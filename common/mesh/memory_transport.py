"""The mesh without sockets: the same promises as the real transport, and every mishap on demand.

Nothing here is random or slow unless a test says so: messages arrive at once, and when a delay is
set they wait for `advance`. A message delayed longer than the next is overtaken, which a real
link would not do; the protocol must bear it all the same.
"""

import heapq
import itertools
import random
import threading
from collections import deque
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import Enum

from common.mesh.keys import NodeIdentity
from common.mesh.transport import Answered, Asked, FeedHeard, Heard, LinkUp, Peer, Woken, others_of

ID_BYTES = 8
MOST_AT_ONCE = 256


class Channel(Enum):
    """Which way a message goes."""

    FEED = "feed"
    REQUEST = "request"
    ANSWER = "answer"


@dataclass(frozen=True, slots=True)
class Carried:
    """A message on its way, for the test to judge."""

    channel: Channel
    source: bytes
    target: bytes
    body: bytes


_Line = tuple[bytes, bytes, Channel]
_Waiting = tuple[int, int, _Line, int, bytes, Heard]


class MemoryNetwork:
    """The cables between memory transports, with the test's hand on them."""

    def __init__(self, seed: int = 0) -> None:
        self.random = random.Random(seed)
        self.now_ms = 0
        self.drop: Callable[[Carried], bool] = lambda _: False
        self.delay_ms: Callable[[Carried], int] = lambda _: 0
        self.changed = threading.Condition(threading.RLock())
        self._nodes: dict[bytes, MemoryTransport] = {}
        self._cut: set[frozenset[bytes]] = set()
        # Lines that are up, each with the number of its present life: what was sent in an
        # earlier life never arrives.
        self._lives: dict[_Line, int] = {}
        self._count = itertools.count(1)
        self._waiting: list[_Waiting] = []

    def transport(self, identity: NodeIdentity) -> "MemoryTransport":
        """Put a node on the network."""
        node = MemoryTransport(self, identity)
        with self.changed:
            # A node put in the place of another is a new process: the old one's lines are gone.
            self._nodes.pop(identity.origin, None)
            self.refresh()
            self._nodes[identity.origin] = node
        return node

    def cut(self, one: bytes, other: bytes) -> None:
        """Cut the link between two nodes; what is on its way is lost."""
        with self.changed:
            self._cut.add(frozenset((one, other)))
            self.refresh()

    def heal(self, one: bytes, other: bytes) -> None:
        """Mend a cut link."""
        with self.changed:
            self._cut.discard(frozenset((one, other)))
            self.refresh()

    def advance(self, milliseconds: int) -> None:
        """Let time pass: what is due by then arrives, in its order."""
        with self.changed:
            self.now_ms += milliseconds
            while self._waiting and self._waiting[0][0] <= self.now_ms:
                _, _, line, life, target, heard = heapq.heappop(self._waiting)
                if self._lives.get(line) == life:
                    self._nodes[target].hear(heard)

    def life_of(self, line: _Line) -> int:
        """The number of a line's present life; 0 while it is down."""
        return self._lives.get(line, 0)

    def end(self, line: _Line) -> None:
        """Break a line; it is up again at once when both ends want it."""
        self._lives.pop(line, None)
        self.refresh()

    def leave(self, node: "MemoryTransport") -> None:
        """Take a node off the network."""
        if self._nodes.get(node.origin) is node:
            del self._nodes[node.origin]
            self.refresh()

    def carry(self, line: _Line, carried: Carried, heard: Heard) -> None:
        """Bring a message over a line, unless that is down or the test drops it."""
        life = self.life_of(line)
        if not life or self.drop(carried):
            return
        delay = self.delay_ms(carried)
        if delay <= 0:
            self._nodes[carried.target].hear(heard)
        else:
            due = self.now_ms + delay
            entry = (due, next(self._count), line, life, carried.target, heard)
            heapq.heappush(self._waiting, entry)

    def refresh(self) -> None:
        """Bring lines up and down as the nodes' peers and the cuts now want it."""
        for dialler, server in itertools.permutations(self._nodes.values(), 2):
            for channel in (Channel.FEED, Channel.REQUEST):
                line = (dialler.origin, server.origin, channel)
                if not self._wanted(dialler, server, channel):
                    self._lives.pop(line, None)
                elif line not in self._lives:
                    self._lives[line] = next(self._count)
                    if channel is Channel.REQUEST:
                        dialler.hear(LinkUp(server.origin))
        gone = [line for line in self._lives if not self._nodes.keys() >= {line[0], line[1]}]
        for line in gone:
            del self._lives[line]

    def _wanted(
        self, dialler: "MemoryTransport", server: "MemoryTransport", channel: Channel
    ) -> bool:
        dialled = dialler.peers.get(server.origin)
        admitted = server.peers.get(dialler.origin)
        if dialled is None or admitted is None:
            return False
        if frozenset((dialler.origin, server.origin)) in self._cut:
            return False
        address = dialled.feed if channel is Channel.FEED else dialled.router
        keys_fit = dialled.curve_public == server.key and admitted.curve_public == dialler.key
        return bool(address) and keys_fit


class MemoryTransport:
    """One node's links in a memory network."""

    def __init__(self, network: MemoryNetwork, identity: NodeIdentity) -> None:
        self.origin = identity.origin
        self.key = identity.curve_public
        self.peers: dict[bytes, Peer] = {}
        self.dropped = 0
        self._network = network
        self._inbox: deque[Heard] = deque()
        self._rung = False

    @property
    def feed_endpoint(self) -> str:
        """A name for the feed's address."""
        return f"memory:{self.origin.hex()}/feed"

    @property
    def router_endpoint(self) -> str:
        """A name for the requests' address."""
        return f"memory:{self.origin.hex()}/router"

    def set_peers(self, peers: Iterable[Peer]) -> None:
        """Admit and dial exactly these (self is skipped); one left out or re-keyed is cut off."""
        with self._network.changed:
            self.peers = others_of(self.origin, peers)
            self._network.refresh()

    def publish(self, frame: bytes) -> None:
        """Send a frame to every peer that listens now."""
        with self._network.changed:
            for peer in sorted(self.peers):
                line = (peer, self.origin, Channel.FEED)
                carried = Carried(Channel.FEED, self.origin, peer, frame)
                self._network.carry(line, carried, FeedHeard(self.origin, frame))

    def request(self, peer: bytes, request_id: int, body: bytes) -> None:
        """Ask a peer; silently dropped when its link is down (`LinkUp` tells when it is back)."""
        with self._network.changed:
            line = (self.origin, peer, Channel.REQUEST)
            life = self._network.life_of(line)
            token = request_id.to_bytes(ID_BYTES) + life.to_bytes(ID_BYTES) + self.origin
            carried = Carried(Channel.REQUEST, self.origin, peer, body)
            self._network.carry(line, carried, Asked(token, self.origin, body))

    def reply(self, token: bytes, body: bytes) -> None:
        """Answer what was asked; silently dropped when the asker is gone."""
        with self._network.changed:
            request_id, asker = int.from_bytes(token[:ID_BYTES]), token[2 * ID_BYTES :]
            line = (asker, self.origin, Channel.REQUEST)
            if self._network.life_of(line) == int.from_bytes(token[ID_BYTES : 2 * ID_BYTES]):
                carried = Carried(Channel.ANSWER, self.origin, asker, body)
                self._network.carry(line, carried, Answered(self.origin, request_id, body))

    def reset(self, peer: bytes) -> None:
        """Forget the link's unanswered requests and dial anew; ask again after its `LinkUp`."""
        with self._network.changed:
            self._network.end((self.origin, peer, Channel.REQUEST))

    def poll(self, timeout_ms: int) -> list[Heard]:
        """Wait for something to be heard, at most so long (in real time; 0 never waits)."""
        with self._network.changed:
            self._network.changed.wait_for(self._has_news, timeout_ms / 1000)
            heard: list[Heard] = [Woken()] if self._rung else []
            self._rung = False
            while self._inbox and len(heard) < MOST_AT_ONCE:
                heard.append(self._inbox.popleft())
        return heard

    def wake(self) -> None:
        """End a running or the next `poll` with `Woken`; from any thread, at any rate."""
        with self._network.changed:
            self._rung = True
            self._network.changed.notify_all()

    def hear(self, heard: Heard) -> None:
        """Take in what the network brings."""
        self._inbox.append(heard)
        self._network.changed.notify_all()

    def close(self) -> None:
        """Close every link; harmless when repeated."""
        with self._network.changed:
            self._network.leave(self)

    def _has_news(self) -> bool:
        return self._rung or bool(self._inbox)
