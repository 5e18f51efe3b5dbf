"""The order page as QML sees it: dishes, cart, receipts, sums, and the form that lies over them."""
# ruff: noqa: N815 - QML's names

from __future__ import annotations

from pathlib import Path
from typing import Final, NamedTuple

from PySide6.QtCore import Property, QAbstractItemModel, QCoreApplication, QTimer, Signal, Slot

from common.domain.portions import State
from common.ui import words
from common.ui.begun import Begun
from common.ui.keyed_model import KeyedModel
from common.ui.screen_model import fact
from common.ui.theme import Theme
from foh.forms.form import Button, Field
from foh.keeper import Keeper
from foh.screens import order_words as say
from foh.screens.cart import CartRow, cart_rows
from foh.screens.desk import Desk
from foh.screens.menu_view import MenuView, TabRow, TileRow
from foh.screens.order_hands import OrderHands
from foh.screens.page import Page
from foh.screens.post import Post
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
        self.post = Post(self.desk)
        self.menu = MenuView(self.desk, theme)
        self._receipts = Receipts(till.source, till.clock, self.touched.emit)
        self._tabs = KeyedModel(TabRow, self)
        self._tiles = KeyedModel(TileRow, self)
        self._lines = KeyedModel(CartRow, self)
        self._stations = KeyedModel(ReceiptRow, self)
        self._totals = KeyedModel(TotalRow, self)
        self._buttons = KeyedModel(Button, self)
        self._fields = KeyedModel(Field, self)
        self._ends = KeyedModel(Button, self)
        self.hands = OrderHands(self.desk, self.post, self.menu, self._cart_keys)
        theme.changed.connect(self.touched)
        # The readings of hanzi take a moment to load: after the first frame, before the first key.
        QTimer.singleShot(READ_AFTER_MS, self, lambda: self.desk.index)
        self.destroyed.connect(self._keeper.close)
        if begun is not None:
            self._begin(begun)
        self.post.send_again()

    tabs = Property(QAbstractItemModel, lambda page: page._tabs, constant=True)
    tiles = Property(QAbstractItemModel, lambda page: page._tiles, constant=True)
    lines = Property(QAbstractItemModel, lambda page: page._lines, constant=True)
    stations = Property(QAbstractItemModel, lambda page: page._stations, constant=True)
    totals = Property(QAbstractItemModel, lambda page: page._totals, constant=True)
    buttons = Property(QAbstractItemModel, lambda page: page._buttons, constant=True)
    fields = Property(QAbstractItemModel, lambda page: page._fields, constant=True)
    ends = Property(QAbstractItemModel, lambda page: page._ends, constant=True)

    def _cart_keys(self) -> list[str]:
        return [row.key for row in self._lines.rows]

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
        self._lines.update(cart_rows(desk, self.post.on_the_way))
        self._stations.update([*self._unsaved(), *self._receipts.rows(order, desk.till, mesh)])
        self._totals.update(self._sums())
        self._buttons.update(self._what_can_be_done())
        form = self.hands.form
        self._fields.update([] if form is None else form.fields())
        self._ends.update([] if form is None else form.form.buttons())
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
        if self.post.unsaved_for() <= IN_TIME:
            return []
        return [ReceiptRow("unsaved", say.not_saved(), "amiss")]

    def _facts_now(self) -> Facts:
        desk, menu, place = self.desk, self.menu, self.till.place
        order, hands, form = desk.order, self.hands, self.hands.form
        about, allergies, note = "", desk.draft.allergies, desk.draft.note
        if order is not None and order.head is not None:
            number = self.till.source.house.number(order.id)
            title = place.title_of(order.head, number)[0]
            subtitle = say.of_order(order, number, place)
            about = place.about(order)
            allergies, note = order.head.allergies, order.head.note
        else:
            draft = self.post.on_the_way[0].draft if self.post.on_the_way else desk.draft
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
            zone=hands.zone,
            pad=hands.pad,
            form_open=form is not None,
            form_title="" if form is None else form.form.title,
            form_typing="" if form is None else form.typing,
        )

    def _sums(self) -> list[TotalRow]:
        desk, order = self.desk, self.desk.order
        currency = desk.card.currency
        if order is not None and order.head is not None:
            currency = order.head.currency
        there = 0 if order is None else order.total
        fees = 0 if order is None or order.head is None else sum(f.amount for f in order.head.fees)
        flying = [line for sending in self.post.on_the_way for line in sending.draft.lines]
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

    def act(self, action: str, text: str) -> bool:
        """A key or a button; False if it means nothing here."""
        return self.hands.act(action, text)


def _of_channel(channel: str) -> str:
    return words.channel(channel, at_table=False)


def _nothing_found(desk: Desk, menu: MenuView) -> str:
    if not menu.empty:
        return ""
    if not desk.card.dishes:
        return translate("Order", "There is no menu yet: import one.")
    return translate("Order", "No dish has this number.")
