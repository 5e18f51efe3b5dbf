from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from common.domain.codec import MAX_EVENT
from common.domain.commands import decode_command, encode_command
from common.domain.events import Area, FloorDefined, Table, encode_payload
from common.domain.floor import Floor, FloorError, floor_command, read_floor
from common.domain.reasons import CATALOGUE, Rejected

SAMPLE = Path(__file__).parents[3] / "resources" / "sample"

Json = dict[str, Any]
HALL: Json = {"id": "hall", "name": {"zh": "大厅", "en": "Hall"}, "x": 0, "y": 0, "w": 16, "h": 9}
TABLE: Json = {
    "id": "8",
    "name": {"zh": "8 号桌", "en": "Table 8"},
    "seats": 4,
    "area": "hall",
    "shape": "round",
    "x": 3.8,
    "y": "3.4",
    "w": 1,
    "h": 0.001,
}


def floor_json(**keys: Any) -> str:
    return json.dumps({"unit": "m", "areas": [HALL], "tables": [TABLE]} | keys)


def read(**keys: Any) -> Floor:
    return read_floor(floor_json(**keys))


def table(**keys: Any) -> Table:
    return read(tables=[TABLE | keys]).tables[0]


def refusal(raw: bytes | str) -> Rejected:
    with pytest.raises(FloorError) as caught:
        read_floor(raw)
    assert caught.value.reason.code in CATALOGUE
    return caught.value.reason


def refusal_of(**keys: Any) -> Rejected:
    return refusal(floor_json(**keys))


# --- what is read -----------------------------------------------------------------------


def test_lengths_become_whole_millimetres() -> None:
    assert read() == Floor(
        (Area("hall", "大厅", "Hall", 0, 0, 16_000, 9_000),),
        (Table("8", "8 号桌", "Table 8", 4, "hall", "round", 3_800, 3_400, 1_000, 1),),
    )


def test_the_sample_is_read_whole() -> None:
    floor = read_floor((SAMPLE / "floor.json").read_bytes())
    assert (len(floor.areas), len(floor.tables), floor.extra) == (3, 24, "")
    orchid = next(each for each in floor.tables if each.id == "orchid")
    assert (orchid.zh, orchid.en, orchid.seats) == ("兰亭包厢", "Orchid Room", 12)
    assert (orchid.x, orchid.y, orchid.w, orchid.h) == (1_000, 10_200, 2_200, 2_200)


def test_a_name_missing_in_one_language_falls_back_to_the_other() -> None:
    assert table(name={"zh": "梅园"}).en == "梅园"
    assert table(name="Plum").zh == "Plum"


def test_what_a_table_leaves_out() -> None:
    bare = {"id": 8, "name": "Eight", "x": 0, "y": 0, "w": 1, "h": 1}
    assert read(areas=[], tables=[bare]).tables == (
        Table("8", "Eight", "Eight", 0, None, "rect", 0, 0, 1_000, 1_000),
    )


def test_unknown_keys_are_kept_in_the_shape_they_came_in() -> None:
    floor = read(walls=[[0, 0]], tables=[TABLE | {"chairs": "low"}])
    assert json.loads(floor.extra) == {"tables": {"0": {"chairs": "low"}}, "walls": [[0, 0]]}


# --- what is refused --------------------------------------------------------------------


@pytest.mark.parametrize("raw", [b"", b"{", b'{"unit": "m", "unit": "m"}'])
def test_what_is_no_json(raw: bytes) -> None:
    assert refusal(raw).code in ("broken_json", "repeated_key")


def test_what_is_no_object() -> None:
    assert refusal(b"[]") == Rejected("not_an_object")


@pytest.mark.parametrize("unit", ["mm", "ft", "", None])
def test_a_plan_is_in_metres(unit: str | None) -> None:
    assert refusal_of(unit=unit) == Rejected("floor_unit")


@pytest.mark.parametrize("tables", [[], None])
def test_a_floor_without_tables(tables: Any) -> None:
    assert refusal_of(tables=tables) == Rejected("floor_empty")


def test_ids_are_given_once() -> None:
    assert refusal_of(tables=[TABLE, TABLE]) == Rejected(
        "menu_repeated_id", {"key": "tables", "id": "8"}
    )
    assert refusal_of(areas=[HALL, HALL]) == Rejected(
        "menu_repeated_id", {"key": "areas", "id": "hall"}
    )
    both = read(areas=[HALL | {"id": "8"}], tables=[TABLE | {"area": "8"}])
    assert both.areas[0].id == both.tables[0].id == "8"


@pytest.mark.parametrize(
    ("facts", "reason"),
    [
        ({"id": None}, Rejected("bad_value", {"key": "tables #1.id"})),
        ({"id": "x" * 65}, Rejected("too_long", {"key": "tables #1.id", "limit": 64})),
        ({"name": None}, Rejected("menu_no_name", {"key": "tables #1.name"})),
        ({"name": {"zh": " "}}, Rejected("menu_no_name", {"key": "tables #1.name"})),
        ({"area": "roof"}, Rejected("floor_unknown_area", {"table": "8", "area": "roof"})),
        ({"seats": -1}, Rejected("bad_value", {"key": "tables #1.seats"})),
        ({"seats": 1.5}, Rejected("bad_value", {"key": "tables #1.seats"})),
        ({"shape": "star"}, Rejected("bad_value", {"key": "tables #1.shape"})),
    ],
)
def test_a_table_that_cannot_be_meant(facts: Json, reason: Rejected) -> None:
    assert refusal_of(tables=[TABLE | facts]) == reason


@pytest.mark.parametrize("side", ["x", "y", "w", "h"])
@pytest.mark.parametrize("length", [None, -0.1, "far", "", 0.0001, 10_000.001, True, [], "1e1"])
def test_a_length_that_is_none(side: str, length: Any) -> None:
    assert refusal_of(tables=[TABLE | {side: length}]) == Rejected(
        "floor_bad_length", {"key": f"tables #1.{side}"}
    )
    assert refusal_of(areas=[HALL | {side: length}]).code == "floor_bad_length"


@pytest.mark.parametrize(("side", "stands"), [("x", True), ("y", True), ("w", False), ("h", False)])
def test_only_a_place_can_be_nought(side: str, stands: bool) -> None:
    raw = floor_json(tables=[TABLE | {side: 0}])
    if stands:
        read_floor(raw)
    else:
        assert refusal(raw).code == "floor_bad_length"


def test_a_floor_that_one_event_cannot_hold() -> None:
    many = [TABLE | {"id": str(nth), "name": "x" * 500} for nth in range(4_000)]
    assert refusal_of(tables=many) == Rejected("floor_too_large")
    assert refusal_of(walls="x" * 50_000) == Rejected("floor_too_large")
    assert refusal_of(tables=[TABLE] * 4_097).code == "too_long"


@given(st.lists(st.text(max_size=40), min_size=1, max_size=60))
def test_what_is_read_fits_into_an_event_and_travels(names: list[str]) -> None:
    tables = [TABLE | {"id": nth, "name": f"n{name}"} for nth, name in enumerate(names)]
    floor = read(tables=tables)
    command = floor_command(floor, bytes(16), "mei")
    assert decode_command(encode_command(command)) == command
    defined = FloorDefined(command.areas, command.tables, command.extra)
    assert len(encode_payload(defined)) < MAX_EVENT - 512
