"""The rows of PROTOCOL.md's tables as the code has them.

`python -m tests.unit.wire.tables` prints them, to be pasted when a field was appended.
"""

from __future__ import annotations

from typing import Any

import msgspec
import msgspec.inspect as mi

from common.domain import codec
from common.domain import events as e
from common.domain.ids import EventId, LineId
from common.wire import limits
from common.wire import messages as m

PARTS: tuple[type[Any], ...] = (
    LineId,
    EventId,
    e.Modifier,
    e.LineRecord,
    e.Fee,
    e.Pick,
    e.Named,
    e.Area,
    e.Table,
)
KINDS = e.ORDER_KINDS + e.HOUSE_KINDS
ENVELOPES: tuple[type[Any], ...] = (codec.Event, codec.Group, codec.SideRecord)
ITEMS: tuple[type[Any], ...] = (m.Head, m.Stored, m.Want, m.Seal)
VERBS: tuple[type[Any], ...] = (
    m.Groups,
    m.Sides,
    m.Vector,
    m.Hello,
    m.Welcome,
    m.Ack,
    m.Acked,
    m.Fetch,
    m.Page,
    m.FetchSides,
    m.SidePage,
    m.Deliver,
    m.Delivered,
    m.Refused,
)
INTEGERS = {
    (0, 2**62 - 1): "counter",
    (1, 2**62 - 1): "seq",
    (-(2**62), 2**62 - 1): "time",
    (-(2**53), 2**53): "money",
    (0, 2**31): "seconds",
    (1, 9_999_000): "thousandths",
    (0, 2**48 - 1): "epoch",
    (1, 2**31 - 1): "version",
    (None, None): "int",
}


def row(kind: type[Any]) -> str:
    """One line of a table: the name or verb, then the fields in their order."""
    info = mi.type_info(kind)
    assert isinstance(info, mi.StructType | mi.NamedTupleType)
    name = getattr(info, "tag", None) or kind.__name__
    return f"| {name} | {'; '.join(map(_field, info.fields))} |"


def _field(field: mi.Field) -> str:
    text = f"`{field.name}` {_type(field.type)}"
    if field.default is msgspec.NODEFAULT:
        return text
    plain = {None: "nil", True: "true", False: "false", (): "[]"}
    default = field.default
    if isinstance(default, str):
        return f'{text} = "{default}"'
    if type(default) is int:
        return f"{text} = {default}"
    return f"{text} = {plain[default]}"


def _type(kind: mi.Type) -> str:
    match kind:
        case mi.IntType():
            return _integer(kind)
        case mi.StrType():
            names = {512: "name", 4096: "text", 64: "word"}
            return names.get(kind.max_length or 0, f"str ≤ {kind.max_length}")
        case mi.BytesType():
            return _bytes(kind)
        case mi.BoolType():
            return "bool"
        case mi.UnionType():
            inner = [one for one in kind.types if not isinstance(one, mi.NoneType)]
            return f"{_type(inner[0])} or nil"
        case mi.VarTupleType():
            low, high = kind.min_length or 0, kind.max_length or "…"
            return f"[{_type(kind.item_type)}] × {low}–{high}"
        case mi.TupleType():
            return f"[{', '.join(map(_type, kind.item_types))}]"
        case mi.StructType() | mi.NamedTupleType():
            return kind.cls.__name__
        case _:
            raise TypeError(kind)


def _integer(kind: mi.IntType) -> str:
    low = kind.ge if kind.ge is not None else kind.gt + 1 if kind.gt is not None else None
    high = kind.le if kind.le is not None else kind.lt - 1 if kind.lt is not None else None
    return INTEGERS.get((low, high), f"int {low}…{high}")


def _bytes(kind: mi.BytesType) -> str:
    if kind.min_length is not None and kind.min_length == kind.max_length:
        return f"bytes {kind.min_length}"
    if kind.max_length is None:
        return "bytes"
    return f"bytes {kind.min_length or 0}–{kind.max_length}"


def numbers() -> list[str]:
    """The rows of the table of constants."""
    found = {name: value for name, value in vars(limits).items() if name.isupper()}
    units = {"MILLISECOND", "SECOND"}
    return [f"| {name} | {value:_} |" for name, value in found.items() if name not in units]


def rows() -> list[str]:
    """All rows that PROTOCOL.md must hold, word for word but for columns that follow."""
    structs = (*ENVELOPES, *PARTS, *KINDS, *ITEMS, *VERBS)
    return [*map(row, structs), *numbers()]


if __name__ == "__main__":
    print("\n".join(rows()))
