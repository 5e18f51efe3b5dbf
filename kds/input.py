"""What hands do to a window: strokes become actions, and fingers on the glass hold it still."""

from __future__ import annotations

from typing import Protocol

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QGuiApplication, QKeyEvent, QMouseEvent, QTouchEvent, QWindow

from kds.key_names import Stroke, place_of
from kds.keys import SECOND_DIGIT_MS, Act, Keys

_TOUCHES = (QEvent.Type.TouchBegin, QEvent.Type.TouchUpdate)
_TOUCH_ENDS = (QEvent.Type.TouchEnd, QEvent.Type.TouchCancel)
_CLICKS = (
    QEvent.Type.MouseButtonPress,
    QEvent.Type.MouseButtonDblClick,
    QEvent.Type.MouseButtonRelease,
)
_LOST = (QEvent.Type.FocusOut, QEvent.Type.Hide)


class Worked(Protocol):
    """A screen that hands work on."""

    def act(self, action: str, n: int = 0) -> None:
        """Do what a key stands for."""

    def pressed(self) -> None:
        """A finger came down."""

    def released(self) -> None:
        """The last finger went up."""


class Input(QObject):
    """Sees a window's events first: keys end here, touches and clicks go on to QML."""

    def __init__(self, window: QWindow, screen: Worked, keys: Keys) -> None:
        super().__init__(window)
        self._screen = screen
        self._keys = keys
        self._platform = QGuiApplication.platformName()
        self._touched = self._clicked = False
        self._settling = QTimer(self, singleShot=True, interval=SECOND_DIGIT_MS)
        self._settling.timeout.connect(self._settle)
        window.installEventFilter(self)

    def eventFilter(self, _: QObject, event: QEvent) -> bool:  # noqa: N802 Qt's name
        """Take the keys, note the fingers."""
        if isinstance(event, QKeyEvent):
            self._stroke(event)
            return True
        kind = event.type()
        if kind in _TOUCHES or kind in _TOUCH_ENDS:
            assert isinstance(event, QTouchEvent)
            self._hold(touched=kind in _TOUCHES, clicked=self._clicked)
        elif kind in _CLICKS:
            assert isinstance(event, QMouseEvent)
            down = event.buttons() != Qt.MouseButton.NoButton
            self._hold(touched=self._touched, clicked=down)
        elif kind in _LOST:  # what is let go elsewhere is not told here
            self._hold(touched=False, clicked=False)
        return False

    def _stroke(self, event: QKeyEvent) -> None:
        stroke = Stroke(
            code=event.key(),
            at=event.timestamp(),
            place=place_of(event.nativeScanCode(), self._platform),
            modifiers=event.modifiers().value,
            repeat=event.isAutoRepeat(),
        )
        down = event.type() == QEvent.Type.KeyPress
        self._do(self._keys.press(stroke) if down else self._keys.release(stroke))
        if not self._keys.waiting:
            self._settling.stop()
        elif not self._settling.isActive():
            self._settling.start()

    def _settle(self) -> None:
        self._do(self._keys.settle())

    def _do(self, acts: tuple[Act, ...]) -> None:
        for act in acts:
            self._screen.act(act.action, act.n)

    def _hold(self, *, touched: bool, clicked: bool) -> None:
        held = self._touched or self._clicked
        self._touched, self._clicked = touched, clicked
        if (touched or clicked) and not held:
            self._screen.pressed()
        elif held and not (touched or clicked):
            self._screen.released()
