"""The writer: rounds, failures of the disk, bugs, what is told when."""

from __future__ import annotations

import logging
from collections.abc import Iterable

import msgspec
import pytest

from common.domain import commands as cmd
from common.domain import events as ev
from common.domain.codec import SideRecord, decode_event
from common.domain.decide import Draft, decide
from common.domain.ids import HOUSE, LineId
from common.node import inbox as inbox_module
from common.node import jobs, screen_messages
from common.node import writer as writer_module
from common.node.behind import LAG, LAG_MOST, SLICE_ORDERS
from common.node.inbox import LINGER, LULL
from common.node.node import is_urgent
from common.node.screen_messages import (
    Ask,
    Declined,
    Did,
    Failed,
    Snapshot,
    Told,
    decode_chunk,
    decode_data,
)
from common.node.snapshot import RECALLABLE
from common.store.errors import NotNext, StoreBroken, StoreFull
from common.store.receipts import Receipt
from common.wire.outputs import Received
from tests.helpers.desk import NOON, an_id, enrolled, item
from tests.unit.node.rig import Abroad, Bench, of


def submit(name: str, *lines: cmd.LineInput, **facts: object) -> cmd.SubmitOrder:
    order = cmd.OrderInput(lines=lines or (item(),), **facts)  # type: ignore[arg-type]
    return cmd.SubmitOrder(cmd_id=an_id(f"cmd {name}"), order_id=an_id(name), order=order)


def rush(name: str, of_order: str) -> cmd.RushOrder:
    return cmd.RushOrder(cmd_id=an_id(f"cmd {name}"), order_id=an_id(of_order))


def void(name: str) -> cmd.VoidLines:
    choice = cmd.Choice(LineId(an_id(f"cmd {name}"), 0))
    return cmd.VoidLines(cmd_id=an_id(f"void {name}"), order_id=an_id(name), choices=(choice,))


def abroad(bench: Bench) -> Abroad:
    return Abroad(bench.folders["wok"], bench.store_id)


def head() -> ev.OrderSubmitted:
    line = ev.LineRecord("菜", "dish", 1000)
    return ev.OrderSubmitted(20260720, "dine_in", "CNY", (line,), "A", 5)


def answers(told: Iterable[jobs.Answered]) -> list[object]:
    return [each.answer for each in told]


# -- rounds


def test_commands_that_wait_together_are_committed_together(bench: Bench) -> None:
    told = bench.round(
        *(jobs.Decide(b"t%d" % nth, submit(f"o{nth}", table="1")) for nth in range(5))
    )
    assert len(bench.log.commits) == 1
    (written,) = of(jobs.Written, told)
    (fresh,) = of(jobs.Fresh, told)
    assert fresh.raws == tuple(raw for group in written.groups for raw in group.events)
    dids = [each.answer for each in of(jobs.Answered, told)]
    assert [did.number for did in dids if isinstance(did, Did)] == ["A1", "A2", "A3", "A4", "A5"]


def test_nothing_is_told_before_the_commit(bench: Bench) -> None:
    told_at_commit: list[int] = []
    append = bench.log.append

    def spy(batch):  # type: ignore[no-untyped-def]
        told_at_commit.append(len(bench.news))
        return append(batch)

    bench.log.append = spy  # type: ignore[method-assign]
    bench.does(submit("a"), submit("b"))
    assert told_at_commit == [0]
    assert len(bench.news) == 4  # Written, Fresh, two answers


def test_a_later_command_of_a_round_sees_the_earlier_ones(bench: Bench) -> None:
    told = bench.does(submit("a"), rush("r", of_order="a"), submit("a again", ref="1"))
    assert [type(answer) for answer in answers(told)] == [Did, Did, Did]


def test_a_command_that_waits_twice_is_carried_out_once(bench: Bench) -> None:
    bench.does(submit("a"))
    told = bench.does(rush("r", of_order="a"), rush("r", of_order="a"))
    assert [each.token for each in told] == [b"t0", b"t1"]
    assert told[0].answer == told[1].answer
    assert len(bench.ledger.orders.get(an_id("a")).rushes) == 1


def test_a_repeated_command_gets_its_first_result_also_after_a_restart(bench: Bench) -> None:
    first = answers(bench.does(submit("a", item(qty=3))))
    bench.does(rush("r", of_order="a"))
    assert answers(bench.does(submit("a", item(qty=3)))) == first
    bench.close()
    bench.open()
    assert answers(bench.does(submit("a", item(qty=3)))) == first
    assert not bench.log.commits


def test_a_refusal_is_not_remembered(bench: Bench) -> None:
    early = rush("r", of_order="a")
    (declined,) = answers(bench.does(early))
    assert isinstance(declined, Declined)
    assert declined.reason.code == "unknown_order"
    bench.does(submit("a"))
    assert isinstance(answers(bench.does(early))[0], Did)


def test_what_concerns_others_waits_for_company_and_no_longer(bench: Bench) -> None:
    wok = abroad(bench)
    groups = [wok.writes(head(), subject=an_id(f"o{n}"), cmd=f"c{n}") for n in range(5)]
    begun = bench.clock.mono
    bench.writer.post(jobs.KeepSides((side(bench, wok),)))
    for group in groups[:3]:
        assert not bench.turn()
        bench.writer.post(jobs.Keep((group,), urgent=False))
        bench.clock.mono += LULL - 1
    bench.clock.mono = begun + LINGER - 1
    assert not bench.turn()
    bench.clock.mono += 1
    assert of(jobs.Kept, bench.turn())[0].groups == tuple(groups[:3])
    bench.writer.post(jobs.Keep((groups[3],), urgent=False))
    bench.clock.mono += LULL - 1
    assert not bench.turn()
    bench.clock.mono += 1
    assert of(jobs.Kept, bench.turn())[0].groups == (groups[3],)  # nobody else came
    bench.writer.post(jobs.Keep((groups[4],), urgent=False))
    assert not bench.turn()
    bench.writer.post(jobs.Decide(b"t", submit("a")))
    told = bench.turn()  # company that nobody may keep waiting
    assert of(jobs.Kept, told)[0].groups == (groups[4],)
    assert of(jobs.Answered, told)


def test_urgent_is_what_is_for_these_roles_or_for_all_and_a_page_of_the_past(bench: Bench) -> None:
    wok = abroad(bench)

    def made(subject: bytes, *to: str) -> Received:
        return wok.group(Draft("OrderRushed", subject, to, b""))

    order, roles = an_id("o"), frozenset({"counter-1", "expo"})
    assert is_urgent([made(order, "wok"), made(order, "cold", "expo")], roles)
    assert is_urgent([made(HOUSE)], roles)
    assert not is_urgent([made(order, "wok"), made(order)], roles)
    assert not is_urgent([made(order, "expo")], frozenset())
    assert is_urgent([made(order, "wok") for _ in range(9)], roles)


def test_foreign_groups_are_parted_into_what_follows_what_is_here_and_what_does_not_fit(
    bench: Bench,
) -> None:
    wok = abroad(bench)
    groups = [wok.writes(head(), subject=an_id(f"o{n}"), cmd=f"c{n}") for n in range(4)]
    bench.round(jobs.Keep((groups[0],)))
    told = bench.round(jobs.Keep((groups[0], groups[1])), jobs.Keep((groups[3],)))
    (kept,), (not_kept,) = of(jobs.Kept, told), of(jobs.NotKept, told)
    assert set(kept.groups) == {groups[0], groups[1]}
    assert not_kept.groups == (groups[3],)
    told = bench.round(jobs.Keep(tuple(groups[1:])))
    assert set(of(jobs.Kept, told)[0].groups) == set(groups[1:])
    assert not of(jobs.NotKept, told)


def test_a_group_of_another_past_is_not_kept(bench: Bench) -> None:
    wok = abroad(bench)
    first, second = (wok.writes(head(), subject=an_id(f"o{n}"), cmd=f"c{n}") for n in range(2))
    bench.round(jobs.Keep((first,)))
    group = msgspec.structs.replace(second.group, previous=b"\xee" * 16)
    told = bench.round(jobs.Keep((Received(group, second.events),)))
    assert of(jobs.NotKept, told)
    assert not of(jobs.Kept, told)


def test_own_events_come_after_those_that_were_heard(bench: Bench) -> None:
    wok = Abroad(bench.folders["wok"], bench.store_id, lamport=5_000)
    bench.round(jobs.Keep((wok.writes(head(), subject=an_id("o")),)))
    bench.does(submit("a"))
    assert bench.ledger.orders.get(an_id("a")).history[0].lamport > 5_000


# -- the disk


@pytest.mark.parametrize(
    ("fault", "code"), [(StoreFull("no room"), "full_disk"), (NotNext("odd"), "bad_command")]
)
def test_what_was_not_committed_is_declined_and_forgotten(
    bench: Bench, fault: Exception, code: str
) -> None:
    bench.does(submit("before", table="1"))
    group = abroad(bench).writes(head(), subject=an_id("foreign"))
    bench.log.faults.append(fault)
    a, again = submit("a", table="1"), submit("a", table="1")
    told = bench.round(
        jobs.Decide(b"t0", a),
        jobs.Decide(b"t1", again),
        jobs.Decide(b"t2", rush("r", of_order="before")),
        jobs.Decide(b"t3", rush("none", of_order="unknown")),
        jobs.Keep((group, group)),
    )
    declined = {each.token: each.answer for each in of(jobs.Answered, told)}
    codes = {token: answer.reason.code for token, answer in declined.items()}  # type: ignore[union-attr]
    # A refusal may rest on what was taken back: none of them is told as it was.
    assert codes == {b"t0": code, b"t1": code, b"t2": code, b"t3": code}
    assert of(jobs.NotKept, told)[0].groups == (group, group)
    assert not of(jobs.Fresh, told)
    assert not of(jobs.Written, told)
    assert bench.ledger.orders.get(an_id("a")) is None
    assert bench.ledger.orders.get(an_id("foreign")) is None
    assert not bench.ledger.orders.get(an_id("before")).rushes
    # With room again the same commands go through, with the same number, on an unbroken chain.
    (did,) = answers(bench.does(a))
    assert isinstance(did, Did)
    assert did.number == "A2"
    assert did.events[0].seq == 2
    assert of(jobs.Kept, bench.round(jobs.Keep((group,))))


def test_a_group_that_leaps_ahead_in_lamport_time_is_not_taken_in(bench: Bench) -> None:
    wok = abroad(bench)
    wok.pen.heard(writer_module.MAX_LEAP + 1_000)
    group = wok.writes(head(), subject=an_id("far"))
    assert of(jobs.NotKept, bench.round(jobs.Keep((group,))))[0].groups == (group,)
    assert bench.ledger.orders.get(an_id("far")) is None
    (did,) = answers(bench.does(submit("near")))
    assert isinstance(did, Did)
    assert bench.ledger.orders.get(an_id("near")) is not None


def test_projections_wait_while_the_disk_is_full(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    full = True
    write = bench.files.mirror.write

    def fails(*args: object) -> None:
        if full:
            raise StoreFull("no room")
        write(*args)  # type: ignore[arg-type]

    monkeypatch.setattr(bench.files.mirror, "write", fails)
    bench.does(submit("a"))
    bench.settle()
    assert bench.files.mirror.projected_commit() == 0
    assert isinstance(answers(bench.does(submit("b")))[0], Did)  # service goes on
    full = False
    bench.clock.mono += 10_000_000
    bench.settle()
    assert bench.files.mirror.projected_commit() == bench.files.log.last_commit
    assert {entry.order_id for entry in bench.files.mirror.entries()} == {an_id("a"), an_id("b")}


def test_receipts_are_kept_while_the_disk_is_full(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    full = True
    record = bench.files.receipts.record

    def fails(receipts: list[Receipt]) -> None:
        if full:
            raise StoreFull("no room")
        record(receipts)

    monkeypatch.setattr(bench.files.receipts, "record", fails)
    for seq in (1, 2):
        bench.writer.note(Receipt(an_id("wok"), bench.identity.origin, 9, seq, NOON, NOON))
    bench.settle()
    full = False
    bench.clock.mono += 10_000_000
    bench.settle()
    assert list(bench.files.receipts.acked().values()) == [2]
    bench.close()
    bench.open()
    assert list(bench.files.receipts.acked().values()) == [2]


def test_a_broken_log_ends_the_node(bench: Bench) -> None:
    bench.log.faults.append(StoreBroken("disk I/O error"))
    with pytest.raises(StoreBroken, match="disk I/O error"):
        bench.round(jobs.Decide(b"t", submit("a")))
    assert not bench.news


# -- bugs, and what another version may send


def test_a_bug_in_decide_is_declined_with_a_trace_and_service_goes_on(
    bench: Bench, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def stumbles(command: cmd.AnyCommand, *args: object) -> object:
        if command.cmd_id == an_id("cmd bad"):
            raise ZeroDivisionError
        return decide(command, *args)  # type: ignore[arg-type]

    monkeypatch.setattr(writer_module, "decide", stumbles)
    with caplog.at_level(logging.ERROR):
        bad, good = answers(bench.does(submit("bad"), submit("good")))
    # Refusals leave with the answers behind the commit.
    declined, did = (good, bad) if isinstance(bad, Did) else (bad, good)
    assert isinstance(declined, Declined)
    assert declined.reason.code == "bad_command"
    assert isinstance(did, Did)
    assert "ZeroDivisionError" in caplog.text


@pytest.mark.parametrize("kind", ["OrderSubmitted", "DishDefined", "MenuActivated", "Unheard"])
def test_a_payload_that_cant_be_read_is_kept_and_harms_nobody(bench: Bench, kind: str) -> None:
    subject = an_id("o") if kind == "OrderSubmitted" else HOUSE
    group = abroad(bench).group(Draft(kind, subject, (), b"\x91\xc1 of a later version"))
    told = bench.round(jobs.Keep((group,)))
    assert of(jobs.Kept, told)[0].groups == (group,)
    shown = bench.asks(jobs.Show(b"t"))
    assert isinstance(shown.answer, Snapshot)
    bench.settle()
    bench.close()
    bench.open()
    assert group.group.events[0] in [each.raw for each in bench.files.log.events_since(0, 99)]


def test_a_question_that_fails_is_answered_so(
    bench: Bench, caplog: pytest.LogCaptureFixture
) -> None:
    for ask in (Ask("nothing"), Ask("trace"), Ask("trace", {"order": "A1", "day": "x"})):
        assert isinstance(bench.asks(jobs.Tell(b"t", ask)).answer, Failed)


def test_a_roster_record_that_the_store_key_did_not_sign_is_ignored(bench: Bench) -> None:
    wok = abroad(bench)
    stranger = enrolled(an_id("stranger"), "stranger", ("counter-9",))
    moved = msgspec.structs.replace(
        bench.ledger.house.nodes[wok.identity.origin], router="tcp://127.9.9.9:1"
    )
    config = msgspec.structs.replace(bench.ledger.house.config, name="Mine now", tz="UTC")
    before = bench.writer.roster()
    told = bench.round(jobs.Keep((wok.writes(stranger, moved, config),)))
    assert of(jobs.Kept, told)  # relayed as it is, and without effect
    assert bench.writer.roster() == before
    assert bench.ledger.house.config.name == "Test"
    bench.close()
    bench.open()
    assert bench.writer.roster() == before
    assert bench.ledger.house.config.name == "Test"


# -- side records


def side(bench: Bench, wok: Abroad) -> SideRecord:
    return SideRecord(an_id("side"), wok.identity.origin, an_id("o"), NOON, b"{}", bytes(64))


def test_a_missing_side_record_is_asked_for_until_it_is_here(bench: Bench) -> None:
    wok = abroad(bench)
    group = wok.writes(msgspec.structs.replace(head(), side=an_id("side")), subject=an_id("o"))
    told = bench.round(jobs.Keep((group,)))
    assert [want.id for want in of(jobs.SidesWanted, told)[0].wants] == [an_id("side")]
    bench.close()
    bench.open()
    assert [want.id for want in bench.files.log.wanted_sides()] == [an_id("side")]
    assert of(jobs.SidesKept, bench.round(jobs.KeepSides((side(bench, wok),))))
    assert not bench.files.log.wanted_sides()


def test_a_record_that_comes_in_the_round_of_its_event_is_not_asked_for(bench: Bench) -> None:
    wok = abroad(bench)
    group = wok.writes(msgspec.structs.replace(head(), side=an_id("side")), subject=an_id("o"))
    told = bench.round(jobs.KeepSides((side(bench, wok),)), jobs.Keep((group,)))
    order = [type(each) for each in told if isinstance(each, jobs.SidesWanted | jobs.SidesKept)]
    assert order == [jobs.SidesWanted, jobs.SidesKept]


def test_own_side_records_leave_signed_with_their_order(bench: Bench) -> None:
    told = bench.round(jobs.Decide(b"t", submit("a", side='{"phone":"138"}')))
    (written,) = of(jobs.Written, told)
    assert [record.body for record in written.sides] == [b'{"phone":"138"}']
    assert b"138" not in b"".join(raw for group in written.groups for raw in group.events)
    assert len(written.sides[0].signature.strip(b"\0")) > 32


# -- the board and the projections


def test_the_board_has_the_house_once_and_the_open_orders(bench: Bench) -> None:
    bench.does(submit("a"), submit("b"))
    bench.settle()
    shown = bench.asks(jobs.Show(b"t"))
    board = shown.answer
    assert isinstance(board, Snapshot)
    assert board.store_key == bench.store_key
    assert board.cursor == bench.files.log.last_commit
    raws = [raw for frame in shown.chunks[board.index :] for raw in decode_chunk(frame)]
    assert sorted(raws) == sorted(each.raw for each in bench.files.log.events_since(0, 99))


def test_a_screen_gets_the_floor_as_it_is_and_none_of_before(bench: Bench) -> None:
    table = ev.Table("8", "八", "Eight", 4, None, "rect", 0, 0, 1, 1)
    for name, tables in (("old", ()), ("new", (table,))):
        bench.does(cmd.DefineFloor(cmd_id=an_id(name), areas=(), tables=tables))
    shown = bench.asks(jobs.Show(b"t"))
    assert isinstance(shown.answer, Snapshot)
    raws = [raw for frame in shown.chunks[shown.answer.index :] for raw in decode_chunk(frame)]
    floors = [event for event in map(decode_event, raws) if event.kind == "FloorDefined"]
    assert [event.cmd_id for event in floors] == [an_id("new")]


def history_on_the_board(bench: Bench) -> list[bytes]:
    shown = bench.asks(jobs.Show(b"t"))
    assert isinstance(shown.answer, Snapshot)
    raws = [raw for frame in shown.chunks[shown.answer.index :] for raw in decode_chunk(frame)]
    return [event.subject for event in map(decode_event, raws) if event.subject != HOUSE]


def test_the_board_has_what_was_closed_within_the_hour_also_after_a_restart(bench: Bench) -> None:
    bench.does(submit("old"), submit("a"), submit("b"))
    bench.does(void("old"))
    bench.clock.mono += RECALLABLE
    bench.does(void("a"))
    bench.clock.mono += 1
    expected = [an_id("a")] * 2 + [an_id("b")]
    assert history_on_the_board(bench) == expected
    bench.close()
    bench.open()
    assert history_on_the_board(bench) == expected


def test_a_long_trace_comes_in_frames(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(screen_messages, "CHUNK", 1_000)
    bench.does(submit("a"), *(rush(f"r{nth}", of_order="a") for nth in range(30)))
    ask = Ask("trace", {"order": an_id("a").hex()})
    told = bench.asks(jobs.Tell(b"t", ask))
    assert isinstance(told.answer, Told)
    assert max(map(len, told.chunks)) == 1_000
    assert len(decode_data(told.chunks)["steps"]) == 31


def test_projections_follow_though_the_node_is_never_idle(bench: Bench) -> None:
    def projected() -> bool:
        return bench.files.mirror.projected_commit() == bench.files.log.last_commit

    bench.does(submit("a"))
    bench.clock.mono += LAG
    bench.does(rush("r1", of_order="a"))
    assert not projected()  # others waited: not yet
    bench.clock.mono += LAG_MOST
    bench.does(rush("r2", of_order="a"))
    assert projected()
    # And from then on they may lag again.
    bench.does(rush("r3", of_order="a"))
    assert not projected()


def test_projections_come_in_slices(bench: Bench) -> None:
    bench.settle()
    bench.does(*(submit(f"o{nth}") for nth in range(SLICE_ORDERS + 1)))
    bench.clock.mono += LAG
    bench.turn()
    assert len(bench.files.mirror.entries()) == SLICE_ORDERS
    bench.turn()
    assert len(bench.files.mirror.entries()) == SLICE_ORDERS + 1


def test_the_queue_is_as_old_as_the_oldest_in_it_or_the_last_that_left(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(inbox_module, "ROUND_EVENTS", 1)  # so that the queue is never empty
    assert bench.writer.queue_ms == 0
    for nth in range(3):
        bench.writer.post(jobs.Decide(b"t", submit(f"o{nth}")))
        bench.clock.mono += 1_000_000
    assert bench.writer.queue_ms == 3_000
    bench.turn()
    assert bench.writer.queue_ms == 3_000
    bench.turn()
    assert bench.writer.queue_ms == 2_000
    bench.turn()
    assert bench.writer.queue_ms == 1_000
    bench.does(submit("quick"))
    assert bench.writer.queue_ms == 0


def test_what_a_question_asks_is_answered_though_rounds_go_on(bench: Bench) -> None:
    bench.writer.ask(jobs.Tell(b"q1", Ask("roles")))
    bench.writer.ask(jobs.Tell(b"q2", Ask("roles")))
    assert bench.writer.due() == 0
    told = [each.token for nth in range(2) for each in bench.does(submit(f"o{nth}"))]
    assert told == [b"t0", b"q1", b"t0", b"q2"]


def test_a_receipt_that_comes_late_does_not_wait_for_the_next_command(bench: Bench) -> None:
    bench.settle()
    assert bench.writer.due() is None
    bench.writer.note(Receipt(an_id("wok"), bench.identity.origin, 9, 1, NOON, NOON))
    assert bench.writer.due() == bench.clock.mono + LAG
    bench.settle()
    assert list(bench.files.receipts.acked().values()) == [1]


def test_told_to_finish_it_carries_out_what_was_handed_in(bench: Bench) -> None:
    for nth in range(30):
        bench.writer.post(jobs.Decide(b"t%d" % nth, submit(f"o{nth}")))
    bench.writer.finish()
    assert bench.files.mirror.projected_commit() == bench.files.log.last_commit
    assert len(bench.files.mirror.entries()) == 30
