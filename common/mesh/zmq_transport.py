"""The real transport: PUB and ROUTER bound, one SUB and one DEALER for each peer."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from functools import partial

import zmq

from common.mesh.curve import Socket, endpoint_of, take_frames
from common.mesh.keys import NodeIdentity
from common.mesh.sockets import Rank, SocketLoop
from common.mesh.transport import Answered, Asked, FeedHeard, Heard, LinkUp, Peer, others_of
from common.mesh.zap import MESH

ID_BYTES = 8
_TERM_BYTES = 4
# A peer that reads too slowly loses frames and fetches them later; it never costs us memory.
# libzmq gives room back by halves: only a burst of half of it is sure to pass.
_FEED_HWM = 4000
_REQUEST_HWM = 1000


@dataclass(slots=True)
class _Link:
    """Our two client sockets to a peer; none to one whose address is not known yet."""

    peer: Peer
    feed: Socket | None
    router: Socket | None


class ZmqTransport:
    """The links of one node over ZeroMQ and CURVE; its loop may serve other doors too."""

    def __init__(
        self,
        loop: SocketLoop,
        identity: NodeIdentity,
        bind_feed: str,
        bind_router: str,
        peers: Collection[Peer] = (),
    ) -> None:
        self._loop = loop
        self._identity = identity
        self._links: dict[bytes, _Link] = {}
        self._callers: dict[str, bytes] = {}
        self._term = 0
        self._closed = False
        self.dropped = 0
        # Before binding: who calls a moment too early is refused, and back only a second later.
        self._admit(others_of(identity.origin, peers))
        self._bind(bind_feed, bind_router)
        self.set_peers(peers)

    @property
    def feed_endpoint(self) -> str:
        """Where the feed is bound: the real port where a wildcard was asked for."""
        return self._feed_endpoint

    @property
    def router_endpoint(self) -> str:
        """Where requests are answered: the real port where a wildcard was asked for."""
        return self._router_endpoint

    def set_peers(self, peers: Iterable[Peer]) -> None:
        """Admit and dial exactly these (self is skipped); one left out or re-keyed is cut off."""
        self._loop.check_thread()
        wanted = others_of(self._identity.origin, peers)
        before = {link.peer.curve_public for link in self._links.values()}
        for origin in [at for at, link in self._links.items() if wanted.get(at) != link.peer]:
            self._hang_up(self._links.pop(origin))
        self._admit(wanted)
        if before - {peer.curve_public for peer in wanted.values()}:
            self.rebind()
        for origin in wanted.keys() - self._links.keys():
            self._links[origin] = self._dial(wanted[origin])

    def publish(self, frame: bytes) -> None:
        """Send a frame to every peer that listens now."""
        self._loop.send(self._feed, [frame])

    def request(self, peer: bytes, request_id: int, body: bytes) -> None:
        """Ask a peer; silently dropped when its link is down (`LinkUp` tells when it is back)."""
        link = self._links.get(peer)
        if link is None or link.router is None:
            return
        try:
            self._loop.send(link.router, [request_id.to_bytes(ID_BYTES), body])
        except zmq.Again:
            self._loop.await_opening(link.router)

    def reply(self, token: bytes, body: bytes) -> None:
        """Answer what was asked; silently dropped when the asker is gone."""
        self._loop.check_thread()
        term, rest = token[:_TERM_BYTES], token[_TERM_BYTES:]
        # A ROUTER bound anew may give an old asker's name to another one.
        if term == self._term.to_bytes(_TERM_BYTES):
            frames = [rest[ID_BYTES:], rest[:ID_BYTES], body]
            self._loop.send(self._router, frames)

    def reset(self, peer: bytes) -> None:
        """Forget the link's unanswered requests and dial anew; ask again after its `LinkUp`."""
        self._loop.check_thread()
        link = self._links.get(peer)
        if link is not None and link.router is not None:
            self._loop.drop(link.router)
            link.router = self._dial_router(link.peer)

    def rebind(self) -> None:
        """Break every incoming link: libzmq cannot drop one peer. The others come back at once."""
        self._release()
        self._bind(self._feed_endpoint, self._router_endpoint)

    def poll(self, timeout_ms: int) -> list[Heard]:
        """Wait for something to be heard at any door of the loop, at most so long."""
        return self._loop.poll(timeout_ms)

    def wake(self) -> None:
        """End a running or the next `poll` with `Woken`; from any thread, at any rate."""
        self._loop.wake()

    def close(self) -> None:
        """Close every link (the loop stays open); harmless when repeated."""
        if self._closed:
            return
        self._closed = True
        for link in self._links.values():
            self._hang_up(link)
        self._links = {}
        self._callers = {}
        self._release()

    def _admit(self, peers: dict[bytes, Peer]) -> None:
        self._callers = {origin.hex(): origin for origin in peers}
        users = {peer.curve_public: origin.hex() for origin, peer in peers.items()}
        self._loop.gate.allow(MESH, users)

    def _bind(self, feed: str, router: str) -> None:
        keys = self._identity.curve
        self._feed = self._loop.server(zmq.PUB, feed, keys, MESH, _FEED_HWM)
        try:
            self._router = self._loop.server(zmq.ROUTER, router, keys, MESH, _REQUEST_HWM)
        except BaseException:
            self._loop.release(self._feed)
            raise
        self._term += 1
        self._feed_endpoint = endpoint_of(self._feed)
        self._router_endpoint = endpoint_of(self._router)
        self._loop.listen(self._router, self._hear_request, Rank.REQUEST)

    def _release(self) -> None:
        self._loop.release(self._feed)
        self._loop.release(self._router)

    def _dial(self, peer: Peer) -> _Link:
        feed = self._dial_feed(peer) if peer.feed else None
        router = self._dial_router(peer) if peer.router else None
        return _Link(peer, feed, router)

    def _dial_feed(self, peer: Peer) -> Socket:
        keys, server = self._identity.curve, peer.curve_public
        socket = self._loop.client(zmq.SUB, keys, server, _FEED_HWM)
        hear = partial(self._hear_feed, peer.origin, socket)
        revive = partial(self._reset_feed, peer.origin)
        self._loop.listen(socket, hear, Rank.FEED, revive=revive)
        self._loop.dial(socket, peer.feed)
        return socket

    def _dial_router(self, peer: Peer) -> Socket:
        keys, server = self._identity.curve, peer.curve_public
        socket = self._loop.client(zmq.DEALER, keys, server, _REQUEST_HWM)
        hear = partial(self._hear_answer, peer.origin, socket)
        self._loop.listen(
            socket,
            hear,
            Rank.ANSWER,
            opened=lambda: LinkUp(peer.origin),
            revive=partial(self.reset, peer.origin),
        )
        self._loop.dial(socket, peer.router)
        return socket

    def _reset_feed(self, peer: bytes) -> None:
        link = self._links[peer]
        if link.feed is not None:
            self._loop.drop(link.feed)
            link.feed = self._dial_feed(link.peer)

    def _hang_up(self, link: _Link) -> None:
        for socket in (link.feed, link.router):
            if socket is not None:
                self._loop.drop(socket)

    def _hear_feed(self, origin: bytes, socket: Socket) -> Heard | None:
        frames = take_frames(socket)
        if len(frames) != 1:
            self.dropped += 1
            return None
        return FeedHeard(origin, frames[0].bytes)

    def _hear_answer(self, origin: bytes, socket: Socket) -> Heard | None:
        frames = take_frames(socket)
        if len(frames) != 2 or len(frames[0]) != ID_BYTES:
            self.dropped += 1
            return None
        return Answered(origin, int.from_bytes(frames[0].bytes), frames[1].bytes)

    def _hear_request(self) -> Heard | None:
        frames = take_frames(self._router)
        # Looked up each time: a name can be taken over by the next connection, a User-Id cannot.
        origin = self._callers.get(user_of(frames[-1]))
        if len(frames) != 3 or len(frames[1]) != ID_BYTES or origin is None:
            self.dropped += 1
            return None
        name, request_id, body = (frame.bytes for frame in frames)
        token = self._term.to_bytes(_TERM_BYTES) + request_id + name
        return Asked(token, origin, body)


def user_of(frame: zmq.Frame) -> str:
    """The User-Id under which the gate admitted the sender; "" when there is none."""
    try:
        return str(frame.get("User-Id"))
    except zmq.ZMQError:
        return ""
