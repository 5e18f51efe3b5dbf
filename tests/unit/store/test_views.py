"""PROTOCOL.md is the public promise: the views have exactly its columns, of its types."""

from __future__ import annotations

import re
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import NamedTuple

import msgspec
import pytest

import common.wire
from common.domain import events as ev
from common.domain.house import House
from common.domain.ids import HOUSE
from common.store.log import MIRROR, LogWriter
from common.store.mirror import Mirror
from common.store.receipts import LOCAL, Receipt, Receipts
from common.store.views import LOCAL_VIEWS, MIRROR_VIEWS, View
from tests.contracts.logs import COUNTER, WOK, an_id, batch
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
    news = story.order(an_id(7)).history[0].id
    story.tell(an_id(7), ev.TicketSeen("wok", (news,)))
    orders = [*one_of_everything(story), story.order(an_id(7))]
    names = ("tcp://a:1", "tcp://a:2")
    enrolled = ev.NodeEnrolled(WOK.origin, bytes(32), "wok", ("wok",), 0, *names, bytes(64))
    house = House()
    for each in (enrolled, msgspec.structs.replace(enrolled, node=COUNTER.origin, roles=("till",))):
        story.tell(HOUSE, each)
        house.apply(story.groups[-1].events[0])
    log = LogWriter.open(tmp_path)
    log.append(batch(*story.groups))
    mirror = Mirror(log.connection)
    mirror.write(orders, house, log.last_commit)
    mirror.note_stored([Receipt(WOK.origin, *COUNTER, story.pen.seq, 50, 60)])
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


def test_a_role_has_an_order_when_its_first_holder_has_all_the_news(tmp_path: Path) -> None:
    story, house = Story(), House()
    till, wok, spare = (COUNTER.origin, WOK.origin, an_id(77))
    for nth, (node, role) in enumerate(((till, "till"), (wok, "wok"), (spare, "wok"))):
        names = ("tcp://a:1", "tcp://a:2")
        story.tell(HOUSE, ev.NodeEnrolled(node, bytes(32), str(nth), (role,), 0, *names, bytes(64)))
        house.apply(story.groups[-1].events[0])
    story.tell(an_id(1), submitted())
    first = story.order(an_id(1)).history[0]
    story.tell(an_id(1), ev.OrderRushed())
    rush = story.order(an_id(1)).history[1]
    log = LogWriter.open(tmp_path)
    log.append(batch(*story.groups, stored_at=5))
    mirror = Mirror(log.connection)

    def state(me: bytes = till) -> tuple[int | None, ...]:
        mirror.write([story.order(an_id(1))], house, None, me)
        with closing(sqlite3.connect(f"file:{tmp_path / MIRROR}?mode=ro", uri=True)) as file:
            rows = file.execute("SELECT * FROM v_delivery_state WHERE role = 'wok'").fetchall()
        assert [row[:2] for row in rows] == [(an_id(1).hex(), "wok")]
        return tuple(rows[0][2:])

    assert state() == (2, rush.at, None, None, None)
    mirror.note_stored([Receipt(wok, *COUNTER, first.seq, 50, 60)])
    assert state() == (2, rush.at, None, None, None)
    mirror.note_stored([Receipt(spare, *COUNTER, rush.seq + 3, 70, 80)])
    mirror.note_stored([Receipt(wok, *COUNTER, rush.seq, 90, 99)])
    assert state() == (2, rush.at, 70, None, None)
    story.tell(an_id(1), ev.TicketShown("wok", (first.id, rush.id)))
    shown_at = story.order(an_id(1)).history[-1].at
    assert state() == (2, rush.at, 70, shown_at, None)
    assert state(me=wok) == (2, rush.at, 5, shown_at, None), "the wok's own disk had it first"
    log.close()
