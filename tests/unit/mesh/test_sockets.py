import select
import threading
from collections.abc import Iterator

import pytest
import zmq

from common.mesh.curve import Socket, endpoint_of, events_of
from common.mesh.keys import random_curve_keys
from common.mesh.sockets import Rank, SocketLoop
from common.mesh.transport import FeedHeard, Heard, LinkUp

KEYS, MINE = random_curve_keys(), random_curve_keys()
ANYWHERE = "tcp://127.0.0.1:*"


@pytest.fixture
def loop() -> Iterator[SocketLoop]:
    made = SocketLoop(most_at_once=10)
    made.gate.allow("mesh", {MINE.public: "me"})
    yield made
    made.close()


def channel(loop: SocketLoop, name: bytes, rank: Rank) -> Socket:
    """A door of that rank, and the socket whose messages are heard at it."""
    server = loop.server(zmq.PULL, ANYWHERE, KEYS, "mesh", 1000)
    client = loop.client(zmq.PUSH, MINE, KEYS.public, 1000)
    loop.listen(server, lambda: FeedHeard(name, server.recv(zmq.NOBLOCK)), rank)
    loop.listen(client, lambda: None, rank, opened=lambda: LinkUp(name))
    loop.dial(client, endpoint_of(server))
    while LinkUp(name) not in loop.poll(20_000):
        pass
    return client


def test_each_door_gets_its_turn_and_the_urgent_one_is_first(loop: SocketLoop) -> None:
    clients = {b"feed": channel(loop, b"feed", Rank.FEED)}
    clients[b"request"] = channel(loop, b"request", Rank.REQUEST)
    frames = [b"%d" % number for number in range(300)]
    for client in clients.values():
        for frame in frames:
            client.send(frame)

    heard: dict[bytes, list[bytes]] = {name: [] for name in clients}
    while any(len(heard[name]) < len(frames) for name in clients):
        once = [item for item in loop.poll(20_000) if isinstance(item, FeedHeard)]
        names = [item.peer for item in once]
        assert all(names.count(name) <= 10 for name in clients)
        assert names == sorted(names, reverse=True)
        for item in once:
            heard[item.peer].append(item.frame)

    assert all(heard[name] == frames for name in clients)


def test_what_came_while_something_was_sent_is_heard(loop: SocketLoop) -> None:
    server = loop.server(zmq.ROUTER, ANYWHERE, KEYS, "mesh", 1000)
    client = loop.client(zmq.DEALER, MINE, KEYS.public, 1000)
    loop.listen(server, lambda: FeedHeard(*server.recv_multipart(zmq.NOBLOCK)), Rank.REQUEST)
    loop.listen(
        client,
        lambda: FeedHeard(b"", client.recv(zmq.NOBLOCK)),
        Rank.ANSWER,
        opened=lambda: LinkUp(b""),
    )
    loop.dial(client, endpoint_of(server))
    while LinkUp(b"") not in loop.poll(20_000):
        pass
    loop.send(client, [b"1"])
    (asked,) = (item for item in loop.poll(20_000) if isinstance(item, FeedHeard))
    for number in range(50):
        loop.send(server, [asked.peer, b"%d" % number])
        assert select.select([client.fileno()], [], [], 20)[0]
        # Sending takes in what has come, and the descriptor is still again.
        events_of(client)
        loop.send(client, [b"again"])
        heard: list[Heard] = []
        while FeedHeard(b"", b"%d" % number) not in heard:
            heard = loop.poll(20_000)
            assert heard


def test_only_the_thread_that_polls_may_use_the_sockets(loop: SocketLoop) -> None:
    loop.check_thread()
    poller = threading.Thread(target=loop.poll, args=(0,))
    poller.start()
    poller.join()

    with pytest.raises(RuntimeError, match="only the thread that polls"):
        loop.check_thread()


def test_a_released_address_can_be_bound_at_once(loop: SocketLoop) -> None:
    socket = loop.server(zmq.PUB, ANYWHERE, KEYS, "mesh", 10)
    endpoint = endpoint_of(socket)
    for _ in range(50):
        loop.release(socket)
        socket = loop.server(zmq.PUB, endpoint, KEYS, "mesh", 10)
    loop.drop(socket)


def test_closing_with_open_sockets_and_twice_is_harmless() -> None:
    loop = SocketLoop()
    loop.listen(loop.server(zmq.ROUTER, ANYWHERE, KEYS, "mesh", 10), lambda: None, Rank.REQUEST)
    loop.server(zmq.PUB, ANYWHERE, KEYS, "mesh", 10)
    loop.close()
    loop.close()
    loop.wake()
