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


class _Cells(NamedTuple):
    """Tiles of one width: how many side by side, and the lines that each name takes."""

    columns: int
    width: int
    lines: list[int]


LINES = 2.5
"""Lines of a name that are too many on the average: wider tiles read better."""


def lay_out(
    tiles: Sequence[Tile],
    room: tuple[int, int],
    measure: TextMeasure,
    sizes: Mapping[str, int],
    line_factor: float,
) -> Grid:
    """Pages of tiles for a room's width and height."""
    gap, pad = sizes["gap"], sizes["pad"]
    columns, width, lines = _cells(tiles, room[0], measure, sizes)
    dish, info = (math.ceil(sizes[name] * line_factor) for name in ("dishSize", "infoSize"))
    pages: list[list[Spot]] = [[]]
    y = 0
    for start in range(0, len(tiles), columns):
        row = range(start, min(start + columns, len(tiles)))
        most = max(lines[at] for at in row)
        high = max(sizes["tileHeight"], most * dish + info + 2 * pad)
        if y and y + high > room[1]:
            pages.append([])
            y = 0
        pages[-1] += (
            Spot(tiles[at], nth * (width + gap), y, width, high, lines[at])
            for nth, at in enumerate(row)
        )
        y += high + gap
    return Grid(tuple(map(tuple, pages)), columns)


def _cells(
    tiles: Sequence[Tile], room: int, measure: TextMeasure, sizes: Mapping[str, int]
) -> _Cells:
    """As many side by side as there is room for, fewer where names are long."""
    gap, beside = sizes["gap"], 2 * sizes["pad"] + sizes["tileCount"]
    most = max(1, (room + gap) // (sizes["tileWidth"] + gap))
    for columns in range(most, 0, -1):
        width = (room - (columns - 1) * gap) // columns
        lines = [len(measure.lines(tile.name, "dish", width - beside)) for tile in tiles]
        if sum(lines) <= LINES * len(lines) or columns <= max(1, most - 1):
            return _Cells(columns, width, lines)
    return _Cells(1, room, [1] * len(tiles))
