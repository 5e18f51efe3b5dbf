"""From the board's pieces to the cards of the pass: how far each order is, what can go out."""

from __future__ import annotations

from collections import Counter

from common.ui.ages import Timer
from kds.screens.board import Piece
from kds.screens.cards import CardMaker, Marks
from kds.screens.expo_orders import OrderView
from kds.screens.expo_sheets import BETWEEN, OVERRUN
from kds.screens.rows import CardRow, ChipRow


class PassCards(CardMaker):
    """Makes the cards of the page that is shown."""

    def _made(self, name: str, piece: Piece, timer: Timer, marks: Marks) -> CardRow:
        row = super()._made(name, piece, timer, marks)
        view = piece.sheet.view
        assert isinstance(view, OrderView)
        stages = Counter(line.stage for line in view.lines if line.stage != "voided")
        whole = stages.total() or 1
        return row._replace(
            strip=tuple(_late(chip, timer.overrun) for chip in row.strip),
            overrun="",
            ready=view.ready,
            served_share=stages["served"] / whole,
            ready_share=stages["ready"] / whole,
            cooking_share=stages["cooking"] / whole,
        )


def _late(chip: ChipRow, overrun: str) -> ChipRow:
    """The strip's words with the overrun in its place."""
    before, _, after = chip.text.partition(OVERRUN)
    parts = (before, overrun, after)
    return chip._replace(text=BETWEEN.join(filter(None, parts)))
