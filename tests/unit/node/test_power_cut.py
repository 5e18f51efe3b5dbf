"""The power goes at any moment: whatever a node had said to others still holds afterwards.

One shift of work is recorded, call by call of SQLite to its files; then the power is cut at many
points of the record, in every manner, and a node starts on what a disk may hold then: with
Python's own SQLite, which has never had these files open.
"""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import Any, NamedTuple

import pytest

from common.node import jobs
from common.node.round import Round
from common.node.writer import Writer
from common.store import engine
from common.store.errors import StoreError
from common.wire.outputs import Received
from tests.helpers import apsw_driver as adaptor
from tests.helpers.apsw_driver import apsw_driver
from tests.helpers.power import (
    Deleted,
    Disk,
    Manner,
    Recorder,
    Step,
    Synced,
    Told,
    Written,
    lay_out,
)
from tests.helpers.store import COUNTER, found
from tests.unit.node.shift import Erasing, Opened, Shift, complaints, goes_on

SEED = 20_261_128
pytestmark = [pytest.mark.slow, pytest.mark.timeout(180)]

CUTS = 240
"""Power cuts in one shift."""
RESTARTS = 40
"""Power cuts while a node starts that was killed before."""
FEW = 24
"""Power cuts that must suffice to find a fault."""
TURNS = 140


@pytest.fixture(autouse=True)
def small_log(monkeypatch: pytest.MonkeyPatch) -> None:
    """Checkpoints as often as in a day's work, and the same epochs in every run."""
    monkeypatch.setattr("common.node.pen.secrets.randbits", Random(SEED).getrandbits)
    monkeypatch.setattr(engine, "_EAGER", (engine._FULL_SYNC, ("wal_autocheckpoint", 160, 160)))
    monkeypatch.setattr(engine, "_LAZY", (engine._NORMAL_SYNC, ("wal_autocheckpoint", 80, 80)))


class Record(NamedTuple):
    """A life, as its disk saw it."""

    disk: Disk
    steps: list[Step]

    def told(self, upto: int) -> list[Any]:
        return [step.what for step in self.steps[:upto] if isinstance(step, Told)]


class Street:
    """Where the power is cut."""

    def __init__(self, place: Path) -> None:
        self.place = place
        self.draw = Random(SEED)
        self.store = place / "store"
        found(self.store, (COUNTER, "wok"))
        self._nth = 0

    def folder(self) -> Path:
        self._nth += 1
        return self.place / f"{self._nth}"

    def records(self, files: dict[str, bytes], disk: Disk, turns: int) -> Record:
        """A life of a node that begins with these files, and its disk as it was then."""
        folder = lay_out(self.folder(), files)
        recorder = Recorder(f"power-{self._nth}")
        shift = Shift(
            f"life {self._nth}", folder, self.store, apsw_driver(recorder.name), recorder.tell
        )
        shift.works(self.draw, turns)
        shift.end()
        recorder.unregister()
        shutil.rmtree(folder)
        return Record(disk, recorder.steps)

    def first_shift(self) -> Record:
        files = {"mirror.db": (self.store / COUNTER / "mirror.db").read_bytes()}
        return self.records(files, Disk(files), TURNS)

    def looks(self, files: dict[str, bytes], told: list[Any]) -> list[str]:
        """What is wrong when a node starts on these files."""
        folder = lay_out(self.folder(), files)
        wrong = []
        try:
            shift = Shift("after", folder, self.store, None, lambda _: None)
            try:
                wrong = [*complaints(shift, told), *goes_on(shift, told)]
            finally:
                shift.files.close()
        except StoreError as error:
            wrong.append(f"the node can't start: {error}")
        shutil.rmtree(folder)
        return wrong

    def cuts(self, record: Record, count: int) -> Iterator[list[str]]:
        """Cut the power at so many points, in turn in every manner; what was wrong each time."""
        points = sorted(self.draw.randrange(1, len(record.steps)) for _ in range(count))
        done = 0
        for nth, point in enumerate(points):
            record.disk.play(record.steps[done:point])
            done = point
            files = record.disk.after_cut(list(Manner)[nth % len(Manner)], self.draw)
            yield self.looks(files, record.told(point))

    def restarts(self, count: int) -> Iterator[list[str]]:
        """Kill the node, start it again, and cut the power while it begins; what was wrong."""
        record = self.first_shift()
        # Where a commit is written and not yet synced, a start finds what the disk may not have.
        points = [
            nth
            for nth, step in enumerate(record.steps)
            if isinstance(step, Synced) and step.name.endswith("mirror.db-wal")
        ]
        done = 0
        for point in sorted(self.draw.sample(points, count)):
            record.disk.play(record.steps[done:point])
            done = point
            killed = record.disk.killed()
            files = killed.after_cut(Manner.KEPT, self.draw)
            again = self.records(files, killed, turns=1)
            upto = 1 + self._opened(again.steps) + self.draw.choice((0, 0, 1, 5, 20))
            again.disk.play(again.steps[:upto])
            left = again.disk.after_cut(self.draw.choice((Manner.LOST, Manner.TORN)), self.draw)
            yield self.looks(left, [*record.told(point), *again.told(upto)])

    @staticmethod
    def _opened(steps: list[Step]) -> int:
        """Where in its record a node began to serve."""
        return next(
            nth
            for nth, step in enumerate(steps)
            if isinstance(step, Told) and isinstance(step.what, Opened)
        )


@pytest.fixture
def street(tmp_path: Path) -> Street:
    return Street(tmp_path)


def tally(wrongs: Iterator[list[str]]) -> Counter[str]:
    """How many cuts had each thing wrong."""
    return Counter(word for wrong in wrongs for word in set(wrong))


def test_whatever_was_told_holds_after_a_power_cut(street: Street) -> None:
    record = street.first_shift()
    said = {type(each) for each in record.told(len(record.steps))}
    assert {Erasing, jobs.Written, jobs.Kept, jobs.SidesKept, jobs.SidesWanted} <= said
    files = Counter((type(step), step.name) for step in record.steps if not isinstance(step, Told))
    assert files[Synced, "mirror.db"] > 10  # checkpoints
    assert files[Written, "local.db-wal"] > 10  # receipts
    assert files[Deleted, "mirror.db-wal"] > 1  # stops
    assert tally(street.cuts(record, CUTS)) == {}


def test_a_node_that_was_killed_tells_nothing_at_its_next_start_that_a_power_cut_can_take(
    street: Street,
) -> None:
    assert tally(street.restarts(RESTARTS)) == {}


# -- what the cuts must find


def test_cuts_find_commits_that_do_not_wait_for_the_disk(
    street: Street, monkeypatch: pytest.MonkeyPatch
) -> None:
    pragmas = (engine._NORMAL_SYNC, engine._EAGER[1])
    monkeypatch.setattr(engine, "_EAGER", pragmas)
    assert tally(street.cuts(street.first_shift(), FEW))["lost: Written"] > 0


def test_cuts_find_what_is_told_before_its_commit(
    street: Street, monkeypatch: pytest.MonkeyPatch
) -> None:
    def hasty(self: Writer, round_: Round, hear: jobs.Hear) -> None:
        batch = round_.batch(self._clock.mesh())
        groups = tuple(Received(*accepted) for accepted in batch.groups)
        hear([jobs.Kept(groups, batch.stored_at)])
        commit(self, round_, hear)

    commit = Writer._commit
    monkeypatch.setattr(Writer, "_commit", hasty)
    assert tally(street.cuts(street.first_shift(), FEW))["lost: Kept"] > 0


def test_cuts_find_a_start_that_takes_an_unsynced_commit_for_good(
    street: Street, monkeypatch: pytest.MonkeyPatch
) -> None:
    execute = adaptor.Cursor.execute

    def skips(self: adaptor.Cursor, sql: str, *args: Any) -> adaptor.Cursor:
        return self if sql.startswith("UPDATE progress SET opens") else execute(self, sql, *args)

    monkeypatch.setattr(adaptor.Cursor, "execute", skips)
    assert tally(street.restarts(FEW))["lost: Opened"] > 0
