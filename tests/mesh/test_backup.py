"""A machine is gone: from its backup into a bare folder, and serving again."""

from __future__ import annotations

import shutil
import stat
import sys
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from common.cli import cli
from tests.helpers.desk import WOK
from tests.helpers.store import COUNTER, EXPO, Site
from tests.mesh.conftest import MakeSite

pytestmark = pytest.mark.mesh


def run(*words: str) -> Result:
    return CliRunner().invoke(cli, ["--lang", "en", *words], catch_exceptions=False)


def backed_up(site: Site, out: Path) -> Path:
    result = run("backup", "--home", str(site.home), str(out))
    assert result.exit_code == 0, result.output
    assert result.output.startswith(f"{COUNTER}: ")
    return out


def takes(site: Site, count: int) -> list[bytes]:
    """So many orders at the counter; those that were confirmed."""
    commands = [site.submission(side='{"phone":"1"}') for _ in range(count)]
    for each in commands:
        site.does(COUNTER, each)
    return [each.order_id for each in commands]


def chains(rows: set[tuple[Any, ...]], origin: str) -> set[tuple[Any, ...]]:
    return {row[:2] for row in rows if row[0] == origin}


def test_a_bare_folder_becomes_the_node_again_and_forgets_nothing(
    new_site: MakeSite, tmp_path: Path
) -> None:
    site = new_site((COUNTER, WOK, EXPO))
    site.start()
    site.opened(COUNTER, WOK, EXPO)
    site.brings_menu()
    before = takes(site, 5)
    archive = backed_up(site, tmp_path / "counter.backup")
    after = takes(site, 5)  # the backup knows nothing of these, the peers do
    site.settle(COUNTER, WOK, EXPO)
    site.kill(COUNTER)
    site.leave(COUNTER)
    old = site.events(WOK)
    counter, wok = site.origin(COUNTER), site.origin(WOK)
    shutil.rmtree(site.folders[COUNTER])
    site.does(WOK, site.submission())  # the others go on meanwhile

    restored = run("restore", "--home", str(site.home), str(archive))
    assert restored.exit_code == 0, restored.output
    assert site.origin(COUNTER) == counter
    assert site.events(COUNTER) < old
    site.start(COUNTER)
    site.opened(COUNTER)
    new = takes(site, 3)
    site.settle(COUNTER, WOK, EXPO)
    site.until(lambda: site.has(COUNTER, [*before, *after, *new]), "board")
    sides = "SELECT count(*) FROM side WHERE raw IS NOT NULL"
    names = (COUNTER, WOK, EXPO)
    site.until(lambda: all(site.rows(name, sides) == [(13,)] for name in names), "side records")
    site.leave_all()
    site.stop()
    events = site.events(COUNTER)  # which asserts that no identity stands for two events
    assert events == site.events(WOK) == site.events(EXPO)
    assert old < events
    assert len(chains(events, counter) - chains(old, counter)) == 1
    assert len(chains(events, wok) - chains(old, wok)) == 1
    boards = [sorted(site.rows(name, "SELECT * FROM v_order")) for name in names]
    assert boards[0] == boards[1] == boards[2]
    assert len(boards[0]) == 14


def test_an_older_backup_gives_no_event_the_identity_of_one_that_it_forgot(
    pair: Site, tmp_path: Path
) -> None:
    archive = backed_up(pair, tmp_path / "old.backup")
    takes(pair, 3)
    pair.settle(COUNTER, WOK)
    known = pair.events(WOK)
    pair.stop()  # nobody is there whom the restored node could ask
    pair.leave_all()
    shutil.rmtree(pair.folders[COUNTER])
    assert run("restore", "--home", str(pair.home), str(archive)).exit_code == 0
    pair.start(COUNTER)
    pair.opened(COUNTER)
    takes(pair, 4)
    alone = pair.events(COUNTER)
    assert {row[:3] for row in alone - known}.isdisjoint(row[:3] for row in known)
    pair.start(WOK)
    pair.opened(WOK)
    pair.settle(COUNTER, WOK)
    pair.leave_all()
    pair.stop()
    assert pair.events(COUNTER) == pair.events(WOK) == known | alone
    assert pair.rows(COUNTER, "SELECT count(*) FROM v_order") == [(7,)]


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no permission bits")
def test_only_the_owner_can_read_a_backup_and_what_becomes_of_it(
    serving: Site, tmp_path: Path
) -> None:
    archive = backed_up(serving, tmp_path / "b")
    assert stat.S_IMODE(archive.stat().st_mode) == 0o600
    home = tmp_path / "other"
    assert run("restore", "--home", str(home), str(archive)).exit_code == 0
    folder = home / COUNTER
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in folder.iterdir()}
    assert set(modes) == {"node.toml", "node.key", "store.key", "mirror.db", "local.db"}
    assert set(modes.values()) == {0o600}
    assert {path.name for path in tmp_path.iterdir()} == {"b", "other"}
    assert {path.name for path in home.iterdir()} == {COUNTER}


def test_a_folder_in_use_is_left_alone(serving: Site, tmp_path: Path) -> None:
    archive = backed_up(serving, tmp_path / "b")
    result = run("restore", "--home", str(serving.home), str(archive))
    assert result.exit_code == 3
    assert f"in use by another process (pid {serving.pid(COUNTER)})" in result.output
    serving.does(COUNTER, serving.submission())


def test_a_backup_under_load_is_one_moment_of_the_log(serving: Site, tmp_path: Path) -> None:
    sent = [serving.submission() for _ in range(200)]
    for command in sent:
        serving.client(COUNTER).send(command)
    serving.poll()
    archive = backed_up(serving, tmp_path / "b")
    serving.until(lambda: not serving.client(COUNTER).unanswered)
    home = tmp_path / "other"
    assert run("restore", "--home", str(home), str(archive)).exit_code == 0
    there = serving.folders | {COUNTER: home / COUNTER}
    here, serving.folders = serving.folders, there
    copied = serving.events(COUNTER)
    serving.folders = here
    assert copied <= serving.events(COUNTER)
