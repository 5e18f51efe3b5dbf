"""A ticket as a cook reads it, from an order and the house: all words, no place yet."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import chain, groupby
from typing import NamedTuple

from common.domain.events import LinesRecalled, OrderSubmitted, decode_payload
from common.domain.house import House
from common.domain.ids import EventId
from common.domain.order import ANYWHERE, Line, Order, Ticket
from common.domain.portions import State
from common.ui import words
from common.ui.ages import Timer, timer_of
from common.ui.places import Place
from kds.screens.lines import LineView, Reader, line_view

SEATED = ("dine_in", "qr", "pos")
"""Channels whose guests eat course by course; the others get all at once."""


HELD = "held"
"""The key of the row that stands for the dishes on hold."""


class Section(NamedTuple):
    """The dishes of one course; `title` is empty where the ticket has no other."""

    title: str
    lines: tuple[LineView, ...]


class TicketView(NamedTuple):
    """A ticket in words. `since`: when it was opened, which is its place among the others."""

    key: str
    order_id: bytes
    station: str
    batch: int
    since: int
    sections: tuple[Section, ...]
    title: str = ""
    number: str = ""
    channel: str = ""
    info: str = ""
    rush: str = ""
    batch_text: str = ""
    recalled: str = ""
    note: str = ""
    allergy: str = ""
    also: str = ""
    adopted: str = ""
    due_at: int | None = None
    """When the guest fetches it: its timer counts down to that."""
    held: tuple[LineView, ...] = ()
    """What waits until it is called for: folded into one row, unless somebody wants to see it."""
    held_text: str = ""
    unfolded: bool = False
    fresh: tuple[EventId, ...] = ()
    """What brought the ticket, as long as nobody touched it."""
    passing: tuple[EventId, ...] = ()
    """Other news that any touch acknowledges: rushes, recalls."""

    @property
    def lines(self) -> Iterator[LineView]:
        """Its dishes, as they stand below each other."""
        return chain(*(section.lines for section in self.sections), self.held)

    @property
    def places(self) -> list[str]:
        """What can be selected of it, from top to bottom: dishes, and the row of those on hold."""
        keys = [line.key for section in self.sections for line in section.lines]
        if self.held:
            keys += [HELD, *(line.key for line in self.held if self.unfolded)]
        return keys

    def timer(self, now: int) -> Timer:
        """Its timer at a mesh time."""
        return timer_of(tuple(self.lines), self.due_at, now, fresh=bool(self.fresh))

    @property
    def news(self) -> tuple[EventId, ...]:
        """What its tags are about."""
        return tuple(event for line in self.lines for event in line.news)


def ticket_views(order: Order, house: House, place: Place) -> tuple[TicketView, ...]:
    """The order's open tickets at this station and at those it took over."""
    if order.head is None:
        return ()
    return tuple(
        _view(order, order.head, house, place, card)
        for station in (place.station, *place.adopted)
        for card in _cards(order, station, place)
    )


class _Card(NamedTuple):
    station: str
    batch: int
    ticket: Ticket | None
    lines: list[Line]


def _cards(order: Order, station: str, place: Place) -> Iterator[_Card]:
    """The open tickets with dishes on them.

    Dishes without a station join the ticket that a start here would put them on.
    """
    cards = [
        _Card(station, ticket.batch, ticket, order.ticket_lines(station, ticket.batch))
        for ticket in order.open_tickets(station)
    ]
    free = _free_lines(order, station) if station == place.station else []
    if free and cards:
        cards[-1].lines.extend(free)
    elif free:
        last = max((batch for at, batch in order.tickets if at == station), default=0)
        cards.append(_Card(station, last + 1, None, free))
    return (card for card in cards if card.lines)


def _free_lines(order: Order, station: str) -> list[Line]:
    """The dishes that no station has; a voided one no longer than it is news here."""
    lines = [line for line in order.dishes() if line.station == ANYWHERE]
    if not lines:
        return []
    unseen = {event.id for event in order.unseen(station)}
    return [line for line in lines if line.active() or _voided_by(line) & unseen]


def _voided_by(line: Line) -> set[EventId]:
    return {void for portion in line.portions for void, _ in portion.voids}


def _view(
    order: Order, head: OrderSubmitted, house: House, place: Place, card: _Card
) -> TicketView:
    unseen = {event.id: event.at for event in order.unseen(card.station)}
    first = card.lines[0]
    by = Reader(place.lang, place.tz)
    lines = [line_view(line, added_later(line, first), unseen, by) for line in card.lines]
    held = tuple(line for line in lines if line.stage == "held" and not line.news)
    title, number = place.title_of(head, house.number(order.id))
    rushes = _rushes(order, card.lines)
    return TicketView(
        key=f"{order.id.hex()}/{card.station}/{card.batch}",
        order_id=order.id,
        station=card.station,
        batch=card.batch,
        since=card.ticket.opened_at if card.ticket else first.added_at,
        sections=_sections(
            [line for line in lines if line not in held], place, seated=head.channel in SEATED
        ),
        held=held,
        held_text=words.held([words.wish(line.name, line.left) for line in held]),
        title=title,
        number=number,
        channel=words.channel(head.channel, at_table=bool(head.table)),
        info=place.about(order),
        rush=words.rushed(rushes) if rushes else "",
        batch_text=words.batch(card.batch) if card.batch > 1 else "",
        recalled=words.recalled() if _was_recalled(order, card.ticket) else "",
        note=words.quoted(head.note) if head.note else "",
        allergy=words.allergies(head.allergies) if head.allergies else "",
        also=_also(order, card, place),
        adopted=_adopted(lines, card, place),
        due_at=None if head.channel == "delivery" else head.due_at,
        fresh=fresh(card.lines, unseen),
        passing=passing(order, unseen),
    )


def _sections(lines: list[LineView], place: Place, *, seated: bool) -> tuple[Section, ...]:
    """By course, titled where guests sit and there are several; dishes that nobody has always."""
    lines.sort(key=lambda line: (line.anywhere, 0 if line.anywhere else line.course))
    groups = [
        (anywhere, course, tuple(same))
        for (anywhere, course), same in groupby(
            lines, lambda line: (line.anywhere, 0 if line.anywhere else line.course)
        )
    ]
    courses = sum(not anywhere for anywhere, _, _ in groups)
    return tuple(
        Section(
            words.anybody()
            if anywhere
            else words.course(course, place.courses.get(course, ""))
            if seated and courses > 1
            else "",
            same,
        )
        for anywhere, course, same in groups
    )


def added_later(line: Line, first: Line) -> bool:
    """Whether a dish came after the others of its ticket."""
    return line.id.cmd_id != first.id.cmd_id


def called(ticket: TicketView) -> str:
    """A ticket in a list: whoever fetches has only a number."""
    if ticket.title != words.pickup():
        return ticket.title
    return f"{ticket.title} {ticket.number}"


def _was_recalled(order: Order, ticket: Ticket | None) -> bool:
    """Whether it was bumped and came back; a bump that was undone has not happened."""
    if ticket is None or ticket.recalled_at is None:
        return False
    events = (event for event in order.history if event.kind == LinesRecalled.__name__)
    payloads = (decode_payload(event) for event in events if event.at == ticket.recalled_at)
    return any(isinstance(it, LinesRecalled) and it.undoes is None for it in payloads)


def _rushes(order: Order, lines: list[Line]) -> int:
    """How often the guest asked for something on this ticket."""
    here = {line.id for line in lines} | {line.parent for line in lines}
    return sum(not rushed or not here.isdisjoint(rushed) for _, rushed in order.rushes)


def _also(order: Order, card: _Card, place: Place) -> str:
    """The other stations whose dishes for the order have not gone out."""
    others = {
        line.station
        for line in order.dishes()
        if line.station not in (card.station, ANYWHERE) and line.state < State.SERVED
    }
    if not others:
        return ""
    known = [station for station in place.stations if station in others]
    unknown = sorted(others.difference(known))
    return words.also(words.listed([place.name_of(station) for station in (*known, *unknown)]))


def _adopted(lines: list[LineView], card: _Card, place: Place) -> str:
    if card.station == place.station:
        return ""
    cooking = any(line.stage == "cooking" for line in lines)
    return words.adopted(place.name_of(card.station), cooking=cooking)


def fresh(lines: list[Line], unseen: Mapping[EventId, int]) -> tuple[EventId, ...]:
    """The news that opened the ticket: a later addition is its own line's tag."""
    brought = {line.added_by for line in lines if line.id.cmd_id == lines[0].id.cmd_id}
    return tuple(sorted(brought & unseen.keys()))


def passing(order: Order, unseen: Mapping[EventId, int]) -> tuple[EventId, ...]:
    """News that no dish carries."""
    carried = set()
    for line in order.dishes():
        carried |= {line.added_by, *line.changes, *_voided_by(line)}
    return tuple(sorted(unseen.keys() - carried))
