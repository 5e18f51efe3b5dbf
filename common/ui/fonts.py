"""The fonts that every screen brings along, so that it looks the same on every machine."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtGui import QFont, QFontDatabase, QGuiApplication

from common.errors import KnownError
from common.ui.resources import RESOURCES

FAMILIES = ("Inter", "Noto Sans SC")
"""Latin letters and digits come from the first, hanzi from the second."""

_FILES = (
    "Inter-Regular.ttf",
    "Inter-SemiBold.ttf",
    "Inter-Bold.ttf",
    "NotoSansSC-Regular.ttf",
    "NotoSansSC-Bold.ttf",
)


def load_fonts(folder: Path = RESOURCES / "fonts") -> None:
    """Make our fonts the application's own. Raises KnownError."""
    for name in _FILES:
        if QFontDatabase.addApplicationFont(str(folder / name)) < 0:
            raise KnownError(
                f"The font {folder / name} is missing or broken: install Passline again.",
                f"字体 {folder / name} 缺失或损坏：请重新安装 Passline。",
            )
    QGuiApplication.setFont(font())


def font(pixel_size: int = 0, *, bold: bool = False) -> QFont:
    """One of our fonts; its pixel size is the hanzi em."""
    made = QFont(list(FAMILIES))
    made.setBold(bold)
    if pixel_size > 0:
        made.setPixelSize(pixel_size)
    return made
