"""Where dishes lie: rows as high as their names need, and a page as soon as one is full.

The names are measured as QML will draw them, so that no name is cut and no tile moves when its
count changes: the place of the count is kept free on each.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from common.ui.measure import TextMeasure


class Tile(NamedTuple):
    """A dish as it is shown."""

    key: str
    name: str
    price: str
    open: bool = False
    """No dish of the card: what was typed, to be asked for by that name."""


class Spot(NamedTuple):
    """A tile's place on its page, in logical pixels; its name takes `lines` lines."""

    tile: Tile
    x: int
    y: int
    width: int
    height: int
    lines: int


class Grid(NamedTuple):
    """All pages; `columns` tiles stand side by side."""

    pages: tuple[tuple[Spot, ...], ...]
    columns: int


def lay_out(
    tiles: Sequence[Tile],
    room: tuple[int, int],
    measure: TextMeasure,
    sizes: Mapping[str, int],
    line_factor: float,
) -> Grid:
    """Pages of tiles for a room's width and height."""
    gap, pad = sizes["gap"], sizes["pad"]
    width, height = room
    columns = max(1, (width + gap) // (sizes["tileWidth"] + gap))
    tile = (width - (columns - 1) * gap) // columns
    inner = tile - 2 * pad - sizes["tileCount"]
    dish, info = (math.ceil(sizes[name] * line_factor) for name in ("dishSize", "infoSize"))
    pages: list[list[Spot]] = [[]]
    y = 0
    for start in range(0, len(tiles), columns):
        row = tiles[start : start + columns]
        lines = [len(measure.lines(each.name, "dish", inner)) for each in row]
        high = max(sizes["tileHeight"], max(lines) * dish + info + 2 * pad)
        if y and y + high > height:
            pages.append([])
            y = 0
        pages[-1] += (
            Spot(each, nth * (tile + gap), y, tile, high, lines[nth])
            for nth, each in enumerate(row)
        )
        y += high + gap
    return Grid(tuple(map(tuple, pages)), columns)
