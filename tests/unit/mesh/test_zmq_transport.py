"""What only real sockets can get wrong: strangers, garbage, floods of connections."""

import socket as plain
from collections.abc import Iterator
from contextlib import suppress

import pytest
import zmq

from common.mesh.curve import Socket, open_client, open_server
from common.mesh.errors import CannotBindError
from common.mesh.keys import CurveKeys, NodeIdentity, random_curve_keys
from common.mesh.sockets import SocketLoop
from common.mesh.transport import MAX_MESSAGE, Asked, FeedHeard, LinkUp, Peer
from common.mesh.zmq_transport import ZmqTransport
from tests.unit.mesh.rig import (
    DEADLINE_S,
    FEED_PORT,
    Node,
    ZmqRig,
    ask,
    identity,
    linked,
    loopback,
    meet,
    until,
)

FAILED = (
    zmq.EVENT_HANDSHAKE_FAILED_AUTH
    | zmq.EVENT_HANDSHAKE_FAILED_NO_DETAIL
    | zmq.EVENT_HANDSHAKE_FAILED_PROTOCOL
)
WAIT_MS = int(DEADLINE_S * 1000)


@pytest.fixture
def rig(request: pytest.FixtureRequest) -> Iterator[ZmqRig]:
    made = ZmqRig(request.node.nodeid)
    yield made
    made.close()


@pytest.fixture
def pair(rig: ZmqRig) -> list[Node]:
    nodes = [rig.node("counter"), rig.node("wok")]
    meet(nodes)
    linked(nodes)
    return nodes


class Outside:
    """A machine that plays its part by hand."""

    def __init__(self) -> None:
        self.context: zmq.Context[Socket] = zmq.Context()
        self._opened: list[Socket] = []

    def plain(self, kind: int) -> Socket:
        return self._keep(self.context.socket(kind))

    def client(self, kind: int, keys: CurveKeys, server: bytes) -> Socket:
        return self._keep(open_client(self.context, kind, keys, server, 100))

    def lax_server(self, kind: int, keys: CurveKeys) -> Socket:
        socket = self.plain(kind)
        socket.set(zmq.CURVE_SERVER, 1)
        socket.set(zmq.CURVE_SECRETKEY, keys.secret)
        return socket

    def close(self) -> None:
        for socket in self._opened:
            socket.close()
        self.context.term()

    def _keep(self, socket: Socket) -> Socket:
        socket.linger = 0
        socket.sndtimeo = socket.rcvtimeo = WAIT_MS
        self._opened.append(socket)
        return socket


@pytest.fixture
def outside() -> Iterator[Outside]:
    made = Outside()
    yield made
    made.close()


def raw_asker(outside: Outside, node: Node, who: NodeIdentity) -> Socket:
    """The link of a node that is played by hand."""
    asker = outside.client(zmq.DEALER, who.curve, node.who.curve_public)
    asker.connect(node.peer.router)
    return asker


def refused(socket: Socket, endpoint: str, events: int = FAILED) -> None:
    """Connect and wait until the handshake has failed."""
    with socket.get_monitor_socket(events) as monitor:
        socket.connect(endpoint)
        assert monitor.poll(WAIT_MS)
        socket.disable_monitor()


def is_silent(socket: Socket) -> bool:
    return not socket.poll(0, zmq.POLLIN)


@pytest.mark.parametrize("kind", [zmq.SUB, zmq.DEALER])
def test_a_key_that_is_not_enrolled_gets_nothing_and_is_not_heard(
    pair: list[Node], outside: Outside, kind: int
) -> None:
    counter, wok = pair
    endpoint = counter.peer.feed if kind == zmq.SUB else counter.peer.router
    key = counter.who.curve_public
    with outside.client(kind, random_curve_keys(), key) as stranger:
        refused(stranger, endpoint)
        counter.transport.publish(b"secret")
        until(pair, lambda: wok.frames() == [b"secret"])
        if kind == zmq.DEALER:
            with pytest.raises(zmq.Again):
                stranger.send_multipart([bytes(8), b"let me in"], zmq.NOBLOCK)

        assert ask(wok, counter, b"q") == b"re:q"
        assert is_silent(stranger)
    assert {item.peer for item in counter.of(Asked)} == {wok.origin}


@pytest.mark.parametrize("kind", [zmq.SUB, zmq.DEALER])
def test_a_client_without_curve_gets_nothing_and_is_not_heard(
    pair: list[Node], outside: Outside, kind: int
) -> None:
    counter, wok = pair
    endpoint = counter.peer.feed if kind == zmq.SUB else counter.peer.router
    with outside.plain(kind) as stranger:
        if kind == zmq.SUB:
            stranger.subscribe(b"")
        refused(stranger, endpoint, FAILED | zmq.EVENT_DISCONNECTED)
        if kind == zmq.DEALER:
            with suppress(zmq.Again):
                stranger.send_multipart([bytes(8), b"let me in"], zmq.NOBLOCK)
        counter.transport.publish(b"secret")
        until(pair, lambda: wok.frames() == [b"secret"])

        assert ask(wok, counter, b"q") == b"re:q"
        assert is_silent(stranger)
    assert {item.peer for item in counter.of(Asked)} == {wok.origin}


def test_a_stranger_on_the_wire_reads_at_most_a_greeting(pair: list[Node]) -> None:
    counter, wok = pair
    host, port = counter.peer.feed.removeprefix("tcp://").split(":")
    null_greeting = b"\xff" + bytes(8) + b"\x7f\x03\x00NULL".ljust(55, b"\0")
    with plain.create_connection((host, int(port)), timeout=DEADLINE_S) as stranger:
        stranger.sendall(null_greeting)
        counter.transport.publish(b"secret")
        until(pair, lambda: wok.frames() == [b"secret"])
        received = b""
        with suppress(ConnectionResetError):
            while more := stranger.recv(4096):
                received += more

    # That it speaks ZMTP with CURVE, which takes no key to say; often not even that.
    assert len(received) <= 64
    assert b"secret" not in received


def test_a_server_with_another_key_is_not_believed(
    rig: ZmqRig, outside: Outside, request: pytest.FixtureRequest
) -> None:
    counter, wok = rig.node("counter"), identity("wok")
    endpoint = f"tcp://{loopback(request.node.nodeid + ' impostor')}:{FEED_PORT}"
    impostor = outside.lax_server(zmq.XPUB, random_curve_keys())
    with impostor.get_monitor_socket(FAILED | zmq.EVENT_DISCONNECTED) as monitor:
        impostor.bind(endpoint)
        counter.transport.set_peers([Peer(wok.origin, wok.curve_public, endpoint, "")])
        assert monitor.poll(WAIT_MS)
        impostor.disable_monitor()

    impostor.send(b"forged", zmq.NOBLOCK)

    assert is_silent(impostor), "nobody has subscribed"
    assert counter.transport.poll(0) == []


def test_one_enrolled_late_comes_in_without_dialling_by_hand(rig: ZmqRig) -> None:
    counter, wok = rig.node("counter"), rig.node("wok")
    gate = rig.loops[0].gate
    before = gate.refused
    wok.transport.set_peers([counter.peer])
    until([wok], lambda: gate.refused > before + 3)

    counter.transport.set_peers([wok.peer])

    until([wok], lambda: wok.of(LinkUp))
    assert ask(wok, counter, b"at last") == b"re:at last"


@pytest.mark.parametrize("manners", [b"HTTP/1.1 400 Bad Request\r\n\r\n".ljust(80), b""])
def test_a_link_heals_after_meeting_something_else_at_the_address(
    rig: ZmqRig, request: pytest.FixtureRequest, manners: bytes
) -> None:
    counter, wok = rig.node("counter"), identity("wok")
    host = loopback(f"{request.node.nodeid} wok")
    calls = 0
    with plain.create_server((host, FEED_PORT)) as printer:
        printer.setblocking(False)

        def answer() -> None:
            nonlocal calls
            with suppress(BlockingIOError):
                connection, _ = printer.accept()
                calls += 1
                with connection:
                    connection.sendall(manners)

        at = f"tcp://{host}:{FEED_PORT}"
        counter.transport.set_peers([Peer(wok.origin, wok.curve_public, at, at)])

        # Two sockets, each of them again and again.
        until([counter], lambda: calls >= 6, answer)


def test_an_oversize_message_is_lost_with_its_link_and_nothing_else(
    pair: list[Node], rig: ZmqRig, outside: Outside
) -> None:
    counter, wok = pair
    bar = identity("bar")
    counter.transport.set_peers([wok.peer, Peer(bar.origin, bar.curve_public, "", "")])
    asker = raw_asker(outside, counter, bar)
    asker.send_multipart([bytes(8), bytes(2 * MAX_MESSAGE)])

    # The link is broken for it and made anew.
    assert asker.poll(WAIT_MS, zmq.POLLOUT)
    until(pair, lambda: asker.poll(0, zmq.POLLOUT))
    assert ask(wok, counter, b"q") == b"re:q"
    until(
        [counter],
        lambda: [item for item in counter.of(Asked) if item.body == b"small"],
        lambda: asker.poll(2, zmq.POLLOUT) and asker.send_multipart([bytes(8), b"small"]),
    )
    assert {item.body for item in counter.of(Asked) if item.peer == bar.origin} == {b"small"}


GARBAGE = [
    [b""],
    [b"alone"],
    [bytes(7), b"short id"],
    [bytes(9), b"long id"],
    [bytes(MAX_MESSAGE), b"very long id"],
    [b"", b""],
    [bytes(8), b"one", b"too many"],
    [bytes(8)] * 300,
]


def test_requests_of_a_wrong_shape_are_dropped_and_counted(rig: ZmqRig, outside: Outside) -> None:
    counter, bar = rig.node("counter"), identity("bar")
    counter.transport.set_peers([Peer(bar.origin, bar.curve_public, "", "")])
    asker = raw_asker(outside, counter, bar)

    for frames in [*GARBAGE, [bytes(8), b"good"]]:
        asker.send_multipart(frames)
    until([counter], lambda: counter.heard)

    asked = counter.of(Asked)
    assert [(item.peer, item.body) for item in asked] == [(bar.origin, b"good")]
    assert counter.transport.dropped == len(GARBAGE)


def test_answers_and_frames_of_a_wrong_shape_are_dropped_and_counted(
    rig: ZmqRig, outside: Outside, request: pytest.FixtureRequest
) -> None:
    counter, bar = rig.node("counter"), identity("bar")
    host = loopback(request.node.nodeid + " bar")
    feed = outside.lax_server(zmq.XPUB, bar.curve)
    router = outside.lax_server(zmq.ROUTER, bar.curve)
    feed.bind(f"tcp://{host}:1")
    router.bind(f"tcp://{host}:2")
    peer = Peer(bar.origin, bar.curve_public, f"tcp://{host}:1", f"tcp://{host}:2")
    counter.transport.set_peers([peer])
    until([counter], lambda: counter.of(LinkUp))
    counter.transport.request(bar.origin, 5, b"q")
    assert feed.recv() == b"\x01"
    name, request_id, _ = router.recv_multipart()

    for frames in GARBAGE:
        router.send_multipart([name, *frames])
    router.send_multipart([name, request_id, b"good"])
    feed.send_multipart([b"one", b"too many"])
    feed.send_multipart([b""] * 300)
    feed.send(b"good")
    until([counter], lambda: len(counter.heard) == 3)

    assert counter.of(FeedHeard) == [FeedHeard(bar.origin, b"good")]
    assert counter.transport.dropped == len(GARBAGE) + 2


def test_silent_connections_do_not_keep_newcomers_out(rig: ZmqRig) -> None:
    counter, wok = rig.node("counter"), rig.node("wok")
    crowd = []
    for endpoint in [counter.peer.feed, counter.peer.router] * 64:
        host, port = endpoint.removeprefix("tcp://").split(":")
        crowd.append(plain.create_connection((host, int(port)), timeout=DEADLINE_S))

    meet([counter, wok])
    linked([counter, wok])

    assert ask(wok, counter, b"q") == b"re:q"
    for silent in crowd:
        silent.close()


def test_a_door_without_a_domain_cannot_be_made(outside: Outside) -> None:
    with pytest.raises(ValueError, match="admit anyone"):
        open_server(outside.context, zmq.ROUTER, random_curve_keys(), "", 100)


def test_a_door_without_a_gate_admits_nobody(
    outside: Outside, request: pytest.FixtureRequest
) -> None:
    keys = random_curve_keys()
    endpoint = f"tcp://{loopback(request.node.nodeid)}:1"
    client = outside.client(zmq.DEALER, random_curve_keys(), keys.public)
    with open_server(outside.context, zmq.ROUTER, keys, "mesh", 100) as door:
        door.bind(endpoint)
        refused(client, endpoint, FAILED | zmq.EVENT_DISCONNECTED)
        assert not client.poll(0, zmq.POLLOUT)


def test_each_domain_admits_its_own_list_only(
    outside: Outside, request: pytest.FixtureRequest
) -> None:
    keys, member = random_curve_keys(), random_curve_keys()
    loop = SocketLoop()
    loop.gate.allow("mesh", {member.public: "member"})
    endpoint = f"tcp://{loopback(request.node.nodeid)}:1"
    door = loop.server(zmq.ROUTER, endpoint, keys, "me", 100)
    client = outside.client(zmq.DEALER, member, keys.public)

    refused(client, endpoint)

    assert loop.gate.ask("mesh", member.public) == (b"200", b"member")
    assert loop.gate.ask("me", member.public)[0] == b"400"
    loop.drop(door)
    loop.close()


def test_a_taken_address_is_a_known_trouble(rig: ZmqRig) -> None:
    counter = rig.node("counter")
    loop = SocketLoop()
    free = counter.peer.feed.replace(str(FEED_PORT), "7900")

    with pytest.raises(CannotBindError, match="in use") as trouble:
        ZmqTransport(loop, identity("wok"), free, counter.peer.router)

    assert trouble.value.endpoint == counter.peer.router
    # The half that was bound is free again.
    loop.drop(loop.server(zmq.PUB, free, random_curve_keys(), "mesh", 100))
    loop.close()


@pytest.mark.parametrize("endpoint", ["tcp://203.0.113.1:7801", "tcp://nowhere", "no address"])
def test_an_address_that_is_not_ours_is_a_known_trouble(endpoint: str) -> None:
    loop = SocketLoop()
    with pytest.raises(CannotBindError):
        ZmqTransport(loop, identity("wok"), endpoint, "tcp://127.0.0.1:*")
    loop.close()


def test_binding_anew_keeps_the_address_and_the_peers_come_back(pair: list[Node]) -> None:
    counter, wok = pair
    before = counter.peer
    transport = counter.transport
    assert isinstance(transport, ZmqTransport)
    wok.transport.request(counter.origin, 1, b"q")
    until([counter], lambda: counter.of(Asked))

    for _ in range(20):
        transport.rebind()
    counter.transport.reply(counter.of(Asked)[0].token, b"to an earlier life")

    assert counter.peer == before
    assert ask(wok, counter, b"still you?") == b"re:still you?"
    until(pair, wok.frames, lambda: counter.transport.publish(b"news"))
