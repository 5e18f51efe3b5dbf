"""What the kitchen's screens have in common as QML sees them: cards, hands, time, their node.

A station's and the pass's screen say what stands on their cards, in their bars and in their lists.
"""
# ruff: noqa: N802 - QML's names

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
from kds.screens.cards import CardMaker, Marks
from kds.screens.desk import Desk
from kds.screens.facts import Facts, KitchenFacts
from kds.screens.flow import columns, grid
from kds.screens.hands import Hands
from kds.screens.kitchen import Kitchen
from kds.screens.lists import RecallList, key_rows
from kds.screens.metrics import Metrics
from kds.screens.rows import CardRow, FigureRow, KeyRow, RecallRow
from kds.screens.sheets import Ruler

STILL: Final = SECOND * 6 // 10
"""How long nothing moves after a touch or key."""


class Options(NamedTuple):
    """A screen's settings."""

    auto_start: int = 3
    """Tickets that begin by themselves, the oldest first; 0: only a hand begins."""
    slots: int = 10
    """Tickets on a page: one for each key that jumps to it."""
    layout: str = "flow"
    """`flow`, or `grid`: cells of one size."""
    keys: Mapping[str, str] = DEFAULTS
    """What the keys do, for the map of keys."""
    ready_first: bool = False
    """At the pass: orders that are ready stand first."""


class Parts(NamedTuple):
    """What a screen is put together from."""

    desk: Desk
    kitchen: Kitchen
    hands: Hands
    recalls: RecallList
    actions: Actions


def monotonic() -> int:
    """A clock for hands, in µs."""
    return time.monotonic_ns() // 1_000


def model(name: str) -> Callable[[Any], Any]:
    """Reads a screen's model, for a property."""
    return lambda screen: getattr(screen, name)


class KitchenScreen(KitchenFacts):
    """A screen on a source. `clock` (µs) times hands and slots; ages are by its mesh time.

    What signals call here is a `Slot`: a plain method would be added when it is connected, which
    gives this class another metaobject behind the back of its subclasses, and QML finds nothing.
    """

    MAKER: type[CardMaker] = CardMaker
    RULER: type[Ruler] = Ruler

    def __init__(
        self, source: Source, theme: Theme, parts: Parts, options: Options, clock: Callable[[], int]
    ) -> None:
        super().__init__(Facts())
        self._source = source
        self._theme = theme
        self._options = options
        self._arrangement: Arrangement | None = None
        self._clock = clock
        self._measure = TextMeasure(theme)
        self._size = (0, 0)
        self._pressed = False
        self._touched = clock() - STILL
        self._desk, self._kitchen, self._hands, self._recall_list, self._actions = parts
        self._recall_list.bumped = self._kitchen.bumped
        self._cards = KeyedModel(CardRow, self)
        self._figures = KeyedModel(FigureRow, self)
        self._recalls = KeyedModel(RecallRow, self)
        self._peers = KeyedModel(PeerRow, self)
        self._keys = KeyedModel(KeyRow, self)
        self._metrics = Metrics.of(theme.sizes, theme.factors)
        self._maker = self.MAKER(self._kitchen.board, self._metrics.torn_height)
        self._ticking = QTimer(self, interval=1000)
        self._ticking.timeout.connect(self.tick)
        # A little later than needed: a timer that is early would put it off to the next tick.
        self._settling = QTimer(self, singleShot=True, interval=STILL // 1000 + 5)
        self._settling.setTimerType(Qt.TimerType.PreciseTimer)
        self._settling.timeout.connect(self._refresh)

    def _begin(self, language: str) -> None:
        """Follow the source, once all is put together."""
        self._source.changed.connect(self._take)
        self._source.answered.connect(self._answered)
        self._source.link_changed.connect(self._refresh)
        self._theme.changed.connect(self._measure_anew)
        self.speak(language)
        self._ticking.start()

    # -- what QML reads

    cards = Property(QAbstractItemModel, model("_cards"), constant=True)
    figures = Property(QAbstractItemModel, model("_figures"), constant=True)
    recalls = Property(QAbstractItemModel, model("_recalls"), constant=True)
    peers = Property(QAbstractItemModel, model("_peers"), constant=True)
    keys = Property(QAbstractItemModel, model("_keys"), constant=True)

    arrangement = Property(Arrangement, model("_arrangement"), constant=True)

    def follow(self, arrangement: Arrangement) -> None:
        """Let people change this screen's settings on it; before its window is opened."""
        self._arrangement = arrangement
        self._actions.arranged = arrangement.act

    def arrange(self, options: Options) -> None:
        """These are the screen's settings now."""
        self._options = options
        self._kitchen.board.give_keys(options.slots)
        self._keys.update(key_rows(options.keys, self._key_words()))
        self._lay_out()

    # -- what QML and the window say

    @Slot(float, float)
    def resize(self, width: float, height: float) -> None:
        """The cards' area is so large; a window that is not open yet has none."""
        if width > 0 and height > 0:
            self._size = (int(width), int(height))
            self._lay_out()

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
        self._hands.bump(ticket_of(card), self._clock())
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
            self._hands.touch(ticket_of(card), line, count, self._clock())
        else:
            self._hands.select(ticket_of(card))
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
        self._keys.update(key_rows(self._options.keys, self._key_words()))
        self._kitchen.speak(language)
        self._refresh()

    def _key_words(self) -> Mapping[str, str]:
        """What each action does here."""
        return sayings.actions()

    @property
    def _chinese(self) -> bool:
        return self._language.startswith("zh")

    # -- what happens

    def _hand(self) -> None:
        """A hand is near: everything stays where it is for a moment."""
        self._touched = self._clock()
        self._settling.start()

    @Slot(object)
    def _take(self, changed: frozenset[bytes] | None) -> None:
        self._kitchen.take(changed)
        for text in self._kitchen.news:
            self._hands.hint(text, self._clock())
        self._kitchen.news.clear()
        self._refresh()

    @Slot(object)
    def _answered(self, answer: Done | Declined) -> None:
        refusal = self._desk.answered(answer)
        if refusal is not None:
            self._hands.hint(refusal.text(self._language), self._clock())
        self._refresh()

    @Slot()
    def tick(self) -> None:
        """A second passed."""
        self._refresh()

    @Slot()
    def _measure_anew(self) -> None:
        self._metrics = Metrics.of(self._theme.sizes, self._theme.factors)
        self._maker = self.MAKER(self._kitchen.board, self._metrics.torn_height)
        self._lay_out()

    def _lay_out(self) -> None:
        width, height = self._size
        least, gap = self.RULER.least(self._metrics), self._metrics.margin
        if self._options.layout == "grid":
            page = grid(width, height, least, gap, lowest=self._metrics.cell_height)
        else:
            page = columns(width, height, least, gap)
        tall = page.bins[0].height
        ruler = self.RULER(self._metrics, self._measure, page.width, tall)
        self._kitchen.board.cut_for(ruler, page)
        # Places of another size help nobody, finger or not.
        self._kitchen.settle(self._source.mesh_now(), self._clock(), still=False)
        self._refresh()

    # -- what follows

    @Slot()
    def _refresh(self) -> None:
        """Bring all rows and facts to what is known now; what is as it was costs nothing in QML."""
        now, mesh = self._clock(), self._source.mesh_now()
        kitchen = self._kitchen
        still = self._pressed or now < self._touched + STILL
        kitchen.settle(mesh, now, still=still)
        self._hands.look()
        self._before_cards()
        if self._size[0] > 0:
            hands = self._hands
            marks = Marks(hands.ticket, hands.line, hands.dish, self._desk.pending)
            self._cards.update(self._maker.rows(kitchen.timers, marks))
        self._recalls.update(
            self._recall_list.rows(self._source.orders, self._source.house, kitchen.place, mesh)
            if self._actions.overlay == "recall"
            else ()
        )
        self._peers.update(peer_rows(self._source, kitchen.place))
        self.tell(self._facts_now(mesh, now))
        self._desk.report(self._source.orders)
        if kitchen.unpainted:
            self.paint_wanted.emit()

    def _before_cards(self) -> None:
        """What begins by itself."""

    def _facts_now(self, mesh: int, now: int) -> Facts:
        """The facts that every screen has."""
        kitchen, board, place = self._kitchen, self._kitchen.board, self._kitchen.place
        node = heard(self._source, place, mesh)
        return Facts(
            station_name=place.name_of(place.station),
            open_count=len(board.tickets),
            late_count=kitchen.late,
            clock=words.clock(mesh, place.tz),
            link_state=node.state,
            link_text=node.text,
            peers_text=peers_text(self._source),
            page=board.page + 1,
            pages=board.pages,
            page_text=sayings.pages(board.page + 1, board.pages),
            more_text=sayings.more_tickets(kitchen.elsewhere) if kitchen.elsewhere else "",
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


def ticket_of(card: str) -> str:
    """The ticket that a card is a part of."""
    return card.rpartition("#")[0]
