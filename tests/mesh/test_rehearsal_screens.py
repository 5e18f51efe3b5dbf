"""A rehearsal with screens: robots cook what was shown, and every ticket was."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from common.rehearsal import stage
from common.rehearsal.fleet import OFFSCREEN, ScreenArgv, screen_argv, screens_of
from common.rehearsal.rehearsal import Wishes, rehearse
from common.rehearsal.report import Kill, Report
from common.rehearsal.scenario import load
from tests.mesh.test_rehearsal import STATIONS, Site, small_site, without_a_row

pytestmark = pytest.mark.mesh

ORDERS = 30


def stand_in(*blind: str) -> ScreenArgv:
    """A screen that paints all it is told, at the blind stations nothing."""

    def argv(folder: Path, station: str) -> list[str]:
        words = [str(folder), station, *(["blind"] if station in blind else [])]
        return [sys.executable, "-m", "tests.helpers.stand_in_screen", *words]

    return argv


def play(site: Site, screen: ScreenArgv, *kills: Kill) -> Report:
    scenario = load(site.menu, site.orders, 1)
    wishes = Wishes(
        menu=site.menu,
        orders=site.orders,
        keep=site.home,
        rate=20,
        calibrate=False,
        kills=kills,
        screens=STATIONS,
        screen=screen,
    )
    return rehearse(wishes, scenario, lambda _: None)


@pytest.fixture(scope="module")
def shown(tmp_path_factory: pytest.TempPathFactory) -> tuple[Site, Report]:
    """A rehearsal in which a station's node was killed under its screen."""
    site = small_site(tmp_path_factory.mktemp("shown"), ORDERS)
    return site, play(site, stand_in(), Kill("wok", 0.5))


def test_every_ticket_is_shown(shown: tuple[Site, Report]) -> None:
    site, report = shown
    assert report.ok
    assert report.screens == list(STATIONS)
    assert report.shown == report.tickets > ORDERS
    assert report.unexpected == 0
    result = site.verify()
    assert result.returncode == 0, result.stdout + result.stderr


def test_the_verifier_misses_what_was_shown(shown: tuple[Site, Report], tmp_path: Path) -> None:
    of_one = "(SELECT order_id FROM p_order WHERE shown <> '[]' LIMIT 1)"
    statement = f"UPDATE p_order SET shown = '[]' WHERE order_id = {of_one}"
    assert "shown" in without_a_row(shown[0], tmp_path / "kept", "bar/mirror.db", statement)


def test_what_no_screen_shows_is_not_cooked_and_fails(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(stage, "STALLED_AFTER", 3.0)
    report = play(small_site(tmp_path, 5), stand_in("bar"))
    assert not report.ok
    assert not report.finished
    assert 0 < report.shown < report.tickets
    assert (report.lost, report.unexpected, report.surprises) == (0, 0, [])


def test_screens_are_started_at_the_nodes_of_their_stations(tmp_path: Path) -> None:
    (child,) = screens_of(tmp_path, {"wok": "hot", "bar": "bar"}, ["wok"], screen_argv)
    assert child.argv[1:4] == ["-P", "-m", "kds"]
    place = child.argv.index("--data")
    assert child.argv[place:][:4] == ["--data", str(tmp_path / "hot"), "--role", "wok"]
    assert {"--offscreen", "--with-parent"} < set(child.argv)
    assert child.env == OFFSCREEN
