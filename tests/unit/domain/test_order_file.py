from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path
from string import Formatter
from typing import Any

import msgspec
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from common.domain.commands import (
    LineInput,
    ModifierInput,
    OrderInput,
    SubmitOrder,
    decode_command,
    encode_command,
)
from common.domain.events import Fee
from common.domain.order_file import (
    CHANNELS,
    MAX_LINES,
    MAX_RAW,
    read_order,
    read_order_file,
)
from common.domain.reasons import CATALOGUE, Refused, Rejected

ROOT = Path(__file__).parents[3]
SAMPLE = ROOT / "resources" / "sample"
BURRITO = ROOT.parent / "shared" / "data" / "burrito-house"

Json = dict[str, Any]
DISH: Json = {"id": "1", "sku": "kung-pao", "name": "宫保鸡丁", "qty": 1, "unit_price": "38.00"}


def read(currency: str = "CNY", door: str = "", /, **keys: Any) -> OrderInput:
    return read_order(json.dumps({"lines": [DISH]} | keys), currency, door)


def read_line(**keys: Any) -> LineInput:
    return read(lines=[DISH | keys]).lines[0]


def refusal(raw: bytes | str) -> Rejected:
    with pytest.raises(Refused) as caught:
        read_order(raw, "CNY")
    assert caught.value.reason.code in CATALOGUE
    return caught.value.reason


def refusal_of(**keys: Any) -> Rejected:
    return refusal(json.dumps({"lines": [DISH]} | keys))


def line_refusal(**keys: Any) -> Rejected:
    return refusal_of(lines=[DISH, DISH | keys])


def passes_as_command(order: OrderInput) -> bool:
    command = SubmitOrder(cmd_id=bytes(16), actor="x" * 256, order_id=bytes(16), order=order)
    return decode_command(encode_command(command)) == command


# --- refused ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"{",
        b"{'lines': []}",
        b'{"lines": [{"qty": NaN}]}',
        b'{"lines": [{"qty": -Infinity}]}',
        b'{"lines": [], }',
        b"{} {}",
        b"\xef\xbb\xbf\xef\xbb\xbf{}",
        b'{"note": "\xff"}',
        b'{"note": "\xed\xa0\xbd"}',
        b'{"note": "\\ud83c"}',
        b'{"note": "\x01"}',
        b'{"\\udc00": 1}',
        '{"note": "\ud83c"}',
        '{"lines": []}'.encode("utf-16"),
        b'{"x": 1e99999999999999999999}',
        b"[" * 200_000,
        b'{"x":' * 100_000,
        b"[" * 65 + b"]" * 65,
        b'"\\' * 100_000,
        b'{"a' * 100_000,
    ],
    ids=range(21),
)
def test_broken_json(raw: bytes | str) -> None:
    assert refusal(raw) == Rejected("broken_json")


@pytest.mark.parametrize("raw", [b"[]", b'"x"', b"42", b"null", b"true", b"1.5"])
def test_not_an_object(raw: bytes) -> None:
    assert refusal(raw) == Rejected("not_an_object")


def test_a_key_given_twice_may_hide_dishes() -> None:
    assert refusal(b'{"lines":[{"sku":"a","qty":1}],"lines":[]}') == Rejected(
        "repeated_key", {"key": "lines"}
    )


@pytest.mark.parametrize("raw", [b"{}", b'{"lines": null}', b'{"lines": []}'])
def test_no_lines(raw: bytes) -> None:
    assert refusal(raw) == Rejected("no_lines")


@pytest.mark.parametrize(
    "qty",
    [0, -1, 0.0, 9999.001, 10000, 0.0004, 1.0005, "two", "", "1e1", "NaN", True, None, [], {}],
)
def test_bad_quantity(qty: Any) -> None:
    assert line_refusal(qty=qty) == Rejected("bad_quantity", {"line": 2})


@pytest.mark.parametrize("number", ["1e999999999", "1e-999999999", "9" * 5000, "-0", "0e5"])
def test_a_quantity_no_machine_should_work_out(number: str) -> None:
    raw = f'{{"lines": [{{"sku": "a", "qty": {number}}}]}}'
    assert refusal(raw) == Rejected("bad_quantity", {"line": 1})


def test_quantity_missing() -> None:
    assert refusal_of(lines=[{"sku": "a"}]) == Rejected("bad_quantity", {"line": 1})


@pytest.mark.parametrize("fire", ["at", "Hold", "18:30", True, 1, [], {}])
def test_a_dish_is_fired_now_or_held(fire: Any) -> None:
    assert line_refusal(fire=fire) == Rejected("bad_value", {"key": "lines #2.fire"})


def test_a_dish_that_does_not_say_so_is_fired_now() -> None:
    lines = read(lines=[DISH | {"fire": fire} for fire in ("hold", "now", "", None)] + [DISH]).lines
    assert [line.fire for line in lines] == ["hold", "now", "now", "now", "now"]
    assert not any(line.marks for line in lines)


@pytest.mark.parametrize(
    "price",
    ["", "three", "1,088.00", "¥38.00", "NaN", "inf", "1e2", "38.005", 38.005, True, [], {}],
)
def test_bad_price(price: Any) -> None:
    assert line_refusal(unit_price=price) == Rejected("bad_price", {"key": "lines #2.unit_price"})
    modifiers = [{"op": "add", "name": "蛋"}, {"op": "add", "name": "蛋", "price": price}]
    assert line_refusal(modifiers=modifiers) == Rejected(
        "bad_price", {"key": "lines #2.modifiers #2.price"}
    )
    assert refusal_of(fees=[{"name": "配送费", "amount": price}]) == Rejected(
        "bad_price", {"key": "fees #1.amount"}
    )


def test_a_fee_without_an_amount() -> None:
    assert refusal_of(fees=[{"name": "配送费"}]).code == "bad_price"


def test_the_currency_says_how_many_decimals_there_are() -> None:
    assert read("KWD", lines=[DISH | {"unit_price": "1.250"}]).lines[0].price == 1250
    assert read("JPY", lines=[DISH | {"unit_price": "1200.00"}]).lines[0].price == 1200
    with pytest.raises(Refused):
        read("JPY", lines=[DISH | {"unit_price": "0.50"}])


@pytest.mark.parametrize(
    "names",
    [
        {},
        {"name": None, "sku": None},
        {"name": "", "sku": ""},
        {"name": "   "},
        {"name": "\u0000\u0007"},
        {"name": {}},
        {"name": {"zh": "", "en": None}},
    ],
)
def test_no_name(names: Json) -> None:
    assert refusal_of(lines=[names | {"qty": 1}]) == Rejected("no_name", {"line": 1})


@pytest.mark.parametrize(
    ("key", "value"),
    [
        *[("lines", {}), ("lines", "x"), ("lines", 1), ("lines #1", "x"), ("lines #1", None)],
        *[("channel", 3), ("channel", "drone"), ("provider", 1), ("provider", {})],
        *[("table", ["8"]), ("table", True), ("table", 8.5), ("ref", {}), ("pickup_no", [])],
        *[("covers", "four"), ("covers", -1), ("covers", 1.5), ("covers", True), ("covers", [])],
        *[("guest", 5), ("phone_tail", {}), ("note", 3), ("note", {"zh": "少油"})],
        *[("allergies", "peanut"), ("allergies", {}), ("allergies #2", 4)],
        *[("priority", 2**31), ("priority", "high"), ("utensils", -1), ("utensils", True)],
        *[("fees", {}), ("fees #1", "5.00"), ("fees #1.name", 1)],
        *[("lines #1.name", 38), ("lines #1.name", ["x"]), ("lines #1.name.zh", 3)],
        *[("lines #1.sku", []), ("lines #1.id", {}), ("lines #1.parent", 1.5)],
        *[("lines #1.unit", 5), ("lines #1.course", 100), ("lines #1.course", "主食")],
        *[("lines #1.seat", {}), ("lines #1.note", []), ("lines #1.modifiers", "微辣")],
        *[("lines #1.modifiers #1", "微辣"), ("lines #1.modifiers #1.op", "with")],
        *[("lines #1.modifiers #1.op", None), ("lines #1.modifiers #1.qty", 1.5)],
        *[("lines #1.modifiers #1.qty", -1), ("lines #1.modifiers #1.name", None)],
    ],
)
def test_bad_value_names_its_key(key: str, value: Any) -> None:
    modifier = {"op": "choice", "name": "微辣"}
    order: Json = {
        "allergies": ["egg", "milk"],
        "fees": [{"name": "餐盒费", "amount": "1.00"}],
        "lines": [DISH | {"name": {"zh": "面"}, "modifiers": [modifier]}],
    }
    put(order, key, value)
    assert refusal(json.dumps(order)) == Rejected("bad_value", {"key": key})


def put(order: Any, key: str, value: Any) -> None:
    """Put a value where a refusal's key points."""
    *path, last = key.replace(" #", ".#").split(".")
    for step in path:
        order = order[int(step[1:]) - 1] if step.startswith("#") else order[step]
    if last.startswith("#"):
        order[int(last[1:]) - 1] = value
    else:
        order[last] = value


@pytest.mark.parametrize(
    "due_at",
    [
        "中午十二点半",
        "2026-11-20T12:40:00",
        "2026-11-20",
        "12:40+08:00",
        "2026-13-01T00:00:00Z",
        1_795_000_000,
        1.5,
        True,
        [],
        {},
    ],
)
def test_bad_time(due_at: Any) -> None:
    assert refusal_of(due_at=due_at) == Rejected("bad_time", {"key": "due_at"})


@pytest.mark.parametrize(
    ("key", "value", "limit"),
    [
        ("ref", "x" * 513, 512),
        ("guest", "张" * 513, 512),
        ("note", "x" * 4097, 4096),
        ("allergies", ["x"] * 65, 64),
        ("allergies #1", ["x" * 513], 512),
        ("fees", [{"amount": 1}] * 65, 64),
        ("lines", [DISH] * (MAX_LINES + 1), 2000),
        ("lines #1.name", [DISH | {"name": "面" * 513}], 512),
        ("lines #1.note", [DISH | {"note": "x" * 4097}], 4096),
        ("lines #1.modifiers", [DISH | {"modifiers": [{"op": "add", "sku": "x"}] * 257}], 256),
    ],
)
def test_too_long(key: str, value: Any, limit: int) -> None:
    top = key.split(" ", maxsplit=1)[0].split(".", maxsplit=1)[0]
    assert refusal_of(**{top: value}) == Rejected("too_long", {"key": key, "limit": limit})


@pytest.mark.parametrize(
    "keys",
    [
        {"basket": "x" * 128 * 1024},
        {"basket": "篮" * 50_000},
        {"lines": [DISH | {"note": "注" * 4000}] * 100},
    ],
)
def test_an_order_too_large_for_a_command(keys: Json) -> None:
    assert refusal_of(**keys) == Rejected("order_too_large")


def test_raw_too_large_is_not_even_parsed() -> None:
    assert refusal(b" " * (MAX_RAW + 1)) == Rejected("order_too_large")


# --- accepted ---------------------------------------------------------------------------


def test_a_whole_order() -> None:
    order = read(
        ref="C17",
        channel="delivery",
        provider="meituan",
        table="8",
        covers=4,
        guest="张先生",
        phone_tail="6021",
        due_at="2026-11-20T12:40:00.25+08:00",
        note="少油",
        allergies=["peanut", ""],
        priority=-1,
        utensils=2,
        fees=[{"name": "配送费", "amount": "5.00"}],
        pickup_no=12,
        lines=[
            DISH
            | {
                "qty": 1.35,
                "unit": "斤",
                "course": 2,
                "seat": 3,
                "note": "不要葱",
                "modifiers": [
                    {"op": "choice", "name": "微辣"},
                    {"op": "add", "sku": "egg", "name": None, "qty": 2, "price": 3},
                ],
            }
        ],
    )
    assert order == OrderInput(
        ref="C17",
        channel="delivery",
        door="meituan",
        provider="meituan",
        table="8",
        covers=4,
        due_at=1_795_149_600_250_000,
        note="少油",
        allergies=("peanut",),
        priority=-1,
        utensils=2,
        fees=(Fee("配送费", 500),),
        pickup_no="12",
        side='{"guest":"张先生","phone_tail":"6021"}',
        lines=(
            LineInput(
                zh="宫保鸡丁",
                sku="kung-pao",
                qty=1350,
                unit="斤",
                price=3800,
                course=2,
                seat="3",
                note="不要葱",
                modifiers=(
                    ModifierInput("choice", zh="微辣"),
                    ModifierInput("add", sku="egg", qty=2, price=300),
                ),
                ref="1",
            ),
        ),
    )


def test_all_but_lines_a_name_and_a_quantity_may_be_absent_or_null() -> None:
    keys = "ref channel provider table covers guest phone_tail due_at note allergies priority"
    more = "utensils fees pickup_no"
    nothing = dict.fromkeys([*keys.split(), *more.split()])
    line = dict.fromkeys(["id", "unit", "unit_price", "course", "seat", "note", "parent", "name"])
    bare = read(lines=[{"sku": "rice", "qty": 2}])
    assert bare == read(**nothing, lines=[line | {"sku": "rice", "qty": 2, "modifiers": None}])
    assert bare == OrderInput(lines=(LineInput(sku="rice", qty=2000),), channel="takeaway")


def test_the_channel_follows_from_the_rest() -> None:
    assert read(provider="eleme", table="3").channel == "delivery"
    assert read(table="3").channel == "dine_in"
    assert read().channel == read(channel="").channel == "takeaway"
    assert {read(channel=channel).channel for channel in CHANNELS} == CHANNELS


def test_the_door_is_the_provider_or_else_the_caller() -> None:
    assert read("CNY", "till").door == "till"
    assert read("CNY", "till", provider="eleme").door == "eleme"


def test_a_name_goes_where_its_script_belongs() -> None:
    assert (read_line(name="Fish & Chips").zh, read_line(name="Fish & Chips").en) == (
        "",
        "Fish & Chips",
    )
    assert read_line(name="XO 酱炒饭").zh == "XO 酱炒饭"
    assert read_line(name="𰻝𰻝 noodles").zh == "𰻝𰻝 noodles"
    both = read_line(name={"zh": "茶", "en": "Tea"})
    assert (both.zh, both.en) == ("茶", "Tea")


def test_numbers_as_ids() -> None:
    order = read(ref=17, table=8, phone_tail=6021, lines=[DISH | {"id": 1, "seat": 2, "sku": 101}])
    assert (order.ref, order.table, order.side) == ("17", "8", '{"phone_tail":"6021"}')
    assert (order.lines[0].ref, order.lines[0].seat, order.lines[0].sku) == ("1", "2", "101")


@pytest.mark.parametrize(
    ("number", "qty"),
    [("1", 1000), ("0.001", 1), ("9999", 9_999_000), ("0.875", 875), ("2e0", 2000), ('"3"', 3000)],
)
def test_quantities(number: str, qty: int) -> None:
    order = read_order(f'{{"lines": [{{"sku": "a", "qty": {number}}}]}}', "CNY")
    assert order.lines[0].qty == qty


def test_numbers_never_pass_through_a_float() -> None:
    raw = '{"x": 1.10, "big": 90071992547409931234, "lines": [{"sku": "a", "qty": 1.10}]}'
    order = read_order(raw, "CNY")
    assert order.lines[0].qty == 1100
    assert order.side == '{"big":90071992547409931234,"x":1.10}'


def test_unknown_keys_are_kept_where_they_stood() -> None:
    name = {"zh": "宫保鸡丁", "ja": "宮保鶏丁"}
    modifier = {"op": "choice", "name": "微辣", "group": "spice"}
    order = read(
        rider="小王",
        nested={"a": [1, {"b": None}]},
        fees=[{"name": "餐盒费", "amount": "1.00", "tax": 0.06}],
        lines=[DISH, DISH | {"id": "2", "vip": True, "name": name, "modifiers": [modifier]}],
    )
    assert json.loads(order.side) == {
        "rider": "小王",
        "nested": {"a": [1, {"b": None}]},
        "fees": {"0": {"tax": 0.06}},
        "lines": {
            "1": {"vip": True, "name": {"ja": "宮保鶏丁"}, "modifiers": {"0": {"group": "spice"}}}
        },
    }
    assert order.marks == ("unknown_keys",)
    assert [line.marks for line in order.lines] == [(), ("unknown_keys",)]


def test_a_guest_is_no_unknown_key_and_stays_out_of_the_order() -> None:
    order = read(guest="张先生")
    assert order.marks == ()
    assert order.side == '{"guest":"张先生"}'
    assert "张先生" not in repr(msgspec.structs.replace(order, side=""))


def test_control_characters_are_stripped_and_breaks_become_spaces() -> None:
    order = read(
        note="第一行\r\n第二行\t完\x7f",
        guest="王\x02女士",
        x={"y": ["a\x00b"]},
        lines=[DISH | {"name": "宫保\x00鸡丁\b", "note": "少油\x85谢谢\x1b[31m"}, DISH],
    )
    assert order.note == "第一行 第二行 完"
    assert (order.lines[0].zh, order.lines[0].note) == ("宫保鸡丁", "少油谢谢[31m")
    assert json.loads(order.side) == {"guest": "王女士", "x": {"y": ["ab"]}}
    assert order.marks == ("unknown_keys", "control_characters")
    assert [line.marks for line in order.lines] == [("control_characters",), ()]


def test_emoji_are_kept() -> None:
    note = "生日快乐🎂 👨‍👩‍👧 🇨🇳 👍🏽"
    assert read(note=note).note == note
    assert read(note=note).marks == ()


def test_many_lines_and_long_names() -> None:
    dish = {"name": "面" * 512, "qty": 1}
    assert read(lines=[dish]).lines[0].zh == "面" * 512
    order = read(lines=[{"sku": "rice", "qty": 1, "id": n} for n in range(MAX_LINES)])
    assert len(order.lines) == MAX_LINES
    assert passes_as_command(order)


def test_depth_up_to_the_limit_is_kept() -> None:
    deep = json.loads("[" * 60 + "]" * 60)
    assert json.loads(read(x=deep).side) == {"x": deep}
    assert read(note="[" * 500).note == "[" * 500


def test_a_byte_order_mark_is_no_fault() -> None:
    raw = json.dumps({"lines": [DISH]})
    assert read_order(b"\xef\xbb\xbf" + raw.encode(), "CNY") == read_order(raw, "CNY")


@pytest.mark.parametrize(
    ("due_at", "moment"),
    [
        ("1970-01-01T00:00:00Z", 0),
        ("1970-01-01T08:00:00.000001+08:00", 1),
        ("1969-12-31T23:59:59+00:00", -1_000_000),
        ("0001-01-01T00:00:00+23:59", -62_135_683_140_000_000),
        ("9999-12-31T23:59:59-23:59", 253_402_387_139_000_000),
        ("", None),
    ],
)
def test_due_times(due_at: str, moment: int | None) -> None:
    assert read(due_at=due_at).due_at == moment


def test_a_part_belongs_to_its_set_meal() -> None:
    lines = [DISH, DISH | {"id": "2", "parent": "1"}, DISH | {"id": 3, "parent": 1}]
    order = read(lines=lines)
    assert [line.parent for line in order.lines] == [None, "1", "1"]
    assert order.marks == ()


@pytest.mark.parametrize(
    ("lines", "parents"),
    [
        ([("1", "9")], [None]),
        ([("1", "1")], [None]),
        ([("1", "2"), ("2", "1")], [None, None]),
        ([("1", None), ("2", "1"), ("3", "2")], [None, "1", None]),
        ([("1", "9"), ("2", "1")], [None, "1"]),
        ([("1", None), ("1", None), ("2", "1")], [None, None, None]),
        ([(None, None), (None, "1")], [None, None]),
    ],
    ids=["absent", "itself", "circle", "a part", "no part after all", "two of them", "no id"],
)
def test_who_can_be_no_parent(
    lines: list[tuple[str | None, str | None]], parents: list[str | None]
) -> None:
    order = read(lines=[DISH | {"id": ref, "parent": parent} for ref, parent in lines])
    assert [line.parent for line in order.lines] == parents
    for (_, wanted), line in zip(lines, order.lines, strict=True):
        assert ("unknown_parent" in line.marks) == (wanted != line.parent)
    assert order.marks == ("unknown_parent",)


# --- files ------------------------------------------------------------------------------


def file_of(*orders: Json | str) -> list[bytes]:
    texts = [order if isinstance(order, str) else json.dumps(order) for order in orders]
    return [f"{text}\n".encode() for text in texts]


def outcomes(lines: list[bytes]) -> list[tuple[int, str]]:
    return [
        (number, found.code if isinstance(found, Rejected) else "taken")
        for number, found in read_order_file(lines, "CNY", "file")
    ]


def test_lines_are_numbered_as_they_stand_and_blank_ones_skipped() -> None:
    order = {"lines": [DISH]}
    lines = file_of("\ufeff", order, "", "  \t\r", "{", order)
    assert outcomes(lines) == [(2, "taken"), (5, "broken_json"), (6, "taken")]


def test_a_file_may_begin_with_a_byte_order_mark() -> None:
    (line,) = file_of({"lines": [DISH]})
    assert outcomes([b"\xef\xbb\xbf" + line]) == [(1, "taken")]


def test_invalid_utf8_spoils_one_line_only() -> None:
    lines = [b'{"note": "\xff\xfe"}\n', *file_of({"lines": [DISH]})]
    assert outcomes(lines) == [(1, "broken_json"), (2, "taken")]


def test_a_repeated_ref_is_refused_and_says_where_it_was() -> None:
    order = {"ref": "A", "lines": [DISH]}
    lines = file_of(order, order | {"ref": " A\u0007"}, order | {"ref": "B"}, order)
    found = dict(read_order_file(lines, "CNY"))
    assert found[2] == found[4] == Rejected("repeated_ref", {"ref": "A", "line": 1})
    assert isinstance(found[3], OrderInput)


def test_another_door_may_use_the_same_ref() -> None:
    order = {"ref": "A", "lines": [DISH]}
    lines = file_of(order, order | {"provider": "meituan"}, order | {"provider": "eleme"})
    assert outcomes(lines) == [(1, "taken"), (2, "taken"), (3, "taken")]


def test_orders_without_a_ref_repeat_nothing() -> None:
    order = {"lines": [DISH]}
    assert outcomes(file_of(order, order | {"ref": ""}, order)) == [
        (1, "taken"),
        (2, "taken"),
        (3, "taken"),
    ]


def test_a_refused_order_may_be_corrected_further_down() -> None:
    order = {"ref": "A", "lines": [DISH]}
    assert outcomes(file_of(order | {"lines": []}, order)) == [(1, "no_lines"), (2, "taken")]


def test_the_sample_noon() -> None:
    with (SAMPLE / "orders.jsonl").open("rb") as lines:
        found = [order for _, order in read_order_file(lines, "CNY", "file")]
    assert len(found) == 160
    for order in found:
        assert isinstance(order, OrderInput)
        assert order.marks == ()
        assert passes_as_command(order)


def edge_expectations() -> dict[int, list[str]]:
    """What the sample's edge file expects of the reader; the menu's own marks are decide's."""
    expected: dict[int, list[str]] = {}
    for entry in json.loads((SAMPLE / "edge_expected.json").read_bytes()):
        ours = [m for m in entry.get("marks", []) if m not in {"unknown_dish", "no_station"}]
        expected[entry["line"]] = [entry["reason"]] if entry["refused"] else ours
    return expected


def test_the_sample_edge_file() -> None:
    with (SAMPLE / "edge_orders.jsonl").open("rb") as lines:
        found = {
            number: [order.code] if isinstance(order, Rejected) else list(order.marks)
            for number, order in read_order_file(lines, "CNY", "file")
        }
    assert found == edge_expectations()


def test_917_real_orders_are_all_taken() -> None:
    if not BURRITO.exists():
        pytest.skip("the public burrito-house data is not beside this checkout")
    with (BURRITO / "orders.jsonl").open("rb") as lines:
        found = [order for _, order in read_order_file(lines, "USD", "file")]
    assert len(found) == 917
    for order in found:
        assert isinstance(order, OrderInput)
        assert order.marks == ()
        assert passes_as_command(order)


# --- anything at all --------------------------------------------------------------------

numbers = st.integers() | st.floats(allow_nan=False, allow_infinity=False)
anything = st.recursive(
    st.none() | st.booleans() | numbers | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3)
    ),
    max_leaves=8,
)
likely = anything | st.sampled_from(["38.00", "宫保鸡丁", "1", 1, 0.5, "dine_in", "add", "\x00\n"])
modifiers = st.fixed_dictionaries(
    {"op": st.sampled_from(["add", "remove", "choice"]), "name": st.text(min_size=1, max_size=4)},
    optional=dict.fromkeys(("sku", "qty", "price", "x"), likely),
)
line_keys = ("unit", "unit_price", "course", "seat", "note", "parent", "id", "x")
dishes = st.fixed_dictionaries(
    {"name": st.just("面") | likely, "qty": st.integers(1, 9999) | likely},
    optional=dict.fromkeys(line_keys, likely)
    | {"modifiers": st.lists(modifiers, max_size=3) | likely},
)
order_keys = "ref channel provider table covers guest phone_tail due_at note allergies priority x"
orders = st.fixed_dictionaries(
    {"lines": st.lists(dishes, max_size=4) | likely},
    optional=dict.fromkeys(order_keys.split(), likely)
    | {"fees": st.lists(st.fixed_dictionaries({"amount": likely}), max_size=2)},
)


def taken_or_refused(raw: bytes | str) -> None:
    try:
        order = read_order(raw, "CNY", "file")
    except Refused as refused:
        reason = refused.reason
    else:
        assert passes_as_command(order)
        assert json.loads(order.side or "{}", parse_float=Decimal) is not None
        return
    fields = {name for _, name, _, _ in Formatter().parse(CATALOGUE[reason.code].zh) if name}
    assert fields == set(reason.params)


@given(st.binary() | st.text().map(str.encode) | st.text(st.characters()))
@example(b'{"lines":[{"qty":1,"sku":"\\ud800"}]}')
@example('{"lines":[{"qty":1,"sku":"\ud800"}]}')
def test_arbitrary_bytes_are_refused_calmly(raw: bytes | str) -> None:
    taken_or_refused(raw)


@given(anything)
def test_arbitrary_json_is_refused_calmly(value: Any) -> None:
    taken_or_refused(json.dumps(value))


@settings(max_examples=200)
@given(orders, st.booleans())
def test_orders_of_likely_keys_are_taken_whole_or_refused(value: Any, ascii_only: bool) -> None:
    taken_or_refused(json.dumps(value, ensure_ascii=ascii_only))


plain = st.text(st.characters(codec="utf-8", categories=["L", "N", "P", "S"]), min_size=1)
sound_lines = st.fixed_dictionaries(
    {"name": plain, "qty": st.integers(1, 9999)},
    optional={
        "id": plain,
        "parent": plain,
        "note": plain,
        "unit_price": st.decimals(-999, 999, places=2).map(str),
        "modifiers": st.lists(
            st.fixed_dictionaries({"op": st.just("add"), "name": plain}), max_size=2
        ),
    },
)


@given(st.lists(sound_lines, min_size=1, max_size=5), plain)
def test_a_sound_order_is_always_taken(lines: list[Json], note: str) -> None:
    order = read(lines=lines, note=note)
    assert [line.zh or line.en for line in order.lines] == [line["name"] for line in lines]
    assert [line.qty for line in order.lines] == [line["qty"] * 1000 for line in lines]
    assert order.note == note
    assert passes_as_command(order)
