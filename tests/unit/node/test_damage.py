"""What is taken from a damaged log: only what is genuine, each chain as far as it is whole."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from common.errors import KnownError
from common.node.damage import GENESIS, restock, set_aside_damaged, set_aside_in
from common.store.log import MIRROR, LogReader, LogWriter
from tests.helpers.desk import NOON
from tests.unit.node.rig import Bench
from tests.unit.node.test_writer import submit

ASIDE = f"{MIRROR}.damaged-20261128T010203Z"


@pytest.fixture
def aside(bench: Bench) -> Path:
    """A log of six orders, each in a group of its own, set aside as it is."""
    for nth in range(6):
        bench.does(submit(f"o{nth}", side='{"phone":"1"}'))
    restock(bench.folder, bench.files.log, bench.store_key, NOON)
    bench.close()
    return (bench.folder / MIRROR).rename(bench.folder / ASIDE)


def change(file: Path, sql: str) -> None:
    with closing(sqlite3.connect(file)) as connection:
        connection.execute(sql)
        connection.commit()


def restocked(bench: Bench) -> list[tuple[int, str]]:
    """What a new log has after it was restocked: numbers and kinds of this node's own run."""
    log = LogWriter.open(bench.folder)
    try:
        restock(bench.folder, log, bench.store_key, NOON)
        events = [row.event for row in log.events_since(0, 1_000)]
    finally:
        log.close()
    bench.open()  # the bench closes what it has open
    return [(event.seq, event.kind) for event in events if event.kind == "OrderSubmitted"]


def test_a_whole_log_is_taken_whole_with_its_side_records(bench: Bench, aside: Path) -> None:
    assert [seq for seq, _ in restocked(bench)] == [1, 2, 3, 4, 5, 6]
    reader = LogReader.open(bench.folder)
    wanted = bench.files.log.wanted_sides()
    ids = bench.files.log.connection.exec_driver_sql("SELECT id FROM side").scalars().all()
    assert (len(reader.sides(ids)), wanted) == (6, [])
    reader.close()


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE event SET raw = x'00' WHERE kind = 'OrderSubmitted' AND seq = 4",
        "UPDATE grp SET signature = zeroblob(64) WHERE first = 4",
        "UPDATE grp SET checksum = zeroblob(16) WHERE first = 4",
        "DELETE FROM event WHERE kind = 'OrderSubmitted' AND seq = 4",
    ],
    ids=["another event", "no signature", "another checksum", "an event is gone"],
)
def test_a_chain_is_taken_as_far_as_it_is_genuine(bench: Bench, aside: Path, sql: str) -> None:
    change(aside, sql)
    assert [seq for seq, _ in restocked(bench)] == [1, 2, 3]


def test_without_any_remains_the_store_is_found_by_its_first_group(
    bench: Bench, aside: Path
) -> None:
    aside.write_bytes(b"\xa5" * 5_000)
    assert restocked(bench) == []
    assert bench.writer.roster().names.keys() >= {bench.identity.origin}
    assert len(bench.writer.roster().names) == 2


def test_a_first_group_that_somebody_changed_is_not_taken(bench: Bench, aside: Path) -> None:
    aside.unlink()
    genesis = bench.folder / GENESIS
    genesis.write_bytes(genesis.read_bytes().replace(b"counter-1", b"counter-9"))
    with pytest.raises(KnownError, match="restore a backup"):
        restocked(bench)
    bench.open()
    assert bench.writer.roster().names == {}


def test_whole_files_are_left_where_they_are(bench: Bench) -> None:
    bench.close()
    assert set_aside_damaged(bench.folder) == []
    assert set_aside_in(bench.folder) == []
    bench.open()


def test_a_damaged_file_keeps_its_content_under_a_name_with_its_date(bench: Bench) -> None:
    bench.close()
    (bench.folder / MIRROR).write_bytes(b"\xa5" * 5_000)
    (aside,) = set_aside_damaged(bench.folder)
    assert set_aside_in(bench.folder) == [aside]
    assert (bench.folder / aside).read_bytes() == b"\xa5" * 5_000
    assert not (bench.folder / MIRROR).exists()
    bench.open()
