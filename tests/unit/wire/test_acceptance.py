"""Which groups are taken, which are not, and what is acked when."""

from __future__ import annotations

from collections.abc import Callable

import msgspec
import pytest

from common.domain.codec import Group, encode_group, signed_message
from common.wire import messages as m
from common.wire.limits import ACK_LINGER, MILLISECOND, SECOND, TRAIL
from common.wire.outputs import Commit, Held, Now, Publish, Receipt, What
from tests.unit.wire.network import STORE, Author, sign
from tests.unit.wire.rig import EXPO, ME, STRANGER, WOK, Rig, head_of, hello


def rewritten(group: Group, **changes: object) -> Group:
    return msgspec.structs.replace(group, **changes)


# --- own groups


def test_own_groups_are_published_once_they_are_durable_here() -> None:
    rig = Rig()
    rig.take(Publish)
    groups = [rig.author.group(2), rig.author.group(1)]
    rig.do("own", groups, [])
    assert rig.published(m.Groups) == [m.Groups(ME, tuple(map(encode_group, groups)))]


def test_own_groups_too_large_for_one_frame_take_several() -> None:
    rig = Rig()
    groups = [rig.author.group(3, bytes(50_000)) for _ in range(4)]
    rig.do("own", groups, [])
    assert [len(frame.groups) for frame in rig.published(m.Groups)] == [1, 1, 1, 1]


def test_an_own_group_out_of_place_is_a_bug_and_raises() -> None:
    rig = Rig()
    skipped = [rig.author.group(), rig.author.group()][1]
    with pytest.raises(ValueError, match="does not follow"):
        rig.do("own", [skipped], [])
    with pytest.raises(ValueError, match="not this node's own"):
        rig.do("own", [rig.wok.group()], [])


# --- groups of others


def test_the_next_group_goes_to_commit_with_its_events_decoded() -> None:
    rig = Rig()
    first, second = rig.wok.group(2), rig.wok.group(1)
    rig.live(WOK, first, second)
    (commit,) = rig.take(Commit)
    assert [one.group for one in commit.groups] == [first, second]
    assert [event.seq for one in commit.groups for event in one.events] == [1, 2, 3]


def test_a_group_that_is_pending_is_not_committed_twice() -> None:
    rig = Rig()
    group = rig.wok.group()
    rig.live(WOK, group)
    rig.live(WOK, group)
    assert rig.commits() == [group]
    assert rig.count("groups held") == 1


def test_a_group_beyond_a_gap_waits_and_only_the_gap_is_fetched() -> None:
    rig = Rig()
    one, two, three = (rig.wok.group(2) for _ in range(3))
    rig.link(WOK)
    rig.live(WOK, one)
    rig.live(WOK, three)
    assert rig.commits() == [one]
    ((request, fetch),) = rig.questions(m.Fetch)
    assert fetch.wants == (m.Want(*one.chain, after=2, until=4),)
    rig.page(request, two)
    assert rig.commits() == [two, three]
    rig.wait(10 * MILLISECOND)
    assert not rig.questions(m.Fetch)


def test_a_chain_known_at_the_start_goes_on_from_its_head() -> None:
    author = Author(WOK)
    old, new = author.group(5), author.group(1)
    rig = Rig([Held(*old.chain, old.last, old.checksum, 3)])
    rig.live(WOK, new)
    assert rig.commits() == [new]


Make = Callable[[Group], Group]


def _another_previous(group: Group) -> Group:
    other = Author(WOK)
    other.seq, other.checksum = group.first - 1, b"\x01" * 16
    return other.group()


def _same_place_other_content(group: Group) -> Group:
    other = Author(WOK)
    other.group()
    return other.group(payload=b"another past")


def _cut_differently(group: Group) -> Group:
    other = Author(WOK)
    return other.group(3)


FORKS = {
    "does not follow from our head": (1, _another_previous),
    "another past at the same place": (2, _same_place_other_content),
    "cut differently": (2, _cut_differently),
}


@pytest.mark.parametrize(("held", "make"), FORKS.values(), ids=FORKS)
def test_a_fork_is_noted_and_not_taken(held: int, make: Make) -> None:
    rig = Rig()
    groups = [rig.wok.group(), rig.wok.group()]
    rig.live(WOK, *groups[:held])
    rig.commits()
    rig.live(WOK, make(groups[1]))
    assert not rig.commits()
    assert rig.notes() == [What.FORK]


def test_a_head_of_another_past_is_a_fork_too() -> None:
    rig = Rig()
    group = rig.wok.group()
    rig.live(WOK, group)
    rig.commit()
    rig.vector(EXPO, m.Head(*group.chain, 1, b"\x01" * 16))
    assert rig.notes() == [What.FORK]


def test_nobody_may_go_on_with_the_chain_this_node_is_writing() -> None:
    rig = Rig()
    mine = rig.author.group()
    rig.do("own", [mine], [])
    rig.link(WOK)
    twin = rig.author.group()
    rig.vector(WOK, head_of(twin))
    assert rig.notes() == [What.FORK]
    assert not rig.questions(m.Fetch)


def test_older_than_the_trail_counts_as_held() -> None:
    rig = Rig()
    groups = [rig.wok.group() for _ in range(TRAIL + 2)]
    for group in groups:
        rig.live(WOK, group)
    rig.commit()
    rig.live(WOK, groups[0])
    assert rig.count("groups held") == 1
    assert not rig.notes()


def _spoiled_checksum(group: Group) -> Group:
    return rewritten(group, checksum=bytes(16))


def _two_seqs(group: Group) -> Group:
    return rewritten(group, events=group.events[:1] * 2)


def _no_event(group: Group) -> Group:
    return rewritten(group, events=(b"\xc1", *group.events[1:]))


@pytest.mark.parametrize("spoil", [_spoiled_checksum, _two_seqs, _no_event])
def test_a_group_that_is_not_whole_is_noted_and_its_neighbours_live(spoil: Make) -> None:
    rig = Rig()
    rig.live(WOK, spoil(rig.wok.group(2)))
    assert not rig.commits()
    assert rig.notes() == [What.BAD_GROUP]
    other = Author(WOK, epoch=2).group()
    raw = (b"rubbish", encode_group(other))
    rig.do("feed", WOK, m.encode(m.Groups(WOK, raw)))
    assert rig.commits() == [other]


def test_a_frame_in_anothers_name_is_dropped() -> None:
    rig = Rig()
    rig.live(WOK, rig.expo.group(), relay=EXPO)
    rig.live(WOK, rig.expo.group(), relay=WOK)
    assert not rig.commits()
    assert rig.count("wrong relay") == 2


def test_a_frame_of_a_stranger_is_dropped() -> None:
    rig = Rig()
    rig.live(STRANGER, Author(STRANGER).group())
    assert not rig.commits()
    assert rig.notes() == [What.NOT_ENROLLED]


# --- relayed groups


def relayed(rig: Rig, group: Group, head: m.Head) -> None:
    """WOK answers a fetch with a group of EXPO's."""
    rig.link(WOK, [head])
    ((request, _),) = rig.questions(m.Fetch)
    rig.page(request, group)


def test_a_relayed_group_with_its_signature_is_taken() -> None:
    rig = Rig()
    group = rig.expo.group()
    relayed(rig, group, head_of(group))
    assert rig.commits() == [group]


@pytest.mark.parametrize("store", [STORE, b"another-store-id"])
def test_a_relayed_group_is_taken_only_if_signed_for_this_store(store: bytes) -> None:
    rig = Rig()
    group = rig.expo.group()
    message = signed_message(store, group.chain, group.last, group.checksum)
    relayed(rig, rewritten(group, signature=sign(EXPO, message)), head_of(group))
    good = store == STORE
    assert bool(rig.commits()) is good
    assert rig.notes() == ([] if good else [What.BAD_SIGNATURE])


def test_a_node_takes_back_its_own_lost_groups() -> None:
    rig = Rig()
    lost = Author(ME, epoch=9).group(4)
    relayed(rig, lost, head_of(lost))
    assert rig.commits() == [lost]
    rig.commit()
    assert not rig.acked()


def test_a_head_of_a_stranger_is_not_fetched_until_it_is_enrolled() -> None:
    rig = Rig()
    group = Author(STRANGER).group()
    rig.link(WOK, [head_of(group)])
    assert not rig.questions(m.Fetch)
    assert rig.notes() == [What.NOT_ENROLLED]


# --- acks


def test_an_ack_leaves_after_the_commit_and_names_it() -> None:
    rig = Rig()
    rig.link(WOK)
    group = rig.wok.group(3)
    rig.live(WOK, group)
    assert not rig.questions(m.Ack)
    rig.commit(stored_at=1234)
    ((_, ack),) = rig.questions(m.Ack)
    assert ack == m.Ack((m.Stored(*group.chain, 3, group.checksum, 1234),), t1=rig.mesh)


def test_while_an_ack_is_under_way_newer_commits_gather_for_the_next() -> None:
    rig = Rig()
    rig.link(WOK)
    groups = [rig.wok.group() for _ in range(5)]
    for group in groups:
        rig.live(WOK, group)
        rig.commit()
    ((request, first),) = rig.questions(m.Ack)
    assert [head.seq for head in first.heads] == [1]
    rig.answer(request, m.Acked(0, 0, 0))
    ((_, second),) = rig.questions(m.Ack)
    assert [head.seq for head in second.heads] == [5]


def test_an_ack_that_nobody_waits_for_goes_along_with_others_or_a_little_later() -> None:
    rig = Rig()
    rig.link(WOK)
    others, mine = Author(WOK, 1), Author(WOK, 2)

    def committed(author: Author, awaited: bool) -> list[int]:
        rig.live(WOK, author.group())
        for commit in rig.take(Commit):
            now = Now(rig.mono, rig.mesh)
            rig.said += rig.replica.committed(commit.groups, 77, now, [awaited])
        return [head.epoch for head in rig.acked()]

    assert committed(others, awaited=False) == []
    assert committed(mine, awaited=True) == [1, 2]
    assert committed(others, awaited=False) == []
    rig.wait(ACK_LINGER - 1)
    assert not rig.acked()
    rig.wait(1)
    assert [(head.epoch, head.seq) for head in rig.acked()] == [(1, 2)]


def test_only_what_changed_is_acked_and_all_of_it_when_the_link_comes_up() -> None:
    rig = Rig()
    chains = [Author(WOK, epoch) for epoch in (1, 2, 3)]
    for author in chains:
        rig.live(WOK, author.group())
    rig.commit()
    rig.link(WOK)
    assert [(head.epoch, head.seq) for head in rig.acked()] == [(1, 1), (2, 1), (3, 1)]
    rig.live(WOK, chains[1].group())
    rig.commit()
    assert [(head.epoch, head.seq) for head in rig.acked()] == [(2, 2)]


def test_a_group_heard_again_is_acked_again() -> None:
    rig = Rig()
    rig.link(WOK)
    group = rig.wok.group()
    rig.live(WOK, group)
    rig.commit()
    assert rig.acked()
    rig.live(WOK, group)
    assert [head.seq for head in rig.acked()] == [1]


def test_a_peer_that_greets_may_have_lost_our_acks() -> None:
    rig = Rig()
    rig.link(WOK)
    rig.live(WOK, rig.wok.group())
    rig.commit()
    assert rig.acked()
    rig.ask(WOK, hello(WOK))
    assert [head.seq for head in rig.acked()] == [1]


def test_an_ack_goes_to_the_origin_and_not_to_the_relay() -> None:
    rig = Rig()
    group = rig.expo.group()
    relayed(rig, group, head_of(group))
    rig.commit()
    assert not rig.questions(m.Ack)
    rig.link(EXPO)
    assert [head.origin for head in rig.acked()] == [EXPO]


def test_a_refused_ack_is_owed_still_but_not_at_once() -> None:
    rig = Rig()
    rig.link(WOK)
    rig.live(WOK, rig.wok.group())
    rig.commit()
    ((request, _),) = rig.questions(m.Ack)
    rig.answer(request, m.Refused(m.Reason.BUSY))
    rig.wait(999 * MILLISECOND)
    assert not rig.questions(m.Ack)
    rig.wait(1 * MILLISECOND)
    assert len(rig.questions(m.Ack)) == 1


def test_what_could_not_be_written_is_not_acked_and_comes_again_after_a_rest() -> None:
    rig = Rig()
    rig.link(WOK)
    one, two = rig.wok.group(), rig.wok.group()
    rig.live(WOK, one, two)
    (commit,) = rig.take(Commit)
    rig.do("commit_failed", commit.groups)
    assert rig.notes() == [What.COMMIT_FAILED]
    rig.vector(WOK, head_of(two))
    rig.wait(990 * MILLISECOND)
    assert not rig.questions(m.Fetch)
    rig.wait(10 * MILLISECOND)
    ((request, fetch),) = rig.questions(m.Fetch)
    assert fetch.wants == (m.Want(*one.chain, after=0, until=2),)
    rig.page(request, one, two)
    rig.commit()
    assert [head.seq for head in rig.acked()] == [2]


def test_what_flies_behind_a_failed_group_must_fail_before_more_is_taken() -> None:
    rig = Rig()
    one, two = rig.wok.group(), rig.wok.group()
    rig.live(WOK, one)
    rig.live(WOK, two)
    first, second = rig.take(Commit)
    rig.do("commit_failed", first.groups)
    rig.live(WOK, one)
    assert not rig.commits()
    rig.do("commit_failed", second.groups)
    rig.live(WOK, one)
    assert rig.commits() == [one]


# --- receipts


def acks(group: Group, **changes: object) -> m.Ack:
    stored = m.Stored(*group.chain, group.last, group.checksum, 900)
    return m.Ack((msgspec.structs.replace(stored, **changes),), t1=1)


def test_an_ack_of_mine_is_a_receipt_once() -> None:
    rig = Rig()
    group = rig.author.group(3)
    rig.do("own", [group], [])
    for _ in range(2):
        rig.ask(WOK, acks(group))
    (receipt,) = rig.take(Receipt)
    assert receipt == Receipt(WOK, *group.chain, 3, stored_at=900, acked_at=rig.mesh)
    assert rig.replies() == [m.Acked(1, rig.mesh, rig.mesh)] * 2


BAD_ACKS: dict[str, tuple[dict[str, object], What]] = {
    "more than there is": ({"seq": 4}, What.BAD_ACK),
    "another node's": ({"origin": EXPO}, What.BAD_ACK),
    "another past": ({"checksum": bytes(16)}, What.FORK),
    "between two groups": ({"seq": 2}, What.FORK),
}


@pytest.mark.parametrize(("changes", "what"), BAD_ACKS.values(), ids=BAD_ACKS)
def test_an_ack_of_what_is_not_ours_is_no_receipt(changes: dict[str, object], what: What) -> None:
    rig = Rig()
    group = rig.author.group(3)
    rig.do("own", [group], [])
    rig.ask(WOK, acks(group, **changes))
    assert not rig.take(Receipt)
    assert rig.notes() == [what]
    assert rig.replies() == [m.Acked(1, rig.mesh, rig.mesh)]


def test_acks_that_came_before_a_restored_past_are_asked_for_again() -> None:
    rig = Rig()
    group = rig.author.group(2)
    stored = m.Stored(*head_of(group).chain, group.last, group.checksum, 77)
    rig.link(WOK, [head_of(group)])
    rig.link(EXPO)
    rig.ask(WOK, m.Ack((stored,), 0))
    assert rig.notes() == [What.BAD_ACK]
    ((request, _),) = rig.questions(m.Fetch)
    rig.page(request, group)
    assert not rig.questions(m.Hello)
    rig.commit()
    assert [request.peer for request, _ in rig.questions(m.Hello)] == [WOK, EXPO]
    rig.ask(WOK, m.Ack((stored,), 0))
    assert [(receipt.node, receipt.seq) for receipt in rig.take(Receipt)] == [(WOK, 2)]


def test_receipts_of_an_earlier_life_are_not_given_again() -> None:
    group = Author(ME).group(3)
    rig = Rig([Held(*group.chain, 3, group.checksum, 1)], [(WOK, *group.chain, 3)])
    rig.ask(WOK, acks(group))
    assert not rig.take(Receipt)


def test_four_timestamps_give_the_clocks_difference() -> None:
    rig = Rig()
    rig.link(WOK)
    rig.live(WOK, rig.wok.group())
    rig.commit()
    ((request, ack),) = rig.questions(m.Ack)
    rig.wait(8 * MILLISECOND)
    there = ack.t1 + 3 * MILLISECOND + 1 * SECOND
    rig.answer(request, m.Acked(ack.t1, there, there + 2 * MILLISECOND))
    sample = rig.replica.status().peers[WOK].clock
    assert sample is not None
    assert (sample.offset, sample.delay) == (1 * SECOND, 6 * MILLISECOND)
