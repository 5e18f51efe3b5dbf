"""Nodes of a test: named keys, own loopback addresses, and ears that wait without sleeping."""

import hashlib
import itertools
import os
import time
from collections.abc import Callable, Iterable
from typing import Protocol, TypeVar

from common.mesh.keys import NodeIdentity
from common.mesh.memory_transport import MemoryNetwork
from common.mesh.sockets import SocketLoop
from common.mesh.transport import (
    Answered,
    Asked,
    FeedHeard,
    Heard,
    LinkUp,
    Peer,
    Transport,
)
from common.mesh.zmq_transport import ZmqTransport

DEADLINE_S = 5.0
FEED_PORT = 7801
ROUTER_PORT = 7802

Kind = TypeVar("Kind", FeedHeard, Asked, Answered, LinkUp)


class Bound(Transport, Protocol):
    """A transport that knows where it listens."""

    @property
    def feed_endpoint(self) -> str: ...

    @property
    def router_endpoint(self) -> str: ...


def identity(name: str) -> NodeIdentity:
    return NodeIdentity(hashlib.sha256(name.encode()).digest())


def loopback(name: str) -> str:
    """An address of 127.0.0.0/8 of this test in this run alone, so that runs never meet."""
    digest = hashlib.sha256(f"{os.getpid()} {name}".encode()).digest()
    return f"127.{1 + digest[0] % 254}.{digest[1]}.{1 + digest[2] % 254}"


class Node:
    """A transport with everything it has heard."""

    def __init__(self, who: NodeIdentity, transport: Bound) -> None:
        self.who = who
        self.origin = who.origin
        self.transport = transport
        self.heard: list[Heard] = []

    @property
    def peer(self) -> Peer:
        at = self.transport
        return Peer(self.origin, self.who.curve_public, at.feed_endpoint, at.router_endpoint)

    def listen(self, timeout_ms: int = 0) -> None:
        self.heard += self.transport.poll(timeout_ms)

    def of(self, kind: type[Kind]) -> list[Kind]:
        return [item for item in self.heard if isinstance(item, kind)]

    def frames(self) -> list[bytes]:
        return [item.frame for item in self.of(FeedHeard)]


class Rig(Protocol):
    """Makes the nodes of one test."""

    def node(self, name: str) -> Node: ...

    def close(self) -> None: ...


class MemoryRig:
    def __init__(self, test: str) -> None:
        self.network = MemoryNetwork()
        self.nodes: list[Node] = []

    def node(self, name: str) -> Node:
        who = identity(name)
        node = Node(who, self.network.transport(who))
        self.nodes.append(node)
        return node

    def close(self) -> None:
        for node in self.nodes:
            node.transport.close()


class ZmqRig:
    def __init__(self, test: str) -> None:
        self._test = test
        self.nodes: list[Node] = []
        self.loops: list[SocketLoop] = []

    def node(self, name: str) -> Node:
        who, host = identity(name), loopback(f"{self._test} {name}")
        loop = SocketLoop()
        self.loops.append(loop)
        feed, router = f"tcp://{host}:{FEED_PORT}", f"tcp://{host}:{ROUTER_PORT}"
        node = Node(who, ZmqTransport(loop, who, feed, router))
        self.nodes.append(node)
        return node

    def close(self) -> None:
        for node in self.nodes:
            node.transport.close()
        for loop in self.loops:
            loop.close()


def meet(nodes: Iterable[Node]) -> None:
    """Give all of them the same roster."""
    nodes = list(nodes)
    for node in nodes:
        node.transport.set_peers([other.peer for other in nodes])


def until(
    nodes: Iterable[Node],
    done: Callable[[], object],
    meanwhile: Callable[[], object] = lambda: None,
) -> None:
    """Let the nodes listen until something is so, doing something again and again meanwhile."""
    nodes = list(nodes)
    deadline = time.monotonic() + DEADLINE_S
    while not done():
        assert time.monotonic() < deadline, [node.heard for node in nodes]
        meanwhile()
        for node in nodes:
            node.listen(2)


def linked(nodes: Iterable[Node]) -> None:
    """Wait until each can ask each and hears the feed of each, then forget what was heard."""
    nodes = list(nodes)
    wanted = {(node, other.origin) for node in nodes for other in nodes if other is not node}

    def all_dialled() -> bool:
        return wanted == {(node, item.peer) for node in nodes for item in node.of(LinkUp)}

    def all_hear(frame: bytes) -> bool:
        feeds = [(node, item) for node in nodes for item in node.of(FeedHeard)]
        return wanted == {(node, item.peer) for node, item in feeds if item.frame == frame}

    def publish(frame: bytes) -> None:
        for node in nodes:
            node.transport.publish(frame)

    until(nodes, lambda: all_dialled() and all_hear(b"hello"), lambda: publish(b"hello"))
    # Behind this one no greeting is left on its way.
    publish(b"last hello")
    until(nodes, lambda: all_hear(b"last hello"))
    for node in nodes:
        node.heard.clear()


def ask(asker: Node, server: Node, body: bytes) -> bytes:
    """One request there and back, asked again when it was lost."""
    first = 1000 + len(asker.heard)
    ids = itertools.count(first)

    def again() -> None:
        asker.transport.request(server.origin, next(ids), body)
        for asked in server.of(Asked):
            server.transport.reply(asked.token, b"re:" + asked.body)

    def answers() -> list[Answered]:
        return [item for item in asker.of(Answered) if item.request_id >= first]

    server.heard.clear()
    until([asker, server], answers, again)
    return answers()[0].body
