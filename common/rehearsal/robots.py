"""Robots that act as staff would, each through its own node only.

A robot looks at an order again when something on its board changed, never at all orders. It has
one command at a time for an order, and decides on the next only when its board shows what the
last one did. A refusal is no failure: two robots crossed, and the board tells what there is now.
"""

from __future__ import annotations

import heapq
from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from common.domain.codec import Event
from common.domain.commands import (
    BumpTicket,
    Choice,
    FireLines,
    MarkReady,
    OrderCommand,
    ServeLines,
    StartLines,
)
from common.domain.ids import HOUSE, EventId, derived_id
from common.domain.order import ANYWHERE, Line, Order, Ticket
from common.domain.portions import State, runs_of
from common.domain.reasons import Rejected
from common.node.client import Changed, Declined, Done, NodeClient, Opened, Update
from common.rehearsal.journal import Journal

IN_FLIGHT = 64
"""Commands that a robot has under way at most."""
ROBOT = "robot:"
"""How every robot's name as an actor begins."""
PATIENCE_S = 2.0
"""Seconds that a robot waits for its board to show what a command did."""

Patience = Callable[[bytes, str], float]
"""How many seconds a robot takes over a step of an order."""


def hasty(_: bytes, __: str) -> float:
    """No time at all."""
    return 0.0


class _Awaited(NamedTuple):
    """An order whose last command was accepted and is not on the board yet."""

    order_id: bytes
    since: float


class Robot:
    """What all robots do: look, send one command an order, wait until the board shows it."""

    def __init__(
        self, name: str, client: NodeClient, journal: Journal, patience: Patience = hasty
    ) -> None:
        self.name = name
        self.actor = ROBOT + name
        self.leaves = False
        """Whether somebody works beside it: it leaves alone what no robot ordered."""
        self.client = client
        self._journal = journal
        self._patience = patience
        self._dirty: dict[bytes, None] = {}
        self._flying: dict[bytes, bytes] = {}
        self._awaited: dict[EventId, _Awaited] = {}
        self._busy: set[bytes] = set()
        self._sent = 0
        self._now = 0.0
        self._alarms: list[tuple[float, bytes]] = []
        self._begun: dict[tuple[bytes, str], float] = {}

    @property
    def idle(self) -> bool:
        """Whether nothing is under way and nothing waits to be looked at."""
        return not (self._flying or self._awaited or self._dirty or self._alarms)

    @property
    def in_flight(self) -> int:
        """Commands without an answer."""
        return len(self._flying)

    # -- what comes from the node

    def take(self, updates: Iterable[Update]) -> None:
        """Note what the node told."""
        for update in updates:
            match update:
                case Changed(subject, event) if subject != HOUSE:
                    self._changed(subject, event)
                case Done():
                    self._done(update)
                case Declined(cmd_id, reason):
                    self._declined(cmd_id, reason)
                case Opened():
                    self._opened()
                case _:
                    pass

    def _changed(self, order_id: bytes, event: Event) -> None:
        self._dirty[order_id] = None
        if self._awaited:
            awaited = self._awaited.pop(event.id, None)
            if awaited is not None:
                self._busy.discard(awaited.order_id)

    def _done(self, done: Done) -> None:
        self._journal.done(done.cmd_id, done.number, done.events)
        order_id = self._flying.pop(done.cmd_id, None)
        if order_id is None or order_id == HOUSE:
            return
        if done.events and not self._shown(order_id, done.events[-1]):
            self._awaited[done.events[-1]] = _Awaited(order_id, self._now)
        else:
            self._free(order_id)

    def _declined(self, cmd_id: bytes, reason: Rejected) -> None:
        self._journal.declined(cmd_id, reason.code)
        order_id = self._flying.pop(cmd_id, None)
        if order_id is not None:
            self._free(order_id)

    def _free(self, order_id: bytes) -> None:
        self._busy.discard(order_id)
        self._dirty[order_id] = None

    def _shown(self, order_id: bytes, event: EventId) -> bool:
        """Whether the board shows an event."""
        order = self.client.orders.get(order_id)
        return order is not None and any(known.id == event for known in reversed(order.history))

    def _opened(self) -> None:
        # The board is anew and holds what the node has: nothing that was decided is still to come.
        for awaited in self._awaited.values():
            self._busy.discard(awaited.order_id)
        self._awaited.clear()
        self._dirty.update(dict.fromkeys(self.client.orders))

    # -- what goes to it

    def act(self, now: float) -> None:
        """Look at what changed and send what follows; `now` in seconds of any one clock."""
        self._now = now
        self._look_at_the_clock()
        while self._dirty and len(self._flying) < IN_FLIGHT:
            order_id = next(iter(self._dirty))
            del self._dirty[order_id]
            if order_id in self._busy:
                continue
            order = self.client.orders.get(order_id)
            if order is not None and order.head is None:
                continue  # its submission is still on its way and will change it
            if self.leaves and order is not None and not _robots_own(order):
                continue
            command = self._next_for(order_id, order)
            if command is not None:
                self.send(command)

    def _look_at_the_clock(self) -> None:
        while self._alarms and self._alarms[0][0] <= self._now:
            self._dirty[heapq.heappop(self._alarms)[1]] = None
        # A node that was killed may answer a repeated command after it showed a board on which
        # that order is closed, and so absent: nothing will come of waiting for its event.
        while self._awaited:
            event, awaited = next(iter(self._awaited.items()))
            if awaited.since + PATIENCE_S > self._now:
                break
            del self._awaited[event]
            self._free(awaited.order_id)

    def next_alarm(self) -> float | None:
        """When to call `act` though nothing came."""
        return self._alarms[0][0] if self._alarms else None

    def send(self, command: OrderCommand, line: int = 0) -> None:
        """Send a command and note it."""
        self._flying[command.cmd_id] = command.order_id
        self._busy.add(command.order_id)
        t0 = self.client.send(command)
        kind = type(command).__name__
        self._journal.sent(command.cmd_id, t0, self.name, kind, command.order_id, line)

    def _next_for(self, order_id: bytes, order: Order | None) -> OrderCommand | None:
        """What to do about an order now; it is None where the board does not have it."""
        raise NotImplementedError

    def _new_id(self, order_id: bytes) -> bytes:
        self._sent += 1
        return derived_id(b"robot", self.name.encode(), order_id, self._sent.to_bytes(8, "big"))

    def _may(self, order_id: bytes, step: str) -> bool:
        """Whether a step has taken its time; if not, the order is looked at again then."""
        takes = self._patience(order_id, step)
        if takes <= 0:
            return True
        due = self._begun.setdefault((order_id, step), self._now + takes)
        if due <= self._now:
            return True
        heapq.heappush(self._alarms, (due, order_id))
        return False


class Cook(Robot):
    """Stands at one station: starts some tickets, readies some dishes one by one, bumps all.

    `starts` is the share of tickets whose start is told, `place` which of the cooks this is. One
    who `looks` has a screen before him, and knows only of what it has shown.
    """

    def __init__(
        self,
        station: str,
        client: NodeClient,
        journal: Journal,
        stations: int,
        place: int,
        patience: Patience = hasty,
        starts: float = 0.2,
        looks: bool = False,
    ) -> None:
        super().__init__(station, client, journal, patience)
        self._starts = starts
        self._station = station
        self._stations = stations
        self._place = place
        self._looks = looks
        self._touched: set[tuple[bytes, str]] = set()

    def _next_for(self, _: bytes, order: Order | None) -> OrderCommand | None:
        if order is None:
            return None
        claimed = self._claim(order)
        if claimed is not None:
            return claimed
        for ticket in order.open_tickets(self._station):
            lines = order.ticket_lines(self._station, ticket.batch)
            known = bool(lines) and self._knows(order, lines)
            command = self._cook(order, ticket, lines) if known else None
            if command is not None:
                return command
        return None

    def _claim(self, order: Order) -> OrderCommand | None:
        """A dish that no menu places stands on every screen: one cook takes it, seldom two."""
        if (ANYWHERE, 1) not in order.tickets:
            return None
        chance = _chance(order.id, "claim")
        volunteers = {chance % self._stations}
        if chance < 0x4000:
            volunteers.add((chance + 1) % self._stations)
        free = [
            line
            for line in order.dishes()
            if line.station == ANYWHERE and line.indexes(State.FIRED)
        ]
        if not free or self._place not in volunteers or not self._knows(order, free):
            return None
        return self._start(order, free)

    def _knows(self, order: Order, lines: Iterable[Line]) -> bool:
        if not self._looks:
            return True
        unshown = {event.id for event in order.unshown(self._station)}
        called = (portion.calls[-1].by for line in lines for portion in line.portions)
        return not unshown or unshown.isdisjoint(called)

    def _cook(self, order: Order, ticket: Ticket, lines: list[Line]) -> OrderCommand | None:
        name = f"{self._station}/{ticket.batch}"
        chance = _chance(order.id, name) / 0x10000
        active = [line for line in lines if line.indexes(State.FIRED, State.COOKING)]
        if not active and any(line.state is State.HELD for line in lines):
            return None  # what is on hold goes on to the next ticket when this one closes
        uncooked = [line for line in lines if line.indexes(State.FIRED)]
        starts = bool(uncooked) and chance < self._starts
        if starts and not self._may(order.id, f"start {name}"):
            return None
        if self._once(order, f"start {name}", starts):
            return self._start(order, uncooked)
        if not self._may(order.id, f"ready {name}"):
            return None
        singly = 0.2 <= chance < 0.4 and len(active) > 1
        if self._once(order, f"ready {name}", singly):
            return self._ready(order, active[:1])
        return BumpTicket(
            cmd_id=self._new_id(order.id),
            actor=self.actor,
            order_id=order.id,
            station=self._station,
            batch=ticket.batch,
            seen=tuple(line.id for line in lines),
        )

    def _once(self, order: Order, step: str, wanted: bool) -> bool:
        """True the first time: a step that was refused or recalled is not begged for again."""
        if not wanted or (order.id, step) in self._touched:
            return False
        self._touched.add((order.id, step))
        return True

    def _start(self, order: Order, lines: Iterable[Line]) -> StartLines:
        return StartLines(
            cmd_id=self._new_id(order.id),
            actor=self.actor,
            order_id=order.id,
            station=self._station,
            choices=tuple(Choice(line.id) for line in lines),
        )

    def _ready(self, order: Order, lines: Iterable[Line]) -> MarkReady:
        return MarkReady(
            cmd_id=self._new_id(order.id),
            actor=self.actor,
            order_id=order.id,
            station=self._station,
            choices=tuple(Choice(line.id) for line in lines),
        )


class Runner(Robot):
    """Stands at the pass: serves what is ready, mostly when the whole order is.

    What waits is called for when the kitchen has nothing else to do for its order.
    """

    def _next_for(self, _: bytes, order: Order | None) -> OrderCommand | None:
        if order is None:
            return None
        waiting = [line for line in order.dishes() if line.indexes(State.HELD)]
        if waiting and self.client.house.stations and not self._busy_with(order):
            return self._fire(order, waiting)
        ready = dict(self._servable(order))
        if not ready:
            return None
        # One guest in five wants each dish as it comes.
        if _chance(order.id, "together") >= 0x3333 and order.state < State.READY:
            return None
        if not self._may(order.id, "serve"):
            return None
        return ServeLines(
            cmd_id=self._new_id(order.id),
            actor=self.actor,
            order_id=order.id,
            choices=tuple(Choice(line.id, runs=runs_of(some)) for line, some in ready.items()),
        )

    def _busy_with(self, order: Order) -> bool:
        return any(line.indexes(State.FIRED, State.COOKING) for line in order.dishes())

    def _fire(self, order: Order, lines: Iterable[Line]) -> FireLines:
        return FireLines(
            cmd_id=self._new_id(order.id),
            actor=self.actor,
            order_id=order.id,
            choices=tuple(Choice(line.id) for line in lines),
        )

    def _servable(self, order: Order) -> Iterator[tuple[Line, list[int]]]:
        states: tuple[State, ...] = (State.READY,)
        if not self.client.house.stations:
            # A menu without stations has no kitchen: all of it is handed over the counter.
            states = (State.HELD, State.FIRED, State.COOKING, State.READY)
        for line in order.dishes():
            some = line.indexes(*states)
            if some:
                yield line, some


def _robots_own(order: Order) -> bool:
    return order.submitted is not None and order.submitted.actor.startswith(ROBOT)


def _chance(order_id: bytes, what: str) -> int:
    """0 … 65535, the same for the same order in every run."""
    return int.from_bytes(derived_id(order_id, what.encode())[:2])
