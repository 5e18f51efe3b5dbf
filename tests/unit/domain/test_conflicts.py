"""CONFLICTS.md, played: every pair of order commands decided by two nodes that don't know it."""

from __future__ import annotations

from collections import Counter
from itertools import combinations_with_replacement, permutations
from pathlib import Path
from typing import NamedTuple

import pytest

import common.domain
from common.domain.codec import Event
from common.domain.delivery import TELLINGS as NEVER_MOVE
from common.domain.notices import AUDIENCE, WORDS, Audience, told
from common.domain.order import Order, fold_order
from common.domain.portions import State, What
from tests.helpers.crossing import (
    ASKED,
    FORMS,
    ORDER,
    STATES,
    SUBMIT,
    TELLINGS,
    Basis,
    Crossed,
    cross,
)
from tests.helpers.desk import (
    BAR,
    COLD,
    NOON,
    WOK,
    Desk,
    choice_of,
    first_line,
    item,
    of,
    rejection,
    two_desks,
)
from tests.helpers.soundness import assert_sound

PAGE = Path(common.domain.__file__).with_name("CONFLICTS.md").read_text(encoding="utf-8")
NONE = "–"
ENDS = {"new": State.FIRED} | {
    state.name.lower(): state for state in State if state is not State.FIRED
}
FIRST_OR_SECOND = pytest.mark.parametrize("first", [0, 1], ids=["first", "second"])


class Cell(NamedTuple):
    pair: tuple[str, str]
    found: str
    ends: State
    notices: frozenset[What]
    told: frozenset[Audience]


def rows(heading: str) -> list[list[str]]:
    """The rows of the table under a heading, without its head."""
    section = PAGE.split(f"## {heading}\n")[1].split("\n## ")[0]
    table = [line for line in section.splitlines() if line.startswith("|")]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in table[2:]]


def names(cell: str) -> list[str]:
    return [] if cell == NONE else [name.strip() for name in cell.split(",")]


def pair_of(cell: str) -> tuple[str, str]:
    one, two = cell.split(" × ")
    return one, two


def cells() -> list[Cell]:
    return [
        Cell(
            pair_of(pair),
            found,
            ENDS[ends],
            frozenset(map(What, names(notices))),
            frozenset(map(Audience, names(audience))),
        )
        for pair, founds, ends, notices, audience, _ in rows("Every pair")
        for found in names(founds)
    ]


CELLS = cells()
IMPOSSIBLE = [pair_of(pair) for pair, _ in rows("Pairs that cannot happen")]


def played(cell: Cell, first: int, portions: int = 1, count: int | None = None) -> Crossed:
    state = "new" if cell.found == "nothing" else cell.found
    crossed = cross(cell.pair, state, first=first, portions=portions, count=count)
    assert crossed is not None, "one of the two would be refused"
    return crossed


def what_happened(order: Order) -> set[What]:
    return {notice.what for notice in order.notices}


def test_no_cell_is_empty() -> None:
    table = rows("Every pair") + rows("Pairs that cannot happen") + rows("Who is told")
    table += rows("Shown and seen")
    assert [row for row in table if not all(row)] == []


def test_no_cell_is_missing_or_too_many() -> None:
    expected = [
        (pair, found)
        for pair in combinations_with_replacement(FORMS, 2)
        if SUBMIT not in pair
        for found in STATES
        if cross(pair, found) is not None
    ]
    expected.append(((SUBMIT, SUBMIT), "nothing"))
    assert Counter((cell.pair, cell.found) for cell in CELLS) == Counter(expected)


def test_every_pair_is_either_told_or_said_to_be_impossible() -> None:
    pairs = Counter({cell.pair for cell in CELLS}) + Counter(IMPOSSIBLE)
    assert pairs == Counter(combinations_with_replacement(FORMS, 2))


@pytest.mark.parametrize("form", [form for form in (*FORMS, *TELLINGS) if form != SUBMIT])
def test_nobody_can_act_on_an_order_whose_submission_has_not_come(form: str) -> None:
    crossed = cross((SUBMIT, SUBMIT), "new")
    assert crossed is not None
    stranger = Desk("stranger")
    basis = Basis(crossed.before, crossed.events[0].id)
    command = ASKED[form](stranger, basis, choice_of(crossed.before))
    assert rejection(stranger.asks(command)) == "unknown_order"


@FIRST_OR_SECOND
@pytest.mark.parametrize("cell", CELLS, ids=lambda cell: f"{' × '.join(cell.pair)}, {cell.found}")
def test_a_pair_ends_as_the_page_says(cell: Cell, first: int) -> None:
    crossed = played(cell, first)
    order = crossed.after
    assert first_line(order).state is cell.ends
    assert what_happened(order) == cell.notices
    audience = {who for what in what_happened(order) for who in AUDIENCE[what]}
    assert audience == cell.told
    for sequence in permutations(crossed.events):
        arrived = Order(ORDER)
        for event in sequence:
            arrived.apply(event)
        assert arrived.digest() == order.digest()


@FIRST_OR_SECOND
@pytest.mark.parametrize("cell", CELLS, ids=lambda cell: f"{' × '.join(cell.pair)}, {cell.found}")
def test_nothing_is_made_lost_or_served_twice(cell: Cell, first: int) -> None:
    crossed = played(cell, first, portions=2, count=1)
    order = crossed.after
    assert lines_made(order) == lines_ordered(crossed.events)
    assert_sound(order)
    if cell.pair == (SUBMIT, SUBMIT):
        return
    # What neither of the two picked stayed as it was; a ticket as a whole, or an undo, takes all.
    if not {"bump", "undo"} & set(cell.pair) and not whole_ticket(cell):
        before, after = (first_line(each).portions[1] for each in (crossed.before, order))
        assert after.snapshot() == before.snapshot()


def whole_ticket(cell: Cell) -> bool:
    return "kitchen recall" in cell.pair and cell.found == "bumped"


def lines_ordered(events: list[Event]) -> list[tuple[str, int]]:
    """The dishes and portions that the commands asked for; one order is taken in once."""
    added = sum(event.kind == "LinesAdded" for event in events)
    return [("w1", 2)] + [("w2", 1)] * added


def lines_made(order: Order) -> list[tuple[str, int]]:
    return [(line.record.sku or "", len(line.portions)) for line in order.lines.values()]


@FIRST_OR_SECOND
def test_of_two_changes_the_later_stands_and_both_are_kept(first: int) -> None:
    crossed = cross(("change", "change"), "new", first=first)
    assert crossed is not None
    line = first_line(crossed.after)
    assert line.note == ("as two says" if first == 0 else "as one says")
    assert len(line.changes) == 2


@FIRST_OR_SECOND
@pytest.mark.parametrize(
    "other", ["void", "hold", "start", "ready", "bump", "serve", "undo", "rush"]
)
def test_a_change_is_never_lost(other: str, first: int) -> None:
    crossed = cross(("change", other), "cooking" if other == "undo" else "new", first=first)
    assert crossed is not None
    assert first_line(crossed.after).note == "as one says"


@FIRST_OR_SECOND
def test_a_dish_that_the_cook_had_not_seen_goes_on_a_new_ticket(first: int) -> None:
    crossed = cross(("add", "bump"), "cooking", first=first)
    assert crossed is not None
    order = crossed.after
    assert not order.tickets[WOK, 1].open
    assert [line.record.sku for line in order.ticket_lines(WOK, 2)] == ["w2"]
    assert [ticket.batch for ticket in order.open_tickets(WOK)] == [2]


@FIRST_OR_SECOND
@pytest.mark.parametrize("called", [False, True], ids=["on hold", "fired meanwhile"])
def test_a_dish_on_hold_goes_on_to_the_next_ticket(called: bool, first: int) -> None:
    desks = two_desks(1, 2) if first == 0 else two_desks(2, 1)
    cook, counter = desks
    order = cook.submits(item("w1"), item("w2", fire="hold"))
    counter.hears(cook.wrote)
    waiting = list(order.lines.values())[1]
    cook.bumps(order)
    if called:
        counter.fires(counter.orders[order.id], of(waiting))
    cook.hears(counter.wrote)
    assert not order.tickets[WOK, 1].open
    (line,) = order.ticket_lines(WOK, 2)
    assert line.id == waiting.id
    assert line.state is (State.FIRED if called else State.HELD)
    assert order.tickets[WOK, 2].open
    assert first_line(order).state is State.READY
    assert order.notices == []


@FIRST_OR_SECOND
@pytest.mark.parametrize("cell", [cell for cell in CELLS if "pay" in cell.pair])
def test_what_is_due_follows_from_dishes_and_payments(cell: Cell, first: int) -> None:
    order = played(cell, first).after
    assert (order.total, order.paid) == {
        "add": (2400, 1200),
        "void": (0, 1200),
        "pay": (1200, 2400),
    }.get(other_of(cell.pair, "pay"), (1200, 1200))
    assert order.due == order.total - order.paid


def other_of(pair: tuple[str, str], form: str) -> str:
    one, two = pair
    return two if one == form else one


def told_pairs() -> Counter[tuple[str, str]]:
    """The pairs of the table of shown and seen, "any other" written out."""
    found: Counter[tuple[str, str]] = Counter()
    for pairs, *_ in rows("Shown and seen"):
        for telling, other in map(pair_of, names(pairs)):
            moving = [form for form in FORMS if form != SUBMIT]
            found.update((telling, each) for each in (moving if other == "any other" else [other]))
    return found


def test_every_pair_with_shown_and_seen_stands_on_the_page() -> None:
    among = Counter(combinations_with_replacement(TELLINGS, 2))
    assert told_pairs() == Counter((one, two) for one in TELLINGS for two in FORMS) + among


@FIRST_OR_SECOND
@pytest.mark.parametrize("pair", [pair for pair in told_pairs() if SUBMIT not in pair])
def test_being_shown_or_seen_moves_nothing(pair: tuple[str, str], first: int) -> None:
    played = [each for found in STATES if (each := cross(pair, found, first=first)) is not None]
    assert played
    for crossed in played:
        moves_nothing(crossed)


def moves_nothing(crossed: Crossed) -> None:
    order = crossed.after
    untold = fold_order(ORDER, [each for each in crossed.events if each.kind not in NEVER_MOVE])
    assert facts_of(order) == facts_of(untold)
    for sequence in permutations(crossed.events):
        arrived = Order(ORDER)
        for event in sequence:
            arrived.apply(event)
        assert arrived.digest() == order.digest()
    news = {event.id for event in untold.unseen(WOK)} - {e.id for e in crossed.before.unseen(WOK)}
    assert {event.id for event in order.unshown(WOK)} == news
    assert {shown.shown_at for shown in order.shown} == {NOON}


def facts_of(order: Order) -> object:
    """All that the fold tells but what was shown and seen."""
    lines = [(line.key, line.state, line.batch, line.note) for line in order.lines.values()]
    tickets = [(key, ticket.open, ticket.bumped) for key, ticket in order.tickets.items()]
    return lines, tickets, order.rushes, order.notices


def test_every_notice_has_an_audience_and_words() -> None:
    table = [
        (What(what), tuple(map(Audience, names(audience))), (zh, en))
        for what, audience, zh, en in rows("Who is told")
    ]
    assert table == [(what, AUDIENCE[what], WORDS[what]) for what in What]


def test_told_are_the_station_the_pass_and_the_counter_that_took_the_order() -> None:
    crossed = cross(("void", "ready"), "new")
    assert crossed is not None
    for desk in crossed.desks:
        (notice,) = crossed.after.notices
        assert told(notice, crossed.after, desk.house) == ("counter-1", "expo", WOK)


def test_a_dish_that_no_station_has_claimed_is_told_to_every_kitchen() -> None:
    crossed = cross(("change", "change"), "new", sku="n1")
    assert crossed is not None
    (notice,) = crossed.after.notices
    assert told(notice, crossed.after, crossed.desks[0].house) == (BAR, COLD, "counter-1", WOK)
