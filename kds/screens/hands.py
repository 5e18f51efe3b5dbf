"""What a touch or a key means on the tickets: select, advance, bump, take back.

Whatever is touched was seen. A dish with an unacknowledged mark takes one touch for the mark before
it takes one for the work, and its ticket a second stroke within five seconds.
"""

from __future__ import annotations

from typing import Final, NamedTuple

from common.domain.clock import SECOND
from kds.screens import sayings
from kds.screens.board import Board
from kds.screens.desk import Desk
from kds.screens.lines import LineView
from kds.screens.tickets import HELD, TicketView

AGAIN: Final = 5 * SECOND
"""How long a first stroke waits for its second."""
HINT: Final = 4 * SECOND


class Again(NamedTuple):
    """A stroke that has to be made twice."""

    what: str
    until: int


class Hands:
    """One screen's hands: what is selected, and what the last stroke was. Times by `now`."""

    def __init__(self, board: Board, desk: Desk) -> None:
        self.ticket = ""
        """The selected ticket and dish."""
        self.line = ""
        self.dish = ""
        """The dish that is looked for in the all-day strip."""
        self._board = board
        self._desk = desk
        self._again = Again("", 0)
        self._hint = Again("", 0)

    # -- what is selected

    def select(self, key: str, line: str = "") -> None:
        """Turn to a ticket: it was seen."""
        ticket = self._board.tickets.get(key)
        if ticket is None:
            return
        if key != self.ticket or line:
            self.ticket, self.line = key, line
        self._desk.seen(ticket, (*ticket.fresh, *ticket.passing))

    def jump(self, number: int, now: int) -> None:
        """Turn to the ticket with a number; a number that nobody has selects nothing."""
        self.forget()
        self.select(self._board.ticket_at(number))
        if not self.ticket:
            self.hint(sayings.no_ticket_at(number), now)

    def forget(self) -> None:
        """Nothing is selected."""
        self.ticket = self.line = ""

    def look(self) -> None:
        """Let go of what is not there any more."""
        ticket = self.selected
        if ticket is None or ticket.key not in self._board.on_page(self._board.page):
            self.forget()
        elif self.line not in ticket.places:
            self.line = ""

    @property
    def selected(self) -> TicketView | None:
        """The selected ticket."""
        return self._board.tickets.get(self.ticket)

    def move(self, tickets: int, now: int) -> None:
        """Select the ticket so many places on, from one page to the next."""
        placed = self._board.placed
        page = self._board.on_page(self._board.page)
        if self.ticket in page:
            at = placed.index(self.ticket) + tickets
            self.go(min(max(at, 0), len(placed) - 1), now)
        elif page:
            self.go(placed.index(page[0 if tickets > 0 else -1]), now)

    def go(self, at: int, now: int) -> None:
        """Select a ticket by its place among all, and turn to its page."""
        if self._board.placed:
            key = self._board.placed[at]
            self.forget()
            self._board.page = self._board.page_of(key)
            self.select(key)
            self.hint("", now)

    def step(self, lines: int) -> None:
        """Select the dish so many places on."""
        ticket = self.selected
        if ticket is None:
            return
        keys = ticket.places
        at = keys.index(self.line) + lines if self.line in keys else (0 if lines > 0 else -1)
        if self.line not in keys or 0 <= at < len(keys):
            self.line = keys[at]

    # -- dishes

    def advance(self, now: int) -> None:
        """The selected dish goes on by one state; without one, the first that is not ready."""
        ticket = self.selected
        if ticket is None:
            self.hint(sayings.pick_first(), now)
            return
        if self.line == HELD:
            self._board.fold(ticket.key)
            return
        lines = list(ticket.lines)
        line = next((line for line in lines if line.key == self.line), None)
        line = line or next((line for line in lines if line.waiting), None)
        if line is not None:
            self.touch(ticket.key, line.key, None, now)

    def touch(self, key: str, line_key: str, count: int | None, now: int) -> None:
        """A finger on a dish: acknowledge its mark, else `count` portions on by one state."""
        self.select(key, line_key)
        ticket = self._board.tickets.get(key)
        if ticket is not None and line_key == HELD:
            self._board.fold(key)
            return
        line = (
            next((line for line in ticket.lines if line.key == line_key), None) if ticket else None
        )
        if ticket is None or line is None:
            return
        if line.news:
            self._desk.seen(ticket, line.news)
        elif line.key in self._desk.pending or ticket.key in self._desk.pending:
            self.hint(sayings.on_its_way(), now)
        elif line.stage == "held" and not self._twice(f"start {line.key}", now):
            self.hint(sayings.held_again(line.name), now)
        elif line.stage in ("", "held"):
            self._desk.send([self._desk.start(ticket, line, count)], sayings.undo_start(line.name))
        elif line.stage == "cooking":
            text = sayings.undo_ready(line.name)
            self._desk.send([self._desk.ready(ticket, line, count)], text)
        else:
            self.hint(sayings.done_already(line.stage, line.name), now)

    # -- whole tickets

    def bump(self, key: str, now: int) -> None:
        """A ticket is done; one with unacknowledged changes takes a second stroke."""
        ticket = self._board.tickets.get(key)
        if ticket is None:
            self.hint(sayings.pick_first(), now)
            return
        if key in self._desk.pending:
            self.hint(sayings.on_its_way(), now)
            return
        lines = self._read(ticket)
        news = [event for line in ticket.lines for event in line.news]
        if news and not self._twice(f"bump {key}", now):
            self.select(key)
            self.hint(sayings.changed_again(ticket.title), now)
            return
        self._desk.seen(ticket, (*ticket.fresh, *ticket.passing, *news))
        if not any(line.stage in ("", "cooking", "ready") for line in lines):
            if ticket.held:
                self.hint(sayings.all_held(ticket.title), now)
                return
            if all(line.anywhere for line in lines):
                return  # only news of dishes that nobody had: seen, they are gone
        name = " ".join(filter(None, (ticket.title, ticket.number)))
        sent = self._desk.bump(ticket, (line.id for line in lines))
        self._desk.send([sent], sayings.undo_bump(name, sum(line.left for line in lines)))
        if key == self.ticket:
            self.forget()

    def _read(self, ticket: TicketView) -> list[LineView]:
        """The dishes that the card has room for: only what can be read is done with."""
        rows = {
            row.line
            for piece in self._board.pieces(ticket.key)
            for row in piece.sheet.body[piece.first : piece.end]
        }
        return [line for line in ticket.lines if line.key in rows]

    def acknowledge(self) -> None:
        """全部已看: all that is new, changed or voided on this page was seen."""
        for key in self._board.on_page(self._board.page):
            ticket = self._board.tickets[key]
            self._desk.seen(ticket, (*ticket.fresh, *ticket.passing, *ticket.news))

    def rush(self, now: int) -> None:
        """Mark the selected ticket as urgent."""
        ticket = self.selected
        if ticket is None:
            self.hint(sayings.pick_first(), now)
        else:
            self._desk.send([self._desk.rush(ticket)])

    def undo(self, now: int) -> bool:
        """Take the last stroke back; False if there is none."""
        undone = self._desk.undo()
        if undone:
            self.hint("", now)
        return undone

    # -- saying something

    def hint(self, text: str, now: int) -> None:
        """One calm line, for a few seconds."""
        self._hint = Again(text, now + HINT)

    def hint_at(self, now: int) -> str:
        """The line that is still to be read."""
        return self._hint.what if now < self._hint.until else ""

    def _twice(self, what: str, now: int, within: int = AGAIN) -> bool:
        """Whether this is the second of two equal strokes."""
        second = self._again.what == what and now < self._again.until
        self._again = Again("", 0) if second else Again(what, now + within)
        return second
