"""What only a log in a real file can show: kills, full disks, rights, readers beside the writer."""

from __future__ import annotations

import os
import sqlite3
import stat
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from common.domain.codec import SideRecord, chain_checksum, encode_event, open_group
from common.store import engine
from common.store.contract import Batch
from common.store.engine import Driver, open_writer, stdlib_driver
from common.store.errors import StoreBroken, StoreError, StoreFull
from common.store.log import MIRROR, LogReader, LogWriter
from common.store.mirror import Mirror
from tests.contracts.logs import SUBJECT, WOK, Pen, an_id, batch, own
from tests.unit.store.orders import Story, one_of_everything

ROOT = Path(__file__).parents[3]


@pytest.fixture
def log(tmp_path: Path) -> Iterator[LogWriter]:
    writer = LogWriter.open(tmp_path)
    yield writer
    writer.close()


def pragma(log: LogWriter, name: str) -> object:
    return log.connection.exec_driver_sql(f"PRAGMA {name}").scalar()


def kill_after(folder: Path, reports: int) -> list[tuple[int, bytes]]:
    """Run the appender, kill it once it told of so many groups; all that it told of."""
    command = [sys.executable, "-m", "tests.unit.store.appender", str(folder)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE) as child:
        assert child.stdout is not None
        lines = [child.stdout.readline() for _ in range(reports)]
        child.kill()
        lines += child.stdout.readlines()
    whole = [line.split() for line in lines if line.endswith(b"\n")]
    return [(int(seq), bytes.fromhex(checksum.decode())) for seq, checksum in whole]


def test_appends_stay_durable_when_projections_cannot_be_set_up(
    log: LogWriter, monkeypatch: pytest.MonkeyPatch
) -> None:
    pages, value, _ = engine._LAZY[1]
    monkeypatch.setattr(engine, "_LAZY", (engine._NORMAL_SYNC, (pages, value, "unheard of")))
    with pytest.raises(StoreBroken), engine.behind_acks(log.connection):
        pass
    assert pragma(log, "synchronous") == 2


@pytest.mark.parametrize("reports", [1, 2, 15, 160])
def test_a_killed_writer_leaves_all_that_it_told_of(tmp_path: Path, reports: int) -> None:
    told = kill_after(tmp_path, reports)
    assert len(told) >= reports
    log = LogWriter.open(tmp_path)
    groups = log.groups_after(WOK, 0, 10**9)
    stored = [(group.last, group.checksum) for group in groups]
    assert stored[: len(told)] == told
    assert len(stored) <= len(told) + 1
    events = [event for group in groups for event in open_group(group)]
    assert log.heads()[WOK].seq == log.last_commit == len(events)
    assert chain_checksum(bytes(16), map(encode_event, events)) == stored[-1][1]
    for group in groups:
        assert log.own_command(open_group(group)[0].cmd_id) == (group.first, group.last)
    assert pragma(log, "integrity_check") == "ok"
    log.connection.rollback()
    pen = Pen(body=2_000)
    pen.seq, pen.checksum = stored[-1]
    log.append(batch(pen.group()))
    log.close()


def test_what_append_returned_is_there_for_a_stranger_at_once(
    tmp_path: Path, log: LogWriter
) -> None:
    log.append(batch(Pen().group(2)))
    stranger = sqlite3.connect(f"file:{tmp_path / MIRROR}?mode=ro", uri=True)
    assert stranger.execute("SELECT count(*) FROM v_event").fetchone() == (2,)
    stranger.close()


def test_the_log_is_set_up_as_it_must_be(log: LogWriter) -> None:
    assert pragma(log, "journal_mode") == "wal"
    assert pragma(log, "synchronous") == 2
    assert pragma(log, "foreign_keys") == 1
    assert pragma(log, "secure_delete") == 1


@pytest.mark.parametrize("ignored", ["synchronous=FULL", "journal_mode=WAL", "foreign_keys=1"])
def test_a_database_that_will_not_do_as_told_is_refused(tmp_path: Path, ignored: str) -> None:
    class Cursor(sqlite3.Cursor):
        def execute(self, sql: str, *args: Any) -> Cursor:
            if ignored not in sql:
                super().execute(sql, *args)
            return self

    class Connection(sqlite3.Connection):
        def cursor(self, *_: Any) -> Any:
            return super().cursor(Cursor)

    def connect(uri: str) -> sqlite3.Connection:
        made = sqlite3.connect(uri, uri=True, isolation_level=None, factory=Connection)
        made.execute("PRAGMA synchronous=NORMAL")
        return made

    with pytest.raises(StoreBroken, match=ignored.split("=", maxsplit=1)[0]):
        LogWriter.open(tmp_path, Driver(sqlite3, connect))


def test_the_files_are_their_owners_only(tmp_path: Path) -> None:
    before = os.umask(0)
    try:
        log = LogWriter.open(tmp_path)
        log.append(batch(Pen().group()))
        modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in tmp_path.iterdir()}
        log.close()
    finally:
        os.umask(before)
    assert modes == {MIRROR: 0o600, f"{MIRROR}-wal": 0o600, f"{MIRROR}-shm": 0o600}


def test_a_folder_with_odd_signs_in_its_name_is_fine(tmp_path: Path) -> None:
    folder = tmp_path / "炒锅 #1?mode=ro&x%20"
    folder.mkdir()
    log = LogWriter.open(folder)
    log.append(batch(Pen().group()))
    reader = LogReader.open(folder)
    assert reader.heads() == log.heads()
    reader.close()
    log.close()


def test_a_reader_keeps_its_picture_while_the_writer_goes_on(
    tmp_path: Path, log: LogWriter
) -> None:
    pen = Pen()
    log.append(batch(pen.group(2)))
    slow = sqlite3.connect(f"file:{tmp_path / MIRROR}?mode=ro", uri=True, isolation_level=None)
    slow.execute("BEGIN")
    count = "SELECT count(*) FROM event"
    assert slow.execute(count).fetchone() == (2,)
    reader = LogReader.open(tmp_path)
    for expected in range(3, 40):
        log.append(batch(pen.group()))
        assert reader.heads()[WOK].seq == expected
    assert slow.execute(count).fetchone() == (2,)
    slow.execute("ROLLBACK")
    assert slow.execute(count).fetchone() == (39,)
    slow.close()
    reader.close()


def test_a_reader_of_nothing_says_so(tmp_path: Path) -> None:
    with pytest.raises(StoreError):
        LogReader.open(tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_a_full_disk_is_known_and_leaves_nothing(tmp_path: Path) -> None:
    log = LogWriter.open(tmp_path)
    pages = log.connection.exec_driver_sql("PRAGMA page_count").scalar_one()
    log.connection.exec_driver_sql(f"PRAGMA max_page_count={pages + 10}")
    log.connection.rollback()
    pen = Pen(body=2_500)
    small, large = pen.group(), pen.group(64)
    log.append(batch(small))
    before = (log.heads(), log.last_commit)
    for _ in range(2):
        with pytest.raises(StoreFull):
            log.append(batch(large, own=(own(large),)))
    assert (log.heads(), log.last_commit) == before
    log.connection.exec_driver_sql("PRAGMA max_page_count=100000")
    log.connection.rollback()
    assert log.append(batch(large, own=(own(large),))).last == 65
    log.close()


def test_erased_names_are_in_no_byte_of_the_files(tmp_path: Path, log: LogWriter) -> None:
    name = "Li Ming, 138 0013 8000"
    body = (name * 400).encode()
    record = SideRecord(an_id(1), WOK.origin, SUBJECT, 50, body, bytes(64))
    log.append(Batch(stored_at=1, sides=(record,)))
    log.erase_sides(before=100, now=200)
    log.close()
    for path in tmp_path.iterdir():
        assert name.encode() not in path.read_bytes()


def test_projections_do_not_wait_for_the_disk_and_the_log_does(
    tmp_path: Path, log: LogWriter
) -> None:
    seen: list[object] = []

    raw: Any = log.connection.connection.driver_connection

    def note(*_: object) -> None:
        seen.append(raw.execute("PRAGMA synchronous").fetchone()[0])

    story = Story()
    orders = one_of_everything(story)
    raw.create_function("noted", 0, note)
    raw.execute("CREATE TEMP TRIGGER at_event AFTER INSERT ON event BEGIN SELECT noted(); END")
    raw.execute("CREATE TEMP TRIGGER at_line AFTER INSERT ON p_order BEGIN SELECT noted(); END")
    log.append(batch(story.groups[0]))
    Mirror(log.connection).write(orders[:1], None, None)
    log.append(batch(story.groups[1]))
    assert seen == [2, 1, 2]


def test_the_driver_can_be_another(tmp_path: Path) -> None:
    uris: list[str] = []
    standard = stdlib_driver()

    def connect(uri: str) -> Any:
        uris.append(uri)
        return standard.connect(uri)

    open_writer(tmp_path / "x.db", Driver(standard.module, connect)).close()
    assert uris == [f"{(tmp_path / 'x.db').as_uri()}?mode=rw"]
