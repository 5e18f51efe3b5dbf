"""From the board's pieces to the rows that QML draws: times, marks, selection, all rectangles."""

from __future__ import annotations

from collections.abc import Collection
from typing import NamedTuple

from common.ui import words
from common.ui.ages import Timer
from kds.screens.board import Board, Piece
from kds.screens.rows import BodyRow, CardRow


class Marks(NamedTuple):
    """What a hand has to do with the cards."""

    ticket: str = ""
    """The selected ticket, and the dish on it."""
    line: str = ""
    dish: str = ""
    """The dish that is looked for."""
    pending: Collection[str] = frozenset()
    """Tickets and dishes with a command on its way."""


class CardMaker:
    """Makes the cards of the page that is shown; what is as it was stays the same object."""

    def __init__(self, board: Board, torn: int) -> None:
        self._board = board
        self._torn = torn
        self._known: dict[str, tuple[object, CardRow]] = {}

    def rows(self, timers: dict[str, Timer], marks: Marks) -> list[CardRow]:
        """The cards of this page."""
        made: dict[str, tuple[object, CardRow]] = {}
        for key in self._board.on_page(self._board.page):
            for piece in self._board.pieces(key):
                if piece.part.page == self._board.page:
                    name = f"{key}#{piece.part.nth}"
                    made[name] = self._row(name, piece, timers[key], marks)
        self._known = made
        return [row for _, row in made.values()]

    def _row(self, name: str, piece: Piece, timer: Timer, marks: Marks) -> tuple[object, CardRow]:
        view = piece.sheet.view
        own = marks if view.key == marks.ticket else marks._replace(ticket="", line="")
        pending = frozenset(marks.pending).intersection(
            {view.key, *(line.key for line in view.lines)}
        )
        asked = (piece, timer, own._replace(pending=pending), self._board.number(view.key))
        known = self._known.get(name)
        if known is not None and known[0] == asked:
            return known
        return asked, self._made(name, piece, timer, own._replace(pending=pending))

    def _made(self, name: str, piece: Piece, timer: Timer, marks: Marks) -> CardRow:
        part, sheet, view = piece.part, piece.sheet, piece.sheet.view
        slot = self._board.number(view.key)
        body = self._body(piece, marks)
        row = CardRow(
            key=name,
            x=part.x,
            y=part.y,
            width=self._board.card_width,
            height=part.height,
            body=body,
            part=part.nth,
            torn_top=part.torn_top,
            torn_bottom=part.torn_bottom,
            slot=slot,
            slot_text=str(slot) if slot else "",
            selected=view.key == marks.ticket,
            marked=any(line.marked for line in body),
            age=timer.age,
            title=sheet.title,
            title_width=sheet.title_width,
            title_lines=sheet.title_lines,
            number=view.number,
            number_below=sheet.number_below,
            timer=timer.text,
            timer_width=sheet.timer_width,
            overrun=timer.overrun,
            top=self._torn if part.nth else sheet.border,
            header_height=sheet.header_height,
            allergy=sheet.allergy.text,
            allergy_lines=sheet.allergy.lines,
            allergy_height=sheet.allergy.height,
            more=words.more_rows(piece.hidden) if piece.hidden else "",
            pending=bool(marks.pending),
        )
        if part.nth == 0:
            row = row._replace(
                adopted=sheet.adopted.text,
                adopted_lines=sheet.adopted.lines,
                adopted_height=sheet.adopted.height,
                strip=sheet.strip,
                strip_height=sheet.strip_height,
            )
        if piece.last and not piece.hidden:
            row = row._replace(
                also=sheet.also.text, also_lines=sheet.also.lines, also_height=sheet.also.height
            )
        return row

    def _body(self, piece: Piece, marks: Marks) -> tuple[BodyRow, ...]:
        sheet, view = piece.sheet, piece.sheet.view
        y = self._torn + sheet.again if piece.part.nth else sheet.head
        dishes = {line.key: line.dish for line in view.lines}
        rows: list[BodyRow] = []
        for row in sheet.body[piece.first : piece.end]:
            rows.append(
                row._replace(
                    y=y,
                    selected=view.key == marks.ticket and row.line != "" and row.line == marks.line,
                    marked=marks.dish != "" and dishes.get(row.line) == marks.dish,
                    pending=row.line in marks.pending,
                    rule=row.rule and bool(rows),
                )
            )
            y += int(row.height)
        return tuple(rows)
