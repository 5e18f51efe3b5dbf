"""What people do in a restaurant, from one screen to the next: real nodes, windows and keys."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from common.domain import commands as cmd
from common.domain.events import LinesServed, OrderSubmitted, TicketBumped, TicketShown
from common.domain.floor import floor_command, read_floor
from common.domain.menu import menu_commands, read_menu
from common.domain.order import Order
from common.domain.portions import State
from common.ui.resources import RESOURCES
from tests.helpers import front, kitchen
from tests.helpers.desk import WOK
from tests.helpers.front import Front
from tests.helpers.glass import Glass
from tests.helpers.kitchen import Kitchen
from tests.helpers.store import COUNTER, EXPO, Site
from tests.helpers.xserver import XServer

pytestmark = [pytest.mark.mesh, pytest.mark.slow, pytest.mark.timeout(240)]

STEAM = "steam"
SECOND = "counter-2"
SAMPLE = RESOURCES / "sample"
IN_A_ROW = 40


class Restaurant:
    """The sample restaurant's nodes, its windows on one display, and one person's hands."""

    def __init__(self, home: Path, xserver: XServer) -> None:
        self.site = Site(home, (COUNTER, SECOND, WOK, STEAM, EXPO))
        self.x = xserver
        self._glasses: list[Glass[front.Look] | Glass[kitchen.Look]] = []

    def open(self) -> None:
        """Start the nodes, bring in menu and floor."""
        site = self.site
        site.start()
        site.opened(COUNTER, WOK)
        menu = read_menu((SAMPLE / "menu.json").read_bytes())
        floor = read_floor((SAMPLE / "floor.json").read_bytes())
        for command in (
            *menu_commands(menu, site.new_id, ""),
            floor_command(floor, site.new_id(), ""),
        ):
            site.does(COUNTER, command)
        site.until(lambda: site.client(WOK).house.active is not None, "menu")

    def counter(self, role: str = COUNTER) -> Front:
        """Open a counter's window, with the keys."""
        glass = Front(self.site.folders[role], role, environment=self.x.environment)
        self._glasses.append(glass)
        glass.until(lambda look: look.link == "live", "the counter's board")
        return glass

    def station(self, role: str) -> Kitchen:
        """Open a kitchen screen's window, with the keys."""
        glass = Kitchen(self.site.folders[role], role, environment=self.x.environment)
        self._glasses.append(glass)
        glass.until(lambda look: look.link == "live", "the station's board")
        return glass

    def at(self, window: str, *keys: str) -> None:
        """Turn to a window and press keys there."""
        self.x.await_window(window)
        if keys:
            self.x.press(*keys)

    def order(self, table: str, role: str = WOK) -> Order:
        """The one order of a table as a node knows it."""

        def found() -> list[Order]:
            orders = self.site.client(role).orders.values()
            return [order for order in orders if order.head and order.head.table == table]

        self.site.until(found, "the order")
        (order,) = found()
        return order

    def close(self) -> None:
        """All ends."""
        for glass in self._glasses:
            glass.kill()
        self.site.close()


@pytest.fixture
def house(tmp_path: Path, xserver: XServer) -> Iterator[Restaurant]:
    house = Restaurant(tmp_path / "store", xserver)
    try:
        house.open()
        yield house
    finally:
        house.close()


def until_stages(counter: Front, *stages: str) -> None:
    counter.until(lambda look: [stage for _, stage in look.stages] == list(stages), stages)


def test_an_order_goes_from_the_counter_to_the_guest_by_keys_alone(house: Restaurant) -> None:
    wok, expo, counter = house.station(WOK), house.station(EXPO), house.counter()
    house.at("Counter 1", "F11", "1", "Tab", "8", "Tab", "plus", "plus", "Return")
    house.x.press("g", "b", "j", "d", "Return", "m", "p", "d", "f", "Return", "F12")
    wok.until(lambda look: [card.title for card in look.cards] == ["Table 8"], "the ticket")
    expo.until(lambda look: [card.title for card in look.cards] == ["Table 8"], "at the pass")
    house.at("Wok", "1", "Control_L")
    until_stages(counter, "ready", "ready")
    wok.until(lambda look: not look.open_count, "bumped")
    house.at("Pass", "1", "Control_L")
    until_stages(counter, "served", "served")
    order = house.order("8")
    kinds = (OrderSubmitted, TicketShown, TicketBumped, LinesServed)
    times = [_first(order, kind.__name__) for kind in kinds]
    assert times == sorted(times)
    for kind, time in zip(kinds, times, strict=True):
        print(f"{kind.__name__} {(time - times[0]) / 1000:.0f} ms after the order")


def _first(order: Order, kind: str) -> int:
    return min(event.at for event in order.history if event.kind == kind)


def test_a_fish_that_a_room_adds_is_marked_at_the_steamer(house: Restaurant) -> None:
    steam, _ = house.station(STEAM), house.counter()
    house.at("Counter 1", "F11", "1", "Tab", "o", "r", "c", "h", "i", "d", "Return")
    house.x.press("x", "l", "b", "Return", "F12")
    steam.until(lambda look: look.cards, "the order")
    house.at("Steam", "1")
    house.at("Counter 1", "q", "z", "l", "y", "Return", "F12")
    look = steam.until(lambda look: _tags(look) == ["", "added"], "the fish, marked")
    assert [card.title for card in look.cards] == ["Orchid Room"]
    house.at("Steam", "a")
    steam.until(lambda look: _tags(look) == ["", ""], "seen")


def _tags(look: kitchen.Look) -> list[str]:
    return [row.tag for card in look.cards for row in card.body if row.quantity]


def test_a_guest_rushes_twice_and_the_counter_sees_who_looked(house: Restaurant) -> None:
    wok, counter = house.station(WOK), house.counter()
    house.at("Counter 1", "F11", "1", "Tab", "8", "Return", "g", "b", "j", "d", "Return", "F12")
    wok.until(lambda look: look.cards, "the order")
    for times in (1, 2):
        house.at("Counter 1", "F7")
        said = f"Rush {times}"
        wok.until(lambda look, said=said: said in _chips(look), said)  # type: ignore[misc]
        house.at("Wok", "a")
    house.at("Counter 1", "F4", "8")
    counter.until(
        lambda look: any(
            step.startswith("Rush, for the 2. time, Wok saw it") for step in look.steps
        ),
        "the answer",
    )


def _chips(look: kitchen.Look) -> list[str]:
    return [chip.text for card in look.cards for chip in card.strip]


def test_a_void_against_a_dish_that_is_ready_is_told_to_both(house: Restaurant) -> None:
    site = house.site
    wok, counter = house.station(WOK), house.counter()
    house.at("Counter 1", "F11", "1", "Tab", "8", "Return", "g", "b", "j", "d", "Return", "F12")
    wok.until(lambda look: look.cards, "the order")
    order = house.order("8")
    choices = (cmd.Choice(next(iter(order.lines))),)
    ready = cmd.MarkReady(cmd_id=site.new_id(), order_id=order.id, station=WOK, choices=choices)
    void = cmd.VoidLines(
        cmd_id=site.new_id(), order_id=order.id, choices=choices, reason="changed their mind"
    )
    # Both leave before either node can have heard of the other's.
    site.client(WOK).send(ready)
    site.client(COUNTER).send(void)
    told = "Table 8: Kung Pao Chicken voided after it was cooked"
    counter.until(lambda look: look.hint == told, "told at the counter")
    wok.until(lambda look: look.hint == told, "told at the wok")


def test_forty_orders_in_a_row_are_taken_by_keys(house: Restaurant) -> None:
    house.counter()
    house.at("Counter 1")
    for _ in range(IN_A_ROW):
        house.x.press("g", "b", "j", "d", "Return", "F12", "Insert")
    orders = house.site.client(WOK).orders
    house.site.until(lambda: len(orders) == IN_A_ROW, "all orders at the wok")
    numbers = {house.site.client(WOK).house.number(order) for order in orders}
    assert len(numbers) == IN_A_ROW
    assert all(len(order.lines) == 1 for order in orders.values())


def test_two_counters_work_on_one_table(house: Restaurant) -> None:
    one, two = house.counter(), house.counter(SECOND)
    to_table_8: Callable[[str], None] = lambda window: house.at(  # noqa: E731
        window, "F11", "1", "Tab", "8", "Return"
    )
    to_table_8("Counter 1")
    house.x.press("g", "b", "j", "d", "Return", "F12")
    two.until(lambda look: look.link == "live", "a board")
    house.order("8")
    to_table_8("Counter 2")
    until_stages(two, "")
    # The first one begins something; the second one sends something meanwhile.
    house.at("Counter 1", "m", "p", "d", "f", "Return")
    until_stages(one, "", "unsent")
    house.at("Counter 2", "s", "z", "y", "Return", "F12")
    look = one.until(lambda look: len(look.lines) == 3, "both")
    assert [row.stage for row in look.lines] == ["", "", "unsent"]
    assert "Counter 2" in look.lines[1].foreign
    house.at("Counter 1", "F12")
    until_stages(two, "", "", "")


def test_an_order_is_taken_rushed_and_served_by_touch_alone(house: Restaurant) -> None:
    site = house.site
    counter = house.counter()
    for text in ("Takeaway", "Dine-in", "Table 8", "Done", "Kung Pao Chicken", "Mapo Tofu"):
        counter.touch(text)
    counter.until(lambda look: len(look.lines) == 2, "two dishes")
    counter.touch("Send to kitchen")
    order = house.order("8")
    assert [line.record.en for line in order.lines.values()] == ["Kung Pao Chicken", "Mapo Tofu"]
    until_stages(counter, "", "")
    counter.touch("Rush")
    site.until(lambda: order.rushes, "rushed")
    (ticket,) = order.open_tickets(WOK)
    bump = cmd.BumpTicket(
        cmd_id=site.new_id(),
        order_id=order.id,
        station=WOK,
        batch=ticket.batch,
        seen=tuple(order.lines),
    )
    site.does(WOK, bump)
    until_stages(counter, "ready", "ready")
    for text in ("Tables", "Table 8", "Serve"):
        counter.touch(text)
    site.until(lambda: all(line.state is State.SERVED for line in order.lines.values()), "served")
