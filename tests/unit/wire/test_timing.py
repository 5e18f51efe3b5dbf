"""When a link does what is due: neither before, nor only at the next occasion."""

from __future__ import annotations

from copy import copy

import pytest

from common.domain.codec import encode_group
from common.wire import messages as m
from common.wire.limits import (
    DEAD_AFTER,
    HELLO_FIRST,
    HELLO_MOST,
    MILLISECOND,
    PAGE_BYTES,
    SECOND,
    VECTOR_EVERY,
)
from common.wire.outputs import Commit, LinkChanged, Reset, SideWant, What
from common.wire.peer import Peer
from tests.unit.wire.network import Author, key_of
from tests.unit.wire.rig import EXPO, ME, STRANGER, WOK, Rig, head_of

BETWEEN_VECTORS = 300 * MILLISECOND


def test_a_peer_that_said_nothing_yet_is_shown_as_such() -> None:
    status = Rig().replica.status().peers[WOK]
    assert (status.up, status.last_heard, status.queue_ms, status.disk) == (False, None, 0, 0)
    assert (status.heads, status.fold_version, status.clock) == ((), None, None)


@pytest.mark.parametrize(("jitter", "share"), [(0.0, 0.8), (0.5, 1.0), (1.0, 1.2)])
def test_rests_differ_by_a_fifth_so_that_nobody_is_in_step(jitter: float, share: float) -> None:
    peer = Peer(WOK)
    peer.rest(1_000, jitter)
    assert peer.retry_at == 1_000 + HELLO_FIRST * share


def test_a_good_greeting_makes_the_next_rest_short_again() -> None:
    peer = Peer(WOK)
    for _ in range(5):
        peer.rest(0, 0.5)
    assert peer.retry_at == HELLO_MOST
    peer.greeted()
    peer.rest(0, 0.5)
    assert peer.retry_at == HELLO_FIRST


def test_silence_is_noticed_when_it_has_lasted_five_seconds() -> None:
    rig = Rig()
    rig.wait(BETWEEN_VECTORS)
    rig.link(WOK)
    rig.take(LinkChanged)
    rig.wait(DEAD_AFTER - 1)
    assert not rig.take(LinkChanged)
    rig.wait(1)
    assert rig.take(LinkChanged) == [LinkChanged(WOK, up=False)]


def test_a_fetch_without_an_answer_is_given_up_in_time_though_it_is_not_needed_any_more() -> None:
    rig = Rig()
    group = rig.wok.group()
    rig.wait(BETWEEN_VECTORS)
    rig.link(WOK, [head_of(group)])
    assert len(rig.questions(m.Fetch)) == 1
    rig.live(WOK, group)
    rig.commit()
    rig.acked()
    rig.wait(3 * SECOND - 1)
    assert not rig.take(Reset)
    rig.wait(1)
    assert [reset.peer for reset in rig.take(Reset)] == [WOK]


def test_a_peer_is_not_asked_for_what_it_has_not_got() -> None:
    rig = Rig()
    rig.do("set_peers", {origin: key_of(origin) for origin in (ME, WOK, EXPO, STRANGER)})
    absent = Author(STRANGER)
    one, two = absent.group(), absent.group()
    rig.link(WOK, [head_of(one)])
    ((request, _),) = rig.questions(m.Fetch)
    rig.page(request, one)
    rig.commit()
    rig.wait(5 * MILLISECOND)
    rig.link(EXPO, [head_of(two)])
    assert [request.peer for request, _ in rig.questions(m.Fetch)] == [EXPO]


def test_groups_are_fetched_before_side_records() -> None:
    rig = Rig()
    rig.do("sides_wanted", [SideWant(bytes(16), WOK)])
    rig.wait(1 * SECOND)
    rig.link(WOK, [head_of(rig.wok.group())])
    assert len(rig.questions(m.Fetch)) == 1


def test_a_machine_that_slept_goes_on_with_vectors_after_half_the_usual_time() -> None:
    rig = Rig()
    rig.wait(10 * SECOND)
    rig.mono += 60 * SECOND
    rig.do("tick")
    rig.published(m.Vector)
    rig.wait(VECTOR_EVERY // 2 - 1)
    assert not rig.published(m.Vector)
    rig.wait(1)
    assert len(rig.published(m.Vector)) == 1


def test_the_first_vector_tells_of_a_healthy_node() -> None:
    (vector,) = Rig().published(m.Vector)
    assert (vector.queue_ms, vector.disk, vector.beat) == (0, 0, 1)


# --- an input counts from its own moment, not from the one before


def test_a_frame_is_heard_when_it_comes() -> None:
    rig = Rig()
    rig.mono += 3 * SECOND
    rig.vector(WOK)
    assert rig.replica.status().peers[WOK].last_heard == rig.mono


def test_an_ack_is_answered_with_the_moment_at_which_it_came() -> None:
    rig = Rig()
    rig.mesh += 3 * SECOND
    rig.ask(WOK, m.Ack((), t1=1))
    assert rig.replies() == [m.Acked(1, rig.mesh, rig.mesh)]


@pytest.mark.parametrize("later", [0, 1 * SECOND])
def test_what_fails_again_is_noted_again_if_it_fails_a_second_later(later: int) -> None:
    rig = Rig()
    for wait in (0, later):
        rig.live(WOK, Author(WOK).group())
        (commit,) = rig.take(Commit)
        rig.notes()
        rig.mono += wait
        rig.do("commit_failed", commit.groups)
    assert rig.notes() == ([What.COMMIT_FAILED] if later else [])


@pytest.mark.parametrize("later", [0, 1 * SECOND])
def test_what_cannot_be_read_again_is_noted_again_if_it_fails_a_second_later(later: int) -> None:
    rig = Rig()
    for token, wait in (("one", 0), ("two", later)):
        rig.ask(WOK, m.FetchSides((bytes(16),)), token)
        rig.notes()
        rig.mono += wait
        rig.do("read_failed", token)
    assert rig.notes() == ([What.REFUSED] if later else [])


# --- the roster, and what goes into one frame


def test_what_peers_that_stay_told_of_stays_behind() -> None:
    rig = Rig()
    group = rig.wok.group()
    rig.link(WOK, [head_of(group)])
    rig.do("set_peers", {origin: key_of(origin) for origin in (ME, WOK)})
    assert rig.replica.status().behind == (group.chain,)


def test_frames_are_filled_to_the_last_byte() -> None:
    rig = Rig()
    share = PAGE_BYTES // 4
    groups = []
    for _ in range(9):
        beside = len(encode_group(copy(rig.author).group(1, bytes(60_000)))) - 60_000
        groups.append(rig.author.group(1, bytes(share - beside)))
        assert len(encode_group(groups[-1])) == share
    rig.do("own", groups, [])
    assert [len(frame.groups) for frame in rig.published(m.Groups)] == [4, 4, 1]
