"""What each key and button does, in whatever the screen shows."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from common.domain.clock import SECOND
from kds.screens.board import Board
from kds.screens.hands import Hands
from kds.screens.lists import DishList, RecallList

AGAIN: Final = 2 * SECOND
"""A second press of the recall key within this time asks for the list."""
_STEPS: Final[Mapping[str, int]] = {
    "up": -1,
    "left": -1,
    "down": 1,
    "right": 1,
    "page_prev": -10,
    "page_next": 10,
    "first": -1_000_000,
    "last": 1_000_000,
}
"""In a list."""


class Actions:
    """One screen's keys; `n` of an action is the number that was pressed with it."""

    def __init__(
        self, board: Board, hands: Hands, recalls: RecallList, dishes: DishList | None = None
    ) -> None:
        self.mode = "tickets"
        self.overlay = ""
        self._board = board
        self._hands = hands
        self._dishes = dishes
        self._recalls = recalls
        self._recalled = -AGAIN
        self.arranged: Callable[[str], bool] = lambda _: False
        """What the sheet of settings makes of a key."""

    def act(self, action: str, n: int, now: int) -> None:
        """Do it; an action that means nothing here does nothing."""
        if action != "recall":
            self._recalled = -AGAIN  # another key came between: the next recall is a first one
        if self.overlay == "recall" and self._in_recalls(action, n):
            return
        if self.overlay == "settings" and self.arranged(action):
            return
        shown, self.overlay = self.overlay, ""
        if action in ("close", shown):
            self.mode = self.mode if shown else "tickets"
            return
        if self._dishes and self.mode == "dishes" and self._in_dishes(self._dishes, action, n, now):
            return
        does = {**self._anywhere(now), **self._on_tickets(n, now)}.get(action)
        if does is not None:
            does()

    def _anywhere(self, now: int) -> Mapping[str, Callable[[], object]]:
        return {
            "recall": lambda: self._recall(now),
            "recall_list": self._list,
            "undo": lambda: self._hands.undo(now),
            "summary": lambda: self._show("summary"),
            "keys": lambda: self._show("keys"),
            "settings": lambda: self._show("settings"),
            "dishes": self._turn,
            "ack_all": self._hands.acknowledge,
        }

    def _on_tickets(self, n: int, now: int) -> Mapping[str, Callable[[], object]]:
        hands = self._hands
        return {
            "slot": lambda: hands.jump(n, now),
            "bump": lambda: self._bump(n, now),
            "advance": lambda: hands.advance(now),
            "up": lambda: hands.step(-1),
            "down": lambda: hands.step(1),
            "left": lambda: hands.move(-1, now),
            "right": lambda: hands.move(1, now),
            "first": lambda: hands.go(0, now),
            "last": lambda: hands.go(-1, now),
            "page_prev": lambda: self._page(-1),
            "page_next": lambda: self._page(1),
            "rush": lambda: hands.rush(now),
        }

    def _bump(self, n: int, now: int) -> None:
        if n:
            self._hands.jump(n, now)
        if self._hands.ticket or not n:
            self._hands.bump(self._hands.ticket, now)

    @staticmethod
    def _in_dishes(dishes: DishList, action: str, n: int, now: int) -> bool:
        if action in _STEPS:
            dishes.step(_STEPS[action])
        elif action in ("slot", "advance"):
            dishes.finish(n or 1, now)
        elif action == "bump":
            dishes.finish(n, now)
        else:
            return action == "rush"
        return True

    def _in_recalls(self, action: str, n: int) -> bool:
        if action in _STEPS:
            self._recalls.step(_STEPS[action])
        elif action in ("slot", "bump", "advance"):
            if self._recalls.recall_at(n) if n else self._recalls.recall():
                self.overlay = ""
        elif action in ("recall", "recall_list"):
            self.overlay = ""
        else:
            return False
        return True

    def _recall(self, now: int) -> None:
        """Take back what was just done, else the ticket bumped last; pressed again, the list."""
        again, self._recalled = now < self._recalled + AGAIN, now
        if again:
            self._list()
        elif not self._hands.undo(now):
            self._recalls.recall_last(now)

    def _list(self) -> None:
        self._recalls.open()
        self._show("recall")

    def _show(self, overlay: str) -> None:
        self.overlay = overlay

    def _turn(self) -> None:
        self.mode = "tickets" if self.mode == "dishes" else "dishes"

    def _page(self, by: int) -> None:
        self._hands.forget()
        self._board.page = min(max(self._board.page + by, 0), self._board.pages - 1)
