"""A disk in earnest full: a node on a small file system of its own, filled by the test."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

from common.cli import cli
from common.node.client import Declined
from tests.helpers.desk import WOK
from tests.helpers.store import COUNTER, Site

pytestmark = [pytest.mark.mesh, pytest.mark.timeout(120)]

SIZE = "48m"
MIB = bytes(2**20)


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    """A counter and a wok; the wok's folder is a file system of 48 MiB."""
    if sys.platform != "linux" or shutil.which("mount") is None:
        pytest.skip("needs Linux's tmpfs")
    site = Site(tmp_path / "store")
    folder = site.folders[WOK]
    aside = folder.rename(tmp_path / "aside")
    folder.mkdir(mode=0o700)
    mount = ["mount", "-t", "tmpfs", "-o", f"size={SIZE},mode=700", "tmpfs", str(folder)]
    if subprocess.run(mount, capture_output=True, check=False).returncode != 0:
        pytest.skip("may not mount a small file system here")
    try:
        shutil.copytree(aside, folder, dirs_exist_ok=True)
        yield site
    finally:
        site.close()
        subprocess.run(["umount", "-l", str(folder)], check=True)


def fill(site: Site) -> Path:
    """Let somebody else's file take all the room that there is."""
    ballast = site.folders[WOK] / "ballast"
    with ballast.open("ab", buffering=0) as file:
        for block in (MIB, MIB[:4096], MIB[:512]):
            try:
                while file.write(block) == len(block):
                    pass
            except OSError:
                continue
    return ballast


def disks(site: Site) -> tuple[int, int]:
    """The wok's disk as it says itself, and as the counter hears of it."""
    (there,) = [peer["disk"] for peer in site.ask(COUNTER, "status")["peers"]]
    return site.ask(WOK, "status")["disk"]["state"], there


def test_a_node_on_a_full_disk_says_so_keeps_nothing_new_and_goes_on_when_there_is_room(
    site: Site,
) -> None:
    site.start()
    site.opened(COUNTER, WOK)
    site.brings_menu()
    site.until(lambda: site.client(WOK).house.active is not None, "menu")
    reserve = site.folders[WOK] / "reserve"
    site.until(lambda: disks(site) == (1, 1), "low")
    assert reserve.exists()

    ballast = fill(site)
    # Orders until one finds no room. It is kept in the reserve's place, unless a projection of an
    # earlier one needed that first: then it is the first that is not kept.
    told: list[bytes] = []
    while reserve.exists():
        order = site.submission(note="x" * 4_000)
        site.does(COUNTER, order)
        told.append(order.order_id)
        site.until(lambda: site.has(WOK, told) or not reserve.exists(), "kept, or no room")
    site.until(lambda: site.has(WOK, told[:-1]), "last words")
    site.until(lambda: disks(site) == (2, 2), "full")
    said = CliRunner().invoke(cli, ["--lang", "en", "status", "--home", str(site.home)])
    assert "disk full" in said.output

    new = site.submission()
    refused = site.answer(WOK, new)
    assert isinstance(refused, Declined)
    assert refused.reason.code == "full_disk"
    saved = site.does(COUNTER, site.submission()).events[-1]
    acked = (site.origin(WOK), saved.origin.hex(), saved.epoch, saved.seq)
    site.until(lambda: site.ask(WOK, "status")["behind"], "behind")
    assert acked not in site.receipts(COUNTER)

    ballast.unlink()
    site.until(lambda: disks(site) == (1, 1), "room again")
    assert reserve.exists()
    site.does(WOK, new)
    site.settle(COUNTER, WOK)
    site.until(lambda: acked in site.receipts(COUNTER), "receipt")
    assert site.events(WOK) == site.events(COUNTER)


def test_a_node_that_starts_on_a_full_disk_serves_as_soon_as_there_is_room(site: Site) -> None:
    site.start()
    site.opened(COUNTER, WOK)
    site.brings_menu()
    site.until(lambda: disks(site) == (1, 1), "low")
    site.kill(WOK)
    site.leave(WOK)
    (site.folders[WOK] / "reserve").unlink()
    ballast = fill(site)
    log = site.folders[WOK] / "passline.log"
    # There is room for a few words, not for a commit.
    site.start(WOK)
    site.until(lambda: "waits for room on the disk" in log.read_text(), site.output(WOK))
    done = site.does(COUNTER, site.submission())
    ballast.unlink()
    site.opened(WOK)
    site.until(lambda: done.order_id and site.has(WOK, [done.order_id]), "order")
    site.settle(COUNTER, WOK)
