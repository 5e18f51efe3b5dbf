"""Pictures of a window, taken when it has come to rest."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QElapsedTimer, QEventLoop, QTimer
from PySide6.QtGui import QImage
from PySide6.QtQuick import QQuickWindow

from common.errors import KnownError

_PATIENCE_MS = 5_000
"""A window that never rests is taken as it is then."""


def take(window: QQuickWindow) -> QImage:
    """The window as it looks once it has been drawn and draws no more. Raises KnownError."""
    rest(window)
    picture = window.grabWindow()
    if picture.isNull():
        raise KnownError(
            "The window could not be drawn, so there is no picture of it.",
            "窗口没有画出来，无法截图。",
        )
    return picture


def save(picture: QImage, path: Path) -> None:
    """Write a picture. Raises KnownError."""
    path.parent.mkdir(parents=True, exist_ok=True)
    if not picture.save(str(path)):
        raise KnownError(f"The picture {path} can't be written.", f"图片 {path} 无法写入。")


def rest(window: QQuickWindow, quiet_ms: int = 60) -> None:
    """Let the window draw until it has drawn nothing for so long."""
    loop = QEventLoop()
    quiet, patience = QTimer(), QTimer()
    for timer, wait in ((quiet, quiet_ms), (patience, _PATIENCE_MS)):
        timer.setSingleShot(True)
        timer.setInterval(wait)
        timer.timeout.connect(loop.quit)
    drawn = window.frameSwapped.connect(quiet.start)  # each frame begins the wait anew
    patience.start()
    if window.isExposed():
        quiet.start()  # it may have nothing to draw
    loop.exec()
    window.frameSwapped.disconnect(drawn)


def keep_taking(window: QQuickWindow, folder: Path, name: str, every_ms: int) -> None:
    """Leave a picture of a running screen every so often, as NAME-005s.png."""
    running = QElapsedTimer()
    running.start()

    def picture() -> None:
        seconds = round(running.elapsed() / 1000)
        save(window.grabWindow(), folder / f"{name}-{seconds:03}s.png")

    timer = QTimer(window, interval=every_ms)
    timer.timeout.connect(picture)
    timer.start()
