"""The pass's screen as QML sees it: whole orders, and a panel of what has to be heard of."""
# ruff: noqa: N802 - QML's names

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import Property, QAbstractItemModel, Slot

from common.ui.keyed_model import KeyedModel
from common.ui.source import Source
from common.ui.theme import Theme
from kds.screens import expo_sayings as say
from kds.screens import sayings
from kds.screens.actions import Actions
from kds.screens.board import Board, by_age
from kds.screens.expo_cards import PassCards
from kds.screens.expo_desk import PassDesk
from kds.screens.expo_hands import PassHands
from kds.screens.expo_kitchen import PassKitchen
from kds.screens.expo_notices import Notices
from kds.screens.expo_orders import ready_first
from kds.screens.expo_sheets import PassRuler
from kds.screens.facts import Facts
from kds.screens.lists import RecallList
from kds.screens.rows import FigureRow, NoticeRow
from kds.screens.screen import KitchenScreen, Options, Parts, model, monotonic, ticket_of


class PassActions(Actions):
    """The pass's keys."""

    def __init__(self, board: Board, hands: PassHands, recalls: RecallList) -> None:
        super().__init__(board, hands, recalls)
        self._pass = hands
        self.notices: Callable[[], None] = lambda: None

    def _anywhere(self, now: int) -> Mapping[str, Callable[[], object]]:
        does = dict(super()._anywhere(now))
        seen = does["ack_all"]
        del does["dishes"], does["summary"]
        return does | {
            "ack_all": lambda: (seen(), self.notices()),
            "notices": lambda: self._show("notices"),
            "hold": lambda: self._pass.hold(now),
            "fire": lambda: self._pass.fire(now),
        }


class ExpoScreen(KitchenScreen):
    """The screen of the pass on a source."""

    MAKER = PassCards
    RULER = PassRuler

    def __init__(
        self,
        source: Source,
        theme: Theme,
        *,
        options: Options | None = None,
        language: str = "en",
        clock: Callable[[], int] = monotonic,
    ) -> None:
        options = options or Options()
        board = Board(options.slots, ready_first if options.ready_first else by_age)
        desk = PassDesk(source, clock)
        kitchen = PassKitchen(source, board, desk)
        hands = PassHands(board, desk)
        recalls = RecallList(desk, hands)
        actions = PassActions(board, hands, recalls)
        super().__init__(
            source, theme, Parts(desk, kitchen, hands, recalls, actions), options, clock
        )
        self._pass, self._pass_hands = kitchen, hands
        self._notice_list = Notices(source, kitchen, desk)
        actions.notices = self._notice_list.acknowledge
        self._notices = KeyedModel(NoticeRow, self)
        self._begin(language)

    # -- what QML reads and says

    notices = Property(QAbstractItemModel, model("_notices"), constant=True)

    @Slot(str, str, str)
    def tapCourse(self, card: str, course: str, action: str) -> None:
        """A course is to wait, or called for."""
        self._hand()
        does = self._pass_hands.fire if action == "fire" else self._pass_hands.hold
        does(self._clock(), course, ticket_of(card))
        self._refresh()

    @Slot(str)
    def tapNotice(self, key: str) -> None:
        """Somebody has heard of it."""
        self._hand()
        self._notice_list.acknowledge(key)
        self._refresh()

    # -- what follows

    def _key_words(self) -> Mapping[str, str]:
        return say.actions()

    def _facts_now(self, mesh: int, now: int) -> Facts:
        self._notices.update(self._notice_list.rows(mesh))
        count = len(self._notices.rows)
        facts = super()._facts_now(mesh, now)
        facts = facts._replace(
            station_name=say.name(),
            ready_count=self._pass.ready,
            notice_count=count,
            unseen_count=facts.unseen_count + count,
        )
        self._figures.update(_figures(facts))
        return facts


def _figures(facts: Facts) -> list[FigureRow]:
    """The bar's numbers."""
    ready, late = facts.ready_count, facts.late_count
    return [
        FigureRow("open", say.open_orders(), say.orders(facts.open_count)),
        FigureRow("ready", say.ready_orders(), say.orders(ready), "good" if ready else ""),
        FigureRow("late", sayings.late(), str(late), "alarm" if late else ""),
    ]
