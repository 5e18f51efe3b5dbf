from __future__ import annotations

import json
from collections.abc import Callable
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from common.domain.codec import MAX_EVENT, MAX_GROUP_BYTES
from common.domain.commands import (
    ActivateMenu,
    DefineDishes,
    DishInput,
    decode_command,
    encode_command,
)
from common.domain.events import DishDefined, MenuActivated, Named, encode_payload
from common.domain.menu import Menu, MenuError, menu_commands, menu_version, read_menu
from common.domain.order_file import read_order_file
from common.domain.reasons import CATALOGUE, Rejected

ROOT = Path(__file__).parents[3]
SAMPLE = ROOT / "resources" / "sample"
BURRITO = ROOT.parent / "shared" / "data" / "burrito-house"

Json = dict[str, Any]
DISH: Json = {"sku": "tea", "name": {"zh": "茶", "en": "Tea"}, "price": "8.00", "station": "bar"}
BAR: Json = {"id": "bar", "name": {"zh": "水吧", "en": "Bar"}}


def menu_json(**keys: Any) -> str:
    return json.dumps({"currency": "CNY", "stations": [BAR], "items": [DISH]} | keys)


def read(**keys: Any) -> Menu:
    return read_menu(menu_json(**keys))


def dish(**keys: Any) -> DishInput:
    return read(items=[DISH | keys]).dishes[0]


def refusal(raw: bytes | str) -> Rejected:
    with pytest.raises(MenuError) as caught:
        read_menu(raw)
    assert caught.value.reason.code in CATALOGUE
    return caught.value.reason


def refusal_of(**keys: Any) -> Rejected:
    return refusal(menu_json(**keys))


def ids() -> Callable[[], bytes]:
    numbers = count(1)
    return lambda: next(numbers).to_bytes(16, "big")


def burrito(name: str) -> Path:
    if not BURRITO.exists():
        pytest.skip("the public burrito-house data is not beside this checkout")
    return BURRITO / name


# --- what is read -----------------------------------------------------------------------


def test_a_dish_with_everything() -> None:
    assert dish(
        category="drinks",
        prep_seconds=40,
        course=4,
        unit="壶",
        no="601",
        allergens=["milk"],
        modifiers=["tea-kind"],
        parts=[{"sku": "cup", "qty": 1}],
    ) == DishInput(
        sku="tea",
        zh="茶",
        en="Tea",
        price=800,
        station="bar",
        category="drinks",
        prep_s=40,
        course=4,
        unit="壶",
        extra='{"allergens":["milk"],"modifiers":["tea-kind"],"no":"601",'
        '"parts":[{"qty":1,"sku":"cup"}]}',
    )


def test_a_dish_with_next_to_nothing() -> None:
    assert read(items=[{"sku": 7, "name": "Tea"}]).dishes == (
        DishInput(sku="7", zh="Tea", en="Tea"),
    )


@pytest.mark.parametrize(
    ("name", "zh", "en"),
    [
        ("茶", "茶", "茶"),
        ("Tea", "Tea", "Tea"),
        ({"en": "Tea"}, "Tea", "Tea"),
        ({"zh": "茶", "en": ""}, "茶", "茶"),
        ({"zh": "茶", "en": "Tea"}, "茶", "Tea"),
    ],
)
def test_a_missing_language_falls_back_to_the_other(name: Any, zh: str, en: str) -> None:
    assert (dish(name=name).zh, dish(name=name).en) == (zh, en)
    assert read(stations=[BAR | {"name": name}]).stations == (Named("bar", zh, en),)


def test_a_station_without_a_name_is_called_by_its_id() -> None:
    assert read(stations=[{"id": "bar"}]).stations == (Named("bar", "bar", "bar"),)


def test_unknown_keys_of_the_menu_are_kept() -> None:
    menu = read(
        modifier_groups=[{"id": "ice", "max": 1}],
        stations=[BAR | {"colour": "#0a0"}],
        categories=[{"id": "drinks", "name": "饮品", "icon": "cup"}],
        items=[DISH | {"name": {"zh": "茶", "ja": "お茶"}}],
    )
    assert json.loads(menu.extra) == {
        "modifier_groups": [{"id": "ice", "max": 1}],
        "stations": {"0": {"colour": "#0a0"}},
        "categories": {"0": {"icon": "cup"}},
    }
    assert menu.categories == (Named("drinks", "饮品", "饮品"),)
    assert menu.dishes[0].extra == '{"name":{"ja":"お茶"}}'


def test_the_currency_says_how_prices_are_read() -> None:
    assert read(currency="jpy", items=[DISH | {"price": 800}]).dishes[0].price == 800
    assert read(currency="KWD", items=[DISH | {"price": "0.750"}]).dishes[0].price == 750


def test_of_a_repeated_sku_the_first_counts_and_the_rest_is_told_and_kept() -> None:
    soup = {"sku": "soup", "name": "汤"}
    menu = read(items=[DISH, soup, DISH | {"price": "9.00", "no": "7"}])
    assert [(dish.sku, dish.price) for dish in menu.dishes] == [("tea", 800), ("soup", 0)]
    assert menu.notes == (Rejected("menu_repeated_sku", {"sku": "tea", "item": 3, "first": 1}),)
    assert "第 3 个菜" in menu.notes[0].text("zh")
    assert json.loads(menu.extra) == {"items": {"2": DISH | {"price": "9.00", "no": "7"}}}
    check_commands(menu)


# --- refused ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        (b"", "broken_json"),
        (b"\xff", "broken_json"),
        (b"[" * 5000, "broken_json"),
        (b"[]", "not_an_object"),
        (b'{"items": [], "items": []}', "repeated_key"),
    ],
)
def test_no_menu_at_all(raw: bytes, code: str) -> None:
    assert refusal(raw).code == code


@pytest.mark.parametrize("currency", [None, "", "¥", "YUAN", "元元元"])
def test_a_menu_needs_a_currency(currency: str | None) -> None:
    assert refusal_of(currency=currency) == Rejected("menu_no_currency")


@pytest.mark.parametrize("items", [None, []])
def test_a_menu_needs_dishes(items: Any) -> None:
    assert refusal_of(items=items) == Rejected("menu_empty")


def test_a_station_not_listed_is_told_with_its_dish() -> None:
    reason = refusal_of(items=[DISH | {"station": "grill"}])
    assert reason == Rejected("menu_unknown_station", {"sku": "tea", "station": "grill"})


@pytest.mark.parametrize("key", ["stations", "categories"])
def test_an_id_given_twice(key: str) -> None:
    assert refusal_of(**{key: [BAR, BAR]}) == Rejected(
        "menu_repeated_id", {"key": key, "id": "bar"}
    )


@pytest.mark.parametrize(
    ("item", "reason"),
    [
        ({"sku": None}, Rejected("menu_no_sku", {"item": 2})),
        ({"sku": " "}, Rejected("menu_no_sku", {"item": 2})),
        ({"name": None}, Rejected("menu_no_name", {"key": "soup"})),
        ({"name": {"zh": ""}}, Rejected("menu_no_name", {"key": "soup"})),
        ({"name": 3}, Rejected("bad_value", {"key": "items #2.name"})),
        ({"price": "dear"}, Rejected("bad_price", {"key": "items #2.price"})),
        ({"price": "8.005"}, Rejected("bad_price", {"key": "items #2.price"})),
        ({"station": ["bar"]}, Rejected("bad_value", {"key": "items #2.station"})),
        ({"course": "main"}, Rejected("bad_value", {"key": "items #2.course"})),
        ({"prep_seconds": -1}, Rejected("bad_value", {"key": "items #2.prep_seconds"})),
        ({"name": "x" * 513}, Rejected("too_long", {"key": "items #2.name", "limit": 512})),
        ({"story": "x" * 49_152}, Rejected("menu_too_large", {"key": "soup"})),
        ({"story": "史" * 40_000}, Rejected("menu_too_large", {"key": "soup"})),
    ],
)
def test_a_dish_that_is_wrong(item: Json, reason: Rejected) -> None:
    soup = {"sku": "soup", "name": "汤"}
    assert refusal_of(items=[DISH, soup | item]) == reason


@pytest.mark.parametrize(
    ("keys", "reason"),
    [
        ({"stations": ["bar"]}, Rejected("bad_value", {"key": "stations #1"})),
        ({"stations": [{"name": "水吧"}]}, Rejected("bad_value", {"key": "stations #1.id"})),
        ({"stations": {}}, Rejected("bad_value", {"key": "stations"})),
        ({"items": {}}, Rejected("bad_value", {"key": "items"})),
        (
            {"stations": [{"id": "x" * 65}]},
            Rejected("too_long", {"key": "stations #1.id", "limit": 64}),
        ),
        (
            {"stations": [{"id": n} for n in range(65)]},
            Rejected("too_long", {"key": "stations", "limit": 64}),
        ),
        ({"story": "史" * 40_000}, Rejected("menu_too_large", {"key": "menu"})),
        (
            {"categories": [{"id": n, "name": "类" * 200} for n in range(256)]},
            Rejected("menu_too_large", {"key": "menu"}),
        ),
    ],
)
def test_a_menu_that_is_wrong(keys: Json, reason: Rejected) -> None:
    assert refusal_of(**keys) == reason


anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3)
    ),
    max_leaves=6,
)
item_keys = ("name", "price", "station", "category", "prep_seconds", "course", "unit", "x")
menus = st.fixed_dictionaries(
    {"currency": st.sampled_from(["CNY", "JPY"]) | anything},
    optional={
        "stations": st.just([BAR]) | anything,
        "items": st.lists(
            st.fixed_dictionaries({"sku": st.text()}, optional=dict.fromkeys(item_keys, anything)),
            max_size=3,
        ),
        "x": anything,
    },
)


@given(st.binary() | (anything | menus).map(lambda value: json.dumps(value).encode()))
def test_nothing_but_a_menu_error_is_raised(raw: bytes) -> None:
    try:
        menu = read_menu(raw)
    except MenuError:
        return
    check_commands(menu)


# --- version and commands ---------------------------------------------------------------


def test_the_same_content_is_the_same_version() -> None:
    layout = json.dumps(json.loads(menu_json(x={"b": 1, "a": 2})), indent=3, sort_keys=True)
    version = menu_version(read(x={"b": 1, "a": 2}))
    assert len(version) == 16
    assert menu_version(read_menu("\ufeff" + layout)) == version


@pytest.mark.parametrize(
    "keys",
    [
        {"currency": "USD"},
        {"x": 1},
        {"items": [DISH | {"price": "9.00"}]},
        {"items": [DISH | {"allergens": []}]},
        {"items": [DISH, DISH | {"sku": "tea-2"}]},
        {"stations": [BAR, {"id": "wok"}]},
    ],
)
def test_other_content_is_another_version(keys: Json) -> None:
    assert menu_version(read(**keys)) != menu_version(read())


def check_commands(menu: Menu) -> list[DefineDishes | ActivateMenu]:
    """What every menu's commands promise the log."""
    commands = menu_commands(menu, ids(), "x" * 256)
    *define, activate = commands
    assert isinstance(activate, ActivateMenu)
    assert len({command.cmd_id for command in commands}) == len(commands)
    assert {command.version for command in commands} == {menu_version(menu)}
    dishes: list[DishInput] = []
    for command in define:
        assert isinstance(command, DefineDishes)
        dishes += command.dishes
        sizes = [event_size(command.version, dish) for dish in command.dishes]
        assert len(sizes) <= 60
        assert max(sizes) <= MAX_EVENT
        assert sum(sizes) <= MAX_GROUP_BYTES
    assert tuple(dishes) == menu.dishes
    for command in commands:
        assert decode_command(encode_command(command)) == command
    payload = MenuActivated(
        activate.version, activate.currency, activate.stations, activate.categories, activate.extra
    )
    assert len(encode_payload(payload)) + ENVELOPE <= MAX_EVENT
    return commands


ENVELOPE = 512
"""More than an envelope with the longest actor needs around its payload."""


def event_size(version: bytes, dish: DishInput) -> int:
    payload = DishDefined(
        version=version,
        sku=dish.sku,
        zh=dish.zh,
        en=dish.en,
        price=dish.price,
        station=dish.station,
        category=dish.category,
        prep_s=dish.prep_s,
        course=dish.course,
        unit=dish.unit,
        extra=dish.extra,
    )
    return len(encode_payload(payload)) + ENVELOPE


def test_many_dishes_come_in_several_commands() -> None:
    items = [{"sku": f"dish-{n}", "name": "菜"} for n in range(151)]
    assert len(check_commands(read(items=items))) == 4


def test_large_dishes_come_in_more_commands() -> None:
    items = [{"sku": f"dish-{n}", "name": "菜", "story": "史" * 15_000} for n in range(8)]
    assert len(check_commands(read(items=items))) == 4


def test_the_sample_menu() -> None:
    menu = read_menu((SAMPLE / "menu.json").read_bytes())
    assert [station.id for station in menu.stations] == ["wok", "cold", "steam", "bar"]
    assert menu.stations[0] == Named("wok", "炒锅", "Wok")
    assert (len(menu.dishes), menu.notes) == (72, ())
    assert len(menu.categories) == 7
    assert set(json.loads(menu.extra)) == {"courses", "modifier_groups"}
    kung_pao = next(dish for dish in menu.dishes if dish.sku == "kung-pao")
    assert (kung_pao.zh, kung_pao.station, kung_pao.price) == ("宫保鸡丁", "wok", 3800)
    assert {"no", "allergens", "modifiers"} <= set(json.loads(kung_pao.extra))
    assert len(check_commands(menu)) == 3


def test_a_real_menu() -> None:
    menu = read_menu(burrito("menu.json").read_bytes())
    assert (menu.currency, len(menu.stations)) == ("USD", 4)
    assert (len(menu.dishes), len(menu.notes)) == (47, 3)
    assert menu.stations[0] == Named("line", "Line", "Line")
    assert menu.categories == ()
    assert menu.dishes[0].price == 649
    assert len(check_commands(menu)) == 2


def test_every_dish_of_the_real_orders_is_on_their_menu() -> None:
    skus = {dish.sku for dish in read_menu(burrito("menu.json").read_bytes()).dishes}
    with burrito("orders.jsonl").open("rb") as lines:
        orders = [order for _, order in read_order_file(lines, "USD")]
    assert len(orders) == 917
    for order in orders:
        assert not isinstance(order, Rejected)
        assert {line.sku for line in order.lines} <= skus
