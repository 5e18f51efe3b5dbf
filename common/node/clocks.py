"""The one place where a node reads clocks."""

from __future__ import annotations

import time

from common.wire.outputs import Now


class NodeClock:
    """Monotonic time, and mesh time: the wall's at the start, carried on by the monotonic clock.

    Mesh time so never jumps within a run, whatever happens to the wall clock.
    """

    def __init__(self) -> None:
        self._lead = time.time_ns() // 1000 - time.monotonic_ns() // 1000

    def now(self) -> Now:
        """This moment, in µs on both clocks."""
        mono = time.monotonic_ns() // 1000
        return Now(mono, mono + self._lead)

    def mesh(self) -> int:
        """Mesh time in µs."""
        return time.monotonic_ns() // 1000 + self._lead
