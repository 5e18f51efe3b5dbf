"""Side records that are missing: when they are asked for, and of whom."""

from __future__ import annotations

from common.wire import messages as m
from common.wire.limits import MAX_SIDE_IDS, MAX_SIDE_WANTS, MILLISECOND, SECOND, SIDE_GRACE
from common.wire.outputs import SideWant
from common.wire.sides import SideWants
from tests.unit.wire.rig import EXPO, WOK, Rig


def wants(count: int) -> list[SideWant]:
    return [SideWant(nth.to_bytes(16, "big"), EXPO) for nth in range(count)]


def test_no_more_is_kept_in_mind_than_the_page_says() -> None:
    sides = SideWants()
    sides.want(wants(MAX_SIDE_WANTS + 1), 0)
    assert len(sides) == MAX_SIDE_WANTS


def test_no_more_is_asked_for_at_once_than_a_request_may_name() -> None:
    rig = Rig()
    rig.link(WOK)
    rig.do("sides_wanted", wants(MAX_SIDE_IDS + 1))
    rig.wait(SIDE_GRACE)
    ((request, first),) = rig.questions(m.FetchSides)
    assert len(first.ids) == MAX_SIDE_IDS
    rig.answer(request, m.SidePage(()))
    rig.wait(5 * MILLISECOND)
    ((_, second),) = rig.questions(m.FetchSides)
    assert len(second.ids) == 1


def test_a_link_that_comes_up_ends_a_long_rest_after_a_moment() -> None:
    rig = Rig()
    rig.link(WOK)
    rig.do("sides_wanted", wants(1))
    for _ in range(12):
        rig.wait(1 * SECOND)
        rig.vector(WOK)
        for request, _ in rig.questions(m.FetchSides):
            rig.answer(request, m.SidePage(()))
    rig.link(EXPO)
    rig.wait(SIDE_GRACE - 1)
    assert not rig.questions(m.FetchSides)
    rig.wait(1)
    assert [request.peer for request, _ in rig.questions(m.FetchSides)] == [EXPO]
