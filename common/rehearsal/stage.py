"""The stage: nodes and robots as processes, from the first start to the last drain."""

from __future__ import annotations

import queue
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import Any

import msgspec

from common.rehearsal.fleet import Fleet, ScreenArgv, screen_argv, screens_of
from common.rehearsal.plan import Plan
from common.rehearsal.report import Kill

STALLED_AFTER = 60.0
"""Seconds without any progress after which a run is given up; killed nodes are back long before."""
STARTED_WITHIN = 180.0
"""Seconds that all nodes have for their start, on a machine that is busy with others."""
_LOOK_EVERY = 0.1
_ROBOTS_LOG = "robots.log"

Watch = Callable[[dict[str, Any]], None]


class Stage:
    """A rehearsal's processes; leaving it ends them all."""

    def __init__(
        self, home: Path, plan: Plan, kills: list[Kill], screen: ScreenArgv = screen_argv
    ) -> None:
        screens = screens_of(home, plan.places, (*plan.screens, *plan.onlookers), screen)
        self.fleet = Fleet(home, plan.nodes, screens)
        self._home = home
        self._robots: subprocess.Popen[bytes] | None = None
        self._said: queue.SimpleQueue[dict[str, Any]] = queue.SimpleQueue()
        self._kills = sorted(kills, key=lambda kill: kill.at_s)
        self._begun: float | None = None
        self._served = False
        self._heard = time.monotonic()
        self.kills: list[Kill] = []
        self.finished: dict[str, Any] | None = None

    def __enter__(self) -> Stage:
        self.fleet.start()
        try:
            self._start_robots()
        except BaseException:
            self.fleet.stop()
            raise
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._stop_robots()
        self.fleet.stop()

    def _start_robots(self) -> None:
        argv = [sys.executable, "-m", "common.rehearsal.play", str(self._home)]
        with (self._home / _ROBOTS_LOG).open("wb") as log:
            # A session of its own: Ctrl-C is for us, who then end everyone in good order.
            self._robots = subprocess.Popen(
                argv,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=log,
                start_new_session=True,
            )
        threading.Thread(target=self._listen, daemon=True).start()

    def _stop_robots(self) -> None:
        robots = self._robots
        if robots is None or robots.stdin is None:
            return
        robots.stdin.close()
        try:
            robots.wait(10)
        except subprocess.TimeoutExpired:
            robots.kill()
            robots.wait()

    def _listen(self) -> None:
        assert self._robots is not None
        assert self._robots.stdout is not None
        with self._robots.stdout as lines:
            for line in lines:
                self._said.put(msgspec.json.decode(line))
        self._said.put({"say": "ended"})

    def run(
        self,
        watch: Watch,
        look: Callable[[], None] = lambda: None,
        enough: Callable[[], bool] = lambda: False,
    ) -> None:
        """Keep the nodes up and kill as planned, until the robots are through or give up.

        `watch` hears what the robots say, `look` is called several times a second; `enough` ends
        the run early.
        """
        allowed = False
        while self.finished is None:
            self._hear(watch)
            self._kill_due()
            self.fleet.tick()
            look()
            if self._served and not self._kills_left() and not allowed:
                self._allow_end()
                allowed = True
            if enough() or self._gave_up():
                break
        self.fleet.measure()

    def _gave_up(self) -> bool:
        now = time.monotonic()
        if self._begun is None:
            return now > self._heard + STARTED_WITHIN
        # A kill that is still to come keeps everyone waiting.
        last_kill = self._kills[-1].at_s if self._kills else 0.0
        return now > max(self._heard, self._begun + last_kill) + STALLED_AFTER

    def _allow_end(self) -> None:
        """Nodes can only agree when the last kill is over and screens tell nothing more."""
        self.fleet.stop_screens()
        assert self._robots is not None
        assert self._robots.stdin is not None
        self._robots.stdin.write(b"end\n")
        self._robots.stdin.flush()

    def _kills_left(self) -> bool:
        return len(self.kills) < len(self._kills)

    def _hear(self, watch: Watch) -> None:
        try:
            said = self._said.get(timeout=_LOOK_EVERY)
        except queue.Empty:
            return
        self._heard = time.monotonic()
        if said["say"] == "begun":
            self._begun = self._heard
        elif said["say"] == "served":
            self._served = True
        elif said["say"] == "finished":
            self.finished = said
        elif said["say"] == "ended" and self.finished is None:
            raise RuntimeError(self._last_words())
        watch(said)

    def _last_words(self) -> str:
        log = (self._home / _ROBOTS_LOG).read_text(encoding="utf-8", errors="replace")
        return f"the robots' process ended early\n{log}"

    def _kill_due(self) -> None:
        if self._begun is None or not self._kills_left():
            return
        kill = self._kills[len(self.kills)]
        if time.monotonic() >= self._begun + kill.at_s:
            done = self.fleet.kill(kill.node)
            self.kills.append(msgspec.structs.replace(kill, done=done))
