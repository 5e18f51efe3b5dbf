"""How text will stand in QML: the same layout engine, fonts and sizes, asked before it is drawn."""

from __future__ import annotations

import math
from typing import Final, Literal

from PySide6.QtGui import QFont, QTextLayout, QTextOption

from common.ui.fonts import font
from common.ui.theme import Theme

Style = Literal["title", "timer", "dish", "wish", "info", "facts", "badge", "chip", "total"]
"""Which of the theme's types: wish is a dish's in regular weight, badge an info's in bold, facts
an info's whose digits are all of one width."""

_SIZES: Final = {
    "title": ("titleSize", True),
    "timer": ("titleSize", True),
    "dish": ("dishSize", True),
    "wish": ("dishSize", False),
    "info": ("infoSize", False),
    "facts": ("infoSize", False),
    "badge": ("infoSize", True),
    "chip": ("chipSize", False),
    "total": ("totalSize", True),
}
_KEPT: Final = 20_000
"""Answers kept; a screen asks for the same words again and again."""
_ENDLESS: Final = 1e6


class TextMeasure:
    """Widths and line breaks by one theme; cheap to ask again."""

    def __init__(self, theme: Theme) -> None:
        self._theme = theme
        self._fonts: dict[Style, QFont] = {}
        self._known: dict[tuple[str, Style, int], tuple[str, ...]] = {}
        self._widths: dict[tuple[str, Style], int] = {}
        theme.changed.connect(self.forget)

    def forget(self) -> None:
        """Sizes are others now."""
        self._fonts.clear()
        self._known.clear()
        self._widths.clear()

    def width(self, text: str, style: Style) -> int:
        """Pixels that the text takes on one line."""
        known = self._widths.get((text, style))
        if known is None:
            layout = self._layout(text, style)
            layout.beginLayout()
            line = layout.createLine()
            line.setLineWidth(_ENDLESS)
            layout.endLayout()
            known = math.ceil(line.naturalTextWidth())
            if len(self._widths) >= _KEPT:
                self._widths.clear()
            self._widths[text, style] = known
        return known

    def lines(self, text: str, style: Style, width: int) -> tuple[str, ...]:
        """The lines that the text breaks into, at words where it can be."""
        known = self._known.get((text, style, width))
        if known is None:
            known = tuple(self._broken(text, style, width))
            if len(self._known) >= _KEPT:
                self._known.clear()
            self._known[text, style, width] = known
        return known

    def _broken(self, text: str, style: Style, width: int) -> list[str]:
        # Qt counts in UTF-16, in which a rare hanzi or an emoji takes two places.
        raw = text.encode("utf-16-le", "surrogatepass")
        layout = self._layout(text, style)
        lines = []
        layout.beginLayout()
        while (line := layout.createLine()).isValid():
            line.setLineWidth(width)
            start, length = line.textStart(), line.textLength()
            lines.append(raw[2 * start : 2 * (start + length)].decode("utf-16-le", "surrogatepass"))
        layout.endLayout()
        return lines

    def _layout(self, text: str, style: Style) -> QTextLayout:
        layout = QTextLayout(text, self._font(style))
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        option.setUseDesignMetrics(True)  # as QML's Text does
        layout.setTextOption(option)
        return layout

    def _font(self, style: Style) -> QFont:
        known = self._fonts.get(style)
        if known is None:
            size, bold = _SIZES[style]
            known = self._fonts[style] = font(self._theme.sizes[size], bold=bold)
            if style in ("timer", "facts"):
                known.setFeature(QFont.Tag("tnum"), 1)
        return known
