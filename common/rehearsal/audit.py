"""The judgement: what was accepted, against what every node's files hold.

`tests/verify_rehearsal.py` works the same counts out again with nothing of ours.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Sequence
from typing import NamedTuple

from common.domain.commands import AddLines, BumpTicket, MarkReady, SubmitOrder
from common.domain.events import (
    LinesAdded,
    LinesStarted,
    OrderSubmitted,
    TicketSeen,
    TicketShown,
)
from common.rehearsal.evidence import (
    FOUNDING,
    EventPlace,
    EventRow,
    Mirror,
    Sent,
    TicketPlace,
    Told,
)
from common.rehearsal.scenario import Script

_MAKES_LINES = (OrderSubmitted.__name__, LinesAdded.__name__)
_BY_ITSELF = (TicketShown.__name__, TicketSeen.__name__, LinesStarted.__name__)
"""What a screen does by itself: it says what it showed, and starts the first tickets."""


class Counts(NamedTuple):
    """What a rehearsal is judged by."""

    orders: int
    lines: int
    stored: int
    served: int
    lost: int
    unexpected: int
    duplicates: int
    mirrors_equal: bool
    tickets: int
    shown: int


class Audit:
    """One rehearsal's files, examined; `screens` are the stations with one, `onlookers` others."""

    def __init__(
        self,
        mirrors: Sequence[Mirror],
        told: Told,
        scripts: Sequence[Script],
        screens: Collection[str] = (),
        onlookers: Collection[str] = (),
    ) -> None:
        self._mirrors = mirrors
        self._screens = screens
        self._telling = frozenset((*screens, *onlookers))
        self._told = told
        by_line = {script.line: script for script in scripts}
        self._submitted = [sent for sent in told.accepted(SubmitOrder.__name__) if sent.line]
        self._scripts = [by_line[sent.line] for sent in self._submitted]
        self._by_origin = {mirror.origin: mirror for mirror in mirrors}
        self._events: dict[tuple[str, int, int], EventRow] = {}
        for mirror in mirrors:
            self._events |= mirror.events
        self._lines = self._expected_lines()
        self._made: dict[str, set[EventPlace]] = defaultdict(set)
        for place, row in self._events.items():
            if row.kind in _MAKES_LINES:
                self._made[row.cmd_id].add(place)

    def counts(self) -> Counts:
        """Every count of the report."""
        tickets = self._tickets()
        return Counts(
            orders=len(self._submitted),
            lines=sum(script.lines for script in self._scripts),
            stored=sum(self._stored_at(sent) is not None for sent in self._submitted),
            served=sum(self._is_served(sent.order_id) for sent in self._submitted),
            lost=sum(self._is_lost(cmd_id) for cmd_id in self._told.done),
            unexpected=len(self._unexpected()),
            duplicates=len(self._duplicates()),
            mirrors_equal=self._mirrors_equal(),
            tickets=len(tickets),
            shown=sum(map(self._is_shown, tickets)),
        )

    # -- what the screens showed

    def _tickets(self) -> list[TicketPlace]:
        """Those of the stations that have a screen."""
        places = self._mirrors[0].tickets
        return [place for place in places if place.station in self._screens]

    def _is_shown(self, place: TicketPlace) -> bool:
        """Whether its screen told every node of all the events that put its dishes on it."""
        return all(
            self._made[cmd_id] <= mirror.deliveries[place.station]
            for mirror in self._mirrors
            for cmd_id in mirror.tickets.get(place, ())
        )

    def _by_a_screen(self, row: EventRow) -> bool:
        """Whether a screen did it without anybody's touch."""
        return row.actor in self._telling and row.kind in _BY_ITSELF

    # -- the nodes that a command was for

    def _addressed(self, cmd_id: str) -> list[Mirror]:
        """Where its events have to be: at their origin and at the holders of their roles."""
        roles: set[str] = set()
        origins: set[str] = set()
        for place in self._told.done[cmd_id]:
            origins.add(place[0])
            row = self._events.get(place)
            roles |= row.roles if row else frozenset()
        return [each for each in self._mirrors if each.origin in origins or roles & each.roles]

    def _expected_lines(self) -> dict[str, set[str]]:
        """The line ids that each accepted submission and addition made."""
        scripts = {script.submit.cmd_id.hex(): script for script in self._scripts}
        lengths = {cmd_id: script.lines for cmd_id, script in scripts.items()}
        for script in self._scripts:
            if script.add is not None:
                lengths[script.add.cmd_id.hex()] = len(script.add.lines)
        return {
            cmd_id: {f"{cmd_id}:{nth}" for nth in range(length)}
            for cmd_id, length in lengths.items()
            if cmd_id in self._told.done
        }

    def _is_lost(self, cmd_id: str) -> bool:
        places = self._told.done[cmd_id]
        if not places or any(place not in self._events for place in places):
            return True
        order_id = self._told.sent[cmd_id].order_id
        lines = self._lines.get(cmd_id, set())
        for mirror in self._addressed(cmd_id):
            if any(place not in mirror.events for place in places):
                return True
            if order_id and order_id not in mirror.orders:
                return True
            if not lines <= mirror.lines.get(order_id, set()):
                return True
        return False

    def _stored_at(self, sent: Sent) -> int | None:
        """When the last addressed node had the order; None if one of them never did."""
        last = self._told.done[sent.cmd_id][-1]
        origin = self._by_origin.get(last[0])
        if origin is None or last not in origin.events:
            return None
        times = []
        for mirror in self._addressed(sent.cmd_id):
            if mirror is origin:
                continue
            at = origin.receipts.stored_at(mirror.origin, last)
            if at is None or last not in mirror.events:
                return None
            times.append(at)
        return max(times, default=origin.events[last].stored_at)

    def _is_served(self, order_id: str) -> bool:
        for mirror in self._mirrors:
            states = mirror.portions.get(order_id, {})
            if not states.get("served") or set(states) - {"served", "void"}:
                return False
        return True

    # -- what should not be

    def _unexpected(self) -> set[tuple[str, str]]:
        done = self._told.done.keys() | (self._told.sent.keys() - self._told.declined.keys())
        orders = {sent.order_id for sent in self._told.accepted(SubmitOrder.__name__)}
        adds = (SubmitOrder.__name__, AddLines.__name__)
        makers = {sent.cmd_id for name in adds for sent in self._told.accepted(name)}
        found: set[tuple[str, str]] = set()
        for mirror in self._mirrors:
            found |= {
                ("event", row.cmd_id)
                for row in mirror.events.values()
                if row.cmd_id not in done
                and row.kind not in FOUNDING
                and not self._by_a_screen(row)
            }
            found |= {("order", each) for each in mirror.orders if each not in orders}
            for lines in mirror.lines.values():
                found |= {("line", each) for each in lines if each.split(":")[0] not in makers}
        return found

    def _duplicates(self) -> set[tuple[object, ...]]:
        found: set[tuple[object, ...]] = set()
        places: dict[str, set[tuple[str, int, int]]] = defaultdict(set)
        for row in self._events.values():
            places[row.cmd_id].add(row.place)
        for cmd_id, made in self._told.done.items():
            if places[cmd_id] - set(made):
                found.add(("command", cmd_id))
        for mirror in self._mirrors:
            rows = mirror.orders.items()
            found |= {("order", each) for each, row in rows if row.duplicate_of is not None}
            numbers = Counter(row.own_number for _, row in rows if row.own_number is not None)
            found |= {("number", *number) for number, times in numbers.items() if times > 1}
        return found

    def _mirrors_equal(self) -> bool:
        first = self._mirrors[0]
        events, hashes = first.event_set(), first.hashes()
        return all(
            each.caught_up and each.event_set() == events and each.hashes() == hashes
            for each in self._mirrors
        )

    # -- how long it took

    def stored_us(self) -> list[int]:
        """For each order stored everywhere: from its client to its last addressed commit."""
        times = ((sent.t0, self._stored_at(sent)) for sent in self._submitted)
        return [at - t0 for t0, at in times if at is not None]

    def round_trip_us(self) -> list[int]:
        """For each "ready" of a station: from its client to the counter's client."""
        names = (MarkReady.__name__, BumpTicket.__name__)
        accepted = (sent for name in names for sent in self._told.accepted(name))
        known = self._told.known
        return [known[sent.cmd_id] - sent.t0 for sent in accepted if sent.cmd_id in known]


def percentile(values: Iterable[float], share: float) -> float | None:
    """The nearest rank; None of nothing."""
    ranked = sorted(values)
    if not ranked:
        return None
    rank = -(-int(share * 1000) * len(ranked) // 1000)
    return ranked[max(rank, 1) - 1]
