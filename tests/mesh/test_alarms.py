"""Real nodes: what is wrong is told at the counter, at the pass once that is dead, and ends."""

from __future__ import annotations

import json
import time

import pytest
from click.testing import CliRunner

from common.cli import cli
from common.domain.alarms import Level, What
from common.node.client import Alarmed
from tests.helpers.desk import WOK, item
from tests.helpers.store import COUNTER, EXPO, Site, pause, resume
from tests.mesh.conftest import MakeSite

pytestmark = pytest.mark.mesh

LIMIT_S = 7.0


@pytest.fixture
def kitchen(new_site: MakeSite) -> Site:
    """A counter, a wok and the pass; links up, nothing wrong."""
    site = new_site((COUNTER, WOK, EXPO))
    site.start()
    site.opened(COUNTER, WOK, EXPO)
    site.brings_menu()
    site.until(lambda: all(peer["up"] for peer in site.ask(COUNTER, "status")["peers"]))
    site.until(lambda: all(peer["up"] for peer in site.ask(EXPO, "status")["peers"]))
    return site


def wrong(site: Site, name: str) -> set[tuple[str, str]]:
    """What a client has heard to be wrong, if it is as bad as it gets."""
    alarms = site.client(name).alarms
    return {(alarm.what.value, alarm.role) for alarm in alarms if alarm.level is Level.RED}


def test_a_station_that_hangs_is_told_and_all_is_well_when_it_goes_on(kitchen: Site) -> None:
    site = kitchen
    pause(site.pid(WOK))  # its links stay open; only its heart stands still
    begun = time.monotonic()
    command = site.submission(item("w1"))
    site.does(COUNTER, command)
    site.until(lambda: {("silent", WOK), ("not_stored", WOK)} <= wrong(site, COUNTER), "alarms")
    assert time.monotonic() - begun < LIMIT_S
    site.until(lambda: ("silent", WOK) in wrong(site, EXPO))
    alarm = next(a for a in site.client(COUNTER).alarms if a.what is What.NOT_STORED)
    assert alarm.order_id == command.order_id
    assert alarm.node.hex() == site.origin(WOK)
    assert ("not_stored", WOK) not in wrong(site, EXPO), "the counter lives, and tells it itself"
    levels = [a.level for update in _alarmed(site) for a in update.alarms if a.role == WOK]
    assert levels[0] is Level.AMBER
    resume(site.pid(WOK))
    site.until(lambda: not site.client(COUNTER).alarms and not site.client(EXPO).alarms, "end")
    site.until(lambda: site.has(WOK, [command.order_id]))


def _alarmed(site: Site) -> list[Alarmed]:
    return [update for update in site.seen[COUNTER] if isinstance(update, Alarmed)]


def test_once_the_counter_is_dead_the_pass_tells_what_it_had_not_delivered(kitchen: Site) -> None:
    site = kitchen
    pause(site.pid(WOK))
    command = site.submission(item("w1"))
    site.does(COUNTER, command)
    site.until(lambda: site.has(EXPO, [command.order_id]))
    site.kill(COUNTER)
    wanted = {("silent", COUNTER), ("silent", WOK), ("not_stored", WOK)}
    site.until(lambda: wanted <= wrong(site, EXPO), "alarms")
    status = ["--lang", "en", "status", "--home", str(site.home), "--json", EXPO]
    told = json.loads(CliRunner().invoke(cli, status, catch_exceptions=False).output)[EXPO]
    (listed,) = (each for each in told["alarms"] if each["what"] == "not_stored")
    assert (listed["name"], listed["role"], listed["level"]) == (WOK, WOK, "red")
    assert listed["order_id"] == command.order_id.hex()
    resume(site.pid(WOK))
    site.start(COUNTER)
    site.until(lambda: not site.client(EXPO).alarms, "end")
