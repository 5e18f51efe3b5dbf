"""Where outputs gather during one input, and what is counted and noted on the way."""

from __future__ import annotations

from collections import Counter

from common.wire.limits import NOTE_EVERY
from common.wire.outputs import Note, Now, Outputs, What


class Outbox:
    """The outputs of the input at hand. Notes are throttled: a flood must not fill the log."""

    def __init__(self) -> None:
        self.now = Now(0, 0)
        self.counters: Counter[str] = Counter()
        self._outputs: list[Outputs] = []
        self._noted: dict[tuple[What, bytes | None], int] = {}

    def emit(self, output: Outputs) -> None:
        """Add an output."""
        self._outputs.append(output)

    def count(self, name: str, by: int = 1) -> None:
        """Count something that needs no line in the log."""
        self.counters[name] += by

    def note(self, what: What, detail: str, peer: bytes | None = None) -> None:
        """Count it; put it in the log unless the same was said of this peer just now."""
        self.counters[what.value] += 1
        last = self._noted.get((what, peer))
        if last is None or self.now.mono - last >= NOTE_EVERY:
            self._noted[what, peer] = self.now.mono
            self._outputs.append(Note(what, detail, peer))

    def take(self) -> list[Outputs]:
        """All outputs so far, in order."""
        outputs, self._outputs = self._outputs, []
        return outputs
