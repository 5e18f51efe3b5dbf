"""The tables' window as fingers and keys meet it: real events, real items."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QPoint, Qt
from PySide6.QtQml import QQmlEngine
from PySide6.QtQuick import QQuickItem, QQuickWindow
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from common.ui.app import QML
from common.ui.gallery import Shot
from common.ui.i18n import Translations
from common.ui.picture import rest
from common.ui.theme import Theme
from common.ui.wall import Wall
from foh.app import ROOM
from foh.input import Input
from foh.screens.counter import CounterScreen


class Window:
    """The counter's window on the rush."""

    def __init__(self, qtbot: QtBot) -> None:
        self.qtbot = qtbot
        ROOM.register()
        self.theme = Theme("counter")
        self.engine = QQmlEngine()
        self.theme.install(self.engine)
        for folder in (QML, ROOM.qml):
            self.engine.addImportPath(str(folder))
        self.translations = Translations("en")
        self.wall = Wall(ROOM, self.engine, self.theme, self.translations)
        self.window: QQuickWindow = self.wall.show(Shot("floor", "rush", 1920, 1080, "en"))
        screen = self.window.findChild(CounterScreen)
        assert screen is not None
        self.screen = screen
        self.input = Input(self.window, screen)
        rest(self.window)

    def close(self) -> None:
        self.wall.clear()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        self.translations.close()

    def items(self, kind: str, **facts: object) -> list[QQuickItem]:
        """The visible items of a QML type whose properties are these."""
        found: list[QQuickItem] = []

        def walk(item: QQuickItem) -> None:
            if not item.isVisible():
                return
            named = item.metaObject().className().startswith(kind)
            if named and all(item.property(name) == value for name, value in facts.items()):
                found.append(item)
            for child in item.childItems():
                walk(child)

        walk(self.window.contentItem())
        return found

    def touch(self, kind: str, **facts: object) -> None:
        self.qtbot.waitUntil(lambda: bool(self.items(kind, **facts)))
        rest(self.window, 25)  # what just came has its place
        item = self.items(kind, **facts)[0]
        where = item.mapToScene(QPoint(int(item.width() / 2), int(item.height() / 2))).toPoint()
        device = QTest.createTouchDevice()
        QTest.touchEvent(self.window, device).press(0, where, self.window).commit()
        QTest.touchEvent(self.window, device).release(0, where, self.window).commit()
        QCoreApplication.processEvents()

    def until(self, text: str) -> None:
        self.qtbot.waitUntil(lambda: self.screen.facts.undo_text == text)


@pytest.fixture
def counter(qtbot: QtBot, qapp: object) -> Iterator[Window]:
    shown = Window(qtbot)
    yield shown
    shown.close()


def test_touch_alone_serves_pays_and_takes_back(counter: Window) -> None:
    counter.touch("TableTile", title="Table 2")
    counter.touch("KeyButton", words="Serve")
    counter.until("Undo: served Table 2")
    counter.touch("BarButton", words="Undo: served Table 2")
    counter.until("")
    counter.touch("TableTile", title="Table 6")
    counter.touch("KeyButton", words="Pay")
    counter.touch("BarButton", words="5")
    counter.touch("BarButton", words="0")
    counter.touch("BarButton", words="WeChat Pay")
    counter.touch("KeyButton", words="Take the money")
    due = "To pay ¥136.00"
    counter.qtbot.waitUntil(lambda: bool(counter.items("TableTile", note=due)))


def test_keys_alone_find_serve_and_arrange(counter: Window) -> None:
    QTest.keyClick(counter.window, Qt.Key.Key_2)
    QTest.keyClick(counter.window, Qt.Key.Key_Space)
    counter.until("Undo: served Table 2")
    QTest.keyClick(counter.window, Qt.Key.Key_A)
    assert counter.items("Paragraph", text="Terrace")
    control = Qt.KeyboardModifier.ControlModifier
    QTest.keyClick(counter.window, Qt.Key.Key_Comma, control)
    assert counter.screen.facts.page == "settings"
    QTest.keyClick(counter.window, Qt.Key.Key_F4)
    assert counter.screen.facts.page == "tables"


def test_a_dish_is_served_by_a_finger_on_it(counter: Window) -> None:
    counter.touch("QQuickRectangle", name="Kung Pao Chicken")
    counter.until("Undo: served Table 8")
