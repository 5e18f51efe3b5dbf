"""What people do in a restaurant, in a few words each, for the scenes to be told with."""

from __future__ import annotations

from typing import Any

from msgspec.structs import replace

from common.domain import commands as cmd
from common.domain.clock import SECOND
from common.domain.codec import Event
from common.domain.house import EXPO
from common.domain.order import ANYWHERE, Line, Order
from common.domain.reasons import Rejected
from common.ui.begun import Begun
from common.ui.scenes.restaurant import TILL, Restaurant, at

WOK = "wok"
COLD = "cold"
SHOWN_AFTER = 1 * SECOND
SEEN_AFTER = 9 * SECOND


class Story(Restaurant):
    """A restaurant in which things happen at the time that is told with them."""

    begun = Begun()

    def begins(self, table: str, *lines: cmd.LineInput) -> None:
        """The cashier stands before a table and has noted these dishes."""
        self.begun = Begun(table, lines)

    def dish(
        self, sku: str, qty: int = 1, *wishes: str, note: str = "", course: int | None = None
    ) -> cmd.LineInput:
        """Some portions of a dish of the menu; a wish is `mild`, `+coriander` or `-peanut`."""
        modifiers = tuple(map(self.wish, wishes))
        return cmd.LineInput(sku=sku, qty=qty * 1000, modifiers=modifiers, note=note, course=course)

    def order(
        self, when: str, *lines: cmd.LineInput, by: str = "", seen: bool = True, **facts: Any
    ) -> Order:
        """An order comes in; unless told otherwise its stations have seen it."""
        return self.submit(at(when), cmd.OrderInput(lines=lines, **facts), by=by, seen=seen)

    def submit(self, when: int, given: cmd.OrderInput, *, by: str = "", seen: bool = True) -> Order:
        """An order comes in as its door read it."""
        self.now = when
        command = self._submission(given, by)
        self._must(command)
        order = self.orders[command.order_id]
        for station in (*stations_of(order), EXPO):
            self._mark(cmd.MarkShown, order, order.unshown(station), station, SHOWN_AFTER)
            if seen:
                self._mark(cmd.MarkSeen, order, order.unseen(station), station, SEEN_AFTER)
        return order

    def hold(self, when: str, *lines: cmd.LineInput, **facts: Any) -> Order:
        """An order whose dishes wait until they are called for."""
        return self.order(when, *(replace(line, fire="hold") for line in lines), **facts)

    def holds(self, order: Order, when: str, *skus: str) -> None:
        """The guests want dishes later."""
        choices = tuple(cmd.Choice(line_of(order, sku).id) for sku in skus)
        self._does(when, cmd.HoldLines(**self._facts(order, ""), choices=choices))

    def fires(self, order: Order, when: str, *skus: str) -> None:
        """The guests call for dishes."""
        choices = tuple(cmd.Choice(line_of(order, sku).id) for sku in skus)
        self._does(when, cmd.FireLines(**self._facts(order, ""), choices=choices))

    def adds(self, order: Order, when: str, *lines: cmd.LineInput, by: str = "") -> None:
        """The guests want more."""
        self._does(when, cmd.AddLines(**self._facts(order, by), lines=lines))

    def changes(
        self, order: Order, when: str, sku: str, *wishes: str, note: str | None = None
    ) -> None:
        """The guests want a dish otherwise."""
        modifiers = tuple(map(self.wish, wishes)) or None
        line = line_of(order, sku).id
        facts = self._facts(order, "")
        self._does(when, cmd.ChangeLine(**facts, line=line, note=note, modifiers=modifiers))

    def voids(self, order: Order, when: str, sku: str, count: int | None = None) -> None:
        """The guests do not want a dish any more."""
        choices = (cmd.Choice(line_of(order, sku).id, count),)
        self._does(when, cmd.VoidLines(**self._facts(order, ""), choices=choices))

    def rushes(self, order: Order, when: str, by: str = "") -> None:
        """The guests ask where their food is."""
        self._does(when, cmd.RushOrder(**self._facts(order, by)))

    def starts(self, order: Order, when: str, *skus: str, station: str = WOK) -> None:
        """A station begins to cook."""
        facts = self._facts(order, station)
        choices = tuple(cmd.Choice(line_of(order, sku).id) for sku in skus)
        command = cmd.StartLines(**facts, station=station, choices=choices)
        self._does(when, command, station)

    def readies(
        self, order: Order, when: str, sku: str, station: str = WOK, count: int | None = None
    ) -> None:
        """A station is done with a dish, or with some portions of it."""
        facts = self._facts(order, station)
        choices = (cmd.Choice(line_of(order, sku).id, count),)
        command = cmd.MarkReady(**facts, station=station, choices=choices)
        self._does(when, command, station)

    def bumps(self, order: Order, when: str | int, station: str = WOK, batch: int = 1) -> None:
        """A station is done with a ticket."""
        seen = tuple(line.id for line in order.ticket_lines(station, batch))
        facts = self._facts(order, station)
        command = cmd.BumpTicket(**facts, station=station, batch=batch, seen=seen)
        self._does(when, command, station)

    def recalls(self, order: Order, when: str, station: str = WOK, batch: int = 1) -> None:
        """A station takes a ticket back."""
        facts = self._facts(order, station)
        self._does(when, cmd.Recall(**facts, station=station, batch=batch), station)

    def serves(self, order: Order, when: str | int, *skus: str) -> None:
        """The pass hands dishes out: these, or all."""
        lines = [line_of(order, sku) for sku in skus] or order.lines.values()
        choices = tuple(cmd.Choice(line.id) for line in lines)
        self._does(when, cmd.ServeLines(**self._facts(order, EXPO), choices=choices), EXPO)

    def pays(
        self, order: Order, when: str | int, amount: int | None = None, method: str = "cash"
    ) -> None:
        """A counter takes money: all that is due, if not said."""
        facts = self._facts(order, "")
        taken = order.due if amount is None else amount
        self._does(when, cmd.TakePayment(**facts, amount=taken, method=method))

    def shows(self, order: Order, when: str, station: str = WOK) -> None:
        """A station's screen paints all that is new."""
        self.now = at(when)
        self._mark(cmd.MarkShown, order, order.unshown(station), station, 0)

    def sees(self, order: Order, when: str, station: str = WOK) -> None:
        """Somebody at a station acknowledges all that is new."""
        self.now = at(when)
        self._mark(cmd.MarkSeen, order, order.unseen(station), station, 0)

    # -- what the verbs share

    def _submission(self, given: cmd.OrderInput, by: str) -> cmd.SubmitOrder:
        return cmd.SubmitOrder(cmd_id=self.new_id(), actor=by, order_id=self.new_id(), order=given)

    def _facts(self, order: Order, by: str) -> dict[str, Any]:
        return {"cmd_id": self.new_id(), "actor": by, "order_id": order.id}

    def _mark(
        self,
        kind: type[cmd.MarkShown | cmd.MarkSeen],
        order: Order,
        events: list[Event],
        station: str,
        after: int,
    ) -> None:
        begun, self.now = self.now, self.now + after
        told = tuple(event.id for event in events)
        self._must(kind(**self._facts(order, station), station=station, events=told), station)
        self.now = begun

    def _does(self, when: str | int, command: cmd.AnyCommand, node: str = TILL) -> None:
        self.now = at(when) if isinstance(when, str) else when
        self._must(command, node)

    def _must(self, command: cmd.AnyCommand, node: str = TILL) -> None:
        outcome = self.ask(command, node)
        assert not isinstance(outcome, Rejected), outcome


def line_of(order: Order, sku: str) -> Line:
    """The order's last line of a dish."""
    return next(line for line in reversed(order.lines.values()) if line.record.sku == sku)


def stations_of(order: Order) -> list[str]:
    """The stations that cook for an order."""
    return sorted({line.station for line in order.dishes()} - {ANYWHERE})
