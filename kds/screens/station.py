"""A kitchen station's screen as QML sees it: models, facts, and the slots that hands call."""
# ruff: noqa: N802, N815 - QML's names

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from typing import Any, Final, NamedTuple

from PySide6.QtCore import Property, QAbstractItemModel, Qt, QTimer, Slot

from common.domain.clock import SECOND
from common.node.client import Declined, Done
from common.ui import words
from common.ui.arrangement import Arrangement
from common.ui.keyed_model import KeyedModel
from common.ui.measure import TextMeasure
from common.ui.presence import PeerRow, heard, nobody_heard, peer_rows, peers_text
from common.ui.source import Source
from common.ui.theme import Theme
from kds.keys import DEFAULTS
from kds.screens import sayings
from kds.screens.actions import Actions
from kds.screens.allday import all_day, fitting
from kds.screens.board import Board
from kds.screens.cards import CardMaker, Marks
from kds.screens.desk import Desk
from kds.screens.facts import Facts, StationFacts
from kds.screens.flow import columns, grid
from kds.screens.hands import Hands
from kds.screens.kitchen import Kitchen
from kds.screens.lists import DishList, RecallList, key_rows
from kds.screens.metrics import Metrics
from kds.screens.rows import AllDayRow, CardRow, DishRow, KeyRow, RecallRow
from kds.screens.sheets import Ruler

STILL: Final = SECOND * 6 // 10
"""How long nothing moves after a touch or key."""


class Options(NamedTuple):
    """A station's settings."""

    auto_start: int = 3
    """Tickets that begin by themselves, the oldest first; 0: only a hand begins."""
    slots: int = 10
    """Tickets on a page: one for each key that jumps to it."""
    layout: str = "flow"
    """`flow`, or `grid`: cells of one size."""
    keys: Mapping[str, str] = DEFAULTS
    """What the keys do, for the map of keys."""


def _monotonic() -> int:
    return time.monotonic_ns() // 1_000


def _model(name: str) -> Callable[[Any], Any]:
    return lambda screen: getattr(screen, name)


class StationScreen(StationFacts):
    """One station's screen on a source; `adopted` are stations whose tickets it shows too.

    `clock` (µs) times hands and slots; ages are by the source's mesh time.
    """

    def __init__(
        self,
        source: Source,
        station: str,
        theme: Theme,
        *,
        adopted: tuple[str, ...] = (),
        options: Options | None = None,
        language: str = "en",
        arrangement: Arrangement | None = None,
        clock: Callable[[], int] = _monotonic,
    ) -> None:
        super().__init__(Facts())
        self._source = source
        self._theme = theme
        self._options = options or Options()
        self._arrangement = arrangement
        self._clock = clock
        self._measure = TextMeasure(theme)
        self._size = (0, 0)
        self._room = 0
        self._pressed = False
        self._touched = clock() - STILL
        self._board = board = Board(self._options.slots)
        self._desk = Desk(station, source.submit, source.new_id, clock)
        self._kitchen = Kitchen(source, station, adopted, board, self._desk)
        self._hands = Hands(board, self._desk)
        self._dish_list = DishList(board, self._desk, self._hands)
        self._recall_list = RecallList(self._desk, self._hands)
        self._recall_list.bumped = self._kitchen.bumped
        self._actions = Actions(board, self._hands, self._dish_list, self._recall_list)
        if arrangement is not None:
            self._actions.arranged = arrangement.act
        self._cards = KeyedModel(CardRow, self)
        self._all_day = KeyedModel(AllDayRow, self)
        self._summary = KeyedModel(AllDayRow, self)
        self._dishes = KeyedModel(DishRow, self)
        self._recalls = KeyedModel(RecallRow, self)
        self._peers = KeyedModel(PeerRow, self)
        self._keys = KeyedModel(KeyRow, self)
        self._metrics = Metrics.of(theme.sizes, theme.factors)
        self._maker = CardMaker(board, self._metrics.torn_height)
        self._ticking = QTimer(self, interval=1000)
        self._ticking.timeout.connect(self.tick)
        # A little later than needed: a timer that is early would put it off to the next tick.
        self._settling = QTimer(self, singleShot=True, interval=STILL // 1000 + 5)
        self._settling.setTimerType(Qt.TimerType.PreciseTimer)
        self._settling.timeout.connect(self._refresh)
        source.changed.connect(self._take)
        source.answered.connect(self._answered)
        source.link_changed.connect(self._refresh)
        theme.changed.connect(self._measure_anew)
        self.speak(language)
        self._ticking.start()

    # -- what QML reads

    cards = Property(QAbstractItemModel, _model("_cards"), constant=True)
    allDay = Property(QAbstractItemModel, _model("_all_day"), constant=True)
    summary = Property(QAbstractItemModel, _model("_summary"), constant=True)
    dishes = Property(QAbstractItemModel, _model("_dishes"), constant=True)
    recalls = Property(QAbstractItemModel, _model("_recalls"), constant=True)
    peers = Property(QAbstractItemModel, _model("_peers"), constant=True)
    keys = Property(QAbstractItemModel, _model("_keys"), constant=True)

    arrangement = Property(Arrangement, lambda screen: screen._arrangement, constant=True)

    def arrange(self, options: Options) -> None:
        """These are the station's settings now."""
        self._options = options
        self._board.give_keys(options.slots)
        self._keys.update(key_rows(options.keys))
        self._lay_out()

    # -- what QML and the window say

    @Slot(float, float)
    def resize(self, width: float, height: float) -> None:
        """The cards' area is so large; a window that is not open yet has none."""
        if width > 0 and height > 0:
            self._size = (int(width), int(height))
            self._lay_out()

    @Slot(float)
    def resizeAllDay(self, width: float) -> None:
        """The all-day strip's chips have so much room."""
        self._room = int(width)
        self._refresh()

    @Slot()
    def pressed(self) -> None:
        """A finger came down: nothing moves."""
        self._pressed = True

    @Slot()
    def released(self) -> None:
        """The last finger went up."""
        self._pressed = False
        self._hand()

    @Slot(str)
    def tapHeader(self, card: str) -> None:
        """A ticket is done."""
        self._hand()
        self._hands.bump(_ticket(card), self._clock())
        self._refresh()

    @Slot(str, str)
    def tapLine(self, card: str, line: str) -> None:
        """A dish goes on by one state."""
        self._tap(card, line, None)

    @Slot(str, str)
    def tapQuantity(self, card: str, line: str) -> None:
        """One portion of a dish goes on."""
        self._tap(card, line, 1)

    def _tap(self, card: str, line: str, count: int | None) -> None:
        self._hand()
        if line:
            self._hands.touch(_ticket(card), line, count, self._clock())
        else:
            self._hands.select(_ticket(card))
        self._refresh()

    @Slot(str)
    def tapAllDay(self, dish: str) -> None:
        """Look for the tickets with a dish; again: look no more."""
        self._hand()
        self._hands.dish = "" if self._hands.dish == dish else dish
        self._refresh()

    @Slot(str, int)
    def tapDish(self, key: str, count: int) -> None:
        """So many portions of a dish are done; 0: all."""
        self._hand()
        self._dish_list.finish(count, self._clock(), key)
        self._refresh()

    @Slot(str)
    def tapRecall(self, key: str) -> None:
        """A bumped ticket comes back."""
        self._hand()
        if self._recall_list.recall(key):
            self._actions.overlay = ""
        self._refresh()

    @Slot(str)
    @Slot(str, int)
    def act(self, action: str, n: int = 0) -> None:
        """The one door for keys and buttons."""
        self._hand()
        if action == "language":
            self.language_wanted.emit("en" if self._chinese else "zh_CN")
        else:
            self._actions.act(action, n, self._clock())
        self._refresh()

    @Slot()
    def painted(self) -> None:
        """A frame with what the models held is on the glass."""
        self._kitchen.painted()
        self._desk.report(self._source.orders)

    def speak(self, language: str) -> None:
        """All words anew, in a language whose translation is installed."""
        self._language = language
        self._keys.update(key_rows(self._options.keys))
        self._kitchen.speak(language)
        self._refresh()

    @property
    def _chinese(self) -> bool:
        return self._language.startswith("zh")

    # -- what happens

    def _hand(self) -> None:
        """A hand is near: everything stays where it is for a moment."""
        self._touched = self._clock()
        self._settling.start()

    def _take(self, changed: frozenset[bytes] | None) -> None:
        self._kitchen.take(changed)
        for text in self._kitchen.news:
            self._hands.hint(text, self._clock())
        self._kitchen.news.clear()
        self._refresh()

    def _answered(self, answer: Done | Declined) -> None:
        refusal = self._desk.answered(answer)
        if refusal is not None:
            self._hands.hint(refusal.text(self._language), self._clock())
        self._refresh()

    def tick(self) -> None:
        """A second passed."""
        self._refresh()

    def _measure_anew(self) -> None:
        self._metrics = Metrics.of(self._theme.sizes, self._theme.factors)
        self._maker = CardMaker(self._kitchen.board, self._metrics.torn_height)
        self._lay_out()

    def _lay_out(self) -> None:
        width, height = self._size
        least, gap = self._metrics.card_width, self._metrics.margin
        if self._options.layout == "grid":
            page = grid(width, height, least, gap, lowest=self._metrics.cell_height)
        else:
            page = columns(width, height, least, gap)
        tall = page.bins[0].height
        ruler = Ruler(self._metrics, self._measure, page.width, tall)
        self._kitchen.board.cut_for(ruler, page)
        # Places of another size help nobody, finger or not.
        self._kitchen.settle(self._source.mesh_now(), self._clock(), still=False)
        self._refresh()

    # -- what follows

    def _refresh(self) -> None:
        """Bring all rows and facts to what is known now; what is as it was costs nothing in QML."""
        now, mesh = self._clock(), self._source.mesh_now()
        kitchen, board = self._kitchen, self._kitchen.board
        still = self._pressed or now < self._touched + STILL
        kitchen.settle(mesh, now, still=still)
        self._hands.look()
        if self._source.link.state == "live":
            kitchen.begin(self._options.auto_start)
        if self._size[0] > 0:
            hands = self._hands
            marks = Marks(hands.ticket, hands.line, hands.dish, self._desk.pending)
            self._cards.update(self._maker.rows(kitchen.timers, marks))
        totals = all_day(board.in_order, self._hands.dish, self._language)
        chips, more = fitting(totals, self._room, self._measure, self._metrics)
        self._all_day.update(chips)
        self._update_lists(totals, mesh)
        self._peers.update(peer_rows(self._source, kitchen.place))
        self.tell(self._facts_now(more, mesh, now))
        self._desk.report(self._source.orders)
        if kitchen.unpainted:
            self.paint_wanted.emit()

    def _update_lists(self, totals: list[AllDayRow], mesh: int) -> None:
        """The lists that are open."""
        overlay, place = self._actions.overlay, self._kitchen.place
        self._summary.update(totals if overlay == "summary" else ())
        dishes = self._actions.mode == "dishes"
        self._dishes.update(self._dish_list.rows(mesh, self._language) if dishes else ())
        source = self._source
        self._recalls.update(
            self._recall_list.rows(source.orders, source.house, place, mesh)
            if overlay == "recall"
            else ()
        )

    def _facts_now(self, more: int, mesh: int, now: int) -> Facts:
        kitchen, board = self._kitchen, self._kitchen.board
        place = kitchen.place
        node = heard(self._source, place, mesh)
        adopted = words.listed([place.name_of(station) for station in place.adopted])
        return Facts(
            station_name=place.name_of(place.station),
            open_count=len(board.tickets),
            late_count=kitchen.late,
            average=kitchen.average(mesh),
            clock=words.clock(mesh, place.tz),
            link_state=node.state,
            link_text=node.text,
            peers_text=peers_text(self._source),
            adopted_text=sayings.taken_over(adopted) if adopted else "",
            page=board.page + 1,
            pages=board.pages,
            page_text=sayings.pages(board.page + 1, board.pages),
            more_text=sayings.more_tickets(kitchen.elsewhere) if kitchen.elsewhere else "",
            all_day_more=sayings.more_dishes(more) if more else "",
            unseen_count=kitchen.unseen,
            undo_text=self._desk.undo_words,
            hint=self._hands.hint_at(now),
            mode=self._actions.mode,
            overlay=self._actions.overlay,
            language=self._language,
            empty=not board.tickets,
            empty_text=sayings.nothing_to_make() if node.known else nobody_heard(),
            selected_key=self._hands.ticket,
        )


def _ticket(card: str) -> str:
    """The ticket that a card is a part of."""
    return card.rpartition("#")[0]
