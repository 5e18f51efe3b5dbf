"""What can be done for a table from where all tables are seen, as commands that belong together."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from PySide6.QtCore import QCoreApplication

from common.domain.commands import Choice, FireLines, HoldLines, RushOrder, ServeLines
from common.domain.ids import LineId
from common.domain.portions import State
from common.ui.sender import Sender, Sent
from foh.screens.sittings import Dish, Sitting
from foh.screens.tiles import called

translate = QCoreApplication.translate


def by_order(
    dishes: Iterable[Dish], count: Callable[[Dish], int]
) -> dict[bytes, tuple[Choice, ...]]:
    """Some portions of each dish, by the order that they are of."""
    chosen: dict[bytes, tuple[Choice, ...]] = {}
    for dish in dishes:
        if count(dish):
            choice = Choice(dish.id, count(dish))
            chosen[dish.order_id] = (*chosen.get(dish.order_id, ()), choice)
    return chosen


def serve(sender: Sender, sitting: Sitting, dishes: Iterable[Dish]) -> None:
    """What is ready of these dishes reached the guests."""
    chosen = by_order(dishes, lambda dish: dish.ready)
    text = translate("Deeds", "Undo: served {table}").format(table=called(sitting))
    sender.send(
        [
            Sent(ServeLines(**sender.to(order), choices=choices), (sitting.key,))
            for order, choices in chosen.items()
        ],
        text,
    )


def hold(sender: Sender, sitting: Sitting, dishes: Iterable[Dish]) -> None:
    """What nobody has begun of these dishes waits until it is called for."""
    chosen = by_order(dishes, lambda dish: dish.fresh)
    text = translate("Deeds", "Undo: hold {table}").format(table=called(sitting))
    sender.send(
        [
            Sent(HoldLines(**sender.to(order), choices=choices), (sitting.key,))
            for order, choices in chosen.items()
        ],
        text,
    )


def fire(sender: Sender, sitting: Sitting, dishes: Iterable[Dish]) -> None:
    """What waits of these dishes is to be made now."""
    chosen = by_order(dishes, lambda dish: dish.held)
    text = translate("Deeds", "Undo: fire {table}").format(table=called(sitting))
    sender.send(
        [
            Sent(FireLines(**sender.to(order), choices=choices), (sitting.key,))
            for order, choices in chosen.items()
        ],
        text,
    )


def rush(sender: Sender, sitting: Sitting, dishes: Iterable[Dish] = ()) -> None:
    """The guests ask where these dishes are; where none is named, where all of it is."""
    named: dict[bytes, tuple[LineId, ...]] = {}
    for dish in dishes:
        named[dish.order_id] = (*named.get(dish.order_id, ()), dish.id)
    whole: dict[bytes, tuple[LineId, ...]] = {
        order.id: () for order in sitting.orders if order.state < State.READY
    }
    sender.send(
        Sent(RushOrder(**sender.to(order), lines=lines), (sitting.key,))
        for order, lines in (named or whole).items()
    )
