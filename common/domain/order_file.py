"""Reading orders as doors hand them in: one JSON object each, one a line in a file.

Refused: broken JSON, no lines, a quantity or price that is none, a line without name and sku, a
value that can't be meant. Accepted and marked: unknown keys (kept), control characters (stripped),
a parent that can't be one. What the menu knows of a dish is the decider's matter.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from typing import Literal

import msgspec

from common.domain.codec import MAX_SIDE
from common.domain.commands import MAX_COMMAND, LineInput, ModifierInput, OrderInput
from common.domain.events import Fee
from common.domain.fields import (
    CONTROL_CHARACTERS,
    TEXT,
    UNKNOWN_KEYS,
    Fields,
    parse,
    refuse,
    write,
)
from common.domain.money import fixed_point
from common.domain.reasons import Refused, Rejected

CHANNELS = frozenset({"dine_in", "qr", "delivery", "takeaway", "phone", "pos"})
OPS = frozenset({"add", "remove", "choice"})
UNKNOWN_PARENT = "unknown_parent"

MAX_LINES = 2_000
MAX_MODIFIERS = 256
MAX_LISTED = 64
"""Allergies and fees on one order."""
MAX_QTY = 9_999
MAX_ORDER = MAX_COMMAND - 4 * 1024
"""Bytes of an order within its command, whose ids and actor need room too."""
MAX_RAW = 4 * MAX_COMMAND

_ORDER_OF_MARKS = (UNKNOWN_KEYS, CONTROL_CHARACTERS, UNKNOWN_PARENT)
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)
_COUNT_LIMIT = 2**53


def read_order(raw: bytes | str, currency: str, door: str = "") -> OrderInput:
    """One order from its JSON; `door` is who handed it in if it names no provider.

    Raises Refused.
    """
    if len(raw) > MAX_RAW:
        refuse("order_too_large")
    document = parse(raw)
    if not isinstance(document, dict):
        refuse("not_an_object")
    order = _order(Fields(document), currency, door)
    size = len(msgspec.msgpack.encode(order))
    if size > MAX_ORDER or len(order.side.encode()) > MAX_SIDE:
        refuse("order_too_large")
    return order


def read_order_file(
    lines: Iterable[bytes], currency: str, door: str = ""
) -> Iterator[tuple[int, OrderInput | Rejected]]:
    """Each line's order or refusal, with its number in the file from 1; blank lines are skipped."""
    taken: dict[tuple[str, str], int] = {}
    for number, raw in enumerate(lines, 1):
        if not raw.removeprefix(b"\xef\xbb\xbf").strip():
            continue
        try:
            order = read_order(raw, currency, door)
        except Refused as refused:
            yield number, refused.reason
            continue
        first = number if order.ref is None else taken.setdefault((order.door, order.ref), number)
        if first == number:
            yield number, order
        else:
            yield number, Rejected("repeated_ref", {"ref": order.ref or "", "line": first})


def _order(fields: Fields, currency: str, door: str) -> OrderInput:
    lines = _lines(fields, currency)
    provider = fields.word("provider")
    table = fields.label("table")
    order = OrderInput(
        lines=lines,
        channel=_channel(fields, provider, table),
        door=provider or door,
        ref=fields.label("ref"),
        provider=provider,
        pickup_no=fields.label("pickup_no"),
        table=table,
        covers=fields.integer("covers", 0, _COUNT_LIMIT),
        due_at=_moment(fields, "due_at"),
        note=fields.text("note", TEXT),
        allergies=fields.words("allergies", MAX_LISTED),
        priority=fields.integer("priority", -(2**31), 2**31 - 1) or 0,
        utensils=fields.integer("utensils", 0, _COUNT_LIMIT),
        fees=_fees(fields, currency),
        side=_side(fields),
    )
    marks = fields.marks.union(*(line.marks for line in lines))
    return msgspec.structs.replace(order, marks=_in_order(marks))


def _channel(fields: Fields, provider: str | None, table: str | None) -> str:
    channel = fields.text("channel")
    if not channel:
        return "delivery" if provider else "dine_in" if table else "takeaway"
    if channel not in CHANNELS:
        fields.bad("channel")
    return channel


def _moment(fields: Fields, name: str) -> int | None:
    """A time with its offset, in µs since 1970: without one nobody knows which noon is meant."""
    value = fields.take(name)
    if value is None or value == "":
        return None
    try:
        moment = datetime.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        moment = None
    if moment is None or moment.tzinfo is None:
        refuse("bad_time", key=fields.key(name))
    return (moment - _EPOCH) // _MICROSECOND


def _fees(fields: Fields, currency: str) -> tuple[Fee, ...]:
    children = fields.objects("fees", MAX_LISTED)
    fees = []
    for child in children:
        amount = child.money("amount", currency)
        if amount is None:
            refuse("bad_price", key=child.key("amount"))
        fees.append(Fee(child.text("name"), amount))
    fields.keep("fees", children)
    return tuple(fees)


def _side(fields: Fields) -> str:
    """What must not enter the log, in the order's own shape; a line's place counts from 0."""
    person = {"guest": fields.word("guest"), "phone_tail": fields.label("phone_tail")}
    side = {key: value for key, value in person.items() if value} | fields.unknown()
    return write(side) if side else ""


def _lines(fields: Fields, currency: str) -> tuple[LineInput, ...]:
    children = fields.objects("lines", MAX_LINES, own_marks=True)
    if not children:
        refuse("no_lines")
    lines = [_line(child, n, currency) for n, child in enumerate(children, 1)]
    fields.keep("lines", children)
    parents = _parents(lines)
    return tuple(map(_marked, lines, parents, (child.marks for child in children)))


def _marked(line: LineInput, parent: str | None, marks: set[str]) -> LineInput:
    if parent != line.parent:
        marks = marks | {UNKNOWN_PARENT}
    return msgspec.structs.replace(line, parent=parent, marks=_in_order(marks))


def _line(fields: Fields, number: int, currency: str) -> LineInput:
    zh, en = fields.names()
    sku = fields.label("sku")
    if not (zh or en or sku):
        refuse("no_name", line=number)
    return LineInput(
        zh=zh,
        en=en,
        sku=sku,
        qty=_quantity(fields.take("qty"), number),
        unit=fields.word("unit"),
        price=fields.money("unit_price", currency),
        course=fields.integer("course", 0, 99),
        seat=fields.label("seat"),
        note=fields.text("note", TEXT),
        parent=fields.label("parent"),
        modifiers=_modifiers(fields, currency),
        ref=fields.label("id"),
        fire=_fire(fields),
    )


def _fire(fields: Fields) -> Literal["now", "hold"]:
    said = fields.text("fire")
    if said not in ("", "now", "hold"):
        fields.bad("fire")
    return "hold" if said == "hold" else "now"


def _quantity(value: object, line: int) -> int:
    qty = fixed_point(value, 3)
    if qty is None or not 0 < qty <= MAX_QTY * 1000:
        refuse("bad_quantity", line=line)
    return qty


def _modifiers(fields: Fields, currency: str) -> tuple[ModifierInput, ...]:
    children = fields.objects("modifiers", MAX_MODIFIERS)
    modifiers = tuple(_modifier(child, currency) for child in children)
    fields.keep("modifiers", children)
    return modifiers


def _modifier(fields: Fields, currency: str) -> ModifierInput:
    op = fields.text("op")
    if op not in OPS:
        fields.bad("op")
    zh, en = fields.names()
    sku = fields.label("sku")
    if not (zh or en or sku):
        fields.bad("name")
    qty = fields.integer("qty", 0, MAX_QTY)
    price = fields.money("price", currency) or 0
    return ModifierInput(op, zh, en, sku, 1 if qty is None else qty, price)


def _parents(lines: Sequence[LineInput]) -> list[str | None]:
    """Each line's parent if it can be one: a single other line that is no part of a third."""
    times = Counter(line.ref for line in lines)

    def exists(line: LineInput) -> bool:
        return line.parent is not None and line.parent != line.ref and times[line.parent] == 1

    parts = {line.ref for line in lines if exists(line)}
    return [line.parent if exists(line) and line.parent not in parts else None for line in lines]


def _in_order(marks: set[str]) -> tuple[str, ...]:
    return tuple(mark for mark in _ORDER_OF_MARKS if mark in marks)
