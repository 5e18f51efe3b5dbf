"""Reading a floor plan and turning it into the command that brings it into the log.

A plan is in metres from the top left corner; in the log lengths are whole millimetres.
"""

from __future__ import annotations

import msgspec

from common.domain.commands import DefineFloor
from common.domain.events import MAX_LENGTH, MAX_SEATS, Area, Table
from common.domain.fields import Fields, parse, refuse, write
from common.domain.menu import MAX_EXTRA, MAX_ID, MAX_RECORD
from common.domain.money import fixed_point
from common.domain.reasons import Refused

MAX_AREAS = 256
MAX_TABLES = 4_096
SHAPES = frozenset({"square", "rect", "round"})


class FloorError(Refused):
    """A floor plan that can't be brought in; `reason` says why in both languages."""


class Floor(msgspec.Struct, array_like=True, frozen=True):
    """A floor plan as it was read; `extra` is the JSON of what has no field here."""

    areas: tuple[Area, ...]
    tables: tuple[Table, ...]
    extra: str = ""


def read_floor(raw: bytes | str) -> Floor:
    """Read a floor plan's file. Raises FloorError."""
    try:
        document = parse(raw)
        if not isinstance(document, dict):
            refuse("not_an_object")
        return _floor(Fields(document))
    except Refused as refused:
        raise FloorError(refused.reason) from None


def floor_command(floor: Floor, cmd_id: bytes, actor: str) -> DefineFloor:
    """What to submit, so that tables have these names and places."""
    return DefineFloor(
        cmd_id=cmd_id, actor=actor, areas=floor.areas, tables=floor.tables, extra=floor.extra
    )


def _floor(fields: Fields) -> Floor:
    if fields.text("unit") != "m":
        refuse("floor_unit")
    areas = _areas(fields)
    tables = _tables(fields, areas)
    unknown = fields.unknown()
    extra = write(unknown) if unknown else ""
    floor = Floor(tuple(areas.values()), tuple(tables.values()), extra)
    if len(extra) > MAX_EXTRA or len(msgspec.msgpack.encode(floor)) > MAX_RECORD:
        refuse("floor_too_large")
    return floor


def _areas(fields: Fields) -> dict[str, Area]:
    children = fields.objects("areas", MAX_AREAS)
    areas: dict[str, Area] = {}
    for child in children:
        area = Area(*_named(child, "areas", areas), *_place(child))
        areas[area.id] = area
    fields.keep("areas", children)
    return areas


def _tables(fields: Fields, areas: dict[str, Area]) -> dict[str, Table]:
    children = fields.objects("tables", MAX_TABLES)
    if not children:
        refuse("floor_empty")
    tables: dict[str, Table] = {}
    for child in children:
        table = _table(child, tables, areas)
        tables[table.id] = table
    fields.keep("tables", children)
    return tables


def _table(fields: Fields, known: dict[str, Table], areas: dict[str, Area]) -> Table:
    name = _named(fields, "tables", known)
    area = fields.label("area", MAX_ID)
    if area is not None and area not in areas:
        refuse("floor_unknown_area", table=name[0], area=area)
    shape = fields.text("shape") or "rect"
    if shape not in SHAPES:
        fields.bad("shape")
    seats = fields.integer("seats", 0, MAX_SEATS) or 0
    return Table(*name, seats, area, shape, *_place(fields))


def _named(
    fields: Fields, key: str, known: dict[str, Area] | dict[str, Table]
) -> tuple[str, str, str]:
    name = fields.label("id", MAX_ID)
    if name is None:
        fields.bad("id")
    if name in known:
        refuse("menu_repeated_id", key=key, id=name)
    zh, en = fields.names()
    if not (zh or en):
        refuse("menu_no_name", key=fields.key("name"))
    return name, zh or en, en or zh


def _place(fields: Fields) -> tuple[int, int, int, int]:
    """Where it is and how large, in mm."""
    return (
        _length(fields, "x", 0),
        _length(fields, "y", 0),
        _length(fields, "w", 1),
        _length(fields, "h", 1),
    )


def _length(fields: Fields, name: str, least: int) -> int:
    length = fixed_point(fields.take(name), 3)
    if length is None or not least <= length <= MAX_LENGTH:
        refuse("floor_bad_length", key=fields.key(name))
    return length
