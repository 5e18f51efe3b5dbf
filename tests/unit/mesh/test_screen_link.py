import os
import stat
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import zmq

from common.mesh.screen_file import NAME
from common.mesh.screen_link import (
    Ears,
    ScreenAnswered,
    ScreenDoor,
    ScreenHeard,
    ScreenLink,
    StreamHeard,
)
from common.mesh.sockets import SocketLoop
from common.mesh.transport import Heard, ScreenAsked
from tests.unit.mesh.rig import DEADLINE_S

GREETINGS = [[b"hello"], [b"last hello"]]


@pytest.fixture
def loop() -> Iterator[SocketLoop]:
    made = SocketLoop()
    yield made
    made.close()


@pytest.fixture
def door(loop: SocketLoop, tmp_path: Path) -> Iterator[ScreenDoor]:
    made = ScreenDoor(loop, tmp_path)
    yield made
    made.close()


@pytest.fixture
def links(door: ScreenDoor, tmp_path: Path) -> Iterator[Callable[[], ScreenLink]]:
    made: list[ScreenLink] = []

    def link() -> ScreenLink:
        made.append(ScreenLink(tmp_path))
        return made[-1]

    yield link
    for one in made:
        one.close()


@pytest.fixture
def link(links: Callable[[], ScreenLink]) -> ScreenLink:
    return links()


def patiently(done: Callable[[], object]) -> None:
    deadline = time.monotonic() + DEADLINE_S
    while not done():
        assert time.monotonic() < deadline


def ask(loop: SocketLoop, link: ScreenLink, request_id: int, frames: list[bytes]) -> ScreenAsked:
    patiently(lambda: link.send(request_id, frames))
    heard: list[Heard] = []

    def something() -> bool:
        heard.extend(loop.poll(20))
        return bool(heard)

    patiently(something)
    (asked,) = heard
    assert isinstance(asked, ScreenAsked)
    return asked


def listen(link: ScreenLink, count: int) -> list[ScreenHeard]:
    """The next so many that are no greetings."""
    heard: list[ScreenHeard] = []

    def enough() -> bool:
        heard.extend(item for item in link.receive(20) if item.frames not in GREETINGS)
        return len(heard) >= count

    patiently(enough)
    return heard


def hears_stream(door: ScreenDoor, link: ScreenLink) -> None:
    """Greet until the link listens, then until no greeting is left on its way."""
    seen: list[ScreenHeard] = []

    def greet(frames: list[bytes]) -> bool:
        seen.extend(link.receive(2))
        return StreamHeard(frames) in seen

    def greet_again() -> bool:
        door.publish(GREETINGS[0])
        return greet(GREETINGS[0])

    patiently(greet_again)
    door.publish(GREETINGS[1])
    patiently(lambda: greet(GREETINGS[1]))


def test_a_screen_asks_and_is_answered_in_many_frames(
    loop: SocketLoop, door: ScreenDoor, link: ScreenLink
) -> None:
    asked = ask(loop, link, 2**64 - 1, [b"OPEN", b""])
    chunk = bytes(range(256)) * 4000

    door.reply(asked.token, [b"head", chunk, chunk, b""])

    assert asked.frames == [b"OPEN", b""]
    assert listen(link, 1) == [ScreenAnswered(2**64 - 1, [b"head", chunk, chunk, b""])]


def test_every_screen_hears_the_stream_and_each_its_own_answers(
    loop: SocketLoop, door: ScreenDoor, links: Callable[[], ScreenLink]
) -> None:
    one, other = links(), links()
    for link in (one, other):
        hears_stream(door, link)
    asked = ask(loop, other, 5, [b"COMMAND"])

    door.publish([b"41", b"event"])
    door.publish([b"42", b"event"])
    door.reply(asked.token, [b"done"])

    stream = [StreamHeard([b"41", b"event"]), StreamHeard([b"42", b"event"])]
    assert listen(one, 2) == stream
    heard = listen(other, 3)
    assert ScreenAnswered(5, [b"done"]) in heard
    assert [item for item in heard if isinstance(item, StreamHeard)] == stream


def test_many_links_are_waited_on_at_once(
    loop: SocketLoop, door: ScreenDoor, links: Callable[[], ScreenLink]
) -> None:
    robots = [links() for _ in range(4)]
    for number, robot in enumerate(robots):
        door.reply(ask(loop, robot, number, [b"q"]).token, [b"a%d" % number])

    ears = Ears(robots)
    heard: dict[ScreenLink, list[ScreenHeard]] = {}

    def everyone() -> bool:
        for link, items in ears.hear(20):
            heard.setdefault(link, []).extend(items)
        return len(heard) == len(robots)

    patiently(everyone)
    assert [heard[robot] for robot in robots] == [
        [ScreenAnswered(number, [b"a%d" % number])] for number in range(4)
    ]
    ears.close()


def test_an_answer_that_came_before_the_next_question_is_heard(
    loop: SocketLoop, door: ScreenDoor, link: ScreenLink
) -> None:
    ears = Ears([link])
    asked = ask(loop, link, 1, [b"q"])
    while ears.hear(0):
        pass
    poller = zmq.Poller()
    poller.register(link.descriptors()[0], zmq.POLLIN)
    door.reply(asked.token, [b"a"])
    assert poller.poll(int(DEADLINE_S * 1000))

    # Until sending has taken in what the descriptor told.
    patiently(lambda: link.send(2, [b"q"]) and not poller.poll(0))

    assert ears.hear(0) == [(link, [ScreenAnswered(1, [b"a"])])]
    ears.close()


def test_a_link_is_heard_where_it_was_dialled_anew(tmp_path: Path, loop: SocketLoop) -> None:
    link = ScreenLink(tmp_path)
    ears = Ears([link])
    assert ears.hear(0) == []
    door = ScreenDoor(loop, tmp_path)
    link.reconnect()
    door.reply(ask(loop, link, 1, [b"q"]).token, [b"a"])

    heard: list[tuple[ScreenLink, list[ScreenHeard]]] = []

    def something() -> bool:
        heard.extend(ears.hear(20))
        return bool(heard)

    patiently(something)
    assert heard == [(link, [ScreenAnswered(1, [b"a"])])]
    ears.close()
    link.close()
    door.close()


def test_the_descriptors_can_be_polled_elsewhere(door: ScreenDoor, link: ScreenLink) -> None:
    hears_stream(door, link)
    poller = zmq.Poller()
    for descriptor in link.descriptors():
        poller.register(descriptor, zmq.POLLIN)
    while link.receive(0) or poller.poll(0):
        pass

    door.publish([b"event"])

    assert poller.poll(int(DEADLINE_S * 1000))


def test_a_screen_may_stand_before_its_node(loop: SocketLoop, tmp_path: Path) -> None:
    link = ScreenLink(tmp_path)
    assert not link.linked
    assert not link.changed()
    assert not link.send(1, [b"OPEN"])
    assert link.receive(0) == []
    assert link.descriptors() == []

    door = ScreenDoor(loop, tmp_path)

    assert link.changed()
    assert link.reconnect()
    assert not link.changed()
    assert ask(loop, link, 1, [b"OPEN"]).frames == [b"OPEN"]
    link.close()
    link.close()
    door.close()
    door.close()


def test_waiting_without_a_node_takes_its_time(tmp_path: Path) -> None:
    link = ScreenLink(tmp_path)
    before = time.monotonic()

    assert link.receive(30) == []

    assert time.monotonic() - before >= 0.03
    link.close()


def test_a_screen_finds_the_node_that_came_after(tmp_path: Path, loop: SocketLoop) -> None:
    first = SocketLoop()
    killed = ScreenDoor(first, tmp_path)
    link = ScreenLink(tmp_path)
    ask(first, link, 1, [b"OPEN"])
    # As a kill leaves it: the file stays.
    first.close()

    again = ScreenDoor(loop, tmp_path)
    killed.close()

    assert link.changed(), "the file of the later node is not taken away by the earlier"
    link.reconnect()
    assert ask(loop, link, 2, [b"OPEN"]).frames == [b"OPEN"]
    link.close()
    again.close()


def test_the_keys_are_new_at_each_start_and_only_the_owner_reads_them(
    loop: SocketLoop, tmp_path: Path
) -> None:
    contents = []
    for _ in range(2):
        door = ScreenDoor(loop, tmp_path)
        contents.append((tmp_path / NAME).read_bytes())
        if os.name == "posix":
            assert stat.S_IMODE((tmp_path / NAME).stat().st_mode) == 0o600
        door.close()
        assert list(tmp_path.iterdir()) == []

    assert contents[0] != contents[1]


def test_a_link_of_an_earlier_start_is_not_let_in(loop: SocketLoop, tmp_path: Path) -> None:
    before = ScreenDoor(loop, tmp_path)
    old = (tmp_path / NAME).read_bytes()
    before.close()
    door = ScreenDoor(loop, tmp_path)
    now = (tmp_path / NAME).read_bytes()
    # The old client key at the new addresses, under the new server's key.
    forged = now[: now.index(b'"client_public"')] + old[old.index(b'"client_public"') :]
    (tmp_path / NAME).write_bytes(forged)
    link = ScreenLink(tmp_path)
    refused = loop.gate.refused

    patiently(lambda: loop.gate.refused >= refused + 2)

    assert not link.send(1, [b"OPEN"])
    assert loop.poll(0) == []
    link.close()
    door.close()


@pytest.mark.parametrize("content", [b"", b"{}", b"\xff\xfe", b"[" * 60_000])
def test_a_damaged_file_is_no_link(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / NAME
    path.touch(mode=0o600)
    path.write_bytes(content)

    link = ScreenLink(tmp_path)

    assert not link.linked
    link.close()


def test_messages_of_a_wrong_shape_are_dropped_and_counted(
    loop: SocketLoop, door: ScreenDoor, link: ScreenLink
) -> None:
    asked = ask(loop, link, 1, [b"q"])
    requests = link._requests
    assert requests is not None

    for frames in ([b""], [b"alone"], [bytes(8)], [bytes(7), b"x"], [bytes(9), b"x"]):
        requests.send_multipart(frames)
    last = ask(loop, link, 2, [b"good"])

    assert last.frames == [b"good"]
    assert door.dropped == 5
    door.reply(asked.token[:8] + b"gone", [b"a"])
    door.reply(b"", [b"a"])
