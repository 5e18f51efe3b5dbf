"""How long a key takes until the order page shows what it did: `python -m tests.bench.order_keys`.

Forty orders of five dishes each are taken by keys in a scene, without a display; each key is timed
from its press to the frame that shows it, on this processor and Qt's own software renderer.
"""

from __future__ import annotations

import os
import statistics
import sys
import time

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtQuick import QQuickWindow
from PySide6.QtTest import QTest

ORDERS = 40
TYPED = ("gbjd", "mpdf", "204", "smt", "2*mf")


def main() -> int:
    """Take the orders and say what was measured."""
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    os.environ["QT_QUICK_BACKEND"] = "software"
    from common.ui.program import Program, read
    from foh.app import ROOM
    from foh.screens.counter import CounterScreen

    program = Program(ROOM, read(ROOM, ["--scene", "quiet", "--offscreen", "--size", "1920x1080"]))
    window, screen = program.window, program.model
    assert isinstance(screen, CounterScreen)
    QTest.qWaitForWindowExposed(window)
    times: dict[str, list[float]] = {"letter": [], "enter": [], "send": []}
    begun = time.perf_counter()
    for nth in range(ORDERS):
        screen.act("new guest")
        for word in TYPED:
            for character in word:
                times["letter"].append(_timed(window, character))
            times["enter"].append(_timed(window, Qt.Key.Key_Return))
        times["send"].append(_timed(window, Qt.Key.Key_F12))
        QCoreApplication.processEvents()
        assert nth < len(program.source.orders)
    taken = time.perf_counter() - begun
    for what, each in times.items():
        median, worst = statistics.median(each) * 1e3, max(each) * 1e3
        ninety = sorted(each)[int(len(each) * 0.99)] * 1e3
        print(f"{what:>7}: median {median:.1f} ms, 99 % {ninety:.1f} ms, worst {worst:.1f} ms")
    program.window.close()
    print(f"{ORDERS} orders of {len(TYPED)} dishes: {taken:.1f} s in all")
    return 0


def _timed(window: QQuickWindow, key: str | Qt.Key) -> float:
    """Seconds from a key to the frame after it."""
    begun = time.perf_counter()
    QTest.keyClick(window, Qt.Key(ord(key.upper())) if isinstance(key, str) else key)
    QGuiApplication.processEvents()
    window.grabWindow()
    return time.perf_counter() - begun


if __name__ == "__main__":
    sys.exit(main())
