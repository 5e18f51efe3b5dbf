"""What can be done for a table from where all tables are seen, as commands that belong together."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from PySide6.QtCore import QCoreApplication

from common.domain.commands import Choice, RushOrder, ServeLines
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


def rush(sender: Sender, sitting: Sitting) -> None:
    """The guests ask where their food is: for every order of which something is not ready."""
    sender.send(
        Sent(RushOrder(**sender.to(order.id)), (sitting.key,))
        for order in sitting.orders
        if order.state < State.READY
    )
