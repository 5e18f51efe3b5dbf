"""The tables' page does what a waiter's hands mean, by keys and by touch."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from common.domain.clock import SECOND
from common.domain.house import EXPO
from common.domain.portions import State
from common.ui.places import place_of
from common.ui.scenes import build
from common.ui.scenes.restaurant import TILL
from common.ui.scenes.story import line_of
from foh.screens.counter import CounterScreen
from foh.screens.tables import TablesPage
from foh.screens.tiles import TileRow
from foh.screens.till import Till
from kds.screens.expo_orders import order_views
from kds.screens.tickets import ticket_views
from tests.ui.station_at_work import Told


class AtTheTill:
    """The counter's screen with the tables before the cashier."""

    def __init__(self, qtbot: QtBot, scene: str = "rush") -> None:
        self.now = 100 * SECOND
        self.qtbot = qtbot
        self.source = Told(build(scene, TILL))
        self.till = Till(self.source, TILL, "en", lambda: self.now)
        self.page = TablesPage(self.till)
        self.page.resize(4)
        self.screen = CounterScreen(self.till, (self.page,))

    def does(self, action: str, text: str = "") -> None:
        """A key that sends something; until it is answered."""
        with self.qtbot.waitSignal(self.source.answered, timeout=2_000):
            self.screen.act(action, text)
        self.passes()

    def passes(self) -> None:
        """Hands rest for a second."""
        self.now += SECOND
        self.screen.tick()

    def types(self, text: str) -> None:
        for letter in text:
            self.screen.act("type", letter)

    @property
    def tiles(self) -> dict[str, TileRow]:
        sections = self.page.property("sections").rows
        return {tile.key: tile for section in sections for tile in section.tiles}

    @property
    def selected(self) -> str:
        (found,) = [tile.key for tile in self.tiles.values() if tile.selected]
        return found

    def line(self, table: str, sku: str) -> State:
        order = next(
            order
            for order in self.source.orders.values()
            if order.head and order.head.table == table and not order.closed
        )
        return line_of(order, sku).state


@pytest.fixture
def rush(qtbot: QtBot, qapp: object) -> AtTheTill:
    return AtTheTill(qtbot)


def figures(screen: CounterScreen) -> dict[str, str]:
    return {row.key: row.value for row in screen.property("figures").rows}


def test_the_bar_counts_and_the_rail_says_where_something_can_be_served(rush: AtTheTill) -> None:
    assert figures(rush.screen)["ready"] == "4"
    assert figures(rush.screen)["late"] == "2"
    (nav,) = rush.screen.property("nav").rows
    assert (nav.text, nav.badge) == ("Tables", "4")
    assert rush.screen.facts.headline == "Tables"


def test_a_table_is_chosen_by_its_number(rush: AtTheTill) -> None:
    assert rush.selected == "t:8"
    rush.types("1")
    assert rush.selected == "t:1"
    rush.types("1")
    assert rush.selected == "t:11"
    rush.now += 2 * SECOND
    rush.types("5")
    assert rush.selected == "t:5"
    rush.now += 2 * SECOND
    rush.types("t4")
    assert rush.selected == "t:T4"
    rush.now += 2 * SECOND
    rush.types("99")
    assert rush.screen.facts.hint == "Table 99: none"
    assert rush.selected == "t:9"


def test_arrows_go_through_rows_and_sections(rush: AtTheTill) -> None:
    keys = list(rush.tiles)
    rush.screen.act("right")
    assert rush.selected == keys[1]
    rush.screen.act("down")
    assert rush.selected == keys[5]
    rush.screen.act("down")
    assert rush.selected.startswith("o:")
    rush.screen.act("last")
    assert rush.selected == keys[-1]
    rush.screen.act("first")
    assert rush.selected == keys[0]


def test_what_is_ready_is_served_and_taken_back_by_key(rush: AtTheTill) -> None:
    rush.does("type", " ")
    assert rush.line("8", "kung-pao") is State.SERVED
    assert rush.line("8", "boiled-fish") is State.COOKING
    assert rush.screen.facts.undo_text == "Undo: served Table 8"
    rush.does("undo")
    assert rush.line("8", "kung-pao") is State.READY


def test_one_dish_is_served_by_a_touch(rush: AtTheTill) -> None:
    rush.page.tap("t:2")
    assert rush.selected == "t:2"
    dish = rush.page.property("lines").rows[0]
    with rush.qtbot.waitSignal(rush.source.answered, timeout=2_000):
        rush.page.tapLine(dish.key)
    states = sorted(row.stage for row in rush.page.property("lines").rows)
    assert states == ["ready", "served"]


def test_a_dish_that_is_marked_is_meant_alone(rush: AtTheTill) -> None:
    rush.types("11")
    rush.screen.act("tab")
    rush.screen.act("down")
    marked = [row for row in rush.page.property("lines").rows if row.on]
    assert len(marked) == 1
    rush.does("type", "h")
    stages = [row.stage for row in rush.page.property("lines").rows]
    assert stages.count("held") == 1
    rush.does("type", "f")
    assert "held" not in [row.stage for row in rush.page.property("lines").rows]


def test_a_free_table_is_ordered_for(rush: AtTheTill) -> None:
    pages: list[str] = []
    rush.page.turn.connect(pages.append)
    rush.types("12")
    rush.screen.act("enter")
    assert (pages, rush.till.order_id, rush.till.table) == (["order"], None, "12")


def test_the_same_tables_stand_as_on_the_floor(rush: AtTheTill) -> None:
    rush.screen.act("arrange")
    sections = rush.page.property("sections").rows
    assert [section.title for section in sections][:3] == ["Hall", "Private Rooms", "Terrace"]
    assert [tile.title for tile in sections[0].tiles][:3] == ["Table 1", "Table 2", "Table 3"]
    assert figures(rush.screen)["used"] == "7 / 24"


def test_no_tile_moves_under_a_hand(rush: AtTheTill) -> None:
    before = list(rush.tiles)
    order = next(
        o for o in rush.source.orders.values() if o.head and o.head.table == "2" and not o.closed
    )
    with rush.qtbot.waitSignal(rush.source.answered, timeout=2_000):
        rush.types("8")
        rush.screen.act("serve")
    assert list(rush.tiles) == before
    story = rush.source.scene.restaurant
    story.serves(order, "12:24:11")  # type: ignore[attr-defined]
    rush.source.changed.emit(frozenset((order.id,)))
    assert list(rush.tiles) == before
    rush.passes()
    assert list(rush.tiles) != before


def test_a_rush_is_on_the_tile(rush: AtTheTill) -> None:
    rush.types("5")
    rush.does("type", "r")
    assert "Rush 1" in rush.tiles["t:5"].note


def test_where_nothing_can_be_done_that_is_said(rush: AtTheTill) -> None:
    rush.types("3")
    rush.screen.act("type", " ")
    assert rush.screen.facts.hint == "No dish here for that"


def test_enter_goes_to_the_order_of_the_table(rush: AtTheTill) -> None:
    pages: list[str] = []
    rush.page.turn.connect(pages.append)
    rush.types("5")
    rush.screen.act("enter")
    assert pages == ["order"]
    assert rush.till.table == "5"
    assert rush.till.order is not None
    assert rush.till.order.head is not None
    assert rush.till.order.head.table == "5"


def test_the_whole_way_comes_with_where_it_is_kept(rush: AtTheTill) -> None:
    def kept() -> bool:
        return bool(rush.page.property("steps").rows[0].detail)

    rush.qtbot.waitUntil(kept)
    first = rush.page.property("steps").rows[0]
    assert first.detail == "stored by 5 others, the first in 4 ms"


@pytest.mark.parametrize("scene", ["rush", "quiet", "changes", "allergy"])
def test_station_and_floor_agree(qtbot: QtBot, qapp: object, scene: str) -> None:
    """The same tables with the same dishes in the same states, of the same age."""
    floor = AtTheTill(qtbot, scene)
    source, now = floor.source, floor.source.mesh_now()
    wok = place_of(source.house, "wok", (), "en")
    sat = {order.id: s for s in floor.page.sat.values() for order in s.orders}
    seen = 0
    for order in source.orders.values():
        for ticket in ticket_views(order, source.house, wok):
            seen += 1
            assert order.id in sat, "what the wok cooks stands on the floor"
            sitting = sat[order.id]
            assert ticket.title in (sitting.title, sitting.key)
            here = {dish.key: dish for dish in sitting.dishes}
            for line in ticket.lines:
                stage = "ready" if here[line.key].stage == "served" else here[line.key].stage
                assert stage == (line.stage or "todo")
                assert (here[line.key].warn_s, here[line.key].late_s) == (line.warn_s, line.late_s)
            timer, whole = ticket.timer(now), sitting.timer(now)
            grades = ["unseen", "ok", "warn", "late"]
            assert grades.index(whole.age) >= grades.index(timer.age)
            only_here = all(dish.stage != "ready" for dish in sitting.dishes)
            if only_here and any(line.waiting for line in ticket.lines):
                assert timer.text == whole.text
    assert seen > 0


@pytest.mark.parametrize("scene", ["rush", "quiet", "changes", "allergy", "all_held"])
def test_pass_and_floor_agree(qtbot: QtBot, qapp: object, scene: str) -> None:
    """The same orders with the same dishes in the same states, on the same clock."""
    floor = AtTheTill(qtbot, scene)
    source, now = floor.source, floor.source.mesh_now()
    at_pass = place_of(source.house, EXPO, (), "en")
    sat = {order.id: s for s in floor.page.sat.values() for order in s.orders}
    seen = 0
    for order in source.orders.values():
        for view in order_views(order, source.house, at_pass):
            seen += 1
            sitting = sat[order.id]
            assert view.title in (sitting.title, sitting.key)
            here = {dish.key: dish.stage for dish in sitting.dishes}
            stages = {line.key: line.stage or "todo" for line in view.lines}
            assert stages == {key: stage for key, stage in here.items() if key in stages}
            if len(sitting.orders) == 1 and any(line.waiting for line in view.lines):
                assert view.timer(now).text == sitting.timer(now).text
    assert seen > 0
