from __future__ import annotations

from collections.abc import Iterable

import msgspec
import pytest

from common.domain import events as ev
from common.domain.clock import SECOND
from common.domain.codec import Event
from common.domain.decide import Draft
from common.domain.ids import LineId
from common.domain.order import ANYWHERE, Line, Order, fold_order
from common.domain.portions import State, What
from tests.helpers.desk import (
    BAR,
    COLD,
    NOON,
    WOK,
    Desk,
    a_desk,
    an_id,
    choice_of,
    first_line,
    item,
    of,
    two_desks,
)
from tests.helpers.soundness import assert_sound


def states(order: Order) -> list[list[State]]:
    return [[portion.state for portion in line.portions] for line in order.lines.values()]


def notices(order: Order) -> list[What]:
    return [notice.what for notice in order.notices]


def now(thing: Order | Line) -> State:
    """The state as it is by now: a type checker believes that a property stays."""
    return thing.state


def later(desk: Desk, seconds: int = 1) -> None:
    desk.now += seconds * SECOND


# -- an order's day


def test_an_order_goes_from_the_counter_to_the_guest() -> None:
    desk = a_desk()
    order = desk.submits(item("w1", 2), item("c1"))
    assert now(order) is State.FIRED
    desk.starts(order, choice_of(order, 1))
    assert states(order) == [[State.COOKING, State.FIRED], [State.FIRED]]
    desk.bumps(order)
    desk.bumps(order, station=COLD)
    assert now(order) is State.READY
    desk.serves(order, *(of(line) for line in order.dishes()))
    assert now(order) is State.SERVED
    assert order.closed
    assert notices(order) == []


def test_a_line_is_as_far_as_the_last_of_its_portions_that_count() -> None:
    desk = a_desk()
    order = desk.submits(item("w1", 3))
    line = first_line(order)
    desk.voids(order, choice_of(order, 1))
    desk.readies(order, choice_of(order, 1))
    assert states(order) == [[State.VOID, State.READY, State.FIRED]]
    assert now(line) is State.FIRED
    desk.readies(order, choice_of(order))
    assert now(line) is State.READY
    desk.voids(order, choice_of(order))
    assert now(line) is State.VOID
    assert order.closed


def test_an_order_that_has_nothing_left_is_closed_and_opens_again_with_a_new_dish() -> None:
    desk = a_desk()
    order = desk.submits(item())
    desk.voids(order, choice_of(order), reason="guest left")
    assert order.closed
    assert first_line(order).void_reason == "guest left"
    desk.adds(order, item("c1"))
    assert not order.closed


def test_a_weighed_line_is_one_portion() -> None:
    desk = a_desk()
    order = desk.submits(item(qty=2, unit="kg"), item())
    assert [len(line.portions) for line in order.lines.values()] == [1, 1]


def test_a_held_line_is_fired_by_being_started() -> None:
    desk = a_desk()
    order = desk.submits(item(fire="hold"))
    line = first_line(order)
    assert now(line) is State.HELD
    assert not order.closed
    later(desk)
    desk.starts(order, of(line))
    assert line.portions[0].snapshot()[:3] == (State.COOKING, desk.now, desk.now)
    assert notices(order) == [What.STARTED_ON_HOLD]


def test_dishes_wait_until_they_are_called_for() -> None:
    desk = a_desk()
    order = desk.submits(item("w1", 3), item("c1", fire="hold"))
    line = first_line(order)
    desk.holds(order, of(line, 2))
    assert states(order) == [[State.HELD, State.HELD, State.FIRED], [State.HELD]]
    assert now(line) is now(order.lines[list(order.lines)[1]]) is State.HELD
    later(desk)
    desk.fires(order, of(line))
    assert states(order)[0] == [State.FIRED] * 3
    assert [portion.fired for portion in line.portions] == [desk.now, desk.now, NOON]
    assert notices(order) == []


def test_what_was_begun_on_hold_is_told_once_for_a_hold() -> None:
    desk = a_desk()
    order = desk.submits(item("w1", 3, fire="hold"))
    desk.starts(order, choice_of(order, 1))
    desk.starts(order, choice_of(order, 1))
    (notice,) = order.notices
    assert (notice.what, notice.event) == (What.STARTED_ON_HOLD, order.history[0].id)
    assert notice.at == NOON
    desk.fires(order, choice_of(order))
    assert notices(order) == [What.STARTED_ON_HOLD], "the third was called for, not those two"


# -- tickets


def test_lines_of_one_station_stand_on_one_ticket_and_additions_join_it() -> None:
    desk = a_desk()
    order = desk.submits(item("w1"), item("c1"), item("w2"))
    desk.adds(order, item("w1"))
    assert [line.position for line in order.ticket_lines(WOK, 1)] == [0, 2, 3]
    assert [line.position for line in order.ticket_lines(COLD, 1)] == [1]


def test_a_bump_readies_what_the_cook_saw_and_closes_the_ticket() -> None:
    desk = a_desk()
    order = desk.submits(item("w1"), item("w2"))
    seen, unseen = order.lines
    desk.bumps(order, seen=[seen])
    assert states(order) == [[State.READY], [State.FIRED]]
    assert not order.tickets[WOK, 1].open
    assert [line.id for line in order.ticket_lines(WOK, 2)] == [unseen]
    assert order.tickets[WOK, 2].opened_at == desk.now


def test_a_bump_that_is_undone_brings_back_what_went_on() -> None:
    desk = a_desk()
    order = desk.submits(item("w1"), item("w2", fire="hold"))
    (bump,) = desk.bumps(order)
    assert [line.batch for line in order.dishes()] == [1, 2]
    desk.recalls(order, undoes=bump.id)
    assert [line.batch for line in order.dishes()] == [1, 1]
    assert list(order.tickets) == [(WOK, 1)]


def test_what_went_on_stays_where_it_went_if_that_is_closed_or_has_more() -> None:
    desk = a_desk()
    order = desk.submits(item("w1"), item("w2", fire="hold"))
    (first,) = desk.bumps(order)
    desk.adds(order, item("w1"))
    desk.recalls(order, undoes=first.id)
    assert [line.batch for line in order.dishes()] == [1, 1, 2]
    (second,) = desk.bumps(order)
    assert [line.batch for line in order.dishes()] == [1, 2, 2]
    desk.fires(order, *(of(line) for line in order.dishes() if line.state is State.HELD))
    desk.bumps(order, batch=2)
    desk.recalls(order, undoes=second.id)
    assert [line.batch for line in order.dishes()] == [1, 2, 2]
    assert [ticket.open for ticket in order.tickets.values()] == [True, False]


def test_lines_that_are_all_ready_do_not_close_a_ticket() -> None:
    desk = a_desk()
    order = desk.submits(item())
    desk.readies(order, choice_of(order))
    assert order.tickets[WOK, 1].open
    desk.bumps(order)
    assert not order.tickets[WOK, 1].open


def test_after_a_bump_an_addition_opens_the_next_ticket() -> None:
    desk = a_desk()
    order = desk.submits(item())
    desk.bumps(order)
    later(desk)
    desk.adds(order, item("w2"))
    assert [(t.batch, t.opened_at) for t in order.open_tickets(WOK)] == [(2, desk.now)]


def test_a_recalled_ticket_returns_to_its_own_slot_marked() -> None:
    desk = a_desk()
    order = desk.submits(item("w1", 2))
    desk.bumps(order)
    desk.serves(order, choice_of(order, 1))
    later(desk, 90)
    desk.recalls(order, station=WOK, batch=1)
    ticket = order.tickets[WOK, 1]
    assert ticket.open
    assert (ticket.opened_at, ticket.recalled_at) == (NOON, NOON + 90 * SECOND)
    assert states(order) == [[State.SERVED, State.COOKING]]


def test_an_addition_joins_the_latest_ticket_that_is_open() -> None:
    desk = a_desk()
    order = desk.submits(item())
    desk.bumps(order)
    desk.adds(order, item("w2"))
    desk.bumps(order, 2)
    desk.recalls(order, station=WOK, batch=1)
    desk.adds(order, item("w2"))
    assert [len(order.ticket_lines(WOK, batch)) for batch in (1, 2)] == [2, 1]


def test_an_undone_bump_opens_its_ticket_and_puts_back_what_it_readied() -> None:
    desk = a_desk()
    order = desk.submits(item("w1", 3))
    desk.starts(order, choice_of(order, 1))
    desk.readies(order, choice_of(order, 1))
    before = [portion.snapshot() for portion in first_line(order).portions]
    desk.starts(order, choice_of(order, 1))
    begun = [portion.snapshot() for portion in first_line(order).portions]
    later(desk)
    (bump,) = desk.bumps(order)
    desk.recalls(order, undoes=bump.id)
    assert [portion.snapshot() for portion in first_line(order).portions] == begun != before
    assert order.tickets[WOK, 1].open


def test_an_undone_bump_leaves_the_bump_of_somebody_else() -> None:
    one, two = two_desks()
    order = one.submits(item())
    two.hears(one.wrote)
    (mine,) = one.bumps(order)
    one.recalls(order, undoes=mine.id)
    again = one.bumps(order)
    one.states(ev.LinesRecalled((), mine.id, WOK, 1), order.id)
    assert order.tickets[WOK, 1].bumped == again[0].id


def test_an_undo_after_somebody_else_moved_it_on_has_no_effect() -> None:
    one, two = two_desks()
    order = one.submits(item("w1", 2))
    (ready,) = one.readies(order, choice_of(order))
    two.hears(one.wrote)
    two.serves(two.orders[order.id], choice_of(order, 1))
    one.recalls(order, undoes=ready.id)
    one.hears(two.wrote)
    assert states(order) == [[State.SERVED, State.FIRED]]
    assert notices(order) == [What.RECALLED_TOO_LATE]


def test_a_recall_that_meets_a_bump_opens_the_ticket_again() -> None:
    one, two = two_desks()
    order = one.submits(item())
    one.readies(order, choice_of(order))
    two.hears(one.wrote)
    one.bumps(order)
    two.recalls(two.orders[order.id], choice_of(order), station=WOK)
    one.hears(two.wrote)
    assert states(order) == [[State.COOKING]]
    assert_sound(order)


# -- dishes without a station


def test_a_dish_without_a_station_belongs_to_the_first_that_starts_it() -> None:
    desk = a_desk()
    order = desk.submits(item("n1"), item("c1"))
    line = first_line(order)
    assert line.station == ANYWHERE
    desk.starts(order, of(line), station=COLD)
    assert (line.station, line.batch) == (COLD, 1)
    assert [each.position for each in order.ticket_lines(COLD, 1)] == [0, 1]
    assert notices(order) == []


@pytest.mark.parametrize("first", [1, 2])
def test_of_two_stations_that_start_it_the_first_in_order_has_it(first: int) -> None:
    one, two = two_desks(first, 3 - first)
    order = one.submits(item("n1"))
    two.hears(one.wrote)
    one.starts(order, choice_of(order), station=COLD)
    two.starts(two.orders[order.id], choice_of(order), station=BAR)
    one.hears(two.wrote)
    has_it, too_late = (COLD, BAR) if first == 1 else (BAR, COLD)
    assert first_line(order).station == has_it
    (notice,) = order.notices
    assert (notice.what, notice.station) == (What.CLAIMED_ELSEWHERE, too_late)


def test_a_bump_of_unclaimed_dishes_closes_no_other_ticket() -> None:
    desk = a_desk()
    order = desk.submits(item("n1"), item("w1"))
    unclaimed, mine = order.lines
    desk.bumps(order, batch=0, seen=[unclaimed])
    assert states(order) == [[State.READY], [State.FIRED]]
    assert [ticket.batch for ticket in order.open_tickets(WOK)] == [1]
    assert [line.id for line in order.ticket_lines(WOK, 1)] == [mine]
    desk.adds(order, item("w2"))
    assert len(order.ticket_lines(WOK, 1)) == 2


# -- changes


def test_a_change_of_the_note_leaves_the_modifiers_and_the_other_way_round() -> None:
    desk = a_desk()
    order = desk.submits(item(note="hot"))
    line = first_line(order)
    less_salt = (ev.Modifier("remove", "盐", "salt"),)
    desk.states(ev.LineChanged(line.id, None, less_salt, 0), order.id)
    assert (line.note, line.modifiers) == ("hot", less_salt)
    desk.changes(line, order, "mild")
    assert (line.note, line.modifiers) == ("mild", less_salt)
    assert (line.record.note, line.record.modifiers) == ("hot", ()), "frozen as ordered"
    assert notices(order) == []


def test_one_change_that_came_too_late_is_told_once() -> None:
    one, two = two_desks()
    order = one.submits(item("w1", 2))
    two.hears(one.wrote)
    elsewhere = two.orders[order.id]
    one.changes(first_line(order), order, "mild")
    two.readies(elsewhere, choice_of(order, 1))
    two.readies(elsewhere, choice_of(order, 1))
    two.serves(elsewhere, choice_of(order))
    one.hears(two.wrote)
    assert notices(order) == [What.CHANGE_TOO_LATE]


# -- combos


def combo(desk: Desk) -> Order:
    return desk.submits(
        item(sku=None, zh="套餐", ref="set"), item("w1", parent="set"), item("c1", parent="set")
    )


def test_a_combo_is_as_far_as_the_last_of_its_dishes() -> None:
    desk = a_desk()
    order = combo(desk)
    parent, wok, cold = order.lines.values()
    assert parent.portions == []
    assert list(order.dishes()) == [wok, cold]
    assert order.tickets.keys() == {(WOK, 1), (COLD, 1)}
    desk.bumps(order)
    assert now(parent) is State.FIRED
    desk.bumps(order, station=COLD)
    assert now(parent) is State.READY


def test_a_void_of_a_combo_voids_its_dishes() -> None:
    desk = a_desk()
    order = combo(desk)
    desk.voids(order, choice_of(order))
    assert [line.state for line in order.lines.values()] == [State.VOID] * 3
    assert order.closed


def test_a_dish_finds_its_combo_when_that_comes_after_it() -> None:
    desk = a_desk()
    order = desk.submits(item("w1", parent="set"), item(sku=None, zh="套餐", ref="set"))
    dish, parent = order.lines.values()
    assert parent.dishes == [dish]


# -- events that come late, twice, or can't be read


def test_events_wait_for_their_submission() -> None:
    desk = a_desk()
    order = desk.submits(item())
    desk.starts(order, choice_of(order))
    submission, start = order.history
    late = Order(order.id)
    assert late.apply(start)
    assert late.head is None
    assert not late.closed
    assert late.apply(submission)
    assert late.digest() == order.digest()


def test_an_event_counts_once() -> None:
    desk = a_desk()
    order = desk.submits(item())
    assert not order.apply(order.history[0])
    assert len(order.history) == 1


@pytest.mark.parametrize("first", [1, 2])
def test_a_command_that_two_nodes_committed_counts_once(first: int) -> None:
    one, two = two_desks(first, 3 - first)
    order = one.submits(item())
    two.hears(one.wrote)
    (added,) = one.adds(order, item("w2", 2))
    two.writes(Draft(added.kind, added.subject, added.to, added.payload), added.cmd_id)
    one.hears(two.wrote)
    assert len(order.lines) == 2
    assert len(order.history) == 3, "both are kept"


def test_an_order_taken_in_twice_is_the_first_submission_with_all_its_lines() -> None:
    one, two = two_desks()
    many = tuple(item("w1", note="x" * 4000) for _ in range(20))
    one.does(one.submission(an_id("order"), *many))
    order = one.orders[an_id("order")]
    written = two.does(two.submission(an_id("order"), *many))
    assert [event.kind for event in written] == ["OrderSubmitted", "LinesAdded"]
    one.hears(written)
    assert len(order.lines) == 20
    assert order.submitted == order.history[0]


def unreadable(event: Event) -> Iterable[Event]:
    """What may stand in the place of the event after this one: nothing of it can be read."""
    shell = msgspec.structs.replace(event, seq=event.seq + 1, lamport=event.lamport + 1)
    yield msgspec.structs.replace(shell, kind="DishDreamt", payload=b"\xc0")
    yield msgspec.structs.replace(shell, kind="LinesVoided", payload=b"\xff\x00")
    yield msgspec.structs.replace(shell, kind="LinesVoided", payload=b"\x91" * 5_000)
    yield msgspec.structs.replace(shell, kind="OrderSubmitted", payload=b"")
    yield msgspec.structs.replace(
        shell, kind="MenuActivated", payload=ev.encode_payload(ev.MenuActivated(b"m" * 16, "", ()))
    )


def test_what_cannot_be_read_is_kept_and_leaves_the_fold_alone() -> None:
    desk = a_desk()
    order = desk.submits(item())
    for event in unreadable(order.history[0]):
        read = fold_order(order.id, [*order.history, event])
        assert read.history[-1] == event
        assert read.digest() == order.digest()


def test_picks_of_lines_and_portions_that_are_not_there_do_nothing() -> None:
    desk = a_desk()
    order = desk.submits(item())
    nowhere = ev.Pick(LineId(an_id("nobody"), 0), ((0, 1),))
    beyond = ev.Pick(first_line(order).id, ((1, 9_998),))
    desk.states(ev.LinesVoided((nowhere, beyond)), order.id)
    desk.states(ev.TicketBumped(COLD, 7, (nowhere,)), order.id)
    desk.states(ev.LinesRecalled((nowhere,), None, BAR, 3), order.id)
    desk.states(ev.LineChanged(LineId(an_id("nobody"), 0), "note"), order.id)
    assert states(order) == [[State.FIRED]]
    assert order.tickets.keys() == {(WOK, 1)}


def test_ready_marks_count_even_if_their_ticket_is_not_there() -> None:
    desk = a_desk()
    order = desk.submits(item())
    pick = ev.Pick(first_line(order).id, ((0, 1),))
    desk.states(ev.TicketBumped(WOK, 5, (pick,)), order.id)
    assert states(order) == [[State.READY]]
    assert order.tickets[WOK, 1].open


def test_portions_that_went_the_same_way_are_one_object() -> None:
    desk = a_desk()
    order = desk.submits(item("w1", 9_999))
    desk.starts(order, choice_of(order, 5_000))
    assert len(set(first_line(order).portions)) == 2


def test_a_rush_is_kept_with_what_it_names() -> None:
    desk = a_desk()
    order = desk.submits(item())
    line = first_line(order).id
    desk.states(ev.OrderRushed((line,)), order.id)
    desk.states(ev.OrderRushed(), order.id)
    assert order.rushes == [(NOON, (line,)), (NOON, ())]
