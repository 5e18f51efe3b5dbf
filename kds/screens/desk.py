"""What goes from the station's screen to its node, what is under way, and what can be undone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from typing import Final, NamedTuple, TypedDict

from common.domain.clock import SECOND
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
from kds.screens.lines import LineView
from kds.screens.recalls import Bumped
from kds.screens.tickets import TicketView

UNDO: Final = 5 * SECOND
"""How long what was just done can be taken back as if it had not been."""


class Sent(NamedTuple):
    """A command and the tickets and dishes that it is about, by their keys."""

    command: OrderCommand
    about: tuple[str, ...]


class _To(TypedDict):
    cmd_id: bytes
    actor: str
    order_id: bytes


class _Act:
    """One stroke of a hand: perhaps commands to several orders."""

    def __init__(self, words: str, at: int, commands: Iterable[OrderCommand]) -> None:
        self.words = words
        self.at = at
        self.orders = {command.cmd_id: command.order_id for command in commands}
        self.events: dict[bytes, tuple[EventId, ...]] = {}
        self.undone = False


class Desk:
    """Sends one screen's commands; `clock` is any clock in µs, for what lasts a few seconds."""

    def __init__(
        self,
        station: str,
        submit: Callable[[OrderCommand], None],
        new_id: Callable[[], bytes],
        clock: Callable[[], int],
    ) -> None:
        self._station = station
        self._submit = submit
        self._new_id = new_id
        self._clock = clock
        self._flying: dict[bytes, tuple[str, ...]] = {}
        self._busy: Counter[str] = Counter()
        self._acts: list[_Act] = []
        self._begun: set[bytes] = set()
        self._reports: dict[tuple[str, type], StationReport] = {}

    # -- what a hand wants

    def start(self, ticket: TicketView, line: LineView, count: int | None = None) -> Sent:
        """Begin to cook portions of a dish."""
        choices = (Choice(line.id, count),)
        return Sent(
            StartLines(**self._to(ticket), station=ticket.station, choices=choices),
            (line.key,),
        )

    def ready(self, ticket: TicketView, line: LineView, count: int | None = None) -> Sent:
        """Be done with portions of a dish."""
        choices = (Choice(line.id, count),)
        return Sent(
            MarkReady(**self._to(ticket), station=ticket.station, choices=choices), (line.key,)
        )

    def bump(self, ticket: TicketView, seen: Iterable[LineId]) -> Sent:
        """Be done with a ticket, as far as the cook saw it."""
        lines = tuple(seen)
        command = BumpTicket(
            **self._to(ticket), station=ticket.station, batch=ticket.batch, seen=lines
        )
        return Sent(command, (ticket.key, *map(line_key, lines)))

    def recall(self, ticket: Bumped) -> Sent:
        """Take a bumped ticket back."""
        command = Recall(**self._to(ticket), station=ticket.station, batch=ticket.batch)
        return Sent(command, (ticket.key,))

    def rush(self, ticket: TicketView) -> Sent:
        """Draw attention to a ticket."""
        lines = tuple(line.id for line in ticket.lines if line.open)
        return Sent(RushOrder(**self._to(ticket), lines=lines), (ticket.key,))

    def _to(self, ticket: TicketView | Bumped) -> _To:
        return {"cmd_id": self._new_id(), "actor": self._station, "order_id": ticket.order_id}

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
                actor=self._station,
                order_id=ticket.order_id,
                station=ticket.station,
                choices=tuple(Choice(line.id) for line in lines),
                auto=True,
            )
        )

    # -- sending, and what comes back

    def send(self, sent: Iterable[Sent], undo: str = "") -> None:
        """Send commands that belong together; with `undo`, what taking them back is called."""
        together = list(sent)
        if undo:
            commands = (command for command, _ in together)
            self._acts.append(_Act(undo, self._clock(), commands))
        for command, about in together:
            self._flying[command.cmd_id] = about
            self._busy.update(about)
            self._submit(command)

    def answered(self, answer: Done | Declined) -> Rejected | None:
        """Take an answer; the refusal, if it is one that a hand should hear of."""
        if any(report.answered(answer) for report in self._reports.values()):
            return None
        if answer.cmd_id in self._begun:
            return None  # a hand was faster, or another screen
        self._busy.subtract(self._flying.pop(answer.cmd_id, ()))
        self._busy = +self._busy
        act = next((act for act in self._acts if answer.cmd_id in act.orders), None)
        if isinstance(answer, Declined):
            if act is not None:
                del act.orders[answer.cmd_id]
            return answer.reason
        if act is not None:
            act.events[answer.cmd_id] = answer.events
            if act.undone:
                self._take_back(act, answer.cmd_id)
        return None

    @property
    def pending(self) -> frozenset[str]:
        """The keys of tickets and dishes with a command on its way."""
        return frozenset(self._busy)

    # -- taking back

    @property
    def undo_words(self) -> str:
        """What can be taken back now; empty if nothing."""
        self._acts = [act for act in self._acts if act.orders and self._clock() < act.at + UNDO]
        acts = [act for act in self._acts if not act.undone]
        return acts[-1].words if acts else ""

    def undo(self) -> bool:
        """Take the last act back; one still on its way is taken back when it has arrived."""
        if not self.undo_words:
            return False
        act = [act for act in self._acts if not act.undone][-1]
        act.undone = True
        for cmd_id in list(act.events):
            self._take_back(act, cmd_id)
        return True

    def _take_back(self, act: _Act, cmd_id: bytes) -> None:
        for event in reversed(act.events.pop(cmd_id)):
            command = Recall(
                cmd_id=self._new_id(),
                actor=self._station,
                order_id=act.orders[cmd_id],
                undoes=event,
            )
            self.send([Sent(command, ())])

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
