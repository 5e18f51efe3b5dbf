"""What waits for the writer's next round, the oldest first."""

from __future__ import annotations

from collections import deque
from typing import NamedTuple

from common.node import jobs

ROUND_EVENTS = 512
"""Events in one commit at most, so that one long queue does not make everybody wait."""
LINGER = 50_000
"""µs at most that what concerns other stations waits for company.

Nobody looks at it here, and each commit costs what several together do: at 20 orders a second
most of a station's work was to store, one by one, what the others did.
"""
LULL = 20_000
"""µs without company after which the waiting is over: an order's events come close together, and
what waits longer only meets the next order.
"""


class _Waiting(NamedTuple):
    since: int
    work: jobs.Work


class Inbox:
    """Work on its way to a commit. Times are on the monotonic clock, in µs."""

    def __init__(self) -> None:
        self._waiting: deque[_Waiting] = deque()
        self._urgent = False
        self._waited = 0

    def put(self, work: jobs.Work, now: int) -> None:
        """Hand in what is to be committed."""
        self._waiting.append(_Waiting(now, work))
        self._urgent = self._urgent or _is_urgent(work)

    def due(self) -> int | None:
        """When the next round is due; None while there is nothing for it."""
        if not self._waiting:
            return None
        since = self._waiting[0].since
        return since if self._urgent else min(since + LINGER, self._waiting[-1].since + LULL)

    def take(self, now: int) -> list[jobs.Work]:
        """A round's worth."""
        taken: list[jobs.Work] = []
        events = 0
        if self._waiting:
            self._waited = now - self._waiting[0].since
        while self._waiting and events < ROUND_EVENTS:
            taken.append(self._waiting.popleft().work)
            events += _weight(taken[-1])
        # What is left has waited for a whole round already.
        self._urgent = bool(self._waiting)
        return taken

    def age(self, now: int) -> int:
        """How long the oldest has been waiting, or had waited that went last."""
        return max(self._waited, now - self._waiting[0].since if self._waiting else 0)


def _is_urgent(work: jobs.Work) -> bool:
    return work.urgent if isinstance(work, jobs.Keep) else isinstance(work, jobs.Decide)


def _weight(work: jobs.Work) -> int:
    if isinstance(work, jobs.Keep):
        return sum(len(received.events) for received in work.groups)
    return 4
