"""A kitchen screen in a scene, worked by hand: its clock stands until it is put on."""

from __future__ import annotations

from typing import Any, Generic, TypeVar

from pytestqt.qtbot import QtBot

from common.domain.clock import SECOND
from common.domain.commands import AnyCommand
from common.domain.order import Order
from common.ui.scenes import build
from common.ui.scenes.source import SceneSource
from common.ui.scenes.story import Story, line_of
from common.ui.theme import Theme
from kds.screens.expo import ExpoScreen
from kds.screens.rows import BodyRow, CardRow
from kds.screens.screen import KitchenScreen, Options
from kds.screens.station import StationScreen

SIZE = (3840, 894)
"""A cards' area with room for a rush in English at the wok."""


class Told(SceneSource):
    """A scene's source that remembers what it was asked."""

    asked: list[AnyCommand]

    def submit(self, command: AnyCommand) -> None:
        self.asked = [*getattr(self, "asked", ()), command]
        super().submit(command)


S = TypeVar("S", bound=KitchenScreen)


class BeforeScreen(Generic[S]):
    """A screen, and the hands of whoever stands before it."""

    ROLE = "wok"
    SIZE = SIZE

    def __init__(
        self, qtbot: QtBot, scene: str | Story = "rush", options: Options | None = None
    ) -> None:
        self.now = 100 * SECOND
        self.qtbot = qtbot
        told = build(scene if isinstance(scene, str) else "empty", self.ROLE)
        if isinstance(scene, Story):
            told = told._replace(restaurant=scene)
        self.source = Told(told)
        self.theme = Theme()
        self.screen = self.open(options or Options(auto_start=0))
        self.screen.resize(*self.SIZE)

    def open(self, options: Options) -> S:
        raise NotImplementedError

    @property
    def story(self) -> Story:
        restaurant = self.source.scene.restaurant
        assert isinstance(restaurant, Story)
        return restaurant

    def rows(self, model: str) -> tuple[Any, ...]:
        rows: tuple[Any, ...] = self.screen.property(model).rows
        return rows

    @property
    def cards(self) -> tuple[CardRow, ...]:
        return self.rows("cards")

    @property
    def slots(self) -> dict[str, str]:
        """Title → slot, as the cards stand."""
        return {card.title: card.slot_text for card in self.cards}

    def card(self, title: str) -> CardRow:
        return next(card for card in self.cards if card.title == title)

    def line(self, title: str, sku: str) -> BodyRow:
        """A dish's first row."""
        key = line_of(self.order(title), sku).key
        rows = (row for card in self.cards if card.title == title for row in card.body)
        return next(row for row in rows if row.key == key)

    def order(self, title: str) -> Order:
        return self.source.orders[bytes.fromhex(self.card(title).key.partition("/")[0])]

    def happened(self, *orders: Order) -> None:
        """The story went on elsewhere."""
        self.source.changed.emit(frozenset(order.id for order in orders))

    def passes(self, seconds: float) -> None:
        """Time goes by, and the screen's own timers with it."""
        self.now += int(seconds * SECOND)
        self.source.advance(int(seconds * SECOND))
        self.screen.tick()

    def until_answered(self, count: int = 1) -> None:
        """All that was asked is answered."""
        with self.qtbot.waitSignals([self.source.answered] * count):
            pass

    def act(self, action: str, n: int = 0) -> None:
        self.screen.act(action, n)

    def does(self, action: str, n: int = 0, answers: int = 1) -> None:
        """A key that asks the node for something, which answers."""
        with self.qtbot.waitSignals([self.source.answered] * answers):
            self.screen.act(action, n)

    def taps(self, title: str, sku: str, *, quantity: bool = False) -> None:
        """A finger on a dish, or on its quantity; the node answers."""
        tap = self.screen.tapQuantity if quantity else self.screen.tapLine
        with self.qtbot.waitSignal(self.source.answered):
            tap(self.card(title).key, self.line(title, sku).line)

    @property
    def hint(self) -> str:
        return self.screen.facts.hint


class AtWork(BeforeScreen[StationScreen]):
    """The wok's."""

    def open(self, options: Options) -> StationScreen:
        screen = StationScreen(
            self.source,
            self.ROLE,
            self.theme,
            adopted=self.source.scene.adopted,
            options=options,
            clock=lambda: self.now,
        )
        screen.resizeAllDay(1000)
        return screen


class AtPass(BeforeScreen[ExpoScreen]):
    """The pass's."""

    ROLE = "expo"
    SIZE = (3840, 1400)

    def open(self, options: Options) -> ExpoScreen:
        return ExpoScreen(self.source, self.theme, options=options, clock=lambda: self.now)
