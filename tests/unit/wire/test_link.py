"""The life of a link, by its table and through the replica."""

from __future__ import annotations

from typing import Any

import pytest

from common.wire import messages as m
from common.wire.limits import MILLISECOND, SECOND
from common.wire.outputs import LinkChanged, Note, Publish, Request, Reset, What
from common.wire.peer import LINK, Link, Peer, Sign
from tests.unit.wire.rig import EXPO, ME, STRANGER, WOK, Rig, head_of, hello, welcome


def alive(link: Link) -> bool:
    peer = Peer(WOK)
    peer.link = link
    return peer.up


ALIVE = set(filter(alive, Link))


def test_every_state_can_be_reached_and_left() -> None:
    assert {state for state, _ in LINK} == set(Link)
    assert set(LINK.values()) == set(Link)


def test_every_way_into_life_passes_a_greeting() -> None:
    into = {state for (state, _), target in LINK.items() if target in ALIVE and state not in ALIVE}
    assert into == {Link.GREETING}


def test_silence_ends_every_living_state() -> None:
    assert all(LINK[state, Sign.SILENT] is Link.AWAY for state in ALIVE)


def test_nothing_is_asked_before_there_is_a_path() -> None:
    rig = Rig()
    rig.wait(10 * SECOND)
    assert not rig.take(Request)
    assert not rig.take(Reset)


def test_a_path_is_greeted_at_once_and_the_answer_brings_the_link_up() -> None:
    rig = Rig()
    rig.do("connected", WOK)
    ((request, said),) = rig.questions(m.Hello)
    assert said == hello(ME)
    assert not rig.take(LinkChanged)
    rig.answer(request, welcome(WOK))
    assert rig.take(LinkChanged) == [LinkChanged(WOK, up=True)]
    assert rig.replica.status().peers[WOK].up


def test_a_greeting_in_vain_is_repeated_over_a_new_path_only() -> None:
    rig = Rig()
    rig.do("connected", WOK)
    assert len(rig.questions(m.Hello)) == 1
    rig.wait(1 * SECOND)
    assert rig.take(Reset) == [Reset(WOK)]
    assert rig.notes() == [What.TIMEOUT]
    rig.wait(10 * SECOND)
    assert not rig.questions(m.Hello)
    rig.do("connected", WOK)
    assert len(rig.questions(m.Hello)) == 1


def test_the_rest_after_a_vain_greeting_doubles_up_to_two_seconds() -> None:
    rig = Rig()
    rig.do("connected", WOK)
    rests = []
    for _ in range(6):
        rig.questions(m.Hello)
        rig.wait(1 * SECOND)
        rig.do("connected", WOK)
        start = rig.mono
        while not any(isinstance(one, Request) for one in rig.said):
            rig.wait(1 * MILLISECOND)
        rests.append(rig.mono - start)
    assert [rest // MILLISECOND for rest in rests] == [250, 500, 1000, 2000, 2000, 2000]


def test_silence_for_five_seconds_takes_the_link_down() -> None:
    rig = Rig()
    rig.link(WOK)
    rig.take(LinkChanged)
    rig.wait(4 * SECOND)
    rig.vector(WOK)
    rig.wait(5 * SECOND - 1)
    assert not rig.take(LinkChanged)
    rig.wait(1)
    assert rig.take(LinkChanged) == [LinkChanged(WOK, up=False)]
    assert rig.take(Reset) == [Reset(WOK)]


def test_a_request_without_an_answer_costs_the_path_but_not_the_link() -> None:
    rig = Rig()
    group = rig.wok.group()
    rig.link(WOK)
    rig.take(LinkChanged)
    rig.live(WOK, group)
    rig.commit()
    assert len(rig.questions(m.Ack)) == 1
    rig.wait(1 * SECOND)
    assert rig.take(Reset) == [Reset(WOK)]
    assert not rig.take(LinkChanged)
    assert not rig.questions(m.Ack), "no blind repeat while there is no path"
    rig.link(WOK)
    assert [head.seq for head in rig.acked()] == [1]


def test_a_late_answer_to_a_void_request_means_nothing() -> None:
    rig = Rig()
    rig.do("connected", WOK)
    ((request, _),) = rig.questions(m.Hello)
    rig.wait(1 * SECOND)
    rig.answer(request, welcome(WOK))
    assert not rig.take(LinkChanged)
    assert rig.count("late answers") == 1


def test_a_gap_in_the_path_is_greeted_over_again() -> None:
    rig = Rig()
    rig.link(WOK)
    rig.do("connected", WOK)
    assert len(rig.questions(m.Hello)) == 1
    assert rig.replica.status().peers[WOK].up


def test_a_greeting_peer_is_greeted_back_without_delay() -> None:
    rig = Rig()
    rig.do("connected", WOK)
    rig.questions(m.Hello)
    rig.wait(1 * SECOND)
    rig.do("connected", WOK)
    assert not rig.questions(m.Hello)
    rig.ask(WOK, hello(WOK))
    assert len(rig.questions(m.Hello)) == 1


def test_hello_is_answered_with_all_heads() -> None:
    rig = Rig()
    group = rig.author.group(3)
    rig.do("own", [group], [])
    rig.ask(WOK, hello(WOK))
    assert rig.replies() == [welcome(ME, [head_of(group)])]


REFUSALS: dict[str, tuple[bytes, dict[str, Any], m.Reason]] = {
    "another store": (WOK, {"store_id": bytes(16)}, m.Reason.WRONG_STORE),
    "another node": (WOK, {"node": EXPO}, m.Reason.WRONG_NODE),
    "too new to talk to": (WOK, {"protocol": 9, "oldest": 2}, m.Reason.VERSION),
    "not of the roster": (STRANGER, {}, m.Reason.NOT_ENROLLED),
}


@pytest.mark.parametrize(("peer", "changes", "reason"), REFUSALS.values(), ids=REFUSALS)
def test_hello_is_refused(peer: bytes, changes: dict[str, Any], reason: m.Reason) -> None:
    rig = Rig()
    rig.ask(peer, hello(peer, **changes))
    assert rig.replies() == [m.Refused(reason)]
    assert rig.notes() == [What.REFUSED]


def test_a_newer_node_that_still_speaks_our_version_is_welcome() -> None:
    rig = Rig()
    rig.ask(WOK, hello(WOK, protocol=9, oldest=1))
    assert rig.replies() == [welcome(ME)]


@pytest.mark.parametrize(
    "answer",
    [
        welcome(WOK, store_id=bytes(16)),
        welcome(EXPO),
        welcome(WOK, protocol=9, oldest=2),
        m.Refused(m.Reason.VERSION),
        m.Acked(0, 0, 0),
    ],
)
def test_a_wrong_answer_to_hello_brings_no_link_up(answer: m.Answer) -> None:
    rig = Rig()
    rig.do("connected", WOK)
    ((request, _),) = rig.questions(m.Hello)
    rig.answer(request, answer)
    assert not rig.take(LinkChanged)
    assert len(rig.notes()) == 1
    rig.wait(240 * MILLISECOND)
    assert not rig.questions(m.Hello)
    rig.wait(10 * MILLISECOND)
    assert len(rig.questions(m.Hello)) == 1


def test_requests_that_cannot_be_read_are_refused() -> None:
    rig = Rig()
    rig.do("asked", 1, WOK, b"\xc1")
    rig.do("asked", 2, WOK, b"\x91\xa6DELIVE")
    codes = [m.Reason.BAD_REQUEST, m.Reason.UNKNOWN_VERB]
    assert rig.replies() == [m.Refused(code) for code in codes]


def test_a_node_struck_from_the_roster_is_let_go() -> None:
    rig = Rig()
    rig.link(WOK)
    rig.take(LinkChanged)
    rig.do("set_peers", {ME: bytes(32), EXPO: bytes(32)})
    assert rig.take(LinkChanged) == [LinkChanged(WOK, up=False)]
    rig.live(WOK, rig.wok.group())
    assert rig.notes() == [What.NOT_ENROLLED]
    assert not rig.commits()


def test_vectors_go_out_at_once_and_every_second_with_what_is_durable() -> None:
    rig = Rig()
    first = rig.published(m.Vector)
    assert [(one.heads, one.beat) for one in first] == [((), 1)]
    group = rig.author.group(2)
    rig.do("own", [group], [])
    rig.live(WOK, rig.wok.group())
    rig.replica.health(40, 1)
    rig.wait(3 * SECOND)
    said = rig.published(m.Vector)
    assert [one.beat for one in said] == [2, 3, 4]
    assert said[0] == m.Vector(ME, (head_of(group),), None, 2, 40, 1), "the wok's is not durable"


def test_a_machine_that_slept_sends_one_vector_not_many() -> None:
    rig = Rig()
    rig.take(Publish)
    rig.mono += 60 * SECOND
    rig.do("tick")
    assert len(rig.published(m.Vector)) == 1


def test_the_same_note_about_the_same_peer_comes_once_a_second() -> None:
    rig = Rig()
    for _ in range(50):
        rig.do("feed", WOK, b"rubbish")
    assert [note.peer for note in rig.take(Note)] == [WOK]
    assert rig.count("bad frame") == 50
    rig.wait(1 * SECOND)
    rig.do("feed", WOK, b"rubbish")
    assert rig.notes() == [What.BAD_FRAME]


def test_a_frame_of_a_later_version_is_noted_and_proves_life() -> None:
    rig = Rig()
    rig.link(WOK)
    rig.take(LinkChanged)
    for _ in range(10):
        rig.wait(1 * SECOND)
        rig.do("feed", WOK, b"\x91\xa5ALARM")
    assert not rig.take(LinkChanged)
    assert What.UNKNOWN_VERB in rig.notes()


def test_status_tells_what_a_peer_told() -> None:
    rig = Rig()
    group = rig.wok.group()
    rig.link(WOK, [head_of(group)])
    rig.do("feed", WOK, m.encode(m.Vector(WOK, (head_of(group),), None, 1, 250, 2)))
    status = rig.replica.status().peers[WOK]
    assert status.up
    assert status.last_heard == rig.mono
    assert status.heads == (head_of(group),)
    assert (status.queue_ms, status.disk, status.fold_version) == (250, 2, 1)
    assert rig.replica.status().behind == (group.chain,)
