"""What a screen has to tell its node of a station: shown or seen, once each, at most once a second.

A screen paints many times a second and each telling is a commit. So what was painted is gathered
here, and handed out as commands when it is time. The client sends those again until they are
answered; the board says when other screens of the station were faster.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from common.domain.commands import MarkSeen, MarkShown
from common.domain.events import MAX_TOLD
from common.domain.ids import EventId
from common.domain.order import Order
from common.node.client import Declined, Done

EVERY = 1_000_000
"""µs between two tellings, at least."""

Marking = MarkShown | MarkSeen


class StationReport:
    """Gathers what was shown (or seen) at a station; `kind` says which of the two."""

    def __init__(
        self,
        station: str,
        new_id: Callable[[], bytes],
        kind: type[MarkShown] | type[MarkSeen] = MarkShown,
    ) -> None:
        self._station = station
        self._new_id = new_id
        self._kind = kind
        self._gathered: dict[bytes, set[EventId]] = {}
        self._told: dict[bytes, set[EventId]] = {}
        self._flying: dict[bytes, Marking] = {}
        self._next = 0

    def note(self, order_id: bytes, events: Iterable[EventId]) -> None:
        """These events of an order were shown (or seen); again is no matter."""
        self._gathered.setdefault(order_id, set()).update(events)

    def due(self, now: int, orders: Mapping[bytes, Order]) -> list[Marking]:
        """The commands to send now; `now` is any one clock's µs, `orders` the board."""
        if not self._gathered or now < self._next:
            return []
        self._forget_what_the_board_knows(orders)
        gathered, self._gathered = self._gathered, {}
        commands = [
            command
            for order_id, events in gathered.items()
            if order_id in orders
            for command in self._tell(orders[order_id], events)
        ]
        if commands:
            self._next = now + EVERY
        return commands

    def answered(self, answer: Done | Declined) -> bool:
        """Take a command's answer; False if the command was none of these."""
        command = self._flying.pop(answer.cmd_id, None)
        if command is None:
            return False
        if isinstance(answer, Declined) and answer.reason.code == "full_disk":
            # The only refusal that passes by itself: it is to be told again.
            self._told.get(command.order_id, set()).difference_update(command.events)
            self.note(command.order_id, command.events)
        return True

    def _tell(self, order: Order, events: set[EventId]) -> list[Marking]:
        told = self._told.setdefault(order.id, set())
        new = [event for event in self._untold(order) if event in events and event not in told]
        told.update(new)
        commands = [
            self._kind(
                cmd_id=self._new_id(),
                actor=self._station,
                order_id=order.id,
                station=self._station,
                events=tuple(new[first : first + MAX_TOLD]),
            )
            for first in range(0, len(new), MAX_TOLD)
        ]
        self._flying |= {command.cmd_id: command for command in commands}
        return commands

    def _untold(self, order: Order) -> list[EventId]:
        """What the board does not know to be told at this station."""
        shown = self._kind is MarkShown
        news = order.unshown(self._station) if shown else order.unseen(self._station)
        return [event.id for event in news]

    def _forget_what_the_board_knows(self, orders: Mapping[bytes, Order]) -> None:
        for order_id in list(self._told):
            order = orders.get(order_id)
            left = self._told[order_id].intersection(self._untold(order) if order else ())
            if left:
                self._told[order_id] = left
            else:
                del self._told[order_id]
