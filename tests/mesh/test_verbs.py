"""The verbs that ask running nodes, and the one that keeps them running."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from common.cli import cli
from common.node.talk import ask_each
from tests.helpers.desk import WOK, item
from tests.helpers.store import COUNTER, DEADLINE_S, Site, found, run_to_end
from tests.mesh.conftest import MakeSite

pytestmark = pytest.mark.mesh


def run(*words: str) -> Result:
    return CliRunner().invoke(cli, ["--lang", "en", *words], catch_exceptions=False)


def test_status_tells_roles_peers_endpoints_and_vectors(serving: Site) -> None:
    serving.settle(COUNTER, WOK)
    serving.until(lambda: all(peer["up"] for peer in serving.ask(COUNTER, "status")["peers"]))
    result = run("status", "--home", str(serving.home), "--json")
    assert result.exit_code == 0
    told = json.loads(result.output)
    assert set(told) == {COUNTER, WOK}
    assert sorted(told[COUNTER]["vector"]) == sorted(told[WOK]["vector"])
    (peer,) = told[COUNTER]["peers"]
    assert (peer["name"], peer["up"]) == (WOK, True)
    assert 0 <= peer["silent_ms"] < 5_000
    roles = {node["name"]: node["roles"] for node in told[WOK]["nodes"]}
    assert roles == {COUNTER: [COUNTER], WOK: [WOK]}
    assert all(node["router"].startswith("tcp://127.") for node in told[WOK]["nodes"])
    shown = run("status", "--home", str(serving.home)).output
    assert COUNTER in shown
    assert WOK in shown


def to_the_wok(traced: Result) -> dict[str, Any]:
    """The way of an order's one news to the wok."""
    deliveries: list[dict[str, Any]] = json.loads(traced.output)["deliveries"]
    (way,) = (row for row in deliveries if row["role"] == WOK)
    return way


def test_trace_tells_where_an_order_was_stored(serving: Site) -> None:
    done = serving.does(COUNTER, serving.submission(item("w1", 2), table="7"))
    # The wok knows the order as well; its own receipts tell nothing of a peer's event.
    words = ("trace", "--home", str(serving.home), "--node", COUNTER, done.number.lower())

    def stored() -> list[str]:
        told = json.loads(run(*words, "--json").output)
        return [each["node"] for each in told["steps"][0]["stored"]]

    serving.until(lambda: stored() == [WOK])
    shown = run(*words).output
    assert f"{done.number} · dine-in · 7" in shown
    way = to_the_wok(run(*words, "--json"))
    assert [each["node"] for each in way["stored"]] == [WOK]
    assert f"{WOK} " in shown.split("seen")[1]
    assert "2 × dish w1" in shown
    unknown = run("trace", "--home", str(serving.home), "Z999")
    assert unknown.exit_code == 1
    assert unknown.output == "passline: no order Z999 is known here\n"


def test_trace_asks_the_others_for_what_the_one_does_not_know(pair: Site) -> None:
    done = pair.does(COUNTER, pair.submission(item("w1")))
    pair.until(lambda: pair.has(WOK, [done.order_id or b""]))
    pair.stop(COUNTER)
    pair.kill(WOK)
    # Its receipts are this machine's alone; the wok's own log tells of the wok all the same.
    (pair.folders[COUNTER] / "local.db").unlink()
    pair.start(COUNTER)
    words = ("trace", "--home", str(pair.home), "--node", COUNTER, done.number)
    pair.until(lambda: ask_each([pair.folders[COUNTER]], "status", 1.0))
    assert "unknown" in run(*words).output
    pair.start(WOK)
    pair.until(lambda: ask_each([pair.folders[WOK]], "status", 1.0))
    way = to_the_wok(run(*words, "--json"))
    assert [each["node"] for each in way["stored"]] == [WOK]


def test_a_node_that_hangs_is_told_while_the_others_answer(pair: Site) -> None:
    os.kill(pair.pid(WOK), signal.SIGSTOP)
    try:
        folders = list(pair.folders.values())
        assert list(ask_each(folders, "status", 1.0)) == [pair.folders[COUNTER]]
    finally:
        os.kill(pair.pid(WOK), signal.SIGCONT)


SAMPLE = Path(__file__).parents[2] / "resources" / "sample"


def test_a_menu_and_a_floor_come_in_through_one_node_and_are_everywhere(new_site: MakeSite) -> None:
    site = new_site()
    site.start()
    site.opened(COUNTER, WOK)
    files = [str(SAMPLE / "menu.json"), "--floor", str(SAMPLE / "floor.json")]
    result = run("menu", "--home", str(site.home), *files, WOK)
    assert result.exit_code == 0
    assert result.output.splitlines() == [
        "menu: 72 dishes, 4 stations, 7 categories, CNY",
        "  no machine holds these stations, and no screen shows their dishes: cold, steam, bar",
        "floor plan: 24 tables, 3 areas",
        "wok has stored it; the other machines get it from there.",
    ]
    counter = site.client(COUNTER)
    site.until(lambda: counter.house.active and counter.house.table("orchid"), "menu")
    assert counter.house.menu.find("kung-pao") is not None
    assert counter.house.stations == ("wok", "cold", "steam", "bar")
    repeated = json.loads((SAMPLE / "menu.json").read_text(encoding="utf-8"))
    repeated["items"].append(repeated["items"][0])
    path = site.home / "repeated.json"
    path.write_text(json.dumps(repeated), encoding="utf-8")
    words = ["--lang", "zh", "menu", "--home", str(site.home), str(path)]
    said = CliRunner().invoke(cli, words, catch_exceptions=False).output.splitlines()
    assert said[0].startswith("菜单：72 个菜")
    assert "第 73 个菜的编号" in said[1]
    assert said[-1] == f"{COUNTER} 已存下，其余机器从它那里得到。"


@pytest.fixture
def started(tmp_path: Path) -> Iterator[tuple[Path, subprocess.Popen[str]]]:
    home = tmp_path / "store"
    found(home)
    start = ["start", "--lang", "en", "--no-screen", "--home", str(home)]
    argv = [sys.executable, "-P", "-m", "common.cli", *start]
    # A folder of this name where the person stands must not be taken for ours.
    (tmp_path / "common").mkdir()
    (tmp_path / "common" / "__init__.py").write_text("raise SystemExit('wrong house')")
    with subprocess.Popen(argv, cwd=tmp_path, stdout=subprocess.PIPE, text=True) as process:
        try:
            yield home, process
        finally:
            process.terminate()
            process.wait(DEADLINE_S)


def said(process: subprocess.Popen[str]) -> str:
    assert process.stdout is not None
    return process.stdout.readline().strip()


def test_start_keeps_the_nodes_running_until_it_is_stopped(
    started: tuple[Path, subprocess.Popen[str]],
) -> None:
    home, process = started
    pids = {}
    for _ in range(2):
        name, _, _, pid = said(process).rstrip(")").split()
        pids[name] = int(pid)
    folders = [home / name for name in pids]
    deadline = time.monotonic() + DEADLINE_S
    while len(ask_each(folders, "status", 1.0)) < 2:
        assert time.monotonic() < deadline, (folders[0] / "output.log").read_text()
    again = run_to_end([str(word) for word in process.args])  # type: ignore[union-attr]
    assert again.code == 3
    in_use = [line for line in again.output.splitlines() if "is in use by" in line]
    assert {line.rpartition("(pid ")[2] for line in in_use} == {
        f"{pid}); stop that one first" for pid in pids.values()
    }
    os.kill(pids[WOK], signal.SIGKILL)
    assert said(process) == f"{WOK} ended with -9; it is started again"
    assert said(process).startswith(f"{WOK} runs (pid ")
    process.terminate()
    assert process.wait(DEADLINE_S) == 0
    assert ask_each(folders, "status", 1.0) == {}
