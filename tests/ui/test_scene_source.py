"""A scene as a screen's source: it keeps the promise that the live link keeps."""

import pytest
from pytestqt.qtbot import QtBot

from common.domain.clock import SECOND
from common.domain.commands import BumpTicket, RushOrder
from common.domain.order import Order
from common.node.client import Declined, Done
from common.ui.scenes import build
from common.ui.scenes.source import SceneSource

WOK = "wok"


@pytest.fixture
def source(qapp: object) -> SceneSource:
    return SceneSource(build("rush"))


def table_3(source: SceneSource) -> Order:
    return next(order for order in source.orders.values() if source.house.number(order.id) == "A38")


def bump(source: SceneSource, order: Order) -> BumpTicket:
    seen = tuple(line.id for line in order.ticket_lines(WOK, 1))
    return BumpTicket(
        cmd_id=source.new_id(), actor=WOK, order_id=order.id, station=WOK, batch=1, seen=seen
    )


def test_a_command_is_decided_after_the_call_and_the_change_told_before_the_answer(
    source: SceneSource, qtbot: QtBot
) -> None:
    order = table_3(source)
    told: list[object] = []
    source.changed.connect(told.append)
    source.answered.connect(told.append)
    command = bump(source, order)
    with qtbot.waitSignal(source.answered):
        source.submit(command)
        assert told == []
        assert order.open_tickets(WOK)
    assert not order.open_tickets(WOK)
    assert told[0] == frozenset({order.id})
    assert told[1] == Done(command.cmd_id, order.id, "A38", (order.history[-1].id,))


def test_a_refusal_is_answered_and_changes_nothing(source: SceneSource, qtbot: QtBot) -> None:
    told: list[object] = []
    source.changed.connect(told.append)
    command = RushOrder(cmd_id=source.new_id(), order_id=bytes(16))
    with qtbot.waitSignal(source.answered) as answered:
        source.submit(command)
    (answer,) = answered.args
    assert isinstance(answer, Declined)
    assert answer.reason.code == "unknown_order"
    assert told == []


def test_the_same_command_again_gets_the_same_answer_and_counts_once(
    source: SceneSource, qtbot: QtBot
) -> None:
    order = table_3(source)
    told: list[object] = []
    source.answered.connect(told.append)
    command = bump(source, order)
    source.submit(command)
    source.submit(command)
    qtbot.waitUntil(lambda: len(told) == 2)
    assert told[0] == told[1]
    assert [event.kind for event in order.history].count("TicketBumped") == 1


def test_what_is_done_is_done_at_the_time_that_the_clock_shows(
    source: SceneSource, qtbot: QtBot
) -> None:
    begun = source.mesh_now()
    assert source.mesh_now() == begun
    source.advance(5 * SECOND)
    assert source.mesh_now() == begun + 5 * SECOND
    order = table_3(source)
    with qtbot.waitSignal(source.answered):
        source.submit(bump(source, order))
    assert order.tickets[WOK, 1].bumped_at == begun + 5 * SECOND


def test_a_running_clock_runs(qapp: object, qtbot: QtBot) -> None:
    source = SceneSource(build("empty"), running=True)
    begun = source.mesh_now()
    qtbot.waitUntil(lambda: source.mesh_now() > begun)


def test_a_silent_node_answers_nothing(qapp: object, qtbot: QtBot) -> None:
    source = SceneSource(build("disconnected"))
    with qtbot.assertNotEmitted(source.answered, wait=20):
        source.submit(bump(source, table_3(source)))


def test_a_closed_source_says_nothing_more(source: SceneSource, qtbot: QtBot) -> None:
    source.submit(bump(source, table_3(source)))
    with qtbot.assertNotEmitted(source.answered, wait=20):
        source.close()


def test_a_screen_is_told_who_it_is_and_who_else_there_is(source: SceneSource) -> None:
    assert source.roles == (WOK,)
    assert source.house.nodes[source.origin].name == WOK
    assert source.link.state == "live"
    assert [peer.name for peer in source.peers if not peer.up] == ["cold"]
    assert len(source.peers) == 6
    assert source.new_id() != source.new_id()
