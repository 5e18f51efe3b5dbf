"""What is wrong with a delivery, by the rules one by one; and that it ends by itself."""

from __future__ import annotations

from collections.abc import Iterable

import pytest

from common.domain import commands as cmd
from common.domain.alarms import Alarm, Heard, Level, View, What, alarms
from common.domain.clock import SECOND
from common.domain.house import EXPO
from common.domain.ids import EventId
from common.domain.order import Order
from tests.helpers.desk import COLD, NOON, WOK, Desk, a_desk, an_id, choice_of, item

ME = a_desk().origin
AT_WOK, AT_WOK_2, AT_PASS, AT_TILL_2 = map(an_id, ("wok", "wok 2", "pass", "till 2"))
START = NOON - 3600 * SECOND


class Mesh:
    """What one node has heard of the others: who has what since when, who is heard."""

    def __init__(self, me: bytes = ME) -> None:
        self.me = me
        self.started = START
        self.roles = {
            ME: frozenset({"counter-1"}),
            AT_WOK: frozenset({WOK}),
            AT_PASS: frozenset({EXPO}),
        }
        self.heard: dict[bytes, Heard] = {}
        self.has: dict[bytes, dict[EventId, int]] = {}
        self.delivered: dict[bytes, int] = {}
        self.showing: set[str] = set()

    def acks(self, node: bytes, order: Order, at: int = NOON) -> None:
        self.has.setdefault(node, {}).update((event.id, at) for event in order.history)

    def sees(self, now: int, *orders: Order) -> list[Alarm]:
        """All nodes are heard at `now` that were not said to be heard last at another time."""
        others = {node: Heard(up=True, at=now) for node in self.roles if node != self.me}
        view = View(
            self.me,
            now,
            self.started,
            self.roles,
            others | self.heard,
            lambda node, event: self.has.get(node, {}).get(event),
            lambda node, _: self.delivered.get(node, 0),
            frozenset(self.showing),
        )
        return alarms(orders, view)


@pytest.fixture
def desk() -> Desk:
    return a_desk()


@pytest.fixture
def mesh() -> Mesh:
    return Mesh()


def told(found: Iterable[Alarm]) -> list[tuple[str, str, str]]:
    return [(alarm.what.value, alarm.level.value, alarm.role) for alarm in found]


# -- not stored


@pytest.mark.parametrize(
    ("after_ms", "levels"),
    [(0, []), (1_999, []), (2_000, ["amber"]), (4_999, ["amber"]), (5_000, ["red"])],
)
def test_what_no_holder_has_is_amber_after_two_seconds_and_red_after_five(
    desk: Desk, mesh: Mesh, after_ms: int, levels: list[str]
) -> None:
    order = desk.submits(item())
    mesh.acks(AT_PASS, order)
    found = mesh.sees(NOON + after_ms * 1000, order)
    assert told(found) == [("not_stored", level, WOK) for level in levels]


def test_it_tells_since_when_and_what_was_tried(desk: Desk, mesh: Mesh) -> None:
    order = desk.submits(item())
    desk.now += SECOND
    desk.adds(order, item("w2"))
    mesh.acks(AT_PASS, order)
    mesh.delivered[AT_WOK] = 4
    mesh.heard[AT_WOK] = Heard(up=False, at=NOON - SECOND)
    (alarm,) = mesh.sees(NOON + 3 * SECOND, order)
    assert alarm == Alarm(
        What.NOT_STORED,
        Level.AMBER,
        WOK,
        AT_WOK,
        order.id,
        since=NOON,
        events=2,
        delivered=4,
        up=False,
        heard_at=NOON - SECOND,
    )


def test_the_ack_ends_it(desk: Desk, mesh: Mesh) -> None:
    order = desk.submits(item())
    late = NOON + 60 * SECOND
    assert told(mesh.sees(late, order)) == [("not_stored", "red", role) for role in (EXPO, WOK)]
    mesh.acks(AT_PASS, order)
    mesh.acks(AT_WOK, order)
    assert mesh.sees(late, order) == []


def test_each_order_and_role_has_its_own_the_worst_and_oldest_first(desk: Desk, mesh: Mesh) -> None:
    old = desk.submits(item())
    desk.now += 4 * SECOND
    new = desk.submits(item())
    mesh.acks(AT_PASS, old)
    found = mesh.sees(NOON + 6 * SECOND, new, old)
    assert [(a.level.value, a.role, a.order_id) for a in found] == [
        ("red", WOK, old.id),
        ("amber", EXPO, new.id),
        ("amber", WOK, new.id),
    ]


def test_one_holder_that_has_it_is_enough(desk: Desk, mesh: Mesh) -> None:
    mesh.roles[AT_WOK_2] = frozenset({WOK})
    order = desk.submits(item())
    mesh.acks(AT_PASS, order)
    mesh.heard[AT_WOK] = Heard(up=False, at=NOON)
    (alarm,) = mesh.sees(NOON + 4 * SECOND, order)
    assert alarm.node == AT_WOK_2, "the one heard last"
    mesh.acks(AT_WOK_2, order)
    assert mesh.sees(NOON + 4 * SECOND, order) == []


def test_what_nobody_holds_is_no_alarm(desk: Desk, mesh: Mesh) -> None:
    order = desk.submits(item("c1"))
    mesh.acks(AT_PASS, order)
    assert COLD in order.sent
    assert mesh.sees(NOON + 60 * SECOND, order) == []


def test_a_node_that_has_just_started_hears_the_others_first(desk: Desk, mesh: Mesh) -> None:
    order = desk.submits(item())
    mesh.acks(AT_PASS, order)
    mesh.started = NOON + 60 * SECOND
    assert mesh.sees(NOON + 61 * SECOND, order) == []
    assert told(mesh.sees(NOON + 62 * SECOND, order)) == [("not_stored", "amber", WOK)]


def test_news_alone_raise_it_and_work_does_not(desk: Desk, mesh: Mesh) -> None:
    order = desk.submits(item())
    mesh.acks(AT_WOK, order)
    mesh.acks(AT_PASS, order)
    desk.starts(order, choice_of(order))
    assert mesh.sees(NOON + 60 * SECOND, order) == []
    desk.does(cmd.RushOrder(cmd_id=desk.new_id(), order_id=order.id))
    assert told(mesh.sees(NOON + 60 * SECOND, order))[-1] == ("not_stored", "red", WOK)


# -- whose it is


def lost(since: int = NOON - 5 * SECOND) -> Heard:
    return Heard(up=False, at=since)


def test_the_origin_alone_tells_while_it_is_heard(desk: Desk) -> None:
    order = desk.submits(item())
    mesh = Mesh(me=AT_PASS)
    mesh.acks(AT_PASS, order)
    assert mesh.sees(NOON + 60 * SECOND, order) == []


@pytest.mark.parametrize("me", [AT_PASS, AT_TILL_2], ids=["pass", "counter"])
def test_once_the_origin_is_dead_every_counter_and_the_pass_tell(desk: Desk, me: bytes) -> None:
    order = desk.submits(item())
    mesh = Mesh(me)
    mesh.roles[AT_TILL_2] = frozenset({"counter-2"})
    mesh.acks(AT_PASS, order)
    mesh.heard[ME] = lost(NOON)
    assert mesh.sees(NOON + 5 * SECOND - 1, order) == []
    found = mesh.sees(NOON + 5 * SECOND, order)
    assert told(found) == [("silent", "red", "counter-1"), ("not_stored", "red", WOK)]


def test_a_station_tells_of_no_other_node(desk: Desk) -> None:
    order = desk.submits(item())
    mesh = Mesh(me=AT_WOK)
    mesh.acks(AT_WOK, order)
    mesh.heard[ME] = lost()
    assert mesh.sees(NOON + 60 * SECOND, order) == []


# -- not shown


def test_what_is_stored_and_not_shown_is_red_after_five_seconds(desk: Desk, mesh: Mesh) -> None:
    order = desk.submits(item())
    mesh.acks(AT_PASS, order)
    mesh.acks(AT_WOK, order, at=NOON + 3 * SECOND)
    mesh.showing = {WOK}
    assert mesh.sees(NOON + 8 * SECOND - 1, order) == []
    (alarm,) = mesh.sees(NOON + 8 * SECOND, order)
    assert told([alarm]) == [("not_shown", "red", WOK)]
    assert (alarm.node, alarm.order_id) == (AT_WOK, order.id)
    assert (alarm.since, alarm.events) == (NOON + 3 * SECOND, 1)


def test_the_telling_ends_it(desk: Desk, mesh: Mesh) -> None:
    order = desk.submits(item())
    mesh.acks(AT_PASS, order)
    mesh.acks(AT_WOK, order)
    mesh.showing = {WOK}
    assert mesh.sees(NOON + 6 * SECOND, order)
    desk.shows(order)
    assert mesh.sees(NOON + 6 * SECOND, order) == []


def test_a_role_without_a_screen_shows_nothing_and_that_is_no_alarm(desk: Desk, mesh: Mesh) -> None:
    order = desk.submits(item())
    mesh.acks(AT_PASS, order)
    mesh.acks(AT_WOK, order)
    assert mesh.sees(NOON + 60 * SECOND, order) == []


def test_what_left_the_screen_need_not_be_shown(desk: Desk, mesh: Mesh) -> None:
    bumped, anybodys = desk.submits(item()), desk.submits(item("n1"))
    desk.bumps(bumped)
    for order in (bumped, anybodys):
        mesh.acks(AT_PASS, order)
        mesh.acks(AT_WOK, order)
    mesh.showing = {WOK}
    (alarm,) = mesh.sees(NOON + 60 * SECOND, bumped, anybodys)
    assert (alarm.what, alarm.order_id) == (What.NOT_SHOWN, anybodys.id)


# -- silent


def test_a_node_that_somebody_waits_for_is_silent_after_five_seconds(
    desk: Desk, mesh: Mesh
) -> None:
    order = desk.submits(item())
    mesh.acks(AT_WOK, order)
    mesh.acks(AT_PASS, order)
    mesh.heard[AT_WOK] = Heard(up=False, at=NOON)
    assert mesh.sees(NOON + 5 * SECOND - 1, order) == []
    (alarm,) = mesh.sees(NOON + 5 * SECOND, order)
    assert told([alarm]) == [("silent", "red", WOK)]
    assert (alarm.node, alarm.order_id, alarm.since) == (AT_WOK, None, NOON)
    mesh.heard.clear()
    assert mesh.sees(NOON + 5 * SECOND, order) == []


def test_nobody_waits_for_a_station_without_tickets(desk: Desk, mesh: Mesh) -> None:
    order = desk.submits(item())
    desk.bumps(order)
    mesh.acks(AT_PASS, order)
    mesh.acks(AT_WOK, order)
    mesh.heard[AT_WOK] = lost()
    assert mesh.sees(NOON, order) == []
    mesh.heard = {AT_PASS: lost()}
    assert told(mesh.sees(NOON, order)) == [("silent", "red", EXPO)], "it is still to be served"
    assert mesh.sees(NOON) == []


def test_a_station_does_not_tell_of_silence(desk: Desk) -> None:
    order = desk.submits(item())
    mesh = Mesh(me=AT_WOK)
    mesh.acks(AT_WOK, order)
    mesh.heard[AT_PASS] = lost()
    assert mesh.sees(NOON, order) == []
