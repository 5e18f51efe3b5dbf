"""Every scene in every size and language: all can be read, nothing covers anything, all is touched.

What a screen's window really holds is walked, item by item; see `tests.helpers.item_tree`.
"""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtQml import QQmlEngine
from PySide6.QtQuick import QQuickWindow

from common.ui.app import QML
from common.ui.gallery import LANGUAGES, SIZES, Shot
from common.ui.i18n import Translations
from common.ui.picture import rest
from common.ui.scenes import NAMES
from common.ui.theme import Theme
from common.ui.wall import Wall
from kds.app import ROOM
from kds.screens.screen import KitchenScreen
from tests.helpers.item_tree import look


class Hall:
    """A wall with what it needs, for all scenes in turn."""

    def __init__(self) -> None:
        ROOM.register()
        self.theme = Theme()
        self.engine = QQmlEngine()
        self.theme.install(self.engine)
        for folder in (QML, ROOM.qml):
            self.engine.addImportPath(str(folder))
        self.translations = Translations(LANGUAGES[0])
        self.translations.changed.connect(self.engine.retranslate)
        self.wall = Wall(ROOM, self.engine, self.theme, self.translations)

    def faults(self, shot: Shot, *turns: tuple[str, str]) -> list[str]:
        """What is wrong with a scene's window, or with what each turn there and back shows."""
        window = self.wall.show(shot)
        screen = window.findChild(KitchenScreen)
        assert screen is not None
        if not turns:
            return self._walked(window, shot.name)
        found: list[str] = []
        for there, back in turns:
            screen.act(there, 0)
            found += self._walked(window, f"{shot.name}, {there}")
            screen.act(back, 0)
        return found

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


@pytest.fixture(scope="module")
def hall(qapp: object) -> Iterator[Hall]:
    hall = Hall()
    yield hall
    hall.close()


@pytest.mark.slow
@pytest.mark.parametrize("screen", ["station", "expo"])
@pytest.mark.parametrize("scene", NAMES)
def test_a_scene_is_whole_in_every_size_and_language(hall: Hall, scene: str, screen: str) -> None:
    shots = [Shot(screen, scene, *size, lang) for size in SIZES for lang in LANGUAGES]
    assert [fault for shot in shots for fault in hall.faults(shot)] == []


TURNS = {
    "station": (
        ("last", "first"),
        ("dishes", "dishes"),
        ("summary", "close"),
        ("recall_list", "close"),
        ("keys", "close"),
    ),
    "expo": (("last", "first"), ("recall_list", "close"), ("notices", "close"), ("keys", "close")),
}


@pytest.mark.slow
@pytest.mark.parametrize("screen", TURNS)
@pytest.mark.parametrize("scene", ["rush", "60_character_names", "99_tickets", "empty"])
def test_what_keys_turn_to_is_whole_too(hall: Hall, scene: str, screen: str) -> None:
    shots = [Shot(screen, scene, *size, lang) for size in SIZES[::2] for lang in LANGUAGES]
    assert [fault for shot in shots for fault in hall.faults(shot, *TURNS[screen])] == []
