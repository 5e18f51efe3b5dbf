"""A node that was away catches up: from the origin, and when that is dead from anybody else."""

from __future__ import annotations

import pytest

from tests.helpers.desk import WOK
from tests.helpers.store import COUNTER, EXPO, Site
from tests.mesh.conftest import MakeSite

pytestmark = pytest.mark.mesh


@pytest.fixture
def trio(new_site: MakeSite) -> Site:
    """Counter, wok and pass; the wok is away while orders are taken."""
    site = new_site((COUNTER, WOK, EXPO))
    site.start(COUNTER, EXPO)
    site.opened(COUNTER, EXPO)
    site.brings_menu()
    for nth in range(30):
        site.client(COUNTER).send(site.submission(table=str(nth), side='{"phone":"1"}'))
    site.until(lambda: len(site.client(EXPO).orders) == 30, "expo")
    return site


@pytest.mark.parametrize("origin_lives", [True, False], ids=["from the origin", "from a peer"])
def test_who_was_away_gets_all_of_it(trio: Site, origin_lives: bool) -> None:
    trio.until(lambda: trio.rows(EXPO, "SELECT count(*) FROM side") == [(30,)], "side records")
    if not origin_lives:
        trio.kill(COUNTER)
    trio.start(WOK)
    trio.opened(WOK)
    trio.until(lambda: len(trio.client(WOK).orders) == 30, "wok")
    trio.settle(WOK, EXPO)
    assert trio.events(WOK) == trio.events(EXPO)
    trio.until(lambda: trio.rows(WOK, "SELECT count(*) FROM side") == [(30,)], "side records")
    assert trio.rows(WOK, "SELECT count(*) FROM side_wanted") == [(0,)]


def test_a_side_record_missing_at_a_stop_is_asked_for_at_the_start(trio: Site) -> None:
    trio.start(WOK)
    sides = "SELECT count(*) FROM side"
    trio.until(lambda: trio.rows(WOK, sides) == [(30,)] if trio.wrote(WOK) else False, "sides")
    trio.stop(WOK)
    # As if it had been killed between the event and the record.
    trio.change(WOK, "INSERT INTO side_wanted SELECT id, origin, at FROM side")
    trio.change(WOK, "DELETE FROM side")
    trio.start(WOK)
    trio.until(lambda: trio.rows(WOK, sides) == [(30,)], "side records")
