"""The counter's screen as QML sees it: the bar, the list of pages, and the page that is shown."""
# ruff: noqa: N815 - QML's names

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtCore import Property, QAbstractItemModel, QTimer, Signal, Slot

from common.domain.ids import HOUSE
from common.node.client import Declined, Done
from common.ui import words
from common.ui.crossings import Crossings, said
from common.ui.keyed_model import KeyedModel
from common.ui.presence import PeerRow, heard, peer_rows, peers_text
from common.ui.screen_model import ScreenModel, fact
from foh.screens.order import OrderModel
from foh.screens.page import FigureRow, Page
from foh.screens.settings import SettingsPage
from foh.screens.tables import TablesPage
from foh.screens.till import Till


class NavRow(NamedTuple):
    """A page in the list of pages."""

    key: str
    text: str
    badge: str = ""
    on: bool = False


class Facts(NamedTuple):
    """What QML reads of the shell by these names, in camelCase."""

    counter_name: str = ""
    headline: str = ""
    page: str = ""
    clock: str = ""
    link_state: str = "opening"
    link_text: str = ""
    peers_text: str = ""
    hint: str = ""
    undo_text: str = ""
    language: str = "en"


class CounterScreen(ScreenModel[Facts]):
    """One counter's screen; the first page is shown unless `page` names another."""

    facts_changed = Signal()
    counterName = fact(str, "counter_name", facts_changed)
    headline = fact(str, "headline", facts_changed)
    page = fact(str, "page", facts_changed)
    clock = fact(str, "clock", facts_changed)
    linkState = fact(str, "link_state", facts_changed)
    linkText = fact(str, "link_text", facts_changed)
    peersText = fact(str, "peers_text", facts_changed)
    hint = fact(str, "hint", facts_changed)
    undoText = fact(str, "undo_text", facts_changed)
    language = fact(str, "language", facts_changed)

    def __init__(self, till: Till, pages: Sequence[Page], page: str = "") -> None:
        super().__init__(Facts())
        self.till = till
        self._pages = {each.name: each for each in pages}
        self._page = page if page in self._pages else next(iter(self._pages))
        self._crossings = Crossings(till.role)
        self._nav = KeyedModel(NavRow, self)
        self._peers = KeyedModel(PeerRow, self)
        self._figures = KeyedModel(FigureRow, self)
        for each in pages:
            each.setParent(self)
            each.turn.connect(self.turn)
            each.touched.connect(self._refresh)
        self._ticking = QTimer(self, interval=1000)
        self._ticking.timeout.connect(self.tick)
        till.source.changed.connect(self._take)
        till.source.answered.connect(self._answered)
        till.source.link_changed.connect(self._refresh)
        self._take(None)
        self._ticking.start()

    nav = Property(QAbstractItemModel, lambda screen: screen._nav, constant=True)
    peers = Property(QAbstractItemModel, lambda screen: screen._peers, constant=True)
    orderPage = Property(OrderModel, lambda screen: screen._pages.get("order"), constant=True)
    figures = Property(QAbstractItemModel, lambda screen: screen._figures, constant=True)
    settingsPage = Property(
        SettingsPage, lambda screen: screen._pages.get("settings"), constant=True
    )
    tablesPage = Property(TablesPage, lambda screen: screen._pages.get("tables"), constant=True)

    # -- what hands do

    @Slot(str)
    def turn(self, page: str) -> None:
        """Show another page."""
        if page in self._pages:
            self._page = page
        self._refresh()

    @Slot(str)
    @Slot(str, str)
    def act(self, action: str, text: str = "") -> None:
        """The one door for keys and buttons: the page's own meaning first, then the shell's."""
        if not self._pages[self._page].act(action, text):
            self._act(action)
        self._refresh()

    def _act(self, action: str) -> None:
        if action == "undo":
            self.till.sender.undo()
        elif action == "language":
            chinese = self.till.place.lang.startswith("zh")
            self.language_wanted.emit("en" if chinese else "zh_CN")
        elif action.startswith("page "):
            self.turn(action.removeprefix("page "))

    def speak(self, language: str) -> None:
        """All words anew, in a language whose translation is installed."""
        self.till.speak(language)
        self._take(None)

    # -- what happens

    def tick(self) -> None:
        """A second passed."""
        self._refresh()

    def _take(self, changed: frozenset[bytes] | None) -> None:
        if changed is None or HOUSE in changed:
            self.till.settle()
            changed = None
        self._listen(changed)
        for each in self._pages.values():
            each.take(changed)
        self._refresh()

    def _listen(self, changed: frozenset[bytes] | None) -> None:
        """Say what crossed of what this counter took; what was there before is history."""
        source, place = self.till.source, self.till.place
        if changed is None:
            self._crossings.forget()
        for order_id in source.orders if changed is None else changed:
            order = source.orders.get(order_id)
            if order is None or order.head is None:
                self._crossings.forget(order_id)
                continue
            for notice in self._crossings.news(order, source.house):
                if changed is not None:
                    self.till.hint(said(notice, order, source.house, place))

    def _answered(self, answer: Done | Declined) -> None:
        refusal = self.till.sender.answered(answer)
        if refusal is not None:
            self.till.hint(refusal.text(self.till.place.lang))
        self._refresh()

    def _refresh(self) -> None:
        mesh = self.till.source.mesh_now()
        self._pages[self._page].refresh(mesh)
        self._nav.update(self._nav_rows())
        self._figures.update(self._pages[self._page].figures())
        self._peers.update(peer_rows(self.till.source, self.till.place))
        self.tell(self._facts_now(mesh))

    def _nav_rows(self) -> list[NavRow]:
        return [
            NavRow(each.name, each.title(), str(each.badge() or ""), each.name == self._page)
            for each in self._pages.values()
        ]

    def _facts_now(self, mesh: int) -> Facts:
        till, place = self.till, self.till.place
        node = heard(till.source, place, mesh)
        return Facts(
            counter_name=place.name_of(till.role),
            headline=self._pages[self._page].headline(),
            page=self._page,
            clock=words.clock(mesh, place.tz),
            link_state=node.state,
            link_text=node.text,
            peers_text=peers_text(till.source),
            hint=till.hint_now,
            undo_text=till.sender.undo_words,
            language=place.lang,
        )
