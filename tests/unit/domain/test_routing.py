from __future__ import annotations

from common.domain.bill import AT_COUNTER
from common.domain.codec import Event
from common.domain.house import House
from common.domain.routing import counters, kitchen, pass_and_counter
from tests.helpers.desk import BAR, COLD, WOK, Desk, a_desk, choice_of, item, two_desks


def to_of(events: list[Event]) -> tuple[str, ...]:
    (event,) = events
    return event.to


def test_a_dish_goes_to_its_station_and_the_pass() -> None:
    house = a_desk().house
    assert kitchen(house, [WOK]) == ("expo", WOK)
    assert kitchen(house, [WOK, COLD, WOK]) == (COLD, "expo", WOK)
    assert kitchen(house, []) == ("expo",)


def test_a_dish_without_a_station_concerns_every_kitchen() -> None:
    assert kitchen(a_desk().house, [None]) == tuple(sorted((BAR, COLD, "expo", WOK)))


def test_before_the_first_menu_all_goes_to_the_pass() -> None:
    assert kitchen(House(), [None, WOK]) == ("expo", WOK)


def test_what_the_kitchen_does_is_told_to_the_counter_that_took_the_order() -> None:
    one, two = two_desks()
    submitted = one.submits(item()).history[0]
    assert pass_and_counter(two.house, submitted) == ("counter-1", "expo")


def test_an_order_taken_at_the_pass_or_nowhere_is_told_to_the_pass() -> None:
    stranger = Desk("stranger")
    submitted = a_desk().submits(item()).history[0]
    assert pass_and_counter(stranger.house, submitted) == ("expo",)
    at_the_pass = Desk("pass", "expo")
    at_the_pass.opens()
    submitted = at_the_pass.submits(item()).history[0]
    assert pass_and_counter(at_the_pass.house, submitted) == ("expo",)


def test_every_command_is_addressed_as_the_domain_says() -> None:
    desk = a_desk()
    order = desk.submits(item("w1"), item("c1"))
    line = next(iter(order.lines.values()))
    choice = choice_of(order)
    kitchen_roles, front = ("expo", WOK), ("counter-1", "expo")
    assert order.history[0].to == (COLD, "expo", WOK)
    assert to_of(desk.adds(order, item("w2"))) == kitchen_roles
    assert to_of(desk.changes(line, order, "mild")) == kitchen_roles
    assert to_of(desk.holds(order, choice)) == kitchen_roles
    assert to_of(desk.fires(order, choice)) == kitchen_roles
    (start,) = desk.starts(order, choice)
    assert start.to == front
    assert to_of(desk.recalls(order, undoes=start.id)) == kitchen_roles
    assert to_of(desk.readies(order, choice)) == front
    assert to_of(desk.recalls(order, choice, station=WOK)) == kitchen_roles
    assert to_of(desk.bumps(order)) == front
    assert to_of(desk.serves(order, choice)) == front
    assert to_of(desk.recalls(order, choice)) == kitchen_roles
    assert to_of(desk.voids(order, choice)) == kitchen_roles


def test_money_is_every_counters_business() -> None:
    one, two = two_desks()
    order = one.submits(item(), payment=AT_COUNTER)
    two.hears(one.wrote)
    assert to_of(two.pays(two.orders[order.id])) == ("counter-1", "counter-2")
    assert counters(House()) == ()


def test_an_undone_bump_that_readied_nothing_is_told_to_its_station() -> None:
    desk = a_desk()
    order = desk.submits(item())
    desk.readies(order, choice_of(order))
    (bump,) = desk.bumps(order)
    assert to_of(desk.recalls(order, undoes=bump.id)) == ("expo", WOK)


def test_a_dish_that_was_claimed_goes_to_its_claimer_only() -> None:
    desk = a_desk()
    order = desk.submits(item("n1"))
    assert order.history[0].to == tuple(sorted((BAR, COLD, "expo", WOK)))
    desk.starts(order, choice_of(order), station=COLD)
    assert to_of(desk.voids(order, choice_of(order))) == (COLD, "expo")
