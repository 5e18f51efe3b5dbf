"""PROTOCOL.md is what a stranger builds from: its tables must be those of the code."""

from __future__ import annotations

from pathlib import Path

import pytest

import common.wire
from common.wire.messages import Reason
from common.wire.peer import LINK, Link, Sign
from tests.unit.wire.tables import rows

PAGE = (Path(common.wire.__file__).parent / "PROTOCOL.md").read_text(encoding="utf-8").splitlines()


@pytest.mark.parametrize("row", rows(), ids=lambda row: row.split(" | ")[0])
def test_every_struct_and_number_stands_there(row: str) -> None:
    assert any(line.startswith(row) for line in PAGE)


@pytest.mark.parametrize("reason", Reason)
def test_every_reason_stands_there(reason: Reason) -> None:
    assert any(line.startswith(f"| {reason.value} | {reason.name} |") for line in PAGE)


@pytest.mark.parametrize(("before", "target"), LINK.items(), ids=str)
def test_every_change_of_a_link_stands_there(before: tuple[Link, Sign], target: Link) -> None:
    state, sign = before
    assert any(line.startswith(f"| {state.name} | {sign.name} | {target.name} |") for line in PAGE)
