"""A log in memory that keeps the same promises, for tests and simulated meshes."""

from __future__ import annotations

import sys
from bisect import bisect_left, bisect_right
from collections.abc import Iterable

from common.domain.codec import CHAIN_START, Event, Group, SideRecord, decode_event
from common.domain.ids import HOUSE, Chain, EventId
from common.store.contract import (
    EVENT_FRAME,
    GROUP_FRAME,
    Accepted,
    Addressees,
    Appended,
    Batch,
    Committed,
    Head,
    Span,
    WantedSide,
)
from common.store.errors import StoreBroken, StoreError
from common.store.rows import Start, check_next, find_span

_NOTHING = Head(0, CHAIN_START, 0)


class MemoryDisk:
    """What outlives its writer: a test may kill that, and open another on the same disk.

    Set `fault`, and the next append fails with it half-way, as a real disk would.
    """

    def __init__(self) -> None:
        self.fault: StoreError | None = None
        self.heads: dict[Chain, Head] = {}
        self.groups: dict[Chain, list[Group]] = {}
        self.stored_at: dict[Chain, list[int]] = {}
        self.events: list[tuple[bytes, Event]] = []
        self.subjects: dict[bytes, list[Event]] = {}
        self.commands: dict[bytes, Span] = {}
        self.sides: dict[bytes, SideRecord | None] = {}
        self.erased: dict[bytes, int] = {}
        self.wanted: dict[bytes, WantedSide] = {}
        self.max_lamport = 0


class MemoryReader:
    """The readers' half; see `contract.LogReads`."""

    def __init__(self, disk: MemoryDisk) -> None:
        self._disk = disk

    def close(self) -> None:
        """Nothing to let go of."""

    def heads(self) -> dict[Chain, Head]:
        """Every chain of which something is stored."""
        return dict(self._disk.heads)

    def groups_after(self, chain: Chain, seq: int, max_bytes: int) -> list[Group]:
        """Whole groups that hold what follows `seq`, in order, their frames within `max_bytes`."""
        chosen: list[Group] = []
        room = max_bytes
        groups = self._disk.groups.get(chain, [])
        for group in groups[bisect_right(groups, seq, key=lambda known: known.last) :]:
            room -= GROUP_FRAME + sum(EVENT_FRAME + len(raw) for raw in group.events)
            if chosen and room < 0:
                break
            chosen.append(group)
        return chosen

    def addressed(self, chain: Chain, seq: int, limit: int) -> list[Addressees]:
        """The groups behind `seq` that are addressed to anyone, in order: the last `limit`."""
        found = []
        for group in self.groups_after(chain, seq, sys.maxsize):
            roles = frozenset(role for raw in group.events for role in decode_event(raw).to)
            if roles:
                found.append(Addressees(group.first, group.last, roles))
        return found[-limit:]

    def stored_at(self, event: EventId) -> int | None:
        """The mesh time (µs) at which an event was stored here; None while it is not."""
        groups = self._disk.groups.get(event.chain, [])
        place = bisect_left(groups, event.seq, key=lambda known: known.last)
        return self._disk.stored_at[event.chain][place] if place < len(groups) else None

    def events_since(self, commit_no: int, limit: int) -> list[Committed]:
        """At most `limit` events after this commit number, in the order they came in."""
        some = self._disk.events[commit_no : commit_no + limit]
        return [Committed(at, raw) for at, (raw, _) in enumerate(some, commit_no + 1)]

    def events_of(self, subject: bytes) -> list[Event]:
        """An order's events (or the house's), in event-key order."""
        return sorted(self._disk.subjects.get(subject, ()), key=lambda known: known.key)

    def house_events(self) -> list[Event]:
        """The events of no order, in event-key order."""
        return self.events_of(HOUSE)

    def subjects_since(self, commit_no: int) -> list[bytes]:
        """Each subject with an event after this commit number, once, sorted."""
        return sorted({fact.subject for _, fact in self._disk.events[commit_no:]})

    def sides(self, ids: Iterable[bytes]) -> list[SideRecord]:
        """Those of these side records that are here and not erased."""
        found = (self._disk.sides.get(side_id) for side_id in dict.fromkeys(ids))
        return [record for record in found if record is not None]


class MemoryLog(MemoryReader):
    """The writer; see `contract.Log`."""

    def __init__(self, disk: MemoryDisk | None = None) -> None:
        super().__init__(disk or MemoryDisk())
        self._broken: StoreBroken | None = None

    def reader(self) -> MemoryReader:
        """A reader of the same disk."""
        return MemoryReader(self._disk)

    @property
    def last_commit(self) -> int:
        """The commit number of the last event; 0 in an empty log."""
        return len(self._disk.events)

    @property
    def max_lamport(self) -> int:
        """The highest Lamport time stored; 0 in an empty log."""
        return self._disk.max_lamport

    def head(self, chain: Chain) -> Head | None:
        """How far this chain is stored."""
        return self._disk.heads.get(chain)

    def append(self, batch: Batch) -> Appended:
        """Store a batch whole. Raises StoreError, storing nothing."""
        first = self.last_commit + 1
        heads = self._next_heads(batch)
        spans = _spans(batch, first)
        if self._broken is not None:
            raise self._broken
        if any(cmd_id in self._disk.commands for cmd_id in spans):
            self._disk.fault = StoreBroken("a command can't be taken twice")
        self._fail()
        for accepted in batch.groups:
            self._keep(accepted, batch.stored_at)
        self._disk.heads.update(heads)
        self._disk.commands.update(spans)
        for record in batch.sides:
            self._disk.sides.setdefault(record.id, record)
            self._disk.wanted.pop(record.id, None)
        for wish in batch.wanted:
            if wish.id not in self._disk.sides:
                self._disk.wanted.setdefault(wish.id, wish)
        return Appended(first, self.last_commit, heads)

    def own_command(self, cmd_id: bytes) -> Span | None:
        """What this node's first decision of the command made, if it ever took it."""
        return self._disk.commands.get(cmd_id)

    def wanted_sides(self) -> list[WantedSide]:
        """Side records that events name and that have not come yet, oldest first."""
        return sorted(self._disk.wanted.values(), key=lambda wish: (wish.at, wish.id))

    def erase_sides(self, before: int, now: int) -> int:
        """Forget side records made before this mesh time, and wishes for them; how many records."""
        disk = self._disk
        old = [held.id for held in disk.sides.values() if held is not None and held.at < before]
        disk.sides.update(dict.fromkeys(old))
        disk.erased.update(dict.fromkeys(old, now))
        disk.wanted = {key: wish for key, wish in disk.wanted.items() if wish.at >= before}
        return len(old)

    def _next_heads(self, batch: Batch) -> dict[Chain, Head]:
        heads: dict[Chain, Head] = {}
        for accepted in batch.groups:
            group = accepted.group
            head = heads.get(group.chain) or self._disk.heads.get(group.chain, _NOTHING)
            check_next(head, accepted)
            heads[group.chain] = Head(group.last, group.checksum, batch.stored_at)
        return heads

    def _fail(self) -> None:
        fault, self._disk.fault = self._disk.fault, None
        if isinstance(fault, StoreBroken):
            self._broken = fault
        if fault is not None:
            raise fault

    def _keep(self, accepted: Accepted, stored_at: int) -> None:
        group, events = accepted
        self._disk.groups.setdefault(group.chain, []).append(group)
        self._disk.stored_at.setdefault(group.chain, []).append(stored_at)
        for fact, raw in zip(events, group.events, strict=True):
            self._disk.events.append((raw, fact))
            self._disk.subjects.setdefault(fact.subject, []).append(fact)
            self._disk.max_lamport = max(self._disk.max_lamport, fact.lamport)


def _spans(batch: Batch, commit_no: int) -> dict[bytes, Span]:
    starts = []
    for accepted in batch.groups:
        starts.append(Start(accepted.group, commit_no))
        commit_no += len(accepted.events)
    return {own.cmd_id: find_span(own, starts) for own in batch.commands}
