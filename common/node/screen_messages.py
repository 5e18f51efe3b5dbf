"""What a screen and its node say to each other on their machine; PROTOCOL.md, "Screen link".

A request is one frame. An answer is one frame; more follow a snapshot (index and raw events) and
what was told (its data). A stream message is a head and, for `Fresh`, the raw events it counts.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, TypeVar

import msgspec

from common.domain.alarms import Alarm
from common.domain.codec import BadBytes, Role
from common.domain.house import Entry
from common.domain.ids import EventId, Id
from common.domain.reasons import Rejected

CHUNK = 256 * 1024
"""Bytes of raw events in one frame of a snapshot, about."""
ENTRIES = 1_000
"""Index entries in one frame of a snapshot."""


class Message(msgspec.Struct, frozen=True, array_like=True, tag=True):
    """Base of what is said on the screen link."""


class Open(Message, frozen=True):
    """Give me the house, the open and lately closed orders and their place in the stream."""


class Do(Message, frozen=True):
    """Decide this command (its bytes)."""

    command: bytes


class Ask(Message, frozen=True):
    """A question by name."""

    name: str
    args: Mapping[str, str | int] = {}


class Snapshot(Message, frozen=True):
    """The board as of commit number `cursor`; `store_key` is whose word on the roster counts.

    `index` frames follow that name the recent orders, then frames of raw events: the house's and
    the orders'.
    """

    cursor: int
    origin: Id
    store_key: bytes
    roles: tuple[Role, ...]
    index: int


class Did(Message, frozen=True):
    """The command is decided and durable here: its order, the order's number, its events."""

    cmd_id: Id
    order_id: bytes
    number: str
    events: tuple[EventId, ...]


class Declined(Message, frozen=True):
    """The command was refused, and nothing happened."""

    cmd_id: Id
    reason: Rejected


class Told(Message, frozen=True):
    """The answer to a question: the frames that follow hold its plain data."""

    name: str


class Failed(Message, frozen=True):
    """The request could not be answered."""

    reason: Rejected


class Fresh(Message, frozen=True):
    """Events `first` … of this node's commit numbers; their raw bytes follow, a frame each."""

    first: int


class Beat(Message, frozen=True):
    """The node is alive, and this is its last commit number and what is wrong.

    Told every second, and at once when something else is wrong.
    """

    last_commit: int
    mesh: int
    alarms: tuple[Alarm, ...] = ()


Request = Open | Do | Ask
Answer = Snapshot | Did | Declined | Told | Failed
Stream = Fresh | Beat

_T = TypeVar("_T")
_encoder = msgspec.msgpack.Encoder()
_requests: msgspec.msgpack.Decoder[Request] = msgspec.msgpack.Decoder(Request)
_answers: msgspec.msgpack.Decoder[Answer] = msgspec.msgpack.Decoder(Answer)
_streams: msgspec.msgpack.Decoder[Stream] = msgspec.msgpack.Decoder(Stream)
_chunks: msgspec.msgpack.Decoder[list[bytes]] = msgspec.msgpack.Decoder(list[bytes])
_data: msgspec.msgpack.Decoder[Any] = msgspec.msgpack.Decoder()
_entries: msgspec.msgpack.Decoder[list[Entry]] = msgspec.msgpack.Decoder(list[Entry])


def encode(message: Message) -> bytes:
    """A message's frame."""
    return _encoder.encode(message)


def encode_entries(entries: Sequence[Entry]) -> bytes:
    """One frame of a snapshot's index."""
    return _encoder.encode(entries)


def encode_chunk(raws: list[bytes]) -> bytes:
    """One frame of a snapshot's raw events."""
    return _encoder.encode(raws)


def encode_data(data: Any) -> list[bytes]:
    """Plain data as frames: a long order's trace does not fit one."""
    body = _encoder.encode(data)
    return [body[start : start + CHUNK] for start in range(0, len(body), CHUNK)]


def decode_data(frames: Sequence[bytes]) -> Any:
    """Read what `encode_data` made. Raises BadBytes."""
    return _decode(_data, b"".join(frames))


def decode_request(frame: bytes) -> Request:
    """Read what a screen asks. Raises BadBytes."""
    return _decode(_requests, frame)


def decode_answer(frame: bytes) -> Answer:
    """Read what the node answers. Raises BadBytes."""
    return _decode(_answers, frame)


def decode_stream(frame: bytes) -> Stream:
    """Read the head of a stream message. Raises BadBytes."""
    return _decode(_streams, frame)


def decode_entries(frame: bytes) -> list[Entry]:
    """Read one frame of a snapshot's index. Raises BadBytes."""
    return _decode(_entries, frame)


def decode_chunk(frame: bytes) -> list[bytes]:
    """Read one frame of a snapshot. Raises BadBytes."""
    return _decode(_chunks, frame)


def _decode(decoder: msgspec.msgpack.Decoder[_T], frame: bytes) -> _T:
    try:
        return decoder.decode(frame)
    except (msgspec.MsgspecError, RecursionError, UnicodeDecodeError) as error:
        raise BadBytes(str(error)) from error
