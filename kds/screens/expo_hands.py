"""What a touch or a key means at the pass: serve what is ready, nothing else at a first stroke.

Whatever is touched was seen. What is not ready, or has changed unseen, takes a second stroke within
two seconds.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from common.domain.clock import SECOND
from kds.screens import expo_sayings as say
from kds.screens import sayings
from kds.screens.board import Board
from kds.screens.expo_desk import PassDesk
from kds.screens.expo_lines import PassLine
from kds.screens.expo_orders import OrderView
from kds.screens.hands import Hands
from kds.screens.tickets import TicketView

AGAIN: Final = 2 * SECOND
"""How long a first stroke waits for the second that overrides."""
NAMED: Final = 2
"""Dishes that a hint names; of more it has the first ones."""


class PassHands(Hands):
    """The pass's hands."""

    def __init__(self, board: Board, desk: PassDesk) -> None:
        super().__init__(board, desk)
        self._pass = desk

    # -- dishes

    def advance(self, now: int) -> None:
        """The selected dish is served; without one that is left, the first that is ready."""
        ticket = self.selected
        if not isinstance(ticket, OrderView):
            self.hint(sayings.pick_first(), now)
            return
        lines = ticket.open_lines
        free = [line for line in lines if line.key not in self._desk.pending]
        line = next((line for line in free if line.key == self.line), None)
        line = line or next((line for line in free if line.ready), None)
        line = line or next(iter(free), None)
        if line is not None:
            self.touch(ticket.key, line.key, None, now)

    def touch(self, key: str, line_key: str, count: int | None, now: int) -> None:
        """A finger on a dish: its mark was seen, and `count` portions of it are served."""
        self.select(key, line_key)
        ticket = self._board.tickets.get(key)
        if ticket is None:
            return
        line = next((line for line in ticket.lines if line.key == line_key), None)
        if not isinstance(line, PassLine):
            return
        self._desk.seen(ticket, line.news)
        if not line.open:
            self.hint(say.out_already(line.stage, line.name), now)
        elif line.key in self._desk.pending:
            self.hint(sayings.on_its_way(), now)
        elif line.tag not in ("voided", "changed"):
            self._serve_some(ticket, line, count, now)

    def _serve_some(self, ticket: TicketView, line: PassLine, count: int | None, now: int) -> None:
        """Portions of one dish: those that are ready; others only at a second stroke."""
        if not line.ready and not self._twice(f"serve {line.key}", now, AGAIN):
            held = line.stage == "held"
            self.hint(say.dish_held(line.name) if held else say.dish_not_ready(line.name), now)
            return
        some = min(count or line.left, line.ready or line.left)
        sent = self._pass.serve(ticket, [line], some)
        self._desk.send([sent], say.undo_serve(line.name, some))
        self.hint("", now)

    # -- courses

    def hold(self, now: int, course: str = "", key: str = "") -> None:
        """A course waits; by a key the selected dish, else the last course that nobody began."""
        self._call("", now, course, key)

    def fire(self, now: int, course: str = "", key: str = "") -> None:
        """A course is called for; by a key the selected dish, else the first course that waits."""
        self._call("held", now, course, key)

    def _call(self, stage: str, now: int, course: str, key: str) -> None:
        """Hold what is to do (stage ""), or fire what is held."""
        if key:
            self.select(key)
        ticket = self.selected
        if not isinstance(ticket, OrderView):
            self.hint(sayings.pick_first(), now)
            return
        able = [line for line in ticket.open_lines if line.stage == stage]
        lines = self._meant(ticket, able, course)
        if not lines:
            self.hint(say.nothing_held(ticket.title) if stage else say.all_begun(ticket.title), now)
        elif self._desk.pending & {line.key for line in lines}:
            self.hint(sayings.on_its_way(), now)
        elif stage:
            self._desk.send([self._pass.fire(ticket, lines)], say.undo_fire(_called(lines)))
        else:
            self._desk.send([self._pass.hold(ticket, lines)], say.undo_hold(_called(lines)))

    def _meant(self, ticket: OrderView, able: list[PassLine], course: str) -> list[PassLine]:
        if course:
            meant = {line.key for line in ticket.course(course)}
            return [line for line in able if line.key in meant]
        if any(line.key == self.line for line in ticket.open_lines):
            return [line for line in able if line.key == self.line]
        held = bool(able) and able[0].stage == "held"
        nths = [line.course for line in able]
        nth = (min(nths) if held else max(nths)) if nths else 0
        return [line for line in able if line.course == nth]

    # -- whole orders

    def bump(self, key: str, now: int) -> None:
        """All of an order is served; where not all of it is ready, at a second stroke."""
        ticket = self._board.tickets.get(key)
        if not isinstance(ticket, OrderView):
            self.hint(sayings.pick_first(), now)
            return
        lines = self._left(ticket)
        if not lines and ticket.open_lines:
            self.hint(sayings.on_its_way(), now)
            return
        doubt = self._doubt(ticket, lines)
        if doubt and not self._twice(f"serve {key}", now, AGAIN):
            self.select(key)
            self.hint(doubt, now)
            return
        self._desk.seen(ticket, (*ticket.fresh, *ticket.passing, *ticket.news))
        if lines:
            name = " ".join(filter(None, (ticket.title, ticket.number)))
            sent = self._pass.serve(ticket, lines)
            self._desk.send([sent], say.undo_serve(name, sum(line.left for line in lines)))
            self.hint("", now)
        if key == self.ticket:
            self.forget()

    def _left(self, ticket: TicketView) -> list[PassLine]:
        """What can be read and is to be served, but for what is on its way already."""
        return [
            line
            for line in self._read(ticket)
            if isinstance(line, PassLine) and line.open and line.key not in self._desk.pending
        ]

    @staticmethod
    def _doubt(ticket: OrderView, lines: Sequence[PassLine]) -> str:
        """Why it can't go out at once, and what else can be done; empty if it can."""
        if any(line.tag in ("voided", "changed") for line in ticket.lines):
            return say.changed_again(ticket.title)
        late = [line.name for line in lines if line.stage != "ready"]
        return say.not_ready(ticket.title, late[:NAMED], len(late) - NAMED) if late else ""


def _called(lines: Sequence[PassLine]) -> str:
    """Dishes on a button."""
    return lines[0].name if len(lines) == 1 else sayings.dishes(len(lines))
