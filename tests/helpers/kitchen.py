"""A kitchen screen that tells what stands on it; see `glass`."""

from __future__ import annotations

import sys

import msgspec

from common.ui.program import Program
from kds.app import ROOM
from kds.screens.rows import CardRow, RecallRow
from kds.screens.screen import KitchenScreen
from tests.helpers.glass import Glass, rows, tell


class Look(msgspec.Struct, frozen=True):
    """What a cook sees."""

    active: bool
    top: int
    """Where the cards' area begins in the window."""
    link: str
    link_text: str
    hint: str
    overlay: str
    mode: str
    language: str
    page: int
    pages: int
    open_count: int
    cards: tuple[CardRow, ...]
    recalls: tuple[RecallRow, ...]

    def card(self, key: str) -> CardRow | None:
        """The first part of a ticket, if it is on the page."""
        return next((card for card in self.cards if (card.key, card.part) == (key, 0)), None)

    @property
    def tickets(self) -> dict[str, tuple[tuple[str, str, str], ...]]:
        """Each ticket's dishes as they stand, wherever they stand."""
        lines: dict[str, list[tuple[str, str, str]]] = {}
        for card in self.cards:
            rows = [(row.quantity, row.text, row.stage) for row in card.body if row.kind == "line"]
            lines.setdefault(card.key, []).extend(rows)
        return {key: tuple(rows) for key, rows in lines.items()}


class Kitchen(Glass[Look]):
    """A station's screen, or the pass's."""

    module = "tests.helpers.kitchen"
    kind = Look


def _look(program: Program) -> Look:
    screen = program.model
    assert isinstance(screen, KitchenScreen)
    facts = screen.facts
    return Look(
        active=program.window.isActive(),
        top=program.app.theme.sizes["barHeight"],
        link=facts.link_state,
        link_text=facts.link_text,
        hint=facts.hint,
        overlay=facts.overlay,
        mode=facts.mode,
        language=facts.language,
        page=facts.page,
        pages=facts.pages,
        open_count=facts.open_count,
        cards=rows(screen, "cards"),
        recalls=rows(screen, "recalls"),
    )


if __name__ == "__main__":
    sys.exit(tell(ROOM, _look))
