from __future__ import annotations

import pytest

from common.domain.commands import LineInput, ModifierInput, OrderInput
from common.domain.events import LineRecord, Modifier
from common.domain.freezing import NO_STATION, UNKNOWN_DISH, freeze_lines, number_prefix
from tests.helpers.desk import MENU, WOK, Desk, a_desk, dish, item


def frozen(
    *lines: LineInput, channel: str = "dine_in", desk: Desk | None = None
) -> list[LineRecord]:
    return list(freeze_lines(lines, (desk or a_desk()).house, channel))


@pytest.mark.parametrize(
    ("channel", "table", "pickup_no", "prefix"),
    [
        ("dine_in", "5", None, "A"),
        ("qr", None, None, "A"),
        ("pos", "5", None, "A"),
        ("pos", None, None, "P"),
        ("takeaway", None, None, "P"),
        ("phone", None, None, "P"),
        ("delivery", None, "12", ""),
        ("delivery", None, None, "D"),
        ("by pigeon", None, None, "P"),
    ],
)
def test_the_letter_says_which_way_an_order_came(
    channel: str, table: str | None, pickup_no: str | None, prefix: str
) -> None:
    order = OrderInput(lines=(item(),), channel=channel, table=table, pickup_no=pickup_no)
    assert number_prefix(order) == prefix


def test_what_the_order_leaves_out_comes_from_the_menu() -> None:
    desk = Desk("counter")
    desk.opens(dishes=[dish("w1", prep_s=90, course=2, unit="kg", category="hot")])
    (line,) = frozen(LineInput(sku="w1", qty=420, ref="7", seat="2", note="hot"), desk=desk)
    assert line == LineRecord(
        zh="菜w1",
        en="dish w1",
        qty=420,
        price=1200,
        sku="w1",
        unit="kg",
        station=WOK,
        course=2,
        prep_s=90,
        seat="2",
        note="hot",
        menu=MENU,
        category="hot",
        ref="7",
    )


def test_what_the_order_says_stands() -> None:
    (line,) = frozen(LineInput(sku="w1", price=0, course=3, unit="斤"))
    assert (line.price, line.course, line.unit) == (0, 3, "斤")


def test_an_order_does_not_change_because_the_menu_did() -> None:
    desk = a_desk()
    order = desk.submits(item())
    desk.opens(dishes=[dish("w1", "bar", price=9900)])
    assert [(line.station, line.record.price) for line in order.lines.values()] == [(WOK, 1200)]


def test_a_name_that_is_missing_in_one_language_falls_back_to_the_other() -> None:
    lines = frozen(LineInput(zh="炒饭"), LineInput(en="fried rice"), LineInput(sku="77"))
    assert [(line.zh, line.en) for line in lines] == [
        ("炒饭", "炒饭"),
        ("fried rice", "fried rice"),
        ("77", "77"),
    ]
    desk = Desk("counter")
    desk.opens(dishes=[dish("w1", en=""), dish("w2", zh="")])
    names = [(line.zh, line.en) for line in frozen(item("w1"), item("w2"), desk=desk)]
    assert names == [("菜w1", "菜w1"), ("dish w2", "dish w2")]


def test_a_modifier_has_both_names() -> None:
    wishes = (ModifierInput("add", zh="葱"), ModifierInput("remove", en="salt", qty=2, price=50))
    (line,) = frozen(LineInput(sku="w1", modifiers=wishes))
    assert line.modifiers == (
        Modifier("add", "葱", "葱"),
        Modifier("remove", "salt", "salt", qty=2, price=50),
    )


def test_a_dish_is_found_by_name_and_keeps_what_the_guest_called_it() -> None:
    lines = frozen(LineInput(zh="菜w1"), LineInput(sku="w1", zh="招牌菜"), LineInput(sku="w1"))
    assert [line.sku for line in lines] == ["w1"] * 3
    assert [line.said for line in lines] == ["", "招牌菜", ""]


def test_an_unknown_dish_and_one_without_a_station_are_taken_and_marked() -> None:
    unknown, nowhere = frozen(LineInput(zh="佛跳墙", sku="x", marks=("emoji",)), item("n1"))
    assert (unknown.station, unknown.sku, unknown.menu) == (None, "x", None)
    assert unknown.marks == ("emoji", UNKNOWN_DISH)
    assert (nowhere.station, nowhere.menu) == (None, MENU)
    assert nowhere.marks == (NO_STATION,)


def test_a_station_that_the_menu_does_not_list_is_none() -> None:
    desk = Desk("counter")
    desk.opens(dishes=[dish("w1", "closed kitchen")])
    (line,) = frozen(item("w1"), desk=desk)
    assert line.station is None
    assert line.marks == (NO_STATION,)


def test_thresholds_are_the_channels() -> None:
    (dine_in,), (delivery,) = frozen(item()), frozen(item(), channel="delivery")
    assert (dine_in.warn_s, dine_in.late_s) == (600, 900)
    assert (delivery.warn_s, delivery.late_s) == (480, 720)


def test_a_combo_has_no_station_and_its_dishes_have_theirs() -> None:
    parent, one, two = frozen(
        item("w2", ref="set"), item("w1", parent="set"), item("c1", parent="set")
    )
    assert (parent.combo, parent.station, parent.parent) == (True, None, None)
    assert [(line.combo, line.station, line.parent) for line in (one, two)] == [
        (False, "wok", 0),
        (False, "cold", 0),
    ]
    assert parent.marks == ()


def test_a_combo_on_hold_lets_its_dishes_wait() -> None:
    lines = frozen(
        item("w2", ref="set", fire="hold"),
        item("w1", parent="set"),
        item("c1", fire="hold"),
        item("w1", ref="other"),
        item("c1", parent="other"),
    )
    assert [line.fire for line in lines] == ["hold", "hold", "hold", "now", "now"]


def test_a_parent_that_is_no_combo_does_not_count() -> None:
    lines = frozen(
        item(ref="self", parent="self"),
        item(parent="nobody"),
        item(ref="set"),
        item(ref="inner", parent="set"),
        item(parent="inner"),
    )
    assert [line.parent for line in lines] == [None, None, None, 2, None]
    assert [line.combo for line in lines] == [False, False, True, False, False]


def test_parents_that_name_each_other_are_both_dishes() -> None:
    lines = frozen(item(ref="a", parent="b"), item(ref="b", parent="a"))
    assert [(line.parent, line.combo) for line in lines] == [(None, False)] * 2
