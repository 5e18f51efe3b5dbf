"""The dishes as the cashier looks through them: a category or what was typed, a page, a cursor."""

from __future__ import annotations

from typing import Final, NamedTuple

from PySide6.QtCore import QCoreApplication

from common.ui.measure import TextMeasure
from common.ui.theme import Theme
from foh.grid import Grid, Spot, Tile, lay_out
from foh.screens import order_words as say
from foh.screens.cart import counts, ordered
from foh.screens.desk import Desk
from foh.sums import amount

translate = QCoreApplication.translate

ALL: Final = ""
"""The key of the tab that shows all categories."""
OPEN: Final = "open dish"
"""The key of the tile that orders what was typed."""
JUMPS: Final = "123456789"
MOST_AT_ONCE: Final = 9_999


class TabRow(NamedTuple):
    """A category."""

    key: str
    text: str
    on: bool


class TileRow(NamedTuple):
    """A dish in its place; `cap` is the key that takes it.

    `noted` is how many are not sent, `ordered` how many are.
    """

    key: str
    x: int
    y: int
    width: int
    height: int
    name: str
    lines: int
    price: str
    noted: str = ""
    ordered: str = ""
    cap: str = ""
    selected: bool = False
    open: bool = False


class MenuView:
    """What of the menu is shown, and which dish a key would take."""

    def __init__(self, desk: Desk, theme: Theme) -> None:
        self._desk = desk
        self._theme = theme
        self._measure = TextMeasure(theme)
        self._room = (0, 0)
        self._grid = Grid((), 1)
        self._shown: tuple[object, ...] = ()
        self.category = self._first()
        self.query = ""
        self.times = 1
        """How many the next dish is taken, by `n*`."""
        self.page = 0
        self.cursor: int | None = None

    def _first(self) -> str:
        categories = self._desk.card.categories
        return categories[0][0] if categories else ALL

    # -- what is shown

    def resize(self, width: int, height: int) -> None:
        """The grid has this room."""
        self._room = (width, height)

    def refresh(self) -> None:
        """Lay the dishes out, if they are others than before."""
        desk = self._desk
        if self.category != ALL and self.category not in dict(desk.card.categories):
            self.category = self._first()
        shown = (
            *(desk.card, self.category, self.query, self._room),
            *(desk.till.place.lang, self._theme.geometry),
        )
        if shown == self._shown:
            return
        self._shown = shown
        theme = self._theme
        factor = theme.factors["lineFactor"]
        self._grid = lay_out(self._tiles(), self._room, self._measure, theme.sizes, factor)
        self.page = min(self.page, len(self._grid.pages) - 1)

    def _tiles(self) -> list[Tile]:
        desk = self._desk
        card, lang = desk.card, desk.till.place.lang
        if self.query:
            skus = desk.index.find(self.query)
        else:
            fits = (ALL, self.category)
            skus = [
                dish.sku
                for dish in card.dishes.values()
                if self.category == ALL or dish.category in fits
            ]
        tiles = [
            Tile(sku, dish.names.of(lang), _price(dish.price, dish.unit, card.currency))
            for sku in skus
            if (dish := card.find(sku)) is not None
        ]
        if self.query and not self.query.isdecimal():
            tiles.append(Tile(OPEN, say.off_menu(self.query), "", open=True))
        return tiles

    def tabs(self) -> list[TabRow]:
        """The categories, and all of them."""
        lang, searching = self._desk.till.place.lang, bool(self.query)
        card = self._desk.card
        rows = [
            TabRow(key, names.of(lang), key == self.category and not searching)
            for key, names in card.categories
        ]
        everything = TabRow(ALL, translate("Order", "All"), self.category == ALL and not searching)
        return [*rows, everything]

    def rows(self) -> list[TileRow]:
        """The tiles of the page."""
        count = counts(self._desk.draft.lines)
        there = ordered(self._desk.order)
        jumps = self._by_digit
        return [
            TileRow(
                *(spot.tile.key, spot.x, spot.y, spot.width, spot.height),
                *(spot.tile.name, spot.lines, spot.tile.price),
                noted=str(count.get(spot.tile.key) or ""),
                ordered=str(there.get(spot.tile.key) or ""),
                cap=JUMPS[nth] if jumps and nth < len(JUMPS) else "",
                selected=nth == self.cursor,
                open=spot.tile.open,
            )
            for nth, spot in enumerate(self._spots)
        ]

    @property
    def _spots(self) -> tuple[Spot, ...]:
        pages = self._grid.pages
        return pages[self.page] if self.page < len(pages) else ()

    @property
    def pages(self) -> int:
        """How many pages there are."""
        return len(self._grid.pages)

    @property
    def empty(self) -> bool:
        """Whether there is nothing to choose from."""
        return not self._spots

    @property
    def _by_digit(self) -> bool:
        """Whether a digit takes a result: letters were typed, so no number is meant."""
        return bool(self.query) and not self.query[0].isdecimal()

    # -- what hands do

    def show(self, category: str) -> None:
        """Turn to a category."""
        self.category, self.page = category, 0
        self.search("")
        self.cursor = None

    def next_category(self, by: int) -> None:
        """Turn to the category beside."""
        keys = [tab.key for tab in self.tabs()]
        self.show(keys[(keys.index(self.category) + by) % len(keys)])

    def search(self, query: str) -> None:
        """Look for this."""
        self.query, self.page = query.lstrip(), 0
        self.cursor = 0 if self.query else None
        self.refresh()

    def type(self, text: str) -> str | None:
        """A character; the key of the dish that it takes, if it takes one."""
        if text == "*":
            if self.query.isdecimal() and int(self.query):
                self.times = min(int(self.query), MOST_AT_ONCE)
                self.search("")
            return None
        if self._by_digit and text in JUMPS:
            nth = JUMPS.index(text)
            return self._spots[nth].tile.key if nth < len(self._spots) else None
        self.search(self.query + text)
        return None

    def rub_out(self) -> None:
        """The last character, or the number of the next dish, was a mistake."""
        if self.query:
            self.search(self.query[:-1])
        else:
            self.times = 1

    def clear(self) -> bool:
        """Look for nothing; False if that is so already."""
        if not (self.query or self.times > 1 or self.cursor is not None):
            return False
        self.times = 1
        self.search("")
        return True

    def turn(self, by: int) -> None:
        """To another page."""
        self.page = min(max(self.page + by, 0), self.pages - 1)
        self.cursor = None if self.cursor is None else 0

    def move(self, action: str) -> None:
        """To another tile: by arrow, to the first or the last."""
        count, columns = len(self._spots), self._grid.columns
        if not count:
            return
        if self.cursor is None:
            self.cursor = 0
            return
        steps = {"left": -1, "right": 1, "up": -columns, "down": columns}
        at = {"first": 0, "last": count - 1}.get(action, self.cursor + steps.get(action, 0))
        if at >= count and self.page + 1 < self.pages:
            self.turn(1)
        elif at < 0 and self.page:
            self.turn(-1)
            self.cursor = len(self._spots) - 1
        elif action == "down" and at >= count and self.cursor // columns < (count - 1) // columns:
            self.cursor = count - 1
        elif 0 <= at < count:
            self.cursor = at

    @property
    def chosen(self) -> str | None:
        """The key of the dish that Enter takes."""
        spots = self._spots
        if self.cursor is None or self.cursor >= len(spots):
            return None
        return spots[self.cursor].tile.key

    def taken(self) -> int:
        """A dish was taken: what was typed is done with. How many were meant."""
        times, self.times = self.times, 1
        if self.query:
            self.search("")
        return times


def _price(minor: int, unit: str | None, currency: str) -> str:
    text = amount(minor, currency, short=True)
    return f"{text}/{unit}" if unit else text
