"""The tiles of the tables' page: what each table says at a glance, in words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from typing import Final, NamedTuple

from PySide6.QtCore import QCoreApplication

from common.domain.clock import SECOND, age
from common.domain.events import Table
from common.ui import words
from common.ui.places import Place
from foh.screens.floor import Floor
from foh.screens.money import amount
from foh.screens.sittings import Dish, Sitting

translate = QCoreApplication.translate

JUST: Final = 60 * SECOND
"""An order that is no older was just taken."""
UNHEARD: Final = 30 * SECOND
"""After so long a station should have shown what it was sent."""
MOST_SEGMENTS: Final = 6
STAGES: Final = ("served", "ready", "cooking", "todo", "held", "voided")


class SegmentRow(NamedTuple):
    """How far a dish is, or how many are so far where a tile has no room for each."""

    key: str
    stage: str
    text: str


class TileRow(NamedTuple):
    """A table. `age`: ok, warn or late; nothing where it is free."""

    key: str
    title: str
    age: str = ""
    timer: str = ""
    segments: tuple[SegmentRow, ...] = ()
    ready: str = ""
    allergy: str = ""
    alarm: str = ""
    note: str = ""
    free: bool = False
    selected: bool = False


class SectionRow(NamedTuple):
    """Tiles that belong together."""

    key: str
    title: str
    tiles: tuple[TileRow, ...]


def mark(stage: str) -> str:
    """A dish's state in one sign."""
    match stage:
        case "served":
            return translate("Tables", "↑", "served")
        case "ready":
            return "✓"
        case "cooking":
            return "◐"
        case "held":
            return "‖"
        case "voided":
            return translate("Tables", "×", "void")
        case _:
            return translate("Tables", "·", "to do")


def stage_words(stage: str) -> str:
    """A dish's state in a word."""
    match stage:
        case "served":
            return translate("Tables", "Served")
        case "ready":
            return translate("Tables", "To serve")
        case "cooking":
            return translate("Tables", "Cooking")
        case "held":
            return translate("Tables", "On hold")
        case "voided":
            return translate("Tables", "Void")
        case _:
            return translate("Tables", "To do")


def tile(sitting: Sitting, place: Place, now: int) -> TileRow:
    """A table with guests, or an order that somebody fetches, at a mesh time."""
    timer = sitting.timer(now)
    return TileRow(
        key=sitting.key,
        title=called(sitting),
        age=timer.age if timer.age in ("warn", "late") else "ok",
        timer=timer.text,
        segments=tuple(_segments(sitting.dishes)),
        ready=_can_be_served(sitting),
        allergy=words.allergies(sitting.allergies) if sitting.allergies else "",
        alarm=_unheard(sitting, place, now),
        note=_note(sitting, place, now),
    )


def called(sitting: Sitting) -> str:
    """What people call it by: whoever fetches has only a number."""
    if sitting.table or sitting.title != words.pickup():
        return sitting.title
    return f"{sitting.title} {sitting.number}"


def free_tile(table: Table, place: Place) -> TileRow:
    """A table without guests."""
    seats = translate("Tables", "Free · {count} seats").format(count=table.seats)
    return TileRow(
        key=f"t:{table.id}", title=words.pick(table.zh, table.en, place.lang), note=seats, free=True
    )


def kept(section: SectionRow, tiles: dict[str, TileRow]) -> SectionRow:
    """A section whose tiles stay where they are; what is gone stays as it was."""
    return section._replace(tiles=tuple(tiles.get(old.key) or old for old in section.tiles))


def selected(section: SectionRow, key: str) -> SectionRow:
    """A section with the tile marked that the keys are at."""
    marked = (tile._replace(selected=tile.key == key) for tile in section.tiles)
    return section._replace(tiles=tuple(marked))


def by_age(
    sat: Sequence[Sitting], floor: Floor, place: Place, tiles: dict[str, TileRow]
) -> list[SectionRow]:
    """What waits longest first, what only has to be paid last; then who fetches, then the free."""
    ordered = sorted(sat, key=lambda sitting: (sitting.served, sitting.waiting_since))
    tables = tuple(tiles[sitting.key] for sitting in ordered if sitting.table)
    free = tuple(free_tile(table, place) for table in floor.tables if f"t:{table.id}" not in tiles)
    title = translate("Tables", "Free tables")
    away = _away(ordered, tiles)
    return _sections([SectionRow("tables", "", tables), away, SectionRow("free", title, free)])


def by_area(
    sat: Sequence[Sitting], floor: Floor, place: Place, tiles: dict[str, TileRow]
) -> list[SectionRow]:
    """As the tables stand."""
    sections = []
    placed: set[str] = set()
    for area in floor.areas:
        here = [table for table in floor.tables if table.area == area.id]
        placed.update(f"t:{table.id}" for table in here)
        rows = tuple(tiles.get(f"t:{table.id}") or free_tile(table, place) for table in here)
        sections.append(SectionRow(area.id, words.pick(area.zh, area.en, place.lang), rows))
    ordered = sorted(sat, key=lambda sitting: sitting.since)
    others = tuple(tiles[s.key] for s in ordered if s.table and s.key not in placed)
    title = translate("Tables", "Other tables") if floor.areas else ""
    return _sections([*sections, SectionRow("others", title, others), _away(ordered, tiles)])


def _away(ordered: Sequence[Sitting], tiles: dict[str, TileRow]) -> SectionRow:
    rows = tuple(tiles[sitting.key] for sitting in ordered if not sitting.table)
    return SectionRow("away", translate("Tables", "Takeaway and delivery"), rows)


def _sections(sections: Sequence[SectionRow]) -> list[SectionRow]:
    return [section for section in sections if section.tiles]


def _segments(dishes: Sequence[Dish]) -> list[SegmentRow]:
    if len(dishes) <= MOST_SEGMENTS:
        ordered = sorted(dishes, key=lambda dish: STAGES.index(dish.stage))
        return [SegmentRow(dish.key, dish.stage, mark(dish.stage)) for dish in ordered]
    counts = Counter(dish.stage for dish in dishes)
    return [
        SegmentRow(stage, stage, f"{mark(stage)} {counts[stage]}")
        for stage in STAGES
        if counts[stage]
    ]


def _can_be_served(sitting: Sitting) -> str:
    ready = sitting.ready
    if not ready:
        return ""
    if all(dish.stage in ("ready", "served", "voided") for dish in sitting.dishes):
        return translate("Tables", "All to be served")
    if len(ready) > 2:
        text = translate("Tables", "{dish} and {count} more to be served")
        return text.format(dish=ready[0].name, count=len(ready) - 1, total=len(ready))
    text = translate("Tables", "{dishes}: to be served")
    return text.format(dishes=words.listed([dish.name for dish in ready]))


def _note(sitting: Sitting, place: Place, now: int) -> str:
    said = []
    if sitting.rushes:
        said.append(words.rushed(sitting.rushes))
    if sitting.served and sitting.due > 0:
        text = translate("Tables", "To pay {amount}")
        said.append(text.format(amount=amount(sitting.due, sitting.currency)))
    elif age(now, sitting.since) < JUST and all(dish.stage == "todo" for dish in sitting.dishes):
        have = _named(sitting.told, place)
        if have:
            text = translate("Tables", "Just ordered, {stations} received")
            said.append(text.format(stations=words.listed(have)))
        else:
            said.append(translate("Tables", "Just ordered, on its way to the kitchen"))
    return " · ".join(said)


def _unheard(sitting: Sitting, place: Place, now: int) -> str:
    late = _named(sitting.untold(now - UNHEARD), place)
    if not late:
        return ""
    text = translate("Tables", "{stations}: not received")
    return text.format(stations=words.listed(late))


def _named(stations: Collection[str], place: Place) -> list[str]:
    """Stations by their names, in the menu's order."""
    known = [station for station in place.stations if station in stations]
    others = [station for station in stations if station not in place.stations]
    return [place.name_of(station) for station in (*known, *others)]
