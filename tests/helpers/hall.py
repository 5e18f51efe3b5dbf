"""A wall for one program's screens: shows scenes in turn, and finds what nobody could read."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtQml import QQmlEngine
from PySide6.QtQuick import QQuickWindow

from common.ui.app import QML
from common.ui.gallery import LANGUAGES, Shot
from common.ui.i18n import Translations
from common.ui.picture import rest
from common.ui.program import Room
from common.ui.theme import Theme
from common.ui.wall import Wall
from foh.screens.counter import CounterScreen
from kds.screens.screen import KitchenScreen
from tests.helpers.item_tree import look

Stroke = tuple[str, str]
"""An action, and the text that goes with it at a counter."""


class Hall:
    """A wall with what it needs."""

    def __init__(self, room: Room) -> None:
        room.register()
        self.theme = Theme()
        self.engine = QQmlEngine()
        self.theme.install(self.engine)
        for folder in (QML, room.qml):
            self.engine.addImportPath(str(folder))
        self.translations = Translations(LANGUAGES[0])
        self.translations.changed.connect(self.engine.retranslate)
        self.wall = Wall(room, self.engine, self.theme, self.translations)

    def faults(self, shot: Shot, *strokes: Stroke) -> list[str]:
        """What is wrong with a scene's window, after these strokes."""
        window = self.wall.show(shot)
        if strokes:
            rest(window, 25)
        for action, text in strokes:
            self._act(action, text)
        return self._walked(window, f"{shot.name} {strokes or ''}")

    def faults_of_turns(self, shot: Shot, *turns: tuple[str, str]) -> list[str]:
        """What is wrong with what each turn shows; its second action leads back."""
        window = self.wall.show(shot)
        found: list[str] = []
        for there, back in turns:
            self._act(there)
            found += self._walked(window, f"{shot.name}, {there}")
            self._act(back)
        return found

    def _act(self, action: str, text: str = "") -> None:
        screen = self.wall.model
        if isinstance(screen, KitchenScreen):
            screen.act(action, 0)
        else:
            assert isinstance(screen, CounterScreen)
            screen.act(action, text)

    def _walked(self, window: QQuickWindow, name: str) -> list[str]:
        rest(window, 25)
        walked = look(window, self.theme.sizes["touch"])
        assert walked.texts > 5, name
        assert walked.targets > 1, name
        return [f"{name}: {fault}" for fault in walked.found]

    def close(self) -> None:
        self.wall.clear()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        self.translations.close()
