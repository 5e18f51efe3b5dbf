from __future__ import annotations

from itertools import permutations

import msgspec
import pytest

from common.domain import events as ev
from common.domain.codec import Event
from common.domain.house import House, Menu, Signed, signed_record_message
from common.domain.ids import HOUSE, EventKey
from common.domain.order import Order
from tests.helpers.desk import (
    MENU,
    SIGNATURE,
    Desk,
    a_desk,
    an_id,
    configured,
    enrolled,
    item,
    two_desks,
)

DAY = 20260720


def head(**facts: object) -> ev.OrderSubmitted:
    known: dict[str, object] = {
        "day": DAY,
        "channel": "dine_in",
        "currency": "CNY",
        "lines": (),
        "prefix": "A",
        "digits": 31,
    }
    return ev.OrderSubmitted(**(known | facts))  # type: ignore[arg-type]


def submission(name: str, lamport: int, fact: ev.OrderSubmitted) -> Event:
    return Event(
        an_id("node"),
        1,
        lamport,
        lamport,
        0,
        "OrderSubmitted",
        an_id(name),
        an_id(f"cmd {lamport}"),
        "",
        (),
        1,
        ev.encode_payload(fact),
    )


def house_of(*events: Event) -> House:
    house = House()
    for event in events:
        house.apply(event)
    return house


def houses_of(events: list[Event]) -> list[House]:
    """A house for every sequence in which the events may come."""
    return [house_of(*sequence) for sequence in permutations(events)]


def number(house: House, order: Order) -> str:
    assert order.head is not None
    return house.number(order.id)


# -- numbers


def test_a_node_counts_through_its_own_block_and_goes_on_three_thousand_higher() -> None:
    house = House()
    for block, start, end, beyond in ((0, 1, 299, 3000), (300, 300, 599, 3300)):
        origin = an_id(f"block {block}")
        house.apply(house_event(block + 1, enrolled(origin, "n", ("counter",), block)))
        given = []
        for nth in range(301):
            digits = house.next_digits(DAY, "A", origin)
            given.append(digits)
            house.apply(submission(f"{block}/{nth}", 1000 + nth, head(digits=digits)))
        full = end - start + 1
        assert given[:full] == list(range(start, end + 1))
        assert given[full] == beyond


def test_two_nodes_never_give_the_same_number() -> None:
    one, two = two_desks()
    numbers = [number(desk.house, desk.submits(item())) for desk in (one, two) for _ in range(700)]
    assert len(set(numbers)) == 1400
    assert numbers[0] == "A1"
    assert numbers[299] == "A3000"
    assert numbers[599] == "A6000"
    assert numbers[700] == "A300"


def test_prefixes_and_days_count_apart() -> None:
    desk = a_desk()
    house = desk.house
    desk.submits(item(), channel="dine_in")
    desk.submits(item(), channel="takeaway")
    assert house.next_digits(DAY, "A", desk.origin) == 2
    assert house.next_digits(DAY, "P", desk.origin) == 2
    assert house.next_digits(DAY, "D", desk.origin) == 1
    assert house.next_digits(DAY + 1, "A", desk.origin) == 1


def test_numbers_heard_from_the_own_block_are_not_given_again() -> None:
    desk = a_desk()
    numbers = {"before the restore": 57, "heard later": 12, "of another block": 310}
    for name, digits in numbers.items():
        desk.hears([submission(name, 90, head(digits=digits))])
    assert desk.house.next_digits(DAY, "A", desk.origin) == 58


def test_of_two_orders_with_one_number_the_later_is_called_b() -> None:
    events = [submission(name, nth, head()) for nth, name in enumerate("abc", 1)]
    for house in houses_of(events):
        assert [house.number(an_id(n)) for n in "abc"] == ["A31", "A31b", "A31c"]
        assert house.orders_numbered(DAY, "A", 31) == [an_id(name) for name in "abc"]
    assert house.orders_numbered(DAY + 1, "A", 31) == []


def test_after_z_a_number_is_counted_on() -> None:
    house = house_of(*(submission(str(nth), nth, head()) for nth in range(28)))
    assert house.number(an_id("25")) == "A31z"
    assert house.number(an_id("26")) == "A31-27"


def test_a_platform_order_is_called_by_the_platforms_number() -> None:
    fact = head(prefix="", digits=0, provider="美团", pickup_no="12")
    house = house_of(submission("a", 1, fact))
    assert house.number(an_id("a")) == "美团 #12"


def test_an_order_taken_in_twice_is_known_by_its_first_submission() -> None:
    early, late = submission("a", 1, head(digits=5)), submission("a", 2, head(digits=6))
    for house in houses_of([early, late]):
        assert house.orders_numbered(DAY, "A", 5) == [an_id("a")]
        assert house.orders_numbered(DAY, "A", 6) == []
        assert [entry.digits for entry in house.entries(DAY)] == [5]
    assert house.entries(DAY + 1) == []


# -- references


def test_of_two_orders_with_one_reference_the_later_repeats_the_first() -> None:
    fact = head(ref="r1", door="web")
    events = [submission(name, nth, fact) for nth, name in enumerate("ab", 1)]
    for house in houses_of(events):
        assert house.duplicate_of(an_id("a"), fact) is None
        assert house.duplicate_of(an_id("b"), fact) == an_id("a")


def test_a_late_event_can_make_the_other_the_repetition() -> None:
    fact = head(ref="r1", door="web")
    house = house_of(submission("b", 2, fact))
    assert house.duplicate_of(an_id("b"), fact) is None
    house.apply(submission("a", 1, fact))
    assert house.duplicate_of(an_id("b"), fact) == an_id("a")


@pytest.mark.parametrize(
    ("fact", "again", "repeats"),
    [
        ({"provider": "美团"}, {"provider": "美团", "day": DAY + 400}, True),
        ({}, {"day": DAY + 1}, False),
        ({}, {}, True),
        ({}, {"door": "phone"}, False),
        ({}, {"ref": "r2"}, False),
        ({"ref": None}, {"ref": None}, False),
    ],
    ids=["platform for ever", "other day", "same day", "other door", "other ref", "no ref"],
)
def test_how_long_a_reference_is_unique(
    fact: dict[str, object], again: dict[str, object], repeats: bool
) -> None:
    first, second = (head(**({"ref": "r1", "door": "web"} | each)) for each in (fact, again))
    house = house_of(submission("a", 1, first), submission("b", 2, second))
    assert house.duplicate_of(an_id("b"), second) == (an_id("a") if repeats else None)


# -- menus


def test_a_dish_is_found_by_its_sku_else_by_exactly_its_name() -> None:
    menu = a_desk().house.menu
    for found in (
        menu.find("w1"),
        menu.find(None, "菜w1"),
        menu.find("unheard of", "", "dish w1"),
        menu.find("w1", "菜c1"),
    ):
        assert found is not None
        assert found.sku == "w1"
    assert menu.find(None, "菜w") is None
    assert menu.find(None, "") is None
    assert menu.find("unheard of", "菜 w1", "Dish W1") is None


def key(lamport: int) -> EventKey:
    return EventKey(lamport, b"", 1, 1)


def defined(sku: str, zh: str, en: str) -> ev.DishDefined:
    return ev.DishDefined(MENU, sku, zh, en, 100)


def test_of_two_dishes_with_one_name_the_first_in_order_has_it() -> None:
    dishes = [(key(1), defined("a", "面", "noodles")), (key(2), defined("b", "面", "pasta"))]
    for sequence in permutations(dishes):
        menu = Menu()
        for each in sequence:
            menu.define(*each)
        found = menu.find(None, "面")
        assert found is not None
        assert found.sku == "a"


def test_a_dish_defined_again_is_the_later_and_keeps_no_name_of_before() -> None:
    dishes = [(key(1), defined("a", "面", "noodles")), (key(2), defined("a", "粉", "rice noodles"))]
    for sequence in permutations(dishes):
        menu = Menu()
        for each in sequence:
            menu.define(*each)
            menu.find(None, "面")
        assert menu.find(None, "面") is None
        assert menu.find("a") == dishes[1][1] == menu.find(None, "粉")


def test_there_is_an_empty_menu_before_the_first() -> None:
    house = House()
    assert house.menu.find("w1", "菜w1") is None
    assert house.stations == ()
    assert not house.menu_version_known(MENU)


def test_a_menu_may_be_active_before_its_dishes_arrive() -> None:
    desk = a_desk()
    menu = next(event for event in desk.wrote if event.kind == "MenuActivated")
    house = house_of(menu)
    assert house.stations == ("wok", "cold", "bar")
    assert house.menu.find("w1") is None
    for event in desk.wrote:
        house.apply(event)
    assert house.menu.find("w1") is not None


# -- the floor


def test_the_later_floor_stands_and_names_its_tables() -> None:
    old = ev.Table("8", "八", "Eight", 4, None, "rect", 0, 0, 1, 1)
    new = ev.Table("8", "八号", "No. 8", 4, None, "rect", 0, 0, 1, 1)
    gone = ev.Table("9", "九", "Nine", 4, None, "rect", 0, 0, 1, 1)
    events = [
        house_event(1, ev.FloorDefined((), (old, gone))),
        house_event(2, ev.FloorDefined((), (new,))),
    ]
    for house in houses_of(events):
        assert house.floor == ev.FloorDefined((), (new,))
        assert (house.table("8"), house.table("9"), house.table(None)) == (new, None, None)
    assert House().floor is None
    assert House().table("8") is None


# -- settings and roster


def house_event(lamport: int, payload: ev.Payload) -> Event:
    desk = Desk("writer")
    event = desk.states(payload)
    return msgspec.structs.replace(event, lamport=lamport, seq=lamport)


def test_the_later_setting_stands_however_they_arrive() -> None:
    node = an_id("node")
    events = [
        house_event(1, configured(day_start=0)),
        house_event(2, configured(day_start=300)),
        house_event(3, enrolled(node, "old", ("expo",))),
        house_event(4, enrolled(node, "new", ("counter-2", "expo"))),
    ]
    for house in houses_of(events):
        assert house.config is not None
        assert house.config.day_start == 300
        assert house.nodes[node].name == "new"
        assert house.holders("expo") == [node]


def test_a_counter_is_a_nodes_counter_role_else_its_first() -> None:
    house = house_of(
        house_event(1, enrolled(an_id("a"), "a", ("wok", "counter-7"))),
        house_event(2, enrolled(an_id("b"), "b", ("wok", "expo"))),
        house_event(3, enrolled(an_id("c"), "c", ())),
    )
    assert [house.counter_of(an_id(each)) for each in "abcd"] == ["counter-7", "wok", None, None]


def test_a_record_that_the_store_did_not_sign_is_no_record() -> None:
    house = House(genuine=lambda record: record.signature == SIGNATURE)
    forged = msgspec.structs.replace(configured(), signature=b"f" * 64)
    assert not house.apply(house_event(1, forged))
    assert house.config is None
    assert house.apply(house_event(2, configured()))


def test_a_signature_covers_the_store_and_every_field_but_itself() -> None:
    records: list[Signed] = [
        configured(),
        configured(tz="Europe/Berlin"),
        configured(day_start=1),
        enrolled(an_id("a"), "a", ("expo",)),
        enrolled(an_id("a"), "a", ("wok",)),
        enrolled(an_id("a"), "a", ("expo",), 300),
    ]
    messages = {
        signed_record_message(store, record) for store in (b"1", b"2") for record in records
    }
    assert len(messages) == 2 * len(records)
    resigned = msgspec.structs.replace(configured(), signature=b"f" * 64)
    assert signed_record_message(b"1", resigned) == signed_record_message(b"1", configured())


def test_what_is_no_business_of_the_house_is_left_alone() -> None:
    desk = a_desk()
    order = desk.submits(item())
    (added,) = desk.adds(order, item())
    house = House()
    assert not house.apply(added)
    assert not house.apply(msgspec.structs.replace(order.history[0], subject=HOUSE))
    assert not house.apply(msgspec.structs.replace(desk.wrote[0], kind="Unheard"))
    assert not house.apply(msgspec.structs.replace(desk.wrote[0], payload=b"\xff"))
    assert not house.apply(msgspec.structs.replace(order.history[0], payload=b"\xff"))
    assert house.entries(0) == []
