"""What a screen costs: first frame, frames while 60 tickets change five times a second, idling.

    python -m tests.bench.screen_frames [--changes N]

The station in a scene, drawn without a display by the software renderer, in the real event loop.
A frame's time is all that its change took on the thread of the screen, from the news to the swap.
"""

from __future__ import annotations

import argparse
import os
import resource
import subprocess
import sys
import time
from collections.abc import Iterator
from itertools import cycle

import msgspec
from PySide6.QtCore import QTimer

from common.domain.order import Order
from common.ui.app import ScreenApp
from common.ui.arrangement import Arrangement
from common.ui.program import Stand
from common.ui.scenes import build
from common.ui.scenes.edges import BANQUET
from common.ui.scenes.source import SceneSource
from common.ui.scenes.story import Story
from kds.app import ROOM

OPEN = 60
EVERY_MS = 200
IDLE_S = 10
BEGUN = "PASSLINE_BENCH_BEGUN"


def kitchen() -> tuple[SceneSource, list[Order]]:
    """A station with so many open tickets."""
    scene = build("empty")
    story = scene.restaurant
    assert isinstance(story, Story)
    dishes = cycle(BANQUET)
    orders = []
    for nth in range(OPEN):
        when = f"12:{10 + nth // 6:02}:{nth % 6 * 10:02}"
        lines = [story.dish(next(dishes), 1 + line) for line in range(1 + nth % 4)]
        orders.append(story.order(when, *lines, table=str(1 + nth % 14), covers=3))
    return SceneSource(scene, running=True), orders


def changes(source: SceneSource, orders: list[Order]) -> Iterator[Order]:
    """Dishes begun and done, tickets bumped and new ones in their place, for ever."""
    story = source.scene.restaurant
    assert isinstance(story, Story)
    dishes = cycle(BANQUET)
    clock = "12:24:30"
    while True:
        order = orders.pop(0)
        sku = next(iter(order.lines.values())).record.sku or ""
        story.starts(order, clock, sku)
        yield order
        story.readies(order, clock, sku)
        yield order
        story.bumps(order, clock)
        yield order
        again = story.order(clock, story.dish(next(dishes), 2), story.dish(next(dishes)), table="9")
        orders.append(again)
        yield again


class Watch:
    """Makes changes and times the frames that they lead to."""

    def __init__(self, count: int) -> None:
        ROOM.register()
        self.app = ScreenApp(ROOM.usual, offscreen=True, size=(1920, 1080), import_path=ROOM.qml)
        self.source, orders = kitchen()
        settings = msgspec.structs.replace(ROOM.usual, auto_start=0)
        arrangement = Arrangement(settings, self.app.theme)
        stand = Stand(self.source, "wok", self.app.theme, settings, arrangement)
        component, self.screen, _ = ROOM.make(stand)
        self.window = self.app.show(ROOM.module, {"screenModel": self.screen}, component)
        self.window.resize(1920, 1080)
        self.window.frameSwapped.connect(self._swapped)
        self.left = count
        self.took: list[float] = []
        self.first: float | None = None
        self.idle = 0.0
        self._news = changes(self.source, orders)
        self._since = 0.0
        self._timer = QTimer(interval=EVERY_MS)
        self._timer.timeout.connect(self._change)
        self.window.show()

    def _swapped(self) -> None:
        if self.first is None:
            self.first = time.time() - float(os.environ[BEGUN])
            QTimer.singleShot(1000, self._timer.start)
        elif self._since:
            self.took.append((time.perf_counter() - self._since) * 1000)
            self._since = 0.0

    def _change(self) -> None:
        if self.left == 0:
            self._timer.stop()
            before = time.process_time()
            QTimer.singleShot(IDLE_S * 1000, lambda: self._rested(before))
            return
        self.left -= 1
        order = next(self._news)
        self._since = time.perf_counter()
        self.source.changed.emit(frozenset({order.id}))

    def _rested(self, before: float) -> None:
        self.idle = (time.process_time() - before) / IDLE_S
        self.app.end()


def main() -> int:
    """Print the figures."""
    parser = argparse.ArgumentParser("python -m tests.bench.screen_frames", description=__doc__)
    parser.add_argument("--changes", type=int, default=300)
    asked = parser.parse_args()
    if BEGUN not in os.environ:
        environment = os.environ | {BEGUN: str(time.time())}
        return subprocess.call(
            [sys.executable, "-m", __spec__.name, *sys.argv[1:]], env=environment
        )
    watch = Watch(asked.changes)
    watch.app.run()
    took = sorted(watch.took)
    assert watch.first is not None
    print(f"first frame  {watch.first:.2f} s after the start of the process")
    print(f"frames       {len(took)} of {asked.changes} changes")
    for name, part in (("p50", 0.5), ("p99", 0.99)):
        print(f"frame {name}    {took[min(len(took) - 1, int(part * len(took)))]:.1f} ms")
    print(f"idle         {100 * watch.idle:.1f} % of a core")
    print(
        f"memory       {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB at most"
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
