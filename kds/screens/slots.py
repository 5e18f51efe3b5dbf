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
    """The numbers of one page; times are mesh µs."""

    def __init__(self, keys: int = 10) -> None:
        self._keys = keys
        self._held: dict[str, int] = {}
        self._freed: dict[int, int] = {}

    def seat(self, tickets: Sequence[str], now: int) -> dict[str, int]:
        """The number of every ticket on the page, oldest first; 0 while none is free for it."""
        here = set(tickets)
        for ticket in [ticket for ticket in self._held if ticket not in here]:
            self._freed[self._held.pop(ticket)] = now
        taken = set(self._held.values())
        free = [
            number
            for number in range(1, self._keys + 1)
            if number not in taken and now >= self._freed.get(number, now - REST) + REST
        ]
        for ticket in tickets:
            if ticket not in self._held and free:
                self._held[ticket] = free.pop(0)
        return {ticket: self._held.get(ticket, 0) for ticket in tickets}

    def ticket(self, number: int) -> str:
        """Who has a number; empty if nobody."""
        return next((ticket for ticket, held in self._held.items() if held == number), "")
