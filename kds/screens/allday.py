"""How many of each dish are still to be made, over all open tickets."""

from __future__ import annotations

from collections.abc import Iterable

from common.ui import words
from kds.screens import sayings
from kds.screens.metrics import Measure, Metrics
from kds.screens.rows import AllDayRow
from kds.screens.tickets import TicketView


def all_day(tickets: Iterable[TicketView], marked: str, lang: str) -> list[AllDayRow]:
    """The dishes that are fired, most first; the same dish by weight is counted by its unit."""
    totals: dict[str, int] = {}
    said: dict[str, tuple[str, str]] = {}
    for ticket in tickets:
        for line in ticket.lines:
            if line.waiting:
                said.setdefault(line.dish, (line.name, line.unit))
                totals[line.dish] = totals.get(line.dish, 0) + line.weight
    ordered = sorted(totals, key=lambda dish: -totals[dish])
    return [
        AllDayRow(
            key=dish,
            name=said[dish][0],
            total=words.weighed(totals[dish], said[dish][1] or None, lang),
            marked=dish == marked,
        )
        for dish in ordered
    ]


def fitting(
    rows: list[AllDayRow], room: int, measure: Measure, metrics: Metrics
) -> tuple[list[AllDayRow], int]:
    """The rows whose chips have room beside each other, and how many more the last chip tells.

    That is none, too, where there is no room even for that.
    """
    widths = [
        measure.width(row.name, "chip")
        + measure.width(row.total, "total")
        + 2 * metrics.pad
        + metrics.gap
        for row in rows
    ]
    shown = _count(widths, room, metrics.gap)
    if shown < len(rows):
        more = measure.width(sayings.more_dishes(len(rows)), "chip") + 2 * metrics.pad
        if more > room:
            return [], 0
        shown = _count(widths, room - more - metrics.gap, metrics.gap)
    chips = [row._replace(width=width) for row, width in zip(rows[:shown], widths, strict=False)]
    return chips, len(rows) - shown


def _count(widths: list[int], room: int, gap: int) -> int:
    shown = 0
    for width in widths:
        room -= width + gap
        if room + gap < 0:
            break
        shown += 1
    return shown
