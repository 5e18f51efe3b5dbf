"""How far an order's dishes came to each station: saved here, stored there, shown, seen."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, Final, NamedTuple

from common.domain.clock import SECOND, age
from common.domain.codec import Event
from common.domain.events import LinesAdded, OrderSubmitted
from common.domain.ids import EventId
from common.domain.order import ANYWHERE, Order
from common.ui.source import Source
from foh.screens import order_words as say
from foh.screens.till import Till

IN_TIME: Final = 2 * SECOND
"""What a station has not on its disk by then is said in a colour of its own."""
AGAIN: Final = 500_000
"""µs between two questions about one order."""
_BRINGS: Final = (OrderSubmitted.__name__, LinesAdded.__name__)

Stored = dict[tuple[EventId, str], int]


class ReceiptRow(NamedTuple):
    """One station; `stage` is good, waits or amiss."""

    key: str
    text: str
    stage: str


class Receipts:
    """Asks the node who has stored an order's dishes, as long as somebody has not."""

    def __init__(self, source: Source, clock: Callable[[], int], heard: Callable[[], None]) -> None:
        self._source = source
        self._clock = clock
        self._heard = heard
        self._order: bytes | None = None
        self._stored: Stored = {}
        self._asked_at: int | None = None
        self._asking = False

    def look(self, order: Order | None) -> None:
        """Ask about an order, if something of it is not known to be stored."""
        if order is None:
            return
        if order.id != self._order:
            self._order, self._stored, self._asked_at = order.id, {}, None
        wanted = {(event.id, station) for station, event in _latest(order).items()}
        rested = self._asked_at is None or self._clock() >= self._asked_at + AGAIN
        if wanted - self._stored.keys() and rested and not self._asking:
            self._asked_at, self._asking = self._clock(), True
            self._source.ask("receipts", self._take, order=order.id.hex())

    def _take(self, told: Any) -> None:
        self._asking = False
        if told is None or self._order is None or told["order"] != self._order.hex():
            return
        stored = {
            (EventId(bytes.fromhex(origin), epoch, seq), role): at
            for origin, epoch, seq, role, at in told["stored"]
        }
        if stored != self._stored:
            self._stored = stored
            self._heard()

    def rows(self, order: Order | None, till: Till, now: int) -> list[ReceiptRow]:
        """A row for each station of the order, in the menu's order."""
        if order is None:
            return []
        latest = _latest(order)
        known = [station for station in till.source.house.stations if station in latest]
        others = [station for station in latest if station not in known]
        return [self._row(order, s, latest[s], till, now) for s in (*known, *others)]

    def _row(self, order: Order, station: str, event: Event, till: Till, now: int) -> ReceiptRow:
        tz, name = till.place.tz, till.place.name_of(station)
        stored = self._stored.get((event.id, station))
        told = next((t for t in order.shown if (t.station, t.event) == (station, event.id)), None)
        if stored is None and told is None:
            waits = age(now, event.at)
            if waits > IN_TIME:
                return ReceiptRow(station, say.not_stored(name, waits // SECOND), "amiss")
            time = say.to_the_second(event.at, tz)
            return ReceiptRow(station, say.saved(name, time), "waits")
        # What a screen has shown was on that machine's disk before.
        at = stored if stored is not None else told.shown_at if told is not None else event.at
        parts = [say.stored(name, say.to_the_second(at, tz))]
        if told is not None and told.seen_at is not None:
            parts.append(say.seen(say.to_the_second(told.seen_at, tz)))
        elif told is not None:
            parts.append(say.shown(say.to_the_second(told.shown_at, tz)))
        return ReceiptRow(station, " · ".join(parts), "good")


def _latest(order: Order) -> dict[str, Event]:
    """For each station the last event that brought it dishes."""
    return {
        station: event
        for event in order.history
        if event.kind in _BRINGS
        for station in _stations(order, event)
    }


def _stations(order: Order, event: Event) -> Iterator[str]:
    for line in order.dishes():
        if line.added_by == event.id and line.station != ANYWHERE:
            yield line.station
