"""按菜: what is to be made, by dish and wishes over all tickets, for cooks who fry by dish."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from common.ui import words
from common.ui.ages import age_of_dish
from kds.screens.lines import LineView
from kds.screens.rows import DishRow
from kds.screens.tickets import TicketView, called

_WORST = ("ok", "warn", "late")


class Batch(NamedTuple):
    """Dishes that are made alike, oldest first, with the tickets they are for."""

    key: str
    made: tuple[tuple[TicketView, LineView], ...]


def batches(tickets: Iterable[TicketView]) -> list[Batch]:
    """What is fired and not ready, the longest waiting first."""
    found: dict[str, list[tuple[TicketView, LineView]]] = {}
    for ticket in tickets:
        for line in ticket.lines:
            if line.waiting:
                wishes = [sign + text for sign, text in line.wishes if sign != "✓"]
                key = "\n".join((line.dish, *sorted(wishes), line.note))
                found.setdefault(key, []).append((ticket, line))
    made = [Batch(key, tuple(sorted(lines, key=_waiting_since))) for key, lines in found.items()]
    return sorted(made, key=lambda batch: _waiting_since(batch.made[0]))


def _waiting_since(made: tuple[TicketView, LineView]) -> tuple[int, int, str]:
    ticket, line = made
    return (line.fired_at or 0, ticket.since, line.key)


def dish_row(batch: Batch, now: int, lang: str, selected: str) -> DishRow:
    """One row of the dish view."""
    lines = [line for _, line in batch.made]
    first = lines[0]
    ages = [age_of_dish(line, now) for line in lines]
    cooking = sum(line.left for line in lines if line.stage == "cooking")
    left = sum(line.left for line in lines)
    tables = dict.fromkeys(called(ticket) for ticket, _ in batch.made)
    allergies = dict.fromkeys(ticket.allergy for ticket, _ in batch.made if ticket.allergy)
    wishes = [f"{sign} {text}".strip() for sign, text in first.wishes if sign != "✓"]
    return DishRow(
        key=batch.key,
        name=first.name,
        wishes=" · ".join((*wishes, *filter(None, (first.note,)))),
        total=words.weighed(sum(line.weight for line in lines), first.unit or None, lang),
        age=max((grade for grade, _ in ages), key=_WORST.index),
        timer=words.span(max(seconds for _, seconds in ages)),
        tables=words.listed(list(tables)),
        allergy=" · ".join(allergies),
        state_text=words.state("cooking", cooking, left) if cooking else "",
        selected=batch.key == selected,
    )


def portions(batch: Batch, count: int) -> list[tuple[TicketView, LineView, int]]:
    """Which dishes `count` portions are of, oldest first; all of them with 0."""
    wanted = count or sum(line.left for _, line in batch.made)
    chosen = []
    for ticket, line in batch.made:
        some = min(wanted, line.left)
        if some:
            chosen.append((ticket, line, some))
            wanted -= some
    return chosen
