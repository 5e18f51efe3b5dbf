"""From a finger on a dish to the changed pixel of the station's screen; by hand:

    python -m tests.bench.touch_to_pixel

The dishes of a rush in a scene, begun and done by real touch events, drawn without a display.
"""

from __future__ import annotations

import sys
import time

from PySide6.QtCore import QEventLoop, QPoint, QTimer
from PySide6.QtGui import QPointingDevice
from PySide6.QtQuick import QQuickWindow
from PySide6.QtTest import QTest

from common.ui.picture import rest
from common.ui.program import Asked, Program
from kds.app import ROOM

SIZE = (1920, 1080)
BETWEEN_MS = 60
"""No finger is back sooner."""


def next_dish(program: Program, tapped: set[tuple[str, str]]) -> QPoint | None:
    """The middle of a dish that is to be made and was not tapped as it stands; notes that it is."""
    top = program.app.theme.sizes["barHeight"]
    assert program.model is not None
    for card in program.model.property("cards").rows:
        for row in card.body:
            if row.quantity and row.stage in ("", "cooking") and (row.key, row.stage) not in tapped:
                tapped.add((row.key, row.stage))
                x, y = card.x + card.width / 2, top + card.y + row.y + row.height / 2
                return QPoint(round(x), round(y))
    return None


def tap(window: QQuickWindow, panel: QPointingDevice, at: QPoint) -> float:
    """Milliseconds from the finger's going up, which is when it counts, to the next frame."""
    loop = QEventLoop()
    QTest.touchEvent(window, panel).press(0, at, window).commit()
    QTimer.singleShot(BETWEEN_MS, loop.quit)
    loop.exec()
    frames: list[float] = []

    def swapped() -> None:
        frames.append(time.perf_counter())
        loop.quit()

    window.frameSwapped.connect(swapped)
    begun = time.perf_counter()
    QTest.touchEvent(window, panel).release(0, at, window).commit()
    if not frames:  # committing lets Qt work, and perhaps draw
        loop.exec()
    window.frameSwapped.disconnect(swapped)
    QTimer.singleShot(BETWEEN_MS, loop.quit)
    loop.exec()
    return (frames[0] - begun) * 1000


def main() -> int:
    """Print the figures."""
    program = Program(ROOM, Asked(scene="rush", offscreen=True, size=SIZE, lang="en"))
    panel = QTest.createTouchDevice()  # kept: Qt does not
    rest(program.window)
    took: list[float] = []
    tapped: set[tuple[str, str]] = set()
    while at := next_dish(program, tapped):
        took.append(tap(program.window, panel, at))
    took.sort()
    program.app.close()
    for name, part in (("p50", 0.5), ("p99", 0.99)):
        print(f"touch → pixel {name}  {took[min(len(took) - 1, int(part * len(took)))]:.1f} ms")
    print(f"of {len(took)} touches")
    return 0


if __name__ == "__main__":
    sys.exit(main())
