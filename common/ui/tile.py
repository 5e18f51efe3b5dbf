"""Windows side by side: a restaurant on one desktop."""

from __future__ import annotations

import math
from typing import NamedTuple

from PySide6.QtCore import QRect

FRAME = 32
"""Pixels that a window manager's title bar may take above a window."""


class Tile(NamedTuple):
    """The nth of so many equal windows, from 1, row by row."""

    nth: int
    of: int

    def within(self, desktop: QRect) -> QRect:
        """Its place, with room for a title bar."""
        columns = math.ceil(math.sqrt(self.of))
        rows = math.ceil(self.of / columns)
        row, column = divmod(self.nth - 1, columns)
        width, height = desktop.width() // columns, desktop.height() // rows
        left, top = desktop.x() + column * width, desktop.y() + row * height
        return QRect(left, top + FRAME, width, height - FRAME)
