"""Shown and seen are told once, in batches, and again only when the disk had no room."""

from __future__ import annotations

import pytest

from common.domain import commands as cmd
from common.domain.order import Order
from common.domain.reasons import Rejected
from common.node.client import Declined, Done
from common.node.reporting import EVERY, Marking, StationReport
from tests.helpers.desk import COLD, WOK, Desk, a_desk, choice_of, item


class Screen:
    """A station's screen that paints all it has, at its own node."""

    def __init__(self, desk: Desk, kind: type[cmd.MarkShown] | type[cmd.MarkSeen]) -> None:
        self.desk = desk
        self.kind = kind
        self.report = StationReport(WOK, desk.new_id, kind)
        self.now = 5 * EVERY

    def paints(self) -> None:
        for order in self.desk.orders.values():
            self.report.note(order.id, [event.id for event in order.history])

    def sends(self, after: int = EVERY) -> list[Marking]:
        self.now += after
        return self.report.due(self.now, self.desk.orders)


@pytest.fixture(params=[cmd.MarkShown, cmd.MarkSeen])
def screen(request: pytest.FixtureRequest) -> Screen:
    return Screen(a_desk(), request.param)


def untold(screen: Screen, order: Order) -> int:
    return len(order.unshown(WOK) if screen.kind is cmd.MarkShown else order.unseen(WOK))


def carried_out(screen: Screen, command: Marking) -> None:
    events = screen.desk.does(command)
    done = Done(command.cmd_id, command.order_id, "A1", tuple(event.id for event in events))
    assert screen.report.answered(done)


def test_what_was_painted_is_told_at_once_and_once(screen: Screen) -> None:
    orders = [screen.desk.submits(item()) for _ in range(3)]
    screen.desk.submits(item("c1"))
    assert screen.sends() == []
    screen.paints()
    commands = screen.sends()
    assert [command.order_id for command in commands] == [order.id for order in orders]
    assert all(command.actor == command.station == WOK for command in commands)
    screen.paints()
    assert screen.sends() == [], "the answers are on their way"
    for command in commands:
        carried_out(screen, command)
    screen.paints()
    assert screen.sends() == []
    assert [untold(screen, order) for order in orders] == [0, 0, 0]


def test_it_tells_at_most_once_a_second(screen: Screen) -> None:
    order = screen.desk.submits(item())
    screen.paints()
    assert len(screen.sends()) == 1
    screen.desk.adds(order, item("w2"))
    screen.desk.submits(item())
    screen.paints()
    assert screen.sends(EVERY - 1) == []
    assert len(screen.sends(1)) == 2


def test_what_is_new_on_a_card_is_told_alone(screen: Screen) -> None:
    order = screen.desk.submits(item())
    screen.paints()
    (first,) = screen.sends()
    (added,) = screen.desk.adds(order, item("w2"))
    screen.paints()
    (second,) = screen.sends()
    assert (first.events, second.events) == ((order.history[0].id,), (added.id,))


def test_what_another_screen_told_meanwhile_is_not_told(screen: Screen) -> None:
    order = screen.desk.submits(item())
    screen.paints()
    screen.desk.sees(order)
    assert screen.sends() == []


def test_an_order_that_left_the_board_is_forgotten(screen: Screen) -> None:
    order = screen.desk.submits(item())
    screen.paints()
    del screen.desk.orders[order.id]
    assert screen.sends() == []
    screen.desk.orders[order.id] = order
    assert screen.sends() == []


def test_a_refusal_for_an_order_that_left_the_board_is_no_matter(screen: Screen) -> None:
    order = screen.desk.submits(item())
    screen.paints()
    (told,) = screen.sends()
    del screen.desk.orders[order.id]
    screen.desk.submits(item())
    screen.paints()
    assert len(screen.sends()) == 1
    assert screen.report.answered(Declined(told.cmd_id, Rejected("full_disk")))
    assert screen.sends() == []


def test_a_full_disk_is_told_again_and_another_refusal_is_not(screen: Screen) -> None:
    screen.desk.submits(item())
    screen.paints()
    (first,) = screen.sends()
    assert screen.report.answered(Declined(first.cmd_id, Rejected("full_disk")))
    (second,) = screen.sends()
    assert (second.events, second.cmd_id == first.cmd_id) == (first.events, False)
    assert screen.report.answered(Declined(second.cmd_id, Rejected("unknown_station")))
    screen.paints()
    assert screen.sends() == []


def test_other_commands_answers_are_left_alone(screen: Screen) -> None:
    order = screen.desk.submits(item("w1"), item("c1"))
    screen.desk.starts(order, choice_of(order), station=COLD)
    assert not screen.report.answered(Done(screen.desk.new_id(), order.id, "A1", ()))
