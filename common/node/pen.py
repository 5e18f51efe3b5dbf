"""The node's own chain: its end, and what one round adds to it."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterable
from typing import NamedTuple

from common.domain.codec import (
    CHAIN_START,
    MAX_GROUP_BYTES,
    MAX_GROUP_EVENTS,
    Event,
    Group,
    encode_event,
    next_checksum,
    seal_group,
)
from common.domain.decide import Draft
from common.domain.events import VERSIONS
from common.domain.ids import Chain
from common.store.contract import Accepted


class Place(NamedTuple):
    """The end of the node's own chain: the last event's number and checksum."""

    seq: int
    checksum: bytes
    lamport: int


class Pen:
    """Writes this node's chain: gives events their identity and order, and seals groups.

    The epoch is minted here, anew at each start, and reaches the disk with the first event.
    """

    def __init__(
        self, origin: bytes, store_id: bytes, sign: Callable[[bytes], bytes], lamport: int
    ) -> None:
        self.chain = Chain(origin, secrets.randbits(48))
        self.place = Place(0, CHAIN_START, lamport)
        self._store_id = store_id
        self._sign = sign

    def heard(self, lamport: int) -> None:
        """An event of another node was seen: what is written from now on comes after it."""
        if lamport > self.place.lamport:
            self.place = self.place._replace(lamport=lamport)

    def write(self, draft: Draft, cmd_id: bytes, actor: str, at: int) -> tuple[Event, bytes]:
        """Make a draft the next event of the chain."""
        seq, checksum, lamport = self.place
        event = Event(
            *self.chain,
            seq + 1,
            lamport + 1,
            at,
            draft.kind,
            draft.subject,
            cmd_id,
            actor,
            draft.to,
            VERSIONS.get(draft.kind, 1),
            draft.payload,
        )
        raw = encode_event(event)
        self.place = Place(seq + 1, next_checksum(checksum, raw), lamport + 1)
        return event, raw

    def seal(self, before: Place, raws: list[bytes]) -> Group:
        """The group of what was written since `before`."""
        return seal_group(
            self.chain, before.seq + 1, before.checksum, raws, self._store_id, self._sign
        )


class Draught:
    """What the node itself writes in one round, as groups that no command spans."""

    def __init__(self, pen: Pen) -> None:
        self._pen = pen
        self._start = self._before = pen.place
        self._events: list[Event] = []
        self._raws: list[bytes] = []
        self._size = 0
        self.groups: list[Accepted] = []

    def write(
        self, drafts: Iterable[Draft], cmd_id: bytes, actor: str, at: int
    ) -> tuple[Event, ...]:
        """Write one command's events."""
        drafts = tuple(drafts)
        begun = self._pen.place
        written = [self._pen.write(draft, cmd_id, actor, at) for draft in drafts]
        size = sum(len(raw) for _, raw in written)
        full = len(self._events) + len(written) > MAX_GROUP_EVENTS
        if self._events and (full or self._size + size > MAX_GROUP_BYTES):
            self._close_group()
            self._before = begun
        self._events += (event for event, _ in written)
        self._raws += (raw for _, raw in written)
        self._size += size
        return tuple(event for event, _ in written)

    def close(self) -> None:
        """Seal what is still open."""
        if self._events:
            self._close_group()

    def take_back(self) -> None:
        """Nothing of this became durable: the chain goes on where it stood."""
        self._pen.place = self._start._replace(lamport=self._pen.place.lamport)

    def _close_group(self) -> None:
        group = self._pen.seal(self._before, self._raws)
        self.groups.append(Accepted(group, tuple(self._events)))
        self._events, self._raws, self._size = [], [], 0
