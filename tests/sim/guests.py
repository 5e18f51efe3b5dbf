"""Who orders, cooks and serves: commands asked at a random live machine, on what that one knows."""

from __future__ import annotations

import random
from collections.abc import Callable
from itertools import count
from typing import TYPE_CHECKING

from common.domain import commands as cmd
from common.domain.ids import derived_id
from common.domain.order import ANYWHERE, Line, Order
from common.domain.portions import State
from tests.helpers.desk import BAR, COLD, MENU, WOK, dish

if TYPE_CHECKING:
    from tests.sim.machine import Machine
    from tests.sim.world import World

STATIONS = (WOK, COLD, BAR)
SKUS = ("w1", "w2", "c1", "b1", "n1")
BUSY = 12
"""Orders on the board at which guests rather wait than order."""
LONG = "不要香菜" * 1_000
"""A note nearly as long as a note may be."""


class Guests:
    """The house full of people, drawn from one stream of dice."""

    def __init__(self, world: World, rng: random.Random) -> None:
        self._world = world
        self._rng = rng
        self._ids = count(1)
        self._menus = count(1)

    def moment(self) -> None:
        """A handful of people at one machine."""
        able = [machine for machine in self._world.all if machine.able]
        if able:
            machine = self._rng.choice(able)
            machine.screens.ask(*(self._want(machine) for _ in range(self._rng.randint(1, 6))))

    def last_order(self, machine: Machine) -> None:
        """Whatever has been, each machine must serve in the end."""
        machine.screens.ask(self._submit())

    def feast(self, machine: Machine) -> None:
        """An order of the greatest size that a group may have."""
        lines = tuple(cmd.LineInput(sku="w1", note=LONG) for _ in range(16))
        machine.screens.ask(self._submit(lines))

    def new_menu(self, machine: Machine) -> None:
        """A group with nearly as many events as there may be, then the menu's activation."""
        version = derived_id(MENU, next(self._menus).to_bytes(4, "big"))
        dishes = tuple(dish(f"d{nth}", STATIONS[nth % 3]) for nth in range(60))
        machine.screens.ask(cmd.DefineDishes(cmd_id=self._id(), version=version, dishes=dishes))

    # -- one command

    def _id(self) -> bytes:
        return derived_id(b"sim", next(self._ids).to_bytes(4, "big"))

    def _want(self, machine: Machine) -> cmd.AnyCommand:
        orders = sorted(machine.ledger.orders.open(), key=lambda order: order.id)
        orders = [order for order in orders if order.lines]
        if not orders or self._rng.random() < (0.25 if len(orders) < BUSY else 0.06):
            return self._submit()
        order = self._rng.choice(orders)
        acts = self._rng.sample(ACTS, len(ACTS))
        wishes = (act(self, order) for act in acts)
        return next(wish for wish in wishes if wish is not None)

    def _line(self) -> cmd.LineInput:
        qty = self._rng.choice((1000, 1000, 2000, 3000))
        return cmd.LineInput(sku=self._rng.choice(SKUS), qty=qty)

    def _submit(self, lines: tuple[cmd.LineInput, ...] = ()) -> cmd.SubmitOrder:
        rng, cmd_id = self._rng, self._id()
        lines = lines or tuple(self._line() for _ in range(rng.randint(1, 4)))
        order = cmd.OrderInput(
            lines=lines,
            door=rng.choice(("", "", "web")),
            ref=rng.choice((None, None, str(rng.randrange(40)))),
            side=rng.choice(("", "", "", '{"name": "王小姐"}')),
        )
        return cmd.SubmitOrder(cmd_id=cmd_id, order_id=derived_id(b"order", cmd_id), order=order)

    def lines_in(self, order: Order, *states: State) -> list[Line]:
        """The dishes that have portions in one of these states."""
        return [line for line in order.dishes() if line.indexes(*states)]

    def pick(self, lines: list[Line]) -> tuple[cmd.Choice, ...]:
        """Some portions of one of these dishes."""
        return (cmd.Choice(self._rng.choice(lines).id, self._rng.choice((None, None, 1))),)

    # -- what can be done about an order; None where it makes no sense

    def _add(self, order: Order) -> cmd.AnyCommand | None:
        lines = tuple(self._line() for _ in range(self._rng.randint(1, 2)))
        return cmd.AddLines(cmd_id=self._id(), order_id=order.id, lines=lines)

    def _change(self, order: Order) -> cmd.AnyCommand | None:
        lines = [line for line in order.dishes() if line.active()]
        if not lines:
            return None
        line, note = self._rng.choice(lines).id, str(self._rng.random())
        return cmd.ChangeLine(cmd_id=self._id(), order_id=order.id, line=line, note=note)

    def _void(self, order: Order) -> cmd.AnyCommand | None:
        lines = self.lines_in(order, State.FIRED, State.COOKING, State.READY)
        if not lines:
            return None
        choices = self.pick(lines)
        return cmd.VoidLines(cmd_id=self._id(), order_id=order.id, choices=choices, reason="x")

    def _cook(self, order: Order) -> cmd.AnyCommand | None:
        lines = self.lines_in(order, State.FIRED)
        if not lines:
            return None
        line = self._rng.choice(lines)
        station = line.station if line.station != ANYWHERE else self._rng.choice(STATIONS)
        choices = self.pick([line])
        return cmd.StartLines(
            cmd_id=self._id(), order_id=order.id, station=station, choices=choices
        )

    def _ready(self, order: Order) -> cmd.AnyCommand | None:
        lines = self.lines_in(order, State.FIRED, State.COOKING)
        if not lines:
            return None
        line = self._rng.choice(lines)
        station = line.station if line.station != ANYWHERE else self._rng.choice(STATIONS)
        choices = self.pick([line])
        return cmd.MarkReady(cmd_id=self._id(), order_id=order.id, station=station, choices=choices)

    def _bump(self, order: Order) -> cmd.AnyCommand | None:
        tickets = [ticket for ticket in order.tickets.values() if ticket.open and ticket.station]
        if not tickets:
            return None
        ticket = self._rng.choice(tickets)
        seen = tuple(line.id for line in order.ticket_lines(ticket.station, ticket.batch))
        return cmd.BumpTicket(
            cmd_id=self._id(),
            order_id=order.id,
            station=ticket.station,
            batch=ticket.batch,
            seen=seen,
        )

    def _serve(self, order: Order) -> cmd.AnyCommand | None:
        lines = self.lines_in(order, State.READY)
        if not lines:
            return None
        choices = self.pick(lines)
        return cmd.ServeLines(cmd_id=self._id(), order_id=order.id, choices=choices)

    def _recall(self, order: Order) -> cmd.AnyCommand | None:
        closed = [ticket for ticket in order.tickets.values() if not ticket.open]
        if not closed:
            return None
        ticket = self._rng.choice(closed)
        undoes = ticket.bumped if self._rng.random() < 0.5 else None
        return cmd.Recall(
            cmd_id=self._id(),
            order_id=order.id,
            undoes=undoes,
            station=ticket.station,
            batch=ticket.batch,
        )

    def _rush(self, order: Order) -> cmd.AnyCommand | None:
        return cmd.RushOrder(cmd_id=self._id(), order_id=order.id)

    def _shown(self, order: Order) -> cmd.AnyCommand | None:
        station = self._rng.choice(STATIONS)
        events = tuple(event.id for event in order.unshown(station))
        if not events:
            return None
        return cmd.MarkShown(
            cmd_id=self._id(), order_id=order.id, station=station, events=events[:20]
        )

    def _seen(self, order: Order) -> cmd.AnyCommand | None:
        station = self._rng.choice(STATIONS)
        events = tuple(event.id for event in order.unseen(station))
        if not events:
            return None
        return cmd.MarkSeen(
            cmd_id=self._id(), order_id=order.id, station=station, events=events[:20]
        )


Act = Callable[[Guests, Order], cmd.AnyCommand | None]
ACTS: tuple[Act, ...] = (
    Guests._add,
    Guests._change,
    Guests._void,
    Guests._cook,
    Guests._cook,
    Guests._ready,
    Guests._ready,
    Guests._bump,
    Guests._bump,
    Guests._serve,
    Guests._serve,
    Guests._serve,
    Guests._recall,
    Guests._rush,
    Guests._shown,
    Guests._seen,
)
