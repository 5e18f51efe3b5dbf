"""The tables' page: every table at a glance, and the whole way of the one that is selected."""
# ruff: noqa: N802 - QML's names

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, Final

from PySide6.QtCore import Property, QAbstractItemModel, QCoreApplication, Signal, Slot

from common.domain.clock import SECOND
from common.ui import words
from common.ui.keyed_model import KeyedModel
from common.ui.sender import Sender
from foh.screens import deeds, tiles
from foh.screens.cursor import Cursor
from foh.screens.floor import Floor, floor_of
from foh.screens.page import FigureRow
from foh.screens.paying import Paying
from foh.screens.sittings import Dish, Sitting, sittings
from foh.screens.table_facts import Facts, LineRow, TablesFacts
from foh.screens.tiles import SectionRow, TileRow
from foh.screens.till import Till
from foh.screens.timeline import StepRow, Stored, stored_of, timeline

translate = QCoreApplication.translate

STILL: Final = SECOND * 6 // 10
"""How long no tile moves after a touch or key."""
KEYS: Final = {" ": "serve", "r": "rush", "h": "hold", "f": "fire", "p": "pay", "a": "arrange"}
"""What a letter does where no table's name is being typed."""

Deed = Callable[[Sender, Sitting, Iterable[Dish]], None]
Able = Callable[[Dish], object]
"""Whether something can be done with a dish."""


class TablesPage(TablesFacts):
    """Reads the orders that are open; times run on while it is shown."""

    name = "tables"
    paying_changed = Signal()

    def __init__(self, till: Till) -> None:
        super().__init__(till)
        self.sat: dict[str, Sitting] = {}
        """What is open, by table."""
        self.cursor = Cursor()
        self._sections = KeyedModel(SectionRow, self)
        self._steps = KeyedModel(StepRow, self)
        self._lines = KeyedModel(LineRow, self)
        self._floor = Floor()
        self._stored: dict[bytes, Stored] = {}
        self._asked: dict[bytes, int] = {}
        self._shown: list[SectionRow] = []
        self._by_area = False
        self._touched = till.clock() - STILL
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
        mesh, sat = self.till.source.mesh_now(), self.sat.values()
        used = str(sum(bool(sitting.table) for sitting in sat))
        if self._floor.tables:
            used = f"{used} / {len(self._floor.tables)}"
        late = sum(sitting.timer(mesh).age == "late" for sitting in sat)
        unpaid = sum(sitting.served and sitting.due > 0 for sitting in sat)
        return [
            FigureRow("used", translate("Tables", "In use"), used),
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
        if self._shown and self.till.clock() < self._touched + STILL:
            self._shown = [tiles.kept(section, rows) for section in self._shown]
        else:
            arranged = tiles.by_area if self._by_area else tiles.by_age
            self._shown = arranged(list(sat.values()), self._floor, place, rows)
        self.cursor.stand(self._shown, sat)
        self._sections.update(tiles.selected(each, self.cursor.tile) for each in self._shown)
        self._show_selected()
        if self._paying is not None:
            self._paying.refresh()

    # -- what hands do

    def act(self, action: str, text: str) -> bool:
        """Do what a key stands for; digits and letters that mean nothing else name a table."""
        self._touched = self.till.clock()
        if self._paying is not None:
            if action in ("undo", "language") or action.startswith("page "):
                return False
            self._paying.act(action, text)
            return True
        if action == "type":
            self._type(text)
            return True
        self.cursor.typed = ""
        does = {**self._moves(), **self._deeds()}.get(action)
        if does is None:
            return False
        does()
        return True

    def _moves(self) -> dict[str, Callable[[], object]]:
        cursor = self.cursor
        return {
            "left": lambda: cursor.step(-1),
            "right": lambda: cursor.step(1),
            "up": lambda: cursor.climb(-1),
            "down": lambda: cursor.climb(1),
            "first": lambda: cursor.go(0),
            "last": lambda: cursor.go(-1),
            "tab": lambda: cursor.mark(1),
            "backtab": lambda: cursor.mark(-1),
            "close": lambda: setattr(cursor, "line", ""),
            "arrange": self._arrange,
        }

    def _deeds(self) -> dict[str, Callable[[], object]]:
        return {
            "serve": lambda: self._do(deeds.serve, lambda dish: dish.ready),
            "rush": lambda: self._do(deeds.rush, lambda dish: dish.to_make),
            "hold": lambda: self._do(deeds.hold, lambda dish: dish.fresh),
            "fire": lambda: self._do(deeds.fire, lambda dish: dish.held),
            "enter": self._order_here,
            "pay": self._pay,
        }

    @Slot(str)
    def press(self, action: str) -> None:
        """A button was touched."""
        self.act(action, "")
        self.touched.emit()

    @Slot(str)
    def tap(self, key: str) -> None:
        """A tile was touched."""
        self._touched = self.till.clock()
        self.cursor.select(key)
        self.touched.emit()

    @Slot(str)
    def tapLine(self, key: str) -> None:
        """A dish was touched: what is ready of it is served; another is marked for what follows."""
        self._touched = self.till.clock()
        again, self.cursor.line = self.cursor.line == key, key
        ready = bool(self._meant(lambda dish: dish.ready))
        if ready:
            self.act("serve", "")
        if ready or again:
            self.cursor.line = ""
        self.touched.emit()

    @Slot(int)
    def resize(self, columns: int) -> None:
        """So many tiles stand beside each other."""
        self.cursor.columns = max(1, columns)

    def _type(self, text: str) -> None:
        now, action = self.till.clock(), KEYS.get(text.lower())
        if action is not None and not self.cursor.names(text, now):
            self.act(action, "")
        elif not self.cursor.type(text, now):
            said = translate("Tables", "Table {table}: none").format(table=self.cursor.typed)
            self.till.hint(said)

    def _arrange(self) -> None:
        self._by_area = not self._by_area
        self._touched -= STILL

    # -- doing

    @property
    def _here(self) -> Sitting | None:
        return self.sat.get(self.cursor.tile)

    def _meant(self, able: Able) -> list[Dish]:
        """The dishes that a key means: the one that is marked, else all of the table's."""
        dishes, line = (self._here.dishes if self._here else ()), self.cursor.line
        return [dish for dish in dishes if line in ("", dish.key) and able(dish)]

    def _do(self, deed: Deed, able: Able) -> None:
        meant = self._meant(able)
        if self._here is None or self._here.key in self.till.sender.pending:
            return
        if meant:
            deed(self.till.sender, self._here, meant)
        else:
            self.till.hint(translate("Tables", "No dish here for that"))

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
        sitting = self._here
        if sitting is not None:
            self.till.order_id, self.till.table = sitting.orders[-1].id, sitting.table
        else:
            self.till.order_id, self.till.table = None, self.cursor.tile.removeprefix("t:")
        self.turn.emit("order")

    # -- telling

    def _show_selected(self) -> None:
        sitting, marked = self._here, self.cursor.line
        self._lines.update([LineRow.of(dish, marked) for dish in sitting.dishes] if sitting else ())
        self._steps.update(self._steps_of(sitting) if sitting else ())
        tile = self._tile()
        allergies = sitting.allergies if sitting else ()
        facts = Facts(
            title=tile.title if tile else "",
            number=sitting.number if sitting and sitting.table else "",
            about=sitting.about if sitting else (tile.note if tile else ""),
            allergy=words.allergies(allergies) if allergies else "",
            by_area=self._by_area,
            can_serve=bool(self._meant(lambda dish: dish.ready)),
            can_rush=bool(self._meant(lambda dish: dish.to_make)),
            can_hold=bool(self._meant(lambda dish: dish.fresh)),
            can_fire=bool(self._meant(lambda dish: dish.held)),
            can_pay=bool(sitting and sitting.due),
            empty="" if self._shown else translate("Tables", "No table is in use"),
            selected=self.cursor.tile,
        )
        self.tell(facts)

    def _tile(self) -> TileRow | None:
        shown = (tile for section in self._shown for tile in section.tiles)
        return next((tile for tile in shown if tile.key == self.cursor.tile), None)

    def _steps_of(self, sitting: Sitting) -> list[StepRow]:
        house, place = self.till.source.house, self.till.place
        steps: list[StepRow] = []
        for order in sitting.orders:
            self._ask(order.id, len(order.history))
            number = house.number(order.id) if len(sitting.orders) > 1 else ""
            rows = timeline(order, house, place, self._stored.get(order.id, {}))
            steps += [row.of(number) for row in rows] if number else rows
        return sorted(steps, key=lambda step: step.at)

    def _ask(self, order_id: bytes, length: int) -> None:
        """Where each step was stored, whenever there is another step."""
        if self._asked.get(order_id) == length:
            return
        self._asked[order_id] = length

        def told(answer: Any) -> None:
            self._stored[order_id] = stored_of(answer)
            self.touched.emit()

        self.till.source.ask("trace", told, order=order_id.hex())
