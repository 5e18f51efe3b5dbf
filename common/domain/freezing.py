"""From what was ordered to what enters the log: names, prices, stations and thresholds, frozen.

Nothing here is looked up again later: an order taken under last week's menu stays as it was.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from msgspec.structs import replace

from common.domain.commands import LineInput, ModifierInput, OrderInput
from common.domain.events import DishDefined, LineRecord, Modifier
from common.domain.house import House
from common.domain.timing import thresholds

UNKNOWN_DISH = "unknown_dish"
NO_STATION = "no_station"

_TABLE_PREFIX = {"dine_in": "A", "qr": "A", "takeaway": "P", "phone": "P"}


def number_prefix(order: OrderInput) -> str:
    """The letter before an order's number; none when the platform's own number is shown."""
    if order.channel == "delivery":
        return "" if order.pickup_no else "D"
    if order.channel == "pos":
        return "A" if order.table else "P"
    return _TABLE_PREFIX.get(order.channel, "P")


def freeze_modifier(wish: ModifierInput) -> Modifier:
    """A wish with both names; a missing one falls back to the other."""
    return Modifier(wish.op, wish.zh or wish.en, wish.en or wish.zh, wish.sku, wish.qty, wish.price)


def freeze_lines(lines: Sequence[LineInput], house: House, channel: str) -> tuple[LineRecord, ...]:
    """The records of one command's lines, combos tied to their dishes by index."""
    places = {line.ref: nth for nth, line in enumerate(lines) if line.ref is not None}
    named = [_parent_of(line, nth, places) for nth, line in enumerate(lines)]
    # A combo holds dishes, not combos: a parent that has one itself does not count.
    parents = [None if nth is None or named[nth] is not None else nth for nth in named]
    combos = {parent for parent in parents if parent is not None}
    return tuple(
        _freeze(_waiting(line, parents[nth], lines), house, channel, parents[nth], nth in combos)
        for nth, line in enumerate(lines)
    )


def _waiting(line: LineInput, parent: int | None, lines: Sequence[LineInput]) -> LineInput:
    """A combo on hold stands for its dishes."""
    if parent is None or lines[parent].fire == "now":
        return line
    return replace(line, fire="hold")


def _parent_of(line: LineInput, nth: int, places: dict[str, int]) -> int | None:
    parent = places.get(line.parent) if line.parent is not None else None
    return None if parent == nth else parent


def _freeze(
    line: LineInput, house: House, channel: str, parent: int | None, combo: bool
) -> LineRecord:
    dish = house.menu.find(line.sku, line.zh, line.en)
    zh, en = _names(line, dish)
    station = _station(dish, house)
    warn_s, late_s = thresholds(channel)
    return LineRecord(
        zh=zh,
        en=en,
        qty=line.qty,
        price=line.price if line.price is not None else (dish.price if dish else 0),
        sku=dish.sku if dish else line.sku,
        unit=line.unit or (dish.unit if dish else None),
        station=None if combo else station,
        course=line.course if line.course is not None else (dish.course if dish else 1),
        prep_s=dish.prep_s if dish else 0,
        warn_s=warn_s,
        late_s=late_s,
        seat=line.seat,
        note=line.note,
        modifiers=tuple(map(freeze_modifier, line.modifiers)),
        parent=parent,
        combo=combo,
        fire=line.fire,
        menu=house.active.version if dish and house.active else None,
        category=dish.category if dish else None,
        said=_said(line, zh, en),
        ref=line.ref,
        marks=_marks(line.marks, dish, station, combo),
    )


def _names(line: LineInput, dish: DishDefined | None) -> tuple[str, str]:
    if dish is not None:
        return dish.zh or dish.en, dish.en or dish.zh
    zh, en = line.zh or line.en, line.en or line.zh
    return zh or line.sku or "?", en or line.sku or "?"


def _said(line: LineInput, zh: str, en: str) -> str:
    said = line.zh or line.en
    return "" if said in (zh, en) else said


def _station(dish: DishDefined | None, house: House) -> str | None:
    station = dish.station if dish else None
    return station if station in house.stations else None


def _marks(
    known: Iterable[str], dish: DishDefined | None, station: str | None, combo: bool
) -> tuple[str, ...]:
    marks = list(known)
    if dish is None:
        marks.append(UNKNOWN_DISH)
    elif station is None and not combo:
        marks.append(NO_STATION)
    return tuple(marks)
