"""What nodes say to each other: the feed's frames, requests and their answers.

Every message is a MessagePack array whose first item is its verb. Fields are only ever appended,
with defaults, and a reader skips items beyond those it knows. A frame is hostile until it has been
decoded here: sizes are bounded by type, and whatever is wrong with it comes out as BadBytes.
Groups and side records stay bytes inside a message, so that one bad group costs only itself.
"""

from __future__ import annotations

from enum import IntEnum
from typing import Annotated, TypeVar

import msgspec

from common.domain.codec import MAX_GROUP_BYTES, BadBytes, Checksum
from common.domain.ids import Chain, Counter, Epoch, Id
from common.wire.limits import (
    MAX_ACKS,
    MAX_FRAME,
    MAX_HEADS,
    MAX_SIDE_IDS,
    MAX_WANTS,
    PAGE_BYTES,
)

Seq = Annotated[int, msgspec.Meta(ge=1, lt=2**62)]
MeshTime = Annotated[int, msgspec.Meta(ge=-(2**62), lt=2**62)]
Version = Annotated[int, msgspec.Meta(ge=1, lt=2**31)]
RawGroups = Annotated[
    tuple[Annotated[bytes, msgspec.Meta(max_length=2 * MAX_GROUP_BYTES)], ...],
    msgspec.Meta(max_length=8_192),
]
RawSides = Annotated[
    tuple[Annotated[bytes, msgspec.Meta(max_length=MAX_GROUP_BYTES)], ...],
    msgspec.Meta(max_length=1_024),
]


class UnknownVerb(BadBytes):
    """A well-formed message of a later version."""


class Reason(IntEnum):
    """Why a request was refused. Readers take an unknown number as FAILED."""

    UNKNOWN_VERB = 1
    BAD_REQUEST = 2
    WRONG_STORE = 3
    WRONG_NODE = 4
    VERSION = 5
    NOT_ENROLLED = 6
    BUSY = 7
    FAILED = 8


class Item(msgspec.Struct, array_like=True, frozen=True):
    """Base of what messages are made of."""


class Head(Item, frozen=True):
    """How far a chain is held without a gap, and its checksum there."""

    origin: Id
    epoch: Epoch
    seq: Seq
    checksum: Checksum

    @property
    def chain(self) -> Chain:
        """The chain this is the head of."""
        return Chain(self.origin, self.epoch)


Heads = Annotated[tuple[Head, ...], msgspec.Meta(max_length=MAX_HEADS)]


class Stored(Item, frozen=True):
    """A head that became durable at the sender at this mesh time."""

    origin: Id
    epoch: Epoch
    seq: Seq
    checksum: Checksum
    stored_at: MeshTime

    @property
    def chain(self) -> Chain:
        """The chain this is the head of."""
        return Chain(self.origin, self.epoch)


class Want(Item, frozen=True):
    """The part of a chain that is asked for: whole groups after `after`, up to `until`."""

    origin: Id
    epoch: Epoch
    after: Counter
    until: Seq

    @property
    def chain(self) -> Chain:
        """The chain that is wanted."""
        return Chain(self.origin, self.epoch)


class Seal(Item, frozen=True):
    """The last closed business day, in place of the heads it covers. Not sent yet."""

    day: Annotated[int, msgspec.Meta(ge=19000101, le=99991231)]
    digest: Annotated[bytes, msgspec.Meta(max_length=64)]


class Message(msgspec.Struct, array_like=True, frozen=True):
    """Base of all messages."""


class Groups(Message, frozen=True, tag="GROUPS"):
    """Feed: what the publisher has just committed of its own."""

    relay: Id
    groups: RawGroups


class Sides(Message, frozen=True, tag="SIDES"):
    """Feed: the publisher's own new side records."""

    relay: Id
    sides: RawSides


class Vector(Message, frozen=True, tag="VECTOR"):
    """Feed, once a second: what the publisher holds of every chain, and that it lives."""

    relay: Id
    heads: Heads
    seal: Seal | None = None
    beat: Counter = 0
    queue_ms: Counter = 0
    disk: Annotated[int, msgspec.Meta(ge=0, le=255)] = 0


class Hello(Message, frozen=True, tag="HELLO"):
    """Who asks, what it speaks and what it holds."""

    store_id: Id
    node: Id
    protocol: Version
    oldest: Version
    fold_version: Counter
    heads: Heads


class Welcome(Message, frozen=True, tag="WELCOME"):
    """The same of the one who answers; both then speak the newest version they share."""

    store_id: Id
    node: Id
    protocol: Version
    oldest: Version
    fold_version: Counter
    heads: Heads


class Ack(Message, frozen=True, tag="ACK"):
    """These heads of yours are durable here; `t1` is the sender's mesh time as it leaves."""

    heads: Annotated[tuple[Stored, ...], msgspec.Meta(max_length=MAX_ACKS)]
    t1: MeshTime


class Acked(Message, frozen=True, tag="ACKED"):
    """The ack was heard: `t2` on arrival, `t3` as the answer leaves, by the answerer's clock."""

    t1: MeshTime
    t2: MeshTime
    t3: MeshTime


class Fetch(Message, frozen=True, tag="FETCH"):
    """Send these groups, in this order, as many as fit."""

    wants: Annotated[tuple[Want, ...], msgspec.Meta(min_length=1, max_length=MAX_WANTS)]
    limit_bytes: Annotated[int, msgspec.Meta(ge=1, le=PAGE_BYTES)]


class Page(Message, frozen=True, tag="PAGE"):
    """Whole groups; `more` says that not all that was wanted and is held fitted."""

    groups: RawGroups
    more: bool


class FetchSides(Message, frozen=True, tag="FETCH_SIDES"):
    """Send these side records."""

    ids: Annotated[tuple[Id, ...], msgspec.Meta(min_length=1, max_length=MAX_SIDE_IDS)]


class SidePage(Message, frozen=True, tag="SIDE_PAGE"):
    """Those that are held and fit."""

    sides: RawSides


class Deliver(Message, frozen=True, tag="DELIVER"):
    """Here are groups of mine that somebody at your end waits for; say when they are durable."""

    groups: RawGroups


class Delivered(Message, frozen=True, tag="DELIVERED"):
    """How far the chains of what was delivered are durable here: an ack."""

    heads: Annotated[tuple[Stored, ...], msgspec.Meta(max_length=MAX_ACKS)]


class Refused(Message, frozen=True, tag="REFUSED"):
    """No, and why; the code is a Reason."""

    code: Annotated[int, msgspec.Meta(ge=0, le=65_535)]


Feed = Groups | Sides | Vector
Question = Hello | Ack | Fetch | FetchSides | Deliver
Answer = Welcome | Acked | Page | SidePage | Delivered | Refused

T = TypeVar("T")

_encoder = msgspec.msgpack.Encoder()
_feed: msgspec.msgpack.Decoder[Feed] = msgspec.msgpack.Decoder(Feed)
_request: msgspec.msgpack.Decoder[Question] = msgspec.msgpack.Decoder(Question)
_answer: msgspec.msgpack.Decoder[Answer] = msgspec.msgpack.Decoder(Answer)
_FEED_VERBS = frozenset({"GROUPS", "SIDES", "VECTOR"})
_REQUEST_VERBS = frozenset({"HELLO", "ACK", "FETCH", "FETCH_SIDES", "DELIVER"})
_ANSWER_VERBS = frozenset({"WELCOME", "ACKED", "PAGE", "SIDE_PAGE", "DELIVERED", "REFUSED"})


def encode(message: Feed | Question | Answer) -> bytes:
    """The message's bytes: one frame."""
    return _encoder.encode(message)


def decode_feed(frame: bytes) -> Feed:
    """Read a frame of the feed. Raises BadBytes, UnknownVerb for one of a later version."""
    return _decode(_feed, frame, _FEED_VERBS)


def decode_request(body: bytes) -> Question:
    """Read a request. Raises BadBytes, UnknownVerb for one of a later version."""
    return _decode(_request, body, _REQUEST_VERBS)


def decode_answer(body: bytes) -> Answer:
    """Read an answer. Raises BadBytes, UnknownVerb for one of a later version."""
    return _decode(_answer, body, _ANSWER_VERBS)


def _decode(decoder: msgspec.msgpack.Decoder[T], raw: bytes, verbs: frozenset[str]) -> T:
    if len(raw) > MAX_FRAME:
        raise BadBytes(f"{len(raw)} bytes, at most {MAX_FRAME} allowed")
    try:
        return decoder.decode(raw)
    except (msgspec.MsgspecError, RecursionError, UnicodeDecodeError) as error:
        verb = _verb(raw)
        if verb is not None and verb not in verbs:
            raise UnknownVerb(verb) from error
        raise BadBytes(str(error)) from error


def _verb(raw: bytes) -> str | None:
    """The verb of a message that could not be decoded, read by hand: nothing else is touched."""
    start = {0xDC: 3, 0xDD: 5}.get(raw[0], 1 if raw[0] & 0xF0 == 0x90 else 0) if raw else 0
    head = raw[start : start + 33]
    if not start or not head or head[0] & 0xE0 != 0xA0:
        return None
    name = head[1 : 1 + (head[0] & 0x1F)]
    return name.decode("ascii", "replace") if name.isalnum() or b"_" in name else None
