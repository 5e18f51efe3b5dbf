"""The counter's screen on real nodes, worked by keys; what comes to the wok is the truth."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from common.domain.menu import menu_commands, read_menu
from common.domain.order import Order
from common.ui.resources import RESOURCES
from foh.keeper import FILE
from tests.helpers.desk import WOK
from tests.helpers.store import COUNTER, DEADLINE_S, Site
from tests.helpers.xserver import XServer

pytestmark = [pytest.mark.mesh, pytest.mark.slow, pytest.mark.timeout(180)]

WINDOW = "Counter 1"
ROOT = Path(__file__).parents[2]


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    site = Site(tmp_path / "store")
    try:
        site.start()
        site.opened(COUNTER, WOK)
        menu = read_menu((RESOURCES / "sample" / "menu.json").read_bytes())
        for command in menu_commands(menu, site.new_id, ""):
            site.does(COUNTER, command)
        yield site
    finally:
        site.close()


@pytest.fixture
def screen(site: Site, xserver: XServer) -> Iterator[Callable[[], subprocess.Popen[bytes]]]:
    """Opens the counter's screen, which has the keys when it is told."""
    opened: list[subprocess.Popen[bytes]] = []

    def open_it() -> subprocess.Popen[bytes]:
        argv = [sys.executable, "-m", "foh", "--data", str(site.folders[COUNTER])]
        environment = os.environ | xserver.environment
        opened.append(subprocess.Popen([*argv, "--lang", "en"], cwd=ROOT, env=environment))
        xserver.await_window(WINDOW)
        return opened[-1]

    yield open_it
    for process in opened:
        process.kill()
        process.wait()


def at_the_wok(site: Site, table: str) -> list[Order]:
    return [
        order
        for order in site.client(WOK).orders.values()
        if order.head is not None and order.head.table == table
    ]


def dishes(order: Order) -> list[tuple[str, int]]:
    return [(line.record.zh, line.record.qty // 1000) for line in order.lines.values()]


def test_an_order_taken_by_keys_comes_to_the_wok(
    site: Site, xserver: XServer, screen: Callable[[], object]
) -> None:
    screen()
    # Dine-in, table 8, two guests; then dishes by initials, by number, three of one.
    xserver.press("F11", "1", "Tab", "8", "Tab", "plus", "plus", "Return")
    xserver.press("g", "b", "j", "d", "Return", "2", "0", "4", "Return")
    xserver.press("3", "asterisk", "m", "p", "d", "f", "Return", "F12")
    site.until(lambda: at_the_wok(site, "8"), "the order")
    (order,) = at_the_wok(site, "8")
    assert order.head is not None
    assert (order.head.covers, order.head.payment) == (2, "counter")
    first, _, third = dishes(order)
    assert first == ("宫保鸡丁", 1)
    assert third == ("麻婆豆腐", 3)
    # More for the same table is added, with a note; a dish that is sent is rushed and taken back.
    xserver.press("m", "p", "d", "f", "Return", "F10")
    xserver.press("Up", "o", "k", "Return", "control+Return")
    site.until(lambda: len(order.lines) == 4, "more")
    assert [line.note for line in order.lines.values()][-1] == "ok"
    xserver.press("F7")
    site.until(lambda: order.rushes, "rushed")
    xserver.press("Tab", "End", "F8", "2", "Return")
    site.until(lambda: order.total == sum(_price(order, nth) for nth in range(3)), "voided")


def _price(order: Order, nth: int) -> int:
    line = list(order.lines.values())[nth]
    return line.record.price * line.record.qty // 1000


def test_what_is_not_sent_outlives_the_screen(
    site: Site, xserver: XServer, screen: Callable[[], subprocess.Popen[bytes]]
) -> None:
    before = screen()
    xserver.press("g", "b", "j", "d", "Return")
    kept = site.folders[COUNTER] / FILE
    _wait(lambda: kept.exists() and b"kung-pao" in kept.read_bytes())
    assert kept.stat().st_mode & 0o777 == 0o600
    before.kill()
    before.wait()
    screen()
    xserver.press("F12")
    orders = site.client(WOK).orders
    site.until(lambda: any(dishes(order) == [("宫保鸡丁", 1)] for order in orders.values()))
    _wait(lambda: not kept.exists())


def _wait(done: Callable[[], bool]) -> None:
    deadline = time.monotonic() + DEADLINE_S
    while not done():
        assert time.monotonic() < deadline
        time.sleep(0.01)
