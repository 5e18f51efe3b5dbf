"""What a counter is at: its place in the house, the order before it, what it sent and said."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Final

from common.domain.clock import SECOND
from common.domain.order import Order
from common.ui.places import place_of
from common.ui.sender import Sender
from common.ui.source import Source

HINT: Final = 5 * SECOND


def monotonic() -> int:
    """µs of a clock that only runs."""
    return time.monotonic_ns() // 1_000


class Till:
    """Shared by all pages of one counter; `clock` (µs) times hands, ages are by mesh time."""

    def __init__(
        self,
        source: Source,
        role: str,
        language: str,
        clock: Callable[[], int] = monotonic,
    ) -> None:
        self.source = source
        self.role = role
        self.clock = clock
        self.sender = Sender(role, source.submit, source.new_id, clock)
        self.place = place_of(source.house, role, (), language)
        self.order_id: bytes | None = None
        """The order before the cashier; None: a new one."""
        self.table = ""
        """The table that a new order is for; empty: none."""
        self.guest = 1
        """Which of the guests without a table a new order is for, where `table` is empty."""
        self._hint = ""
        self._hint_until = 0

    @property
    def order(self) -> Order | None:
        """The order before the cashier, as far as it is known here."""
        return None if self.order_id is None else self.source.orders.get(self.order_id)

    def speak(self, language: str) -> None:
        """Names are wanted in this language."""
        self.place = place_of(self.source.house, self.role, (), language)

    def settle(self) -> None:
        """The house changed: its names may be others."""
        self.speak(self.place.lang)

    def hint(self, text: str) -> None:
        """One calm line, for a few seconds."""
        self._hint, self._hint_until = text, self.clock() + HINT

    @property
    def hint_now(self) -> str:
        """The line that is still to be read."""
        return self._hint if self.clock() < self._hint_until else ""
