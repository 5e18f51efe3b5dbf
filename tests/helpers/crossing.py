"""Two nodes that decide on one order at the same time, knowing nothing of each other's command."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import NamedTuple

from common.domain import commands as cmd
from common.domain.bill import AT_COUNTER
from common.domain.codec import Event
from common.domain.decide import Decision
from common.domain.ids import HOUSE, EventId
from common.domain.order import Order, fold_order
from tests.helpers.desk import WOK, Desk, an_id, choice_of, item, two_desks

ORDER = an_id("order")
SUBMIT = "submit"


class Basis(NamedTuple):
    """What both nodes know: a folded order and the event that moved it last."""

    order: Order
    last: EventId


def _submit(desk: Desk, sku: str, portions: int) -> list[Event]:
    return desk.does(desk.submission(ORDER, item(sku, portions), payment=AT_COUNTER))


def _bump(desk: Desk, order: Order) -> list[Event]:
    return desk.bumps(order, seen=order.lines)


_WAYS: Mapping[str, tuple[Callable[[Desk, Order], object], ...]] = {
    "new": (),
    "held": (lambda desk, order: desk.holds(order, choice_of(order)),),
    "called": (
        lambda desk, order: desk.holds(order, choice_of(order)),
        lambda desk, order: desk.fires(order, choice_of(order)),
    ),
    "cooking": (lambda desk, order: desk.starts(order, choice_of(order)),),
    "ready": (
        lambda desk, order: desk.starts(order, choice_of(order)),
        lambda desk, order: desk.readies(order, choice_of(order)),
    ),
    "bumped": (
        lambda desk, order: desk.starts(order, choice_of(order)),
        _bump,
    ),
    "served": (
        _bump,
        lambda desk, order: desk.serves(order, choice_of(order)),
    ),
    "taken": (
        lambda desk, order: desk.readies(order, choice_of(order)),
        lambda desk, order: desk.serves(order, choice_of(order)),
    ),
    "void": (lambda desk, order: desk.voids(order, choice_of(order)),),
}
"""How an order of one dish comes to each state; "called" is fired after it waited, "bumped" ready
on a ticket that is closed, "taken" served from a ticket that is still open."""

STATES = tuple(_WAYS)


def _kitchen_recall(desk: Desk, basis: Basis, choice: cmd.Choice) -> cmd.Recall:
    order, cmd_id = basis.order, desk.new_id()
    if order.tickets[WOK, 1].open:
        return cmd.Recall(cmd_id=cmd_id, order_id=order.id, station=WOK, choices=(choice,))
    return cmd.Recall(cmd_id=cmd_id, order_id=order.id, station=WOK, batch=1)


COMMANDS: Mapping[str, Callable[[Desk, Basis, cmd.Choice], cmd.AnyCommand]] = {
    "submit": lambda desk, basis, choice: desk.submission(ORDER, item()),
    "add": lambda desk, basis, choice: cmd.AddLines(
        cmd_id=desk.new_id(), order_id=ORDER, lines=(item("w2"),)
    ),
    "change": lambda desk, basis, choice: cmd.ChangeLine(
        cmd_id=desk.new_id(), order_id=ORDER, line=choice.line, note=f"as {desk.name} says"
    ),
    "void": lambda desk, basis, choice: cmd.VoidLines(
        cmd_id=desk.new_id(), order_id=ORDER, choices=(choice,)
    ),
    "hold": lambda desk, basis, choice: cmd.HoldLines(
        cmd_id=desk.new_id(), order_id=ORDER, choices=(choice,)
    ),
    "fire": lambda desk, basis, choice: cmd.FireLines(
        cmd_id=desk.new_id(), order_id=ORDER, choices=(choice,)
    ),
    "start": lambda desk, basis, choice: cmd.StartLines(
        cmd_id=desk.new_id(), order_id=ORDER, station=WOK, choices=(choice,)
    ),
    "ready": lambda desk, basis, choice: cmd.MarkReady(
        cmd_id=desk.new_id(), order_id=ORDER, station=WOK, choices=(choice,)
    ),
    "bump": lambda desk, basis, choice: cmd.BumpTicket(
        cmd_id=desk.new_id(), order_id=ORDER, station=WOK, batch=1, seen=(choice.line,)
    ),
    "serve": lambda desk, basis, choice: cmd.ServeLines(
        cmd_id=desk.new_id(), order_id=ORDER, choices=(choice,)
    ),
    "undo": lambda desk, basis, choice: cmd.Recall(
        cmd_id=desk.new_id(), order_id=ORDER, undoes=basis.last
    ),
    "kitchen recall": _kitchen_recall,
    "pass recall": lambda desk, basis, choice: cmd.Recall(
        cmd_id=desk.new_id(), order_id=ORDER, choices=(choice,)
    ),
    "pay": lambda desk, basis, choice: cmd.TakePayment(
        cmd_id=desk.new_id(), order_id=ORDER, amount=basis.order.due, method="cash"
    ),
    "rush": lambda desk, basis, choice: cmd.RushOrder(cmd_id=desk.new_id(), order_id=ORDER),
}
"""The order commands that move something, recall in its three forms."""

TELLINGS: Mapping[str, Callable[[Desk, Basis, cmd.Choice], cmd.AnyCommand]] = {
    "shown": lambda desk, basis, choice: desk.marking(
        cmd.MarkShown, basis.order, basis.order.unshown(WOK)
    ),
    "seen": lambda desk, basis, choice: desk.marking(
        cmd.MarkSeen, basis.order, basis.order.unseen(WOK)
    ),
}
"""The order commands that only say what a station was told."""
ASKED = {**COMMANDS, **TELLINGS}

FORMS = tuple(COMMANDS)


class Crossed(NamedTuple):
    """What both nodes know once they have heard of each other."""

    desks: tuple[Desk, Desk]
    before: Order
    events: list[Event]

    @property
    def after(self) -> Order:
        """The order folded from all its events."""
        return fold_order(ORDER, self.events)


def cross(
    forms: tuple[str, str],
    state: str,
    *,
    first: int = 0,
    sku: str = "w1",
    portions: int = 1,
    count: int | None = None,
) -> Crossed | None:
    """Both commands decided in a state, or None where one of them is refused there.

    `first` says which of the two comes first in the order of events. All portions are brought into
    the state; the commands ask for `count` of them.
    """
    desks = two_desks(1, 2) if first == 0 else two_desks(2, 1)
    one, two = desks
    if forms == (SUBMIT, SUBMIT):
        events = _submit(one, sku, portions) + _submit(two, sku, portions)
        return Crossed(desks, fold_order(ORDER, events[:1]), events)
    _submit(one, sku, portions)
    for step in _WAYS[state]:
        step(one, one.orders[ORDER])
    basis = Basis(one.orders[ORDER], one.wrote[-1].id)
    two.hears(one.wrote)
    choice = choice_of(basis.order, count)
    asked = [ASKED[form](desk, basis, choice) for form, desk in zip(forms, desks, strict=True)]
    decided = [desk.asks(command) for desk, command in zip(desks, asked, strict=True)]
    before = fold_order(ORDER, basis.order.history)
    events = list(before.history)
    for desk, command, decision in zip(desks, asked, decided, strict=True):
        if not isinstance(decision, Decision):
            return None
        events += [desk.writes(draft, command.cmd_id) for draft in decision.drafts]
    return Crossed(desks, before, [event for event in events if event.subject != HOUSE])
