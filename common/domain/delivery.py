"""How far an order came to its stations: what they were sent, what was shown and seen there.

Being told moves nothing else of an order, and of several tellings the earliest time is kept. So
these facts may come in any sequence, and a late one does not fold the order again.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from common.domain import events as ev
from common.domain.codec import BadBytes, Event
from common.domain.ids import EventId

NEWS = frozenset(
    kind.__name__
    for kind in (
        ev.OrderSubmitted,
        ev.LinesAdded,
        ev.LineChanged,
        ev.LinesVoided,
        ev.LinesRecalled,
        ev.OrderRushed,
        ev.LinesHeld,
        ev.LinesFired,
    )
)
"""What changes a ticket under the eyes of those it is addressed to."""
TELLINGS = frozenset(kind.__name__ for kind in (ev.TicketShown, ev.TicketSeen))
"""What says that news arrived."""

Times = dict[EventId, int]


class Shown(NamedTuple):
    """An event that a station showed, perhaps to somebody; times are mesh µs."""

    station: str
    event: EventId
    shown_at: int
    seen_at: int | None


class Delivery:
    """One order's news by station, and since when they are shown and seen."""

    __slots__ = ("_news", "_seen", "_shown")

    def __init__(self) -> None:
        self._news: dict[str, list[Event]] = {}
        self._shown: dict[str, Times] = {}
        self._seen: dict[str, Times] = {}

    def send(self, event: Event) -> None:
        """Note news for whom they are addressed to; they come in the order of events."""
        for role in event.to:
            self._news.setdefault(role, []).append(event)

    def tell(self, event: Event) -> None:
        """Note what a station said to have shown or seen; what was seen was shown."""
        try:
            payload = ev.decode_payload(event)
        except BadBytes:
            return
        if isinstance(payload, ev.TicketShown | ev.TicketSeen):
            _keep_earliest(self._shown, payload.station, payload.events, event.at)
        if isinstance(payload, ev.TicketSeen):
            _keep_earliest(self._seen, payload.station, payload.events, event.at)

    def unshown(self, station: str) -> list[Event]:
        """The news for a station that its screen has not shown, in the order of events."""
        return self._without(self._shown, station)

    def unseen(self, station: str) -> list[Event]:
        """The news for a station that nobody there has acknowledged, in the order of events.

        What the station itself asked for, as its screen's commands say by their actor, is no news
        to the people there.
        """
        news = self._without(self._seen, station)
        return [event for event in news if event.actor != station]

    def _without(self, told: dict[str, Times], station: str) -> list[Event]:
        news = self._news.get(station, ())
        known = told.get(station, {})
        return [event for event in news if event.id not in known]

    @property
    def sent(self) -> Mapping[str, Sequence[Event]]:
        """The news for each role, in the order of events."""
        return self._news

    @property
    def shown_at(self) -> Mapping[str, Mapping[EventId, int]]:
        """Since when each station shows what."""
        return self._shown

    @property
    def seen_at(self) -> Mapping[str, Mapping[EventId, int]]:
        """When somebody at each station acknowledged what."""
        return self._seen

    def shown(self) -> Iterator[Shown]:
        """What was shown or seen, by station and event: the same in whatever sequence it came."""
        for station, times in sorted(self._shown.items()):
            seen = self._seen.get(station, {})
            for event, at in sorted(times.items()):
                yield Shown(station, event, at, seen.get(event))


def _keep_earliest(
    told: dict[str, Times], station: str, events: tuple[EventId, ...], at: int
) -> None:
    times = told.setdefault(station, {})
    for event in events:
        times[event] = min(at, times.get(event, at))
