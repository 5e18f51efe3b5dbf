"""What QML reads of the tables' page: facts of the table that is selected, and its dishes."""
# ruff: noqa: N815 - QML's names

from __future__ import annotations

from typing import NamedTuple

from PySide6.QtCore import Signal

from common.ui.screen_model import fact
from foh.screens import tiles
from foh.screens.page import Page
from foh.screens.sittings import Dish
from foh.screens.till import Till


class LineRow(NamedTuple):
    """A dish of the table that is selected; `ready`: a touch serves what is ready of it."""

    key: str
    name: str
    quantity: str
    stage: str
    text: str
    ready: bool
    on: bool

    @classmethod
    def of(cls, dish: Dish, marked: str) -> LineRow:
        """A dish, perhaps the one that the keys are at."""
        text = tiles.stage_words(dish.stage)
        ready, on = bool(dish.ready), dish.key == marked
        return cls(dish.key, dish.name, dish.quantity, dish.stage, text, ready, on)


class Facts(NamedTuple):
    """By these names, in camelCase."""

    title: str = ""
    number: str = ""
    about: str = ""
    allergy: str = ""
    by_area: bool = False
    can_serve: bool = False
    can_rush: bool = False
    can_hold: bool = False
    can_fire: bool = False
    can_pay: bool = False
    empty: str = ""
    selected: str = ""


class TablesFacts(Page):
    """A page with these facts, which are told together when any of them is another."""

    facts_changed = Signal()
    tableTitle = fact(str, "title", facts_changed)
    number = fact(str, "number", facts_changed)
    about = fact(str, "about", facts_changed)
    allergy = fact(str, "allergy", facts_changed)
    byArea = fact(bool, "by_area", facts_changed)
    canServe = fact(bool, "can_serve", facts_changed)
    canRush = fact(bool, "can_rush", facts_changed)
    canHold = fact(bool, "can_hold", facts_changed)
    canFire = fact(bool, "can_fire", facts_changed)
    canPay = fact(bool, "can_pay", facts_changed)
    empty = fact(str, "empty", facts_changed)
    selected = fact(str, "selected", facts_changed)

    def __init__(self, till: Till) -> None:
        super().__init__(till)
        self.facts = Facts()

    def tell(self, facts: Facts) -> None:
        """These are the facts now."""
        if facts != self.facts:
            self.facts = facts
            self.facts_changed.emit()
