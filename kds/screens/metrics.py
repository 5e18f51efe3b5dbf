"""The lengths that cards are laid out with, all from the theme, and how text is measured."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import NamedTuple, Protocol

from common.ui.measure import Style

HANZI = 7
"""A dish's name of so many hanzi stands beside quantity and state on one line."""


class Measure(Protocol):
    """Text as QML will set it."""

    def width(self, text: str, style: Style) -> int:
        """Pixels that the text takes on one line."""

    def lines(self, text: str, style: Style, width: int) -> tuple[str, ...]:
        """The lines that it breaks into."""


class Metrics(NamedTuple):
    """Whole pixels; the names are the theme's."""

    margin: int
    pad: int
    gap: int
    gap_small: int
    card_border: int
    dish_size: int
    info_size: int
    slot_box: int
    box_size: int
    quantity_width: int
    channel_height: int
    torn_height: int
    touch: int
    title_line: int
    dish_line: int
    info_line: int

    @classmethod
    def of(cls, sizes: Mapping[str, int], factors: Mapping[str, float]) -> Metrics:
        """The theme's for one panel; a line of text is as high as QML sets it."""
        lengths = {name: sizes[_camel(name)] for name in cls._fields if not name.endswith("_line")}
        factor = factors["lineFactor"]
        return cls(
            **lengths,
            title_line=math.ceil(sizes["titleSize"] * factor),
            dish_line=math.ceil(sizes["dishSize"] * factor),
            info_line=math.ceil(sizes["infoSize"] * factor),
        )

    @property
    def edge(self) -> int:
        """From a card's edge to what stands in it."""
        return self.card_border + self.pad

    def dish_pad(self, text: int) -> int:
        """Air above and below a dish whose text is so high: it has to be touched."""
        return max(self.gap_small // 2, -(-(self.touch - text) // 2))

    @property
    def card_width(self) -> int:
        """The least that a card can do with."""
        badge = 3 * self.info_size + self.info_size * 5 // 4 + 2 * self.gap_small
        name = HANZI * self.dish_size + self.gap_small // 2
        return 2 * self.edge + self.quantity_width + name + badge

    @property
    def cell_height(self) -> int:
        """The least that a cell of the grid can do with: a header, its strip and four dishes."""
        return self.title_line + 3 * self.info_line + 4 * self.touch


def _camel(name: str) -> str:
    head, *rest = name.split("_")
    return head + "".join(part.capitalize() for part in rest)
