"""A station's screen in any scene: one engine, a window that is made anew for each."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtQml import QQmlComponent, QQmlEngine
from PySide6.QtQuick import QQuickWindow

from common.ui.gallery import Shot
from common.ui.i18n import Translations
from common.ui.scenes import build
from common.ui.scenes.source import SceneSource
from common.ui.theme import Theme
from kds.screens.station import Options, StationScreen


class Wall:
    """Shows one scene at a time; hold it as long as its window is to stay."""

    def __init__(self, engine: QQmlEngine, theme: Theme, translations: Translations) -> None:
        self._theme = theme
        self._translations = translations
        self._main = QQmlComponent(engine)
        self._main.loadFromModule("Kds", "Main")
        self._window: QQuickWindow | None = None

    def show(self, shot: Shot) -> QQuickWindow:
        """Open the scene's window, and close the one before."""
        self.clear()
        if self._theme.palette != shot.palette:
            self._theme.set_palette(shot.palette)
        if self._theme.geometry != shot.panel:
            self._theme.set_geometry(shot.panel)
        self._translations.use(shot.lang)
        scene = build(shot.scene)
        source = SceneSource(scene)
        screen = StationScreen(
            source,
            scene.station,
            self._theme,
            adopted=scene.adopted,
            options=Options(auto_start=0),
            language=shot.lang,
        )
        facts = {"screenModel": screen, "width": shot.width, "height": shot.height}
        window = self._main.createWithInitialProperties({**facts, "visible": True})
        assert isinstance(window, QQuickWindow), self._main.errorString()
        for model in (screen, source):
            model.setParent(window)  # what a window shows goes with it, and not before
        self._window = window
        return window

    def clear(self) -> None:
        """Close the window."""
        if self._window is not None:
            self._window.close()
            self._window.deleteLater()
            self._window = None
            # At once: what is gone does not follow the next scene's theme and language.
            QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
