"""What a station's screen asks of its node, and what it tells: shown, seen."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from common.domain.commands import (
    BumpTicket,
    Choice,
    MarkReady,
    MarkSeen,
    MarkShown,
    OrderCommand,
    Recall,
    RushOrder,
    StartLines,
)
from common.domain.ids import EventId, LineId, derived_id, line_key
from common.domain.order import Order
from common.domain.reasons import Rejected
from common.node.client import Declined, Done
from common.node.reporting import StationReport
from common.ui.sender import Sender, Sent
from kds.screens.lines import LineView
from kds.screens.recalls import Bumped
from kds.screens.tickets import TicketView


class Desk(Sender):
    """The hands of a station."""

    def __init__(
        self,
        station: str,
        submit: Callable[[OrderCommand], None],
        new_id: Callable[[], bytes],
        clock: Callable[[], int],
    ) -> None:
        super().__init__(station, submit, new_id, clock)
        self._begun: set[bytes] = set()
        self._reports: dict[tuple[str, type], StationReport] = {}

    # -- what a hand wants

    def start(self, ticket: TicketView, line: LineView, count: int | None = None) -> Sent:
        """Begin to cook portions of a dish."""
        choices = (Choice(line.id, count),)
        return Sent(
            StartLines(**self.to(ticket.order_id), station=ticket.station, choices=choices),
            (line.key,),
        )

    def ready(self, ticket: TicketView, line: LineView, count: int | None = None) -> Sent:
        """Be done with portions of a dish."""
        choices = (Choice(line.id, count),)
        return Sent(
            MarkReady(**self.to(ticket.order_id), station=ticket.station, choices=choices),
            (line.key,),
        )

    def bump(self, ticket: TicketView, seen: Iterable[LineId]) -> Sent:
        """Be done with a ticket, as far as the cook saw it."""
        lines = tuple(seen)
        command = BumpTicket(
            **self.to(ticket.order_id), station=ticket.station, batch=ticket.batch, seen=lines
        )
        return Sent(command, (ticket.key, *map(line_key, lines)))

    def recall(self, ticket: Bumped) -> Sent:
        """Take a bumped ticket back."""
        command = Recall(**self.to(ticket.order_id), station=ticket.station, batch=ticket.batch)
        return Sent(command, (ticket.key,))

    def rush(self, ticket: TicketView) -> Sent:
        """Draw attention to a ticket."""
        lines = tuple(line.id for line in ticket.lines if line.open)
        return Sent(RushOrder(**self.to(ticket.order_id), lines=lines), (ticket.key,))

    def begin(self, ticket: TicketView) -> None:
        """Start by itself what is new on a ticket.

        The id follows from what is started: two screens of one station ask for the same, and what
        a cook took back is not begun again.
        """
        lines = [line for line in ticket.lines if line.stage == "" and not line.anywhere]
        if not lines:
            return
        parts = (ticket.station, str(ticket.batch), *(line.key for line in lines))
        cmd_id = derived_id(b"begin", ticket.order_id, *(part.encode() for part in parts))
        if cmd_id in self._begun:
            return
        self._begun.add(cmd_id)
        self._submit(
            StartLines(
                cmd_id=cmd_id,
                actor=self.actor,
                order_id=ticket.order_id,
                station=ticket.station,
                choices=tuple(Choice(line.id) for line in lines),
                auto=True,
            )
        )

    def answered(self, answer: Done | Declined) -> Rejected | None:
        """Take an answer; the refusal, if it is one that a hand should hear of."""
        if any(report.answered(answer) for report in self._reports.values()):
            return None
        if answer.cmd_id in self._begun:
            return None  # a hand was faster, or another screen
        return super().answered(answer)

    # -- shown and seen

    def shown(self, station: str, order: Order) -> None:
        """All news of an order for a station is on the glass."""
        self._report(station, MarkShown, order.id, (event.id for event in order.unshown(station)))

    def seen(self, ticket: TicketView, events: Iterable[EventId]) -> None:
        """A person touched what these events brought."""
        self._report(ticket.station, MarkSeen, ticket.order_id, events)

    def _report(
        self,
        station: str,
        kind: type[MarkShown] | type[MarkSeen],
        order_id: bytes,
        events: Iterable[EventId],
    ) -> None:
        known = tuple(events)
        if known:
            report = self._reports.get((station, kind))
            if report is None:
                report = self._reports[station, kind] = StationReport(station, self._new_id, kind)
            report.note(order_id, known)

    def report(self, orders: Mapping[bytes, Order]) -> None:
        """Tell what was shown and seen, if it is time."""
        for report in self._reports.values():
            for command in report.due(self._clock(), orders):
                self._submit(command)
