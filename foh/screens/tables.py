"""The tables' page: every table at a glance, and the whole way of the one that is selected."""
# ruff: noqa: N815 - QML's names

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, Final, NamedTuple

from PySide6.QtCore import Property, QAbstractItemModel, QCoreApplication, Signal, Slot

from common.domain.clock import SECOND
from common.ui import words
from common.ui.keyed_model import KeyedModel
from common.ui.screen_model import fact
from common.ui.sender import Sender
from foh.screens import deeds, tiles
from foh.screens.floor import Floor, floor_of
from foh.screens.page import FigureRow, Page
from foh.screens.paying import Paying
from foh.screens.sittings import Dish, Sitting, sittings
from foh.screens.tiles import SectionRow, TileRow
from foh.screens.till import Till
from foh.screens.timeline import StepRow, Stored, stored_of, timeline

translate = QCoreApplication.translate

TYPING: Final = 3 * SECOND // 2
"""A digit that comes sooner goes on with the number that is being typed."""
KEYS: Final = {" ": "serve", "r": "rush", "h": "hold", "f": "fire", "p": "pay", "a": "arrange"}
"""What a letter does where no table's name is being typed."""
Deed = Callable[[Sender, Sitting, Iterable[Dish]], None]
Able = Callable[[Dish], object]
"""Whether something can be done with a dish."""


class LineRow(NamedTuple):
    """A dish of the table that is selected; `ready`: a touch serves what is ready of it."""

    key: str
    name: str
    quantity: str
    stage: str
    sign: str
    text: str
    ready: bool
    on: bool


class Facts(NamedTuple):
    """What QML reads of the page by these names, in camelCase."""

    title: str = ""
    number: str = ""
    about: str = ""
    allergy: str = ""
    by_area: bool = False
    has_guests: bool = False
    can_serve: bool = False
    can_rush: bool = False
    can_hold: bool = False
    can_fire: bool = False
    can_pay: bool = False
    empty: str = ""
    selected: str = ""


class TablesPage(Page):
    """Reads the orders that are open; times run on while it is shown."""

    name = "tables"
    facts_changed = Signal()
    paying_changed = Signal()
    tableTitle = fact(str, "title", facts_changed)
    number = fact(str, "number", facts_changed)
    about = fact(str, "about", facts_changed)
    allergy = fact(str, "allergy", facts_changed)
    byArea = fact(bool, "by_area", facts_changed)
    hasGuests = fact(bool, "has_guests", facts_changed)
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
        self._sections = KeyedModel(SectionRow, self)
        self._steps = KeyedModel(StepRow, self)
        self._lines = KeyedModel(LineRow, self)
        self._floor = Floor()
        self.sat: dict[str, Sitting] = {}
        """What is open, by table."""
        self._stored: dict[bytes, Stored] = {}
        self._asked: dict[bytes, int] = {}
        self._shown: list[SectionRow] = []
        self._by_area = False
        self._selected = ""
        self._line = ""
        """The dish among the selected table's that the keys are at; empty: they are at tables."""
        self._columns = 1
        self._typed, self._typed_at = "", 0
        self._paying: Paying | None = None

    sections = Property(QAbstractItemModel, lambda page: page._sections, constant=True)
    steps = Property(QAbstractItemModel, lambda page: page._steps, constant=True)
    lines = Property(QAbstractItemModel, lambda page: page._lines, constant=True)
    paying = Property(Paying, lambda page: page._paying, notify=paying_changed)

    # -- what the shell asks

    def title(self) -> str:
        """Its word in the list of pages."""
        return translate("Tables", "Tables")

    def headline(self) -> str:
        """The tables are the same at every counter."""
        return self.title()

    def badge(self) -> int:
        """The tables where something can be served."""
        return sum(bool(sitting.ready) for sitting in self.sat.values())

    def figures(self) -> list[FigureRow]:
        """How many tables are in use, wait for a waiter, are late, have to pay."""
        mesh = self.till.source.mesh_now()
        sat = self.sat.values()
        used = sum(bool(sitting.table) for sitting in sat)
        late = sum(sitting.timer(mesh).age == "late" for sitting in sat)
        unpaid = sum(sitting.served and sitting.due > 0 for sitting in sat)
        tables = len(self._floor.tables)
        return [
            FigureRow(
                "used",
                translate("Tables", "In use"),
                f"{used} / {tables}" if tables else str(used),
            ),
            FigureRow("ready", translate("Tables", "To serve"), str(self.badge()), "good"),
            FigureRow("late", translate("Tables", "Late"), str(late), "alarm" if late else "plain"),
            FigureRow("unpaid", translate("Tables", "To pay"), str(unpaid)),
        ]

    def take(self, changed: frozenset[bytes] | None) -> None:
        """Read the open orders anew."""
        source, place = self.till.source, self.till.place
        if changed is None:
            self._floor = floor_of(source.house)
        self.sat = sittings(source.orders.values(), source.house, place, self._floor)

    def refresh(self, mesh: int) -> None:
        """Bring times and words to what they are at a mesh time."""
        place, sat = self.till.place, self.sat
        rows = {key: tiles.tile(sitting, place, mesh) for key, sitting in sat.items()}
        arranged = tiles.by_area if self._by_area else tiles.by_age
        self._shown = arranged(list(sat.values()), self._floor, place, rows)
        keys = [tile.key for section in self._shown for tile in section.tiles]
        if self._selected not in keys:
            self._selected, self._line = (keys[0] if keys else ""), ""
        self._sections.update(map(self._with_selection, self._shown))
        self._show_selected()
        if self._paying is not None:
            self._paying.refresh()

    # -- what hands do

    def act(self, action: str, text: str) -> bool:
        """Do what a key stands for; digits and letters that mean nothing else name a table."""
        if self._paying is not None and (action == "type" or not action.startswith("page ")):
            if action in ("undo", "language"):
                return False
            self._paying.act(action, text)
            return True
        if action == "type":
            self._type(text)
            return True
        self._typed = ""
        do = {
            "left": lambda: self._step(-1),
            "right": lambda: self._step(1),
            "up": lambda: self._climb(-1),
            "down": lambda: self._climb(1),
            "first": lambda: self._go(0),
            "last": lambda: self._go(-1),
            "tab": lambda: self._enter_lines(1),
            "backtab": lambda: self._enter_lines(-1),
            "enter": self._order_here,
            "pay": self._pay,
            "serve": self._serve,
            "rush": lambda: self._do(deeds.rush, lambda dish: dish.waiting),
            "hold": lambda: self._do(deeds.hold, lambda dish: dish.fresh),
            "fire": lambda: self._do(deeds.fire, lambda dish: dish.held),
            "arrange": self._arrange,
            "close": self._leave_lines,
        }.get(action)
        if do is None:
            return False
        do()
        return True

    @Slot(str)
    def press(self, action: str) -> None:
        """A button was touched."""
        self.act(action, "")
        self.touched.emit()

    @Slot(str)
    def tap(self, key: str) -> None:
        """A tile was touched."""
        self._select(key)
        self.touched.emit()

    @Slot(str)
    def tapLine(self, key: str) -> None:  # noqa: N802 QML's name
        """A dish was touched: what is ready of it is served; another is marked for what follows."""
        marked, self._line = self._line, key
        if self._meant(lambda dish: dish.ready):
            self._serve()
        if marked == key or self._meant(lambda dish: dish.ready):
            self._line = ""
        self.touched.emit()

    @Slot(int)
    def resize(self, columns: int) -> None:
        """So many tiles stand beside each other."""
        self._columns = max(1, columns)

    # -- moving

    def _type(self, text: str) -> None:
        now = self.till.clock()
        typing = self._typed if now < self._typed_at + TYPING else ""
        action = KEYS.get(text.lower())
        if action is not None and not any(self._begins(key, typing + text) for key in self._keys):
            self.act(action, "")
            return
        self._typed, self._typed_at = typing + text, now
        found = next(
            (key for key in self._keys if self._called(key) == self._typed.casefold()), None
        )
        if found is not None:
            self._select(found)
        else:
            text = translate("Tables", "Table {table}: none").format(table=self._typed)
            self.till.hint(text)

    def _called(self, key: str) -> str:
        """What is typed for a tile: a table's id, an order's number."""
        sitting = self.sat.get(key)
        lone = sitting is not None and not sitting.table
        return (sitting.number if lone and sitting else key.removeprefix("t:")).casefold()

    def _begins(self, key: str, typed: str) -> bool:
        return self._called(key).startswith(typed.casefold())

    @property
    def _keys(self) -> list[str]:
        return [tile.key for section in self._shown for tile in section.tiles]

    def _select(self, key: str) -> None:
        if key != self._selected:
            self._selected, self._line = key, ""

    def _go(self, nth: int) -> None:
        if keys := self._keys:
            self._select(keys[nth])

    def _step(self, by: int) -> None:
        keys = self._keys
        if self._line:
            self._leave_lines()
        elif self._selected in keys:
            at = keys.index(self._selected) + by
            self._select(keys[max(0, min(at, len(keys) - 1))])

    def _climb(self, by: int) -> None:
        """A row up or down; among the selected table's dishes, one of them."""
        if self._line:
            self._enter_lines(by)
            return
        grid = [
            [tile.key for tile in section.tiles[start : start + self._columns]]
            for section in self._shown
            for start in range(0, len(section.tiles), self._columns)
        ]
        row = next((nth for nth, keys in enumerate(grid) if self._selected in keys), None)
        if row is None or not 0 <= row + by < len(grid):
            return
        column = grid[row].index(self._selected)
        there = grid[row + by]
        self._select(there[min(column, len(there) - 1)])

    def _enter_lines(self, by: int) -> None:
        """To the next dish of the selected table; past its last, back to the tables."""
        keys = [dish.key for dish in self._here.dishes] if self._here else []
        at = keys.index(self._line) + by if self._line in keys else (0 if by > 0 else len(keys) - 1)
        self._line = keys[at] if 0 <= at < len(keys) else ""

    def _leave_lines(self) -> None:
        self._line = ""

    def _arrange(self) -> None:
        self._by_area = not self._by_area

    # -- doing

    @property
    def _here(self) -> Sitting | None:
        return self.sat.get(self._selected)

    def _meant(self, able: Able) -> list[Dish]:
        """The dishes that a key means: the one that is marked, else all of the table's."""
        dishes = self._here.dishes if self._here else ()
        return [dish for dish in dishes if self._line in ("", dish.key) and able(dish)]

    def _do(self, deed: Deed, able: Able) -> None:
        meant = self._meant(able)
        if self._here is None or self._here.key in self.till.sender.pending:
            return
        if meant:
            deed(self.till.sender, self._here, meant)
        else:
            self.till.hint(translate("Tables", "No dish here for that"))

    def _serve(self) -> None:
        self._do(deeds.serve, lambda dish: dish.ready)

    def _pay(self) -> None:
        sitting = self._here
        if sitting is None or sitting.due == 0:
            self.till.hint(translate("Tables", "Nothing is to be paid here"))
            return
        self._paying = Paying(self.till, tiles.called(sitting), sitting.orders)
        self._paying.setParent(self)
        self._paying.closed.connect(self._paid)
        self.paying_changed.emit()

    def _paid(self) -> None:
        """The sheet is closed; what was taken comes back with the order."""
        if self._paying is not None:
            self._paying.deleteLater()
            self._paying = None
            self.paying_changed.emit()
            self.touched.emit()

    def _order_here(self) -> None:
        """To the order page, for this table or order."""
        if not self._selected:
            return
        sitting = self._here
        if sitting is not None:
            self.till.order_id, self.till.table = sitting.orders[-1].id, sitting.table
        else:
            self.till.order_id, self.till.table = None, self._selected.removeprefix("t:")
        self.turn.emit("order")

    # -- telling

    def _with_selection(self, section: SectionRow) -> SectionRow:
        here = self._selected
        return section._replace(
            tiles=tuple(tile._replace(selected=tile.key == here) for tile in section.tiles)
        )

    def _show_selected(self) -> None:
        sitting = self._here
        self._lines.update([] if sitting is None else [self._line_row(d) for d in sitting.dishes])
        self._steps.update([] if sitting is None else self._steps_of(sitting))
        tile = self._tile()
        self._tell(
            Facts(
                title=tile.title if tile else "",
                number=sitting.number if sitting and sitting.table else "",
                about=sitting.about if sitting else (tile.note if tile else ""),
                allergy=words.allergies(sitting.allergies) if sitting and sitting.allergies else "",
                by_area=self._by_area,
                has_guests=sitting is not None,
                can_serve=bool(self._meant(lambda dish: dish.ready)),
                can_rush=bool(self._meant(lambda dish: dish.waiting)),
                can_hold=bool(self._meant(lambda dish: dish.fresh)),
                can_fire=bool(self._meant(lambda dish: dish.held)),
                can_pay=bool(sitting and sitting.due),
                empty="" if self._shown else translate("Tables", "No table is in use"),
                selected=self._selected,
            )
        )

    def _tile(self) -> TileRow | None:
        return next(
            (t for section in self._shown for t in section.tiles if t.key == self._selected), None
        )

    def _line_row(self, dish: Dish) -> LineRow:
        return LineRow(
            dish.key,
            dish.name,
            dish.quantity,
            dish.stage,
            tiles.mark(dish.stage),
            tiles.stage_words(dish.stage),
            bool(dish.ready),
            dish.key == self._line,
        )

    def _steps_of(self, sitting: Sitting) -> list[StepRow]:
        house, place = self.till.source.house, self.till.place
        steps: list[StepRow] = []
        for order in sitting.orders:
            self._ask(order.id, len(order.history))
            rows = timeline(order, house, place, self._stored.get(order.id, {}))
            if len(sitting.orders) > 1:
                number = house.number(order.id)
                rows = [
                    row._replace(key=f"{number}/{row.key}", text=f"{number} · {row.text}")
                    for row in rows
                ]
            steps += rows
        return sorted(steps, key=lambda step: step.at)

    def _ask(self, order_id: bytes, length: int) -> None:
        """Where each step was stored, whenever there is another step."""
        if self._asked.get(order_id) != length:
            self._asked[order_id] = length

            def told(answer: Any) -> None:
                self._stored[order_id] = stored_of(answer)
                self.touched.emit()

            self.till.source.ask("trace", told, order=order_id.hex())

    def _tell(self, facts: Facts) -> None:
        if facts != self.facts:
            self.facts = facts
            self.facts_changed.emit()
