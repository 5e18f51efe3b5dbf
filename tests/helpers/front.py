"""A counter's screen that tells what stands on it; see `glass`."""

from __future__ import annotations

import sys

import msgspec

from common.ui.program import Program
from foh.app import ROOM
from foh.screens.cart import CartRow
from foh.screens.counter import CounterScreen
from foh.screens.tiles import SectionRow, TileRow
from tests.helpers.glass import Glass, rows, tell, texts


class Look(msgspec.Struct, frozen=True):
    """What a cashier sees."""

    active: bool
    link: str
    hint: str
    page: str
    lines: tuple[CartRow, ...]
    stations: tuple[str, ...]
    sections: tuple[SectionRow, ...]
    steps: tuple[str, ...]
    texts: dict[str, tuple[int, int]]
    """What can be read, and where."""

    @property
    def stages(self) -> list[tuple[str, str]]:
        """The cart's dishes, and how far each is."""
        return [(row.name, row.stage) for row in self.lines]

    def tile(self, title: str) -> TileRow | None:
        """A table on the page of tables."""
        tiles = (tile for section in self.sections for tile in section.tiles)
        return next((tile for tile in tiles if tile.title == title), None)


class Front(Glass[Look]):
    """A counter's screen."""

    module = "tests.helpers.front"
    kind = Look

    def touch(self, text: str) -> None:
        """Tap where this can be read, once it can, and wait until that did something."""
        before = self.until(lambda look: text in look.texts, text)
        self.tap(*before.texts[text])
        self.until(lambda look: look != before, f"after {text}")


def _look(program: Program) -> Look:
    screen = program.model
    assert isinstance(screen, CounterScreen)
    order, tables = screen.property("orderPage"), screen.property("tablesPage")
    return Look(
        active=program.window.isActive(),
        link=screen.facts.link_state,
        hint=screen.facts.hint,
        page=screen.facts.page,
        lines=rows(order, "lines"),
        stations=tuple(row.text for row in rows(order, "stations")),
        sections=rows(tables, "sections"),
        steps=tuple(row.text for row in rows(tables, "steps")),
        texts=texts(program.window),
    )


if __name__ == "__main__":
    sys.exit(tell(ROOM, _look))
