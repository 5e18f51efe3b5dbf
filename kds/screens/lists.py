"""The lists over or instead of the tickets: dishes, bumped tickets, keys."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from common.domain.house import House
from common.domain.order import Order
from common.ui import words
from common.ui.places import Place
from kds.screens import sayings
from kds.screens.board import Board
from kds.screens.desk import Desk
from kds.screens.dishes import Batch, batches, dish_row, portions
from kds.screens.hands import Hands
from kds.screens.recalls import Bumped, latest, recall_row
from kds.screens.rows import DishRow, KeyRow, RecallRow

TEN = 10
"""Rows of a list that the digits reach."""


class Choice:
    """The selected row of a list whose rows come and go."""

    def __init__(self) -> None:
        self.key = ""
        self._at = 0

    def among(self, keys: Sequence[str]) -> str:
        """The selected key; where it is gone, the one that took its place."""
        if self.key in keys:
            self._at = keys.index(self.key)
        elif self.key:
            self._at = min(self._at, len(keys) - 1)
            self.key = keys[self._at] if keys else ""
        return self.key

    def step(self, keys: Sequence[str], by: int) -> None:
        """Go up or down."""
        if keys:
            outside = -1 if by > 0 else len(keys)
            start = (self._at if self.among(keys) else outside) + by
            self._at = min(max(start, 0), len(keys) - 1)
            self.key = keys[self._at]


class DishList:
    """按菜: the dishes to be made, finished by portions."""

    def __init__(self, board: Board, desk: Desk, hands: Hands) -> None:
        self._board = board
        self._desk = desk
        self._hands = hands
        self._choice = Choice()

    def _batches(self) -> list[Batch]:
        return batches(self._board.tickets.values())

    def rows(self, now: int, lang: str) -> list[DishRow]:
        """What the dish view shows."""
        found = self._batches()
        selected = self._choice.among([batch.key for batch in found])
        return [dish_row(batch, now, lang, selected) for batch in found]

    def step(self, by: int) -> None:
        """Select another dish."""
        self._choice.step([batch.key for batch in self._batches()], by)

    def finish(self, count: int, now: int, key: str = "") -> None:
        """Be done with portions of a dish, the oldest first; 0 is all of them."""
        found = {batch.key: batch for batch in self._batches()}
        batch = found.get(key or self._choice.key)
        if batch is None:
            self._hands.hint(sayings.pick_dish(), now)
            return
        chosen = portions(batch, count)
        if any(line.key in self._desk.pending for _, line, _ in chosen):
            self._hands.hint(sayings.on_its_way(), now)
            return
        for ticket, line, _ in chosen:
            self._desk.seen(ticket, (*ticket.fresh, *ticket.passing, *line.news))
        sent = [self._desk.ready(ticket, line, some) for ticket, line, some in chosen]
        total = sum(some for _, _, some in chosen)
        self._desk.send(sent, sayings.undo_ready(words.wish(batch.made[0][1].name, total)))


class RecallList:
    """The bumped tickets, and the recall key."""

    def __init__(self, desk: Desk, hands: Hands) -> None:
        self.bumped: dict[bytes, list[Bumped]] = {}
        self._desk = desk
        self._hands = hands
        self._choice = Choice()

    def _latest(self) -> list[Bumped]:
        return latest(one for some in self.bumped.values() for one in some)

    def rows(
        self, orders: Mapping[bytes, Order], house: House, place: Place, now: int
    ) -> list[RecallRow]:
        """What the list shows; the digits reach the ten around the selected one."""
        selected, reached = self._choice.among(self._keys()), self._reached()
        return [
            recall_row(one, orders[one.order_id], house, place, now)._replace(
                slot=reached.index(one.key) + 1 if one.key in reached else 0,
                selected=one.key == selected,
            )
            for one in self._latest()
        ]

    def _keys(self) -> list[str]:
        return [one.key for one in self._latest()]

    def _reached(self) -> list[str]:
        keys = self._keys()
        selected = self._choice.among(keys)
        first = keys.index(selected) // TEN * TEN if selected else 0
        return keys[first : first + TEN]

    def step(self, by: int) -> None:
        """Select another ticket."""
        self._choice.step(self._keys(), by)

    def recall_last(self, now: int) -> None:
        """Take back the ticket that was bumped last."""
        found = self._latest()
        if found:
            self._desk.send([self._desk.recall(found[0])])
        else:
            self._hands.hint(sayings.nothing_to_recall(), now)

    def recall(self, key: str = "") -> bool:
        """Take back a ticket of the list, the selected one by default; False if there is none."""
        wanted = key or self._choice.key
        one = next((one for one in self._latest() if one.key == wanted), None)
        if one is not None:
            self._desk.send([self._desk.recall(one)])
        return one is not None

    def recall_at(self, number: int) -> bool:
        """Take back the ticket that a digit stands for."""
        reached = self._reached()
        return number <= len(reached) and self.recall(reached[number - 1])

    def open(self) -> None:
        """The list begins at its top."""
        self._choice = Choice()


def key_rows(keys: Mapping[str, str], does: Mapping[str, str]) -> list[KeyRow]:
    """The map of keys: every action of a screen once, with all the keys that do it."""
    caps: dict[str, list[str]] = {}
    for cap, action in keys.items():
        name, _, digit = action.partition(" ")
        if name in does:
            caps.setdefault(name, []).append(cap)
            if digit:
                caps[name] = [sayings.digits()]
    return [
        KeyRow("" if name == "slot" else name, ", ".join(found), does[name])
        for name, found in caps.items()
    ]
