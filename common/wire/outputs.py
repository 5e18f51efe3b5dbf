"""What goes into the replica beside frames, and all that comes out of it.

The replica does nothing itself. It answers each input with a list of these, in the order in which
they are to be carried out.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from enum import Enum
from typing import NamedTuple

import msgspec

from common.domain.codec import Event, Group, SideRecord
from common.domain.ids import Chain
from common.wire.messages import Head, Want

Token = Hashable
"""The transport's name for a request it must answer; the replica only hands it back."""


NEVER = 2**62
"""A monotonic time that does not come."""


class Now(NamedTuple):
    """One moment on two clocks, in µs.

    `mono` never goes back and drives every time-out. `mesh` is what people are told, is written
    into acks and nothing waits for it.
    """

    mono: int
    mesh: int


class Held(NamedTuple):
    """A chain's durable head as the store knows it at the start."""

    origin: bytes
    epoch: int
    seq: int
    checksum: bytes
    stored_at: int


class Received(NamedTuple):
    """A group from elsewhere that passed every check, its events decoded."""

    group: Group
    events: tuple[Event, ...]


class SideWant(NamedTuple):
    """A side record that an event names and the store has not; `origin` is the event's."""

    id: bytes
    origin: bytes


class Addressed(NamedTuple):
    """A group of this node's own, and the roles that its events are addressed to."""

    chain: Chain
    first: int
    last: int
    roles: frozenset[str]


class What(Enum):
    """What a log line can be about."""

    FORK = "fork"
    BAD_FRAME = "bad frame"
    BAD_GROUP = "bad group"
    BAD_SIDE = "bad side record"
    BAD_SIGNATURE = "bad signature"
    BAD_ACK = "bad ack"
    BAD_ANSWER = "bad answer"
    WRONG_RELAY = "wrong relay"
    NOT_ENROLLED = "not enrolled"
    UNKNOWN_VERB = "unknown verb"
    REFUSED = "refused"
    TIMEOUT = "timeout"
    COMMIT_FAILED = "commit failed"
    OVERLOADED = "overloaded"


class Output(msgspec.Struct, frozen=True):
    """Base of the outputs."""


class Publish(Output, frozen=True):
    """Send this frame on the feed."""

    frame: bytes


class Request(Output, frozen=True):
    """Send this to a peer's ROUTER; its answer comes back through `answered`."""

    peer: bytes
    request_id: int
    body: bytes


class Reply(Output, frozen=True):
    """Answer the request that came with this token."""

    token: Token
    body: bytes


class Reset(Output, frozen=True):
    """Close the client socket to this peer and open a new one; whatever it held is void."""

    peer: bytes


class Commit(Output, frozen=True):
    """Append these groups, in this order; then say `committed` or `commit_failed`.

    Commits are carried out and reported in the order they were given, each group once. A group
    that does not follow the durable head of its chain fails.
    """

    groups: tuple[Received, ...]


class Read(Output, frozen=True):
    """Read these groups, in this order, until `limit` bytes; then say `read`.

    The first group found is handed over whatever its size.
    """

    token: Token
    wants: tuple[Want, ...]
    limit: int


class ReadAddressed(Output, frozen=True):
    """Look up whom the groups in these parts of own chains are addressed to; say `addressed`.

    Of each chain in order, and where there are more than MAX_DUE the newest.
    """

    wants: tuple[Want, ...]


class ReadSides(Output, frozen=True):
    """Read these side records; then say `sides_read`."""

    token: Token
    ids: tuple[bytes, ...]


class KeepSides(Output, frozen=True):
    """Keep these side records; then say `sides_kept`."""

    sides: tuple[SideRecord, ...]


class Receipt(Output, frozen=True):
    """A node holds my chain durably up to `seq`; both times are mesh times."""

    node: bytes
    origin: bytes
    epoch: int
    seq: int
    stored_at: int
    acked_at: int


class LinkChanged(Output, frozen=True):
    """A peer can be reached now, or can't any more."""

    peer: bytes
    up: bool


class Note(Output, frozen=True):
    """Something for the log; the same from the same peer at most once a second."""

    what: What
    detail: str
    peer: bytes | None = None


Outputs = (
    Publish
    | Request
    | Reply
    | Reset
    | Commit
    | Read
    | ReadAddressed
    | ReadSides
    | KeepSides
    | Receipt
    | LinkChanged
    | Note
)


class ClockSample(NamedTuple):
    """One four-timestamp exchange: how far the peer's mesh time is ahead, and the way's length."""

    offset: int
    delay: int
    at: int


class PeerStatus(msgspec.Struct, frozen=True):
    """One peer as seen from here; times are on the monotonic clock."""

    up: bool
    last_heard: int | None
    heads: tuple[Head, ...]
    fold_version: int | None
    queue_ms: int
    disk: int
    clock: ClockSample | None
    due: int


class Status(msgspec.Struct, frozen=True):
    """The replica as it stands."""

    heads: tuple[Head, ...]
    peers: Mapping[bytes, PeerStatus]
    behind: tuple[Chain, ...]
    sides_missing: int
    pending_bytes: int
    counters: Mapping[str, int]
