"""Money is taken at the tables, by keys and by touch."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from foh.screens.paying import Paying
from tests.ui.test_tables import AtTheTill


@pytest.fixture
def rush(qtbot: QtBot, qapp: object) -> AtTheTill:
    return AtTheTill(qtbot)


def sheet(till: AtTheTill) -> Paying:
    paying = till.page.property("paying")
    assert isinstance(paying, Paying)
    return paying


def open_at(till: AtTheTill, table: str) -> Paying:
    till.types(table)
    till.types("p")
    return sheet(till)


def test_a_table_that_has_eaten_says_what_is_to_be_paid(rush: AtTheTill) -> None:
    tile = rush.tiles["t:6"]
    assert (tile.timer, tile.age, tile.note) == ("38:20", "ok", "To pay ¥186.00")
    assert [segment.stage for segment in tile.segments] == ["served"] * 3
    unpaid = {row.key: row.value for row in rush.screen.property("figures").rows}["unpaid"]
    assert unpaid == "1"


def test_cash_gives_change_and_the_table_is_free(rush: AtTheTill) -> None:
    paying = open_at(rush, "6")
    assert (paying.facts.due_text, paying.facts.given_text) == ("¥186.00", "186.00")
    for letter in "200":
        rush.screen.act("type", letter)
    assert paying.facts.change_text == "Change ¥14.00"
    rush.does("enter")
    assert rush.page.property("paying") is None
    assert rush.tiles["t:6"].free


def test_a_part_is_taken_and_the_rest_stays_due(rush: AtTheTill) -> None:
    paying = open_at(rush, "6")
    rush.screen.act("right")
    paying.press("1")
    paying.press("00")
    assert paying.facts.change_text == "¥86.00 are left to pay"
    with rush.qtbot.waitSignal(rush.source.answered, timeout=2_000):
        paying.press("enter")
    rush.passes()
    assert rush.tiles["t:6"].note == "To pay ¥86.00"
    steps = [step.text for step in rush.page.property("steps").rows]
    assert steps[-1] == "¥100.00 paid, WeChat Pay (Counter 1)"


def test_only_cash_is_more_than_what_is_due(rush: AtTheTill) -> None:
    paying = open_at(rush, "6")
    rush.screen.act("tab")
    for letter in "200":
        rush.screen.act("type", letter)
    assert paying.facts.trouble == "More than is due: only cash gives change"
    rush.screen.act("enter")
    assert rush.page.property("paying") is not None
    rush.screen.act("close")
    assert rush.page.property("paying") is None


def test_what_is_no_amount_takes_nothing(rush: AtTheTill) -> None:
    paying = open_at(rush, "6")
    for letter in "1.234":
        rush.screen.act("type", letter)
    assert paying.facts.trouble == "No amount"
    rush.screen.act("delete")
    assert paying.facts.trouble == ""
    assert not hasattr(rush.source, "asked") or not any(
        type(command).__name__ == "TakePayment" for command in rush.source.asked
    )


def test_money_that_was_taken_too_much_is_to_be_given_back(rush: AtTheTill) -> None:
    order = next(order for order in rush.source.orders.values() if order.due == 18600)
    story = rush.source.scene.restaurant
    story.pays(order, "12:24:11", 10000)  # type: ignore[attr-defined]
    for sku in ("boiled-fish", "river-shrimp"):
        story.voids(order, "12:24:12", sku)  # type: ignore[attr-defined]
    order_due = order.due
    assert order_due == 3600 - 10000
    paying = Paying(rush.till, "Table 6", [order])
    assert (paying.facts.back, paying.facts.due_text) == (True, "¥64.00")


def test_where_nothing_is_due_no_sheet_opens(rush: AtTheTill) -> None:
    rush.types("2")
    rush.types("p")
    assert rush.page.property("paying") is None
    assert rush.screen.facts.hint == "Nothing is to be paid here"
