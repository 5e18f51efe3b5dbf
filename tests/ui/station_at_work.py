"""A station's screen in a scene, worked by hand: its clock stands until it is put on."""

from __future__ import annotations

from typing import Any

from pytestqt.qtbot import QtBot

from common.domain.clock import SECOND
from common.domain.commands import AnyCommand
from common.domain.order import Order
from common.ui.scenes import build
from common.ui.scenes.source import SceneSource
from common.ui.scenes.story import Story, line_of
from common.ui.theme import Theme
from kds.screens.rows import BodyRow, CardRow
from kds.screens.screen import Options
from kds.screens.station import StationScreen

SIZE = (3840, 894)
"""A cards' area with room for a rush in English."""


class Told(SceneSource):
    """A scene's source that remembers what it was asked."""

    asked: list[AnyCommand]

    def submit(self, command: AnyCommand) -> None:
        self.asked = [*getattr(self, "asked", ()), command]
        super().submit(command)


class AtWork:
    """A screen, and the hands of whoever stands before it."""

    def __init__(
        self, qtbot: QtBot, scene: str | Story = "rush", options: Options | None = None
    ) -> None:
        self.now = 100 * SECOND
        self.qtbot = qtbot
        told = build(scene if isinstance(scene, str) else "empty")
        if isinstance(scene, Story):
            told = told._replace(restaurant=scene)
        self.source = Told(told)
        self.theme = Theme()
        self.screen = StationScreen(
            self.source,
            "wok",
            self.theme,
            adopted=told.adopted,
            options=options or Options(auto_start=0),
            clock=lambda: self.now,
        )
        self.screen.resize(*SIZE)
        self.screen.resizeAllDay(1000)

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
