"""The order page as QML sees it: dishes, cart, receipts, sums, and the form that lies over them."""
# ruff: noqa: N815 - QML's names

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Final, NamedTuple

from PySide6.QtCore import Property, QAbstractItemModel, QCoreApplication, QTimer, Signal, Slot

from common.domain.portions import State
from common.ui import words
from common.ui.begun import Begun
from common.ui.keyed_model import KeyedModel
from common.ui.screen_model import fact
from common.ui.theme import Theme
from foh.drafts import DraftLine
from foh.forms.fire import FireForm
from foh.forms.form import CLOSE, Button, Field, Form, Hands
from foh.forms.head import HeadForm
from foh.forms.line import DraftLineForm, SentLineForm
from foh.forms.more import KeysForm, MoreForm
from foh.forms.pay import PayForm
from foh.forms.void import VoidForm
from foh.keeper import Keeper
from foh.screens import order_words as say
from foh.screens.cart import CartRow, cart_rows
from foh.screens.desk import Desk
from foh.screens.menu_view import OPEN, MenuView, TabRow, TileRow
from foh.screens.page import Page
from foh.screens.receipts import IN_TIME, ReceiptRow, Receipts
from foh.screens.till import Till
from foh.sums import amount, draft_line

translate = QCoreApplication.translate


READ_AFTER_MS: Final = 500


class TotalRow(NamedTuple):
    """A sum below the cart."""

    key: str
    label: str
    text: str
    strong: bool = False


class Facts(NamedTuple):
    """What QML reads of the page by these names, in camelCase."""

    title: str = ""
    subtitle: str = ""
    about: str = ""
    allergies: str = ""
    note: str = ""
    query: str = ""
    times: str = ""
    pages: int = 1
    page_text: str = ""
    no_dish: str = ""
    empty: str = ""
    zone: str = "grid"
    pad: bool = False
    form_open: bool = False
    form_title: str = ""
    form_typing: str = ""


class OrderModel(Page):
    """Takes orders. All that hands do comes in by `act`, from keys and from buttons alike."""

    name = "order"
    facts_changed = Signal()
    orderTitle = fact(str, "title", facts_changed)
    subtitle = fact(str, "subtitle", facts_changed)
    about = fact(str, "about", facts_changed)
    allergies = fact(str, "allergies", facts_changed)
    note = fact(str, "note", facts_changed)
    query = fact(str, "query", facts_changed)
    times = fact(str, "times", facts_changed)
    pages = fact(int, "pages", facts_changed)
    pageText = fact(str, "page_text", facts_changed)
    noDish = fact(str, "no_dish", facts_changed)
    emptyText = fact(str, "empty", facts_changed)
    zone = fact(str, "zone", facts_changed)
    pad = fact(bool, "pad", facts_changed)
    formOpen = fact(bool, "form_open", facts_changed)
    formTitle = fact(str, "form_title", facts_changed)
    formTyping = fact(str, "form_typing", facts_changed)

    def __init__(
        self, till: Till, theme: Theme, folder: Path | None = None, begun: Begun | None = None
    ) -> None:
        super().__init__(till)
        self.facts = Facts()
        self._keeper = Keeper(folder)
        self.desk = Desk(till, self._keeper)
        self.menu = MenuView(self.desk, theme)
        self._receipts = Receipts(till.source, till.clock, self.touched.emit)
        self._hands: Hands | None = None
        self._zone = "grid"
        self._pad = False
        self._tabs = KeyedModel(TabRow, self)
        self._tiles = KeyedModel(TileRow, self)
        self._lines = KeyedModel(CartRow, self)
        self._stations = KeyedModel(ReceiptRow, self)
        self._totals = KeyedModel(TotalRow, self)
        self._buttons = KeyedModel(Button, self)
        self._fields = KeyedModel(Field, self)
        self._ends = KeyedModel(Button, self)
        self._deeds = self._what_keys_do()
        theme.changed.connect(self.touched)
        # The readings of hanzi take a moment to load: after the first frame, before the first key.
        QTimer.singleShot(READ_AFTER_MS, self, lambda: self.desk.index)
        self.destroyed.connect(self._keeper.close)
        if begun is not None:
            self._begin(begun)
        self.desk.send_again()

    tabs = Property(QAbstractItemModel, lambda page: page._tabs, constant=True)
    tiles = Property(QAbstractItemModel, lambda page: page._tiles, constant=True)
    lines = Property(QAbstractItemModel, lambda page: page._lines, constant=True)
    stations = Property(QAbstractItemModel, lambda page: page._stations, constant=True)
    totals = Property(QAbstractItemModel, lambda page: page._totals, constant=True)
    buttons = Property(QAbstractItemModel, lambda page: page._buttons, constant=True)
    fields = Property(QAbstractItemModel, lambda page: page._fields, constant=True)
    ends = Property(QAbstractItemModel, lambda page: page._ends, constant=True)

    def _begin(self, begun: Begun) -> None:
        desk = self.desk
        desk.till.table = begun.table
        desk.settle()
        for line in begun.lines:
            dish = desk.card.find(line.sku)
            if dish is not None:
                desk.add(dish, line.qty // 1000)
        desk.selected = ""

    def close(self) -> None:
        """Have all that is begun on the disk."""
        self._keeper.close()

    # -- what the shell asks

    def title(self) -> str:
        """Its word in the list of pages."""
        return translate("Order", "Order")

    def take(self, changed: frozenset[bytes] | None) -> None:
        """Orders changed, or the menu."""
        if changed is None:
            self.desk.read_menu()
        self.desk.settle()

    def refresh(self, mesh: int) -> None:
        """Bring all that is shown to what is known."""
        desk, order = self.desk, self.desk.order
        desk.settle()
        self.menu.refresh()
        self._receipts.look(order)
        self._tabs.update(self.menu.tabs())
        self._tiles.update(self.menu.rows())
        self._lines.update(cart_rows(desk))
        self._stations.update([*self._unsaved(), *self._receipts.rows(order, desk.till, mesh)])
        self._totals.update(self._sums())
        self._buttons.update(self._what_can_be_done())
        hands = self._hands
        self._fields.update([] if hands is None else hands.fields())
        self._ends.update([] if hands is None else hands.form.buttons())
        facts = self._facts_now()
        if facts != self.facts:
            self.facts = facts
            self.facts_changed.emit()

    @Slot(int, int)
    def resize(self, width: int, height: int) -> None:
        """The grid has this room."""
        self.menu.resize(width, height)
        self.touched.emit()

    # -- what is shown

    def _unsaved(self) -> list[ReceiptRow]:
        """What the node has not saved in time is said, and that it is not lost."""
        if self.desk.unsaved_for() <= IN_TIME:
            return []
        return [ReceiptRow("unsaved", say.not_saved(), "amiss")]

    def _facts_now(self) -> Facts:
        desk, menu, place = self.desk, self.menu, self.till.place
        order, hands = desk.order, self._hands
        about, allergies, note = "", desk.draft.allergies, desk.draft.note
        if order is not None and order.head is not None:
            number = self.till.source.house.number(order.id)
            title = place.title_of(order.head, number)[0]
            subtitle = say.of_order(order, number, place)
            about = place.about(order)
            allergies, note = order.head.allergies, order.head.note
        else:
            draft = desk.on_the_way[0].draft if desk.on_the_way else desk.draft
            title = desk.table_name(draft.table) if draft.table else _of_channel(draft.channel)
            subtitle = say.new_order()
            about = say.of_guest(draft, place)
        return Facts(
            title=title,
            subtitle=subtitle,
            about=about,
            allergies=words.allergies(allergies) if allergies else "",
            note=words.quoted(note) if note else "",
            query=menu.query,
            times=f"{menu.times} ×" if menu.times > 1 else "",
            pages=menu.pages,
            page_text=say.page(menu.page + 1, menu.pages),
            no_dish=_nothing_found(desk, menu),
            empty="" if self._lines.rows else translate("Order", "Nothing ordered yet"),
            zone=self._zone,
            pad=self._pad,
            form_open=hands is not None,
            form_title="" if hands is None else hands.form.title,
            form_typing="" if hands is None else hands.typing,
        )

    def _sums(self) -> list[TotalRow]:
        desk, order = self.desk, self.desk.order
        currency = desk.card.currency
        if order is not None and order.head is not None:
            currency = order.head.currency
        there = 0 if order is None else order.total
        fees = 0 if order is None or order.head is None else sum(f.amount for f in order.head.fees)
        flying = [line for sending in desk.on_the_way for line in sending.draft.lines]
        more = sum(draft_line(line, desk.card) for line in (*flying, *desk.draft.lines))
        sums = [
            ("sent", translate("Order", "Ordered"), there),
            ("fees", translate("Order", "Fees included"), fees),
            ("more", translate("Order", "This addition"), more),
            ("paid", translate("Order", "Paid"), 0 if order is None else -order.paid),
        ]
        rows = [
            TotalRow(key, label, amount(minor, currency))
            for key, label, minor in sums
            if minor or key in ("sent", "more")
        ]
        return [*rows, self._whole(there + more, currency)]

    def _whole(self, total: int, currency: str) -> TotalRow:
        """What it comes to in all; once some of it is paid, what is still to be paid."""
        order = self.desk.order
        if order is None or not order.paid:
            return TotalRow("total", translate("Order", "Total"), amount(total, currency), True)
        left = total - order.paid
        owed, back = translate("Order", "Still to pay"), translate("Order", "To give back")
        word = owed if left >= 0 else back
        return TotalRow("total", word, amount(abs(left), currency), True)

    def _what_can_be_done(self) -> list[Button]:
        order, draft = self.desk.order, self.desk.draft
        cooking = order is not None and any(
            line.state < State.READY for line in order.lines.values()
        )
        some = order is not None or bool(draft.lines)
        due = order is not None and order.due > 0
        call = Button("hold", translate("Order", "Hold"), "F5", able=some)
        if self.desk.held and not draft.lines:
            call = Button("fire", translate("Order", "Fire"), "F6")
        return [
            call,
            Button("rush", translate("Order", "Rush"), "F7", able=cooking),
            Button("pay", translate("Order", "Pay"), "F9", able=due),
            Button(
                "send",
                translate("Order", "Send to kitchen"),
                "F12",
                primary=True,
                able=bool(draft.lines),
            ),
            Button("more", translate("Order", "More"), ""),
        ]

    # -- what hands do

    def act(self, action: str, text: str) -> bool:
        """A key or a button; False if it means nothing here."""
        if self._hands is not None:
            return self._act_on_form(self._hands, action, text)
        if action == "type":
            self._type(text)
            return True
        deed = self._deeds.get(action)
        if deed is None:
            return False
        return deed(text) is not False

    def _act_on_form(self, hands: Hands, action: str, text: str) -> bool:
        field, _, rest = text.partition(" ")
        said = ""
        match action:
            case "close":
                said = CLOSE
            case "choose":
                said = hands.choose(field, rest)
            case "step":
                hands.form.step(field, int(rest))
            case "write":
                hands.form.write(field, rest)
            case "focus":
                hands.focus(field)
            case "press":
                said = hands.form.press(text)
            case "language" | "undo":
                return False
            case _:
                if action.startswith("page "):
                    self._hands = None
                    return False
                said = hands.act(action, text)
        if said and self._hands is hands:
            self._hands = None
            if said != CLOSE and not self.act(said, ""):
                return False
        return True

    def ask(self, form: Form) -> None:
        """Lay a form over the page."""
        self._hands = Hands(form)

    def _type(self, text: str) -> None:
        if text in "+=" and self.desk.step(1):
            return
        if text == "-" and self.desk.step(-1):
            return
        self._zone = "grid"
        key = self.menu.type(text)
        if key is not None:
            self._take_dish(key)

    def _what_keys_do(self) -> dict[str, Callable[[str], object]]:
        """What each action does; the text is what it is about."""
        desk, menu = self.desk, self.menu
        return {
            "dish": self._take_dish,
            "line": self._tap_line,
            "category": menu.show,
            "category next": lambda _: menu.next_category(1),
            "category prev": lambda _: menu.next_category(-1),
            "search": menu.search,
            "pad": self._turn_pad,
            "close": lambda _: menu.clear() or self._deselect(),
            "backspace": lambda _: self._delete() if self._zone == "cart" else menu.rub_out(),
            "delete": lambda _: self._delete(),
            "enter": lambda _: self._enter(),
            "tab": lambda _: self._turn_zone(),
            "backtab": lambda _: self._turn_zone(),
            "page_next": lambda _: menu.turn(1),
            "page_prev": lambda _: menu.turn(-1),
            "more_of_it": lambda _: desk.step(1),
            "less": lambda _: desk.step(-1),
            "remove": lambda _: self._delete(),
            "form": lambda _: self._ask_about_line(),
            "open dish": lambda _: self._ask_open_dish(""),
            "head": lambda _: self.ask(HeadForm(desk)),
            "more": lambda _: self.ask(MoreForm(desk)),
            "keys": lambda _: self.ask(KeysForm()),
            "void": lambda _: self._ask_void(),
            "send": lambda _: self._send(),
            "rush": lambda _: self._rush(),
            "pay": lambda _: self._pay(),
            "hold": lambda _: self._hold(),
            "fire": lambda _: self._fire(),
            "new guest": lambda _: desk.new_guest(),
            "drop": lambda _: self._drop(),
            **{key: self._mover(key) for key in ("up", "down", "left", "right", "first", "last")},
        }

    def _mover(self, action: str) -> Callable[[str], object]:
        return lambda _: self._move(action)

    def _move(self, action: str) -> None:
        if self._zone == "grid":
            self.menu.move(action)
            return
        keys = [row.key for row in self._lines.rows]
        if not keys:
            return
        at = keys.index(self.desk.selected) if self.desk.selected in keys else -1
        to = {"up": at - 1, "first": 0, "last": len(keys) - 1, "down": at + 1}.get(action, at)
        self.desk.selected = keys[min(max(to, 0), len(keys) - 1)]

    def _turn_zone(self) -> None:
        self._zone = "cart" if self._zone == "grid" else "grid"
        if self._zone == "cart" and not self.desk.selected:
            self._move("last")
        if self._zone == "grid" and self.menu.cursor is None:
            self.menu.move("first")

    def _turn_pad(self, _: str) -> None:
        self._pad = not self._pad

    def _deselect(self) -> bool:
        self._zone = "grid"
        selected, self.desk.selected = self.desk.selected, ""
        return bool(selected)

    def _enter(self) -> None:
        if self._zone == "cart":
            self._ask_about_line()
        elif (key := self.menu.chosen) is not None:
            self._take_dish(key)

    def _take_dish(self, key: str) -> None:
        if key == OPEN:
            self._ask_open_dish(self.menu.query)
            return
        dish = self.desk.card.find(key)
        if dish is None:
            return
        count = self.menu.taken()
        if dish.asks:
            self.ask(DraftLineForm(self.desk, self.desk.new_line(dish, count), new=True))
        else:
            self.desk.add(dish, count)

    def _tap_line(self, key: str) -> None:
        self._zone = "cart"
        self.desk.selected = "" if self.desk.selected == key else key

    def _ask_about_line(self) -> None:
        desk = self.desk
        if (line := desk.draft_line) is not None:
            self.ask(DraftLineForm(desk, line))
        elif (sent_line := desk.sent_line) is not None:
            if sent_line.active() and not sent_line.record.combo:
                self.ask(SentLineForm(desk, sent_line))
            else:
                self.till.hint(translate("Order", "It is ready: it can't be changed any more."))
        else:
            self.till.hint(translate("Order", "Choose a dish of the order first."))

    def _ask_open_dish(self, name: str) -> None:
        count = self.menu.taken()
        key = self._keeper.drafts.new_key()
        line = DraftLine(key=key, zh=name, en=name, qty=count * 1000)
        self.ask(DraftLineForm(self.desk, line, new=True))

    def _ask_void(self) -> None:
        line = self.desk.sent_line
        if line is not None and line.state is not State.VOID:
            self.ask(VoidForm(self.desk, line))
        else:
            self.till.hint(translate("Order", "Choose a dish that was sent first."))

    def _delete(self) -> None:
        if self.desk.draft_line is not None:
            self.desk.remove(self.desk.selected)
        elif self.desk.sent_line is not None:
            self._ask_void()

    def _drop(self) -> None:
        for line in self.desk.draft.lines:
            self.desk.remove(line.key)

    def _send(self) -> None:
        desk = self.desk
        if not desk.draft.lines:
            self.till.hint(translate("Order", "Nothing to send: all that is here was sent."))
        else:
            self._zone = "grid"
            desk.send()

    def _hold(self) -> None:
        if not self.desk.hold():
            self.till.hint(translate("Order", "Nothing here can wait: it is being cooked."))

    def _fire(self) -> None:
        desk = self.desk
        line, begun, held = desk.sent_line, desk.draft_line, desk.held
        if begun is not None and begun.hold:
            desk.hold()
        elif line is not None and line.state is State.HELD:
            desk.fire([line])
        elif len({each.record.course for each in held}) > 1:
            self.ask(FireForm(desk))
        elif held:
            desk.fire(held)
        else:
            self.till.hint(translate("Order", "No dish waits to be called for."))

    def _pay(self) -> None:
        order = self.desk.order
        if self.desk.draft.lines:
            self.till.hint(translate("Order", "Send or remove what is not sent first."))
        elif order is None or order.due <= 0:
            self.till.hint(translate("Order", "Nothing is due here."))
        else:
            self.ask(PayForm(self.desk, order))

    def _rush(self) -> None:
        if not self.desk.rush():
            self.till.hint(translate("Order", "There is no order yet to rush."))


def _of_channel(channel: str) -> str:
    return words.channel(channel, at_table=False)


def _nothing_found(desk: Desk, menu: MenuView) -> str:
    if not menu.empty:
        return ""
    if not desk.card.dishes:
        return translate("Order", "There is no menu yet: import one.")
    return translate("Order", "No dish has this number.")
