"""Starts a machine's processes and starts them again when they die, ever more slowly.

Each has a pipe as its standard input, in which nothing is ever written: it ends when the
supervisor's process does, however that dies, and a child that watches it can end as well.
"""

from __future__ import annotations

import math
import os
import subprocess
import time
from collections.abc import Callable, Iterable, Mapping
from contextlib import ExitStack
from pathlib import Path
from typing import IO, NamedTuple

FIRST_WAIT = 1.0
LONGEST_WAIT = 60.0
"""Seconds before a start after a death; doubled each time from the first."""
STEADY_AFTER = 60.0
"""Seconds a process must have lived for the waiting to begin from the first again."""


class Child(NamedTuple):
    """A process to keep alive; what it prints goes to `log`.

    `wait` is the pause before the first start after a death. It stays down when it ends with one of
    the codes `final`: another start would change nothing. `env` is added to our environment.
    """

    name: str
    argv: list[str]
    log: Path | None = None
    wait: float = FIRST_WAIT
    final: frozenset[int] = frozenset()
    env: Mapping[str, str] = {}


class Died(NamedTuple):
    """A process ended with this code (negative: by that signal)."""

    name: str
    code: int


class Started(NamedTuple):
    """A process was started (again)."""

    name: str
    pid: int


class _Kept:
    def __init__(self, child: Child) -> None:
        self.child = child
        self.process: subprocess.Popen[bytes] | None = None
        self.started_at = 0.0
        self.wait = child.wait
        self.due = 0.0


class Supervisor:
    """Keeps processes alive; `clock` counts seconds."""

    def __init__(
        self, children: Iterable[Child], clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._kept = {child.name: _Kept(child) for child in children}
        self._clock = clock

    def start(self) -> list[Started]:
        """Start all."""
        return [self._start(kept) for kept in self._kept.values()]

    def add(self, child: Child) -> Started:
        """Start one more and keep it alive as well."""
        self._kept[child.name] = kept = _Kept(child)
        return self._start(kept)

    def tick(self) -> list[Died | Started]:
        """See who died, start whose time has come."""
        now = self._clock()
        seen: list[Died | Started] = []
        for kept in self._kept.values():
            if kept.process is not None:
                code = kept.process.poll()
                if code is None:
                    continue
                seen.append(Died(kept.child.name, code))
                self._plan(kept, now, code)
            if now >= kept.due:
                seen.append(self._start(kept))
        return seen

    def gave_up(self, name: str) -> bool:
        """Whether a process is down to stay so."""
        return self._kept[name].due == math.inf

    def pid(self, name: str) -> int | None:
        """A process's id; None while it is down."""
        process = self._kept[name].process
        return None if process is None or process.poll() is not None else process.pid

    def kill(self, name: str) -> None:
        """End a process as a power cut would, without a word to it."""
        process = self._kept[name].process
        if process is not None:
            process.kill()

    def stop(self, timeout_s: float) -> list[str]:
        """Ask all to end, and end those that don't within that time; the names of these."""
        running = [kept for kept in self._kept.values() if kept.process is not None]
        for kept in running:
            assert kept.process is not None
            kept.process.terminate()
        deadline = time.monotonic() + timeout_s
        stubborn = []
        for kept in running:
            assert kept.process is not None
            try:
                kept.process.wait(max(0.0, deadline - time.monotonic()))
            except subprocess.TimeoutExpired:
                kept.process.kill()
                kept.process.wait()
                stubborn.append(kept.child.name)
            self._forget(kept)
        return stubborn

    def _plan(self, kept: _Kept, now: float, code: int) -> None:
        if now - kept.started_at >= STEADY_AFTER:
            kept.wait = kept.child.wait
        self._forget(kept)
        kept.due = math.inf if code in kept.child.final else now + kept.wait
        kept.wait = min(kept.wait * 2, LONGEST_WAIT)

    @staticmethod
    def _forget(kept: _Kept) -> None:
        assert kept.process is not None
        assert kept.process.stdin is not None
        kept.process.stdin.close()
        kept.process = None

    def _start(self, kept: _Kept) -> Started:
        with ExitStack() as stack:
            output: int | IO[bytes] = subprocess.DEVNULL
            if kept.child.log is not None:
                kept.child.log.touch(mode=0o600, exist_ok=True)
                output = stack.enter_context(kept.child.log.open("ab"))
            kept.process = subprocess.Popen(
                kept.child.argv,
                stdin=subprocess.PIPE,
                stdout=output,
                stderr=subprocess.STDOUT,
                env={**os.environ, **kept.child.env},
            )
        kept.started_at = self._clock()
        return Started(kept.child.name, kept.process.pid)
