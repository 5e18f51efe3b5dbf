"""What every log promises, whichever keeps it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from common.domain.codec import encode_group
from common.domain.ids import HOUSE, EventId
from common.store.contract import (
    Addressees,
    Appended,
    Batch,
    Committed,
    Head,
    Log,
    Span,
    WantedSide,
)
from common.store.errors import NotNext, StoreBroken, StoreError, StoreFull
from tests.contracts.logs import (
    COUNTER,
    SUBJECT,
    WOK,
    Harness,
    MemoryHarness,
    Pen,
    SqliteHarness,
    an_id,
    batch,
    own,
    side,
)


@pytest.fixture(params=["memory", "sqlite", "sqlite-at-commit"])
def harness(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Harness]:
    if request.param == "memory":
        yield MemoryHarness()
        return
    at = "COMMIT" if request.param == "sqlite-at-commit" else "INSERT INTO grp"
    sqlite = SqliteHarness(tmp_path, at)
    yield sqlite
    sqlite.close()


@pytest.fixture
def log(harness: Harness) -> Log:
    return harness.open()


def everything(harness: Harness) -> tuple[object, ...]:
    reader = harness.reader()
    pages = [reader.groups_after(chain, 0, 10**9) for chain in (WOK, COUNTER)]
    return reader.heads(), pages, reader.events_since(0, 10**6)


def test_an_empty_log_says_so(log: Log) -> None:
    assert (log.last_commit, log.max_lamport, log.heads()) == (0, 0, {})
    assert log.groups_after(WOK, 0, 1_000) == []
    assert log.events_since(0, 10) == []
    assert log.events_of(SUBJECT) == []
    assert log.own_command(an_id(1)) is None


def test_groups_tell_whom_they_are_addressed_to(log: Log) -> None:
    pen = Pen()
    groups = [
        pen.group(2, to=("wok",)),
        pen.group(to=()),
        pen.group(3, to=("expo",)),
        pen.group(2, to=("wok", "cold")),
    ]
    log.append(batch(*groups, Pen(COUNTER).group(2)))
    spans = [
        Addressees(1, 2, frozenset({"wok"})),
        Addressees(4, 6, frozenset({"expo"})),
        Addressees(7, 8, frozenset({"wok", "cold"})),
    ]
    assert log.addressed(WOK, 0, 10) == spans
    assert log.addressed(WOK, 2, 10) == spans[1:]
    assert log.addressed(WOK, 0, 2) == spans[1:]
    assert log.addressed(WOK, 8, 10) == []
    assert [found.roles for found in log.addressed(COUNTER, 0, 10)] == [{"wok", "expo"}]


def test_an_event_tells_when_it_was_stored(log: Log) -> None:
    pen = Pen()
    log.append(batch(pen.group(2), stored_at=7))
    log.append(batch(pen.group(), stored_at=9))
    times = [log.stored_at(EventId(*WOK, seq)) for seq in (1, 2, 3, 4)]
    assert times == [7, 7, 9, None]
    assert log.stored_at(EventId(*COUNTER, 1)) is None


def test_an_empty_batch_is_stored_at_once(log: Log) -> None:
    assert log.append(Batch(stored_at=1)) == Appended(1, 0, {})


def test_groups_continue_their_chains(log: Log) -> None:
    wok, counter = Pen(), Pen(COUNTER)
    first = wok.group(3)
    second, third = wok.group(2), counter.group()

    assert log.append(batch(first, stored_at=7)) == Appended(
        1, 3, {WOK: Head(3, first.group.checksum, 7)}
    )
    assert log.append(batch(second, third, stored_at=9)) == Appended(
        4,
        6,
        {
            WOK: Head(5, second.group.checksum, 9),
            COUNTER: Head(1, third.group.checksum, 9),
        },
    )
    assert log.last_commit == 6
    assert log.max_lamport == 5


def test_two_groups_of_one_new_chain_may_come_together(log: Log) -> None:
    pen = Pen()
    first, second = pen.group(2), pen.group(64)
    assert log.append(batch(first, second)).heads[WOK].seq == 66


def test_what_was_appended_reads_back_word_for_word(harness: Harness, log: Log) -> None:
    pen = Pen()
    groups = [pen.group(size) for size in (1, 3, 2)]
    log.append(batch(*groups))
    reader = harness.reader()
    read = reader.groups_after(WOK, 0, 10**6)
    assert [encode_group(group) for group in read] == [encode_group(g.group) for g in groups]
    raws = [raw for accepted in groups for raw in accepted.group.events]
    assert reader.events_since(0, 100) == [Committed(i, raw) for i, raw in enumerate(raws, 1)]
    assert reader.heads() == log.heads()


@pytest.mark.parametrize("wrong", ["repeated", "gap", "other branch", "second in the batch"])
def test_a_group_that_is_not_next_leaves_nothing(harness: Harness, log: Log, wrong: str) -> None:
    pen, other = Pen(), Pen(body=41)
    first = pen.group(2)
    other.group(2)
    log.append(batch(first))
    before = everything(harness)
    good = Pen(COUNTER).group()
    second, third = pen.group(), pen.group()
    wrongs = {
        "repeated": (good, first),
        "gap": (good, third),
        "other branch": (good, other.group()),
        "second in the batch": (good, second, second),
    }
    with pytest.raises(NotNext):
        log.append(batch(*wrongs[wrong]))
    assert everything(harness) == before
    assert log.append(batch(good, second, third)).last == 5


@pytest.mark.parametrize("error", [StoreFull, StoreBroken])
def test_an_append_that_fails_half_way_leaves_nothing(
    harness: Harness, log: Log, error: type[StoreError]
) -> None:
    pen = Pen()
    first, second = pen.group(2), pen.group(3)
    log.append(batch(first, own=(own(first),)))
    before = everything(harness)
    harness.fail(error)
    with pytest.raises(error):
        log.append(batch(second, Pen(COUNTER).group(), own=(own(second),)))
    assert everything(harness) == before
    assert log.heads() == harness.reader().heads()
    assert (log.last_commit, log.max_lamport) == (2, 2)
    assert log.own_command(second.events[0].cmd_id) is None


def test_when_there_is_room_again_the_log_goes_on(harness: Harness, log: Log) -> None:
    group = Pen().group(2)
    harness.fail(StoreFull)
    with pytest.raises(StoreFull):
        log.append(batch(group))
    assert log.append(batch(group)).last == 2


def test_a_broken_log_takes_nothing_until_it_is_opened_again(harness: Harness, log: Log) -> None:
    pen = Pen()
    group = pen.group()
    harness.fail(StoreBroken)
    for _ in range(2):
        with pytest.raises(StoreBroken):
            log.append(batch(group))
    log.close()
    assert harness.open().append(batch(group)).last == 1


def test_opened_again_it_goes_on_where_it_was(harness: Harness, log: Log) -> None:
    wok, counter = Pen(), Pen(COUNTER)
    log.append(batch(wok.group(3), counter.group(2, lamport=40)))
    before = (log.heads(), log.last_commit, log.max_lamport)
    log.close()
    again = harness.open()
    assert (again.heads(), again.last_commit, again.max_lamport) == before
    assert again.append(batch(wok.group())).first == 6


def test_the_highest_lamport_time_outlives_a_lower_last_one(harness: Harness, log: Log) -> None:
    pen = Pen()
    log.append(batch(pen.group(lamport=90), pen.group(lamport=3)))
    log.close()
    assert harness.open().max_lamport == 90


def test_own_commands_answer_with_their_first_events(harness: Harness, log: Log) -> None:
    pen = Pen()
    first, second = pen.group(3), pen.group(2)
    log.append(batch(Pen(COUNTER).group(4), first, second, own=(own(first), own(second))))
    assert log.own_command(own(first).cmd_id) == Span(5, 7)
    assert log.own_command(own(second).cmd_id) == Span(8, 9)
    log.close()
    assert harness.open().own_command(own(second).cmd_id) == Span(8, 9)


def test_a_command_within_a_group_has_its_own_span(log: Log) -> None:
    group = Pen().group(5)
    inner = own(group)._replace(first=group.events[2].id, length=2)
    log.append(batch(group, own=(inner,)))
    assert log.own_command(inner.cmd_id) == Span(3, 4)


def test_a_command_without_its_events_is_refused(harness: Harness, log: Log) -> None:
    group, stray = Pen().group(), Pen(COUNTER).group()
    with pytest.raises(ValueError, match="its events are in no group"):
        log.append(batch(group, own=(own(stray),)))
    with pytest.raises(ValueError, match="its events are in no group"):
        log.append(batch(group, own=(own(group)._replace(length=2),)))
    assert harness.reader().heads() == {}


def test_a_command_is_never_taken_twice(harness: Harness, log: Log) -> None:
    pen = Pen()
    first = pen.group()
    log.append(batch(first, own=(own(first),)))
    second = pen.group()
    with pytest.raises(StoreBroken):
        log.append(batch(second, own=(own(second)._replace(cmd_id=own(first).cmd_id),)))
    assert harness.reader().heads()[WOK].seq == 1


def test_pages_hold_whole_groups_within_their_bytes(log: Log) -> None:
    pen = Pen(body=200)
    groups = [pen.group(size) for size in (4, 1, 1, 9, 2)]
    log.append(batch(*groups))
    frames = [len(encode_group(accepted.group)) for accepted in groups]

    def firsts(seq: int, max_bytes: int) -> list[int]:
        return [group.first for group in log.groups_after(WOK, seq, max_bytes)]

    assert firsts(0, 1) == [1]
    assert firsts(0, frames[0] + frames[1] + 200) == [1, 5]
    assert firsts(4, 10**6) == [5, 6, 7, 16]
    assert firsts(5, 1) == [6]
    assert firsts(9, 1) == [7]
    assert firsts(16, 10**6) == [16]
    assert firsts(17, 10**6) == []
    for max_bytes in range(300, 6_000, 100):
        page = log.groups_after(WOK, 0, max_bytes)
        assert len(page) == 1 or sum(len(encode_group(group)) for group in page) <= max_bytes


def test_pages_walk_through_the_whole_chain(log: Log) -> None:
    pen = Pen()
    groups = [pen.group(1 + number % 64) for number in range(40)]
    log.append(batch(*groups[:20]))
    log.append(batch(Pen(COUNTER).group(10), *groups[20:]))
    seq, walked = 0, []
    while page := log.groups_after(WOK, seq, 4_000):
        walked += page
        seq = page[-1].last
    assert walked == [accepted.group for accepted in groups]


def test_events_of_a_subject_stand_in_their_order_however_late_they_came(log: Log) -> None:
    wok, counter = Pen(), Pen(COUNTER)
    log.append(batch(wok.group(lamport=5), wok.group(lamport=9)))
    log.append(batch(wok.group(subject=an_id(77), lamport=10)))
    log.append(batch(counter.group(lamport=5), counter.group(lamport=2)))
    keys = [event.key for event in log.events_of(SUBJECT)]
    assert keys == sorted(keys)
    assert [(key.lamport, key.origin) for key in keys] == [
        (2, COUNTER.origin),
        (5, WOK.origin),
        (5, COUNTER.origin),
        (9, WOK.origin),
    ]


def test_epochs_of_one_node_are_chains_of_their_own(log: Log) -> None:
    later = Pen(WOK._replace(epoch=2**48 - 1))
    log.append(batch(Pen().group(), later.group(2)))
    assert {chain.epoch: head.seq for chain, head in log.heads().items()} == {11: 1, 2**48 - 1: 2}


def test_house_events_stand_apart_from_orders(log: Log) -> None:
    pen = Pen()
    log.append(batch(pen.group(), pen.menu(), pen.group(subject=an_id(3))))
    assert [event.kind for event in log.house_events()] == ["MenuActivated"]
    assert log.subjects_since(0) == sorted([SUBJECT, an_id(3), HOUSE])
    assert log.subjects_since(2) == [an_id(3)]
    assert log.subjects_since(3) == []


def test_events_since_a_commit_number_come_in_slices(log: Log) -> None:
    pen = Pen()
    log.append(batch(pen.group(5), Pen(COUNTER).group(5)))
    assert [row.commit_no for row in log.events_since(3, 4)] == [4, 5, 6, 7]
    assert [row.commit_no for row in log.events_since(8, 4)] == [9, 10]
    assert log.events_since(5, 1)[0].event.origin == COUNTER.origin


def test_an_event_of_a_kind_nobody_knows_is_kept(log: Log) -> None:
    log.append(batch(Pen().group(kind="TableMoved")))
    assert [event.kind for event in log.events_of(SUBJECT)] == ["TableMoved"]


def test_side_records_come_once_and_end_the_wish_for_them(log: Log) -> None:
    wish = WantedSide(an_id(1), WOK.origin, 70)
    other = WantedSide(an_id(2), WOK.origin, 60)
    log.append(Batch(stored_at=1, wanted=(wish, other, wish)))
    assert log.wanted_sides() == [other, wish]
    record = side(1)
    log.append(Batch(stored_at=2, sides=(record,)))
    log.append(Batch(stored_at=3, sides=(side(1, at=9),), wanted=(wish,)))
    assert log.wanted_sides() == [other]
    assert log.sides([an_id(1), an_id(2), an_id(1)]) == [record]


def test_a_wish_that_comes_with_its_record_is_none(log: Log) -> None:
    wish = WantedSide(an_id(1), WOK.origin, 70)
    log.append(Batch(stored_at=1, sides=(side(1),), wanted=(wish,)))
    assert log.wanted_sides() == []


def test_many_side_records_can_be_asked_for_at_once(log: Log) -> None:
    records = tuple(side(number) for number in range(1_200))
    log.append(Batch(stored_at=1, sides=records))
    assert len(log.sides(record.id for record in records)) == 1_200


def test_erased_side_records_stay_away(log: Log) -> None:
    wishes = (WantedSide(an_id(3), WOK.origin, 50), WantedSide(an_id(4), WOK.origin, 150))
    log.append(Batch(stored_at=1, sides=(side(1, at=50), side(2, at=150)), wanted=wishes))
    assert log.erase_sides(before=100, now=400) == 1
    assert log.erase_sides(before=100, now=500) == 0
    assert [record.id for record in log.sides([an_id(1), an_id(2)])] == [an_id(2)]
    assert [wish.id for wish in log.wanted_sides()] == [an_id(4)]
    log.append(
        Batch(stored_at=2, sides=(side(1, at=50),), wanted=(wishes[0]._replace(id=an_id(1)),))
    )
    assert log.sides([an_id(1)]) == []
    assert [wish.id for wish in log.wanted_sides()] == [an_id(4)]
