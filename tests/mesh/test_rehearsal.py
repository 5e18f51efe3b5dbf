"""Whole rehearsals as processes, a node killed in one; the verifier agrees, until a row is gone."""

from __future__ import annotations

import json
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

pytestmark = pytest.mark.mesh

SAMPLE = Path(__file__).parents[2] / "resources" / "sample"
VERIFIER = Path(__file__).parents[1] / "verify_rehearsal.py"
ORDERS = 30


STATIONS = ("wok", "bar")


class Site:
    """A menu and orders, and where a rehearsal of them is kept."""

    def __init__(self, home: Path, menu: Path, orders: Path) -> None:
        self.home = home
        self.menu = menu
        self.orders = orders

    def files(self) -> list[str]:
        return ["--menu", str(self.menu), "--orders", str(self.orders)]

    def command(self, *arguments: str) -> list[str]:
        run = [sys.executable, "-m", "common.cli", "rehearse", *self.files(), "--lang", "en"]
        return [*run, "--keep", str(self.home), *arguments]

    def rehearse(self, *arguments: str) -> dict[str, Any]:
        """Run it; its report."""
        argv = self.command(*arguments)
        result = subprocess.run(argv, capture_output=True, text=True, check=False)
        assert result.returncode == 0, result.stdout + result.stderr
        return report_of(self.home)

    def verify(self) -> subprocess.CompletedProcess[str]:
        # -I: nothing of ours can be imported, wherever this runs.
        argv = [sys.executable, "-I", str(VERIFIER), str(self.home), *self.files()]
        return subprocess.run(argv, capture_output=True, text=True, check=False)


def small_site(folder: Path, orders: int) -> Site:
    """Four nodes: the fewer start, the sooner a test is through."""
    items = [
        {"sku": f"{station}-{n}", "name": f"{station} {n}", "station": station, "price": "9.50"}
        for station in STATIONS
        for n in range(5)
    ]
    items.append({"sku": "special", "name": "Special", "price": "20.00"})
    skus = [item["sku"] for item in items]
    menu = {"currency": "CNY", "stations": [{"id": each} for each in STATIONS], "items": items}
    file = [
        {"ref": f"R{n}", "lines": [{"sku": skus[(n + m) % 11], "qty": m} for m in (1, 2, 3)]}
        for n in range(orders)
    ]
    site = Site(folder / "kept", folder / "menu.json", folder / "orders.jsonl")
    site.menu.write_text(json.dumps(menu), encoding="utf-8")
    site.orders.write_text("".join(json.dumps(each) + "\n" for each in file), encoding="utf-8")
    return site


def report_of(keep: Path) -> dict[str, Any]:
    report: dict[str, Any] = json.loads((keep / "report.json").read_bytes())
    return report


def is_clean(report: dict[str, Any], orders: int) -> None:
    names = ("orders", "stored", "served", "lost", "unexpected", "duplicates", "mirrors_equal")
    assert [report[name] for name in names] == [orders, orders, orders, 0, 0, 0, True]
    assert (report["screens"], report["tickets"], report["shown"]) == ([], 0, 0)
    assert report["finished"]
    assert report["surprises"] == []


@pytest.fixture(scope="module")
def killed(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """A rehearsal in which the counter's node and a station's were killed."""
    site = small_site(tmp_path_factory.mktemp("rehearsal"), ORDERS)
    # At a rate, so that the kills come while orders do.
    site.rehearse("--rate", "20", "--kill", "counter-1@0.5", "--kill", "wok@1")
    return site


def test_a_killed_node_costs_nothing(killed: Site) -> None:
    report = report_of(killed.home)
    is_clean(report, ORDERS)
    assert [kill["done"] for kill in report["kills"]] == [True, True]
    assert report["calibration"]["n"] > 0
    assert report["stored_ms"]["p50"] > 0
    assert report["round_trip_ms"]["p50"] > 0
    assert report["changes"]["added_orders"] == ORDERS // 5


def test_the_verifier_agrees(killed: Site) -> None:
    result = killed.verify()
    assert result.returncode == 0, result.stdout + result.stderr


def without_a_row(kept: Site, home: Path, file: str, statement: str) -> str:
    """Take one row out of a copy of the kept files; what the verifier says of that."""
    shutil.copytree(kept.home, home)
    with closing(sqlite3.connect(home / file)) as connection, connection:
        connection.execute("PRAGMA foreign_keys = OFF")
        assert connection.execute(statement).rowcount == 1
    result = Site(home, kept.menu, kept.orders).verify()
    assert result.returncode == 1, result.stdout + result.stderr
    return result.stdout


def one_of(table: str, key: str) -> str:
    return f"DELETE FROM {table} WHERE ({key}) = (SELECT {key} FROM {table} ORDER BY 1 LIMIT 1)"


@pytest.mark.parametrize(
    ("file", "statement", "said"),
    [
        (
            "wok/mirror.db",
            one_of("event", "commit_no"),
            "mirrors_equal",
        ),
        (
            "expo/mirror.db",
            one_of("p_order", "order_id"),
            "lost",
        ),
        (
            "counter-1/mirror.db",
            one_of("p_line", "order_id, position"),
            "portions",
        ),
        (
            "counter-1/local.db",
            one_of("receipt", "node, origin, epoch, seq"),
            "rows.counter-1.v_receipt",
        ),
    ],
)
def test_the_verifier_misses_a_row(
    killed: Site, tmp_path: Path, file: str, statement: str, said: str
) -> None:
    assert said in without_a_row(killed, tmp_path / "kept", file, statement)


def test_the_verifier_knows_what_the_file_says(killed: Site, tmp_path: Path) -> None:
    fewer = tmp_path / "orders.jsonl"
    fewer.write_bytes(b"".join(killed.orders.read_bytes().splitlines(keepends=True)[:-1]))
    result = Site(killed.home, killed.menu, fewer).verify()
    assert result.returncode == 1
    assert f"line {ORDERS} was taken and is no order" in result.stdout


def test_refused_lines_are_told_and_the_rest_is_served(tmp_path: Path) -> None:
    site = Site(tmp_path / "kept", SAMPLE / "menu.json", SAMPLE / "edge_orders.jsonl")
    report = site.rehearse("--max", "--changes", "off")
    refused = [each["line"] for each in report["refused"]]
    expected = json.loads((SAMPLE / "edge_expected.json").read_bytes())
    # A blank line is no order, and so no refusal.
    blank = "a blank line in the middle"
    assert refused == [
        each["line"] for each in expected if each["refused"] and each["what"] != blank
    ]
    is_clean(report, sum(not each["refused"] for each in expected))
    checked = site.verify()
    assert checked.returncode == 0, checked.stdout + checked.stderr


def nodes_of(keep: Path) -> Sequence[str]:
    """The nodes' processes that still run."""
    listing = subprocess.run(
        ["ps", "-eo", "args"], capture_output=True, text=True, check=True
    ).stdout
    return [line for line in listing.splitlines() if str(keep) in line]


@pytest.mark.skipif(os.name == "nt", reason="Windows has no SIGINT for one process")
def test_an_interrupt_leaves_nobody_running(tmp_path: Path) -> None:
    site = small_site(tmp_path, 200)
    argv = site.command("--rate", "20")
    process = subprocess.Popen(argv, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    assert process.stdout is not None
    for line in process.stdout:
        if "/200" in line:  # orders are on their way
            break
    process.send_signal(signal.SIGINT)
    _, said = process.communicate()
    assert process.returncode == 1, said
    assert said.startswith("passline: ")
    assert nodes_of(site.home) == []
