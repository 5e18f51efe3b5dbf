"""One order, folded from its events: lines with their portions, tickets, rushes, what was told.

The fold reads the order's own events and nothing else, in the total order of events, so that the
same set gives the same order on every screen. An event that comes late (a peer was away) makes
the order fold again from its history; other orders are not touched.
"""

from __future__ import annotations

import hashlib
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import chain
from typing import Any

import msgspec

from common.domain import events as ev
from common.domain.bill import AT_COUNTER, Payment, bounded, total_of
from common.domain.codec import BadBytes, Event
from common.domain.delivery import NEWS, TELLINGS, Delivery, Shown
from common.domain.ids import Chain, EventId, LineId
from common.domain.line import ANYWHERE, Line, Notice
from common.domain.portions import Move, State, What, crossed

__all__ = ["ANYWHERE", "FOLD_VERSION", "Line", "Notice", "Order", "Ticket", "fold_order"]

FOLD_VERSION = 4
"""Hashes of folds are compared only between nodes that say the same number.

2: what was shown and seen is part of the fold; version 1 kept those events unread.
3: so is what was held and fired, and that a dish was begun while it was on hold is told.
4: so is what an order costs and what was paid for it.
"""


class Ticket:
    """What one station cooks together for an order; `batch` counts from 1."""

    __slots__ = ("batch", "bumped", "bumped_at", "opened_at", "recalled_at", "station", "went_on")

    def __init__(self, station: str, batch: int, opened_at: int) -> None:
        self.station = station
        self.batch = batch
        self.opened_at = opened_at
        self.bumped: EventId | None = None
        self.bumped_at: int | None = None
        self.recalled_at: int | None = None
        self.went_on: list[Line] = []
        """What was not made when it was bumped, and stands on a later ticket since."""

    @property
    def open(self) -> bool:
        """Whether it still stands on the station's screen."""
        return self.bumped is None


class Order:
    """An order as its events tell it; `head` is None until its submission has arrived."""

    def __init__(self, order_id: bytes) -> None:
        self.id = order_id
        self.history: list[Event] = []
        self._reset()

    def _reset(self) -> None:
        self.head: ev.OrderSubmitted | None = None
        self.submitted: Event | None = None
        self.lines: dict[LineId, Line] = {}
        self.tickets: dict[tuple[str, int], Ticket] = {}
        self.rushes: list[tuple[int, tuple[LineId, ...]]] = []
        self.payments: list[Payment] = []
        self._told: dict[tuple[What, LineId, EventId], Notice] = {}
        self._owners: dict[bytes, Chain | None] = {}
        self._batches: dict[str, int] = {}
        self._children: dict[LineId, list[Line]] = {}
        self._delivery = Delivery()

    # -- taking events in

    def apply(self, event: Event) -> bool:
        """Take one event in, whenever it comes; False if it was there already."""
        history = self.history
        if not history or event.key > history[-1].key:
            history.append(event)
            self._fold(event)
            return True
        place = bisect_left(history, event.key, key=lambda known: known.key)
        if place < len(history) and history[place].key == event.key:
            return False
        history.insert(place, event)
        if event.kind in TELLINGS:
            self._delivery.tell(event)  # the same whenever it comes
            return True
        self._reset()
        for known in history:
            self._fold(known)
        return True

    def _fold(self, event: Event) -> None:
        if event.kind in TELLINGS:
            self._delivery.tell(event)
            return
        if event.kind in NEWS:
            self._delivery.send(event)
        owner = self._owners.setdefault(event.cmd_id, event.id.chain)
        if owner != event.id.chain:
            return  # two nodes decided the same command: the first in order stands
        try:
            payload = ev.decode_payload(event)
        except BadBytes:
            return  # kept and relayed; nothing that can be read happened
        handler = _HANDLERS.get(type(payload))
        if handler is None:
            return
        if self.head is None and not isinstance(payload, ev.OrderSubmitted):
            return  # the submission is still on its way; its arrival folds all again
        handler(self, event, payload)

    def _submitted(self, event: Event, payload: ev.OrderSubmitted) -> None:
        if self.head is not None:
            self._owners[event.cmd_id] = None  # taken in twice: nor do its further lines count
            return
        self.head, self.submitted = payload, event
        self._add(event, 0, payload.lines)

    def _lines_added(self, event: Event, payload: ev.LinesAdded) -> None:
        self._add(event, payload.first, payload.lines)

    def _add(self, event: Event, first: int, records: tuple[ev.LineRecord, ...]) -> None:
        for nth, record in enumerate(records, first):
            line_id = LineId(event.cmd_id, nth)
            if line_id in self.lines:
                continue
            line = self.lines[line_id] = Line(line_id, record, event, len(self.lines))
            if line.parent is not None:
                self._children.setdefault(line.parent, []).append(line)
            if record.combo:
                line.children = self._children.setdefault(line_id, [])
            else:
                line.batch = self._open_ticket(line.station, event.at).batch

    def _open_ticket(self, station: str, at: int) -> Ticket:
        """The station's latest open ticket, a new one where none is open."""
        for batch in range(self._batches.get(station, 0), 0, -1):
            ticket = self.tickets[station, batch]
            if ticket.open:
                return ticket
        return self._new_ticket(station, at)

    def _new_ticket(self, station: str, at: int) -> Ticket:
        batch = self._batches[station] = self._batches.get(station, 0) + 1
        ticket = self.tickets[station, batch] = Ticket(station, batch, at)
        return ticket

    def _changed(self, event: Event, payload: ev.LineChanged) -> None:
        line = self.lines.get(payload.line)
        if line is None:
            return
        if payload.seen < len(line.changes):
            self._tell(What.CHANGED_OVER, line, event.id, event)
        if line.indexes(State.READY, State.SERVED):
            self._tell(What.CHANGE_TOO_LATE, line, event.id, event)
        line.changes.append(event.id)
        if payload.note is not None:
            line.note = payload.note
        if payload.modifiers is not None:
            line.modifiers = payload.modifiers

    def _started(self, event: Event, payload: ev.LinesStarted) -> None:
        for line, pick in self._picked(payload.picks):
            self._claim(line, payload.station, None, event)
            self._move(Move.START, line, pick, event)

    def _ready(self, event: Event, payload: ev.LinesReady) -> None:
        for line, pick in self._picked(payload.picks):
            self._claim(line, payload.station, None, event)
            self._move(Move.READY, line, pick, event)

    def _bumped(self, event: Event, payload: ev.TicketBumped) -> None:
        picked = list(self._picked(payload.picks))
        ticket = self.tickets.get((payload.station, payload.batch))
        if ticket is None and any(line.station == ANYWHERE for line, _ in picked):
            # Dishes that no station had claimed, done at once: a ticket that opens and closes here.
            ticket = self._new_ticket(payload.station, event.at)
        for line, pick in picked:
            self._claim(line, payload.station, ticket, event)
            self._move(Move.READY, line, pick, event)
        if ticket is None:
            return
        if ticket.open:
            ticket.bumped, ticket.bumped_at = event.id, event.at
            ticket.went_on = []
        self._carry_over(ticket, event)

    def _carry_over(self, ticket: Ticket, event: Event) -> None:
        """What the cook did not see, or saw on hold, stays to be cooked, on the next ticket."""
        for line in self.ticket_lines(ticket.station, ticket.batch):
            if line.active():
                line.batch = self._open_ticket(ticket.station, event.at).batch
                ticket.went_on.append(line)

    def _bring_back(self, ticket: Ticket) -> None:
        """The bump is undone: what went on returns, and a ticket that was only for that goes."""
        for line in ticket.went_on:
            later = self.tickets[line.station, line.batch]
            if line.batch <= ticket.batch or not later.open:
                continue
            line.batch = ticket.batch
            last = later.batch == self._batches[later.station]
            if last and not self.ticket_lines(later.station, later.batch):
                del self.tickets[later.station, later.batch]
                self._batches[later.station] -= 1
        ticket.went_on.clear()

    def _served(self, event: Event, payload: ev.LinesServed) -> None:
        for line, pick in self._picked(payload.picks):
            self._move(Move.SERVE, line, pick, event)

    def _voided(self, event: Event, payload: ev.LinesVoided) -> None:
        for line, pick in self._picked(payload.picks):
            self._move(Move.VOID, line, pick, event)
            line.void_reason = payload.reason

    def _held(self, event: Event, payload: ev.LinesHeld) -> None:
        for line, pick in self._picked(payload.picks):
            line.was_held = True
            self._move(Move.HOLD, line, pick, event)

    def _fired(self, event: Event, payload: ev.LinesFired) -> None:
        for line, pick in self._picked(payload.picks):
            self._move(Move.FIRE, line, pick, event)

    def _recalled(self, event: Event, payload: ev.LinesRecalled) -> None:
        ticket = None
        if payload.station is not None and payload.batch is not None:
            ticket = self.tickets.get((payload.station, payload.batch))
        if ticket is not None and payload.undoes is not None and payload.undoes == ticket.bumped:
            self._bring_back(ticket)
            self._reopen(ticket, event)
        for line, pick in self._picked(payload.picks):
            if payload.undoes is not None:
                self._undo(line, pick, payload.undoes, event)
            else:
                move = Move.UNSERVE if payload.station is None else Move.RECALL
                self._move(move, line, pick, event)
            if line.active():  # somebody may have bumped the ticket meanwhile
                self._reopen(self.tickets[line.station, line.batch], event)
        if ticket is not None and payload.undoes is None:
            self._reopen(ticket, event)

    def _undo(self, line: Line, pick: ev.Pick, undoes: EventId, event: Event) -> None:
        for portion in line.replace(pick, lambda portion: portion.undone(undoes, event.id)):
            if portion.served_since(undoes):
                self._tell(What.RECALLED_TOO_LATE, line, event.id, event)

    def _reopen(self, ticket: Ticket, event: Event) -> None:
        """A ticket returns to its own time slot."""
        if not ticket.open:
            ticket.bumped = ticket.bumped_at = None
            ticket.recalled_at = event.at

    def _rushed(self, event: Event, payload: ev.OrderRushed) -> None:
        self.rushes.append((event.at, payload.lines))

    def _paid(self, event: Event, payload: ev.PaymentTaken) -> None:
        taken = Payment(event.id, event.at, payload.amount, payload.method, payload.check)
        self.payments.append(taken)

    # -- what the handlers share

    def _picked(self, picks: ev.Picks) -> Iterator[tuple[Line, ev.Pick]]:
        for pick in picks:
            line = self.lines.get(pick.line)
            if line is not None and not line.record.combo:
                yield line, pick

    def _move(self, move: Move, line: Line, pick: ev.Pick, event: Event) -> None:
        by, at = event.id, event.at
        for portion in line.replace(pick, lambda portion: portion.moved(move, by, at)):
            what = crossed(move, portion)
            if what is not None:
                self._tell(what, line, by, event)
        if move in (Move.READY, Move.SERVE):
            for unseen in line.changes[pick.seen :]:
                self._tell(What.CHANGE_TOO_LATE, line, unseen, event)

    def _claim(self, line: Line, station: str, ticket: Ticket | None, event: Event) -> None:
        """The first station that touches a line without one has it from then on."""
        if line.station == ANYWHERE:
            ticket = ticket or self._open_ticket(station, event.at)
            line.station, line.batch = station, ticket.batch
        elif line.record.station is None and line.station != station:
            self._tell(What.CLAIMED_ELSEWHERE, line, event.id, event, station)

    def _tell(
        self, what: What, line: Line, about: EventId, event: Event, station: str | None = None
    ) -> None:
        """Keep a notice, once."""
        notice = Notice(what, line.id, about, event.at, station or line.station)
        self._told.setdefault((what, line.id, about), notice)

    # -- what others read

    @property
    def notices(self) -> list[Notice]:
        """What has to be told: where commands crossed, and food that nobody waits for."""
        return [*self._told.values(), *chain.from_iterable(map(Line.notices, self.lines.values()))]

    def ticket_lines(self, station: str, batch: int) -> list[Line]:
        """The lines on one ticket, in the order they were ordered."""
        return [
            line for line in self.lines.values() if line.station == station and line.batch == batch
        ]

    def open_tickets(self, station: str) -> list[Ticket]:
        """The station's tickets that are not bumped, oldest first."""
        return [t for t in self.tickets.values() if t.station == station and t.open]

    def unshown(self, station: str) -> list[Event]:
        """What was sent to a station and its screen has not shown, in the order of events."""
        return self._delivery.unshown(station)

    def unseen(self, station: str) -> list[Event]:
        """What was sent to a station and nobody there has acknowledged, in the order of events."""
        return self._delivery.unseen(station)

    @property
    def shown(self) -> list[Shown]:
        """What was shown and seen at the stations, and since when."""
        return list(self._delivery.shown())

    @property
    def sent(self) -> Mapping[str, Sequence[Event]]:
        """The news for each role that was addressed, in the order of events."""
        return self._delivery.sent

    @property
    def shown_at(self) -> Mapping[str, Mapping[EventId, int]]:
        """Since when each station shows which news; mesh µs."""
        return self._delivery.shown_at

    @property
    def seen_at(self) -> Mapping[str, Mapping[EventId, int]]:
        """When somebody at each station first acknowledged which news; mesh µs."""
        return self._delivery.seen_at

    def dishes(self) -> Iterator[Line]:
        """The lines that somebody cooks or pours: all but the combos' own."""
        return (line for line in self.lines.values() if not line.record.combo)

    @property
    def state(self) -> State:
        """FIRED while a kitchen has work, then READY, SERVED, or VOID when nothing is left."""
        state = min((line.state for line in self.dishes()), default=State.VOID)
        return State.FIRED if state < State.READY else state

    @property
    def closed(self) -> bool:
        """Whether nothing more is expected to happen to it: all is served or void, and paid."""
        if self.head is None:
            return False
        return all(line.state >= State.SERVED for line in self.lines.values()) and self.due <= 0

    @property
    def total(self) -> int:
        """What it costs, as it stands now."""
        return 0 if self.head is None else total_of(self.lines.values(), self.head.fees)

    @property
    def paid(self) -> int:
        """What our counters took for it."""
        return bounded(sum(payment.amount for payment in self.payments))

    @property
    def due(self) -> int:
        """What a counter still has to take; below zero, what was taken too much.

        An order that is paid elsewhere owes our counters nothing.
        """
        asked = self.head is not None and self.head.payment == AT_COUNTER
        return (self.total if asked else 0) - self.paid

    def digest(self) -> bytes:
        """A hash of all that the fold tells, equal wherever the same events are."""
        told = (
            None if self.submitted is None else self.submitted.id,
            [line.facts() for line in self.lines.values()],
            [
                (t.station, t.batch, t.opened_at, t.bumped, t.recalled_at)
                for t in self.tickets.values()
            ],
            self.rushes,
            self.payments,
            self.total,
            self.notices,
            self.shown,
        )
        return hashlib.blake2b(msgspec.msgpack.encode(told), digest_size=16).digest()


def fold_order(order_id: bytes, events: Iterable[Event]) -> Order:
    """An order from its events, in whatever sequence they come."""
    order = Order(order_id)
    for event in sorted(events, key=lambda known: known.key):
        order.apply(event)
    return order


_Handler = Callable[[Order, Event, Any], None]
_HANDLERS: dict[type, _Handler] = {
    ev.OrderSubmitted: Order._submitted,
    ev.LinesAdded: Order._lines_added,
    ev.LineChanged: Order._changed,
    ev.LinesStarted: Order._started,
    ev.LinesReady: Order._ready,
    ev.TicketBumped: Order._bumped,
    ev.LinesServed: Order._served,
    ev.LinesVoided: Order._voided,
    ev.LinesRecalled: Order._recalled,
    ev.LinesHeld: Order._held,
    ev.LinesFired: Order._fired,
    ev.OrderRushed: Order._rushed,
    ev.PaymentTaken: Order._paid,
}
