"""Pictures of the station's screen: one, some of a running one, or every scene."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QElapsedTimer, QTimer
from PySide6.QtQuick import QQuickWindow

from common.ui.app import ScreenApp
from common.ui.gallery import gallery, hang
from common.ui.picture import save
from common.ui.settings import ScreenSettings
from kds.screens.station import register
from kds.wall import Wall

PALETTES = ("kitchen", "kitchen-safe")
EVERY_MS = 5_000


def keep_taking(window: QQuickWindow, folder: Path) -> None:
    """Leave a picture of the running screen every few seconds."""
    running = QElapsedTimer()
    running.start()

    def picture() -> None:
        seconds = round(running.elapsed() / 1000)
        save(window.grabWindow(), folder / f"screen-{seconds:03}s.png")

    timer = QTimer(window, interval=EVERY_MS)
    timer.timeout.connect(picture)
    timer.start()


def hang_all(folder: Path, qml: Path) -> None:
    """Leave a picture of every scene in every size and language, and a sheet of them all."""
    register()
    app = ScreenApp(ScreenSettings(), offscreen=True, import_path=qml)
    wall = Wall(app.engine, app.theme, app.translations)
    try:
        hang(list(gallery(PALETTES)), wall.show, folder)
    finally:
        wall.clear()
        app.close()
