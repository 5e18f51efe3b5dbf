"""When the floor's messages go: between ours, in the same run, a bounded number of them.

With a rate, a message follows its order half a gap later, to as many receivers and of the size of
that order, in stretches of consecutive orders, so that the floor has our gaps. Without one, our
submitting holds a few times while the floor sends as many messages back to back; the kitchens
cook on meanwhile. The first messages of each stretch only warm up and are not timed.
"""

from __future__ import annotations

import subprocess
import sys
import threading
from collections import deque
from collections.abc import Sequence
from pathlib import Path

from common.rehearsal.guests import Guests
from common.rehearsal.scenario import Script

STRETCHES = 10
STRETCH = 27
WARM_UP = 2

HOW_RATE = (
    "straight line (sqlite3 FULL, zmq CURVE, msgpack), one process each, same receivers and sizes, "
    "half a gap after our orders, in stretches of {stretch}"
)
HOW_MAX = (
    "straight line (sqlite3 FULL, zmq CURVE, msgpack), one process each, same receivers and sizes, "
    "back to back in bursts of {stretch} while our submitting holds and our kitchens cook on"
)


class Floor:
    """The floor's sender, a process that is told when to send what."""

    def __init__(self, folder: Path, host: str, receivers: int) -> None:
        argv = [sys.executable, "-m", "common.rehearsal.floor", "send"]
        self._process = subprocess.Popen(
            [*argv, str(folder), host, str(receivers)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
        )
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._work, self._said = self._process.stdin, self._process.stdout
        self._marks = 0
        self._said.readline()  # it is ready
        self._listener = threading.Thread(target=self._listen, daemon=True)
        self._listener.start()

    def message(self, receivers: int, size: int, *, timed: bool) -> None:
        """Have one message carried now."""
        self._write(f"{receivers} {size} {int(timed)}\n")

    def mark(self) -> None:
        """Have it said, in `marks`, when all before this is carried."""
        self._write("mark\n")

    @property
    def marks(self) -> int:
        """How many marks were reached."""
        return self._marks

    def close(self) -> None:
        """Let it write its results and end."""
        self._work.close()
        self._process.wait()
        self._listener.join()
        self._said.close()

    def _write(self, line: str) -> None:
        self._work.write(line.encode("ascii"))
        self._work.flush()

    def _listen(self) -> None:
        for line in self._said:
            self._marks += line == b"mark\n"


class Pacing:
    """Sends the floor's messages between the guests' orders."""

    def __init__(self, floor: Floor, guests: Guests, scripts: Sequence[Script]) -> None:
        self._floor = floor
        self._guests = guests
        self._scripts = scripts
        self._paced = guests.due(0) is not None
        self._queue = deque(stretches(len(scripts)))
        self._nth = 0
        self._bursts = 0

    def next_alarm(self) -> float | None:
        """When to call `act` at the latest."""
        return self._due() if self._queue and self._paced else None

    def act(self, now: float) -> None:
        """Send what is due."""
        if not self._paced:
            self._burst()
            return
        while self._queue and (due := self._due()) is not None and due <= now:
            first, length = self._queue[0]
            self._send(first + self._nth)
            self._nth += 1
            if self._nth == length:
                self._queue.popleft()
                self._nth = 0

    def _due(self) -> float | None:
        at = self._queue[0][0] + self._nth
        this, following = self._guests.due(at), self._guests.due(at + 1)
        return None if this is None or following is None else (this + following) / 2

    def _burst(self) -> None:
        if self._guests.holding:
            self._guests.holding = self._floor.marks < self._bursts
        elif self._queue and self._guests.submitted >= sum(self._queue[0]):
            first, length = self._queue.popleft()
            for self._nth in range(length):
                self._send(first + self._nth)
            self._floor.mark()
            self._bursts += 1
            self._guests.holding = True

    def _send(self, nth: int) -> None:
        script = self._scripts[nth]
        self._floor.message(script.reach, script.size, timed=self._nth >= WARM_UP)


def stretches(orders: int) -> list[tuple[int, int]]:
    """(first order, how many) of each stretch, spread evenly over the run."""
    if orders <= STRETCHES * STRETCH:
        return [(first, min(STRETCH, orders - first)) for first in range(0, orders, STRETCH)]
    return [(nth * orders // STRETCHES, STRETCH) for nth in range(STRETCHES)]
