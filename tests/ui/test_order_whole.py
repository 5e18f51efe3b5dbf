"""The order page and its forms in every scene, size and language: nothing cut, covered or small."""

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
from foh.app import ROOM
from foh.screens.counter import CounterScreen
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

    def faults(self, shot: Shot, *strokes: tuple[str, str]) -> list[str]:
        """What is wrong with a scene's window after these strokes."""
        window = self.wall.show(shot)
        screen = window.findChild(CounterScreen)
        assert screen is not None
        rest(window, 25)
        for action, text in strokes:
            screen.act(action, text)
        return self._walked(window, f"{shot.name} {strokes}")

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
@pytest.mark.parametrize("scene", NAMES)
def test_the_page_is_whole_in_every_size_and_language(hall: Hall, scene: str) -> None:
    shots = [Shot("order", scene, *size, lang) for size in SIZES for lang in LANGUAGES]
    assert [fault for shot in shots for fault in hall.faults(shot)] == []


LINE = (("tab", ""), ("up", ""))
STROKES = {
    "a search": (("type", "g"), ("type", "b")),
    "the letters' pad": (("pad", ""),),
    "a line": LINE,
    "what is sent": (("send", ""),),
    "wishes": (("dish", "boiled-fish"), ("form", "")),
    "a weight": (("dish", "ginger-onion-crab"),),
    "a dish on no menu": (("open dish", ""),),
    "table or guest": (("head", ""),),
    "a guest": (("new guest", ""), ("head", "")),
    "a void": (*LINE, ("void", "")),
    "a change": (*LINE, ("form", "")),
    "a payment": (("drop", ""), ("pay", ""), ("choose", "method cash")),
    "more": (("more", ""),),
    "the keys": (("keys", ""),),
}


@pytest.mark.slow
@pytest.mark.parametrize("what", STROKES)
def test_what_is_laid_over_it_is_whole_too(hall: Hall, what: str) -> None:
    shots = [Shot("order", "rush", *size, lang) for size in SIZES for lang in LANGUAGES]
    assert [fault for shot in shots for fault in hall.faults(shot, *STROKES[what])] == []
