"""What every log promises, the one in SQLite and the one in memory.

A log has one writer, used by one thread, and any number of readers. What `append` returned is on
the disk for good; what raised left nothing. `commit_no` is this node's own count of the events it
has taken in, without gaps; no other node shares it.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple, Protocol

import msgspec

from common.domain.codec import Event, Group, SideRecord, decode_event
from common.domain.ids import Chain, EventId

GROUP_FRAME = 142
"""Bytes at most that a group's frame has beside its events."""
EVENT_FRAME = 5
"""Bytes at most that a group's frame has for each event beside the event's own."""


class Head(NamedTuple):
    """How far a chain is stored: last event, the checksum there, mesh time it was stored in µs."""

    seq: int
    checksum: bytes
    stored_at: int


class Accepted(NamedTuple):
    """A group that was checked, with its events as `open_group` read them."""

    group: Group
    events: tuple[Event, ...]


class OwnCommand(NamedTuple):
    """A command that this node decided: its first event, in the same batch, and how many."""

    cmd_id: bytes
    first: EventId
    length: int


class Span(NamedTuple):
    """The commit numbers of a command's first and last event."""

    first: int
    last: int


class WantedSide(NamedTuple):
    """A side record that an event names and that we lack: who made it, the event's mesh time."""

    id: bytes
    origin: bytes
    at: int


class Addressees(NamedTuple):
    """A group's first and last event, and the roles that its events are addressed to."""

    first: int
    last: int
    roles: frozenset[str]


class Batch(msgspec.Struct, frozen=True, kw_only=True):
    """What one transaction stores. `stored_at` is mesh time in µs.

    Groups of one chain stand in their order. A side record that is stored already, or was erased,
    is passed over; so is a wish for one.
    """

    stored_at: int
    groups: tuple[Accepted, ...] = ()
    commands: tuple[OwnCommand, ...] = ()
    sides: tuple[SideRecord, ...] = ()
    wanted: tuple[WantedSide, ...] = ()


class Appended(NamedTuple):
    """A stored batch: the span of its commit numbers (first > last if it had no events).

    `heads` are those of the batch's chains only.
    """

    first: int
    last: int
    heads: dict[Chain, Head]


class Committed(NamedTuple):
    """An event as stored, with this node's number for it."""

    commit_no: int
    raw: bytes

    @property
    def event(self) -> Event:
        """The envelope, decoded anew at each call."""
        return decode_event(self.raw)


class LogReads(Protocol):
    """What a log can be asked, on any thread with a reader of its own."""

    def heads(self) -> dict[Chain, Head]:
        """Every chain of which something is stored."""

    def groups_after(self, chain: Chain, seq: int, max_bytes: int) -> list[Group]:
        """Whole groups that hold what follows `seq`, in order, their frames within `max_bytes`.

        The first is given even if it is larger; none means that nothing follows.
        """

    def addressed(self, chain: Chain, seq: int, limit: int) -> list[Addressees]:
        """The groups behind `seq` that are addressed to anyone, in order: the last `limit`."""

    def stored_at(self, event: EventId) -> int | None:
        """The mesh time (µs) at which an event was stored here; None while it is not."""

    def events_since(self, commit_no: int, limit: int) -> list[Committed]:
        """At most `limit` events after this commit number, in the order they came in."""

    def events_of(self, subject: bytes) -> list[Event]:
        """An order's events (or the house's), in event-key order."""

    def house_events(self) -> list[Event]:
        """The events of no order, in event-key order."""

    def subjects_since(self, commit_no: int) -> list[bytes]:
        """Each subject with an event after this commit number, once, sorted."""

    def sides(self, ids: Iterable[bytes]) -> list[SideRecord]:
        """Those of these side records that are here and not erased."""

    def close(self) -> None:
        """Let go of the file."""


class Log(LogReads, Protocol):
    """The writer: one for a log, used by one thread at a time."""

    @property
    def last_commit(self) -> int:
        """The commit number of the last event; 0 in an empty log."""

    @property
    def max_lamport(self) -> int:
        """The highest Lamport time stored; 0 in an empty log."""

    def head(self, chain: Chain) -> Head | None:
        """How far this chain is stored, without a look at the disk."""

    def append(self, batch: Batch) -> Appended:
        """Store a batch whole, on the disk when this returns. Raises StoreError, storing nothing.

        NotNext if a group does not continue its chain; StoreFull if there is no room;
        StoreBroken for anything else, and then the log must be opened again.
        """

    def own_command(self, cmd_id: bytes) -> Span | None:
        """What this node's first decision of the command made, if it ever took it."""

    def wanted_sides(self) -> list[WantedSide]:
        """Side records that events name and that have not come yet, oldest first."""

    def erase_sides(self, before: int, now: int) -> int:
        """Forget side records made before this mesh time, and wishes for them; how many records.

        Their ids stay, so that a peer that still has one can't bring it back.
        """
