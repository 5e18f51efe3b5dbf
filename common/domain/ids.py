"""Names of things: nodes, events, orders, lines. All are bytes made once and never reused."""

from __future__ import annotations

import hashlib
from typing import Annotated, NamedTuple

import msgspec

ID_SIZE = 16
"""Bytes in an origin, an order id, a command id and a side-record id."""

Id = Annotated[bytes, msgspec.Meta(min_length=ID_SIZE, max_length=ID_SIZE)]
Epoch = Annotated[int, msgspec.Meta(ge=0, lt=2**48)]
Counter = Annotated[int, msgspec.Meta(ge=0, lt=2**62)]
"""A sequence number, a Lamport time or a length: bounded, so that SQLite's integers hold it."""

HOUSE = b"house"
"""Subject of the events that belong to no order: roster, settings, menu."""


class Chain(NamedTuple):
    """One node's unbroken run of events between two starts that wrote something."""

    origin: bytes
    epoch: int


class EventId(NamedTuple):
    """The identity of an event, unique for ever."""

    origin: bytes
    epoch: int
    seq: int

    @property
    def chain(self) -> Chain:
        """The chain this event stands in."""
        return Chain(self.origin, self.epoch)


class EventKey(NamedTuple):
    """The total order of events: Lamport time first, identity to break ties; no clock decides."""

    lamport: int
    origin: bytes
    epoch: int
    seq: int


class LineId(NamedTuple):
    """A line's permanent id: the command that made it and which of its lines it is."""

    cmd_id: Id
    nth: Counter


def line_key(line: LineId) -> str:
    """A line id as text for views, logs and row keys."""
    return f"{line.cmd_id.hex()}:{line.nth}"


def derived_id(*parts: bytes) -> bytes:
    """An id that follows from others, the same wherever it is worked out."""
    digest = hashlib.blake2b(digest_size=ID_SIZE, person=b"passline-derived")
    for part in parts:
        digest.update(len(part).to_bytes(4, "big"))
        digest.update(part)
    return digest.digest()
