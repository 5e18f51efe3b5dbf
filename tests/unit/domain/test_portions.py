from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from common.domain.ids import EventId
from common.domain.portions import (
    MOVES,
    PREFERRED,
    Move,
    Portion,
    State,
    What,
    crossed,
    indexes_of,
    portion_count,
    runs_of,
)

PORTIONS = st.sets(st.integers(0, 9_998), max_size=50)


def event(nth: int) -> EventId:
    return EventId(b"node", 1, nth)


def led(*moves: Move, held: bool = False) -> Portion:
    """A fresh portion after these moves; the nth is event n at time 10 n."""
    portion = Portion.ordered(State.HELD if held else State.FIRED, event(0), 0)
    for nth, move in enumerate(moves, 1):
        portion = portion.moved(move, event(nth), 10 * nth)
    return portion


@given(PORTIONS)
def test_runs_name_the_same_portions_and_nothing_else(indexes: set[int]) -> None:
    runs = runs_of(indexes)
    assert indexes_of(runs, 9_999) == sorted(indexes)
    assert all(first + count < later for (first, count), (later, _) in pairwise(runs))


def test_runs_beyond_the_line_or_over_each_other_name_each_portion_once() -> None:
    assert indexes_of([(0, 2), (1, 2), (7, 9_999)], 4) == [0, 1, 2]


@pytest.mark.parametrize(
    ("qty", "unit", "count"),
    [(1000, None, 1), (3000, None, 3), (1500, None, 1), (420, "kg", 1), (2000, "kg", 1)],
)
def test_a_weighed_line_is_one_portion(qty: int, unit: str | None, count: int) -> None:
    assert portion_count(qty, unit) == count


def test_every_move_says_which_portions_it_prefers() -> None:
    for move, targets in MOVES.items():
        assert set(PREFERRED[move]) == set(targets)


def test_each_step_is_stamped_once() -> None:
    portion = led(Move.START, Move.READY, Move.SERVE)
    assert portion.snapshot() == (State.SERVED, 0, 10, 20, 30, None)
    assert led(Move.READY).snapshot() == (State.READY, 0, None, 10, None, None)


def test_a_held_portion_that_is_done_was_fired_by_that() -> None:
    assert led(Move.START, held=True).snapshot() == (State.COOKING, 10, 10, None, None, None)
    assert led(Move.SERVE, held=True).snapshot() == (State.SERVED, 10, None, None, 10, None)
    assert led(held=True).snapshot() == (State.HELD, None, None, None, None, None)


def test_a_recall_forgets_what_is_not_so_any_more() -> None:
    recalled = led(Move.START, Move.READY, Move.RECALL)
    assert recalled.snapshot() == (State.COOKING, 0, 10, None, None, None)
    sent_back = led(Move.READY, Move.SERVE, Move.UNSERVE)
    assert sent_back.snapshot() == (State.READY, 0, None, 10, None, None)


LIDS = (Move.HOLD, Move.FIRE, Move.VOID)
"""What lies over a portion and leaves beneath it what it finds."""


@pytest.mark.parametrize("move", [move for move in Move if move not in LIDS])
@pytest.mark.parametrize("before", [(), (Move.START,), (Move.READY,), (Move.SERVE,)])
def test_a_move_that_the_table_does_not_have_changes_nothing(
    move: Move, before: tuple[Move, ...]
) -> None:
    portion = led(*before)
    moved = portion.moved(move, event(9), 90)
    if portion.state in MOVES[move]:
        assert moved.state is MOVES[move][portion.state]
    else:
        assert moved is portion


@pytest.mark.parametrize("move", [move for move in Move if move is not Move.VOID])
@pytest.mark.parametrize("before", [(), (Move.START,), (Move.READY,), (Move.SERVE,)])
def test_a_void_and_any_move_give_the_same_in_either_sequence(
    move: Move, before: tuple[Move, ...]
) -> None:
    one, two = led(*before, move, Move.VOID), led(*before, Move.VOID, move)
    assert (one.state, one.stage, one.waste) == (two.state, two.stage, two.waste)
    assert one.state is State.VOID


# -- on hold


@pytest.mark.parametrize("move", [Move.START, Move.READY, Move.SERVE])
@pytest.mark.parametrize("lid", [Move.HOLD, Move.FIRE])
@pytest.mark.parametrize("held", [False, True])
def test_a_hold_or_a_fire_and_a_step_give_the_same_in_either_sequence(
    move: Move, lid: Move, held: bool
) -> None:
    one, two = led(lid, move, held=held), led(move, lid, held=held)
    assert (one.state, one.on_hold, one.waste) == (two.state, two.on_hold, two.waste)
    assert (one.begun_on_hold is None) == (two.begun_on_hold is None) == (lid is Move.FIRE)


def test_a_held_portion_waits_until_it_is_fired() -> None:
    assert led(Move.HOLD).snapshot() == (State.HELD, None, None, None, None, None)
    assert led(Move.HOLD, Move.FIRE).snapshot() == (State.FIRED, 20, None, None, None, None)
    assert led(Move.FIRE, held=True).snapshot() == (State.FIRED, 10, None, None, None, None)


def test_fired_is_the_last_fire_before_it_was_begun() -> None:
    twice = (Move.HOLD, Move.FIRE, Move.HOLD, Move.FIRE)
    assert led(*twice, Move.START).snapshot() == (State.COOKING, 40, 50, None, None, None)
    assert led(Move.HOLD, Move.FIRE, Move.FIRE).fired == 20, "the second fire found it fired"
    assert led(Move.HOLD, Move.START, Move.FIRE).fired == 20, "what is begun is fired by that"


@pytest.mark.parametrize(("one", "other"), [(1, 2), (2, 1)])
def test_two_holds_have_to_be_undone_both(one: int, other: int) -> None:
    portion = led(Move.HOLD, Move.HOLD)
    assert portion.last_moved_by(event(one))
    portion = portion.undone(event(one), event(3))
    assert portion.state is State.HELD
    assert portion.undone(event(other), event(4)).snapshot() == led().snapshot()


def test_an_undone_fire_is_a_hold_again() -> None:
    called = led(Move.HOLD, Move.FIRE)
    assert called.last_moved_by(event(2))
    assert not called.last_moved_by(event(1))
    assert called.undone(event(2), event(3)).snapshot() == led(Move.HOLD).snapshot()
    begun = led(Move.HOLD, Move.FIRE, Move.START)
    assert not begun.last_moved_by(event(2)), "somebody moved it since"
    assert begun.undone(event(2), event(4)).begun_on_hold == (event(1), 30)


def test_how_it_was_ordered_is_not_undone() -> None:
    for portion in (led(), led(held=True), led(Move.FIRE), led(Move.HOLD, held=True)):
        assert not portion.last_moved_by(event(0))
        assert portion.undone(event(0), event(9)) is portion


def test_a_start_that_is_undone_leaves_the_hold() -> None:
    portion = led(Move.HOLD, Move.START).undone(event(2), event(3))
    assert portion.snapshot() == led(Move.HOLD).snapshot()
    assert portion.begun_on_hold is None


def test_what_was_begun_on_hold_is_told_until_it_is_void() -> None:
    begun = led(Move.HOLD, Move.START)
    assert begun.begun_on_hold == (event(1), 20)
    assert led(Move.START, Move.HOLD).begun_on_hold == (event(2), 20)
    assert begun.moved(Move.VOID, event(3), 30).begun_on_hold is None


@pytest.mark.parametrize("last", [Move.START, Move.READY, Move.SERVE, Move.VOID])
def test_an_undo_puts_back_state_and_times(last: Move) -> None:
    before = led(Move.START)
    if last is not Move.START:
        after = before.moved(last, event(5), 50)
    else:
        before, after = led(), led().moved(last, event(5), 50)
    undone = after.undone(event(5), event(6))
    assert undone.snapshot() == before.snapshot()


@pytest.mark.parametrize(
    ("way", "recall"), [((Move.START, Move.READY), Move.RECALL), ((Move.SERVE,), Move.UNSERVE)]
)
def test_an_undone_recall_keeps_the_times_there_were(way: tuple[Move, ...], recall: Move) -> None:
    recalled = led(*way, recall)
    undone = recalled.undone(recalled.by, event(9))
    assert undone.snapshot() == led(*way).snapshot()


def test_an_undo_after_somebody_moved_it_on_has_no_effect() -> None:
    served = led(Move.START, Move.READY, Move.SERVE)
    assert served.undone(event(2), event(4)) is served
    assert served.undone(event(99), event(4)) is served


def test_an_undo_goes_further_back_than_a_recall_that_came_between() -> None:
    recalled = led(Move.READY, Move.RECALL)
    assert recalled.state is State.COOKING
    assert recalled.undone(event(1), event(3)).state is State.FIRED


def test_an_undone_recall_does_not_bring_back_what_is_undone_itself() -> None:
    portion = led(Move.READY, Move.RECALL).undone(event(1), event(3))
    assert portion.undone(event(2), event(4)) is portion


def test_an_undo_is_undone_by_another() -> None:
    undone = led(Move.READY).undone(event(1), event(2))
    assert undone.last_moved_by(event(2))
    assert not undone.last_moved_by(event(1))
    assert undone.undone(event(2), event(3)).snapshot() == led(Move.READY).snapshot()


def test_an_undone_void_shows_what_became_of_the_dish() -> None:
    portion = led(Move.VOID, Move.READY)
    assert portion.undone(event(1), event(3)).state is State.READY


@pytest.mark.parametrize(("one", "other"), [(1, 2), (2, 1)])
def test_two_voids_have_to_be_undone_both(one: int, other: int) -> None:
    portion = led(Move.VOID, Move.VOID).undone(event(one), event(3))
    assert portion.state is State.VOID
    assert portion.undone(event(other), event(4)).state is State.FIRED


@pytest.mark.parametrize(
    ("moves", "waste"),
    [
        ((), None),
        ((Move.START,), What.VOIDED_WHILE_COOKING),
        ((Move.READY,), What.VOIDED_AFTER_COOKING),
        ((Move.READY, Move.RECALL), What.VOIDED_AFTER_COOKING),
        ((Move.SERVE,), What.VOIDED_AFTER_SERVING),
        ((Move.SERVE, Move.UNSERVE), What.VOIDED_AFTER_SERVING),
    ],
)
def test_a_void_says_how_far_the_food_ever_came(
    moves: tuple[Move, ...], waste: What | None
) -> None:
    assert led(*moves).waste is None
    assert led(*moves, Move.VOID).waste is waste


def test_what_was_undone_is_no_waste() -> None:
    portion = led(Move.READY).undone(event(1), event(2)).moved(Move.VOID, event(3), 30)
    assert portion.waste is None


@pytest.mark.parametrize(
    ("found", "move", "what"),
    [
        ((Move.VOID,), Move.VOID, What.VOIDED_TWICE),
        ((Move.READY,), Move.READY, What.READY_TWICE),
        ((Move.SERVE,), Move.SERVE, What.SERVED_TWICE),
        ((Move.SERVE,), Move.RECALL, What.RECALLED_TOO_LATE),
        ((Move.READY, Move.RECALL), Move.SERVE, What.RECALLED_TOO_LATE),
        ((Move.READY, Move.RECALL, Move.READY), Move.SERVE, None),
        ((Move.READY,), Move.SERVE, None),
        ((Move.START,), Move.SERVE, None),
        ((Move.START,), Move.START, None),
        ((Move.SERVE,), Move.READY, None),
    ],
)
def test_what_a_crossing_has_to_tell(
    found: tuple[Move, ...], move: Move, what: What | None
) -> None:
    assert crossed(move, led(*found)) is what
