"""Where the keys are on the tables' page: at a tile, at one of its dishes, amid a number."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from common.domain.clock import SECOND
from foh.screens.sittings import Sitting
from foh.screens.tiles import SectionRow

TYPING: Final = 3 * SECOND // 2
"""A digit that comes sooner goes on with the number that is being typed."""


class Cursor:
    """Goes from tile to tile as they stand in rows of `columns`, and among a table's dishes."""

    def __init__(self) -> None:
        self.tile = ""
        self.line = ""
        """The dish that is marked; empty: the table as a whole is meant."""
        self.columns = 1
        self.typed = ""
        self._typed_at = 0
        self._sections: Sequence[SectionRow] = ()
        self._sat: Mapping[str, Sitting] = {}

    def stand(self, sections: Sequence[SectionRow], sat: Mapping[str, Sitting]) -> None:
        """The tiles stand like this now."""
        self._sections, self._sat = sections, sat
        keys = self.keys
        if self.tile not in keys:
            self.select(keys[0] if keys else "")

    @property
    def keys(self) -> list[str]:
        """The tiles, in their order."""
        return [tile.key for section in self._sections for tile in section.tiles]

    def select(self, key: str) -> None:
        """Go to a tile."""
        if key != self.tile:
            self.tile, self.line = key, ""

    def go(self, nth: int) -> None:
        """To the first tile or the last."""
        if keys := self.keys:
            self.select(keys[nth])

    def step(self, by: int) -> None:
        """To the next tile or the one before; from a dish back to its table."""
        keys = self.keys
        if self.line:
            self.line = ""
        elif self.tile in keys:
            at = keys.index(self.tile) + by
            self.select(keys[max(0, min(at, len(keys) - 1))])

    def climb(self, by: int) -> None:
        """A row up or down; among the dishes, one of them."""
        if self.line:
            self.mark(by)
            return
        grid = [
            [tile.key for tile in section.tiles[start : start + self.columns]]
            for section in self._sections
            for start in range(0, len(section.tiles), self.columns)
        ]
        row = next((nth for nth, keys in enumerate(grid) if self.tile in keys), None)
        if row is None or not 0 <= row + by < len(grid):
            return
        there = grid[row + by]
        self.select(there[min(grid[row].index(self.tile), len(there) - 1)])

    def mark(self, by: int) -> None:
        """To the next dish of the table; past its last, back to the table."""
        sitting = self._sat.get(self.tile)
        keys = [dish.key for dish in sitting.dishes] if sitting else []
        outside = -1 if by > 0 else len(keys)
        at = (keys.index(self.line) if self.line in keys else outside) + by
        self.line = keys[at] if 0 <= at < len(keys) else ""

    # -- by number

    def names(self, text: str, now: int) -> bool:
        """Whether a table's name goes on or begins like this."""
        typed = self._going_on(text, now).casefold()
        return any(self._called(key).startswith(typed) for key in self.keys)

    def type(self, text: str, now: int) -> bool:
        """Go to the table that is called what was typed; False: there is none."""
        self.typed, self._typed_at = self._going_on(text, now), now
        wanted = self.typed.casefold()
        found = next((key for key in self.keys if self._called(key) == wanted), None)
        if found is not None:
            self.select(found)
        return found is not None

    def _going_on(self, text: str, now: int) -> str:
        return (self.typed if now < self._typed_at + TYPING else "") + text

    def _called(self, key: str) -> str:
        """What is typed for a tile: a table's id, the number of an order without a table."""
        sitting = self._sat.get(key)
        if sitting is None or sitting.table:
            return key.removeprefix("t:").casefold()
        return sitting.number.casefold()
