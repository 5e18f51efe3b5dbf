"""When the look-out looks, and what it remembers of vectors."""

from __future__ import annotations

import pytest

from common.domain import events as ev
from common.domain.alarms import RED_AFTER, What
from common.domain.ids import Chain, EventId
from common.domain.order import FOLD_VERSION
from common.mesh.keys import verify
from common.node import jobs
from common.node.watch import EVERY, LATE, SOON, Coverage, Watch
from common.wire.outputs import Received
from common.wire.replica import Replica
from tests.helpers.desk import an_id
from tests.unit.node.rig import Abroad, Bench
from tests.unit.node.test_writer import submit

CHAIN = Chain(an_id("till"), 7)
WOK = an_id("wok")


class Told:
    """Stands for a replica that has heard how far nodes are."""

    def __init__(self) -> None:
        self.seq = 0

    def covers(self, _: bytes, __: Chain) -> int:
        return self.seq


def test_an_event_is_stored_since_the_first_look_that_found_it() -> None:
    told = Told()
    coverage = Coverage(told)  # type: ignore[arg-type]

    def since(seq: int, now: int) -> int | None:
        return coverage.since(WOK, EventId(*CHAIN, seq), now)

    assert since(1, 10) is None
    told.seq = 2
    assert since(1, 20) == since(2, 21) == 20
    told.seq = 3
    assert (since(2, 30), since(3, 30), since(4, 30)) == (20, 30, None)
    assert since(1, 30 + RED_AFTER) == 30, "long enough ago: nothing older is kept"


class Post:
    """A counter's look-out, with the clock in the hand."""

    def __init__(self, bench: Bench) -> None:
        self.bench = bench
        self.replica = Replica(
            bench.identity.origin, bench.store_id, FOLD_VERSION, verify, lambda: 0.5
        )
        roster = bench.writer.roster()
        self.replica.set_peers(roster.keys, bench.clock.now())
        self.watch = Watch(self.replica, bench.writer, bench.clock)
        self.roster = roster

    def looks(self, after: int) -> bool:
        self.bench.clock.mono += after
        return self.watch.look(self.roster)


@pytest.fixture
def post(bench: Bench) -> Post:
    """An order for the wok was taken, and the wok was never heard."""
    menu = Abroad(bench.folders["wok"], bench.store_id)
    bench.round(jobs.Keep((with_wok(menu),)))
    bench.does(submit("a"))
    return Post(bench)


def with_wok(abroad: Abroad) -> Received:
    return abroad.writes(ev.MenuActivated(an_id("menu"), "CNY", (ev.Named("wok", "炒", "wok"),)))


def test_it_looks_once_a_second_and_tells_what_is_new(post: Post) -> None:
    assert not post.looks(EVERY)
    assert post.looks(EVERY)
    assert [alarm.what for alarm in post.watch.alarms] == [What.NOT_STORED]
    assert not post.looks(EVERY - 1)
    for _ in range(5):
        post.looks(EVERY)
    assert {alarm.what for alarm in post.watch.alarms} == {What.NOT_STORED, What.SILENT}


def test_a_change_makes_it_look_sooner_while_something_is_wrong(post: Post) -> None:
    post.watch.hurry()
    assert post.watch.due == post.bench.clock.mono + EVERY
    post.looks(2 * EVERY)
    post.watch.hurry()
    assert post.watch.due == post.bench.clock.mono + SOON


def test_it_waits_for_a_moment_in_which_nobody_waits_but_not_for_ever(post: Post) -> None:
    post.bench.writer.post(jobs.Decide(b"t", submit("b")))
    assert not post.looks(EVERY)
    assert not post.looks(LATE - 1)
    assert post.looks(1)
    assert post.watch.alarms
