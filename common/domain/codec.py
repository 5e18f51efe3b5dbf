"""Events as bytes: the envelope, the checksum along a chain and the signed group.

The envelope is a MessagePack array. Fields are only ever appended, with defaults; a reader takes
what it knows and keeps the raw bytes, so that an event of a later version is stored, placed in
order and relayed word for word by a node that can't read its payload.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Sequence
from typing import Annotated, TypeVar

import msgspec

from common.domain.ids import Chain, Counter, Epoch, EventId, EventKey, Id

MAX_EVENT = 64 * 1024
"""Bytes in one event's envelope; a larger one is refused where it is made."""
MAX_GROUP_EVENTS = 64
MAX_GROUP_BYTES = 192 * 1024
MAX_ROLES = 256
"""Roles that one event may be addressed to."""
MAX_SIDE = 128 * 1024
"""Bytes in a side record's body."""
CHECKSUM_SIZE = 16
CHAIN_START = bytes(CHECKSUM_SIZE)
"""The checksum before a chain's first event."""

Role = Annotated[str, msgspec.Meta(min_length=1, max_length=64)]
Checksum = Annotated[bytes, msgspec.Meta(min_length=CHECKSUM_SIZE, max_length=CHECKSUM_SIZE)]
Signature = Annotated[bytes, msgspec.Meta(min_length=64, max_length=64)]


T = TypeVar("T")


class BadBytes(ValueError):
    """Bytes from outside that are no event, group or message of ours."""


class Event(msgspec.Struct, array_like=True, frozen=True):
    """One immutable fact. `at` is mesh time in µs, for people only; `to` are role names."""

    origin: Id
    epoch: Epoch
    seq: Counter
    lamport: Counter
    at: Annotated[int, msgspec.Meta(ge=-(2**62), lt=2**62)]
    kind: Annotated[str, msgspec.Meta(min_length=1, max_length=64)]
    subject: Annotated[bytes, msgspec.Meta(min_length=1, max_length=16)]
    cmd_id: Id
    actor: Annotated[str, msgspec.Meta(max_length=256)]
    to: Annotated[tuple[Role, ...], msgspec.Meta(max_length=MAX_ROLES)]
    version: Annotated[int, msgspec.Meta(ge=1, lt=2**31)]
    payload: bytes

    @property
    def id(self) -> EventId:
        """The event's identity."""
        return EventId(self.origin, self.epoch, self.seq)

    @property
    def key(self) -> EventKey:
        """The event's place in the total order."""
        return EventKey(self.lamport, self.origin, self.epoch, self.seq)


class Group(msgspec.Struct, array_like=True, frozen=True):
    """What is committed, sent and accepted as one: events `first`… of a chain, signed."""

    origin: Id
    epoch: Epoch
    first: Annotated[int, msgspec.Meta(ge=1, lt=2**62)]
    previous: Checksum
    events: Annotated[
        tuple[Annotated[bytes, msgspec.Meta(max_length=MAX_EVENT)], ...],
        msgspec.Meta(min_length=1, max_length=MAX_GROUP_EVENTS),
    ]
    checksum: Checksum
    signature: Signature

    @property
    def chain(self) -> Chain:
        """The chain these events stand in."""
        return Chain(self.origin, self.epoch)

    @property
    def last(self) -> int:
        """The sequence number of the last event."""
        return self.first + len(self.events) - 1


_encoder = msgspec.msgpack.Encoder()
_event_decoder = msgspec.msgpack.Decoder(Event)
_group_decoder = msgspec.msgpack.Decoder(Group)


def encode_event(event: Event) -> bytes:
    """The event's bytes as they are stored, summed and sent."""
    return _encoder.encode(event)


def decode_event(raw: bytes) -> Event:
    """Read an envelope. Raises BadBytes."""
    return _decode(_event_decoder, raw, MAX_EVENT)


def encode_group(group: Group) -> bytes:
    """The group's bytes as they travel."""
    return _encoder.encode(group)


def decode_group(raw: bytes) -> Group:
    """Read a group's frame, its events still raw. Raises BadBytes."""
    return _decode(_group_decoder, raw, 2 * MAX_GROUP_BYTES)


def _decode(decoder: msgspec.msgpack.Decoder[T], raw: bytes, limit: int) -> T:
    if len(raw) > limit:
        raise BadBytes(f"{len(raw)} bytes, at most {limit} allowed")
    try:
        return decoder.decode(raw)
    except (msgspec.MsgspecError, RecursionError, UnicodeDecodeError) as error:
        raise BadBytes(str(error)) from error


def next_checksum(previous: bytes, raw: bytes) -> bytes:
    """BLAKE2b-128 of the checksum before and the event's bytes."""
    return hashlib.blake2b(previous + raw, digest_size=CHECKSUM_SIZE).digest()


def chain_checksum(previous: bytes, events: Iterable[bytes]) -> bytes:
    """The checksum after these events."""
    for raw in events:
        previous = next_checksum(previous, raw)
    return previous


def signed_message(store_id: bytes, chain: Chain, last: int, checksum: bytes) -> bytes:
    """What a group's signature covers; the store id keeps it from being played into another."""
    return b"".join(
        (
            b"passline-group-1",
            store_id,
            chain.origin,
            chain.epoch.to_bytes(8, "big"),
            last.to_bytes(8, "big"),
            checksum,
        )
    )


def seal_group(
    chain: Chain,
    first: int,
    previous: bytes,
    events: Sequence[bytes],
    store_id: bytes,
    sign: Callable[[bytes], bytes],
) -> Group:
    """Bind raw events into the group that will be committed, sent and kept as one."""
    checksum = chain_checksum(previous, events)
    last = first + len(events) - 1
    signature = sign(signed_message(store_id, chain, last, checksum))
    return Group(chain.origin, chain.epoch, first, previous, tuple(events), checksum, signature)


def open_group(group: Group) -> tuple[Event, ...]:
    """The group's events, decoded. Raises BadBytes if identity, size or checksum is wrong."""
    if sum(map(len, group.events)) > MAX_GROUP_BYTES:
        raise BadBytes("group too large")
    events = tuple(map(decode_event, group.events))
    for seq, event in enumerate(events, group.first):
        if (event.origin, event.epoch, event.seq) != (group.origin, group.epoch, seq):
            raise BadBytes("an event names another place in the chain")
    if chain_checksum(group.previous, group.events) != group.checksum:
        raise BadBytes("checksum does not match the events")
    return events


class SideRecord(msgspec.Struct, array_like=True, frozen=True):
    """What must be forgotten after 30 days, kept out of the log, which only names its id.

    `body` is JSON text: the guest's name and phone, the keys of an order that we did not know.
    """

    id: Id
    origin: Id
    subject: Id
    at: Annotated[int, msgspec.Meta(ge=-(2**62), lt=2**62)]
    body: Annotated[bytes, msgspec.Meta(max_length=MAX_SIDE)]
    signature: Signature


_side_decoder = msgspec.msgpack.Decoder(SideRecord)


def encode_side(side: SideRecord) -> bytes:
    """The side record's bytes as they are kept and travel."""
    return _encoder.encode(side)


def decode_side(raw: bytes) -> SideRecord:
    """Read a side record. Raises BadBytes."""
    return _decode(_side_decoder, raw, MAX_GROUP_BYTES)


def side_message(store_id: bytes, side: SideRecord) -> bytes:
    """What a side record's signature covers."""
    digest = hashlib.blake2b(side.body, digest_size=32).digest()
    at = side.at.to_bytes(8, "big", signed=True)
    return b"".join((b"passline-side-1", store_id, side.id, side.origin, side.subject, at, digest))
