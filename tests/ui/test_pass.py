"""The pass's screen on real nodes: what the wok bumps is served here, by keys and by touch."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest

from common.domain import commands as cmd
from common.domain.order import Order
from common.domain.portions import State
from kds.screens.rows import CardRow
from tests.helpers.desk import WOK, item
from tests.helpers.kitchen import Kitchen
from tests.helpers.store import COUNTER, EXPO, Site
from tests.helpers.xserver import XServer

pytestmark = [pytest.mark.mesh, pytest.mark.slow, pytest.mark.timeout(180)]

ORDERS = 4


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    site = Site(tmp_path / "store", (COUNTER, WOK, EXPO))
    try:
        site.start()
        site.opened(COUNTER, WOK)
        site.brings_menu()
        yield site
    finally:
        site.close()


@pytest.fixture
def screens() -> Iterator[list[Kitchen]]:
    """All screens that a test opened end with it."""
    opened: list[Kitchen] = []
    yield opened
    for screen in opened:
        screen.kill()


def test_orders_are_served_by_keys_alone(
    site: Site, xserver: XServer, screens: list[Kitchen]
) -> None:
    screen = Kitchen(site.folders[EXPO], EXPO, environment=xserver.environment)
    screens.append(screen)
    screen.until(lambda look: look.active and look.link != "opening", "the keys")

    def serve(card: CardRow) -> None:
        xserver.press(str(card.slot))
        screen.until(lambda look: (now := look.card(card.key)) is None or now.selected, "selected")
        xserver.press("Control_L")

    serve_all(site, screen, serve)
    # Back by the key that bars call RECALL, and out again dish by dish.
    xserver.press("BackSpace")
    card = screen.until(lambda look: look.cards, "undone or recalled").cards[0]
    xserver.press(str(card.slot), "space")
    xserver.press("space")
    screen.until(lambda look: not look.open_count, "served dish by dish")


def test_orders_are_served_by_touch_alone(site: Site, screens: list[Kitchen]) -> None:
    screen = Kitchen(site.folders[EXPO], EXPO, "--offscreen")
    screens.append(screen)
    screen.until(lambda look: look.link != "opening", "a board")

    def serve(card: CardRow) -> None:
        row = next(row for row in card.body if row.stage == "ready")
        x = card.x + card.width / 2
        screen.tap(x, screen.look.top + card.y + row.y + row.height / 2)
        until_stages(screen, ["served", "ready"])
        screen.tap(x, screen.look.top + card.y + card.header_height / 2)

    serve_all(site, screen, serve)


def test_a_course_waits_until_the_pass_fires_it(
    site: Site, xserver: XServer, screens: list[Kitchen]
) -> None:
    screen = Kitchen(site.folders[EXPO], EXPO, environment=xserver.environment)
    screens.append(screen)
    screen.until(lambda look: look.active and look.link != "opening", "the keys")
    order = ordered(site, item("w1"), item("w2"))
    screen.until(lambda look: look.cards, "the order")
    xserver.press("1", "h")
    until_stages(screen, ["held", "held"])
    xserver.press("f")
    until_stages(screen, ["", ""])
    bumped(site, order)
    until_stages(screen, ["ready", "ready"])


def ordered(site: Site, *lines: cmd.LineInput) -> bytes:
    """An order as the wok knows it."""
    command = site.submission(*lines, table="8")
    site.does(COUNTER, command)
    site.until(lambda: site.has(WOK, [command.order_id]), "at the wok")
    return command.order_id


def bumped(site: Site, order_id: bytes) -> None:
    """The wok is done with it."""
    order: Order = site.client(WOK).orders[order_id]
    (ticket,) = order.open_tickets(WOK)
    lines = tuple(line.id for line in order.ticket_lines(WOK, ticket.batch))
    command = cmd.BumpTicket(
        cmd_id=site.new_id(), order_id=order_id, station=WOK, batch=ticket.batch, seen=lines
    )
    site.does(WOK, command)


def serve_all(site: Site, screen: Kitchen, serve: Callable[[CardRow], None]) -> None:
    """Each order is cooked, served at the pass, and gone everywhere."""
    for _ in range(ORDERS):
        order = ordered(site, item("w1"), item("w2"))
        screen.until(lambda look: look.cards, "the order")
        bumped(site, order)
        card = screen.until(lambda look: look.cards and look.cards[0].ready, "all ready").cards[0]
        serve(card)
        screen.until(lambda look: not look.open_count, "served")
        site.until(partial(is_served, site, order), "served everywhere")


def is_served(site: Site, order_id: bytes) -> bool:
    return site.client(COUNTER).orders[order_id].state is State.SERVED


def until_stages(screen: Kitchen, stages: list[str]) -> None:
    screen.until(
        lambda look: (
            look.cards
            and [row.stage for row in look.cards[0].body if row.kind == "line" and row.quantity]
            == stages
        ),
        stages,
    )
