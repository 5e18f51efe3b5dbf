"""Whatever happens on the way, in the end every log is the same and no ack was a lie."""

from __future__ import annotations

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from common.domain.codec import Group
from common.wire import chains, client
from common.wire.outputs import Commit, Now, Outputs
from common.wire.replica import Replica
from tests.unit.wire.network import MILLISECOND, SECOND, BrokenPromise, Network, Weather

PHASES = (Phase.explicit, Phase.generate)
"""No shrinking: a failure shows its seed and script, and the smallest one would take minutes."""

nodes = st.integers(0, 3)
spans = st.integers(10, 8_000).map(lambda ms: ms * MILLISECOND)
writes = st.tuples(st.just("write"), nodes, st.integers(1, 64), st.booleans())
faults = st.one_of(
    st.tuples(st.just("crash"), nodes, spans),
    st.tuples(st.just("die_untold"), nodes, spans),
    st.tuples(st.just("cut"), nodes, nodes, spans),
    st.tuples(
        st.just("weather"),
        st.sampled_from([0.0, 0.05, 0.3, 0.8]),
        st.sampled_from([0.0, 0.3]),
        st.booleans(),
        st.sampled_from([0.0, 0.3]),
    ),
)
scripts = st.lists(
    st.tuples(st.integers(0, 1_000).map(lambda ms: ms * MILLISECOND), writes | faults),
    min_size=5,
    max_size=60,
)


def play(net: Network, script: list[tuple[int, tuple[object, ...]]]) -> None:
    members = list(net.nodes.values())
    for pause, (what, *arguments) in script:
        net.run(net.time + pause)
        match what, arguments:
            case "write", [int(who), int(events), bool(side)]:
                net.write(members[who % len(members)], events, side)
            case "crash", [int(who), int(away)]:
                net.restart(members[who % len(members)], away)
            case "die_untold", [int(who), int(away)]:
                net.write(members[who % len(members)], 3, told=False)
                net.restart(members[who % len(members)], away)
            case "cut", [int(one), int(other), int(duration)] if one != other:
                net.cut(members[one % len(members)], members[other % len(members)], duration)
            case "weather", [float(loss), float(twice), bool(reorder), float(fails)]:
                net.weather = Weather(loss, twice, reorder, fails)
            case _:
                pass


@settings(max_examples=60, phases=PHASES)
@given(count=st.integers(2, 4), seed=st.integers(0, 2**32), script=scripts)
def test_all_logs_become_equal_and_every_ack_names_what_is_durable(
    count: int, seed: int, script: list[tuple[int, tuple[object, ...]]]
) -> None:
    net = Network(count, seed)
    play(net, script)
    net.drain(45)
    net.assert_converged()
    net.assert_quiet()


def rough_day(net: Network) -> None:
    """Enough loss, crashes and cuts to need every rule of the protocol."""
    members = list(net.nodes.values())
    net.run(1 * SECOND)
    net.weather = Weather(loss=0.2, twice=0.1, reorder=True)
    for step in range(120):
        net.write(members[step % len(members)], 1 + step % 5, side=step % 7 == 0)
        if step % 20 == 10:
            net.restart(members[step // 20 % len(members)], away=2 * SECOND)
        if step % 25 == 5:
            net.cut(members[0], members[-1], 3 * SECOND)
        net.run(net.time + 40 * MILLISECOND)
    net.drain()


@pytest.mark.parametrize("seed", range(5))
def test_a_rough_day_ends_well(seed: int) -> None:
    net = Network(5, seed)
    rough_day(net)
    net.assert_converged()
    net.assert_quiet()
    assert net.sent["Fetch"] > 0
    assert net.sent["FetchSides"] > 0


def test_the_same_seed_gives_the_same_day() -> None:
    days = []
    for _ in range(2):
        net = Network(4, 7)
        rough_day(net)
        days.append((net.sent, net.notes))
    assert days[0] == days[1]


# --- The net must catch what it is there for: three classic bugs, planted.


class AcksBeforeCommit(Replica):
    """Takes a group for durable as soon as it has handed it to the log."""

    def _early(self, todo: list[Outputs], now: Now) -> list[Outputs]:
        for output in list(todo):
            if isinstance(output, Commit):
                todo += super().committed(output.groups, now.mesh, now)
        return todo

    def feed(self, peer: bytes, frame: bytes, now: Now) -> list[Outputs]:
        return self._early(super().feed(peer, frame, now), now)

    def answered(self, peer: bytes, request_id: int, body: bytes, now: Now) -> list[Outputs]:
        return self._early(super().answered(peer, request_id, body, now), now)

    def committed(
        self, groups: object, stored_at: int, now: Now, awaited: object = ()
    ) -> list[Outputs]:
        return self.tick(now)


class Bare(Replica):
    """A healthy replica under another name, so that the log trusts it as it does the broken."""


def test_an_ack_before_the_commit_is_caught() -> None:
    with pytest.raises(BrokenPromise):
        rough_day(Network(4, 1, AcksBeforeCommit))


def test_a_head_that_skips_gaps_is_caught(monkeypatch: pytest.MonkeyPatch) -> None:
    judge = chains.ChainState.judge

    def lenient(self: chains.ChainState, group: Group) -> chains.Verdict:
        verdict = judge(self, group)
        return chains.Verdict.NEXT if verdict is chains.Verdict.GAP else verdict

    def settle(self: chains.ChainState, group: Group, stored_at: int) -> bool:
        self.durable, self.checksum, self.stored_at = group.last, group.checksum, stored_at
        return True

    monkeypatch.setattr(chains.ChainState, "judge", lenient)
    monkeypatch.setattr(chains.ChainState, "settle", settle)
    with pytest.raises(BrokenPromise):
        rough_day(Network(4, 1, Bare))


def test_a_node_that_never_fetches_is_caught(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(client.Client, "_fetch", lambda self, peer: False)
    net = Network(4, 1, Bare)
    rough_day(net)
    with pytest.raises(AssertionError, match=r"two logs differ|an ack never came"):
        net.assert_converged()


def test_a_node_that_publishes_but_never_acks_is_caught(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(client.Client, "_ack", lambda self, peer: None)
    net = Network(3, 1, Bare)
    rough_day(net)
    with pytest.raises(AssertionError, match="an ack never came"):
        net.assert_converged()


def test_without_a_planted_bug_the_trusting_log_sees_none() -> None:
    net = Network(4, 1, Bare)
    rough_day(net)
    net.assert_converged()
