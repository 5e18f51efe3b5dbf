from __future__ import annotations

import msgspec
import pytest
from msgspec import inspect

from common.domain import commands as cmd
from common.domain import events as ev
from common.domain.bill import AT_COUNTER
from common.domain.codec import (
    MAX_EVENT,
    MAX_GROUP_BYTES,
    MAX_GROUP_EVENTS,
    MAX_SIDE,
    Event,
    encode_event,
)
from common.domain.decide import Decision
from common.domain.ids import EventId, LineId
from common.domain.order import Line, Order, fold_order
from common.domain.portions import State
from common.domain.reasons import Rejected
from tests.helpers.desk import (
    BAR,
    COLD,
    MENU,
    NOON,
    WOK,
    Desk,
    a_desk,
    an_id,
    choice_of,
    configured,
    dish,
    first_line,
    item,
    of,
    rejection,
    two_desks,
)


def refusal(desk: Desk, command: cmd.AnyCommand) -> str:
    return rejection(desk.asks(command))


def payload_of(events: list[Event]) -> ev.Payload | None:
    (event,) = events
    return ev.decode_payload(event)


def picked(events: list[Event]) -> list[tuple[tuple[int, int], ...]]:
    payload = payload_of(events)
    assert isinstance(
        payload,
        ev.LinesStarted
        | ev.LinesReady
        | ev.LinesServed
        | ev.LinesVoided
        | ev.LinesHeld
        | ev.LinesFired,
    )
    return [pick.runs for pick in payload.picks]


def states(*lines: Line) -> list[State]:
    return [line.state for line in lines]


# -- what the log can hold


def bounds(kind: type) -> dict[str, inspect.Type]:
    """The fields' types, whether or not they may be absent."""
    info = inspect.type_info(kind)
    assert isinstance(info, inspect.StructType)
    return {field.name: _present(field.type) for field in info.fields}


def _present(bound: inspect.Type) -> inspect.Type:
    if not isinstance(bound, inspect.UnionType):
        return bound
    (present,) = (each for each in bound.types if not isinstance(each, inspect.NoneType))
    return present


@pytest.mark.parametrize(
    ("asked", "kept", "apart"),
    [
        (cmd.OrderInput, ev.OrderSubmitted, {"lines", "side"}),
        (cmd.LineInput, ev.LineRecord, {"modifiers", "parent", "marks", "fire"}),
        (cmd.ModifierInput, ev.Modifier, set()),
        (cmd.DishInput, ev.DishDefined, set()),
    ],
)
def test_a_command_can_say_no_more_than_the_log_can_hold(
    asked: type, kept: type, apart: set[str]
) -> None:
    """Else its event would be committed and acked, and no node could ever read it."""
    before, after = bounds(asked), bounds(kept)
    shared = before.keys() & after.keys() - apart
    assert shared
    assert {name: before[name] for name in shared} == {name: after[name] for name in shared}


def test_a_dish_with_all_the_marks_it_may_bring_gets_one_more() -> None:
    desk = a_desk()
    marks = tuple(f"mark {nth}" for nth in range(ev.MAX_MARKS - 1))
    stranger = item(None, zh="没有的菜", marks=marks)
    command = cmd.decode_command(cmd.encode_command(desk.submission(an_id("o"), stranger)))
    (event,) = desk.does(command)
    submitted = ev.decode_payload(event)
    assert isinstance(submitted, ev.OrderSubmitted)
    assert submitted.lines[0].marks == (*marks, "unknown_dish")


def test_a_side_record_that_nobody_could_read_is_refused() -> None:
    desk = a_desk()
    fits = "菜" * (MAX_SIDE // 3)
    assert refusal(desk, desk.submission(an_id("o"), item(), side=fits + "菜")) == "order_too_large"
    desk.does(desk.submission(an_id("o"), item(), side=fits))


# -- taking orders in


def test_an_order_is_frozen_with_day_number_and_names() -> None:
    desk = a_desk()
    order = desk.submits(
        item("w1", 2), channel="takeaway", table=None, note="soon", covers=3, door="till"
    )
    assert order.head is not None
    assert msgspec.structs.replace(order.head, lines=()) == ev.OrderSubmitted(
        day=20260720,
        channel="takeaway",
        currency="CNY",
        lines=(),
        prefix="P",
        digits=1,
        door="till",
        covers=3,
        note="soon",
    )
    assert [(line.record.zh, len(line.portions)) for line in order.lines.values()] == [("菜w1", 2)]


def test_the_business_day_is_the_stores() -> None:
    desk = Desk("counter")
    desk.opens(config=configured(tz="America/Los_Angeles", day_start=0))
    order = desk.submits(item())
    assert order.head is not None
    assert order.head.day == 20260719


def test_what_must_be_forgotten_goes_into_a_side_record() -> None:
    desk = a_desk()
    command = desk.submission(an_id("order"), item(), side='{"phone":"1"}')
    decision = desk.asks(command)
    assert isinstance(decision, Decision)
    assert decision.side == '{"phone":"1"}'
    desk.does(command)
    head = desk.orders[an_id("order")].head
    assert head is not None
    assert head.side == decision.side_id is not None
    assert not any(b"phone" in draft.payload for draft in decision.drafts)


def test_before_the_store_is_set_up_no_order_is_taken() -> None:
    desk = Desk("counter")
    assert refusal(desk, desk.submission(an_id("order"), item())) == "store_not_set_up"


def test_an_order_id_is_taken_once() -> None:
    desk = a_desk()
    order = desk.submits(item())
    assert refusal(desk, desk.submission(order.id, item())) == "duplicate_order_id"


def test_a_reference_is_taken_once() -> None:
    desk = a_desk()
    order = desk.submits(item(), ref="r1", door="web")
    again = desk.asks(desk.submission(an_id("again"), item(), ref="r1", door="web"))
    assert rejection(again) == "duplicate_ref"
    assert not isinstance(again, Decision)
    assert again.params == {"number": "A1", "order": order.id.hex()}
    desk.submits(item(), ref="r1", door="phone")


def test_a_dish_that_no_menu_knows_is_taken_all_the_same() -> None:
    desk = a_desk()
    order = desk.submits(cmd.LineInput(zh="佛跳墙"))
    assert order.history[0].to == (BAR, COLD, "expo", WOK)
    assert first_line(order).record.marks == ("unknown_dish",)


# -- sizes


def big(count: int, note: int = 3_900) -> tuple[cmd.LineInput, ...]:
    return tuple(item("w1", note="x" * note, ref=str(nth)) for nth in range(count))


@pytest.mark.parametrize("count", [1, 17, 40])
def test_a_large_order_goes_on_in_further_events_of_one_group(count: int) -> None:
    desk = a_desk()
    command = desk.submission(an_id("order"), *big(count))
    events = desk.does(command)
    assert {event.kind for event in events[1:]} <= {"LinesAdded"}
    assert (len(events) > 1) == (count > 15)
    sizes = [len(encode_event(event)) for event in events]
    assert max(sizes) <= MAX_EVENT
    assert sum(sizes) <= MAX_GROUP_BYTES
    assert len(events) <= MAX_GROUP_EVENTS
    order = desk.orders[an_id("order")]
    assert [line.record.ref for line in order.lines.values()] == [str(nth) for nth in range(count)]
    assert list(order.lines) == [LineId(command.cmd_id, nth) for nth in range(count)]
    assert len(order.tickets) == 1


def test_an_order_that_fills_an_event_to_the_last_byte_is_split_where_it_must() -> None:
    desk = a_desk()
    for note in range(2_000, 4_000, 97):
        order_id = an_id(f"order {note}")
        events = desk.does(desk.submission(order_id, *big(30, note)))
        assert max(len(encode_event(event)) for event in events) <= MAX_EVENT
        assert len(desk.orders[order_id].lines) == 30


def test_an_addition_is_split_the_same_way() -> None:
    desk = a_desk()
    order = desk.submits(item())
    events = desk.adds(order, *big(40))
    assert [event.kind for event in events] == ["LinesAdded"] * 3
    assert len(order.lines) == 41


def test_an_order_that_one_group_cannot_hold_is_refused() -> None:
    desk = a_desk()
    assert refusal(desk, desk.submission(an_id("order"), *big(60))) == "order_too_large"
    order = desk.submits(item())
    added = cmd.AddLines(cmd_id=desk.new_id(), order_id=order.id, lines=big(60))
    assert refusal(desk, added) == "order_too_large"


def test_a_line_that_one_event_cannot_hold_is_refused() -> None:
    desk = a_desk()
    wish = cmd.ModifierInput("add", zh="葱" * 150, en="x" * 500)
    line = cmd.LineInput(sku="w1", modifiers=(wish,) * 80)
    assert refusal(desk, desk.submission(an_id("order"), line)) == "line_too_large"
    assert refusal(desk, desk.submission(an_id("order"), item(), line)) == "line_too_large"


def test_two_hundred_lines_are_an_order() -> None:
    desk = a_desk()
    order = desk.submits(*(item("w1", note="微辣，不要葱") for _ in range(200)))
    assert len(order.lines) == 200
    assert [event.kind for event in order.history] == ["OrderSubmitted"]


# -- which portions


def test_a_count_means_those_that_are_furthest_on_the_way() -> None:
    desk = a_desk()
    order = desk.submits(item("w1", 4))
    desk.readies(order, cmd.Choice(first_line(order).id, runs=((3, 1),)))
    desk.starts(order, cmd.Choice(first_line(order).id, runs=((1, 1),)))
    assert picked(desk.readies(order, choice_of(order, 1))) == [((1, 1),)]
    assert picked(desk.serves(order, choice_of(order, 1))) == [((1, 1),)]
    assert picked(desk.voids(order, choice_of(order, 1))) == [((0, 1),)]
    assert picked(desk.starts(order, choice_of(order))) == [((2, 1),)]


def test_named_portions_are_those_that_still_can() -> None:
    desk = a_desk()
    order = desk.submits(item("w1", 3))
    desk.voids(order, cmd.Choice(first_line(order).id, runs=((1, 1),)))
    started = desk.starts(order, cmd.Choice(first_line(order).id, runs=((0, 9_999),)))
    assert picked(started) == [((0, 1), (2, 1))]


def test_choices_of_one_line_are_one_pick() -> None:
    desk = a_desk()
    order = desk.submits(item("w1", 3))
    line = first_line(order).id
    runs = [cmd.Choice(line, runs=((nth, 1),)) for nth in (2, 0)]
    assert picked(desk.starts(order, *runs)) == [((0, 1), (2, 1))]


def test_a_combo_stands_for_its_dishes() -> None:
    desk = a_desk()
    order = desk.submits(
        item(sku=None, zh="套餐", ref="set"), item("w1", 2, parent="set"), item("c1", parent="set")
    )
    parent, wok, cold = order.lines.values()
    assert picked(desk.voids(order, of(parent, 1))) == [((0, 1),), ((0, 1),)]
    assert wok.indexes(State.VOID) == [0]
    assert cold.state is State.VOID
    rushed = desk.does(cmd.RushOrder(cmd_id=desk.new_id(), order_id=order.id, lines=(parent.id,)))
    assert rushed[0].to == ("expo", WOK), "what is void need not be hurried"


def test_a_bump_readies_only_what_was_seen_on_that_ticket() -> None:
    desk = a_desk()
    order = desk.submits(item("w1"), item("c1"), item("w2"), item("n1"))
    wok, cold, unseen, unclaimed = order.lines
    payload = payload_of(desk.bumps(order, seen=[wok, cold, unclaimed, LineId(an_id("x"), 0)]))
    assert isinstance(payload, ev.TicketBumped)
    assert [pick.line for pick in payload.picks] == [wok, unclaimed]
    assert order.lines[unseen].state is State.FIRED


def test_a_ticket_that_waits_is_not_bumped() -> None:
    desk = a_desk()
    order = desk.submits(item("w1"), item("w2", 2))
    one, two = order.lines.values()
    desk.readies(order, of(two, 1))
    desk.holds(order, of(one), of(two))
    bump = on(order, cmd.BumpTicket, batch=1, seen=tuple(order.lines))
    assert refusal(desk, bump) == "nothing_to_bump"
    desk.voids(order, of(one))
    assert isinstance(desk.asks(bump), Decision), "a void dish leaves with its ticket"
    desk.bumps(order)
    assert [line.id for line in order.ticket_lines(WOK, 2)] == [two.id]
    assert [portion.state for portion in two.portions] == [State.READY, State.HELD]


def test_only_what_nobody_has_begun_is_held_and_only_what_waits_is_fired() -> None:
    desk = a_desk()
    order = desk.submits(item("w1", 3))
    desk.starts(order, choice_of(order, 1))
    assert picked(desk.holds(order, choice_of(order))) == [((1, 2),)]
    hold = on(order, cmd.HoldLines, choices=(choice_of(order),))
    assert refusal(desk, hold) == "nothing_to_hold"
    assert picked(desk.fires(order, choice_of(order, 1))) == [((1, 1),)]
    runs = cmd.Choice(first_line(order).id, runs=((0, 9),))
    assert picked(desk.fires(order, runs)) == [((2, 1),)]
    assert refusal(desk, on(order, cmd.FireLines, choices=(runs,))) == "nothing_to_fire"


def test_a_combo_waits_and_is_called_for_as_one() -> None:
    desk = a_desk()
    order = desk.submits(
        item(sku=None, zh="套餐", ref="set", fire="hold"), item("w1", parent="set"), item("c1")
    )
    parent, inside, beside = order.lines.values()
    assert states(parent, inside, beside) == [State.HELD, State.HELD, State.FIRED]
    (fired,) = desk.fires(order, of(parent))
    assert states(parent, inside) == [State.FIRED] * 2
    assert fired.to == ("expo", WOK)
    desk.holds(order, of(parent))
    assert states(parent, inside) == [State.HELD] * 2


def test_a_pick_says_how_many_changes_were_known() -> None:
    desk = a_desk()
    order = desk.submits(item())
    desk.changes(first_line(order), order, "mild")
    desk.changes(first_line(order), order, "hot")
    payload = payload_of(desk.readies(order, choice_of(order)))
    assert isinstance(payload, ev.LinesReady)
    assert [pick.seen for pick in payload.picks] == [2]


# -- undo and recall


def test_an_undo_names_what_the_event_moved_and_nobody_moved_since() -> None:
    desk = a_desk()
    order = desk.submits(item("w1", 2), item("w2"))
    (ready,) = desk.readies(order, *(of(line) for line in order.dishes()))
    desk.serves(order, choice_of(order, 1))
    payload = payload_of(desk.recalls(order, undoes=ready.id))
    assert isinstance(payload, ev.LinesRecalled)
    assert payload == ev.LinesRecalled(
        tuple(
            ev.Pick(line, runs)
            for line, runs in zip(order.lines, [((1, 1),), ((0, 1),)], strict=True)
        ),
        ready.id,
    )


@pytest.mark.parametrize("which", ["submission", "nothing", "moved since", "a rush"])
def test_what_cannot_be_undone_is_refused(which: str) -> None:
    desk = a_desk()
    order = desk.submits(item())
    (start,) = desk.starts(order, choice_of(order))
    desk.readies(order, choice_of(order))
    (rush,) = desk.does(cmd.RushOrder(cmd_id=desk.new_id(), order_id=order.id))
    undoes = {
        "submission": order.history[0].id,
        "nothing": EventId(an_id("nobody"), 1, 1),
        "moved since": start.id,
        "a rush": rush.id,
    }[which]
    command = cmd.Recall(cmd_id=desk.new_id(), order_id=order.id, undoes=undoes)
    assert refusal(desk, command) == "nothing_to_recall"


@pytest.mark.parametrize(
    "step", ["hold", "fire", "start", "ready", "bump", "serve", "void", "recall"]
)
def test_an_undo_restores_exactly(step: str) -> None:
    desk = a_desk()
    order = desk.submits(item("w1", 3))
    desk.readies(order, choice_of(order, 1))
    desk.holds(order, choice_of(order, 1))
    before = [portion.snapshot() for portion in first_line(order).portions]
    tickets = {key: (t.open, t.opened_at) for key, t in order.tickets.items()}
    desk.now += 1_000_000
    acts = {
        "hold": lambda: desk.holds(order, choice_of(order)),
        "fire": lambda: desk.fires(order, choice_of(order)),
        "start": lambda: desk.starts(order, choice_of(order)),
        "ready": lambda: desk.readies(order, choice_of(order)),
        "bump": lambda: desk.bumps(order),
        "serve": lambda: desk.serves(order, choice_of(order)),
        "void": lambda: desk.voids(order, choice_of(order)),
        "recall": lambda: desk.recalls(order, choice_of(order), station=WOK),
    }
    (event,) = acts[step]()
    assert [portion.snapshot() for portion in first_line(order).portions] != before
    desk.now += 1_000_000
    desk.recalls(order, undoes=event.id)
    assert [portion.snapshot() for portion in first_line(order).portions] == before
    assert {key: (t.open, t.opened_at) for key, t in order.tickets.items()} == tickets


def recall(desk: Desk, order: Order, **facts: object) -> cmd.Recall:
    return cmd.Recall(cmd_id=desk.new_id(), order_id=order.id, **facts)  # type: ignore[arg-type]


def test_a_ticket_is_recalled_once_and_only_with_something_to_cook() -> None:
    desk = a_desk()
    order = desk.submits(item())
    ticket = {"station": WOK, "batch": 1}
    assert refusal(desk, recall(desk, order, **ticket)) == "nothing_to_recall"
    desk.bumps(order)
    desk.recalls(order, station=WOK, batch=1)
    assert refusal(desk, recall(desk, order, **ticket)) == "nothing_to_recall"
    desk.bumps(order)
    desk.serves(order, choice_of(order))
    assert refusal(desk, recall(desk, order, **ticket)) == "nothing_to_recall"
    assert refusal(desk, recall(desk, order, station=COLD, batch=1)) == "nothing_to_recall"
    assert refusal(desk, recall(desk, order)) == "nothing_to_recall"


def test_the_kitchen_takes_back_what_is_ready_and_the_pass_what_was_served() -> None:
    desk = a_desk()
    order = desk.submits(item("w1", 2))
    desk.readies(order, choice_of(order))
    desk.serves(order, choice_of(order, 1))
    desk.recalls(order, choice_of(order), station=WOK)
    assert [p.state for p in first_line(order).portions] == [State.SERVED, State.COOKING]
    desk.recalls(order, choice_of(order))
    assert [p.state for p in first_line(order).portions] == [State.READY, State.COOKING]


# -- refusals


def on(order: Order, kind: type[cmd.Command], **facts: object) -> cmd.AnyCommand:
    fields: dict[str, object] = {"cmd_id": an_id("cmd"), "order_id": order.id}
    if kind in (cmd.StartLines, cmd.MarkReady, cmd.BumpTicket):
        fields["station"] = WOK
    command: cmd.AnyCommand = kind(**(fields | facts))  # type: ignore[assignment, arg-type]
    return command


CHOOSERS = (
    cmd.VoidLines,
    cmd.HoldLines,
    cmd.FireLines,
    cmd.StartLines,
    cmd.MarkReady,
    cmd.ServeLines,
    cmd.Recall,
)


@pytest.mark.parametrize("kind", CHOOSERS)
def test_a_line_that_is_not_on_the_order_is_refused(kind: type[cmd.Command]) -> None:
    desk = a_desk()
    order = desk.submits(item())
    nobody = (cmd.Choice(LineId(an_id("nobody"), 0)),)
    assert refusal(desk, on(order, kind, choices=nobody)) == "unknown_line"
    assert refusal(desk, on(Order(an_id("none")), kind, choices=nobody)) == "unknown_order"


@pytest.mark.parametrize(
    ("kind", "code"),
    [
        (cmd.VoidLines, "nothing_to_void"),
        (cmd.HoldLines, "nothing_to_hold"),
        (cmd.FireLines, "nothing_to_fire"),
        (cmd.StartLines, "nothing_to_start"),
        (cmd.MarkReady, "nothing_to_ready"),
        (cmd.ServeLines, "nothing_to_serve"),
        (cmd.Recall, "nothing_to_recall"),
    ],
)
def test_what_is_void_is_left_alone(kind: type[cmd.Command], code: str) -> None:
    desk = a_desk()
    order = desk.submits(item())
    desk.voids(order, choice_of(order))
    assert refusal(desk, on(order, kind, choices=(choice_of(order),))) == code


@pytest.mark.parametrize("kind", [cmd.StartLines, cmd.MarkReady])
def test_a_station_that_nobody_has_claims_nothing(kind: type[cmd.Command]) -> None:
    desk = a_desk()
    order = desk.submits(item("n1"))
    by = {
        station: on(order, kind, station=station, choices=(choice_of(order),))
        for station in ("grill", WOK, "expo")
    }
    assert refusal(desk, by["grill"]) == "unknown_station"
    assert isinstance(desk.asks(by[WOK]), Decision)
    assert isinstance(desk.asks(by["expo"]), Decision)
    bump = on(order, cmd.BumpTicket, station="grill", batch=0, seen=tuple(order.lines))
    assert refusal(desk, bump) == "unknown_station"


def test_an_old_orders_station_still_works_when_the_menu_has_dropped_it() -> None:
    desk = a_desk()
    order = desk.submits(item("w1"))
    desk.does(cmd.ActivateMenu(cmd_id=desk.new_id(), version=MENU, currency="CNY", stations=()))
    desk.starts(order, choice_of(order))
    desk.bumps(order)
    assert order.state is State.READY


def test_a_ticket_is_bumped_once() -> None:
    desk = a_desk()
    order = desk.submits(item())
    desk.bumps(order)
    bump = on(order, cmd.BumpTicket, batch=1, seen=tuple(order.lines))
    assert refusal(desk, bump) == "ticket_closed"
    nowhere = on(order, cmd.BumpTicket, batch=2, seen=tuple(order.lines))
    assert refusal(desk, nowhere) == "nothing_to_bump"


def test_a_change_is_refused_when_it_is_none_or_too_late() -> None:
    desk = a_desk()
    order = desk.submits(item(note="hot"))
    line = first_line(order).id
    assert refusal(desk, on(order, cmd.ChangeLine, line=line, note="hot")) == "not_changed"
    assert refusal(desk, on(order, cmd.ChangeLine, line=line)) == "not_changed"
    nobody = on(order, cmd.ChangeLine, line=LineId(an_id("x"), 0), note="x")
    assert refusal(desk, nobody) == "unknown_line"
    desk.readies(order, choice_of(order))
    assert refusal(desk, on(order, cmd.ChangeLine, line=line, note="mild")) == "already_ready"


def test_an_order_that_is_closed_is_not_rushed() -> None:
    desk = a_desk()
    order = desk.submits(item())
    nobody = on(order, cmd.RushOrder, lines=(LineId(an_id("x"), 0),))
    assert refusal(desk, nobody) == "unknown_line"
    desk.serves(order, choice_of(order))
    assert refusal(desk, on(order, cmd.RushOrder)) == "order_closed"


def test_an_order_that_is_served_is_not_rushed_though_it_is_not_paid() -> None:
    desk = a_desk()
    order = desk.submits(item(), payment=AT_COUNTER)
    desk.serves(order, choice_of(order))
    assert not order.closed
    assert refusal(desk, on(order, cmd.RushOrder)) == "order_closed"


# -- paying


def test_no_more_is_taken_than_is_due() -> None:
    desk = a_desk()
    order = desk.submits(item("w1", 2), payment=AT_COUNTER)
    assert desk.asks(desk.paying(order, 2401)) == Rejected(
        "more_than_due", {"due": "24.00", "currency": "CNY"}
    )
    for amount in (0, -100):
        assert desk.asks(desk.paying(order, amount)) == Rejected(
            "nothing_due", {"due": "24.00", "currency": "CNY"}
        )
    payload = payload_of(desk.pays(order, 2000, "card"))
    assert payload == ev.PaymentTaken(2000, "card")
    assert refusal(desk, desk.paying(order, 500)) == "more_than_due"
    desk.pays(order)
    assert refusal(desk, desk.paying(order, 1)) == "nothing_due"


@pytest.mark.parametrize("payment", ["", "meituan"])
def test_what_nobody_here_asks_for_is_not_taken(payment: str) -> None:
    desk = a_desk()
    order = desk.submits(item(), payment=payment)
    assert desk.asks(desk.paying(order, 1200)) == Rejected(
        "nothing_due", {"due": "0.00", "currency": "CNY"}
    )


def test_a_payment_is_not_undone() -> None:
    desk = a_desk()
    order = desk.submits(item(), payment=AT_COUNTER)
    (paid,) = desk.pays(order)
    assert refusal(desk, recall(desk, order, undoes=paid.id)) == "nothing_to_recall"


def test_a_rush_goes_where_there_is_still_something_to_do() -> None:
    desk = a_desk()
    order = desk.submits(item("w1"), item("c1"))
    desk.readies(order, choice_of(order))
    (rush,) = desk.does(on(order, cmd.RushOrder))
    assert rush.to == (COLD, "expo")
    desk.bumps(order, station=COLD)
    (rush,) = desk.does(on(order, cmd.RushOrder))
    assert rush.to == (COLD, "expo", WOK), "all is ready: everybody may have forgotten it"


# -- the menu


def test_a_menu_is_active_once_its_dishes_are_there() -> None:
    desk = Desk("counter")
    desk.states(configured())
    activate = cmd.ActivateMenu(cmd_id=an_id("m"), version=MENU, currency="EUR", stations=())
    assert refusal(desk, activate) == "no_menu_version"
    define = cmd.DefineDishes(cmd_id=an_id("d"), version=MENU, dishes=(dish("w1"), dish("w2")))
    assert [event.to for event in desk.does(define)] == [(), ()]
    desk.does(activate)
    assert desk.house.menu.find("w2") is not None
    order = desk.submits(item())
    assert order.head is not None
    assert order.head.currency == "EUR"


def test_dishes_that_one_group_cannot_hold_are_refused() -> None:
    desk = Desk("counter")
    dishes = tuple(dish(f"d{nth}", extra="x" * 40_000) for nth in range(6))
    assert (
        refusal(desk, cmd.DefineDishes(cmd_id=an_id("d"), version=MENU, dishes=dishes))
        == "order_too_large"
    )


def test_a_floor_is_what_was_defined_last() -> None:
    desk = a_desk()
    table = ev.Table("8", "8 号桌", "Table 8", 4, "hall", "round", 0, 0, 1_000, 1_000)
    floor = cmd.DefineFloor(cmd_id=an_id("f"), areas=(), tables=(table,))
    (defined,) = desk.does(floor)
    assert defined.to == ()
    assert desk.house.table("8") == table
    many = tuple(msgspec.structs.replace(table, id=str(nth), en="x" * 500) for nth in range(200))
    large = cmd.DefineFloor(cmd_id=an_id("g"), areas=(), tables=many)
    assert refusal(desk, large) == "floor_too_large"
    nameless = msgspec.structs.replace(table, id="")
    wrong = cmd.DefineFloor(cmd_id=an_id("h"), areas=(), tables=(nameless,))
    assert refusal(desk, wrong) == "bad_command"


# -- deciding is pure


def test_deciding_changes_nothing_and_gives_the_same_again() -> None:
    desk, _ = two_desks()
    order = desk.submits(item("w1", 2))
    before = order.digest()
    command = on(order, cmd.MarkReady, choices=(choice_of(order, 1),))
    assert desk.asks(command) == desk.asks(command)
    assert order.digest() == before == fold_order(order.id, order.history).digest()
    assert desk.now == NOON
