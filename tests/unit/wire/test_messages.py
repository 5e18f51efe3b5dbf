from __future__ import annotations

import contextlib

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from common.domain.codec import BadBytes
from common.wire import messages as m
from common.wire.limits import MAX_FRAME, MAX_HEADS

ID = bytes(range(16))
HEAD = m.Head(ID, 7, 9, bytes(16))
FEED: list[m.Feed] = [
    m.Groups(ID, (b"group",)),
    m.Sides(ID, (b"side",)),
    m.Vector(ID, (HEAD,), None, 3, 12, 1),
    m.Vector(ID, (), m.Seal(20261122, bytes(32))),
]
QUESTIONS: list[m.Question] = [
    m.Hello(ID, ID, 1, 1, 5, (HEAD,)),
    m.Ack((m.Stored(ID, 7, 9, bytes(16), -4),), 100),
    m.Fetch((m.Want(ID, 7, 0, 9),), 1024),
    m.FetchSides((ID,)),
    m.Deliver((b"group",)),
]
ANSWERS: list[m.Answer] = [
    m.Welcome(ID, ID, 1, 1, 5, (HEAD,)),
    m.Acked(1, 2, 3),
    m.Page((b"group",), more=True),
    m.SidePage((b"side",)),
    m.Delivered((m.Stored(ID, 7, 9, bytes(16), -4),)),
    m.Refused(m.Reason.BUSY),
]


@pytest.mark.parametrize("message", FEED)
def test_a_feed_frame_reads_as_it_was_written(message: m.Feed) -> None:
    assert m.decode_feed(m.encode(message)) == message


@pytest.mark.parametrize("message", QUESTIONS)
def test_a_request_reads_as_it_was_written(message: m.Question) -> None:
    assert m.decode_request(m.encode(message)) == message


@pytest.mark.parametrize("message", ANSWERS)
def test_an_answer_reads_as_it_was_written(message: m.Answer) -> None:
    assert m.decode_answer(m.encode(message)) == message


@pytest.mark.parametrize("message", QUESTIONS)
def test_items_a_later_version_appends_are_skipped(message: m.Question) -> None:
    longer = [*msgspec.msgpack.decode(m.encode(message)), "new", {"deep": [1]}]
    assert m.decode_request(msgspec.msgpack.encode(longer)) == message


def test_a_vector_may_end_after_its_heads() -> None:
    assert m.decode_feed(msgspec.msgpack.encode(["VECTOR", ID, []])) == m.Vector(ID, ())


@pytest.mark.parametrize("verb", ["SNAPSHOT", "X", "CLOSE_DAY"])
def test_a_verb_of_a_later_version_is_told_from_rubbish(verb: str) -> None:
    raw = msgspec.msgpack.encode([verb, 1, {"any": "thing"}])
    for decode in (m.decode_feed, m.decode_request, m.decode_answer):
        with pytest.raises(m.UnknownVerb, match=verb):
            decode(raw)


def test_a_long_array_names_its_verb_too() -> None:
    with pytest.raises(m.UnknownVerb, match="LATER"):
        m.decode_request(msgspec.msgpack.encode(["LATER", *range(70_000)]))


WRONG = {
    "empty": b"",
    "not an array": msgspec.msgpack.encode({"HELLO": 1}),
    "no verb": msgspec.msgpack.encode([1, 2]),
    "verb only": msgspec.msgpack.encode(["HELLO"]),
    "cut off": m.encode(QUESTIONS[0])[:-3],
    "trailing bytes": m.encode(QUESTIONS[0]) + b"\x00",
    "nested too deep": b"\x91" * 5_000,
    "a verb, nested too deep": b"\x92\xa3ACK" + b"\x91" * 5_000,
    "an array that claims to be huge": b"\x92\xa3ACK\xdd\xff\xff\xff\xff",
    "an id too short": msgspec.msgpack.encode(["FETCH_SIDES", [b"short"]]),
    "nothing wanted": msgspec.msgpack.encode(["FETCH", [], 1024]),
    "a limit too high": msgspec.msgpack.encode(["FETCH", [[ID, 7, 0, 9]], 1 << 30]),
    "a negative number": msgspec.msgpack.encode(["FETCH", [[ID, 7, -1, 9]], 1024]),
    "a number too large": msgspec.msgpack.encode(["FETCH", [[ID, 2**48, 1, 9]], 1024]),
    "too many heads": msgspec.msgpack.encode(
        ["HELLO", ID, ID, 1, 1, 1, [[ID, 0, 1, bytes(16)]] * (MAX_HEADS + 1)]
    ),
    "too long": msgspec.msgpack.encode(["FETCH_SIDES", bytes(MAX_FRAME)]),
    "text that is none": b"\x92\xa5HELLO\xa2\xff\xfe",
}


@pytest.mark.parametrize("raw", WRONG.values(), ids=WRONG)
def test_what_is_wrong_comes_out_as_bad_bytes(raw: bytes) -> None:
    with pytest.raises(BadBytes) as caught:
        m.decode_request(raw)
    assert not isinstance(caught.value, m.UnknownVerb)


@given(st.binary(max_size=200), st.sampled_from(QUESTIONS), st.integers(0, 60))
def test_no_bytes_do_more_than_be_refused(noise: bytes, message: m.Question, at: int) -> None:
    good = m.encode(message)
    for raw in (noise, good[:at] + noise + good[at:]):
        for decode in (m.decode_feed, m.decode_request, m.decode_answer):
            with contextlib.suppress(BadBytes):
                decode(raw)


def test_a_full_vector_fits_one_frame() -> None:
    vector = m.Vector(ID, (m.Head(b"\xff" * 16, 2**48 - 1, 2**62 - 1, b"\xff" * 16),) * MAX_HEADS)
    assert len(m.encode(vector)) <= MAX_FRAME
