"""A window's own events reach the screen as actions and as fingers that hold it still."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QPointingDevice, QWindow
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from kds.input import Input
from kds.keys import SECOND_DIGIT_MS, Keys, read_keys

MOUSE = Qt.MouseButton.LeftButton


class Notes:
    """A screen that only notes what it is told."""

    def __init__(self) -> None:
        self.told: list[object] = []

    def act(self, action: str, n: int = 0) -> None:
        self.told.append((action, n) if n else action)

    def pressed(self) -> None:
        self.told.append("pressed")

    def released(self) -> None:
        self.told.append("released")


@pytest.fixture
def window(qtbot: QtBot) -> Iterator[QWindow]:
    window = QWindow()
    window.resize(400, 300)
    window.show()
    qtbot.waitUntil(window.isExposed)
    yield window
    window.destroy()


@pytest.fixture(scope="module")
def panel(qapp: object) -> QPointingDevice:
    return QTest.createTouchDevice()


@pytest.fixture
def notes(window: QWindow) -> Notes:
    notes = Notes()
    Input(window, notes, Keys(read_keys({})))
    return notes


def test_keys_become_actions(window: QWindow, notes: Notes) -> None:
    for key in (Qt.Key.Key_3, Qt.Key.Key_Space, Qt.Key.Key_Control, Qt.Key.Key_Tab):
        QTest.keyClick(window, key)
    QTest.keyClick(window, Qt.Key.Key_Minus, Qt.KeyboardModifier.KeypadModifier)
    assert notes.told == [("slot", 3), "advance", "bump", "dishes", "recall"]


@pytest.fixture
def two_digits(window: QWindow) -> Notes:
    notes = Notes()
    Input(window, notes, Keys(read_keys({}), two_digits=True))
    return notes


def test_nought_waits_for_its_second_digit(window: QWindow, two_digits: Notes) -> None:
    QTest.keyClick(window, Qt.Key.Key_0)
    assert two_digits.told == []
    QTest.keyClick(window, Qt.Key.Key_4)
    assert two_digits.told == [("slot", 14)]


def test_nought_does_not_wait_for_ever(window: QWindow, two_digits: Notes, qtbot: QtBot) -> None:
    QTest.keyClick(window, Qt.Key.Key_0)
    qtbot.waitUntil(lambda: two_digits.told == [("slot", 10)], timeout=10 * SECOND_DIGIT_MS)


def test_the_first_finger_holds_and_the_last_lets_go(
    window: QWindow, notes: Notes, panel: QPointingDevice
) -> None:
    here, there = QPoint(50, 50), QPoint(200, 100)
    QTest.touchEvent(window, panel).press(0, here, window).commit()
    QTest.touchEvent(window, panel).stationary(0).press(1, there, window).commit()
    QTest.touchEvent(window, panel).release(0, here, window).stationary(1).commit()
    assert notes.told == ["pressed"]
    QTest.touchEvent(window, panel).release(1, there, window).commit()
    assert notes.told == ["pressed", "released"]


def test_a_mouse_is_a_finger(window: QWindow, notes: Notes) -> None:
    QTest.mousePress(window, MOUSE, Qt.KeyboardModifier.NoModifier, QPoint(50, 50))
    assert notes.told == ["pressed"]
    QTest.mouseRelease(window, MOUSE, Qt.KeyboardModifier.NoModifier, QPoint(60, 50))
    assert notes.told == ["pressed", "released"]


def test_a_finger_whose_end_is_never_told_holds_nothing_for_ever(
    window: QWindow, notes: Notes, panel: QPointingDevice
) -> None:
    QTest.touchEvent(window, panel).press(0, QPoint(50, 50), window).commit()
    window.hide()
    assert notes.told == ["pressed", "released"]
    QTest.touchEvent(window, panel).release(0, QPoint(50, 50), window).commit()
