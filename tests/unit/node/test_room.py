"""A full disk: what met it has the reserve, what is new is refused, service comes back."""

from __future__ import annotations

import shutil
import stat
from types import SimpleNamespace

import pytest

from common.domain.codec import SideRecord
from common.node import jobs
from common.node.behind import FULL_PAUSE
from common.node.room import FAILURE_COUNTS, LOOK_EVERY, LOW, RESERVE, ROOM_AGAIN, DiskState
from common.node.screen_messages import Declined, Did
from common.store.errors import StoreFull
from common.store.log import LogWriter
from tests.helpers.desk import NOON, an_id
from tests.unit.node.rig import Bench, of
from tests.unit.node.test_writer import abroad, answers, head, rush, submit


@pytest.fixture
def free(monkeypatch: pytest.MonkeyPatch) -> SimpleNamespace:
    """The disk's free bytes, to be set."""
    usage = SimpleNamespace(free=10 * LOW)
    monkeypatch.setattr(shutil, "disk_usage", lambda _: usage)
    return usage


@pytest.fixture
def narrow(bench: Bench, free: SimpleNamespace, monkeypatch: pytest.MonkeyPatch) -> Bench:
    """A node whose disk is full but for its reserve."""
    bench.does(submit("before"))
    bench.settle()
    assert disk(bench) is DiskState.WELL
    room = bench.files.room
    give_up = room.give_up_reserve

    def makes_room() -> bool:
        if not give_up():
            return False
        limit_pages(bench, 200)
        return True

    monkeypatch.setattr(room, "give_up_reserve", makes_room)
    limit_pages(bench, 0)
    free.free = 0
    return bench


def limit_pages(bench: Bench, more: int) -> None:
    """Let the log grow by so many pages, as a disk with so much room would."""
    connection = bench.files.log.connection
    pages = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
    connection.exec_driver_sql(f"PRAGMA max_page_count={pages + more}")
    connection.rollback()


def disk(bench: Bench) -> DiskState:
    return bench.writer.disk


def large(name: str) -> jobs.Decide:
    return jobs.Decide(b"t", submit(name, note="x" * 4_000))


def fill(bench: Bench) -> list[object]:
    """Orders until one meets the full disk; its answers."""
    for nth in range(50):
        told = answers(of(jobs.Answered, bench.round(large(f"filling {nth}"))))
        if bench.files.room.closed or isinstance(told[0], Declined):
            return told
    raise AssertionError("the disk never was full")


def test_the_reserve_is_there_while_there_is_room(bench: Bench, free: SimpleNamespace) -> None:
    reserve = bench.folder / "reserve"
    free.free = ROOM_AGAIN - 1
    assert disk(bench) is DiskState.FULL
    assert not reserve.exists()
    free.free = ROOM_AGAIN
    bench.clock.mono += LOOK_EVERY
    assert disk(bench) is DiskState.LOW
    status = reserve.stat()
    assert (status.st_size, stat.S_IMODE(status.st_mode)) == (RESERVE, 0o600)
    assert status.st_blocks * 512 >= RESERVE
    free.free = LOW
    bench.clock.mono += LOOK_EVERY
    assert disk(bench) is DiskState.WELL
    assert bench.writer.files_report()["disk"] == {"state": 0, "free_bytes": LOW}


def test_what_met_the_full_disk_is_saved_in_the_reserve_and_what_is_new_is_refused(
    narrow: Bench,
) -> None:
    (saved,) = fill(narrow)
    assert isinstance(saved, Did)
    assert disk(narrow) is DiskState.FULL
    assert not (narrow.folder / "reserve").exists()
    commits = len(narrow.log.commits)
    group = abroad(narrow).writes(head(), subject=an_id("foreign"))
    record = SideRecord(an_id("s"), group.group.origin, an_id("o"), NOON, b"{}", bytes(64))
    told = narrow.round(
        jobs.Decide(b"t0", submit("new")),
        jobs.Decide(b"t1", submit("before")),  # a repeat is no news
        jobs.Keep((group,)),
        jobs.KeepSides((record,)),
    )
    new, repeat = answers(of(jobs.Answered, told))
    assert isinstance(new, Declined)
    assert new.reason.code == "full_disk"
    assert isinstance(repeat, Did)
    assert of(jobs.NotKept, told)[0].groups == (group,)
    assert not of(jobs.SidesKept, told)
    assert len(narrow.log.commits) == commits


def test_when_there_is_room_again_service_goes_on_where_it_was(
    narrow: Bench, free: SimpleNamespace
) -> None:
    fill(narrow)
    free.free = 10 * LOW
    limit_pages(narrow, 10_000)
    narrow.clock.mono += LOOK_EVERY
    assert disk(narrow) is DiskState.WELL
    assert (narrow.folder / "reserve").exists()
    (did,) = answers(narrow.does(submit("new")))
    assert isinstance(did, Did)
    narrow.clock.mono += FULL_PAUSE
    narrow.settle()
    assert narrow.files.mirror.projected_commit() == narrow.files.log.last_commit


def test_projections_leave_the_reserve_to_the_last_words_and_are_among_them(narrow: Bench) -> None:
    fill(narrow)
    narrow.settle()
    assert narrow.files.mirror.projected_commit() < narrow.files.log.last_commit
    narrow.writer.finish()
    assert narrow.files.mirror.projected_commit() == narrow.files.log.last_commit


def test_a_disk_that_takes_no_commit_is_full_whatever_it_says_of_its_room(
    bench: Bench, free: SimpleNamespace
) -> None:
    bench.does(submit("before"))
    bench.settle()
    limit_pages(bench, 0)  # the disk is nearly empty, and yet a commit finds no room
    (declined,) = fill(bench)
    assert isinstance(declined, Declined)
    assert declined.reason.code == "full_disk"
    bench.clock.mono += LOOK_EVERY
    assert disk(bench) is DiskState.FULL
    limit_pages(bench, 1_000)
    (did,) = answers(bench.does(rush("r", of_order="before")))  # it is tried, and goes
    assert isinstance(did, Did)
    assert disk(bench) is DiskState.WELL


def test_an_old_failure_does_not_count_for_ever(bench: Bench, free: SimpleNamespace) -> None:
    bench.files.room.failed(bench.clock.mono)
    assert disk(bench) is DiskState.FULL
    bench.clock.mono += FAILURE_COUNTS
    assert disk(bench) is DiskState.WELL


def test_a_start_on_a_full_disk_has_the_reserve(
    bench: Bench, free: SimpleNamespace, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert disk(bench) is DiskState.WELL
    bench.close()
    opened = LogWriter.open

    def full(*_: object) -> LogWriter:
        raise StoreFull("no room")

    def needs_room(*args: object) -> LogWriter:
        if (bench.folder / "reserve").exists():
            return full()
        return opened(*args)  # type: ignore[arg-type]

    monkeypatch.setattr(LogWriter, "open", needs_room)
    bench.open()
    assert bench.files.room.closed
    assert disk(bench) is DiskState.WELL  # there was room after all: all is as before
    bench.close()
    (bench.folder / "reserve").unlink()
    with monkeypatch.context() as patch:
        patch.setattr(LogWriter, "open", full)
        with pytest.raises(StoreFull):
            bench.open()
    bench.open()
