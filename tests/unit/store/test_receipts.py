from __future__ import annotations

import stat
from pathlib import Path

import pytest

from common.domain.ids import Chain
from common.store.receipts import LOCAL, Receipt, Receipts
from tests.contracts.logs import COUNTER, WOK, an_id

EXPO, PRINTER = an_id(1), an_id(2)


def told(node: bytes, chain: Chain, seq: int, at: int = 0) -> Receipt:
    return Receipt(node, *chain, seq, at, at + 1)


@pytest.fixture
def some() -> list[Receipt]:
    return [
        told(EXPO, WOK, 3, 10),
        told(EXPO, WOK, 7, 20),
        told(EXPO, COUNTER, 2, 30),
        told(PRINTER, WOK, 5, 40),
    ]


def test_the_furthest_ack_of_each_node_and_chain_counts(
    tmp_path: Path, some: list[Receipt]
) -> None:
    receipts = Receipts.open(tmp_path)
    assert receipts.acked() == {}
    receipts.record(some[:2])
    receipts.record(some[2:])
    receipts.record([])
    expected = {(EXPO, WOK): 7, (EXPO, COUNTER): 2, (PRINTER, WOK): 5}
    assert receipts.acked() == expected
    receipts.close()
    again = Receipts.open(tmp_path)
    assert again.acked() == expected
    again.close()


def test_the_first_ack_of_the_same_advance_stays(tmp_path: Path) -> None:
    receipts = Receipts.open(tmp_path)
    receipts.record([told(EXPO, WOK, 3, 10), told(EXPO, WOK, 3, 99)])
    receipts.record([told(EXPO, WOK, 3, 99)])
    assert receipts.of(WOK, 3) == [told(EXPO, WOK, 3, 10)]
    receipts.close()


def test_an_event_is_covered_by_the_first_ack_that_reaches_it(
    tmp_path: Path, some: list[Receipt]
) -> None:
    receipts = Receipts.open(tmp_path)
    receipts.record(some)
    assert receipts.of(WOK, 2) == [some[0], some[3]]
    assert receipts.of(WOK, 4) == [some[1], some[3]]
    assert receipts.of(WOK, 6) == [some[1]]
    assert receipts.of(WOK, 8) == []
    receipts.close()


def test_the_file_is_its_owners_only(tmp_path: Path) -> None:
    receipts = Receipts.open(tmp_path)
    receipts.record([told(EXPO, WOK, 1)])
    modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in tmp_path.iterdir()}
    assert modes == {LOCAL: 0o600, f"{LOCAL}-wal": 0o600, f"{LOCAL}-shm": 0o600}
    receipts.close()
