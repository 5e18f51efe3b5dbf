"""What is true of every folded order, whatever happened to it."""

from __future__ import annotations

from common.domain.bill import AT_COUNTER
from common.domain.order import Order
from common.domain.portions import State


def assert_sound(order: Order) -> None:
    for line in order.dishes():
        ticket = order.tickets[line.station, line.batch]
        assert ticket.open or not line.active(), "nothing is cooked without a ticket"
        for portion in line.portions:
            state, fired, started, ready, served, voided = portion.snapshot()
            assert (voided is None) == (state is not State.VOID)
            begun = portion.stage is not State.FIRED
            assert (fired is None) == (portion.on_hold and not begun)
            assert begun == (portion.begun is not None)
            assert (state is State.HELD) == (fired is None and voided is None)
            assert (served is None) == (portion.stage is not State.SERVED)
            assert started is None or portion.stage >= State.COOKING
            assert ready is None or portion.stage >= State.READY
    for (station, batch), ticket in order.tickets.items():
        assert (ticket.station, ticket.batch) == (station, batch)
        assert (ticket.bumped is None) == (ticket.bumped_at is None)
    assert order.due == (order.total if asks_for_money(order) else 0) - order.paid
    assert order.closed == (
        order.head is not None and order.state >= State.SERVED and order.due <= 0
    )
    keys = [event.key for event in order.history]
    assert keys == sorted(set(keys))


def asks_for_money(order: Order) -> bool:
    return order.head is not None and order.head.payment == AT_COUNTER


def portions_by_line(order: Order) -> dict[str, int]:
    """How many portions each line has: fixed from the moment it was ordered."""
    return {line.key: len(line.portions) for line in order.lines.values()}
