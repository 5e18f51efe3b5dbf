"""What a screen asks before it is shown for the first time on a machine: how it hangs there.

Nobody has to answer: after a minute without a touch the screen comes up by itself, as usual, and
that is kept as an answer, so that no later start waits again.
"""
# ruff: noqa: N815 - QML's names

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from PySide6.QtCore import (
    Property,
    QAbstractItemModel,
    QCoreApplication,
    QEvent,
    QObject,
    Qt,
    QTimer,
    Signal,
    Slot,
)
from PySide6.QtGui import QKeyEvent, QWindow

from common.ui.arrangement import Arrangement

translate = QCoreApplication.translate

PATIENCE_S: Final = 60
_ACTIONS: Final[Mapping[Qt.Key, str]] = {
    Qt.Key.Key_Up: "up",
    Qt.Key.Key_Down: "down",
    Qt.Key.Key_Left: "left",
    Qt.Key.Key_Right: "right",
    Qt.Key.Key_Minus: "left",
    Qt.Key.Key_Plus: "right",
}
_DONE: Final = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Escape, Qt.Key.Key_Space)
_TOUCHED: Final = (QEvent.Type.MouseButtonPress, QEvent.Type.TouchBegin, QEvent.Type.KeyPress)


class Questions(QObject):
    """The questions and how long nobody touched them; hold it until `finished`."""

    finished = Signal()
    words_changed = Signal()

    def __init__(self, arrangement: Arrangement, role_text: str) -> None:
        super().__init__()
        self._arrangement = arrangement
        self._role_text = role_text
        self._left: int | None = PATIENCE_S
        self.done = False
        self._second = QTimer(self, interval=1000)
        self._second.timeout.connect(self.tick)
        self._second.start()
        arrangement.ruler_changed.connect(self.words_changed)

    rows = Property(QAbstractItemModel, lambda self: self._arrangement.rows, constant=True)
    ruler = Property(int, lambda self: self._arrangement.ruler, notify=words_changed)
    roleText = Property(str, lambda self: self._role_text, notify=words_changed)
    goText = Property(str, lambda self: self._go_text(), notify=words_changed)

    def _go_text(self) -> str:
        if self._left is None:
            return translate("FirstStart", "Done")
        text = translate("FirstStart", "Go on (by itself in {count} s)")
        return text.format(count=self._left)

    def watch(self, window: QWindow) -> None:
        """Take this window's keys; any touch is somebody who answers."""
        window.installEventFilter(self)

    def eventFilter(self, _: QObject, event: QEvent) -> bool:  # noqa: N802 Qt's name
        """Take the keys, note that somebody is there."""
        if event.type() in _TOUCHED:
            self._stay()
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return False
        key = Qt.Key(event.key())
        if key in _DONE:
            self.finish()
        elif key in _ACTIONS:
            self._arrangement.act(_ACTIONS[key])
        return True

    @Slot(str, int)
    def step(self, name: str, by: int) -> None:
        """Change a setting by one step."""
        self._stay()
        self._arrangement.step(name, by)

    @Slot()
    def finish(self) -> None:
        """That is how it is."""
        if not self.done:
            self.done = True
            self._second.stop()
            self._arrangement.answer()
            self.finished.emit()

    def tick(self) -> None:
        """A second passed, in which nobody touched anything."""
        if self._left is not None:
            self._left -= 1
            self.words_changed.emit()
            if self._left == 0:
                self.finish()

    def _stay(self) -> None:
        self._left = None
        self._second.stop()
        self.words_changed.emit()
