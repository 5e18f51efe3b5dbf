"""What the pass asks of its node: serve, hold, fire, take back."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from common.domain.commands import Choice, FireLines, HoldLines, Recall, ServeLines
from common.domain.house import EXPO
from common.domain.portions import State, runs_of
from common.ui.sender import Sent
from common.ui.source import Source
from kds.screens.desk import Desk
from kds.screens.expo_lines import PassLine
from kds.screens.expo_orders import last_served
from kds.screens.recalls import Bumped
from kds.screens.tickets import TicketView


class PassDesk(Desk):
    """The hands of the pass."""

    def __init__(self, source: Source, clock: Callable[[], int]) -> None:
        super().__init__(EXPO, source.submit, source.new_id, clock)
        self._source = source

    def serve(
        self, ticket: TicketView, lines: Iterable[PassLine], count: int | None = None
    ) -> Sent:
        """Dishes go to the guests, those portions first that are ready."""
        chosen = tuple(Choice(line.id, count) for line in lines)
        command = ServeLines(**self.to(ticket.order_id), choices=chosen)
        return Sent(command, self._keys(lines))

    def hold(self, ticket: TicketView, lines: Iterable[PassLine]) -> Sent:
        """Dishes that nobody has begun wait until they are called."""
        chosen = tuple(Choice(line.id) for line in lines)
        return Sent(HoldLines(**self.to(ticket.order_id), choices=chosen), self._keys(lines))

    def fire(self, ticket: TicketView, lines: Iterable[PassLine]) -> Sent:
        """Dishes that waited are to be made."""
        chosen = tuple(Choice(line.id) for line in lines)
        return Sent(FireLines(**self.to(ticket.order_id), choices=chosen), self._keys(lines))

    @staticmethod
    def _keys(lines: Iterable[PassLine]) -> tuple[str, ...]:
        return tuple(line.key for line in lines)

    def recall(self, ticket: Bumped) -> Sent:
        """Take back what was served last of an order."""
        order = self._source.orders[ticket.order_id]
        at = last_served(order)
        choices = tuple(
            Choice(line.id, runs=runs_of(nths))
            for line in order.dishes()
            if (nths := [i for i in line.indexes(State.SERVED) if line.portions[i].served == at])
        )
        return Sent(Recall(**self.to(ticket.order_id), choices=choices), (ticket.key,))
