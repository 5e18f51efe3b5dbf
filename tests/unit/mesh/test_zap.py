import threading
from collections.abc import Iterator

import pytest
import zmq
from hypothesis import given
from hypothesis import strategies as st

from common.mesh.curve import Socket
from common.mesh.errors import GateSilentError
from common.mesh.zap import ENDPOINT, ZapGate, judge

KEY, OTHER = bytes(32), b"\1" * 32
TABLES = {b"mesh": {KEY: b"me"}, b"screen": {OTHER: b"screen"}}
CLIENT = [b"client", b""]
GOOD = [b"1.0", b"7", b"mesh", b"10.0.0.1", b"", b"CURVE", KEY]


@pytest.fixture
def context() -> Iterator[zmq.Context[Socket]]:
    made: zmq.Context[Socket] = zmq.Context()
    yield made
    made.term()


@pytest.fixture
def gate(context: zmq.Context[Socket]) -> Iterator[ZapGate]:
    made = ZapGate(context)
    yield made
    made.close()


def test_a_listed_key_enters_under_its_name() -> None:
    code, reply = judge(TABLES, CLIENT + GOOD)

    assert code == b"200"
    assert reply == [*CLIENT, b"1.0", b"7", b"200", b"OK", b"me", b""]


@pytest.mark.parametrize(
    ("place", "value"),
    [
        (2, b"screen"),
        (2, b""),
        (2, b"*"),
        (2, b"MESH"),
        (5, b"NULL"),
        (5, b"PLAIN"),
        (6, OTHER),
        (6, b""),
        (6, KEY[:31]),
        (6, b"odd length"),
    ],
)
def test_anything_else_is_refused_with_400(place: int, value: bytes) -> None:
    request = [*GOOD[:place], value, *GOOD[place + 1 :]]

    code, reply = judge(TABLES, CLIENT + request)

    assert (code, reply[3], reply[6]) == (b"400", b"7", b"")


@pytest.mark.parametrize("request_", [GOOD[:-1], [*GOOD, b"more"]])
def test_a_wrong_number_of_credentials_is_refused(request_: list[bytes]) -> None:
    assert judge(TABLES, CLIENT + request_)[0] == b"400"


@pytest.mark.parametrize("request_", [[], [b"1.0"], GOOD[:5], [b"2.0", *GOOD[1:]]])
def test_what_is_no_zap_request_gets_500(request_: list[bytes]) -> None:
    assert judge(TABLES, CLIENT + request_)[0] == b"500"


@given(st.lists(st.binary(max_size=40), min_size=1, max_size=12))
def test_any_frames_get_one_whole_reply_and_nobody_in(frames: list[bytes]) -> None:
    code, reply = judge({b"mesh": {}}, frames)

    assert code in (b"400", b"500")
    assert reply[0] == frames[0]
    assert reply[-4] == code


def test_a_list_is_replaced_as_a_whole_and_alone(gate: ZapGate) -> None:
    gate.allow("mesh", {KEY: "first"})
    gate.allow("screen", {KEY: "screen"})
    assert gate.ask("mesh", KEY) == (b"200", b"first")

    gate.allow("mesh", {OTHER: "second"})

    assert gate.ask("mesh", KEY) == (b"400", b"")
    assert gate.ask("mesh", OTHER) == (b"200", b"second")
    assert gate.ask("screen", KEY) == (b"200", b"screen")
    assert gate.refused == 1


def test_lists_replaced_by_many_threads_at_once_all_hold(gate: ZapGate) -> None:
    def work(domain: str) -> None:
        for number in range(200):
            gate.allow(domain, {KEY: f"{domain}-{number}"})

    domains = ["mesh", "screen", "join"]
    threads = [threading.Thread(target=work, args=(domain,)) for domain in domains]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert [gate.ask(domain, KEY)[1] for domain in domains] == [
        b"mesh-199",
        b"screen-199",
        b"join-199",
    ]


def test_the_handler_outlives_garbage(context: zmq.Context[Socket], gate: ZapGate) -> None:
    with context.socket(zmq.DEALER) as noise:
        noise.linger = 0
        noise.connect(ENDPOINT)
        for frames in ([b""], [b"", b""], [b"x"] * 50, [b"", *GOOD[:3]], [b"\xff" * 70_000]):
            noise.send_multipart(frames)
        gate.check()


def test_the_self_check_leaves_nobody_admitted(gate: ZapGate) -> None:
    gate.check()

    assert gate.ask("self-check", KEY)[0] == b"400"


def test_a_handler_that_does_not_answer_is_noticed(context: zmq.Context[Socket]) -> None:
    gate = ZapGate(context)
    gate.close()
    gate.close()

    with pytest.raises(GateSilentError, match="does not answer"):
        gate.ask("mesh", KEY, timeout_ms=1)
