"""What a node keeps in memory of its chains: how much, and not one more."""

from __future__ import annotations

from copy import copy

import pytest

from common.domain.codec import MAX_EVENT, Group
from common.wire import messages as m
from common.wire.limits import MAX_STASH_BYTES, MAX_STASH_GROUPS, MILLISECOND, TRAIL
from common.wire.outputs import Commit
from tests.unit.wire.network import Author
from tests.unit.wire.rig import WOK, Rig


def linked() -> Rig:
    rig = Rig()
    rig.link(WOK)
    return rig


def refetched(rig: Rig, *lost: Group) -> None:
    """The page that closes a gap."""
    rig.wait(5 * MILLISECOND)
    ((request, _),) = rig.questions(m.Fetch)
    rig.page(request, *lost)


# --- the stash


def test_nothing_waits_at_first() -> None:
    assert Rig().replica.status().pending_bytes == 0


def test_what_lies_beyond_a_gap_is_kept_once() -> None:
    rig = linked()
    rig.wok.group()
    beyond = rig.wok.group()
    rig.live(WOK, beyond, beyond)
    assert (rig.count("gaps"), rig.count("stashed")) == (2, 1)


def test_what_came_in_another_order_is_taken_in_its_own() -> None:
    rig = linked()
    one, two, three, four = (rig.wok.group() for _ in range(4))
    rig.live(WOK, one)
    rig.live(WOK, four)
    rig.live(WOK, three)
    refetched(rig, two)
    assert rig.commits() == [one, two, three, four]


def test_so_many_groups_are_kept_beyond_gaps_and_again_when_they_are_gone() -> None:
    rig = linked()
    for nth in (1, 2):
        lost, *beyond = [rig.wok.group() for _ in range(MAX_STASH_GROUPS + 3)]
        rig.live(WOK, *beyond)
        assert rig.count("stashed") == nth * MAX_STASH_GROUPS
        refetched(rig, lost)
        kept = rig.commits()
        assert kept == [lost, *beyond[:MAX_STASH_GROUPS]]
        rig.live(WOK, *beyond[MAX_STASH_GROUPS:])
        assert rig.commits() == beyond[MAX_STASH_GROUPS:]


def largest(author: Author) -> Group:
    """A group of one event, as large as an event may be."""
    beside = len(copy(author).group(1, bytes(60_000)).events[0]) - 60_000
    group = author.group(1, bytes(MAX_EVENT - beside))
    assert len(group.events[0]) == MAX_EVENT
    return group


def test_so_many_bytes_are_kept_beyond_gaps_and_again_when_they_are_gone() -> None:
    rig = linked()
    most = MAX_STASH_BYTES // MAX_EVENT
    for nth in (1, 2):
        lost, *beyond = [rig.wok.group(), *(largest(rig.wok) for _ in range(most + 2))]
        for group in beyond:
            rig.live(WOK, group)
        assert rig.count("stashed") == nth * most
        refetched(rig, lost)
        rig.commit()
        for group in beyond[most:]:
            rig.live(WOK, group)
        rig.commit()


# --- the trail


def test_as_many_group_ends_are_remembered_as_the_page_says() -> None:
    rig = linked()
    groups = [rig.wok.group() for _ in range(TRAIL + 10)]
    for group in groups:
        rig.live(WOK, group)
    other = Author(WOK)
    forged = [other.group(1, b"another past") for _ in groups]
    rig.live(WOK, forged[-TRAIL - 1])
    assert (rig.count("groups held"), rig.count("fork")) == (1, 0)
    rig.live(WOK, forged[-TRAIL])
    assert (rig.count("groups held"), rig.count("fork")) == (1, 1)


def test_ends_of_what_could_not_be_written_are_not_remembered() -> None:
    rig = linked()
    forged, true = Author(WOK).group(2, b"another past"), Author(WOK).group(3)
    rig.live(WOK, forged)
    (commit,) = rig.take(Commit)
    rig.do("commit_failed", commit.groups)
    rig.live(WOK, true)
    assert rig.commits() == [true]
    rig.live(WOK, forged)
    assert rig.count("fork") == 1


def test_a_log_that_writes_out_of_order_is_a_bug_and_raises() -> None:
    rig = linked()
    rig.live(WOK, rig.wok.group())
    rig.live(WOK, rig.wok.group())
    _, second = rig.take(Commit)
    with pytest.raises(ValueError, match="does not follow"):
        rig.do("committed", second.groups, 77)
