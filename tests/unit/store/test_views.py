"""PROTOCOL.md is the public promise: the views have exactly its columns, of its types."""

from __future__ import annotations

import re
import sqlite3
from pathlib import Path
from typing import NamedTuple

import pytest

import common.wire
from common.domain import events as ev
from common.domain.house import House
from common.domain.ids import HOUSE
from common.store.log import MIRROR, LogWriter
from common.store.mirror import Mirror
from common.store.receipts import LOCAL, Receipt, Receipts
from common.store.views import LOCAL_VIEWS, MIRROR_VIEWS, View
from tests.contracts.logs import WOK, an_id, batch
from tests.unit.store.orders import Story, one_of_everything, submitted

TYPES = {"text": str, "integer": int}
EVERY_VIEW = [(MIRROR, view) for view in MIRROR_VIEWS] + [(LOCAL, view) for view in LOCAL_VIEWS]


class Column(NamedTuple):
    name: str
    type: str
    null: bool


def documented() -> dict[str, list[Column]]:
    text = Path(common.wire.__file__).with_name("PROTOCOL.md").read_text(encoding="utf-8")
    found: dict[str, list[Column]] = {}
    for view, section in re.findall(r"^### (v_\w+)\n(.*?)(?=^##+ |\Z)", text, re.M | re.S):
        cells = re.findall(r"^\| (\w+) \| (\w+)(, null)? \| \S.* \|$", section, re.M)
        found[view] = [
            Column(name, kind, bool(null)) for name, kind, null in cells if name != "column"
        ]
    return found


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A node's folder in which every view has rows."""
    story = Story()
    story.tell(an_id(7), submitted(prefix="", digits=0))
    orders = [*one_of_everything(story), story.order(an_id(7))]
    names = ("tcp://a:1", "tcp://a:2")
    enrolled = ev.NodeEnrolled(WOK.origin, bytes(32), "wok", ("wok",), 0, *names, bytes(64))
    story.tell(HOUSE, enrolled)
    house = House()
    house.apply(story.groups[-1].events[0])
    log = LogWriter.open(tmp_path)
    log.append(batch(*story.groups))
    Mirror(log.connection).write(orders, house, log.last_commit)
    log.close()
    receipts = Receipts.open(tmp_path)
    receipts.record([Receipt(WOK.origin, *WOK, 3, 50, 60)])
    receipts.close()
    return tmp_path


def test_every_view_is_documented() -> None:
    assert sorted(documented()) == sorted(view.name for _, view in EVERY_VIEW)


@pytest.mark.parametrize(("file", "view"), EVERY_VIEW, ids=[v.name for _, v in EVERY_VIEW])
def test_columns_are_as_documented(folder: Path, file: str, view: View) -> None:
    columns = documented()[view.name]
    connection = sqlite3.connect(f"file:{folder / file}?mode=ro", uri=True)
    cursor = connection.execute(f"SELECT * FROM {view.name}")
    rows = cursor.fetchall()
    connection.close()
    assert [entry[0] for entry in cursor.description] == [column.name for column in columns]
    assert rows
    for column, values in zip(columns, zip(*rows, strict=True), strict=True):
        kinds = {type(value) for value in values if value is not None}
        assert kinds == {TYPES[column.type]}, f"{column.name} has {kinds}"
        assert column.null == (None in values), f"{column.name}: null as documented?"
