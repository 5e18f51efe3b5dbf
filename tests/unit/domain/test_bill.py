"""What an order costs, whatever became of its dishes, and what is left to pay."""

from __future__ import annotations

import pytest

from common.domain import commands as cmd
from common.domain import events as ev
from common.domain.bill import AT_COUNTER, price_of
from common.domain.money import LIMIT
from tests.helpers.desk import a_desk, choice_of, first_line, item, of

WISHES = (
    cmd.ModifierInput("add", en="egg", qty=2, price=150),
    cmd.ModifierInput("remove", en="peanut"),
    cmd.ModifierInput("choice", en="small", price=-200),
)


def test_a_dish_costs_its_portions_with_their_modifiers() -> None:
    desk = a_desk()
    order = desk.submits(item("w1", 3, modifiers=WISHES), item("c1", price=0))
    assert order.total == 3 * (1200 + 300 - 200)
    desk.voids(order, choice_of(order, 1))
    assert order.total == 2 * 1300
    assert price_of(first_line(order)) == 2600


def test_fees_come_on_top_as_long_as_anything_is_wanted() -> None:
    desk = a_desk()
    order = desk.submits(item(), fees=(ev.Fee("delivery", 500), ev.Fee("discount", -100)))
    assert order.total == 1600
    desk.voids(order, choice_of(order))
    assert order.total == 0


@pytest.mark.parametrize(
    ("qty", "unit", "price", "costs"),
    [
        (420, "kg", 33_600, 14_112),
        (2_000, "kg", 33_600, 67_200),
        (333, "kg", 100, 33),
        (335, "kg", 100, 34),
        (345, "kg", 100, 35),
        (1_500, None, 99, 149),
        (1_500, None, -99, -148),
        (1, "kg", 499, 0),
        (1, "kg", 500, 1),
    ],
)
def test_a_weighed_dish_costs_by_its_weight_rounded_half_up(
    qty: int, unit: str | None, price: int, costs: int
) -> None:
    desk = a_desk()
    order = desk.submits(cmd.LineInput(sku="w1", qty=qty, unit=unit, price=price))
    assert order.total == costs
    desk.voids(order, choice_of(order))
    assert order.total == 0


def test_a_combo_costs_its_own_price_while_any_of_its_dishes_is_wanted() -> None:
    desk = a_desk()
    order = desk.submits(
        item(sku=None, zh="套餐", ref="set", qty=2, price=5800),
        item("w1", 2, parent="set", price=0),
        item("c1", 2, parent="set", price=100),
    )
    _, wok, cold = order.lines.values()
    assert order.total == 2 * 5800 + 200
    desk.voids(order, of(wok))
    assert order.total == 2 * 5800 + 200
    desk.voids(order, of(cold))
    assert order.total == 0


def test_a_change_and_an_addition_change_what_is_due() -> None:
    desk = a_desk()
    order = desk.submits(item(), payment=AT_COUNTER)
    desk.pays(order)
    assert order.due == 0
    desk.does(
        cmd.ChangeLine(
            cmd_id=desk.new_id(), order_id=order.id, line=first_line(order).id, modifiers=WISHES
        )
    )
    assert order.due == 100
    desk.adds(order, item("b1"))
    assert order.due == 1300


def test_an_order_is_closed_when_it_is_served_and_paid() -> None:
    desk = a_desk()
    order = desk.submits(item(), payment=AT_COUNTER)
    (paid,) = desk.pays(order, 1000)
    desk.serves(order, choice_of(order))
    assert (order.paid, order.due, order.closed) == (1000, 200, False)
    desk.pays(order)
    assert order.closed
    first = order.payments[0]
    assert (first.event, first.at, first.amount) == (paid.id, paid.at, 1000)
    assert (first.method, first.check) == ("cash", None)


def test_too_much_is_below_zero_and_keeps_nothing_open() -> None:
    desk = a_desk()
    order = desk.submits(item("w1", 2), payment=AT_COUNTER)
    desk.pays(order)
    desk.serves(order, choice_of(order))
    desk.voids(order, choice_of(order, 1))
    assert (order.due, order.closed) == (-1200, True)
    assert [notice.what.value for notice in order.notices] == ["voided_after_serving"]


def test_an_order_that_is_paid_elsewhere_owes_nothing_here() -> None:
    desk = a_desk()
    order = desk.submits(item())
    assert (order.total, order.due) == (1200, 0)
    desk.serves(order, choice_of(order))
    assert order.closed


@pytest.mark.parametrize("price", [LIMIT, -LIMIT])
def test_a_sum_stays_within_what_every_reader_keeps(price: int) -> None:
    desk = a_desk()
    order = desk.submits(item("w1", 9_999, price=price), payment=AT_COUNTER)
    assert order.total == order.due == price
