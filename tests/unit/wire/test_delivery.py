"""What is due is handed over to who holds the role, on time, until it is acked and not longer."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from common.domain.codec import Group, encode_group
from common.domain.ids import EventId
from common.wire import client
from common.wire import messages as m
from common.wire.due import wait_before
from common.wire.limits import DELIVER_EVERY, MILLISECOND, SECOND
from common.wire.outputs import (
    Addressed,
    Commit,
    Held,
    Publish,
    Read,
    ReadAddressed,
    Receipt,
    Reset,
    What,
)
from tests.unit.wire.network import Network, Node, Weather
from tests.unit.wire.rig import EXPO, ME, WOK, Rig, head_of
from tests.unit.wire.test_convergence import PHASES, play, scripts

STEPS = [150, 300, 600, 1200, 2400, 5000, 5000, 5000]


@pytest.fixture
def rig() -> Rig:
    """The wok holds its role, the links are up."""
    rig = Rig()
    rig.roles(me="counter-1", wok="wok", expo="expo")
    rig.link(WOK)
    rig.link(EXPO)
    return rig


def alive(rig: Rig, microseconds: int, *heads: m.Head) -> None:
    """Time passes while both peers are heard."""
    end = rig.mono + microseconds
    while rig.mono < end:
        rig.wait(min(SECOND, end - rig.mono))
        for peer in (WOK, EXPO):
            rig.vector(peer, *heads)


def moments(rig: Rig, count: int) -> list[int]:
    """After how many ms each the next deliveries left; every one is answered, without an ack."""
    found: list[int] = []
    start = rig.mono
    while len(found) < count:
        alive(rig, MILLISECOND)
        for request, _ in rig.delivered():
            found.append((rig.mono - start) // MILLISECOND)
            start = rig.mono
            rig.answer(request, m.Delivered(()))
    return found


def test_a_group_is_delivered_again_and_again_at_growing_intervals(rig: Rig) -> None:
    rig.writes("wok")
    assert moments(rig, len(STEPS)) == STEPS


@pytest.mark.parametrize(("jitter", "part"), [(0.0, 0.8), (0.5, 1.0), (1.0, 1.2)])
def test_each_wait_is_drawn_from_a_fifth_around_it(jitter: float, part: float) -> None:
    waits = [wait_before(tries, jitter) for tries in range(len(STEPS))]
    assert waits == [int(step * MILLISECOND * part) for step in STEPS]
    assert wait_before(10**6, 0.5) == DELIVER_EVERY


def test_a_delivery_holds_the_group_itself_for_its_holder_alone(rig: Rig) -> None:
    group = rig.writes("wok")
    rig.wait(150 * MILLISECOND)
    rig.reads()
    ((request, said),) = rig.questions(m.Deliver)
    assert request.peer == WOK
    assert said == m.Deliver((encode_group(group),))


def test_an_ack_in_between_ends_it(rig: Rig) -> None:
    group = rig.writes("wok")
    rig.wait(100 * MILLISECOND)
    rig.ask(WOK, m.Ack((m.Stored(ME, 1, group.last, group.checksum, 7),), 0))
    alive(rig, 20 * SECOND)
    assert rig.delivered() == []
    assert rig.replica.status().peers[WOK].due == 0


def test_the_answer_is_an_ack(rig: Rig) -> None:
    group = rig.writes("wok")
    rig.wait(150 * MILLISECOND)
    ((request, _),) = rig.delivered()
    event = EventId(*group.chain, group.first)
    assert rig.replica.delivered(WOK, event) == 1
    rig.has(request, group)
    (receipt,) = rig.take(Receipt)
    assert (receipt.node, receipt.seq, receipt.stored_at) == (WOK, 1, 7)
    alive(rig, 20 * SECOND)
    assert rig.delivered() == []
    assert rig.replica.delivered(WOK, event) == 0


def test_an_answer_that_names_another_past_is_no_ack(rig: Rig) -> None:
    rig.writes("wok")
    rig.wait(150 * MILLISECOND)
    ((request, _),) = rig.delivered()
    rig.answer(request, m.Delivered((m.Stored(ME, 1, 1, b"x" * 16, 7),)))
    assert rig.notes() == [What.FORK]
    assert not rig.take(Receipt)
    assert rig.replica.status().peers[WOK].due == 1


def test_what_is_addressed_to_nobody_or_to_ourselves_is_not_delivered(rig: Rig) -> None:
    rig.writes()
    rig.writes("counter-1")
    rig.writes("roof")
    alive(rig, 20 * SECOND)
    assert rig.delivered() == []


def test_both_holders_of_a_role_get_it(rig: Rig) -> None:
    rig.roles(wok="wok", expo="wok expo")
    group = rig.writes("wok")
    rig.wait(150 * MILLISECOND)
    one, two = rig.delivered()
    assert {one[0].peer, two[0].peer} == {WOK, EXPO}
    rig.has(one[0], group)
    rig.answer(two[0], m.Delivered(()))
    rig.wait(300 * MILLISECOND)
    assert [request.peer for request, _ in rig.delivered()] == [two[0].peer]


def test_several_groups_go_together_with_what_lies_between(rig: Rig) -> None:
    rig.writes("wok")
    rig.writes("expo")
    rig.wait(100 * MILLISECOND)
    rig.writes("wok")
    rig.wait(50 * MILLISECOND)
    firsts = {request.peer: groups for request, groups in rig.delivered()}
    assert firsts == {WOK: [1], EXPO: [1, 2]}
    rig.wait(100 * MILLISECOND)
    assert rig.delivered() == [], "one delivery at a time"


def test_two_groups_have_each_its_own_time(rig: Rig) -> None:
    first = rig.writes("wok")
    rig.wait(150 * MILLISECOND)
    ((request, _),) = rig.delivered()
    rig.has(request, first)
    rig.wait(100 * MILLISECOND)
    rig.writes("wok")
    rig.wait(149 * MILLISECOND)
    assert rig.delivered() == []
    rig.wait(1 * MILLISECOND)
    assert [groups for _, groups in rig.delivered()] == [[2]]


def test_nothing_leaves_while_the_link_is_down_and_all_at_once_when_it_is_up() -> None:
    rig = Rig()
    rig.roles(wok="wok")
    for _ in range(3):
        rig.writes("wok")
    rig.wait(60 * SECOND)
    assert rig.delivered() == []
    rig.link(WOK)
    assert [groups for _, groups in rig.delivered()] == [[1, 2, 3]]


def test_a_long_list_goes_in_pages_each_after_the_ack_of_the_one_before() -> None:
    rig = Rig()
    rig.roles(wok="wok")
    groups = [rig.author.group(payload=bytes(60_000), to=("wok",)) for _ in range(6)]
    rig.own = groups
    rig.do("own", groups, ())
    rig.link(WOK)
    ((request, firsts),) = rig.delivered()
    assert firsts == [1, 2, 3, 4]
    rig.has(request, groups[3])
    rig.wait(5 * MILLISECOND)
    ((request, firsts),) = rig.delivered()
    assert firsts == [5, 6]


def test_a_page_that_was_not_acked_is_not_sent_again_at_once() -> None:
    rig = Rig()
    rig.roles(wok="wok")
    rig.own = [rig.author.group(payload=bytes(60_000), to=("wok",)) for _ in range(6)]
    rig.do("own", rig.own, ())
    rig.link(WOK)
    ((request, _),) = rig.delivered()
    rig.answer(request, m.Delivered(()))
    rig.wait(149 * MILLISECOND)
    assert rig.delivered() == []


def test_what_the_peer_said_to_hold_waits_for_its_ack_a_moment() -> None:
    rig = Rig()
    rig.roles(wok="wok")
    groups = [rig.writes("wok") for _ in range(2)]
    rig.link(WOK, [head_of(groups[1])])
    assert rig.delivered() == []
    rig.wait(150 * MILLISECOND)
    assert [firsts for _, firsts in rig.delivered()] == [[1, 2]], "no ack came: its answer is one"


def test_a_delivery_without_an_answer_costs_the_path_and_is_tried_on_the_next(rig: Rig) -> None:
    rig.writes("wok")
    rig.wait(150 * MILLISECOND)
    assert len(rig.delivered()) == 1
    alive(rig, 3 * SECOND)
    assert rig.take(Reset) == [Reset(WOK)]
    alive(rig, 1 * SECOND)
    assert rig.delivered() == []
    rig.link(WOK)
    assert len(rig.delivered()) == 1


def test_an_older_peer_lives_by_feed_and_fetch_until_it_greets_anew(rig: Rig) -> None:
    rig.writes("wok")
    rig.wait(150 * MILLISECOND)
    ((request, _),) = rig.delivered()
    rig.answer(request, m.Refused(m.Reason.UNKNOWN_VERB))
    assert rig.notes() == []
    alive(rig, 20 * SECOND)
    assert rig.delivered() == []
    rig.link(WOK)
    assert len(rig.delivered()) == 1


def test_a_peer_that_can_not_take_it_now_is_given_a_second(rig: Rig) -> None:
    rig.writes("wok")
    rig.wait(150 * MILLISECOND)
    ((request, _),) = rig.delivered()
    rig.answer(request, m.Refused(m.Reason.BUSY))
    rig.wait(999 * MILLISECOND)
    assert rig.delivered() == []
    rig.wait(1 * MILLISECOND)
    assert len(rig.delivered()) == 1


def test_a_log_that_can_not_be_read_is_asked_again(rig: Rig) -> None:
    rig.writes("wok")
    rig.wait(150 * MILLISECOND)
    (read,) = rig.take(Read)
    rig.do("read_failed", read.token)
    rig.wait(999 * MILLISECOND)
    assert not rig.take(Read)
    rig.wait(1 * MILLISECOND)
    assert len(rig.delivered()) == 1


# --- what a start makes of log and receipts


def held(group: Group) -> Held:
    return Held(*group.chain, group.last, group.checksum, 0)


def started(acked: int) -> tuple[Rig, list[Group]]:
    """A node that had written three groups, of which the wok had acked some."""
    author = Rig().author
    groups = [author.group(to=("wok",)) for _ in range(3)]
    rig = Rig([held(groups[-1])], [(WOK, ME, 1, acked), (EXPO, ME, 1, 3)])
    rig.own = groups
    rig.roles(wok="wok", expo="expo")
    return rig, groups


def test_after_a_start_what_was_not_acked_is_due() -> None:
    rig, groups = started(acked=1)
    (asked,) = rig.take(ReadAddressed)
    assert asked.wants == (m.Want(ME, 1, 1, 3),)
    roles = frozenset({"wok"})
    found = [Addressed(group.chain, group.first, group.last, roles) for group in groups[1:]]
    rig.do("addressed", found)
    assert {o: p.due for o, p in rig.replica.status().peers.items()} == {WOK: 2, EXPO: 0}
    rig.link(WOK)
    assert [firsts for _, firsts in rig.delivered()] == [[2, 3]]


def test_after_a_start_nothing_is_looked_up_where_all_is_acked() -> None:
    rig, _ = started(acked=3)
    assert not rig.take(ReadAddressed)


def test_who_takes_a_role_is_due_what_it_did_not_ack(rig: Rig) -> None:
    group = rig.writes("wok")
    rig.wait(150 * MILLISECOND)
    ((request, _),) = rig.delivered()
    rig.has(request, group)
    rig.roles(expo="expo wok")
    (asked,) = rig.take(ReadAddressed)
    assert asked.wants == (m.Want(ME, 1, 0, 1),)
    written_meanwhile = rig.author.group(to=("wok",))
    rig.do("own", (written_meanwhile,), ())
    rig.own.append(written_meanwhile)
    both = [Addressed(g.chain, g.first, g.last, frozenset({"wok"})) for g in rig.own]
    rig.do("addressed", both)
    assert {o: p.due for o, p in rig.replica.status().peers.items()} == {WOK: 0, EXPO: 2}
    rig.wait(150 * MILLISECOND)
    assert [(request.peer, firsts) for request, firsts in rig.delivered()] == [(EXPO, [1, 2])]


# --- the holder's side


def test_a_delivery_is_answered_when_it_is_durable(rig: Rig) -> None:
    group = rig.wok.group(2)
    rig.ask(WOK, m.Deliver((encode_group(group),)))
    assert rig.replies() == [], "an ack before the commit would be a lie"
    rig.commit(stored_at=77)
    stored = m.Stored(WOK, 1, 2, group.checksum, 77)
    assert rig.replies() == [m.Delivered((stored,))]


def test_what_is_held_already_is_acked_at_once(rig: Rig) -> None:
    group = rig.wok.group()
    rig.live(WOK, group)
    rig.commit(stored_at=77)
    rig.ask(WOK, m.Deliver((encode_group(group),)))
    assert rig.replies() == [m.Delivered((m.Stored(WOK, 1, 1, group.checksum, 77),))]


def test_a_delivery_beyond_a_gap_is_answered_with_what_there_is(rig: Rig) -> None:
    first, _, third = (rig.wok.group() for _ in range(3))
    rig.live(WOK, first)
    rig.commit(stored_at=77)
    rig.ask(WOK, m.Deliver((encode_group(third),)))
    assert rig.replies() == [m.Delivered((m.Stored(WOK, 1, 1, first.checksum, 77),))]


def test_a_delivery_that_can_not_be_written_acks_nothing(rig: Rig) -> None:
    rig.ask(WOK, m.Deliver((encode_group(rig.wok.group()),)))
    (commit,) = rig.take(Commit)
    rig.do("commit_failed", commit.groups)
    assert rig.replies() == [m.Delivered(())]


def test_only_ones_own_groups_are_delivered(rig: Rig) -> None:
    rig.ask(WOK, m.Deliver((encode_group(rig.expo.group()), b"rubbish")))
    assert rig.commits() == []
    assert rig.replies() == [m.Delivered(())]
    assert rig.notes() == [What.WRONG_RELAY, What.BAD_GROUP]


def test_who_delivers_too_much_at_once_hears_busy(rig: Rig) -> None:
    for nth in range(5):
        rig.ask(WOK, m.Deliver((encode_group(rig.wok.group()),)), token=f"t{nth}")
    assert rig.replies() == [m.Refused(m.Reason.BUSY)]


# --- in a mesh


@settings(max_examples=30, phases=PHASES)
@given(seed=st.integers(0, 2**32), loss=st.sampled_from([0.05, 0.3, 0.6]), script=scripts)
def test_with_any_loss_all_that_is_due_is_acked_and_not_delivered_after(
    seed: int, loss: float, script: list[tuple[int, tuple[object, ...]]]
) -> None:
    net = Network(3, seed)
    net.weather = Weather(loss)
    play(net, script)
    net.drain(45)
    net.assert_converged()


class Feedless(Network):
    """A mesh in which no group comes by the feed."""

    def _publish(self, node: Node, output: Publish) -> None:
        if not isinstance(m.decode_feed(output.frame), m.Groups):
            super()._publish(node, output)

    def _someone(self) -> tuple[str, ...]:
        return ("role 1",)


def test_without_feed_and_fetch_what_is_due_comes_all_the_same(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(client.Client, "_fetch", lambda self, peer: False)
    net = Feedless(2, 3)
    net.weather = Weather(loss=0.3)
    counter, wok = net.nodes.values()
    for _ in range(20):
        net.write(counter)
        net.run(net.time + 300 * MILLISECOND)
    net.drain()
    assert wok.log.events() == counter.log.events()
    assert net.sent["Deliver"] > 0
    net.assert_converged()
