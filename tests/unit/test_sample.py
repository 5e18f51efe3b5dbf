"""The sample restaurant keeps its own promises: menu, floor, noon orders and edge cases agree."""

import json
import re
import unicodedata
from collections import Counter
from datetime import datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

SAMPLE = Path(__file__).parents[2] / "resources" / "sample"
PRICE = re.compile(r"\d+\.\d\d")
ALLERGENS = {"peanut", "shellfish", "fish", "egg", "gluten", "soy", "sesame", "milk"}
CHANNELS = {"dine_in", "qr", "delivery", "takeaway", "phone", "pos"}
REASONS = {
    "broken_json",
    "not_an_object",
    "no_lines",
    "bad_quantity",
    "bad_price",
    "no_name",
    "repeated_ref",
    "bad_time",
    "bad_value",
}
MARKS = ["unknown_keys", "control_characters", "unknown_dish", "no_station"]
ORDER_KEYS = {
    "ref",
    "channel",
    "provider",
    "table",
    "covers",
    "guest",
    "phone_tail",
    "due_at",
    "note",
    "allergies",
    "priority",
    "utensils",
    "fees",
    "pickup_no",
    "lines",
}
LINE_KEYS = {
    "id",
    "sku",
    "name",
    "qty",
    "unit",
    "unit_price",
    "course",
    "seat",
    "note",
    "parent",
    "modifiers",
}
FIRST_ORDER = datetime.fromisoformat("2026-11-20T11:20:00+08:00")

Json = dict[str, Any]


def text(name: str) -> str:
    return (SAMPLE / name).read_bytes().decode("utf-8")


def refuse_constant(word: str) -> None:
    raise ValueError(f"{word} is no JSON")


def parse(line: str) -> Any:
    """Strict JSON: no NaN, no half surrogate pairs; fractions stay decimal."""
    value = json.loads(line, parse_float=Decimal, parse_constant=refuse_constant)
    json.dumps(value, ensure_ascii=False, default=str).encode()
    return value


MENU: Json = parse(text("menu.json"))
FLOOR: Json = parse(text("floor.json"))
ORDERS: list[Json] = [parse(line) for line in text("orders.jsonl").splitlines()]
EDGE_FILE = text("edge_orders.jsonl").split("\n")[:-1]
EDGE_LINES = [line for line in EDGE_FILE if line]  # a blank line is no order
EDGE: list[Json] = parse(text("edge_expected.json"))

ITEMS = {item["sku"]: item for item in MENU["items"]}
GROUPS = {group["id"]: group for group in MENU["modifier_groups"]}
TABLES = {table["id"]: table for table in FLOOR["tables"]}
ALL_LINES = [(order, line) for order in ORDERS for line in order["lines"]]


def names(value: Any) -> list[Json]:
    """Every `name` in a document, however deep."""
    if isinstance(value, list):
        return [name for element in value for name in names(element)]
    if not isinstance(value, dict):
        return []
    own = [value["name"]] if "name" in value else []
    return own + [name for element in value.values() for name in names(element)]


def strings(value: Any) -> list[str]:
    if isinstance(value, str):
        return [value]
    if isinstance(value, list):
        return [found for element in value for found in strings(element)]
    if isinstance(value, dict):
        return [found for element in value.values() for found in strings(element)]
    return []


def is_control(character: str) -> bool:
    return unicodedata.category(character) == "Cc"


# --- menu -------------------------------------------------------------------------------


def test_the_menu_is_that_of_a_mid_size_restaurant() -> None:
    dishes = [item for item in MENU["items"] if "parts" not in item]
    assert 60 <= len(dishes) <= 72
    assert len(ITEMS) == len(MENU["items"])
    assert len({item["no"] for item in MENU["items"]}) == len(MENU["items"])
    assert MENU["currency"] == "CNY"
    assert [station["id"] for station in MENU["stations"]] == ["wok", "cold", "steam", "bar"]


@pytest.mark.parametrize("document", [MENU, FLOOR], ids=["menu", "floor"])
def test_every_name_is_in_both_languages(document: Json) -> None:
    for name in names(document):
        assert set(name) == {"zh", "en"}
        assert all(value.strip() == value != "" for value in name.values())
        assert not any("\u4e00" <= character <= "\u9fff" for character in name["en"])


def test_no_two_dishes_share_a_name() -> None:
    for language in ("zh", "en"):
        assert len({item["name"][language] for item in ITEMS.values()}) == len(ITEMS)


@pytest.mark.parametrize("item", MENU["items"], ids=lambda item: item["sku"])
def test_an_item_refers_to_what_exists(item: Json) -> None:
    stations = {station["id"] for station in MENU["stations"]}
    assert item["category"] in {category["id"] for category in MENU["categories"]}
    assert item["course"] in {course["id"] for course in MENU["courses"]}
    assert PRICE.fullmatch(item["price"])
    assert set(item["modifiers"]) <= set(GROUPS)
    assert set(item.get("allergens", [])) <= ALLERGENS
    if "parts" in item:
        assert item["station"] is None
        assert all(part["sku"] in ITEMS and part["qty"] > 0 for part in item["parts"])
        parts = [ITEMS[part["sku"]] for part in item["parts"]]
        assert not any("parts" in part for part in parts)
        assert set(item["allergens"]) == {a for part in parts for a in part["allergens"]}
        whole = sum(Decimal(ITEMS[part["sku"]]["price"]) * part["qty"] for part in item["parts"])
        assert Decimal(item["price"]) < whole
    else:
        assert item["station"] in stations or item["sku"] == "todays-special"
        assert 0 < item["prep_seconds"] <= 900


def test_something_is_sold_by_weight_in_each_unit() -> None:
    assert {item["unit"] for item in ITEMS.values() if "unit" in item} == {"斤", "kg"}


def test_modifier_options_are_told_apart_by_what_they_do_and_their_sku() -> None:
    options = [option for group in GROUPS.values() for option in group["options"]]
    assert len({(option["op"], option["sku"]) for option in options}) == len(options)
    assert {option["op"] for option in options} == {"choice", "add", "remove"}
    assert all(PRICE.fullmatch(option["price"]) for option in options)
    assert not any(
        option["name"]["zh"].startswith(("不", "去"))
        for option in options
        if option["op"] == "remove"
    )
    for group in GROUPS.values():
        assert 0 <= group["min"] <= group["max"] <= len(group["options"])


def test_every_modifier_group_is_used() -> None:
    assert {group for item in ITEMS.values() for group in item["modifiers"]} == set(GROUPS)


# --- floor ------------------------------------------------------------------------------


def test_the_floor_has_24_tables_that_do_not_overlap() -> None:
    areas = {area["id"]: area for area in FLOOR["areas"]}
    assert len(FLOOR["tables"]) == len(TABLES) == 24
    assert {table["area"] for table in FLOOR["tables"]} == set(areas)
    for table in FLOOR["tables"]:
        area = areas[table["area"]]
        assert table["seats"] > 0
        assert table["shape"] in {"round", "square", "rect"}
        assert area["x"] <= table["x"] <= area["x"] + area["w"] - table["w"]
        assert area["y"] <= table["y"] <= area["y"] + area["h"] - table["h"]
        for other in FLOOR["tables"]:
            assert (
                other is table
                or other["x"] >= table["x"] + table["w"]
                or table["x"] >= other["x"] + other["w"]
                or other["y"] >= table["y"] + table["h"]
                or table["y"] >= other["y"] + other["h"]
            )


# --- the noon's orders ------------------------------------------------------------------


def test_160_orders_through_every_channel_with_refs_of_their_own() -> None:
    assert len(ORDERS) == len({order["ref"] for order in ORDERS}) == 160
    channels = Counter(order["channel"] for order in ORDERS)
    assert set(channels) == CHANNELS
    assert min(channels.values()) >= 10


def test_orders_hold_known_keys_only() -> None:
    assert all(set(order) == ORDER_KEYS for order in ORDERS)
    assert all(set(line) <= LINE_KEYS for _, line in ALL_LINES)
    assert not any(is_control(c) for order in ORDERS for value in strings(order) for c in value)


@pytest.mark.parametrize("order", ORDERS, ids=lambda order: order["ref"])
def test_an_order_fits_its_channel(order: Json) -> None:
    channel = order["channel"]
    if channel in {"dine_in", "qr"} or order["table"] is not None:
        assert channel in {"dine_in", "qr", "pos"}
        assert 1 <= order["covers"] <= TABLES[order["table"]]["seats"]
    else:
        assert order["covers"] is None
    if channel == "delivery":
        assert order["provider"] in {"meituan", "eleme"}
    else:
        assert order["provider"] is order["pickup_no"] is order["utensils"] is None
    if channel == "phone":
        assert order["guest"]
        assert order["due_at"]
    assert order["phone_tail"] is None or re.fullmatch(r"\d{4}", order["phone_tail"])
    assert all(PRICE.fullmatch(fee["amount"]) for fee in order["fees"])
    assert set(order["allergies"]) <= ALLERGENS


def test_due_times_lie_ahead_of_the_order() -> None:
    for number, order in enumerate(ORDERS):
        if order["due_at"] is not None:
            placed = FIRST_ORDER + timedelta(seconds=45 * number)
            ahead = datetime.fromisoformat(order["due_at"]) - placed
            assert timedelta(minutes=15) <= ahead <= timedelta(minutes=90)


def test_platform_numbers_run_on_without_repeating() -> None:
    for provider in ("meituan", "eleme"):
        numbers = [
            int(order["pickup_no"])
            for order in ORDERS
            if order["provider"] == provider and order["pickup_no"] is not None
        ]
        assert numbers == sorted(set(numbers))
    assert any(o["provider"] and o["pickup_no"] is None for o in ORDERS)


def test_lines_are_what_the_menu_says() -> None:
    for order, line in ALL_LINES:
        item = ITEMS[line["sku"]]
        assert line["name"] in item["name"].values()
        assert line["unit_price"] == ("0.00" if "parent" in line else item["price"])
        assert line.get("unit") == item.get("unit")
        assert line["qty"] > 0
        assert "unit" in item or isinstance(line["qty"], int)
        assert 1 <= line.get("seat", 1) <= (order["covers"] or 1)


def test_line_ids_are_unique_and_parts_follow_their_set_meal() -> None:
    for order in ORDERS:
        lines = {line["id"]: line for line in order["lines"]}
        assert list(lines) == [str(n) for n in range(1, len(order["lines"]) + 1)]
        for line in order["lines"]:
            wanted = [
                (part["sku"], part["qty"] * line["qty"])
                for part in ITEMS[line["sku"]].get("parts", [])
            ]
            parts = [
                (part["sku"], part["qty"])
                for part in order["lines"]
                if part.get("parent") == line["id"]
            ]
            assert parts == wanted
        assert all(line.get("parent", line["id"]) in lines for line in order["lines"])


def test_modifiers_are_options_of_the_dish_within_their_groups() -> None:
    for _, line in ALL_LINES:
        chosen: Counter[str] = Counter()
        for modifier in line.get("modifiers", []):
            group, option = next(
                (group, option)
                for group in ITEMS[line["sku"]]["modifiers"]
                for option in GROUPS[group]["options"]
                if (option["op"], option["sku"]) == (modifier["op"], modifier["sku"])
            )
            assert modifier["name"] in option["name"].values()
            assert modifier["price"] == option["price"]
            chosen[group] += modifier["qty"]
        for group in ITEMS[line["sku"]]["modifiers"]:
            assert GROUPS[group]["min"] <= chosen[group] <= GROUPS[group]["max"]


def test_nobody_is_served_what_they_cannot_eat() -> None:
    for order, line in ALL_LINES:
        removed = {m["sku"] for m in line.get("modifiers", []) if m["op"] == "remove"}
        allergens = set(ITEMS[line["sku"]].get("allergens", []))
        assert not set(order["allergies"]) & (allergens - removed), (order["ref"], line["sku"])


def test_the_noon_shows_every_feature_of_the_order_file() -> None:
    assert {m["op"] for _, line in ALL_LINES for m in line.get("modifiers", [])} == {
        "add",
        "remove",
        "choice",
    }
    assert {line["unit"] for _, line in ALL_LINES if "unit" in line} == {"斤", "kg"}
    assert {line["course"] for _, line in ALL_LINES} == {1, 2, 3, 4}
    for key in ("note", "seat", "parent"):
        assert sum(key in line for _, line in ALL_LINES) >= 10
    for key in ("note", "allergies", "fees", "due_at", "guest"):
        assert sum(bool(order[key]) for order in ORDERS) >= 5
    assert set(ITEMS) == {line["sku"] for _, line in ALL_LINES}
    assert any(line["name"] == ITEMS[line["sku"]]["name"]["en"] for _, line in ALL_LINES)


# --- the edge file ----------------------------------------------------------------------


def test_each_edge_line_has_its_expectation() -> None:
    assert [entry["line"] for entry in EDGE] == [n for n, line in enumerate(EDGE_FILE, 1) if line]
    assert text("edge_orders.jsonl").endswith("\n")
    assert {entry["reason"] for entry in EDGE if entry["refused"]} == REASONS
    assert {mark for entry in EDGE for mark in entry.get("marks", [])} == set(MARKS)
    assert len({entry["what"] for entry in EDGE}) == len(EDGE)
    for entry in EDGE:
        outcome = {"reason"} if entry["refused"] else {"marks"}
        assert set(entry) == {"line", "refused", "what"} | outcome


def test_broken_lines_and_only_they_are_broken() -> None:
    for line, entry in zip(EDGE_LINES, EDGE, strict=True):
        try:
            value = parse(line)
        except (ValueError, RecursionError):
            assert entry.get("reason") == "broken_json", entry
        else:
            assert entry.get("reason") != "broken_json", entry
            assert isinstance(value, dict) != (entry.get("reason") == "not_an_object"), entry


def decoded() -> list[tuple[Json, Json]]:
    return [
        (parse(line), entry)
        for line, entry in zip(EDGE_LINES, EDGE, strict=True)
        if entry.get("reason") not in {"broken_json", "not_an_object"}
    ]


def test_refs_repeat_where_the_expectation_says_so() -> None:
    seen: set[str] = set()
    for order, entry in decoded():
        ref = order.get("ref")
        assert (ref in seen) == (entry.get("reason") == "repeated_ref"), entry
        if ref is not None:
            seen.add(ref)


def is_quantity(value: Any) -> bool:
    return (
        isinstance(value, int | Decimal)
        and not isinstance(value, bool)
        and Decimal("0.001") <= value <= 9999
    )


def is_number(price: Any) -> bool:
    if isinstance(price, str):
        return re.fullmatch(r"-?\d+(\.\d+)?", price) is not None
    return isinstance(price, int | Decimal) and not isinstance(price, bool)


def prices(order: Json) -> list[Any]:
    lines = order["lines"]
    modifiers = [modifier for line in lines for modifier in line.get("modifiers") or []]
    return (
        [line["unit_price"] for line in lines if "unit_price" in line]
        + [modifier["price"] for modifier in modifiers]
        + [fee["amount"] for fee in order.get("fees") or []]
    )


def test_accepted_edge_orders_are_sound() -> None:
    for order, entry in decoded():
        if not entry["refused"]:
            assert order["lines"], entry
            assert all(is_number(price) for price in prices(order)), entry
            for line in order["lines"]:
                assert line.get("sku") or line["name"].strip(), entry
                assert is_quantity(line["qty"]), entry


def test_refused_edge_orders_have_the_fault_that_is_named() -> None:
    for order, entry in decoded():
        reason = entry.get("reason")
        if reason == "no_lines":
            assert not order.get("lines"), entry
        elif reason == "bad_quantity":
            assert not all(is_quantity(line.get("qty")) for line in order["lines"]), entry
        elif reason == "bad_price":
            assert not all(is_number(price) for price in prices(order)), entry
        elif reason == "no_name":
            line = order["lines"][0]
            assert not line.get("sku"), entry
            assert not (line.get("name") or "").strip(), entry


def marks_of(order: Json) -> list[str]:
    lines = order["lines"]
    items = [ITEMS.get(line.get("sku", "")) for line in lines]
    found = {
        "unknown_keys": not set(order) <= ORDER_KEYS
        or not all(set(line) <= LINE_KEYS for line in lines),
        "control_characters": any(is_control(c) for value in strings(order) for c in value),
        "unknown_dish": None in items,
        "no_station": any(i and i["station"] is None and "parts" not in i for i in items),
    }
    return [mark for mark in MARKS if found[mark]]


def test_marks_are_those_the_order_earns() -> None:
    for order, entry in decoded():
        if not entry["refused"]:
            assert entry["marks"] == marks_of(order), entry


def test_the_edge_file_reaches_the_ends_of_the_range() -> None:
    accepted = [order for order, entry in decoded() if not entry["refused"]]
    lines = [line for order in accepted for line in order["lines"]]
    assert max(len(order["lines"]) for order in accepted) == 200
    assert {1, 250, 9999, Decimal("1.35"), Decimal("0.875")} <= {line["qty"] for line in lines}
    assert max(len(line.get("name", "")) for line in lines) == 60
    assert "" in EDGE_FILE[1:-1]
    assert len(EDGE_FILE) < len(text("edge_orders.jsonl").splitlines())
