"""Slot numbers: the keys that tickets answer to.

A number belongs to its ticket until the ticket leaves the page; a free one rests for two seconds
before another ticket gets it, so that a second stroke of the same key can't hit a stranger.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from common.domain.clock import SECOND

REST: Final = 2 * SECOND


class Slots:
    """The numbers of one page; times are µs of any one clock."""

    def __init__(self, keys: int = 10) -> None:
        self._keys = keys
        self._held: dict[str, int] = {}
        self._left: dict[int, tuple[str, int]] = {}
        """Who had a number last, and until when."""

    def seat(self, tickets: Sequence[str], now: int) -> dict[str, int]:
        """The number of every ticket on the page, oldest first; 0 while none is free for it."""
        here = set(tickets)
        for ticket in [ticket for ticket in self._held if ticket not in here]:
            self._left[self._held.pop(ticket)] = (ticket, now)
        for ticket in tickets:
            if ticket not in self._held:
                number = self._free_for(ticket, now)
                if number:
                    self._held[ticket] = number
                    self._left.pop(number, None)
        return {ticket: self._held.get(ticket, 0) for ticket in tickets}

    def _free_for(self, ticket: str, now: int) -> int:
        """The ticket's own number if it only just left, else the lowest that has rested."""
        taken = set(self._held.values())
        free = [number for number in range(1, self._keys + 1) if number not in taken]
        own = [number for number in free if self._left.get(number, ("", 0))[0] == ticket]
        rested = [
            number
            for number in free
            if number not in self._left or now >= self._left[number][1] + REST
        ]
        return next(iter(own + rested), 0)
