"""Whatever three nodes do and hear, and when: the same events tell every one the same."""

from __future__ import annotations

import random
from collections.abc import Callable

from hypothesis import given, settings
from hypothesis import strategies as st

from common.domain import commands as cmd
from common.domain.bill import AT_COUNTER
from common.domain.clock import SECOND
from common.domain.codec import Event
from common.domain.decide import Decision
from common.domain.ids import HOUSE
from common.domain.order import ANYWHERE, Line, Order, fold_order
from tests.helpers.desk import BAR, COLD, NOON, WOK, Desk, an_id, item, of
from tests.helpers.soundness import assert_sound, portions_by_line

SKUS = ("w1", "c1", "n1")
STATIONS = (WOK, COLD, BAR)


class Shift:
    """Three desks at work, driven by a random source that a test's seed fixes."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)
        self.desks = [Desk(name, f"counter-{name}") for name in ("one", "two", "three")]
        for desk in self.desks[1:]:
            desk.hears(self.desks[0].opens(self.desks[1:]) if desk is self.desks[1] else ())
        self.desks[2].hears(self.desks[0].wrote)
        self.asked: list[cmd.AnyCommand] = []

    @property
    def events(self) -> list[Event]:
        return [event for desk in self.desks for event in desk.wrote]

    def step(self, nth: int) -> None:
        desk = self.random.choice(self.desks)
        desk.now = NOON + nth * SECOND
        orders = [order for order in desk.orders.values() if order.head is not None]
        if self.random.random() < 0.3:
            self.hear(desk)
        elif not orders or self.random.random() < 0.1:
            self.ask(desk, self.submission(desk))
        elif self.asked and self.random.random() < 0.05:
            self.ask(desk, self.random.choice(self.asked))
        else:
            order = self.random.choice(orders)
            line = self.random.choice(list(order.lines.values()))
            self.ask(desk, self.random.choice(ACTS)(self, desk, order, line))

    def submission(self, desk: Desk) -> cmd.SubmitOrder:
        order_id = an_id(f"order {self.random.randrange(3)}")
        lines = [
            item(
                self.random.choice(SKUS),
                self.random.randint(1, 3),
                ref=str(nth),
                fire=self.random.choice(["now", "now", "hold"]),
            )
            for nth in range(self.random.randint(1, 3))
        ]
        if self.random.random() < 0.3:
            lines = [item(sku=None, zh="套餐", ref="set"), *(item("w2", parent="set"),) * 2, *lines]
        ref = self.random.choice([None, "r1", "r2"])
        payment = self.random.choice(["", AT_COUNTER])
        return desk.submission(order_id, *lines, ref=ref, door="web", payment=payment)

    def ask(self, desk: Desk, command: cmd.AnyCommand) -> None:
        known = {event.cmd_id for event in desk.wrote}
        if command.cmd_id not in known and isinstance(desk.asks(command), Decision):
            desk.does(command)
            self.asked.append(command)

    def hear(self, desk: Desk) -> None:
        """Some of what there is, in any sequence, some of it again."""
        events = self.events
        desk.hears(self.random.choices(events, k=self.random.randint(1, len(events))))

    def station(self) -> str:
        return self.random.choice(STATIONS)

    def choice(self, line: Line) -> cmd.Choice:
        return of(line, self.random.choice([None, 1, 2]))


Act = Callable[[Shift, Desk, Order, Line], cmd.AnyCommand]


def _bump(shift: Shift, desk: Desk, order: Order, line: Line) -> cmd.BumpTicket:
    station = shift.station()
    seen = [each.id for each in order.dishes() if each.station in (station, ANYWHERE)]
    shift.random.shuffle(seen)
    return cmd.BumpTicket(
        cmd_id=desk.new_id(),
        order_id=order.id,
        station=station,
        batch=shift.random.randint(0, 3),
        seen=tuple(seen[: shift.random.randint(0, len(seen))]),
    )


def _recall(shift: Shift, desk: Desk, order: Order, line: Line) -> cmd.Recall:
    return cmd.Recall(
        cmd_id=desk.new_id(),
        order_id=order.id,
        station=shift.random.choice([None, line.station or WOK]),
        batch=shift.random.choice([None, line.batch]),
        choices=shift.random.choice([(), (shift.choice(line),)]),
    )


ACTS: tuple[Act, ...] = (
    lambda shift, desk, order, line: cmd.AddLines(
        cmd_id=desk.new_id(), order_id=order.id, lines=(item(shift.random.choice(SKUS), 2),)
    ),
    lambda shift, desk, order, line: cmd.ChangeLine(
        cmd_id=desk.new_id(), order_id=order.id, line=line.id, note=str(shift.random.random())
    ),
    lambda shift, desk, order, line: cmd.VoidLines(
        cmd_id=desk.new_id(), order_id=order.id, choices=(shift.choice(line),), reason=desk.name
    ),
    lambda shift, desk, order, line: cmd.HoldLines(
        cmd_id=desk.new_id(), order_id=order.id, choices=(shift.choice(line),)
    ),
    lambda shift, desk, order, line: cmd.FireLines(
        cmd_id=desk.new_id(), order_id=order.id, choices=(shift.choice(line),)
    ),
    lambda shift, desk, order, line: cmd.StartLines(
        cmd_id=desk.new_id(),
        order_id=order.id,
        station=line.station or shift.station(),
        choices=(shift.choice(line),),
    ),
    lambda shift, desk, order, line: cmd.MarkReady(
        cmd_id=desk.new_id(),
        order_id=order.id,
        station=line.station or shift.station(),
        choices=(shift.choice(line),),
    ),
    _bump,
    _bump,
    lambda shift, desk, order, line: cmd.ServeLines(
        cmd_id=desk.new_id(), order_id=order.id, choices=(shift.choice(line),)
    ),
    _recall,
    _recall,
    lambda shift, desk, order, line: cmd.Recall(
        cmd_id=desk.new_id(), order_id=order.id, undoes=shift.random.choice(order.history).id
    ),
    lambda shift, desk, order, line: cmd.Recall(
        cmd_id=desk.new_id(), order_id=order.id, undoes=order.history[-1].id
    ),
    lambda shift, desk, order, line: desk.paying(
        order, shift.random.choice([order.due, order.due // 2, 100])
    ),
    lambda shift, desk, order, line: cmd.RushOrder(cmd_id=desk.new_id(), order_id=order.id),
    lambda shift, desk, order, line: desk.marking(
        cmd.MarkShown, order, shift.random.choices(order.history, k=2), shift.station()
    ),
    lambda shift, desk, order, line: desk.marking(
        cmd.MarkSeen, order, shift.random.choices(order.history, k=2), shift.station()
    ),
)


@settings(max_examples=150)
@given(seed=st.integers(0, 2**32), steps=st.integers(1, 80))
def test_the_same_events_tell_every_node_the_same(seed: int, steps: int) -> None:
    shift = Shift(seed)
    for nth in range(steps):
        shift.step(nth)
    events = shift.events
    for desk in shift.desks:
        shift.random.shuffle(events)
        desk.hears(events)
    first, *others = shift.desks
    for order_id, order in first.orders.items():
        of_it = [event for event in events if event.subject == order_id]
        assert fold_order(order_id, of_it).digest() == order.digest()
        assert_sound(order)
        for other in others:
            assert other.orders[order_id].digest() == order.digest()
            assert names_of(other, other.orders[order_id]) == names_of(first, order)
    for other in others:
        assert other.orders.keys() == first.orders.keys()


def names_of(desk: Desk, order: Order) -> tuple[str, bytes | None]:
    """The number and what it repeats, as the house of a node says."""
    assert order.head is not None
    number = desk.house.number(order.id)
    return number, desk.house.duplicate_of(order.id, order.head)


@settings(max_examples=50)
@given(seed=st.integers(0, 2**32))
def test_taking_events_in_one_by_one_is_folding_them_all(seed: int) -> None:
    shift = Shift(seed)
    for nth in range(60):
        shift.step(nth)
    events = [event for event in shift.events if event.subject != HOUSE]
    shift.random.shuffle(events)
    grown: dict[bytes, Order] = {}
    for nth, event in enumerate(events):
        order = grown.setdefault(event.subject, Order(event.subject))
        assert order.apply(event)
        assert not order.apply(event), "an event that was there changes nothing"
        so_far = [known for known in events[: nth + 1] if known.subject == event.subject]
        assert order.digest() == fold_order(event.subject, so_far).digest()


@settings(max_examples=50)
@given(seed=st.integers(0, 2**32))
def test_a_line_keeps_its_portions_whatever_happens(seed: int) -> None:
    shift = Shift(seed)
    desk = shift.desks[0]
    ordered: dict[bytes, dict[str, int]] = {}
    for nth in range(60):
        shift.step(nth)
        for order in desk.orders.values():
            before = ordered.setdefault(order.id, {})
            now = portions_by_line(order)
            # Of two submissions of one order the first in order counts, and it may come late.
            both = before.keys() & now.keys()
            assert {key: now[key] for key in both} == {key: before[key] for key in both}
            ordered[order.id] = now
