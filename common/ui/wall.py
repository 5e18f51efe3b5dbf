"""A program's screens in any scene: one engine, a window that is made anew for each picture."""

from __future__ import annotations

from pathlib import Path

import msgspec
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtQml import QQmlComponent, QQmlEngine
from PySide6.QtQuick import QQuickWindow

from common.ui.app import ScreenApp
from common.ui.arrangement import Arrangement
from common.ui.gallery import Shot, gallery, hang
from common.ui.i18n import Translations
from common.ui.program import Room, Stand
from common.ui.scenes import build
from common.ui.scenes.source import SceneSource
from common.ui.screens import screens_of
from common.ui.theme import Theme


class Wall:
    """Shows one picture at a time; hold it as long as its window is to stay."""

    def __init__(
        self, room: Room, engine: QQmlEngine, theme: Theme, translations: Translations
    ) -> None:
        self._room = room
        self._engine = engine
        self._theme = theme
        self._translations = translations
        self._components: dict[str, QQmlComponent] = {}
        self._window: QQuickWindow | None = None

    def show(self, shot: Shot) -> QQuickWindow:
        """Open the picture's window, and close the one before."""
        self.clear()
        if self._theme.palette != shot.palette:
            self._theme.set_palette(shot.palette)
        if self._theme.geometry != shot.panel:
            self._theme.set_geometry(shot.panel)
        self._translations.use(shot.lang)
        scene = build(shot.scene, shot.kind.role)
        source = SceneSource(scene)
        asked = {"auto_start": 0, "language": shot.lang, "palette": shot.palette}
        settings = msgspec.structs.replace(shot.kind.usual, **asked)
        arrangement = Arrangement(settings, self._theme)
        component, model, _ = self._room.make(
            Stand(
                source,
                scene.station,
                self._theme,
                settings,
                arrangement,
                scene.adopted,
                shot.kind.page,
                begun=scene.begun,
            )
        )
        facts = {"screenModel": model, "width": shot.width, "height": shot.height}
        window = self._component(component).createWithInitialProperties({**facts, "visible": True})
        assert isinstance(window, QQuickWindow), self._component(component).errorString()
        for shown in (model, source, arrangement):
            shown.setParent(window)  # what a window shows goes with it, and not before
        self._window = window
        return window

    def _component(self, name: str) -> QQmlComponent:
        if name not in self._components:
            self._components[name] = QQmlComponent(self._engine)
            self._components[name].loadFromModule(self._room.module, name)
        return self._components[name]

    def clear(self) -> None:
        """Close the window."""
        if self._window is not None:
            self._window.close()
            self._window.deleteLater()
            self._window = None
            # At once: what is gone does not follow the next picture's theme and language.
            QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def hang_all(room: Room, folder: Path) -> None:
    """Leave a picture of every scene in every size and language, and a sheet of each screen."""
    room.register()
    app = ScreenApp(room.usual, offscreen=True, import_path=room.qml)
    wall = Wall(room, app.engine, app.theme, app.translations)
    shots = [shot for screen in screens_of(room.program) for shot in gallery(screen)]
    try:
        hang(shots, wall.show, folder)
    finally:
        wall.clear()
        app.close()
