"""A kitchen screen as a process of its own that tells what stands on it after each frame.

The screen is put together as `python -m kds` does it. What it tells are its models, on standard
output, one JSON object a line; each line on its standard input is a place where a finger taps.
"""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import msgspec
from PySide6.QtCore import QObject, QPoint, Signal
from PySide6.QtTest import QTest

from common.ui.program import Program, read
from kds.app import ROOM
from kds.screens.rows import CardRow, RecallRow
from kds.screens.screen import KitchenScreen
from tests.helpers.store import DEADLINE_S

LOG = "kitchen.log"


class Look(msgspec.Struct, frozen=True):
    """What a cook sees."""

    active: bool
    top: int
    """Where the cards' area begins in the window."""
    link: str
    link_text: str
    hint: str
    overlay: str
    mode: str
    language: str
    page: int
    pages: int
    open_count: int
    cards: tuple[CardRow, ...]
    recalls: tuple[RecallRow, ...]

    def card(self, key: str) -> CardRow | None:
        """The first part of a ticket, if it is on the page."""
        return next((card for card in self.cards if (card.key, card.part) == (key, 0)), None)

    @property
    def tickets(self) -> dict[str, tuple[tuple[str, str, str], ...]]:
        """Each ticket's dishes as they stand, wherever they stand."""
        lines: dict[str, list[tuple[str, str, str]]] = {}
        for card in self.cards:
            rows = [(row.quantity, row.text, row.stage) for row in card.body if row.kind == "line"]
            lines.setdefault(card.key, []).extend(rows)
        return {key: tuple(rows) for key, rows in lines.items()}


class Kitchen:
    """The process, as a test sees it."""

    def __init__(
        self, folder: Path, station: str, *more: str, environment: Mapping[str, str] | None = None
    ) -> None:
        asked = ["--data", str(folder), "--role", station, "--lang", "en", *more]
        self.log = folder / LOG
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "tests.helpers.kitchen", *asked],
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
                look = msgspec.json.decode(line, type=Look)
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
            assert in_time, (what, self._look.link, self._look.hint, self._look.tickets)
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


def _rows(screen: KitchenScreen, model: str) -> tuple[Any, ...]:
    rows: tuple[Any, ...] = screen.property(model).rows
    return rows


class _Teller(QObject):
    """Tells what stands on a station's screen, and taps on it as asked."""

    _tapped = Signal(int, int)

    def __init__(self, station: Program) -> None:
        super().__init__()
        self._station = station
        self._told: Look | None = None
        self._panel = QTest.createTouchDevice()
        self._tapped.connect(self._tap)
        station.window.frameSwapped.connect(self._tell)
        station.window.activeChanged.connect(self._tell)
        threading.Thread(target=self._listen, daemon=True).start()

    def _tell(self) -> None:
        screen = self._station.model
        assert isinstance(screen, KitchenScreen)
        facts = screen.facts
        look = Look(
            active=self._station.window.isActive(),
            top=self._station.app.theme.sizes["barHeight"],
            link=facts.link_state,
            link_text=facts.link_text,
            hint=facts.hint,
            overlay=facts.overlay,
            mode=facts.mode,
            language=facts.language,
            page=facts.page,
            pages=facts.pages,
            open_count=facts.open_count,
            cards=_rows(screen, "cards"),
            recalls=_rows(screen, "recalls"),
        )
        if look != self._told:
            self._told = look
            os.write(1, msgspec.json.encode(look) + b"\n")

    def _listen(self) -> None:
        with open(0, "rb", buffering=0) as lines:
            while line := lines.readline():
                self._tapped.emit(*map(int, line.split()))
        self._station.app.end()

    def _tap(self, x: int, y: int) -> None:
        window, here = self._station.window, QPoint(x, y)
        QTest.touchEvent(window, self._panel).press(0, here, window).commit()
        QTest.touchEvent(window, self._panel).release(0, here, window).commit()


def main() -> int:
    """Show the screen until standard input ends."""
    station = Program(ROOM, read(ROOM, sys.argv[1:]))
    teller = _Teller(station)
    code = station.run()
    del teller
    return code


if __name__ == "__main__":
    sys.exit(main())
