"""What is let go, what is said of it, and that its neighbours do not suffer."""

from __future__ import annotations

from common.domain.codec import encode_side
from common.wire import messages as m
from common.wire.limits import MAX_PENDING_BYTES, MILLISECOND, SECOND
from common.wire.outputs import Commit, KeepSides, SideWant, What
from tests.unit.wire.network import Author, key_of
from tests.unit.wire.rig import EXPO, ME, STRANGER, WOK, Rig, head_of
from tests.unit.wire.test_bounds import largest


def test_a_strangers_group_in_a_page_is_noted_and_not_taken() -> None:
    rig = Rig()
    asked_for = rig.wok.group()
    rig.link(WOK, [head_of(asked_for)])
    ((request, _),) = rig.questions(m.Fetch)
    rig.page(request, Author(STRANGER).group(), asked_for)
    assert rig.commits() == [asked_for]
    assert rig.notes() == [What.NOT_ENROLLED]


def test_a_feed_brings_its_own_groups_only_however_well_they_are_signed() -> None:
    rig = Rig()
    rig.live(WOK, rig.expo.group())
    assert not rig.commits()
    assert rig.notes() == [What.WRONG_RELAY]


def test_a_held_group_from_a_relay_makes_nobody_owe_the_relay_an_ack() -> None:
    rig = Rig()
    rig.do("set_peers", {origin: key_of(origin) for origin in (ME, WOK, EXPO, STRANGER)})
    absent = Author(STRANGER)
    group, more = absent.group(), absent.group()
    rig.link(WOK, [head_of(more)])
    ((request, _),) = rig.questions(m.Fetch)
    rig.page(request, group)
    rig.commit()
    rig.wait(5 * MILLISECOND)
    ((request, _),) = rig.questions(m.Fetch)
    rig.page(request, group, more)
    assert rig.commits() == [more]
    assert not rig.questions(m.Ack)


def test_a_held_group_that_is_not_on_the_disk_yet_is_not_acked_for_coming_again() -> None:
    rig = Rig()
    rig.link(WOK)
    group = rig.wok.group()
    rig.live(WOK, group)
    rig.live(WOK, group)
    assert not rig.questions(m.Ack)


def test_as_much_waits_for_the_log_as_the_page_says() -> None:
    rig = Rig()
    groups = []
    for _ in range(MAX_PENDING_BYTES // 65_536 + 1):
        groups.append(largest(rig.wok))
        rig.live(WOK, groups[-1])
    assert rig.commits() == groups[:-1]
    assert rig.notes() == [What.OVERLOADED]
    assert rig.replica.status().pending_bytes == MAX_PENDING_BYTES


def test_what_was_taken_is_counted() -> None:
    rig = Rig()
    rig.live(WOK, rig.wok.group(3), rig.wok.group(2))
    assert (rig.count("groups accepted"), rig.count("events accepted")) == (2, 5)


# --- side records


def test_a_side_record_that_cannot_be_read_costs_only_itself() -> None:
    rig = Rig()
    side = rig.wok.side(1)
    frame = m.Sides(WOK, (b"rubbish", encode_side(side)))
    rig.do("feed", WOK, m.encode(frame))
    assert rig.take(KeepSides) == [KeepSides((side,))]
    assert rig.notes() == [What.BAD_SIDE]


def test_a_strangers_side_record_is_noted_and_not_kept() -> None:
    rig = Rig()
    rig.live_sides(WOK, Author(STRANGER).side(1))
    assert not rig.take(KeepSides)
    assert rig.notes() == [What.NOT_ENROLLED]


def test_a_side_record_that_is_being_written_is_not_asked_for_again() -> None:
    rig = Rig()
    side = rig.expo.side(1)
    rig.link(WOK)
    rig.do("sides_wanted", [SideWant(side.id, EXPO)])
    rig.wait(500 * MILLISECOND)
    ((request, _),) = rig.questions(m.FetchSides)
    rig.link(EXPO)
    rig.answer(request, m.SidePage((encode_side(side),)))
    rig.wait(3 * SECOND)
    assert not rig.questions(m.FetchSides)


def test_a_failed_commit_is_none_of_the_peers_business() -> None:
    rig = Rig()
    rig.link(WOK)
    rig.live(WOK, rig.wok.group())
    (commit,) = rig.take(Commit)
    rig.do("commit_failed", commit.groups)
    assert not rig.questions(m.Ack)
