"""How people name an order, and what its trace tells."""

from __future__ import annotations

import pytest

from common.domain import commands as cmd
from common.domain import events as ev
from common.domain.bill import AT_COUNTER
from common.domain.decide import Draft
from common.domain.house import House
from common.node import jobs
from common.node.ledger import Ledger
from common.node.questions import find_order, receipts, roles, trace
from common.store.memory_log import MemoryLog
from common.store.receipts import Receipt
from common.wire.outputs import Received
from tests.helpers.desk import NOON, SIGNATURE, Desk, an_id, item
from tests.unit.node.rig import Abroad, Bench

DAY = 86_400_000_000
MONDAY, TUESDAY = 20260720, 20260721


@pytest.fixture
def ledger() -> Ledger:
    """Two counters that took the same numbers while they did not hear each other, for two days."""
    one, two = (Desk(name, f"counter-{nth}") for nth, name in enumerate(("one", "two"), 1))
    facts = one.opens()
    two.hears(facts)
    ledger = Ledger(MemoryLog(), House())
    for nth, day in enumerate((0, DAY)):
        for desk in (one, two):
            desk.now = NOON + day
            for name in ("x", "y"):
                order_id = an_id(f"{desk.name} {name} {nth}")
                desk.does(desk.submission(order_id, item(), table="1", ref=f"{name}{nth}"))
    for event in (*one.wrote, *two.wrote):
        # Neither desk knows a block of the other's, so both count from 1.
        ledger.apply(event)
    return ledger


def found(ledger: Ledger, text: str, day: int = 0) -> set[str]:
    names = [f"{desk} {name} {nth}" for desk in ("one", "two") for name in "xy" for nth in (0, 1)]
    order_id = find_order(ledger, text, day)
    return {name for name in names if an_id(name) == order_id}


@pytest.mark.parametrize("first", ["A1", "a1", " A1 "])
def test_a_bare_number_means_the_newest_day_that_has_it(ledger: Ledger, first: str) -> None:
    (name,) = found(ledger, first)
    assert name.endswith("x 1")
    assert found(ledger, first, TUESDAY) == {name}


def test_a_number_of_another_day_needs_the_day(ledger: Ledger) -> None:
    (name,) = found(ledger, "A1", MONDAY)
    assert name.endswith("x 0")
    assert found(ledger, "A1", 20260722) == set()


def test_the_later_of_two_with_one_number_has_a_letter(ledger: Ledger) -> None:
    (first,), (second,) = found(ledger, "A2"), found(ledger, "A2b")
    assert {first, second} == {"one y 1", "two y 1"}
    assert found(ledger, "a2B") == {second}
    assert found(ledger, "A2c") == set()


def test_a_reference_or_an_id_names_an_order_too(ledger: Ledger) -> None:
    assert found(ledger, "x0") <= {"one x 0", "two x 0"}
    assert found(ledger, an_id("one y 0").hex()) == {"one y 0"}
    assert found(ledger, an_id("one y 0").hex().upper()) == {"one y 0"}


@pytest.mark.parametrize(
    "text",
    ["", "A", "A0", "Z9", "A999999999999999999999", "A1-27", "A1-0", "🍜", "A٣", "' OR 1=1", "\0"],
)
def test_what_names_no_order_finds_none(ledger: Ledger, text: str) -> None:
    assert found(ledger, text) == set()


def test_a_trace_tells_each_step_and_where_it_was_stored_when(bench: Bench) -> None:
    order_id = an_id("a")
    order = cmd.OrderInput(lines=(item(qty=2, zh="面", en="Noodles"),), table="7")
    submitted = cmd.SubmitOrder(cmd_id=an_id("1"), order_id=order_id, order=order, actor="mei")
    bench.does(submitted, cmd.RushOrder(cmd_id=an_id("2"), order_id=order_id))
    wok = Abroad(bench.folders["wok"], bench.store_id).identity.origin
    first = bench.ledger.orders.get(order_id).history[0]
    for node, seq, at in ((wok, 1, 10), (wok, 2, 20), (an_id("ghost"), 2, 30)):
        receipt = Receipt(node, first.origin, first.epoch, seq, NOON + at, NOON + at)
        bench.files.receipts.record([receipt])
    told = trace(bench.files, bench.ledger, {"order": "A1"})
    assert (told["number"], told["table"], told["state"]) == ("A1", "7", "fired")
    assert [(line["zh"], line["qty"], line["state"]) for line in told["lines"]] == [
        ("面", 2000, "fired")
    ]
    steps = told["steps"]
    assert [(step["kind"], step["node"], step["actor"]) for step in steps] == [
        ("OrderSubmitted", "counter-1", "mei"),
        ("OrderRushed", "counter-1", ""),
    ]
    stored = [{each["node"]: each["at"] - NOON for each in step["stored"]} for step in steps]
    ghost = an_id("ghost").hex()
    assert stored == [{"wok": 10, ghost: 30}, {"wok": 20, ghost: 30}]
    assert trace(bench.files, bench.ledger, {"order": "A2"}) is None


def test_a_trace_tells_of_each_role_who_has_it_and_who_saw_it(bench: Bench) -> None:
    order_id = an_id("a")
    submitted = cmd.SubmitOrder(
        cmd_id=an_id("1"), order_id=order_id, order=cmd.OrderInput(lines=(item(zh="面"),))
    )
    bench.round(jobs.Keep((abroad_menu(bench),)))
    bench.does(submitted)
    news = bench.ledger.orders.get(order_id).history[0]
    wok = Abroad(bench.folders["wok"], bench.store_id).identity.origin
    for node, at in ((wok, 10), (an_id("ghost"), 5)):
        receipt = Receipt(node, news.origin, news.epoch, news.seq, NOON + at, NOON + at)
        bench.files.receipts.record([receipt])
    bench.clock.mono += 1_000_000
    shown_at = bench.clock.mesh()
    shown = (news.id,)
    bench.does(cmd.MarkShown(cmd_id=an_id("2"), order_id=order_id, station="wok", events=shown))
    told = trace(bench.files, bench.ledger, {"order": "A1"})
    (way,) = [row for row in told["deliveries"] if row["role"] == "wok"]
    assert way["saved"] == {"node": "counter-1", "at": news.at}
    assert way["stored"] == [{"node": "wok", "at": NOON + 10}], "the ghost holds no such role"
    assert (way["holders"], way["shown"], way["seen"]) == (["wok"], shown_at, None)
    nobody = [row for row in told["deliveries"] if row["role"] == "expo"]
    assert [(row["holders"], row["stored"]) for row in nobody] == [([], [])]


def test_of_a_role_of_its_own_a_node_tells_when_it_stored_the_news(bench: Bench) -> None:
    head = ev.OrderSubmitted(20260720, "dine_in", "CNY", (ev.LineRecord("面", "n", 1000),), "A", 1)
    draft = Draft("OrderSubmitted", an_id("a"), ("counter-1",), ev.encode_payload(head))
    bench.round(jobs.Keep((Abroad(bench.folders["wok"], bench.store_id).group(draft),)))
    (way,) = trace(bench.files, bench.ledger, {"order": "A1"})["deliveries"]
    assert way["saved"]["node"] == "wok"
    assert [each["node"] for each in way["stored"]] == ["counter-1"]


def abroad_menu(bench: Bench) -> Received:
    """A menu with a wok, from another node."""
    menu = ev.MenuActivated(an_id("menu"), "CNY", (ev.Named("wok", "炒", "wok"),))
    return Abroad(bench.folders["wok"], bench.store_id).writes(menu)


def test_receipts_tell_since_when_each_role_has_the_dishes(bench: Bench) -> None:
    order_id, version = an_id("a"), an_id("menu")
    dishes = (cmd.DishInput(sku="noodles", zh="面", en="Noodles", station="wok"),)
    stations = (ev.Named("wok", "炒锅", "Wok"),)
    bench.does(
        cmd.DefineDishes(cmd_id=an_id("d"), version=version, dishes=dishes),
        cmd.ActivateMenu(cmd_id=an_id("m"), version=version, currency="CNY", stations=stations),
    )
    order = cmd.OrderInput(lines=(cmd.LineInput(sku="noodles"),), table="7")
    bench.does(cmd.SubmitOrder(cmd_id=an_id("1"), order_id=order_id, order=order))
    bench.does(cmd.RushOrder(cmd_id=an_id("2"), order_id=order_id))
    submitted, rushed = bench.ledger.orders.get(order_id).history
    asked = {"order": order_id.hex()}
    place = [submitted.origin.hex(), submitted.epoch, submitted.seq]
    # Whoever holds both roles has it where it was made; a rush brings no dishes.
    before = receipts(bench.files, bench.ledger, asked)
    assert before["order"] == order_id.hex()
    assert all(row[:3] == place and row[4] == submitted.at for row in before["stored"])
    wok = Abroad(bench.folders["wok"], bench.store_id).identity.origin
    for seq, at in ((rushed.seq, 30), (submitted.seq, 10)):
        told = Receipt(wok, submitted.origin, submitted.epoch, seq, NOON + at, NOON + at)
        bench.files.receipts.record([told])
    stored = receipts(bench.files, bench.ledger, asked)["stored"]
    assert [*place, "wok", NOON + 10] in stored
    assert receipts(bench.files, bench.ledger, {"order": an_id("none").hex()}) is None


def test_a_trace_tells_what_the_floor_calls_the_table(bench: Bench) -> None:
    table = ev.Table("7", "七号", "Seven", 4, None, "rect", 0, 0, 1, 1)
    bench.does(cmd.DefineFloor(cmd_id=an_id("f"), areas=(), tables=(table,)))
    for name in ("7", "roof"):
        order = cmd.OrderInput(lines=(item(zh="面"),), table=name)
        bench.does(cmd.SubmitOrder(cmd_id=an_id(f"c{name}"), order_id=an_id(name), order=order))
    told = [trace(bench.files, bench.ledger, {"order": an_id(n).hex()}) for n in ("7", "roof")]
    assert [(each["table"], each["table_name"]) for each in told] == [
        ("7", {"zh": "七号", "en": "Seven"}),
        ("roof", None),
    ]


def test_a_trace_tells_what_is_due(bench: Bench) -> None:
    order_id = an_id("a")
    order = cmd.OrderInput(lines=(item(qty=2, price=1500, zh="面"),), payment=AT_COUNTER)
    pay = cmd.TakePayment(cmd_id=an_id("2"), order_id=order_id, amount=1000, method="cash")
    bench.does(cmd.SubmitOrder(cmd_id=an_id("1"), order_id=order_id, order=order), pay)
    told = trace(bench.files, bench.ledger, {"order": order_id.hex()})
    at = bench.ledger.orders.get(order_id).history[-1].at
    assert told["bill"] == {
        "currency": "CNY",
        "payment": "counter",
        "total": 3000,
        "paid": 1000,
        "due": 2000,
        "payments": [{"at": at, "amount": 1000, "method": "cash"}],
    }


def test_roles_tells_the_roster_and_the_stations(bench: Bench) -> None:
    told = roles(bench.files, bench.ledger, {})
    assert told["store"] == "Test"
    assert told["stations"] == []
    assert [(node["name"], node["roles"]) for node in told["nodes"]] == [
        ("counter-1", ["counter-1"]),
        ("wok", ["wok"]),
    ]
    assert SIGNATURE not in told.values()
    assert ev.NodeEnrolled.__name__ not in str(told)
