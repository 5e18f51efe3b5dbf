"""A kitchen station's screen as QML sees it: its tickets, its dishes, what is to be made in all."""
# ruff: noqa: N802, N815 - QML's names

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Property, QAbstractItemModel, Slot

from common.ui import words
from common.ui.keyed_model import KeyedModel
from common.ui.source import Source
from common.ui.theme import Theme
from kds.screens import sayings
from kds.screens.actions import Actions
from kds.screens.allday import all_day, fitting
from kds.screens.board import Board
from kds.screens.desk import Desk
from kds.screens.facts import Facts
from kds.screens.hands import Hands
from kds.screens.kitchen import Kitchen
from kds.screens.lists import DishList, RecallList
from kds.screens.rows import AllDayRow, DishRow, FigureRow
from kds.screens.screen import KitchenScreen, Options, Parts, model, monotonic


class StationScreen(KitchenScreen):
    """One station's screen on a source; `adopted` are stations whose tickets it shows too."""

    def __init__(
        self,
        source: Source,
        station: str,
        theme: Theme,
        *,
        adopted: tuple[str, ...] = (),
        options: Options | None = None,
        language: str = "en",
        clock: Callable[[], int] = monotonic,
    ) -> None:
        options = options or Options()
        board = Board(options.slots)
        desk = Desk(station, source.submit, source.new_id, clock)
        hands = Hands(board, desk)
        recalls = RecallList(desk, hands)
        self._dish_list = DishList(board, desk, hands)
        actions = Actions(board, hands, recalls, self._dish_list)
        kitchen = Kitchen(source, station, adopted, board, desk)
        super().__init__(
            source, theme, Parts(desk, kitchen, hands, recalls, actions), options, clock
        )
        self._room = 0
        self._all_day = KeyedModel(AllDayRow, self)
        self._summary = KeyedModel(AllDayRow, self)
        self._dishes = KeyedModel(DishRow, self)
        self._begin(language)

    # -- what QML reads

    allDay = Property(QAbstractItemModel, model("_all_day"), constant=True)
    summary = Property(QAbstractItemModel, model("_summary"), constant=True)
    dishes = Property(QAbstractItemModel, model("_dishes"), constant=True)

    # -- what QML says

    @Slot(float)
    def resizeAllDay(self, width: float) -> None:
        """The all-day strip's chips have so much room."""
        self._room = int(width)
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

    # -- what follows

    def _before_cards(self) -> None:
        if self._source.link.state == "live":
            self._kitchen.begin(self._options.auto_start)

    def _facts_now(self, mesh: int, now: int) -> Facts:
        kitchen, place = self._kitchen, self._kitchen.place
        totals = all_day(kitchen.board.in_order, self._hands.dish, self._language)
        chips, more = fitting(totals, self._room, self._measure, self._metrics)
        self._all_day.update(chips)
        self._summary.update(totals if self._actions.overlay == "summary" else ())
        by_dish = self._actions.mode == "dishes"
        self._dishes.update(self._dish_list.rows(mesh, self._language) if by_dish else ())
        adopted = words.listed([place.name_of(station) for station in place.adopted])
        facts = (
            super()
            ._facts_now(mesh, now)
            ._replace(
                average=kitchen.average(mesh),
                adopted_text=sayings.taken_over(adopted) if adopted else "",
                all_day_more=sayings.more_dishes(more) if more else "",
            )
        )
        self._figures.update(_figures(facts))
        return facts


def _figures(facts: Facts) -> list[FigureRow]:
    """The bar's numbers; the hour's average goes where there is little room."""
    late = FigureRow(
        "late", sayings.late(), str(facts.late_count), "alarm" * bool(facts.late_count)
    )
    figures = [FigureRow("open", sayings.to_do(), sayings.tickets(facts.open_count)), late]
    if facts.average:
        figures.append(FigureRow("average", sayings.last_hour(), facts.average, optional=True))
    return figures
