"""What is open at each table, and of each guest who fetches: dishes, ages, what can be done."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from common.domain.house import House
from common.domain.ids import LineId
from common.domain.order import ANYWHERE, Line, Order
from common.domain.portions import State
from common.ui import words
from common.ui.ages import Timer, fired_at, timer_of
from common.ui.places import Place
from foh.screens.floor import Floor


class Dish(NamedTuple):
    """A dish of an open order. `stage`: todo, held, cooking, ready, served or voided."""

    order_id: bytes
    id: LineId
    key: str
    name: str
    quantity: str
    stage: str
    ready: int
    """Portions that can be served now."""
    held: int
    fresh: int
    """Portions that are fired and not begun: they can still be put on hold."""
    fired_at: int | None
    warn_s: int
    late_s: int

    @property
    def on_hold(self) -> bool:
        """Whether it waits until it is called for."""
        return self.stage == "held"

    @property
    def waiting(self) -> bool:
        """Whether guests wait for it, as at the pass: from when it is fired until it is served."""
        return self.to_make or self.stage == "ready"

    @property
    def to_make(self) -> bool:
        """Whether it is fired and not ready."""
        return self.stage in ("todo", "cooking")


class Sitting(NamedTuple):
    """The open orders of one table, oldest first, or the one of somebody without a table."""

    key: str
    table: str
    title: str
    number: str
    about: str
    orders: tuple[Order, ...]
    dishes: tuple[Dish, ...]
    since: int
    rushes: int
    allergies: tuple[str, ...]
    due_at: int | None
    currency: str
    due: int
    """What is to be paid, in minor units; below 0 what is to be given back."""

    @property
    def served(self) -> bool:
        """Whether nothing more comes from the kitchen."""
        return all(dish.stage in ("served", "voided") for dish in self.dishes)

    @property
    def waiting_since(self) -> int:
        """Since when its guests wait for what they have not got; of several dishes the oldest."""
        fired = [
            dish.fired_at
            for dish in self.dishes
            if dish.fired_at is not None and dish.stage not in ("served", "voided")
        ]
        return min(fired, default=self.since)

    @property
    def ready(self) -> list[Dish]:
        """The dishes of which something can be served."""
        return [dish for dish in self.dishes if dish.ready]

    @property
    def told(self) -> list[str]:
        """The stations that cook for it and have shown all they were sent."""
        cook = {line.station for order in self.orders for line in order.dishes()} - {ANYWHERE}
        return sorted(
            station for station in cook if not any(order.unshown(station) for order in self.orders)
        )

    def untold(self, before: int) -> list[str]:
        """The stations that have not shown what they were sent before a mesh time."""
        cook = {line.station for order in self.orders for line in order.dishes()} - {ANYWHERE}
        return sorted(
            station
            for station in cook
            if any(event.at < before for order in self.orders for event in order.unshown(station))
        )

    def timer(self, now: int) -> Timer:
        """Its age at a mesh time; only what the guests still wait for makes it old."""
        timer = timer_of(
            [dish for dish in self.dishes if dish.stage != "served"] or self.dishes,
            self.due_at,
            now,
            fresh=False,
        )
        return timer._replace(age="ok") if self.served else timer


def sittings(
    orders: Iterable[Order], house: House, place: Place, floor: Floor
) -> dict[str, Sitting]:
    """By key: `t:` and a table, or `o:` and an order."""
    seated: dict[str, list[Order]] = {}
    for order in orders:
        if order.head is None or order.submitted is None or order.closed:
            continue
        named = order.head.table
        table = floor.table(named) if named else None
        key = f"t:{table.id if table else named}" if named else f"o:{order.id.hex()}"
        seated.setdefault(key, []).append(order)
    return {key: _sitting(key, some, house, place) for key, some in seated.items()}


def _sitting(key: str, orders: list[Order], house: House, place: Place) -> Sitting:
    orders.sort(key=_since)
    first = orders[0]
    assert first.head is not None
    dishes = tuple(_dish(order, line, place) for order in orders for line in order.dishes())
    title, number = place.title_of(first.head, house.number(first.id))
    numbers = [number, *(house.number(order.id) for order in orders[1:])]
    allergies = (name for order in orders for name in (order.head.allergies if order.head else ()))
    lone = len(orders) == 1 and first.head.channel != "delivery"
    channel = words.channel(first.head.channel, at_table=bool(first.head.table))
    return Sitting(
        key=key,
        table=first.head.table or "",
        title=title,
        number=" · ".join(filter(None, numbers)),
        about=" · ".join(filter(None, (channel, place.about(first)))),
        orders=tuple(orders),
        dishes=dishes,
        since=_since(first),
        rushes=sum(len(order.rushes) for order in orders),
        allergies=tuple(dict.fromkeys(allergies)),
        due_at=first.head.due_at if lone else None,
        currency=first.head.currency,
        due=sum(order.due for order in orders),
    )


def _since(order: Order) -> int:
    return 0 if order.submitted is None else order.submitted.at


def _dish(order: Order, line: Line, place: Place) -> Dish:
    record = line.record
    states = [portion.state for portion in line.portions]
    alive = len(states) - states.count(State.VOID)
    weighed = record.unit is not None or record.qty % 1000 != 0
    count = str(alive or len(states))
    return Dish(
        order_id=order.id,
        id=line.id,
        key=line.key,
        name=words.pick(record.zh, record.en, place.lang),
        quantity=words.weighed(record.qty, record.unit, place.lang) if weighed else count,
        stage=_stage(states),
        ready=states.count(State.READY),
        held=states.count(State.HELD),
        fresh=states.count(State.FIRED),
        fired_at=fired_at(line),
        warn_s=record.warn_s,
        late_s=record.late_s,
    )


def _stage(states: list[State]) -> str:
    alive = [state for state in states if state is not State.VOID]
    left = [state for state in alive if state < State.READY]
    if not alive:
        return "voided"
    if not left:
        return "ready" if State.READY in alive else "served"
    if State.COOKING in left:
        return "cooking"
    return "held" if set(left) == {State.HELD} else "todo"
