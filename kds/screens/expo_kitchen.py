"""What the pass knows: whole orders, what left it, what it has to hear of."""

from __future__ import annotations

from common.domain.house import EXPO
from common.domain.order import Notice, Order
from common.ui.source import Source
from kds.screens.board import Board
from kds.screens.desk import Desk
from kds.screens.expo_orders import OrderView, gone, order_views
from kds.screens.kitchen import Kitchen
from kds.screens.recalls import Bumped
from kds.screens.tickets import TicketView


class PassKitchen(Kitchen):
    """Reads orders as the pass does."""

    def __init__(self, source: Source, board: Board, desk: Desk) -> None:
        super().__init__(source, EXPO, (), board, desk)

    def _views(self, order: Order) -> tuple[TicketView, ...]:
        return order_views(order, self._source.house, self.place)

    def _bumped(self, order: Order) -> list[Bumped]:
        return gone(order)

    def _hear(self, order: Order, notice: Notice) -> None:
        """On the panel while the order is here; a word in the bar when it has left."""
        if not self._views(order):
            super()._hear(order, notice)

    @property
    def ready(self) -> int:
        """How many orders have something that can be served."""
        views = self.board.tickets.values()
        return sum(isinstance(view, OrderView) and view.some_ready for view in views)
