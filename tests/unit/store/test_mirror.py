from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from common.domain import events as ev
from common.domain.house import House
from common.domain.ids import HOUSE, Chain
from common.domain.order import FOLD_VERSION, Order
from common.store.engine import open_reader
from common.store.errors import StoreBroken
from common.store.log import MIRROR, LogWriter
from common.store.mirror import Mirror
from tests.contracts.logs import COUNTER, WOK, Faults, an_id, batch
from tests.unit.store.orders import DAY, Story, line, one_of_everything, pick, submitted


@pytest.fixture
def faults() -> Faults:
    return Faults()


@pytest.fixture
def log(tmp_path: Path, faults: Faults) -> Iterator[LogWriter]:
    writer = LogWriter.open(tmp_path, faults.driver())
    yield writer
    writer.close()


@pytest.fixture
def mirror(log: LogWriter) -> Mirror:
    return Mirror(log.connection)


def rows(folder: Path, sql: str, *params: object) -> list[dict[str, Any]]:
    connection = sqlite3.connect(f"file:{folder / MIRROR}?mode=ro", uri=True)
    connection.row_factory = sqlite3.Row
    try:
        return [dict(row) for row in connection.execute(sql, params)]
    finally:
        connection.close()


def numbered(story: Story, *orders: tuple[int, dict[str, Any]]) -> list[Order]:
    for order_id, facts in orders:
        lamport = facts.pop("lamport", None)
        story.tell(an_id(order_id), submitted(**facts), lamport=lamport)
    return [story.order(an_id(order_id)) for order_id, _ in orders]


def test_an_order_is_shown_as_it_is_folded(tmp_path: Path, mirror: Mirror) -> None:
    orders = one_of_everything(Story())
    mirror.write(orders, None, 7)
    first, second = rows(tmp_path, "SELECT * FROM v_order ORDER BY order_id")
    assert first == {
        "order_id": an_id(1).hex(),
        "day": DAY,
        "number": "A31",
        "prefix": "A",
        "digits": 31,
        "channel": "dine_in",
        "provider": "美团",
        "pickup_no": "12",
        "door": "web",
        "ref": "R1",
        "duplicate_of": None,
        "table_no": "8",
        "covers": 3,
        "due_at": 7_000_000,
        "note": "",
        "allergies": '["花生"]',
        "priority": 2,
        "utensils": 1,
        "fees": '[{"name":"delivery","amount":500}]',
        "currency": "CNY",
        "marks": '["unknown_keys"]',
        "side": an_id(9).hex(),
        "submitted_at": 1_000,
        "origin": COUNTER.origin.hex(),
        "state": "open",
        "rushes": 1,
        "fold_version": FOLD_VERSION,
        "fold_hash": orders[0].digest().hex(),
        "payment": "counter",
        "total": 5800 + 2 * 200 + 500,
        "paid": 1000,
        "due": 5700,
    }
    assert (second["number"], second["duplicate_of"]) == ("A31b", an_id(1).hex())


def test_lines_and_portions_are_shown_as_they_are_folded(tmp_path: Path, mirror: Mirror) -> None:
    story = Story()
    order = one_of_everything(story)[0]
    mirror.write([order], None, None)
    shown = rows(tmp_path, "SELECT * FROM v_line ORDER BY position")
    assert [row["line_id"] for row in shown] == [each.key for each in order.lines.values()]
    combo, rice, cola, dumplings = shown
    assert (combo["combo"], combo["station"], combo["batch"]) == (1, None, None)
    assert (rice["parent"], rice["qty"], rice["unit"]) == (combo["line_id"], 350, "g")
    assert rice["menu"] == an_id(8).hex()
    assert (cola["station"], cola["state"], cola["plan_at"], cola["menu"]) == (
        None,
        "held",
        99,
        None,
    )
    assert json.loads(dumplings["modifiers"]) == [
        {"op": "add", "zh": "醋", "en": "vinegar", "sku": "v", "qty": 2, "price": 100}
    ]
    assert (dumplings["state"], dumplings["void_reason"]) == ("ready", "sold out")

    portions = rows(tmp_path, "SELECT * FROM v_portion WHERE line_id = ?", dumplings["line_id"])
    assert [tuple(row.values())[2:] for row in portions] == [
        (0, "served", 1_000, 3_000, 4_000, 5_000, None),
        (1, "ready", 1_000, 3_000, 4_000, None, None),
        (2, "void", 1_000, None, None, None, 6_000),
    ]


def test_what_was_shown_and_seen_is_told_by_event(tmp_path: Path, mirror: Mirror) -> None:
    order = one_of_everything(Story())[0]
    mirror.write([order], None, None)
    shown = rows(tmp_path, "SELECT * FROM v_delivery ORDER BY seq")
    place = {"order_id": order.id.hex(), "station": "wok", "origin": COUNTER.origin.hex()}
    assert shown == [
        place | {"epoch": COUNTER.epoch, "seq": 1, "shown_at": 8_000, "seen_at": 9_000},
        place | {"epoch": COUNTER.epoch, "seq": 7, "shown_at": 8_000, "seen_at": None},
    ]


def test_payments_are_told_each(tmp_path: Path, mirror: Mirror) -> None:
    order = one_of_everything(Story())[0]
    mirror.write([order], None, None)
    place = {"order_id": order.id.hex(), "origin": COUNTER.origin.hex(), "epoch": COUNTER.epoch}
    cash = {"seq": 10, "taken_at": 10_000, "amount": 900, "method": "cash", "check_id": None}
    card = {"seq": 11, "taken_at": 11_000, "amount": 100, "method": "card"}
    assert rows(tmp_path, "SELECT * FROM v_payment ORDER BY seq") == [
        place | cash,
        place | card | {"check_id": an_id(6).hex()},
    ]


def test_an_order_is_open_until_it_is_paid(mirror: Mirror) -> None:
    story = Story()
    cmd_id = story.tell(an_id(1), submitted(line("茶", price=900), payment="counter"))
    story.tell(an_id(1), ev.LinesServed((pick(cmd_id),)))
    mirror.write([story.order(an_id(1))], None, None)
    assert mirror.open_orders() == [an_id(1)]
    story.tell(an_id(1), ev.PaymentTaken(900, "cash"))
    mirror.write([story.order(an_id(1))], None, None)
    assert mirror.open_orders() == []


def test_what_is_written_again_replaces_what_was(tmp_path: Path, mirror: Mirror) -> None:
    story = Story()
    cmd_id = story.tell(an_id(1), submitted(line("茶"), line("饭")))
    mirror.write([story.order(an_id(1))], None, None)
    picks = (pick(cmd_id), pick(cmd_id, 1))
    story.tell(an_id(1), ev.LinesServed(picks))
    mirror.write([story.order(an_id(1))], None, None)
    assert [row["state"] for row in rows(tmp_path, "SELECT state FROM v_order")] == ["served"]
    assert [row["state"] for row in rows(tmp_path, "SELECT state FROM v_line")] == ["served"] * 2


def test_lines_that_a_late_event_took_away_are_gone(tmp_path: Path, mirror: Mirror) -> None:
    long, short = Story(), Story(WOK)
    long.tell(an_id(1), submitted(line("茶"), line("饭"), line("汤")))
    short.tell(an_id(1), submitted(line("茶")))
    mirror.write([long.order(an_id(1))], None, None)
    mirror.write([short.order(an_id(1))], None, None)
    assert [row["zh"] for row in rows(tmp_path, "SELECT zh FROM v_line")] == ["茶"]


def test_an_order_without_its_submission_is_not_shown(tmp_path: Path, mirror: Mirror) -> None:
    story = Story()
    story.tell(an_id(1), ev.OrderRushed())
    mirror.write([story.order(an_id(1))], None, 1)
    assert rows(tmp_path, "SELECT * FROM v_order") == []
    assert mirror.projected_commit() == 1


def test_numbers_are_those_that_the_house_tells(tmp_path: Path, mirror: Mirror) -> None:
    story = Story()
    orders = numbered(
        story,
        (1, {"lamport": 9}),
        (2, {"lamport": 3}),
        (3, {"digits": 32}),
        (4, {"day": DAY + 1}),
        (5, {"prefix": "D"}),
        (6, {"prefix": "", "digits": 0, "provider": "美团", "pickup_no": "12"}),
        (7, {"prefix": "", "digits": 0, "door": "web", "pickup_no": "12"}),
        *((number, {"digits": 77}) for number in range(100, 130)),
    )
    house = House()
    for group in story.groups:
        house.apply(group.events[0])
    mirror.write(orders, house, None)
    told = {row["order_id"]: row["number"] for row in rows(tmp_path, "SELECT * FROM v_order")}
    for order in orders:
        assert order.head is not None
        assert told[order.id.hex()] == house.number(order.id)
    assert [told[an_id(number).hex()] for number in (1, 2, 101, 129)] == [
        "A31b",
        "A31",
        "A77b",
        "A77-30",
    ]


def test_duplicates_are_those_that_the_house_tells(tmp_path: Path, mirror: Mirror) -> None:
    story = Story()
    orders = numbered(
        story,
        (1, {"ref": "a", "door": "web", "lamport": 9}),
        (2, {"ref": "a", "door": "web", "lamport": 3}),
        (3, {"ref": "a", "door": "web", "lamport": 4, "day": DAY + 1}),
        (4, {"ref": "a", "door": "till"}),
        (5, {"door": "web"}),
        (6, {"door": "web"}),
        (7, {"ref": "p", "door": "x", "provider": "x", "lamport": 20}),
        (8, {"ref": "p", "door": "x", "provider": "x", "lamport": 21, "day": DAY + 9}),
    )
    house = House()
    for group in story.groups:
        house.apply(group.events[0])
    mirror.write(orders, house, None)
    told = {row["order_id"]: row["duplicate_of"] for row in rows(tmp_path, "SELECT * FROM v_order")}
    for order in orders:
        assert order.head is not None
        expected = house.duplicate_of(order.id, order.head)
        assert told[order.id.hex()] == (None if expected is None else expected.hex())
    assert told[an_id(1).hex()] == an_id(2).hex()
    assert told[an_id(8).hex()] == an_id(7).hex()


def test_a_number_is_told_without_reading_every_order(tmp_path: Path, mirror: Mirror) -> None:
    plan = rows(tmp_path, "EXPLAIN QUERY PLAN SELECT number, duplicate_of FROM v_order")
    steps = [row["detail"] for row in plan]
    assert any("p_order_number" in step for step in steps)
    assert any("p_order_ref" in step for step in steps)


def test_the_roster_is_shown_as_the_house_has_it(tmp_path: Path, mirror: Mirror) -> None:
    story = Story()
    for name in ("old", "wok"):
        node = ev.NodeEnrolled(
            WOK.origin, bytes(32), name, ("wok", "expo"), 300, "tcp://a:1", "tcp://a:2", bytes(64)
        )
        story.tell(HOUSE, node)
    house = House()
    for group in story.groups:
        house.apply(group.events[0])
        mirror.write([], house, None)
    assert rows(tmp_path, "SELECT * FROM v_node") == [
        {
            "origin": WOK.origin.hex(),
            "name": "wok",
            "roles": '["wok","expo"]',
            "block": 300,
            "feed": "tcp://a:1",
            "router": "tcp://a:2",
        }
    ]


def test_events_are_shown_with_their_group(tmp_path: Path, log: LogWriter) -> None:
    story = Story(Chain(WOK.origin, 2**48 - 1))
    first = story.pen.group(2)
    second = story.pen.menu()
    log.append(batch(first, second, stored_at=70))
    shown = rows(tmp_path, "SELECT * FROM v_event ORDER BY commit_no")
    assert [row["group_checksum"] for row in shown] == [
        first.group.checksum.hex(),
        first.group.checksum.hex(),
        second.group.checksum.hex(),
    ]
    assert shown[2] == {
        "commit_no": 3,
        "origin": WOK.origin.hex(),
        "epoch": 2**48 - 1,
        "seq": 3,
        "lamport": 3,
        "at": 3_000,
        "kind": "MenuActivated",
        "subject": "house",
        "cmd_id": second.events[0].cmd_id.hex(),
        "actor": "mei",
        "roles": '["wok","expo"]',
        "version": 1,
        "size": len(second.group.events[0]),
        "group_checksum": second.group.checksum.hex(),
        "stored_at": 70,
    }
    assert shown[0]["subject"] == first.events[0].subject.hex()


def test_progress_moves_with_the_last_slice_only(
    tmp_path: Path, log: LogWriter, mirror: Mirror
) -> None:
    story = Story()
    one_of_everything(story)
    log.append(batch(*story.groups))
    mirror.write([story.order(an_id(1))], None, None)
    shown = "SELECT projected_commit, last_commit FROM v_progress"
    assert rows(tmp_path, shown) == [{"projected_commit": 0, "last_commit": 11}]
    mirror.write([story.order(an_id(2))], None, log.last_commit)
    assert rows(tmp_path, shown) == [{"projected_commit": 11, "last_commit": 11}]
    assert mirror.projected_commit() == 11


def test_a_slice_that_fails_leaves_nothing_and_the_log_goes_on_in_full(
    tmp_path: Path, log: LogWriter, mirror: Mirror, faults: Faults
) -> None:
    story = Story()
    orders = one_of_everything(story)
    faults.at, faults.code = "INTO p_line", sqlite3.SQLITE_IOERR
    with pytest.raises(StoreBroken):
        mirror.write(orders, None, 1)
    assert rows(tmp_path, "SELECT * FROM v_order") == []
    assert log.connection.exec_driver_sql("PRAGMA synchronous").scalar() == 2
    log.connection.rollback()
    log.append(batch(*story.groups))
    mirror.write(orders, None, 1)
    assert log.connection.exec_driver_sql("PRAGMA synchronous").scalar() == 2


def test_the_house_and_the_open_orders_come_back_from_the_rows(mirror: Mirror) -> None:
    story = Story()
    orders = one_of_everything(story)
    cmd_id = story.tell(an_id(3), submitted(digits=40))
    story.tell(an_id(3), ev.LinesServed((pick(cmd_id),)))
    orders.append(story.order(an_id(3)))
    house = House()
    for group in story.groups:
        house.apply(group.events[0])
    mirror.write(orders, None, None)
    assert sorted(mirror.entries()) == sorted(house.entries(0))
    assert sorted(mirror.open_orders()) == [an_id(1), an_id(2)]


def test_a_reader_can_write_nothing(tmp_path: Path, log: LogWriter) -> None:
    connection = open_reader(tmp_path / MIRROR)
    with pytest.raises(Exception, match="readonly"):
        connection.exec_driver_sql("DELETE FROM event")
    connection.close()
