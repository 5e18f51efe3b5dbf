"""A screen as a process of its own that tells what stands on it after each frame.

It is put together as its program does it. What it tells are its models, on standard output, one
JSON object a line; each line on its standard input is a place where a finger taps.
"""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, ClassVar, Generic, TypeVar

import msgspec
from PySide6.QtCore import QObject, QPoint, QPointF, Signal
from PySide6.QtQuick import QQuickItem, QQuickWindow
from PySide6.QtTest import QTest

from common.ui.program import Program, Room, read
from tests.helpers.store import DEADLINE_S

Look = TypeVar("Look")


class Glass(Generic[Look]):
    """The process, as a test sees it. `module` runs `tell`, `kind` is what it tells."""

    module: ClassVar[str]
    kind: ClassVar[type[Any]]

    def __init__(
        self, folder: Path, role: str, *more: str, environment: Mapping[str, str] | None = None
    ) -> None:
        asked = ["--data", str(folder), "--role", role, "--lang", "en", *more]
        self.log = folder / "glass.log"
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", self.module, *asked],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=log,
                cwd=Path(__file__).parents[2],
                env={**os.environ, **(environment or {})},
            )
        self._look: Look | None = None
        self._over = False
        self._told = threading.Condition()
        threading.Thread(target=self._listen, daemon=True).start()

    def _listen(self) -> None:
        assert self.process.stdout is not None
        with self.process.stdout as lines:
            for line in lines:
                look = msgspec.json.decode(line, type=self.kind)
                with self._told:
                    self._look = look
                    self._told.notify_all()
        with self._told:
            self._over = True
            self._told.notify_all()

    @property
    def look(self) -> Look:
        """What it shows."""
        return self.until(lambda _: True, "a first frame")

    def until(self, seen: Callable[[Look], object], what: object = "") -> Look:
        """Wait until it shows this."""

        def shows() -> bool:
            return self._over or (self._look is not None and bool(seen(self._look)))

        with self._told:
            in_time = self._told.wait_for(shows, DEADLINE_S)
            assert self._look is not None, self.log.read_text(encoding="utf-8")
            assert in_time, (what, self._look)
            assert not self._over, self.log.read_text(encoding="utf-8")
            return self._look

    def tap(self, x: float, y: float) -> None:
        """Tap there, in pixels of the window."""
        assert self.process.stdin is not None
        self.process.stdin.write(f"{round(x)} {round(y)}\n".encode())
        self.process.stdin.flush()

    def kill(self) -> None:
        """End it as a power cut would."""
        self.process.kill()
        self.process.wait()
        assert self.process.stdin is not None
        self.process.stdin.close()

    def close(self) -> int:
        """End it as its parent's end does; its code."""
        assert self.process.stdin is not None
        self.process.stdin.close()
        return self.process.wait(DEADLINE_S)


class _Teller(QObject):
    """Tells what stands on a screen, and taps on it as asked."""

    _tapped = Signal(int, int)

    def __init__(self, program: Program, look: Callable[[Program], object]) -> None:
        super().__init__()
        self._program = program
        self._sees = look
        self._told: object = None
        self._panel = QTest.createTouchDevice()
        self._tapped.connect(self._tap)
        program.window.frameSwapped.connect(self._tell)
        program.window.activeChanged.connect(self._tell)
        threading.Thread(target=self._listen, daemon=True).start()

    def _tell(self) -> None:
        look = self._sees(self._program)
        if look != self._told:
            self._told = look
            os.write(1, msgspec.json.encode(look) + b"\n")

    def _listen(self) -> None:
        with open(0, "rb", buffering=0) as lines:
            while line := lines.readline():
                self._tapped.emit(*map(int, line.split()))
        self._program.app.end()

    def _tap(self, x: int, y: int) -> None:
        window, here = self._program.window, QPoint(x, y)
        QTest.touchEvent(window, self._panel).press(0, here, window).commit()
        QTest.touchEvent(window, self._panel).release(0, here, window).commit()


def tell(room: Room, look: Callable[[Program], object]) -> int:
    """Show a room's screen and tell of it until standard input ends."""
    program = Program(room, read(room, sys.argv[1:]))
    teller = _Teller(program, look)
    code = program.run()
    del teller
    return code


def rows(model: QObject, name: str) -> tuple[Any, ...]:
    """What a screen's model holds under a name."""
    found: tuple[Any, ...] = model.property(name).rows
    return found


def texts(window: QQuickWindow) -> dict[str, tuple[int, int]]:
    """Every text on the glass, and where a finger would meet it; of equal ones the first."""
    found: dict[str, tuple[int, int]] = {}

    def walk(item: QQuickItem) -> None:
        if not item.isVisible():
            return
        text = item.property("text")
        if isinstance(text, str) and text:
            middle = item.mapToScene(QPointF(item.width() / 2, item.height() / 2))
            found.setdefault(text, (round(middle.x()), round(middle.y())))
        for child in item.childItems():
            walk(child)

    walk(window.contentItem())
    return found
