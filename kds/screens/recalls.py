"""The tickets that were bumped here and can come back; and how long tickets took."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final, NamedTuple

from common.domain.clock import SECOND, age
from common.domain.house import House
from common.domain.order import Order, Ticket
from common.domain.portions import State
from common.ui import words
from common.ui.places import Place
from kds.screens import sayings
from kds.screens.rows import RecallRow

MOST: Final = 50
HOUR: Final = 3600 * SECOND


class Bumped(NamedTuple):
    """A ticket that was bumped."""

    order_id: bytes
    station: str
    batch: int
    at: int
    took: int
    """µs from the first firing to the bump."""
    recallable: bool

    @property
    def key(self) -> str:
        """The ticket's key, as when it was open."""
        return f"{self.order_id.hex()}/{self.station}/{self.batch}"


def bumped_tickets(order: Order, stations: Iterable[str]) -> list[Bumped]:
    """The order's bumped tickets at these stations."""
    return [
        _bumped(order, ticket, ticket.bumped_at)
        for ticket in order.tickets.values()
        if ticket.station in stations and ticket.bumped_at is not None
    ]


def _bumped(order: Order, ticket: Ticket, at: int) -> Bumped:
    lines = order.ticket_lines(ticket.station, ticket.batch)
    fired = [
        portion.fired for line in lines for portion in line.portions if portion.fired is not None
    ]
    took = age(at, min(fired, default=ticket.opened_at))
    ready = any(line.indexes(State.READY) for line in lines)
    return Bumped(order.id, ticket.station, ticket.batch, at, took, ready)


def average(bumped: Iterable[Bumped], now: int) -> str:
    """What the tickets of the last hour took; empty if there was none."""
    took = [one.took for one in bumped if now - HOUR < one.at]
    return words.span(sum(took) // len(took) // SECOND) if took else ""


def latest(bumped: Iterable[Bumped]) -> list[Bumped]:
    """Those that can come back, the last bumped first."""
    able = [one for one in bumped if one.recallable]
    return sorted(able, key=lambda one: (one.at, one.key), reverse=True)[:MOST]


def recall_row(one: Bumped, order: Order, house: House, place: Place, now: int) -> RecallRow:
    """The ticket in the recall list."""
    assert order.head is not None
    title, number = place.title_of(order.head, house.number(order.id))
    # The pass's ticket is the whole order.
    lines = order.ticket_lines(one.station, one.batch) if one.batch else order.dishes()
    names = [words.pick(line.record.zh, line.record.en, place.lang) for line in lines]
    return RecallRow(
        key=one.key,
        slot=0,
        title=title,
        number=number,
        bumped_text=sayings.bumped(one.at, place.tz, age(now, one.at) // (60 * SECOND)),
        dishes=words.listed(names),
    )
