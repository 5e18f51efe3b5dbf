"""What the station's screen knows: its tickets read from the board, their ages, what was bumped."""

from __future__ import annotations

from collections.abc import Iterable

from common.domain.ids import HOUSE
from common.domain.order import Notice, Order
from common.ui.ages import Timer, widest
from common.ui.crossings import Crossings, said
from common.ui.places import Place, place_of
from common.ui.source import Source
from kds.screens.board import Board
from kds.screens.desk import Desk
from kds.screens.recalls import Bumped, average, bumped_tickets
from kds.screens.tickets import TicketView, ticket_views


class Kitchen:
    """Reads only the orders that changed; the rest stays as it was read."""

    def __init__(
        self, source: Source, station: str, adopted: tuple[str, ...], board: Board, desk: Desk
    ) -> None:
        self.board = board
        self.bumped: dict[bytes, list[Bumped]] = {}
        self.timers: dict[str, Timer] = {}
        self.place = Place(station, "en")
        self._source = source
        self._station = station
        self._adopted = adopted
        self._desk = desk
        self._unpainted: set[bytes] = set()
        self._crossings = Crossings(station)
        self.news: list[str] = []
        """What came up and no card can show: crossed commands, a void after the bump."""

    # -- reading

    def speak(self, lang: str) -> None:
        """Read everything in another language."""
        self.place = self.place._replace(lang=lang)
        self.take(None)

    def take(self, changed: frozenset[bytes] | None) -> None:
        """Read what changed; None: all anew."""
        source = self._source
        if changed is None or HOUSE in changed:
            place = place_of(source.house, self._station, self._adopted, self.place.lang)
            if changed is None or place != self.place:
                changed, self.place = None, place
        if changed is None:
            self.bumped.clear()
            self.board.clear()
            self._crossings.forget()
        self._read(source.orders if changed is None else changed)
        if changed is None:
            self.news.clear()

    def _read(self, order_ids: Iterable[bytes]) -> None:
        stations = (self._station, *self._adopted)
        for order_id in order_ids:
            order = self._source.orders.get(order_id)
            if order is None or order.head is None:
                self.bumped.pop(order_id, None)
                self._crossings.forget(order_id)
                self.board.put(order_id, ())
                continue
            self.board.put(order_id, self._views(order))
            bumped = self._bumped(order)
            if bumped:
                self.bumped[order_id] = bumped
            else:
                self.bumped.pop(order_id, None)
            if any(order.unshown(station) for station in stations):
                self._unpainted.add(order_id)
            for notice in self._crossings.news(order, self._source.house):
                self._hear(order, notice)

    def _views(self, order: Order) -> tuple[TicketView, ...]:
        """The order's tickets on this screen."""
        return ticket_views(order, self._source.house, self.place)

    def _bumped(self, order: Order) -> list[Bumped]:
        """Those that left it."""
        return bumped_tickets(order, (self._station, *self._adopted))

    def _hear(self, order: Order, notice: Notice) -> None:
        self.news.append(said(notice, order, self._source.house, self.place))

    def settle(self, mesh: int, now: int, *, still: bool) -> None:
        """Times and places: `mesh` is mesh time, `now` the time of hands."""
        self.timers = {key: view.timer(mesh) for key, view in self.board.tickets.items()}
        self.board.measure(lambda view: widest(self.timers[view.key]))
        self.board.settle(now, still=still)

    # -- what follows from it

    @property
    def late(self) -> int:
        """How many tickets are past their time."""
        return sum(timer.overrun != "" for timer in self.timers.values())

    @property
    def elsewhere(self) -> int:
        """How many tickets are not on the page that is shown."""
        return len(self.board.tickets) - len(self.board.on_page(self.board.page))

    @property
    def unseen(self) -> int:
        """How many tickets on this page have something that nobody acknowledged."""
        tickets = (self.board.tickets[key] for key in self.board.on_page(self.board.page))
        return sum(bool(ticket.fresh or ticket.news) for ticket in tickets)

    def average(self, mesh: int) -> str:
        """What the last hour's tickets took."""
        return average((one for some in self.bumped.values() for one in some), mesh)

    def begin(self, count: int) -> None:
        """Start the oldest tickets by themselves."""
        for key in self.board.placed[:count]:
            self._desk.begin(self.board.tickets[key])

    @property
    def unpainted(self) -> bool:
        """Whether there is news that no frame has shown yet."""
        return bool(self._unpainted)

    def painted(self) -> None:
        """A frame with all of it is on the glass: as a card, or counted with those elsewhere."""
        for order_id in self._unpainted:
            order = self._source.orders.get(order_id)
            if order is not None:
                for station in (self._station, *self._adopted):
                    self._desk.shown(station, order)
        self._unpainted.clear()
