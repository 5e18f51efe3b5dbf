"""A node's file is not what was written: it is set aside and the node has everything again."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from click.testing import CliRunner

from common.cli import cli
from tests.helpers.desk import WOK
from tests.helpers.store import COUNTER, Site

pytestmark = pytest.mark.mesh

PAGE = 4096


@pytest.fixture
def stopped(pair: Site) -> Site:
    """A pair that took orders; the counter goes on, the wok was stopped, its files are whole."""
    for nth in range(12):
        pair.does(COUNTER, pair.submission(table=str(nth), side='{"phone":"1"}'))
    pair.does(WOK, pair.submission())
    pair.settle(COUNTER, WOK)
    sides = "SELECT count(*) FROM side"
    pair.until(lambda: pair.rows(WOK, sides) == pair.rows(COUNTER, sides) == [(12,)], "sides")
    pair.leave(WOK)
    pair.stop(WOK)
    return pair


def ended_badly(site: Site, name: str) -> None:
    """As if the machine had lost its power, rather than stopped."""
    (site.folders[name] / "node.lock").write_text("pid 1")


def root_page(file: Path, of_table: str) -> int:
    with closing(sqlite3.connect(file)) as connection:
        sql = "SELECT rootpage FROM sqlite_master WHERE name = ?"
        (page,) = connection.execute(sql, (of_table,)).fetchone()
    assert isinstance(page, int)
    return page


def spoil_page(site: Site, name: str, of_table: str) -> None:
    """The sectors of this table's first page went bad."""
    file = site.folders[name] / "mirror.db"
    at = (root_page(file, of_table) - 1) * PAGE
    raw = bytearray(file.read_bytes())
    raw[at : at + PAGE] = b"\xa5" * PAGE
    file.write_bytes(raw)


def spoil(site: Site, name: str, file: str = "mirror.db", content: bytes = b"\xa5" * 9999) -> None:
    (site.folders[name] / file).write_bytes(content)


def set_aside(site: Site, name: str) -> list[str]:
    told = site.ask(name, "status")["set_aside"]
    assert isinstance(told, list)
    return told


def is_whole_again(site: Site) -> None:
    site.opened(COUNTER, WOK)
    done = site.does(WOK, site.submission())
    site.settle(COUNTER, WOK)
    wok, counter = (site.events(name) for name in (WOK, COUNTER))
    assert wok == counter
    epochs = {row[1] for row in wok if row[0] == site.origin(WOK)}
    assert done.events[0].epoch in epochs
    assert len(epochs) == 2  # what it writes now has another epoch than what it wrote then
    sides = "SELECT count(*) FROM side WHERE raw IS NOT NULL"
    site.until(lambda: site.rows(WOK, sides) == [(12,)], "side records")
    site.leave_all()
    site.stop()
    boards = [sorted(site.rows(name, "SELECT * FROM v_order")) for name in (COUNTER, WOK)]
    assert boards[0] == boards[1]
    assert len(boards[0]) == 14


@pytest.mark.parametrize("content", [b"\xa5" * 9999, b""], ids=["no database", "empty"])
def test_a_log_of_which_nothing_can_be_read_comes_back_from_the_peers(
    stopped: Site, content: bytes
) -> None:
    spoil(stopped, WOK, content=content)
    stopped.start(WOK)
    stopped.opened(WOK)
    assert len(set_aside(stopped, WOK)) == bool(content)
    is_whole_again(stopped)


def test_damage_that_only_a_look_through_the_file_finds_is_found_after_an_unclean_end(
    stopped: Site,
) -> None:
    spoil_page(stopped, WOK, "p_line")
    ended_badly(stopped, WOK)
    stopped.start(WOK)
    log = stopped.folders[WOK] / "passline.log"
    stopped.until(lambda: "it is set aside as mirror.db.damaged-" in log.read_text(), "set aside")
    stopped.opened(WOK)
    (aside,) = set_aside(stopped, WOK)
    assert (stopped.folders[WOK] / aside).exists()
    said = CliRunner().invoke(cli, ["--lang", "en", "status", "--home", str(stopped.home)])
    assert f"{WOK}: damaged files were set aside: {aside}" in said.output
    is_whole_again(stopped)


def test_damage_that_work_meets_is_made_good_without_a_new_start(stopped: Site) -> None:
    spoil_page(stopped, WOK, "p_line")  # after a clean end: nobody looks through the file
    stopped.start(WOK)
    stopped.opened(WOK)
    pid = stopped.pid(WOK)
    command = stopped.submission()
    stopped.does(COUNTER, command)  # the projection of it comes to the bad page
    log = stopped.folders[WOK] / "passline.log"
    stopped.until(lambda: "it is set aside as mirror.db.damaged-" in log.read_text(), "set aside")
    stopped.leave(WOK)
    stopped.opened(WOK)
    stopped.until(lambda: stopped.has(WOK, [command.order_id]), "order")
    stopped.settle(COUNTER, WOK)
    assert stopped.events(WOK) == stopped.events(COUNTER)
    assert stopped.pid(WOK) == pid


def test_a_clean_end_needs_no_look_through_the_file(stopped: Site) -> None:
    log = stopped.folders[WOK] / "passline.log"
    stopped.start(WOK)
    stopped.opened(WOK)
    stopped.stop(WOK)
    assert "unclean" not in log.read_text()
    stopped.leave(WOK)
    stopped.start(WOK)
    stopped.opened(WOK)
    stopped.kill(WOK)
    stopped.start(WOK)
    whole = "mirror.db is whole after an unclean end"
    stopped.until(lambda: whole in log.read_text(), "whole")


def test_what_no_peer_has_is_read_from_the_damaged_file(stopped: Site) -> None:
    stopped.stop(COUNTER)
    stopped.leave(COUNTER)
    stopped.start(WOK)
    stopped.opened(WOK)
    alone = stopped.submission(side='{"phone":"2"}')
    stopped.does(WOK, alone)  # nobody hears of it
    stopped.stop(WOK)
    stopped.leave(WOK)
    before = stopped.events(WOK)
    spoil_page(stopped, WOK, "p_order")
    stopped.start(WOK)
    stopped.opened(WOK)
    assert len(set_aside(stopped, WOK)) == 1
    assert stopped.events(WOK) == before
    stopped.start(COUNTER)
    stopped.opened(COUNTER)
    stopped.until(lambda: stopped.has(COUNTER, [alone.order_id]), "counter")
    stopped.settle(COUNTER, WOK)
    sides = "SELECT count(*) FROM side WHERE raw IS NOT NULL"
    stopped.until(lambda: stopped.rows(COUNTER, sides) == [(13,)], "side records")


def test_damaged_receipts_cost_receipts_only(stopped: Site) -> None:
    spoil(stopped, WOK, "local.db")
    stopped.start(WOK)
    stopped.opened(WOK)
    (aside,) = set_aside(stopped, WOK)
    assert aside.startswith("local.db.damaged-")
    done = stopped.does(WOK, stopped.submission())
    mine = done.events[-1]
    row = (stopped.origin(COUNTER), mine.origin.hex(), mine.epoch, mine.seq)
    stopped.until(lambda: row in stopped.receipts(WOK), "receipt")


def test_status_tells_the_disk_here_and_at_the_peers(serving: Site) -> None:
    told = json.loads(
        CliRunner().invoke(cli, ["status", "--json", "--home", str(serving.home)]).output
    )
    assert told[WOK]["disk"]["state"] in (0, 1)
    assert told[WOK]["disk"]["free_bytes"] > 0
    assert told[WOK]["set_aside"] == []
