"""Slot numbers belong to their tickets."""

from hypothesis import given
from hypothesis import strategies as st

from common.domain.clock import SECOND
from kds.screens.slots import REST, Slots

_STEPS = st.lists(
    st.tuples(st.sets(st.integers(0, 14), max_size=10), st.integers(0, 3 * SECOND)), max_size=30
)


@given(_STEPS)
def test_a_ticket_keeps_its_number_and_no_two_have_one(
    steps: list[tuple[set[int], int]],
) -> None:
    slots, now = Slots(10), 0
    before: dict[str, int] = {}
    last_held: dict[int, tuple[str, int]] = {}
    for tickets, passed in steps:
        now += passed
        numbers = slots.seat([str(ticket) for ticket in sorted(tickets)], now)
        given_out = [number for number in numbers.values() if number]
        assert len(given_out) == len(set(given_out))
        assert all(1 <= number <= 10 for number in given_out)
        for ticket, number in numbers.items():
            if before.get(ticket):
                assert number == before[ticket]
            elif number:
                held_by, until = last_held.get(number, (ticket, -REST))
                assert held_by == ticket or now >= until + REST
        for ticket, number in before.items():
            if number and ticket not in numbers:
                last_held[number] = (ticket, now)
        before = numbers


def test_the_oldest_has_the_lowest_number_and_a_free_one_rests_two_seconds() -> None:
    slots = Slots(3)
    assert slots.seat(["a", "b", "c"], 0) == {"a": 1, "b": 2, "c": 3}
    assert slots.seat(["a", "c", "d"], SECOND) == {"a": 1, "c": 3, "d": 0}
    assert slots.seat(["a", "c", "d"], 3 * SECOND - 1) == {"a": 1, "c": 3, "d": 0}
    assert slots.seat(["a", "c", "d"], 3 * SECOND) == {"a": 1, "c": 3, "d": 2}


def test_a_ticket_that_comes_right_back_has_its_own_number() -> None:
    slots = Slots(3)
    slots.seat(["a", "b"], 0)
    slots.seat(["b"], SECOND)
    assert slots.seat(["a", "b"], SECOND) == {"a": 1, "b": 2}
