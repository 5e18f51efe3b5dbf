"""The pen, the draught of one round, and the orders in reach."""

from __future__ import annotations

import logging

import pytest

from common.domain import commands as cmd
from common.domain.bill import AT_COUNTER
from common.domain.codec import MAX_GROUP_BYTES, MAX_GROUP_EVENTS, open_group, signed_message
from common.domain.decide import Draft
from common.domain.order import Order
from common.mesh.keys import NodeIdentity, verify
from common.node import ledger as ledger_module
from common.node.ledger import Orders
from common.node.pen import Draught, Pen
from common.store.contract import Batch
from common.store.memory_log import MemoryLog
from tests.helpers.desk import NOON, Desk, a_desk, an_id, choice_of, item
from tests.unit.node.rig import sizes

WHO = NodeIdentity(b"\x01" * 32)
STORE = b"\x02" * 16


def draft(size: int = 10) -> Draft:
    return Draft("Tested", an_id("order"), (), bytes(size))


def a_pen(lamport: int = 7) -> Pen:
    return Pen(WHO.origin, STORE, WHO.sign, lamport)


def write(draught: Draught, *counts: int, size: int = 10) -> None:
    for nth, count in enumerate(counts):
        draught.write([draft(size)] * count, an_id(f"command {nth}"), "", NOON)
    draught.close()


def test_each_start_has_its_own_epoch() -> None:
    assert len({a_pen().chain.epoch for _ in range(20)}) == 20


def test_what_is_written_comes_after_all_that_was_heard() -> None:
    pen = a_pen(7)
    pen.heard(40)
    pen.heard(3)
    event, _ = pen.write(draft(), an_id("c"), "mei", NOON)
    assert (event.seq, event.lamport, event.actor, event.at) == (1, 41, "mei", NOON)


def test_groups_chain_on_and_carry_the_nodes_signature() -> None:
    pen = a_pen()
    draught = Draught(pen)
    write(draught, 40, 40)
    groups = [accepted.group for accepted in draught.groups]
    assert groups[0].last + 1 == groups[1].first
    assert groups[1].previous == groups[0].checksum
    for accepted in draught.groups:
        group = accepted.group
        assert open_group(group) == accepted.events
        message = signed_message(STORE, group.chain, group.last, group.checksum)
        assert verify(WHO.public_key, message, group.signature)


@pytest.mark.parametrize(
    ("counts", "groups"),
    [
        ((1, 1, 1), [3]),
        ((MAX_GROUP_EVENTS,), [MAX_GROUP_EVENTS]),
        ((MAX_GROUP_EVENTS, 1), [MAX_GROUP_EVENTS, 1]),
        ((60, 4), [64]),
        ((60, 5), [60, 5]),  # a command never spans two
        ((1, 64, 1), [1, 64, 1]),
        ((), []),
    ],
)
def test_no_group_is_too_long_and_no_command_spans_two(
    counts: tuple[int, ...], groups: list[int]
) -> None:
    draught = Draught(a_pen())
    write(draught, *counts)
    assert sizes(accepted.group for accepted in draught.groups) == groups


def test_no_group_is_too_large() -> None:
    draught = Draught(a_pen())
    write(draught, 2, 1, 2, size=50_000)
    assert sizes(accepted.group for accepted in draught.groups) == [3, 2]
    for accepted in draught.groups:
        assert sum(map(len, accepted.group.events)) <= MAX_GROUP_BYTES


def test_taken_back_the_chain_goes_on_where_it_stood() -> None:
    pen = a_pen()
    write(Draught(pen), 3)
    stood = pen.place
    failed = Draught(pen)
    pen.heard(1_000)
    write(failed, 70, 2)
    failed.take_back()
    assert pen.place[:2] == stood[:2]
    assert pen.place.lamport > 1_000  # a Lamport time that was given away is not given again
    again = Draught(pen)
    write(again, 1)
    assert again.groups[0].group.previous == stood.checksum


class Counted(MemoryLog):
    """A log that counts how often an order is read from it."""

    reads = 0

    def events_of(self, subject: bytes):  # type: ignore[no-untyped-def]
        self.reads += 1
        return super().events_of(subject)


def logged(desk: Desk) -> Counted:
    """All that the desk wrote, in a log of one chain."""
    log, pen = Counted(), Pen(desk.origin, STORE, WHO.sign, 0)
    draught = Draught(pen)
    for event in desk.wrote:
        draught.write(
            [Draft(event.kind, event.subject, event.to, event.payload)], event.cmd_id, "", event.at
        )
    draught.close()
    log.append(Batch(stored_at=NOON, groups=tuple(draught.groups)))
    return log


def served(desk: Desk) -> Order:
    order = desk.submits(item())
    desk.readies(order, choice_of(order))
    desk.serves(order, choice_of(order))
    return order


def test_closed_orders_leave_and_are_read_again_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ledger_module, "CLOSED_KEPT", 2)
    desk = a_desk()
    closed = [served(desk) for _ in range(4)]
    still = desk.submits(item())
    log = logged(desk)
    orders = Orders(log)
    for order in (*closed, still):
        assert (found := orders.get(order.id)) is not None
        assert found.digest() == orders_digest(log, order.id)
    assert orders.open() == [orders.get(still.id)]
    reads = log.reads
    assert orders.get(closed[3].id) is not None  # kept
    assert log.reads == reads
    again = orders.get(closed[0].id)  # gone, and read again
    assert log.reads == reads + 1
    assert again is not None
    assert again.digest() == orders_digest(log, closed[0].id)


def orders_digest(log: MemoryLog, order_id: bytes) -> bytes:
    fresh = Orders(log).get(order_id)
    assert fresh is not None
    return fresh.digest()


def test_an_order_that_is_served_and_not_paid_stays_in_reach() -> None:
    desk = a_desk()
    order = desk.submits(item(), payment=AT_COUNTER)
    desk.serves(order, choice_of(order))
    orders = Orders(MemoryLog())
    for event in order.history:
        orders.apply(event)
    assert [each.id for each in orders.open()] == [order.id]
    for event in desk.pays(order):
        orders.apply(event)
    assert (orders.open(), [each.id for each in orders.closed()]) == ([], [order.id])


def test_an_order_that_is_recalled_is_open_again() -> None:
    desk = a_desk()
    order = served(desk)
    orders = Orders(logged(desk))
    assert orders.get(order.id) is not None
    assert orders.open() == []
    (recalled,) = desk.recalls(order, choice_of(order))
    orders.apply(recalled)
    assert [each.id for each in orders.open()] == [order.id]


def test_an_order_nobody_knows_is_none_and_may_come_later() -> None:
    desk = a_desk()
    orders = Orders(MemoryLog())
    order = desk.submits(item())
    assert orders.get(order.id) is None
    orders.apply(desk.wrote[-1])
    found = orders.get(order.id)
    assert found is not None
    assert found.digest() == order.digest()


def test_a_bug_in_the_fold_costs_that_orders_picture_only(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    desk = a_desk()
    bad, good = desk.submits(item()), desk.submits(item())
    (rushed,) = desk.does(cmd.RushOrder(cmd_id=an_id("rush"), order_id=bad.id))
    log = logged(desk)
    fold = Order._fold

    def stumbles(order: Order, event: object) -> None:
        if order.id == bad.id:
            raise ZeroDivisionError
        fold(order, event)  # type: ignore[arg-type]

    monkeypatch.setattr(Order, "_fold", stumbles)
    orders = Orders(log)
    with caplog.at_level(logging.ERROR):
        assert orders.get(bad.id) is None
        orders.apply(rushed)
    assert caplog.text.count("can't be folded") == caplog.text.count("Traceback") == 1
    assert orders.get(good.id) is not None
    assert log.reads == 2
