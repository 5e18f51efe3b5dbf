"""What every transport does, be it real or the fake that other tests build on."""

import threading
from collections.abc import Iterator

import pytest

from common.mesh.transport import Answered, Asked, FeedHeard, LinkUp, Woken
from tests.unit.mesh.rig import MemoryRig, Node, Rig, ZmqRig, ask, linked, meet, until


@pytest.fixture(params=[MemoryRig, ZmqRig], ids=["memory", "zeromq"])
def rig(request: pytest.FixtureRequest) -> Iterator[Rig]:
    made: Rig = request.param(request.node.nodeid)
    yield made
    made.close()


@pytest.fixture
def trio(rig: Rig) -> list[Node]:
    nodes = [rig.node(name) for name in ("counter", "wok", "expo")]
    meet(nodes)
    linked(nodes)
    return nodes


def test_every_peer_hears_a_frame_once_from_the_one_who_published_it(trio: list[Node]) -> None:
    counter, wok, expo = trio

    counter.transport.publish(b"order 1")
    wok.transport.publish(b"ready")

    until(trio, lambda: wok.heard and len(expo.heard) == 2 and counter.heard)
    assert wok.heard == [FeedHeard(counter.origin, b"order 1")]
    assert counter.heard == [FeedHeard(wok.origin, b"ready")]
    assert {(item.peer, item.frame) for item in expo.of(FeedHeard)} == {
        (counter.origin, b"order 1"),
        (wok.origin, b"ready"),
    }


def test_frames_of_one_peer_arrive_in_order(trio: list[Node]) -> None:
    counter, wok, _ = trio
    frames = [b"%d" % number for number in range(600)]

    for frame in frames:
        counter.transport.publish(frame)

    until([wok], lambda: len(wok.heard) == len(frames))
    assert wok.frames() == frames


def test_a_request_is_answered_to_its_asker_under_its_id(trio: list[Node]) -> None:
    counter, wok, expo = trio

    wok.transport.request(counter.origin, 7, b"fetch")
    expo.transport.request(counter.origin, 2**64 - 1, b"ack")
    until([counter], lambda: len(counter.heard) == 2)
    asked = {item.peer: item for item in counter.of(Asked)}
    for item in asked.values():
        counter.transport.reply(item.token, b"re:" + item.body)
    until([wok, expo], lambda: wok.heard and expo.heard)

    assert (asked[wok.origin].body, asked[expo.origin].body) == (b"fetch", b"ack")
    assert wok.heard == [Answered(counter.origin, 7, b"re:fetch")]
    assert expo.heard == [Answered(counter.origin, 2**64 - 1, b"re:ack")]


def test_answers_may_come_late_and_in_any_order(trio: list[Node]) -> None:
    counter, wok, _ = trio
    for number in (1, 2, 3):
        wok.transport.request(counter.origin, number, b"q%d" % number)
    until([counter], lambda: len(counter.heard) == 3)

    for asked in reversed(counter.of(Asked)):
        counter.transport.reply(asked.token, asked.body)

    until([wok], lambda: len(wok.heard) == 3)
    assert [(item.request_id, item.body) for item in wok.of(Answered)] == [
        (3, b"q3"),
        (2, b"q2"),
        (1, b"q1"),
    ]


def test_a_reset_forgets_what_was_asked_and_comes_back(trio: list[Node]) -> None:
    counter, wok, _ = trio
    wok.transport.request(counter.origin, 1, b"before")
    until([counter], lambda: counter.heard)

    wok.transport.reset(counter.origin)
    until([wok], lambda: wok.heard)
    assert wok.heard == [LinkUp(counter.origin)]
    counter.transport.reply(counter.of(Asked)[0].token, b"too late")

    assert ask(wok, counter, b"after") == b"re:after"


def test_a_reply_to_one_who_is_gone_is_harmless(trio: list[Node]) -> None:
    counter, wok, expo = trio
    wok.transport.request(counter.origin, 1, b"q")
    until([counter], lambda: counter.heard)
    wok.transport.close()

    counter.transport.reply(counter.of(Asked)[0].token, b"a")
    counter.transport.reply(b"", b"no token at all")

    assert ask(expo, counter, b"still there?") == b"re:still there?"


def test_a_request_to_one_who_is_not_there_is_dropped_not_kept(rig: Rig) -> None:
    counter, wok = rig.node("counter"), rig.node("wok")
    counter.transport.set_peers([wok.peer])
    for number in range(10):
        counter.transport.request(wok.origin, number, b"too early")
    counter.transport.request(b"nobody".ljust(16), 1, b"q")
    counter.transport.reset(b"nobody".ljust(16))

    wok.transport.set_peers([counter.peer])
    until([counter, wok], lambda: counter.of(LinkUp) and wok.of(LinkUp))
    counter.transport.request(wok.origin, 99, b"now")
    until([wok], lambda: wok.of(Asked))

    assert [item.body for item in wok.of(Asked)] == [b"now"]


def test_big_messages_pass_whole_every_way(trio: list[Node]) -> None:
    counter, wok, _ = trio
    big = bytes(range(256)) * 3600

    counter.transport.publish(big)
    until([wok], lambda: wok.heard)

    assert wok.frames() == [big]
    assert ask(wok, counter, big) == b"re:" + big


def test_empty_messages_pass(trio: list[Node]) -> None:
    counter, wok, _ = trio

    counter.transport.publish(b"")
    until([wok], lambda: wok.heard)

    assert wok.frames() == [b""]
    assert ask(wok, counter, b"") == b"re:"


def test_a_peer_that_joins_later_hears_what_comes_later(trio: list[Node], rig: Rig) -> None:
    bar = rig.node("bar")
    everyone = [*trio, bar]

    meet(everyone)
    until(everyone, bar.frames, lambda: trio[0].transport.publish(b"later"))

    assert set(bar.frames()) == {b"later"}
    assert ask(bar, trio[1], b"hello") == b"re:hello"
    assert ask(trio[1], bar, b"welcome") == b"re:welcome"


def test_links_of_those_who_stay_survive_a_newcomer(trio: list[Node], rig: Rig) -> None:
    counter, wok, _ = trio
    wok.transport.request(counter.origin, 1, b"q")
    until([counter], lambda: counter.heard)

    meet([*trio, rig.node("bar")])
    counter.transport.reply(counter.of(Asked)[0].token, b"a")

    until([wok], lambda: wok.of(Answered))
    assert wok.of(Answered) == [Answered(counter.origin, 1, b"a")]


def test_one_left_out_hears_nothing_more_and_is_not_heard(trio: list[Node]) -> None:
    counter, wok, expo = trio
    rest = [counter.peer, expo.peer]

    for node in (counter, expo):
        node.transport.set_peers(rest)
    counter.transport.publish(b"secret")
    wok.transport.publish(b"forged")
    wok.transport.request(counter.origin, 1, b"let me in")

    # Once the two have linked anew, whatever was on its way has arrived.
    until(
        trio,
        lambda: b"later" in expo.frames(),
        lambda: counter.transport.publish(b"later"),
    )
    assert ask(expo, counter, b"q") == b"re:q"
    wok.listen()
    assert wok.frames() == []
    assert not [item for node in trio for item in node.of(Asked) if item.peer == wok.origin]
    assert b"forged" not in counter.frames() + expo.frames()


def test_one_left_out_and_taken_back_is_linked_again(trio: list[Node]) -> None:
    counter, wok, _ = trio
    roster = [node.peer for node in trio]

    counter.transport.set_peers([peer for peer in roster if peer.origin != wok.origin])
    counter.transport.set_peers(roster)

    assert ask(wok, counter, b"back") == b"re:back"
    assert ask(counter, wok, b"welcome") == b"re:welcome"
    until(trio, wok.frames, lambda: counter.transport.publish(b"news"))


def test_two_peers_cannot_share_a_key(trio: list[Node]) -> None:
    counter, wok, expo = trio
    twin = type(wok.peer)(b"twin".ljust(16), wok.who.curve_public, "", "")

    with pytest.raises(ValueError, match="one CURVE key"):
        counter.transport.set_peers([wok.peer, expo.peer, twin])


def test_a_peer_of_unknown_address_may_call_but_is_not_called(rig: Rig) -> None:
    counter, wok = rig.node("counter"), rig.node("wok")
    unknown = type(wok.peer)(wok.origin, wok.who.curve_public, "", "")
    counter.transport.set_peers([unknown])
    wok.transport.set_peers([counter.peer])

    assert ask(wok, counter, b"here I am") == b"re:here I am"
    counter.transport.request(wok.origin, 1, b"cannot")
    counter.transport.reset(wok.origin)


def test_waking_from_another_thread_ends_a_poll(trio: list[Node]) -> None:
    counter = trio[0]
    waker = threading.Thread(target=counter.transport.wake)

    waker.start()
    heard = counter.transport.poll(20_000)
    waker.join()

    assert heard == [Woken()]


def test_no_wake_is_lost_however_many_ring(trio: list[Node]) -> None:
    counter = trio[0]
    left: list[int] = []

    def work() -> None:
        for number in range(500):
            left.append(number)
            counter.transport.wake()

    workers = [threading.Thread(target=work) for _ in range(4)]
    for worker in workers:
        worker.start()
    taken = 0
    while taken < 2000:
        assert counter.transport.poll(20_000) == [Woken()]
        while left:
            left.pop()
            taken += 1
    for worker in workers:
        worker.join()


def test_many_wakes_before_a_poll_are_heard_once(trio: list[Node]) -> None:
    counter = trio[0]
    for _ in range(100_000):
        counter.transport.wake()

    assert counter.transport.poll(20_000) == [Woken()]
    assert counter.transport.poll(0) == []


def test_a_poll_without_news_ends_in_time(trio: list[Node]) -> None:
    assert trio[0].transport.poll(10) == []


def test_a_flood_cannot_hold_a_poll(trio: list[Node]) -> None:
    counter, wok, _ = trio
    for _ in range(900):
        counter.transport.publish(b"flood")

    until([wok], lambda: wok.heard)

    assert len(wok.heard) <= 256
    until([wok], lambda: len(wok.heard) == 900)


def test_closing_twice_is_harmless_and_the_place_can_be_taken_again(rig: Rig) -> None:
    first = rig.node("wok")
    first.transport.close()
    first.transport.close()

    again, counter = rig.node("wok"), rig.node("counter")
    meet([again, counter])

    assert ask(counter, again, b"you again") == b"re:you again"


def test_a_node_that_restarts_is_heard_again(trio: list[Node], rig: Rig) -> None:
    counter, wok, expo = trio
    wok.transport.close()
    again = rig.node("wok")

    def call() -> None:
        again.transport.publish(b"back")
        counter.transport.request(wok.origin, 1, b"are you there?")

    again.transport.set_peers([node.peer for node in trio])
    until(
        [counter, again, expo],
        lambda: counter.of(LinkUp) and counter.frames() and expo.frames(),
        call,
    )

    assert {item.peer for item in counter.of(FeedHeard)} == {again.origin}
    assert ask(counter, again, b"q") == b"re:q"
