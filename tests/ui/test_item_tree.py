"""Every scene in every size and language: all can be read, nothing covers anything, all is touched.

What a screen's window really holds is walked, item by item; see `tests.helpers.item_tree`.
"""

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtQml import QQmlEngine
from PySide6.QtQuick import QQuickWindow

from common.ui.app import QML
from common.ui.gallery import LANGUAGES, SIZES, Shot
from common.ui.i18n import Translations
from common.ui.picture import rest
from common.ui.program import Room
from common.ui.scenes import NAMES
from common.ui.theme import Theme
from common.ui.wall import Wall
from foh.app import ROOM as FRONT
from foh.screens.counter import CounterScreen
from kds.app import ROOM as KITCHEN
from kds.screens.screen import KitchenScreen
from tests.helpers.item_tree import look


class Hall:
    """A wall with what it needs, for all scenes in turn."""

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

    def faults(self, shot: Shot, *turns: tuple[str, str]) -> list[str]:
        """What is wrong with a scene's window, or with what each turn there and back shows."""
        window = self.wall.show(shot)
        if not turns:
            return self._walked(window, shot.name)
        act = _hands(window)
        found: list[str] = []
        for there, back in turns:
            act(there)
            found += self._walked(window, f"{shot.name}, {there}")
            act(back)
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


def _hands(window: QQuickWindow) -> Callable[[str], None]:
    """What works the window's screen, by the names of actions."""
    station, counter = window.findChild(KitchenScreen), window.findChild(CounterScreen)
    if station is not None:
        return lambda action: station.act(action, 0)
    assert counter is not None
    return counter.act


@pytest.fixture(scope="module")
def hall(qapp: object) -> Iterator[Hall]:
    hall = Hall(KITCHEN)
    yield hall
    hall.close()


@pytest.fixture(scope="module")
def counter(qapp: object) -> Iterator[Hall]:
    hall = Hall(FRONT)
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
        ("settings", "close"),
    ),
    "expo": (("last", "first"), ("recall_list", "close"), ("notices", "close"), ("keys", "close")),
}


@pytest.mark.slow
@pytest.mark.parametrize("screen", TURNS)
@pytest.mark.parametrize("scene", ["rush", "60_character_names", "99_tickets", "empty"])
def test_what_keys_turn_to_is_whole_too(hall: Hall, scene: str, screen: str) -> None:
    shots = [Shot(screen, scene, *size, lang) for size in SIZES[::2] for lang in LANGUAGES]
    assert [fault for shot in shots for fault in hall.faults(shot, *TURNS[screen])] == []


@pytest.mark.slow
@pytest.mark.parametrize("scene", NAMES)
def test_the_floor_is_whole_in_every_size_and_language(counter: Hall, scene: str) -> None:
    shots = [Shot("floor", scene, *size, lang) for size in SIZES for lang in LANGUAGES]
    assert [fault for shot in shots for fault in counter.faults(shot)] == []


@pytest.mark.slow
@pytest.mark.parametrize("scene", ["rush", "60_character_names", "99_tickets"])
def test_the_floor_is_whole_where_keys_lead(counter: Hall, scene: str) -> None:
    shots = [Shot("floor", scene, *size, lang) for size in SIZES[::2] for lang in LANGUAGES]
    turns = (("last", "first"), ("arrange", "arrange"), ("backtab", "close"), ("pay", "close"))
    assert [fault for shot in shots for fault in counter.faults(shot, *turns)] == []


@pytest.mark.slow
@pytest.mark.parametrize("size", SIZES)
def test_the_settings_are_whole(counter: Hall, size: tuple[int, int]) -> None:
    shots = [Shot("settings", "rush", *size, lang) for lang in LANGUAGES]
    assert [fault for shot in shots for fault in counter.faults(shot)] == []
