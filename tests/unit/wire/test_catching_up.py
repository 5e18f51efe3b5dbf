"""Fetching what is missing, groups and side records, and serving what others miss."""

from __future__ import annotations

import msgspec
import pytest

from common.domain.codec import encode_group, encode_side
from common.wire import messages as m
from common.wire.limits import MAX_READS, MILLISECOND, PAGE_BYTES, SECOND
from common.wire.outputs import KeepSides, Read, ReadSides, Reply, Request, Reset, SideWant, What
from tests.unit.wire.network import Author
from tests.unit.wire.rig import EXPO, ME, WOK, Rig, head_of

# --- groups


def test_what_a_welcome_names_is_fetched_page_by_page_with_a_pause() -> None:
    rig = Rig()
    groups = [rig.wok.group() for _ in range(3)]
    rig.link(WOK, [head_of(groups[-1])])
    for number, group in enumerate(groups):
        ((request, fetch),) = rig.questions(m.Fetch)
        assert fetch == m.Fetch((m.Want(*group.chain, number, 3),), PAGE_BYTES)
        rig.page(request, group)
        rig.wait(4 * MILLISECOND)
        assert not rig.questions(m.Fetch)
        rig.wait(1 * MILLISECOND)
    assert rig.commits() == groups
    assert not rig.questions(m.Fetch)


def test_a_vector_reveals_a_lost_last_group() -> None:
    rig = Rig()
    rig.link(WOK)
    lost = rig.wok.group()
    rig.vector(WOK, head_of(lost))
    assert len(rig.questions(m.Fetch)) == 1


def test_a_hello_reveals_it_too() -> None:
    rig = Rig()
    rig.link(WOK)
    rig.ask(WOK, m.Hello(b"store-of-testing", WOK, 1, 1, 1, (head_of(rig.wok.group()),)))
    assert len(rig.questions(m.Fetch)) == 1


def test_the_origin_is_asked_if_it_is_up_and_never_two_at_once() -> None:
    rig = Rig()
    rig.link(EXPO)
    rig.link(WOK)
    group = rig.expo.group()
    rig.vector(EXPO, head_of(group))
    rig.vector(WOK, head_of(group))
    ((request, _),) = rig.questions(m.Fetch)
    assert request.peer == EXPO


def test_with_the_origin_away_any_peer_that_has_it_serves() -> None:
    rig = Rig()
    group = rig.expo.group()
    rig.link(WOK, [head_of(group)])
    ((request, _),) = rig.questions(m.Fetch)
    assert request.peer == WOK


def test_different_chains_come_from_different_peers_at_the_same_time() -> None:
    rig = Rig()
    rig.link(WOK)
    rig.link(EXPO)
    wok, expo = rig.wok.group(), rig.expo.group()
    rig.vector(WOK, head_of(wok))
    rig.vector(EXPO, head_of(wok), head_of(expo))
    asked = {request.peer: fetch.wants[0].origin for request, fetch in rig.questions(m.Fetch)}
    assert asked == {WOK: WOK, EXPO: EXPO}


def test_an_origin_that_lost_its_log_is_not_waited_for() -> None:
    rig = Rig()
    group = rig.expo.group()
    rig.link(EXPO)
    rig.link(WOK, [head_of(group)])
    ((request, _),) = rig.questions(m.Fetch)
    assert request.peer == WOK


def test_a_page_that_does_not_help_is_not_asked_for_again_before_the_next_vector() -> None:
    rig = Rig()
    group = rig.wok.group()
    rig.link(WOK, [head_of(group)])
    ((request, _),) = rig.questions(m.Fetch)
    rig.page(request)
    rig.wait(900 * MILLISECOND)
    assert not rig.questions(m.Fetch)
    rig.vector(WOK, head_of(group))
    assert len(rig.questions(m.Fetch)) == 1


def test_another_peer_is_asked_at_once_when_a_page_did_not_help() -> None:
    rig = Rig()
    group = rig.expo.group()
    rig.link(EXPO, [head_of(group)])
    rig.link(WOK, [head_of(group)])
    ((request, _),) = rig.questions(m.Fetch)
    rig.page(request)
    ((request, _),) = rig.questions(m.Fetch)
    assert request.peer == WOK
    rig.page(request, group)
    assert rig.commits() == [group]


def test_chains_take_turns() -> None:
    rig = Rig()
    long, short = Author(WOK, 1), Author(WOK, 2)
    first, last = long.group(), long.group()
    rig.link(WOK, [head_of(last), head_of(short.group())])
    ((request, fetch),) = rig.questions(m.Fetch)
    assert [want.epoch for want in fetch.wants] == [1, 2]
    rig.page(request, first)
    rig.vector(WOK, head_of(last), head_of(Author(WOK, 2).group()))
    rig.wait(5 * MILLISECOND)
    ((_, fetch),) = rig.questions(m.Fetch)
    assert {want.epoch for want in fetch.wants} == {1, 2}


def test_many_chains_are_asked_for_sixty_four_at_a_time() -> None:
    rig = Rig()
    heads = [head_of(Author(WOK, epoch).group()) for epoch in range(1, 101)]
    rig.link(WOK, heads)
    ((request, fetch),) = rig.questions(m.Fetch)
    assert len(fetch.wants) == 64
    rig.page(request)
    rig.wait(5 * MILLISECOND)
    ((_, fetch),) = rig.questions(m.Fetch)
    assert len(fetch.wants) == 36


def test_a_fetch_without_an_answer_is_worked_out_anew_over_a_new_path() -> None:
    rig = Rig()
    group = rig.wok.group()
    rig.link(WOK, [head_of(group)])
    assert len(rig.questions(m.Fetch)) == 1
    for _ in range(3):
        rig.wait(1 * SECOND)
        rig.do("feed", WOK, m.encode(m.Vector(WOK, (head_of(group),))))
    assert rig.take(Reset) == [Reset(WOK)]
    assert not rig.questions(m.Fetch)
    rig.link(WOK, [head_of(group)])
    assert len(rig.questions(m.Fetch)) == 1


def test_acks_do_not_wait_for_a_page() -> None:
    rig = Rig()
    far = Author(WOK, 2).group()
    rig.link(WOK, [head_of(far)])
    assert len(rig.questions(m.Fetch)) == 1
    rig.live(WOK, rig.wok.group())
    rig.commit()
    assert len(rig.questions(m.Ack)) == 1


def test_fetching_waits_for_a_log_that_does_not_keep_up() -> None:
    rig = Rig()
    groups = [rig.wok.group(3, bytes(60_000)) for _ in range(8)]
    rig.link(WOK, [head_of(groups[-1])])
    for group in groups[:6]:
        ((request, _),) = rig.questions(m.Fetch)
        rig.page(request, group)
        rig.wait(5 * MILLISECOND)
    assert not rig.questions(m.Fetch), "more than a mebibyte is pending"
    rig.commit()
    assert len(rig.questions(m.Fetch)) == 1


def test_a_flood_of_live_groups_is_dropped_when_the_log_stands_still() -> None:
    rig = Rig()
    for _ in range(60):
        rig.live(WOK, rig.wok.group(3, bytes(60_000)))
    assert rig.replica.status().pending_bytes <= 8 * 1024 * 1024
    assert What.OVERLOADED in rig.notes()
    assert rig.replica.status().behind


# --- serving


def test_a_fetch_is_read_and_answered_with_whole_groups_that_fit() -> None:
    rig = Rig()
    groups = [rig.author.group(1, bytes(40_000)) for _ in range(4)]
    want = m.Want(*groups[0].chain, 1, 4)
    rig.ask(WOK, m.Fetch((want,), 100_000))
    assert rig.take(Read) == [Read("token", (want,), 100_000)]
    rig.do("read", "token", groups, False)
    raw = tuple(map(encode_group, groups[1:3]))
    assert rig.replies() == [m.Page(raw, more=True)]


def test_a_large_group_is_sent_though_it_alone_is_over_the_limit() -> None:
    rig = Rig()
    group = rig.author.group(3, bytes(60_000))
    rig.ask(WOK, m.Fetch((m.Want(*group.chain, 0, 3),), 1))
    rig.do("read", "token", [group], False)
    assert rig.replies() == [m.Page((encode_group(group),), more=False)]


def test_a_peer_that_asks_too_much_at_once_is_told_so() -> None:
    rig = Rig()
    fetch = m.Fetch((m.Want(ME, 1, 0, 1),), 1)
    for number in range(MAX_READS + 1):
        rig.ask(WOK, fetch, f"{number}")
    assert len(rig.take(Read)) == MAX_READS
    assert rig.replies() == [m.Refused(m.Reason.BUSY)]
    rig.do("read", "0", [], False)
    rig.ask(WOK, fetch, "again")
    assert len(rig.take(Read)) == 1


def test_a_request_heard_twice_is_read_once() -> None:
    rig = Rig()
    for _ in range(2):
        rig.ask(WOK, m.Fetch((m.Want(ME, 1, 0, 1),), 1))
    assert len(rig.take(Read)) == 1


def test_a_log_that_cannot_be_read_is_said() -> None:
    rig = Rig()
    rig.ask(WOK, m.Fetch((m.Want(ME, 1, 0, 1),), 1))
    rig.do("read_failed", "token")
    assert rig.replies() == [m.Refused(m.Reason.FAILED)]


# --- side records


def test_own_side_records_follow_their_group() -> None:
    rig = Rig()
    rig.take(Request)
    side = rig.author.side(1)
    rig.do("own", [rig.author.group()], [side])
    frames = [m.decode_feed(one.frame) for one in rig.said if hasattr(one, "frame")]
    assert [type(frame) for frame in frames[-2:]] == [m.Groups, m.Sides]
    assert frames[-1] == m.Sides(ME, (encode_side(side),))


def test_a_live_side_record_is_kept() -> None:
    rig = Rig()
    side = rig.wok.side(1)
    rig.live_sides(WOK, side)
    assert rig.take(KeepSides) == [KeepSides((side,))]
    rig.live_sides(WOK, rig.expo.side(1))
    assert not rig.take(KeepSides)
    assert rig.notes() == [What.BAD_SIDE]


def test_a_missing_side_record_is_given_a_moment_then_fetched_from_its_origin() -> None:
    rig = Rig()
    side = rig.expo.side(1)
    rig.link(WOK)
    rig.link(EXPO)
    rig.do("sides_wanted", [SideWant(side.id, EXPO)])
    rig.wait(499 * MILLISECOND)
    assert not rig.questions(m.FetchSides)
    rig.wait(1 * MILLISECOND)
    ((request, question),) = rig.questions(m.FetchSides)
    assert (request.peer, question.ids) == (EXPO, (side.id,))
    rig.answer(request, m.SidePage((encode_side(side),)))
    assert rig.take(KeepSides) == [KeepSides((side,))]
    rig.do("sides_kept", [side.id])
    assert rig.replica.status().sides_missing == 0


def test_one_that_came_by_itself_is_not_fetched() -> None:
    rig = Rig()
    side = rig.wok.side(1)
    rig.link(WOK)
    rig.do("sides_wanted", [SideWant(side.id, WOK)])
    rig.live_sides(WOK, side)
    rig.do("sides_kept", [side.id])
    rig.wait(2 * SECOND)
    assert not rig.questions(m.FetchSides)


@pytest.mark.parametrize("forged", [False, True])
def test_any_peer_may_have_it_if_the_signature_holds(forged: bool) -> None:
    rig = Rig()
    side = rig.expo.side(1)
    if forged:
        side = msgspec.structs.replace(side, body=b'{"phone": "other"}')
    rig.link(WOK)
    rig.do("sides_wanted", [SideWant(side.id, EXPO)])
    rig.wait(500 * MILLISECOND)
    ((request, _),) = rig.questions(m.FetchSides)
    rig.answer(request, m.SidePage((encode_side(side),)))
    assert bool(rig.take(KeepSides)) is not forged
    assert rig.notes() == ([What.BAD_SIGNATURE] if forged else [])


def test_one_that_nobody_has_is_asked_for_ever_more_rarely() -> None:
    rig = Rig()
    rig.link(WOK)
    rig.do("sides_wanted", [SideWant(rig.expo.side(1).id, EXPO)])
    asked = 0
    for _ in range(300):
        rig.wait(1 * SECOND)
        rig.vector(WOK)
        for request, _ in rig.questions(m.FetchSides):
            asked += 1
            rig.answer(request, m.SidePage(()))
    assert 5 <= asked <= 15


def test_a_record_of_another_node_under_a_wanted_id_is_refused() -> None:
    rig = Rig()
    side = rig.wok.side(1)
    rig.link(WOK)
    rig.do("sides_wanted", [SideWant(side.id, EXPO)])
    rig.wait(500 * MILLISECOND)
    ((request, _),) = rig.questions(m.FetchSides)
    rig.answer(request, m.SidePage((encode_side(side),)))
    assert not rig.take(KeepSides)
    assert rig.notes() == [What.BAD_SIDE]


def test_side_records_are_served() -> None:
    rig = Rig()
    side = rig.author.side(1)
    rig.ask(WOK, m.FetchSides((side.id,)))
    assert rig.take(ReadSides) == [ReadSides("token", (side.id,))]
    rig.do("sides_read", "token", [side])
    assert rig.replies() == [m.SidePage((encode_side(side),))]
    assert not rig.take(Reply)
