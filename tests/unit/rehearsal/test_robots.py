"""Robots act on what their own board shows, once, and go on after a refusal or a new board."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from common.domain.codec import Event
from common.domain.commands import (
    AnyCommand,
    BumpTicket,
    FireLines,
    LineInput,
    MarkReady,
    OrderCommand,
    OrderInput,
    ServeLines,
    StartLines,
    SubmitOrder,
)
from common.domain.ids import HOUSE, EventId
from common.domain.order import Order
from common.domain.reasons import Rejected
from common.node.client import Changed, Declined, Done, Opened, Update
from common.rehearsal.journal import Journal
from common.rehearsal.robots import PATIENCE_S, Cook, Robot, Runner
from tests.helpers.desk import BAR, COLD, WOK, Desk, an_id, item


class Board:
    """A client whose node is a desk that decides at once; robots hear of it when told to."""

    def __init__(self) -> None:
        self.desk = Desk("counter")
        self.desk.opens()
        self.house = self.desk.house
        self.orders: dict[bytes, Order] = {}
        self.live = True
        self.sent: list[OrderCommand] = []
        self.answered = 0

    def send(self, command: OrderCommand) -> int:
        self.sent.append(command)
        return len(self.sent)

    def take(self, events: list[Event]) -> list[Update]:
        """Fold events into the board, as the real client does."""
        for event in events:
            if event.subject != HOUSE:
                self.orders.setdefault(event.subject, Order(event.subject)).apply(event)
        return [Changed(event.subject, event) for event in events]


@pytest.fixture
def board() -> Board:
    return Board()


@pytest.fixture
def journal(tmp_path: Path) -> Iterator[Journal]:
    written = Journal(tmp_path / "journal.jsonl")
    yield written
    written.close()


def cook(board: Board, journal: Journal, station: str = WOK, **facts: Any) -> Cook:
    place = [WOK, COLD, BAR].index(station)
    return Cook(station, board, journal, 3, place, **facts)  # type: ignore[arg-type]


def order(board: Board, name: str, *skus: str) -> list[Update]:
    """Take an order in and tell of it."""
    lines = tuple(LineInput(sku=sku) for sku in skus)
    command = SubmitOrder(
        cmd_id=an_id(f"submit {name}"), order_id=an_id(name), order=OrderInput(lines=lines)
    )
    return answered(board, command)[1:]


def answered(board: Board, command: AnyCommand) -> list[Update]:
    """Let the desk decide: its answer, then what changed."""
    events = board.desk.does(command)
    done = Done(command.cmd_id, None, "A1", tuple(event.id for event in events))
    return [done, *board.take(events)]


def play(board: Board, robot: Robot, updates: list[Update], now: float = 0.0) -> None:
    """Tell a robot, and answer it until it has nothing more to say."""
    robot.take(updates)
    robot.act(now)
    while len(board.sent) > board.answered:
        command = board.sent[board.answered]
        board.answered += 1
        robot.take(answered(board, command))
        robot.act(now)


def plain(station: str = WOK, count: int = 30) -> list[str]:
    return [f"order {station} {n}" for n in range(count)]


def test_a_cook_readies_all_of_its_own_station_and_nothing_else(
    board: Board, journal: Journal
) -> None:
    robot = cook(board, journal)
    for name in plain():
        play(board, robot, order(board, name, "w1", "c1", "w2"))
    kinds = {type(command) for command in board.sent}
    assert kinds == {StartLines, MarkReady, BumpTicket}
    for found in board.orders.values():
        assert not found.open_tickets(WOK)
        assert len(found.open_tickets(COLD)) == 1
    assert robot.idle


def test_a_refusal_makes_a_cook_look_again(board: Board, journal: Journal) -> None:
    robot = cook(board, journal, starts=0.0)
    robot.take(order(board, "one", "w1"))
    robot.act(0.0)
    (bump,) = board.sent
    robot.take([Declined(bump.cmd_id, Rejected("ticket_closed"))])
    robot.act(0.0)
    assert len(board.sent) == 2
    assert board.sent[1].cmd_id != bump.cmd_id


def test_nothing_is_sent_twice_while_the_board_does_not_show_it(
    board: Board, journal: Journal
) -> None:
    robot = cook(board, journal, starts=0.0)
    robot.take(order(board, "one", "w1"))
    robot.act(0.0)
    done, *changed = answered(board, board.sent[0])
    board.orders.clear()  # the answer overtakes the event
    robot.take([done])
    robot.act(0.0)
    assert len(board.sent) == 1
    assert not robot.idle
    robot.take(changed)
    robot.act(0.0)
    assert robot.idle


def test_an_answer_to_what_a_new_board_holds_already_is_not_waited_for(
    board: Board, journal: Journal
) -> None:
    robot = cook(board, journal, starts=0.0)
    robot.take(order(board, "one", "w1"))
    robot.act(0.0)
    board.orders.clear()  # opened anew after the order was closed
    gone = EventId(bytes(16), 1, 1)
    robot.take([Opened(), Done(board.sent[0].cmd_id, None, "A1", (gone,))])
    robot.act(1.0)
    assert not robot.idle
    robot.act(1.0 + PATIENCE_S)
    robot.act(1.0 + PATIENCE_S)
    assert robot.idle


def test_a_new_board_is_looked_at_whole(board: Board, journal: Journal) -> None:
    robot = cook(board, journal, starts=0.0)
    for name in plain(count=5):
        order(board, name, "w1")
    robot.take([Opened()])
    robot.act(0.0)
    assert len(board.sent) == 5


def test_a_dish_without_a_station_is_claimed_by_somebody(board: Board, journal: Journal) -> None:
    cooks = [cook(board, journal, station) for station in (WOK, COLD, BAR)]
    for name in plain(count=20):
        updates = order(board, name, "n1")
        for robot in cooks:
            play(board, robot, updates)
        # What one cook did changes the others' boards too.
        changed = [Changed(an_id(name), board.orders[an_id(name)].history[-1])]
        for robot in cooks:
            play(board, robot, list(changed))
    for found in board.orders.values():
        assert found.state.name == "READY"


def test_the_pass_serves_what_is_ready_and_only_that(board: Board, journal: Journal) -> None:
    robot, runner = cook(board, journal), Runner("pass", board, journal)  # type: ignore[arg-type]
    for name in plain():
        play(board, robot, order(board, name, "w1", "c1"))
        changed = [Changed(an_id(name), board.orders[an_id(name)].history[-1])]
        play(board, runner, list(changed))
    served = [command for command in board.sent if isinstance(command, ServeLines)]
    assert 0 < len(served) < len(board.orders)
    for found in board.orders.values():
        assert not found.closed


def test_what_waits_is_cooked_when_the_pass_calls_for_it(board: Board, journal: Journal) -> None:
    robot, runner = cook(board, journal), Runner("pass", board, journal)  # type: ignore[arg-type]
    lines = (LineInput(sku="w1"), LineInput(sku="w2", fire="hold"), LineInput(sku="w1"))
    for name in plain(count=10):
        order_id = an_id(name)
        given = OrderInput(lines=lines)
        submit = SubmitOrder(cmd_id=an_id(f"submit {name}"), order_id=order_id, order=given)
        updates = answered(board, submit)[1:]
        while updates:
            begun = len(board.desk.wrote)
            play(board, robot, updates)
            play(board, runner, list(updates))
            updates = [Changed(order_id, event) for event in board.desk.wrote[begun:]]
        found = board.orders[order_id]
        assert found.closed
        assert found.notices == []
    assert FireLines in {type(command) for command in board.sent}


def test_patience_delays_a_step_and_an_alarm_brings_it_back(board: Board, journal: Journal) -> None:
    robot = cook(board, journal, starts=0.0, patience=lambda _order, _step: 3.0)
    robot.take(order(board, "one", "w1"))
    robot.act(10.0)
    assert not board.sent
    assert robot.next_alarm() == 13.0
    robot.act(12.9)
    assert not board.sent
    robot.act(13.0)
    assert [type(command) for command in board.sent] == [BumpTicket]


def test_a_cook_with_a_screen_acts_only_on_what_it_has_shown(
    board: Board, journal: Journal
) -> None:
    robot = cook(board, journal, starts=0.0, looks=True)
    play(board, robot, order(board, "one", "w1", "n1"))
    assert not board.sent
    found = board.orders[an_id("one")]
    play(board, robot, board.take(board.desk.shows(found, COLD)))
    assert not board.sent
    play(board, robot, board.take(board.desk.shows(found)))
    assert BumpTicket in {type(command) for command in board.sent}
    assert robot.idle


def test_an_addition_that_was_not_shown_keeps_the_ticket_waiting(
    board: Board, journal: Journal
) -> None:
    robot = cook(board, journal, starts=0.0, looks=True)
    told = order(board, "one", "w1")
    found = board.orders[an_id("one")]
    board.desk.shows(found)
    told += board.take(board.desk.wrote[-1:]) + board.take(board.desk.adds(found, item("w2")))
    play(board, robot, told)
    assert not board.sent
    play(board, robot, board.take(board.desk.shows(found)))
    assert [type(command) for command in board.sent] == [BumpTicket]
    assert not found.open_tickets(WOK)


def test_beside_a_person_a_robot_cooks_only_what_robots_ordered(
    board: Board, journal: Journal
) -> None:
    robot = cook(board, journal)
    robot.leaves = True
    robot.take(order(board, "of a person", "w1"))
    robot.act(0)
    assert board.sent == []
    command = SubmitOrder(
        cmd_id=an_id("guests"),
        actor="robot:guests",
        order_id=an_id("of a guest"),
        order=OrderInput(lines=(LineInput(sku="w1"),)),
    )
    robot.take(answered(board, command)[1:])
    robot.act(0)
    assert {sent.order_id for sent in board.sent} == {an_id("of a guest")}
