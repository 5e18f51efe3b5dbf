"""What a keyboard does to the counter's window: keys that mean something everywhere.

What is typed where text is entered belongs to that field; everything else comes here first.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, Protocol

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent, QWindow

ACTIONS: Final[Mapping[Qt.Key, str]] = {
    Qt.Key.Key_F1: "keys",
    Qt.Key.Key_F2: "language",
    Qt.Key.Key_F3: "page order",
    Qt.Key.Key_F4: "page tables",
    Qt.Key.Key_F5: "hold",
    Qt.Key.Key_F6: "fire",
    Qt.Key.Key_F7: "rush",
    Qt.Key.Key_F8: "void",
    Qt.Key.Key_F9: "pay",
    Qt.Key.Key_F10: "form",
    Qt.Key.Key_F11: "head",
    Qt.Key.Key_F12: "send",
    Qt.Key.Key_Menu: "more",
    Qt.Key.Key_Insert: "new guest",
    Qt.Key.Key_Escape: "close",
    Qt.Key.Key_Up: "up",
    Qt.Key.Key_Down: "down",
    Qt.Key.Key_Left: "left",
    Qt.Key.Key_Right: "right",
    Qt.Key.Key_PageUp: "page_prev",
    Qt.Key.Key_PageDown: "page_next",
    Qt.Key.Key_Home: "first",
    Qt.Key.Key_End: "last",
    Qt.Key.Key_Return: "enter",
    Qt.Key.Key_Enter: "enter",
    Qt.Key.Key_Backspace: "backspace",
    Qt.Key.Key_Delete: "delete",
    Qt.Key.Key_Tab: "tab",
    Qt.Key.Key_Backtab: "backtab",
}
"""Every other key is text."""

WITH_CONTROL: Final[Mapping[Qt.Key, str]] = {
    Qt.Key.Key_Return: "send",
    Qt.Key.Key_Enter: "send",
    Qt.Key.Key_Z: "undo",
    Qt.Key.Key_Comma: "page settings",
    Qt.Key.Key_Right: "category next",
    Qt.Key.Key_Left: "category prev",
}

OF_FIELDS: Final = frozenset({"left", "right", "first", "last", "backspace", "delete"})
"""What a field for text does itself while it has the focus."""


class Worked(Protocol):
    """A screen that hands work on."""

    def act(self, action: str, text: str = "") -> None:
        """Do what a key stands for."""


class Input(QObject):
    """Sees a window's keys first; those of a field that has the focus for text go on to it."""

    def __init__(self, window: QWindow, screen: Worked) -> None:
        super().__init__(window)
        self._window = window
        self._screen = screen
        window.installEventFilter(self)

    def eventFilter(self, _: QObject, event: QEvent) -> bool:  # noqa: N802 Qt's name
        """Take the keys that mean something here."""
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return False
        control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        action = (WITH_CONTROL if control else ACTIONS).get(Qt.Key(event.key()))
        if self._writing() and action != "send" and (control or action in (None, *OF_FIELDS)):
            return False
        if action is None and not control and event.text().isprintable() and event.text():
            self._screen.act("type", event.text())
            return True
        if action is not None:
            self._screen.act(action)
        return action is not None

    def _writing(self) -> bool:
        """Whether somebody writes into a field."""
        focus = self._window.focusObject()
        return focus is not None and focus.inherits("QQuickTextInput")
