"""What is in a log today stays readable for ever: bytes written once, held against the code.

`golden/v1.json` is never written again. A field that is appended to a kind puts it into `v2.json`;
v1 must still be read, with the new field at its default, and only the newest is what is written.
Kinds that came after v1 go on in its chain: `later.json` only grows.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import msgspec
import pytest
from nacl.signing import VerifyKey

from common.domain import events as e
from common.domain.codec import (
    CHAIN_START,
    BadBytes,
    Event,
    chain_checksum,
    decode_event,
    decode_group,
    decode_side,
    encode_event,
    encode_group,
    encode_side,
    next_checksum,
    open_group,
    seal_group,
    side_message,
    signed_message,
)
from common.domain.ids import Chain
from tests.unit.domain import golden_samples as samples


def written(name: str) -> dict[str, Any]:
    path = Path(__file__).parent / "golden" / name
    bytes_of: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return bytes_of


V1, V2, LATER = written("v1.json"), written("v2.json"), written("later.json")
ENTRIES = V1["events"] + LATER["events"]
PAIRS = [
    *zip(V1["events"], samples.EVENTS, samples.PAYLOADS, strict=True),
    *zip(LATER["events"], samples.LATER_EVENTS, samples.LATER, strict=True),
]
NAMES = [entry["kind"] for entry in ENTRIES]
GROWN = [*zip(V2["events"], samples.GROWN_EVENTS, samples.GROWN, strict=True)]
NEWEST = [pair for pair in PAIRS if pair[0]["kind"] not in samples.FIELDS_OF_V1] + GROWN
"""Of each kind what is written now."""
NEWEST_NAMES = [entry["kind"] for entry, _, _ in NEWEST]


def test_every_kind_has_its_bytes() -> None:
    kinds = sorted(kind.__name__ for kind in e.ORDER_KINDS + e.HOUSE_KINDS)
    assert kinds == sorted(NAMES) == sorted(NEWEST_NAMES)
    assert {event.kind: event.version for _, event, _ in GROWN} == e.VERSIONS


@pytest.mark.parametrize(
    ("entry", "event", "payload"),
    PAIRS + GROWN,
    ids=[*NAMES, *(f"{event.kind} of v2" for _, event, _ in GROWN)],
)
def test_every_version_is_read(entry: dict[str, str], event: Event, payload: e.Payload) -> None:
    read = decode_event(bytes.fromhex(entry["event"]))
    assert read == event
    assert e.decode_payload(read) == payload


@pytest.mark.parametrize(("entry", "event", "payload"), NEWEST, ids=NEWEST_NAMES)
def test_what_is_written_is_the_newest(
    entry: dict[str, str], event: Event, payload: e.Payload
) -> None:
    assert e.encode_payload(payload).hex() == entry["payload"]
    assert encode_event(event).hex() == entry["event"]


def test_the_checksum_runs_along_the_chain() -> None:
    checksum = CHAIN_START
    for entry in ENTRIES:
        checksum = next_checksum(checksum, bytes.fromhex(entry["event"]))
        assert checksum.hex() == entry["checksum"]
    events = samples.EVENTS + samples.LATER_EVENTS
    assert chain_checksum(CHAIN_START, map(encode_event, events)) == checksum


def test_the_group_is_v1_and_its_signature_holds() -> None:
    raw = bytes.fromhex(V1["group"]["bytes"])
    group = decode_group(raw)
    assert encode_group(samples.group()) == encode_group(group) == raw
    assert open_group(group) == samples.EVENTS
    store_id, key = bytes.fromhex(V1["store_id"]), bytes.fromhex(V1["public_key"])
    message = signed_message(store_id, Chain(group.origin, group.epoch), group.last, group.checksum)
    assert message.hex() == V1["group"]["signed_message"]
    VerifyKey(key).verify(message, group.signature)


def test_the_side_record_is_v1_and_its_signature_holds() -> None:
    raw = bytes.fromhex(V1["side"]["bytes"])
    side = decode_side(raw)
    assert encode_side(samples.side()) == encode_side(side) == raw
    message = side_message(bytes.fromhex(V1["store_id"]), side)
    assert message.hex() == V1["side"]["signed_message"]
    VerifyKey(bytes.fromhex(V1["public_key"])).verify(message, side.signature)


# --- what later versions may do


def longer(raw: bytes) -> bytes:
    """The same array with two more items, as a later version would write it."""
    return msgspec.msgpack.encode([*msgspec.msgpack.decode(raw), "appended", [1, None]])


@pytest.mark.parametrize(("entry", "event", "payload"), NEWEST, ids=NEWEST_NAMES)
def test_appended_fields_are_passed_over(
    entry: dict[str, str], event: Event, payload: e.Payload
) -> None:
    assert decode_event(longer(bytes.fromhex(entry["event"]))) == event
    future = msgspec.structs.replace(event, payload=longer(event.payload), version=2)
    assert e.decode_payload(decode_event(encode_event(future))) == payload


def test_an_unknown_kind_is_placed_but_not_read() -> None:
    event = decode_event(bytes.fromhex(V1["unknown_kind"]))
    assert event.kind == "TableWiped"
    assert event.key == (7, samples.ORIGIN, samples.EPOCH, 15)
    assert e.decode_payload(event) is None
    assert encode_event(event).hex() == V1["unknown_kind"], "relayed word for word"


def test_a_group_keeps_the_raw_bytes_of_what_it_cannot_read_whole() -> None:
    raw = longer(encode_event(samples.EVENTS[0]))
    group = seal_group(
        Chain(samples.ORIGIN, samples.EPOCH), 1, CHAIN_START, [raw], samples.STORE, samples.sign
    )
    travelled = decode_group(encode_group(group))
    assert travelled.events == (raw,)
    assert open_group(travelled) == samples.EVENTS[:1]


@pytest.mark.parametrize("cut", [0, 1, 20, -1])
def test_a_cut_event_is_refused(cut: int) -> None:
    with pytest.raises(BadBytes):
        decode_event(bytes.fromhex(V1["events"][0]["event"])[:cut])
