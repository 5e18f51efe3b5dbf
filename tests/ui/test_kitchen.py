"""A station's screen on real nodes, worked as a cook works it; its own models are the truth."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from itertools import cycle
from pathlib import Path

import pytest

from kds.screens.rows import CardRow
from tests.helpers.kitchen import Kitchen, Look
from tests.helpers.rush import HOUSE, Rush
from tests.helpers.store import COUNTER, Site
from tests.helpers.xserver import XServer

pytestmark = [pytest.mark.mesh, pytest.mark.slow, pytest.mark.timeout(180)]

STATION = "line" if HOUSE.name == "burrito-house" else "wok"
ORDERS, AT_ONCE = 20, 6
BEGUN = 3
"""How many tickets begin by themselves where nothing else is set."""


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    site = Site(tmp_path / "store", (COUNTER, STATION))
    try:
        site.start()
        site.opened(COUNTER)
        yield site
    finally:
        site.close()


@pytest.fixture
def kitchens() -> Iterator[list[Kitchen]]:
    """All screens that a test opened end with it."""
    opened: list[Kitchen] = []
    yield opened
    for kitchen in opened:
        kitchen.kill()


def test_a_rush_is_worked_by_keys_alone(
    site: Site, xserver: XServer, kitchens: list[Kitchen]
) -> None:
    kitchen = Kitchen(site.folders[STATION], STATION, environment=xserver.environment)
    kitchens.append(kitchen)
    kitchen.until(lambda look: look.active and look.link != "opening", "the keys")
    bumps = cycle(("Control_L", "Return", "KP_Enter"))

    def work(card: CardRow) -> None:
        xserver.press(str(card.slot % 10))
        kitchen.until(lambda look: (now := look.card(card.key)) is None or now.selected, "selected")
        xserver.press(next(bumps))

    work_through(Rush(site, STATION, ORDERS, AT_ONCE), kitchen, work)
    everything_is_bumped(site, kitchen)


def test_every_view_is_a_key_away(site: Site, xserver: XServer, kitchens: list[Kitchen]) -> None:
    kitchen = Kitchen(site.folders[STATION], STATION, environment=xserver.environment)
    kitchens.append(kitchen)
    kitchen.until(lambda look: look.active and look.link != "opening", "the keys")
    Rush(site, STATION, 1, 1).go_on()
    ticket = settled(kitchen, 1).cards[0]
    xserver.press("s")
    kitchen.until(lambda look: look.overlay == "summary", "the summary")
    xserver.press("F1")
    kitchen.until(lambda look: look.overlay == "keys", "the map of keys")
    xserver.press("Escape")
    kitchen.until(lambda look: look.overlay == "", "closed")
    xserver.press("Tab")
    kitchen.until(lambda look: look.mode == "dishes", "by dish")
    xserver.press("Tab")
    kitchen.until(lambda look: look.mode == "tickets", "by ticket")
    xserver.press("F2")
    kitchen.until(lambda look: look.language == "zh_CN", "Chinese")
    # A dish at a time, then back by the key that bars call RECALL.
    xserver.press("1", "Down", "space")
    kitchen.until(lambda look: "ready" in stages(look, ticket.key), "a dish is ready")
    xserver.press("1", "Control_L")
    kitchen.until(lambda look: not look.open_count, "bumped")
    xserver.press("KP_Subtract")
    kitchen.until(lambda look: look.open_count, "undone")
    xserver.press("1", "Return")
    kitchen.until(lambda look: not look.open_count, "bumped again")
    xserver.press("BackSpace", "KP_Subtract")
    kitchen.until(lambda look: look.overlay == "recall", "the recall list")


def test_a_rush_is_worked_by_touch_alone(site: Site, kitchens: list[Kitchen]) -> None:
    kitchen = opened(site, kitchens)

    def work(card: CardRow) -> None:
        undone = [row for row in card.body if row.kind == "line" and row.stage == "cooking"]
        if len(undone) > 1:  # dish by dish, the last ones with the whole ticket
            row = undone[0]
            x, _ = header_of(kitchen, card)
            kitchen.tap(x, kitchen.look.top + card.y + row.y + row.height / 2)
        else:
            kitchen.tap(*header_of(kitchen, card))

    work_through(Rush(site, STATION, ORDERS, AT_ONCE), kitchen, work)
    everything_is_bumped(site, kitchen)


def test_a_screen_that_is_killed_shows_the_same_board_again(
    site: Site, kitchens: list[Kitchen]
) -> None:
    kitchen = opened(site, kitchens)
    rush = Rush(site, STATION, ORDERS, AT_ONCE)
    rush.go_on()
    before = settled(kitchen, AT_ONCE)
    kitchen.kill()
    again = opened(site, kitchens)
    again.until(lambda look: look.tickets == before.tickets, "the same board")


def test_a_node_that_is_killed_leaves_the_last_picture_and_comes_back(
    site: Site, kitchens: list[Kitchen]
) -> None:
    kitchen = opened(site, kitchens)
    rush = Rush(site, STATION, ORDERS, AT_ONCE)
    rush.go_on()
    before = settled(kitchen, AT_ONCE)
    site.kill(STATION)
    silent = kitchen.until(lambda look: look.link == "silent", "the banner")
    assert silent.link_text
    assert silent.tickets == before.tickets
    site.start(STATION)
    back = kitchen.until(lambda look: look.link in {"live", "alone"}, "back")
    assert back.tickets == before.tickets
    work_through(rush, kitchen, lambda card: kitchen.tap(*header_of(kitchen, card)))
    everything_is_bumped(site, kitchen)


def opened(site: Site, kitchens: list[Kitchen]) -> Kitchen:
    """A screen without a display, with its board."""
    kitchens.append(Kitchen(site.folders[STATION], STATION, "--offscreen"))
    kitchens[-1].until(lambda look: look.link != "opening", "a board")
    return kitchens[-1]


def settled(kitchen: Kitchen, tickets: int) -> Look:
    """The board once all has come, and what begins by itself has begun on the page."""

    def begun(look: Look) -> bool:
        first = list(look.tickets.values())[:BEGUN]
        return look.open_count == tickets and all(
            stage == "cooking" for lines in first for _, _, stage in lines
        )

    return kitchen.until(begun, "a full board")


def header_of(kitchen: Kitchen, card: CardRow) -> tuple[float, float]:
    """Where a ticket's header is in the window."""
    return card.x + card.width / 2, kitchen.look.top + card.y + card.header_height / 2


def work_through(rush: Rush, kitchen: Kitchen, work: Callable[[CardRow], None]) -> None:
    """Do what a stroke of work is on the oldest ticket, until the rush is over."""

    def served() -> bool:
        # The counter may be late to hear of what was bumped: guests are asked again and again.
        rush.go_on()
        return bool(kitchen.look.cards) or rush.over

    while not rush.over:
        rush.site.until(served, "tickets")
        for card in kitchen.look.cards[:1]:
            work(card)
            # It is gone, or asks for a second stroke because of something that nobody has seen.
            kitchen.until(partial(differs, card), "an effect")


def stages(look: Look, ticket: str) -> set[str]:
    return {stage for _, _, stage in look.tickets.get(ticket, ())}


def differs(card: CardRow, look: Look) -> bool:
    return look.card(card.key) != card


def everything_is_bumped(site: Site, kitchen: Kitchen) -> None:
    kitchen.until(lambda look: not look.open_count and not look.cards, "all bumped")
    site.opened(STATION)
    site.settle(COUNTER, STATION)
    assert site.events(COUNTER) == site.events(STATION)
