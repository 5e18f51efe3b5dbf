"""A machine's disk and the node's files on it: what was committed stays, and nothing else does.

The log is `common.store.memory_log`, which passes the same contract suite as the one in SQLite.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable

from common.domain.codec import Event
from common.domain.house import Entry, House
from common.domain.ids import Chain, EventId
from common.domain.order import Order
from common.node.files import Files
from common.node.room import LOOK_EVERY, LOW, DiskState, Room
from common.store.contract import Appended, Batch
from common.store.memory_log import MemoryDisk, MemoryLog
from common.store.receipts import Receipt


class PowerCut(BaseException):
    """The machine is dead from this instant; no code of the node may catch it."""


class Disk:
    """What outlives the process: the log and the receipts."""

    def __init__(self) -> None:
        self.log = MemoryDisk()
        self.receipts: dict[tuple[bytes, Chain], int] = {}
        self.full = self.greedy = False
        """Whether there is no room; whether others take the room that the reserve leaves, too."""
        self.reserve = True
        self.latest: dict[bytes, Event] = {}
        """Of each subject the last event in the order of events: what is before it comes late."""

    @property
    def takes_nothing(self) -> bool:
        """Whether a commit finds no room now."""
        return self.full and (self.reserve or self.greedy)

    def copy(self) -> Disk:
        """An image of it, as a backup or a cloning tool takes one."""
        image, log = Disk(), self.log
        image.log.heads = dict(log.heads)
        image.log.groups = {chain: list(groups) for chain, groups in log.groups.items()}
        image.log.stored_at = {chain: list(times) for chain, times in log.stored_at.items()}
        image.log.events = list(log.events)
        image.log.subjects = {subject: list(known) for subject, known in log.subjects.items()}
        image.log.commands = dict(log.commands)
        image.log.sides = dict(log.sides)
        image.log.wanted = dict(log.wanted)
        image.log.max_lamport = log.max_lamport
        image.receipts = dict(self.receipts)
        image.latest = dict(self.latest)
        return image

    def holds(self, chain: Chain, seq: int, checksum: bytes | None = None) -> bool:
        """Whether the chain is here up to this event and, if one is given, with this checksum."""
        groups = self.log.groups.get(chain, [])
        place = bisect_left(groups, seq, key=lambda group: group.last)
        if place == len(groups):
            return False
        return checksum is None or (groups[place].last, groups[place].checksum) == (seq, checksum)

    def ids(self) -> set[EventId]:
        """All events that are here."""
        return {event.id for _, event in self.log.events}

    def sides(self) -> set[bytes]:
        """The side records of the orders that are here.

        One may outlive its order: it came on the feed, the order's event did not, and then its
        author's disk was lost. Nobody misses it.
        """
        log = self.log
        return {key for key, side in log.sides.items() if side and side.subject in log.subjects}

    def heads(self) -> dict[Chain, tuple[int, bytes]]:
        """Every chain's end."""
        return {chain: (head.seq, head.checksum) for chain, head in self.log.heads.items()}


class _Room(Room):
    """The room on it: the same rules, with the disk's word in place of the system's."""

    def __init__(self, disk: Disk) -> None:
        self._disk = disk
        self._free = LOW
        self._next_look = 0
        self._failed_at = None
        self.closed = False

    def look(self, mono: int) -> DiskState:
        if mono >= self._next_look:
            self._next_look = mono + LOOK_EVERY
            self._disk.reserve = self._disk.reserve or not self._disk.full
            self.closed = not self._disk.reserve
        return self.state

    def give_up_reserve(self) -> bool:
        given, self._disk.reserve = self._disk.reserve, False
        self.closed = self.closed or given
        return given


class WatchedLog(MemoryLog):
    """The log with the simulator's hand on each commit: before it, and when it is on the disk."""

    def __init__(
        self, disk: Disk, before: Callable[[Batch], None], after: Callable[[Batch], None]
    ) -> None:
        super().__init__(disk.log)
        self._before, self._after = before, after

    def append(self, batch: Batch) -> Appended:
        self._before(batch)
        appended = super().append(batch)
        self._after(batch)
        return appended


class _Receipts:
    """The table of acks."""

    def __init__(self, disk: Disk) -> None:
        self._rows = disk.receipts

    def record(self, receipts: Iterable[Receipt]) -> None:
        for each in receipts:
            row = (each.node, Chain(each.origin, each.epoch))
            self._rows[row] = max(each.seq, self._rows.get(row, 0))

    def acked(self) -> dict[tuple[bytes, Chain], int]:
        return dict(self._rows)


class _NoMirror:
    """No projections: a node that starts folds all it has, as one that was killed at once does."""

    def write(
        self, orders: Iterable[Order], house: House | None, upto: int | None, me: bytes
    ) -> None:
        pass

    def note_stored(self, receipts: Iterable[Receipt]) -> None:
        pass

    def projected_commit(self) -> int:
        return 0

    def open_orders(self) -> list[bytes]:
        return []

    def entries(self) -> list[Entry]:
        return []


class DiskFiles(Files):
    """A node's files on a simulated disk."""

    def __init__(self, disk: Disk, log: WatchedLog) -> None:
        self.room = _Room(disk)
        self.log = log  # type: ignore[assignment]
        self.mirror = _NoMirror()  # type: ignore[assignment]
        self.receipts = _Receipts(disk)  # type: ignore[assignment]
