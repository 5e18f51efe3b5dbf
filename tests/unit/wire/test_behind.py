"""Which chains count as behind, to the letter, and who is asked for them."""

from __future__ import annotations

from common.domain.codec import Group
from common.wire import messages as m
from common.wire.limits import MILLISECOND, SECOND
from common.wire.outputs import Commit, Reset
from tests.unit.wire.network import Author, key_of
from tests.unit.wire.rig import EXPO, ME, WOK, Rig, head_of


def past(*sizes: int, epoch: int = 9) -> list[Group]:
    """Groups of an earlier chain of this node's own: its origin can't be asked."""
    author = Author(ME, epoch)
    return [author.group(size) for size in sizes]


def behind(rig: Rig) -> tuple[object, ...]:
    return rig.replica.status().behind


def test_a_head_that_is_held_is_not_behind() -> None:
    rig = Rig()
    rig.link(WOK)
    group = rig.wok.group()
    rig.live(WOK, group)
    rig.commit()
    rig.vector(WOK, head_of(group))
    assert behind(rig) == ()


def test_a_chain_is_behind_until_all_that_was_told_of_is_pending() -> None:
    rig = Rig()
    one, two = rig.wok.group(), rig.wok.group(2)
    rig.link(WOK, [head_of(two)])
    assert behind(rig) == (one.chain,)
    ((request, _),) = rig.questions(m.Fetch)
    rig.page(request, one)
    assert behind(rig) == (one.chain,)
    rig.wait(5 * MILLISECOND)
    ((request, _),) = rig.questions(m.Fetch)
    rig.page(request, two)
    assert behind(rig) == ()


def test_what_only_a_removed_peer_told_of_is_not_behind_any_more() -> None:
    rig = Rig()
    rig.link(EXPO, [head_of(rig.expo.group())])
    rig.do("set_peers", {origin: key_of(origin) for origin in (ME, WOK)})
    assert behind(rig) == ()


def test_what_could_not_be_written_comes_again_though_nobody_tells_of_it_any_more() -> None:
    rig = Rig()
    rig.link(WOK)
    group = rig.wok.group()
    rig.live(WOK, group)
    (commit,) = rig.take(Commit)
    rig.do("commit_failed", commit.groups)
    assert behind(rig) == (group.chain,)
    rig.wait(1 * SECOND)
    ((_, fetch),) = rig.questions(m.Fetch)
    assert fetch.wants == (m.Want(*group.chain, after=0, until=1),)


def test_others_serve_when_the_origin_was_up_and_went_silent() -> None:
    rig = Rig()
    one, two = rig.expo.group(), rig.expo.group()
    rig.link(EXPO, [head_of(two)])
    ((request, _),) = rig.questions(m.Fetch)
    assert request.peer == EXPO
    rig.wait(3 * SECOND)
    assert [reset.peer for reset in rig.take(Reset)] == [EXPO]
    rig.link(WOK, [head_of(two)])
    ((request, _),) = rig.questions(m.Fetch)
    assert request.peer == WOK
    rig.page(request, one, two)
    assert rig.commits() == [one, two]


def test_the_origin_is_asked_before_others_in_whatever_order_the_peers_are_known() -> None:
    for origin, other in ((WOK, EXPO), (EXPO, WOK)):
        rig = Rig()
        rig.link(other)
        rig.link(origin)
        group = Author(origin).group()
        rig.live(origin, group)
        rig.vector(other, head_of(group))
        lost = Author(origin, 2).group()
        rig.vector(origin, head_of(group), head_of(lost))
        rig.vector(other, head_of(group), head_of(lost))
        ((request, _),) = rig.questions(m.Fetch)
        assert request.peer == origin


def test_no_two_are_asked_for_one_chain_at_once() -> None:
    rig = Rig()
    one, two = past(1, 1)
    rig.link(WOK, [head_of(two)])
    rig.link(EXPO, [head_of(two)])
    ((request, _),) = rig.questions(m.Fetch)
    rig.page(request, one)
    rig.wait(5 * MILLISECOND)
    assert len(rig.questions(m.Fetch)) == 1


def test_a_gap_of_one_event_is_fetched_alone() -> None:
    rig = Rig()
    rig.link(WOK)
    one, two, three = rig.wok.group(), rig.wok.group(), rig.wok.group()
    rig.live(WOK, one)
    rig.live(WOK, three)
    ((request, fetch),) = rig.questions(m.Fetch)
    assert fetch.wants == (m.Want(*one.chain, after=1, until=2),)
    rig.page(request, two)
    assert rig.commits() == [one, two, three]
    assert behind(rig) == ()


def test_chains_that_were_served_let_the_others_go_first() -> None:
    rig = Rig()
    chains = [past(1, 1, epoch=epoch) for epoch in range(1, 66)]
    rig.link(WOK, [head_of(last) for _, last in chains])
    ((request, fetch),) = rig.questions(m.Fetch)
    assert [want.epoch for want in fetch.wants] == list(range(1, 65))
    rig.page(request, *(first for first, _ in chains[:64]))
    rig.wait(5 * MILLISECOND)
    ((_, fetch),) = rig.questions(m.Fetch)
    assert [want.epoch for want in fetch.wants][:2] == [65, 1]
