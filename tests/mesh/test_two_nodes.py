"""Two nodes as real processes: an order goes from one machine to another and is there."""

from __future__ import annotations

import stat
import sys

import pytest

from common.domain import commands as cmd
from tests.helpers.desk import WOK, item
from tests.helpers.store import COUNTER, Site, node_command, run_to_end

pytestmark = pytest.mark.mesh


def test_an_order_entered_at_the_counter_is_on_the_woks_screen(serving: Site) -> None:
    command = serving.submission(table="7")
    done = serving.does(COUNTER, command)
    serving.until(lambda: serving.has(WOK, [command.order_id]))
    here, there = (serving.client(name).orders[command.order_id] for name in (COUNTER, WOK))
    assert here.digest() == there.digest()
    assert there.head is not None
    assert serving.client(WOK).house.number(there.id) == done.number


def test_receipts_and_the_trace_tell_that_it_is_stored(serving: Site) -> None:
    done = serving.does(COUNTER, serving.submission())
    mine = done.events[-1]

    def stored_at() -> list[str]:
        trace = serving.ask(COUNTER, "trace", order=done.number)
        return [stored["node"] for stored in trace["steps"][0]["stored"]]

    serving.until(lambda: stored_at() == [WOK])
    wok = serving.origin(WOK)
    assert (wok, mine.origin.hex(), mine.epoch, mine.seq) in serving.receipts(COUNTER)


def test_late_receipts_are_written_while_nothing_else_happens(pair: Site) -> None:
    pair.stop(WOK)
    done = pair.does(COUNTER, pair.submission())
    behind = "SELECT last_commit - projected_commit FROM v_progress"
    pair.until(lambda: pair.rows(COUNTER, behind) == [(0,)])
    pair.start(WOK)
    pair.until(lambda: (pair.origin(WOK), done.events[-1].seq) in _acked(pair))


def _acked(site: Site) -> set[tuple[str, int]]:
    return {(node, seq) for node, _, _, seq in site.receipts(COUNTER)}


def test_the_kitchens_work_comes_back_to_the_counter(serving: Site) -> None:
    command = serving.submission(item("w1", 2), item("c1"))
    ordered = serving.does(COUNTER, command)
    serving.until(lambda: serving.has(WOK, [command.order_id]))
    lines = list(serving.client(WOK).orders[command.order_id].lines)
    choice = cmd.Choice(lines[0], 1)
    ready = cmd.MarkReady(
        cmd_id=serving.new_id(), order_id=command.order_id, station=WOK, choices=(choice,)
    )
    done = serving.does(WOK, ready)
    boards = [serving.client(name).orders for name in (COUNTER, WOK)]
    serving.until(lambda: len({board[command.order_id].digest() for board in boards}) == 1)
    assert done.number == ordered.number
    assert len(boards[0][command.order_id].history) == 2


def test_a_guests_phone_reaches_the_peer_and_never_the_log(pair: Site) -> None:
    phone = "13800138000"
    pair.does(COUNTER, pair.submission(side=f'{{"guest":"李","phone":"{phone}"}}'))
    sql = "SELECT raw FROM side WHERE raw IS NOT NULL"
    pair.until(lambda: pair.rows(WOK, sql))
    for name in (COUNTER, WOK):
        assert phone.encode() in pair.rows(name, sql)[0][0]
        assert not any(phone.encode() in raw for (raw,) in pair.rows(name, "SELECT raw FROM event"))
    assert pair.ask(WOK, "status")["sides_missing"] == 0
    pair.stop()
    for name in (COUNTER, WOK):
        assert phone not in (pair.folders[name] / "passline.log").read_text(encoding="utf-8")


def test_told_to_stop_a_node_brings_its_projections_up_and_ends_well(pair: Site) -> None:
    for _ in range(40):
        pair.client(COUNTER).send(pair.submission())
    pair.until(lambda: not pair.client(COUNTER).unanswered)
    assert [pair.ends(name) for name in (COUNTER, WOK)] == [0, 0]
    for name in (COUNTER, WOK):
        ((projected, last),) = pair.rows(name, "SELECT * FROM v_progress")
        assert projected == last == len(pair.events(name))
        assert not (pair.folders[name] / "screen.json").exists()
        assert pair.output(name) == ""
    assert pair.rows(COUNTER, "SELECT count(*) FROM v_order") == [(40,)]


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no permission bits")
def test_only_the_owner_can_read_a_nodes_files(serving: Site) -> None:
    serving.does(COUNTER, serving.submission())
    for folder in serving.folders.values():
        modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in folder.iterdir()}
        assert {"mirror.db", "mirror.db-wal", "local.db", "passline.log"} < set(modes)
        assert set(modes.values()) == {0o600}, modes
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700


@pytest.mark.parametrize("elsewhere", [False, True], ids=["same ports", "other ports"])
def test_a_second_node_on_one_folder_is_refused_calmly(serving: Site, elsewhere: bool) -> None:
    folder = serving.folders[COUNTER]
    settings = folder / "node.toml"
    text = settings.read_text()
    if elsewhere:
        settings.write_text(text.replace(":7710", ":7720").replace(":7711", ":7721"))
    code, output = run_to_end(node_command(folder))
    settings.write_text(text)
    holder = f"(pid {serving.pid(COUNTER)})"
    said = f"passline: {folder} is in use by another process {holder}; stop that one first\n"
    assert (code, output) == (3, said)
    serving.does(COUNTER, serving.submission())  # and the first one serves on


def test_a_restart_that_writes_nothing_costs_nothing(pair: Site) -> None:
    pair.does(COUNTER, pair.submission())
    pair.settle(COUNTER, WOK)
    chains = "SELECT DISTINCT origin, epoch FROM v_event"
    before = pair.rows(WOK, chains)
    for _ in range(2):
        pair.kill(WOK)
        pair.start(WOK)
        pair.until(lambda: not pair.client(WOK).live)
        pair.opened(WOK)
    pair.settle(COUNTER, WOK)
    assert pair.rows(WOK, chains) == before


def test_after_a_restart_a_repeated_command_gets_its_first_result(pair: Site) -> None:
    command = pair.submission()
    first = pair.does(COUNTER, command)
    pair.does(COUNTER, pair.submission())
    pair.kill(COUNTER)
    pair.start(COUNTER)
    assert pair.does(COUNTER, command) == first
    assert len(pair.client(COUNTER).orders[command.order_id].history) == 1
