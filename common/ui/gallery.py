"""All pictures of a screen: every scene in every size and language, and a sheet of them all."""

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
from common.ui.tokens import read_tokens

SIZES = ((1024, 768), (1366, 768), (1920, 1080), (2560, 1440), (1080, 1920))
LANGUAGES = ("zh_CN", "en")
SHEET = "contact-sheet.png"
_COLUMNS = 6
_THUMB = QSize(384, 300)
_CAPTION, _GAP = 30, 12


class Shot(NamedTuple):
    """One picture: a scene on a panel in a language and a palette."""

    scene: str
    width: int
    height: int
    lang: str = "zh_CN"
    palette: str = "kitchen"

    @property
    def name(self) -> str:
        """What its file is called."""
        return f"{self.scene}-{self.width}x{self.height}-{self.lang}-{self.palette}.png"

    @property
    def panel(self) -> Geometry:
        """A panel with the pixels of the usual one: fewer of them make it smaller, not coarser."""
        usual = Geometry()
        grown = math.hypot(self.width, self.height) / math.hypot(usual.width, usual.height)
        return Geometry(self.width, self.height, usual.diagonal_in * grown, usual.distance_m)


def gallery(palettes: Sequence[str]) -> Iterator[Shot]:
    """Every scene, size and language in the first palette, and the rush in the others too."""
    for scene in NAMES:
        for width, height in SIZES:
            for lang in LANGUAGES:
                yield Shot(scene, width, height, lang, palettes[0])
    for palette in palettes[1:]:
        yield Shot("rush", 1920, 1080, LANGUAGES[0], palette)


def hang(shots: Sequence[Shot], show: Callable[[Shot], QQuickWindow], folder: Path) -> None:
    """Take these pictures, one window after the other, and the sheet of all. Raises KnownError."""
    thumbnails: list[tuple[Shot, QImage]] = []
    for shot in shots:
        picture = take(show(shot))
        save(picture, folder / shot.name)
        thumbnails.append((shot, _thumbnail(picture)))
    save(_sheet(thumbnails), folder / SHEET)


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
