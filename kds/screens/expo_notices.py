"""The side panel of the pass: machines that do not answer, crossed commands, what guests changed.

What guests changed is news to the pass as to a station: it goes when somebody here acknowledged it,
or with its order.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from common.domain import events as ev
from common.domain.clock import SECOND, age
from common.domain.codec import BadBytes, Event
from common.domain.house import EXPO, kitchen_stations
from common.domain.ids import EventId
from common.domain.notices import told
from common.domain.order import Order
from common.ui import words
from common.ui.crossings import said
from common.ui.presence import heard
from common.ui.source import Source
from kds.screens import expo_sayings as say
from kds.screens.desk import Desk
from kds.screens.kitchen import Kitchen
from kds.screens.rows import NoticeRow
from kds.screens.tickets import TicketView

_FIRST = 1 << 63
"""Alarms stand above all that has a time."""


class _Notice(NamedTuple):
    at: int
    row: NoticeRow
    order_id: bytes = b""
    event: EventId | None = None


class Notices:
    """What is to be heard of, newest on top."""

    def __init__(self, source: Source, kitchen: Kitchen, desk: Desk) -> None:
        self._source = source
        self._kitchen = kitchen
        self._desk = desk
        self._silent: dict[str, int] = {}
        """Since when machines are not heard, as first reckoned: seconds are told in whole ones."""
        self._heard: set[str] = set()
        self._shown: list[_Notice] = []

    def rows(self, mesh: int) -> list[NoticeRow]:
        """All that nobody has acknowledged."""
        found = [*self._alarms(mesh), *self._news()]
        self._heard &= {notice.row.key for notice in found}
        left = [notice for notice in found if notice.row.key not in self._heard]
        self._shown = sorted(left, key=lambda notice: notice.at, reverse=True)
        return [notice.row for notice in self._shown]

    def acknowledge(self, key: str = "") -> None:
        """Somebody has heard of one, or of all."""
        for notice in self._shown:
            if key in ("", notice.row.key):
                self._heard.add(notice.row.key)
                ticket = self._ticket(notice.order_id)
                if notice.event is not None and ticket is not None:
                    self._desk.seen(ticket, (notice.event,))

    # -- machines

    def _alarms(self, mesh: int) -> Iterator[_Notice]:
        place = self._kitchen.place
        node = heard(self._source, place, mesh)
        if node.state == "silent":
            text = say.node_silent(node.text)
            yield _Notice(_FIRST, NoticeRow("node", text, "", alarm=True))
        silent = {peer.name: peer for peer in self._source.peers if not peer.up}
        for name in self._silent.keys() - silent.keys():
            del self._silent[name]
        for name, peer in silent.items():
            since = self._silent.setdefault(name, mesh - peer.silent_s * SECOND)
            roles = peer.roles or (name,)
            title = say.silent_since(place.name_of(roles[0]), since, place.tz)
            text = say.waiting_there(words.span(age(mesh, since) // SECOND), self._awaited(roles))
            yield _Notice(_FIRST, NoticeRow(f"silent {name}", title, text, alarm=True))

    def _awaited(self, roles: tuple[str, ...]) -> list[str]:
        """The orders for which a machine's stations have something to make."""
        return [
            ticket.title
            for ticket in self._kitchen.board.in_order
            if any(
                line.station in roles and line.active()
                for line in self._source.orders[ticket.order_id].dishes()
            )
        ]

    # -- orders

    def _news(self) -> Iterator[_Notice]:
        for ticket in self._kitchen.board.tickets.values():
            order = self._source.orders[ticket.order_id]
            yield from self._crossed(order)
            for event in order.unseen(EXPO):
                notice = self._notice(ticket, order, event)
                if notice is not None:
                    yield notice

    def _crossed(self, order: Order) -> Iterator[_Notice]:
        place = self._kitchen.place
        for notice in order.notices:
            if order.head is not None and EXPO in told(notice, order, self._source.house):
                key = f"{notice.what} {notice.line} {notice.event}"
                title = said(notice, order, self._source.house, place)
                row = NoticeRow(key, title, words.clock(notice.at, place.tz))
                yield _Notice(notice.at, row, order.id)

    def _notice(self, ticket: TicketView, order: Order, event: Event) -> _Notice | None:
        title = self._title(ticket, order, event)
        if not title:
            return None
        time = words.clock(event.at, self._kitchen.place.tz)
        text = " · ".join((time, *self._receipts(order, event)))
        key = f"{event.origin.hex()} {event.epoch} {event.seq}"
        return _Notice(event.at, NoticeRow(key, title, text), order.id, event.id)

    def _title(self, ticket: TicketView, order: Order, event: Event) -> str:
        """What happened, in words; empty for what a card says by itself."""
        try:
            payload = ev.decode_payload(event)
        except BadBytes:
            return ""
        lang = self._kitchen.place.lang
        match payload:
            case ev.OrderRushed():
                nth = sum(at <= event.at for at, _ in order.rushes)
                return say.rushed(ticket.title, nth)
            case ev.LinesAdded():
                names = [words.pick(line.zh, line.en, lang) for line in payload.lines]
                return say.more(ticket.title, names)
            case ev.LinesVoided():
                return say.taken(ticket.title, self._names(order, payload.picks))
            case ev.LinesHeld():
                return say.held(ticket.title, self._names(order, payload.picks))
            case ev.LinesFired():
                return say.fired(ticket.title, self._names(order, payload.picks))
            case ev.LineChanged():
                line = order.lines.get(payload.line)
                name = "" if line is None else words.pick(line.record.zh, line.record.en, lang)
                return say.otherwise(ticket.title, name)
            case ev.LinesRecalled():
                return say.brought_back(ticket.title, self._names(order, payload.picks))
            case _:
                return ""

    def _names(self, order: Order, picks: ev.Picks) -> list[str]:
        records = [order.lines[pick.line].record for pick in picks if pick.line in order.lines]
        lang = self._kitchen.place.lang
        return [words.pick(record.zh, record.en, lang) for record in records]

    def _receipts(self, order: Order, event: Event) -> list[str]:
        """How far it came at the stations it is for; one without a screen never tells."""
        place = self._kitchen.place
        telling = {shown.station for shown in order.shown}
        told_at = {shown.station: shown for shown in order.shown if shown.event == event.id}
        said = []
        for station in kitchen_stations(event.to):
            name, shown = place.name_of(station), told_at.get(station)
            if shown is None and station not in telling:
                continue
            if shown is None:
                said.append(say.station_waits(name))
            elif shown.seen_at is None:
                said.append(say.station_shows(name, shown.shown_at, place.tz))
            else:
                said.append(say.station_saw(name, shown.seen_at, place.tz))
        return said

    def _ticket(self, order_id: bytes) -> TicketView | None:
        tickets = self._kitchen.board.tickets.values()
        return next((ticket for ticket in tickets if ticket.order_id == order_id), None)
