"""All pictures of the screens: every scene in every size and language, and a sheet of each."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtQuick import QQuickWindow

from common.ui.fonts import font
from common.ui.geometry import Geometry
from common.ui.picture import save, take
from common.ui.scenes import NAMES
from common.ui.screens import SCREENS, Kind
from common.ui.tokens import read_tokens

SIZES = ((1024, 768), (1366, 768), (1920, 1080), (2560, 1440), (1080, 1920))
LANGUAGES = ("zh_CN", "en")
SHEET = "contact-sheet-{screen}.png"
SAFE = "-safe"
_COLUMNS = 6
_THUMB = QSize(384, 300)
_CAPTION, _GAP = 30, 12


class Shot(NamedTuple):
    """One picture: a screen in a scene, on a panel, in a language and a palette."""

    screen: str
    scene: str
    width: int
    height: int
    lang: str = LANGUAGES[0]
    safe: bool = False
    """In the palette for the colour-blind."""

    @property
    def kind(self) -> Kind:
        """Which screen it is of."""
        return SCREENS[self.screen]

    @property
    def palette(self) -> str:
        """The theme that it is drawn in."""
        return self.kind.usual.palette + (SAFE if self.safe else "")

    @property
    def name(self) -> str:
        """What its file is called."""
        size = f"{self.width}x{self.height}"
        return f"{self.screen}-{self.scene}-{size}-{self.lang}-{self.palette}.png"

    @property
    def panel(self) -> Geometry:
        """Where it hangs."""
        return panel(self.width, self.height, self.kind.usual.distance_m)


def panel(width: int, height: int, distance_m: float) -> Geometry:
    """A panel with the pixels of the usual one: fewer of them make it smaller, not coarser."""
    usual = Geometry()
    grown = math.hypot(width, height) / math.hypot(usual.width, usual.height)
    return Geometry(width, height, usual.diagonal_in * grown, distance_m)


def gallery(screen: str) -> Iterator[Shot]:
    """Every scene, size and language of a screen, and the rush for the colour-blind."""
    for scene in NAMES:
        for width, height in SIZES:
            for lang in LANGUAGES:
                yield Shot(screen, scene, width, height, lang)
    yield Shot(screen, "rush", 1920, 1080, safe=True)


def hang(shots: Sequence[Shot], show: Callable[[Shot], QQuickWindow], folder: Path) -> None:
    """Take these pictures, one window after the other, and a sheet a screen. Raises KnownError."""
    thumbnails: list[tuple[Shot, QImage]] = []
    for shot in shots:
        picture = take(show(shot))
        save(picture, folder / shot.name)
        thumbnails.append((shot, _thumbnail(picture)))
    for screen in dict.fromkeys(shot.screen for shot in shots):
        own = [each for each in thumbnails if each[0].screen == screen]
        save(_sheet(own), folder / SHEET.format(screen=screen))


def _thumbnail(picture: QImage) -> QImage:
    return picture.scaled(
        _THUMB, Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
    )


def _sheet(thumbnails: Sequence[tuple[Shot, QImage]]) -> QImage:
    """All thumbnails in rows, each above its name."""
    colours = read_tokens("counter").colours
    cell = QSize(_THUMB.width() + _GAP, _THUMB.height() + _CAPTION + _GAP)
    rows = -(-len(thumbnails) // _COLUMNS)
    sheet = QImage(
        _COLUMNS * cell.width() + _GAP, rows * cell.height() + _GAP, QImage.Format.Format_RGB32
    )
    sheet.fill(QColor(colours["window"]))
    painter = QPainter(sheet)
    painter.setPen(QColor(colours["text"]))
    painter.setFont(font(_CAPTION // 2))
    for nth, (shot, thumbnail) in enumerate(thumbnails):
        row, column = divmod(nth, _COLUMNS)
        left, top = _GAP + column * cell.width(), _GAP + row * cell.height()
        painter.drawImage(left, top, thumbnail)
        place = QRect(left, top + _THUMB.height(), _THUMB.width(), _CAPTION)
        painter.drawText(place, Qt.AlignmentFlag.AlignVCenter, shot.name.removesuffix(".png"))
    painter.end()
    return sheet
