"""From a command to events, or to a reason why not. Pure: the house, the order, the time go in.

What is decided here is decided once: which portions, which roles, which number. The fold only
carries it out, on every machine alike.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, NamedTuple

import msgspec

from common.domain import commands as cmd
from common.domain import events as ev
from common.domain import money
from common.domain.clock import business_day
from common.domain.codec import MAX_SIDE, Event
from common.domain.drafts import Decision, Draft, Outcome, draft_of, fitting, one, room_for
from common.domain.freezing import freeze_lines, freeze_modifier, number_prefix
from common.domain.house import EXPO, House
from common.domain.ids import HOUSE, EventId, derived_id
from common.domain.order import ANYWHERE, Line, Order
from common.domain.picks import choose, lines_of, pick_of
from common.domain.portions import Move, State, runs_of
from common.domain.reasons import Rejected
from common.domain.routing import counters, kitchen, pass_and_counter

__all__ = ["Decision", "Draft", "Here", "Outcome", "decide"]


class Here(NamedTuple):
    """Where and when a command is decided; `now` is mesh time."""

    origin: bytes
    now: int


def decide(command: cmd.AnyCommand, house: House, order: Order | None, here: Here) -> Outcome:
    """Decide a command. `order` is the one it names, folded, or None where there is none."""
    match command:
        case cmd.DefineDishes():
            return _define_dishes(command)
        case cmd.ActivateMenu():
            return _activate_menu(command, house)
        case cmd.DefineFloor():
            floor = ev.FloorDefined(command.areas, command.tables, command.extra)
            return fitting((draft_of(floor, HOUSE, ()),), command.actor, "floor_too_large")
        case cmd.SubmitOrder():
            return _submit(command, house, order, here)
        case _:
            if order is None or order.head is None:
                return Rejected("unknown_order")
            decided: Outcome = _DECIDERS[type(command)](command, house, order)
            return decided


# -- the house


def _define_dishes(command: cmd.DefineDishes) -> Outcome:
    dishes = (
        ev.DishDefined(version=command.version, **msgspec.structs.asdict(dish))
        for dish in command.dishes
    )
    return fitting(tuple(draft_of(dish, HOUSE, ()) for dish in dishes), command.actor)


def _activate_menu(command: cmd.ActivateMenu, house: House) -> Outcome:
    if not house.menu_version_known(command.version):
        return Rejected("no_menu_version")
    menu = ev.MenuActivated(
        command.version, command.currency, command.stations, command.categories, command.extra
    )
    return fitting((draft_of(menu, HOUSE, ()),), command.actor)


# -- taking orders in


def _submit(command: cmd.SubmitOrder, house: House, order: Order | None, here: Here) -> Outcome:
    if house.config is None:
        return Rejected("store_not_set_up")
    if order is not None:
        return Rejected("duplicate_order_id")
    # A command bounds it by characters; in bytes too many, no node could read the record again.
    if len(command.order.side.encode()) > MAX_SIDE:
        return Rejected("order_too_large")
    head = _head(command, house, house.config, here)
    known = house.order_with_ref(head)
    if known is not None:
        return Rejected("duplicate_ref", {"number": house.number(known), "order": known.hex()})
    lines = freeze_lines(command.order.lines, house, head.channel)
    to = kitchen(house, _stations(lines))
    drafts = _with_lines(command.order_id, to, lines, command.actor, head)
    if isinstance(drafts, Rejected):
        return drafts
    fitted = fitting(drafts, command.actor)
    if isinstance(fitted, Rejected) or head.side is None:
        return fitted
    return Decision(fitted.drafts, head.side, command.order.side)


def _head(
    command: cmd.SubmitOrder, house: House, config: ev.StoreConfigured, here: Here
) -> ev.OrderSubmitted:
    order = command.order
    day = business_day(here.now, config.tz, config.day_start)
    prefix = number_prefix(order)
    return ev.OrderSubmitted(
        day=day,
        channel=order.channel,
        currency=house.active.currency if house.active else config.currency,
        lines=(),
        prefix=prefix,
        digits=house.next_digits(day, prefix, here.origin) if prefix else 0,
        door=order.door,
        ref=order.ref,
        provider=order.provider,
        pickup_no=order.pickup_no,
        table=order.table,
        covers=order.covers,
        due_at=order.due_at,
        note=order.note,
        allergies=order.allergies,
        priority=order.priority,
        utensils=order.utensils,
        fees=order.fees,
        side=derived_id(command.cmd_id, b"side") if order.side else None,
        marks=order.marks,
        payment=order.payment,
    )


def _add(command: cmd.AddLines, house: House, order: Order) -> Outcome:
    assert order.head is not None
    lines = freeze_lines(command.lines, house, order.head.channel)
    to = kitchen(house, _stations(lines))
    drafts = _with_lines(command.order_id, to, lines, command.actor, None)
    return drafts if isinstance(drafts, Rejected) else fitting(drafts, command.actor)


def _stations(lines: Iterable[ev.LineRecord]) -> Iterator[str | None]:
    return (line.station for line in lines if not line.combo)


def _with_lines(
    order_id: bytes,
    to: tuple[str, ...],
    lines: Sequence[ev.LineRecord],
    actor: str,
    head: ev.OrderSubmitted | None,
) -> tuple[Draft, ...] | Rejected:
    """Lines as one event, or where they don't fit as several that follow each other."""
    room = room_for(to, actor)
    drafts: list[Draft] = []
    rest = tuple(lines)
    while rest or not drafts:
        opening = head if not drafts else None
        shell = opening if opening is not None else ev.LinesAdded(len(lines) - len(rest), ())
        count = len(rest)
        draft = draft_of(msgspec.structs.replace(shell, lines=rest), order_id, to)
        if len(draft.payload) > room:
            count = _fit(rest, room - len(ev.encode_payload(shell)))
            if count == 0 and opening is None:
                return Rejected("line_too_large")
            draft = draft_of(msgspec.structs.replace(shell, lines=rest[:count]), order_id, to)
        drafts.append(draft)
        rest = rest[count:]
    return tuple(drafts)


def _fit(lines: Sequence[ev.LineRecord], room: int) -> int:
    """How many lines from the first one on fit into `room` bytes."""
    room -= 8  # the array header grows with its length
    for nth, line in enumerate(lines):
        room -= len(_encoder.encode(line))
        if room < 0:
            return nth
    return len(lines)


_encoder = msgspec.msgpack.Encoder()


# -- changing what was ordered


def _change(command: cmd.ChangeLine, house: House, order: Order) -> Outcome:
    line = order.lines.get(command.line)
    if line is None:
        return Rejected("unknown_line")
    if not line.active():
        return Rejected("already_ready")
    modifiers = (
        None if command.modifiers is None else tuple(map(freeze_modifier, command.modifiers))
    )
    same_note = command.note is None or command.note == line.note
    if same_note and (modifiers is None or modifiers == line.modifiers):
        return Rejected("not_changed")
    changed = ev.LineChanged(line.id, command.note, modifiers, len(line.changes))
    return one(changed, command, _kitchen_of(house, line.dishes))


def _void(command: cmd.VoidLines, house: House, order: Order) -> Outcome:
    picks = choose(order, command.choices, Move.VOID)
    if isinstance(picks, Rejected):
        return picks
    to = _kitchen_of(house, lines_of(order, picks))
    return one(ev.LinesVoided(picks, command.reason), command, to)


def _hold(command: cmd.HoldLines, house: House, order: Order) -> Outcome:
    picks = choose(order, command.choices, Move.HOLD)
    if isinstance(picks, Rejected):
        return picks
    return one(ev.LinesHeld(picks), command, _kitchen_of(house, lines_of(order, picks)))


def _fire(command: cmd.FireLines, house: House, order: Order) -> Outcome:
    picks = choose(order, command.choices, Move.FIRE)
    if isinstance(picks, Rejected):
        return picks
    return one(ev.LinesFired(picks), command, _kitchen_of(house, lines_of(order, picks)))


def _rush(command: cmd.RushOrder, house: House, order: Order) -> Outcome:
    if order.state >= State.SERVED:
        return Rejected("order_closed")
    if any(line not in order.lines for line in command.lines):
        return Rejected("unknown_line")
    lines = [dish for line in command.lines for dish in order.lines[line].dishes]
    lines = lines or list(order.dishes())
    waiting = [line for line in lines if line.active()] or lines
    return one(ev.OrderRushed(command.lines), command, _kitchen_of(house, waiting))


# -- cooking and serving


def _is_station(station: str, house: House, order: Order) -> bool:
    """Whether somebody could see a dish that this station claims; an old order keeps its own."""
    return (
        station == EXPO
        or station in house.stations
        or any(line.station == station for line in order.dishes())
    )


def _start(command: cmd.StartLines, house: House, order: Order) -> Outcome:
    if not _is_station(command.station, house, order):
        return Rejected("unknown_station")
    picks = choose(order, command.choices, Move.START)
    if isinstance(picks, Rejected):
        return picks
    return one(
        ev.LinesStarted(command.station, picks, command.auto), command, _front_of(house, order)
    )


def _ready(command: cmd.MarkReady, house: House, order: Order) -> Outcome:
    if not _is_station(command.station, house, order):
        return Rejected("unknown_station")
    picks = choose(order, command.choices, Move.READY)
    if isinstance(picks, Rejected):
        return picks
    return one(ev.LinesReady(command.station, picks), command, _front_of(house, order))


def _bump(command: cmd.BumpTicket, house: House, order: Order) -> Outcome:
    if not _is_station(command.station, house, order):
        return Rejected("unknown_station")
    ticket = order.tickets.get((command.station, command.batch))
    if ticket is not None and not ticket.open:
        return Rejected("ticket_closed")
    lines = [order.lines[seen] for seen in command.seen if seen in order.lines]
    picks = tuple(
        ev.Pick(line.id, runs_of(left), len(line.changes))
        for line in lines
        if _on_ticket(line, command) and (left := line.indexes(State.FIRED, State.COOKING))
    )
    if not picks and (ticket is None or _waits(order, command)):
        return Rejected("nothing_to_bump")
    bumped = ev.TicketBumped(command.station, command.batch, picks)
    return one(bumped, command, _front_of(house, order))


def _waits(order: Order, command: cmd.BumpTicket) -> bool:
    """Whether all of a ticket is on hold: to close it would only open the same one again."""
    lines = order.ticket_lines(command.station, command.batch)
    return bool(lines) and all(line.state is State.HELD for line in lines)


def _on_ticket(line: Line, command: cmd.BumpTicket) -> bool:
    if line.record.combo:
        return False
    return line.station == ANYWHERE or (
        (line.station, line.batch) == (command.station, command.batch)
    )


def _serve(command: cmd.ServeLines, house: House, order: Order) -> Outcome:
    picks = choose(order, command.choices, Move.SERVE)
    if isinstance(picks, Rejected):
        return picks
    return one(ev.LinesServed(picks), command, _front_of(house, order))


def _recall(command: cmd.Recall, house: House, order: Order) -> Outcome:
    if command.undoes is not None:
        return _undo(command, command.undoes, house, order)
    if command.choices:
        move = Move.UNSERVE if command.station is None else Move.RECALL
        picks = choose(order, command.choices, move)
        if isinstance(picks, Rejected):
            return picks
        recalled = ev.LinesRecalled(picks, None, command.station, command.batch)
    elif command.station is not None and command.batch is not None:
        ticket = order.tickets.get((command.station, command.batch))
        if ticket is None or ticket.open:
            return Rejected("nothing_to_recall")
        lines = order.ticket_lines(command.station, command.batch)
        picks = tuple(
            pick_of(line, ready) for line in lines if (ready := line.indexes(State.READY))
        )
        if not picks:
            return Rejected("nothing_to_recall")
        recalled = ev.LinesRecalled(picks, None, command.station, command.batch)
    else:
        return Rejected("nothing_to_recall")
    return one(recalled, command, _kitchen_of(house, lines_of(order, picks)))


def _undo(command: cmd.Recall, undoes: EventId, house: House, order: Order) -> Outcome:
    moved = {
        line: [i for i, portion in enumerate(line.portions) if portion.last_moved_by(undoes)]
        for line in order.dishes()
    }
    picks = tuple(pick_of(line, indexes) for line, indexes in moved.items() if indexes)
    ticket = next((t for t in order.tickets.values() if t.bumped == undoes), None)
    if ticket is None and not picks:
        return Rejected("nothing_to_recall")
    station, batch = (None, None) if ticket is None else (ticket.station, ticket.batch)
    concerned = lines_of(order, picks)
    if ticket is not None:
        concerned += order.ticket_lines(ticket.station, ticket.batch)
    recalled = ev.LinesRecalled(picks, undoes, station, batch)
    return one(recalled, command, _kitchen_of(house, concerned))


# -- paying


def _pay(command: cmd.TakePayment, house: House, order: Order) -> Outcome:
    assert order.head is not None
    currency = order.head.currency
    said = {"due": money.text(max(0, order.due), currency), "currency": currency}
    if order.due <= 0 or command.amount <= 0:
        return Rejected("nothing_due", said)
    if command.amount > order.due:
        return Rejected("more_than_due", said)
    return one(ev.PaymentTaken(command.amount, command.method), command, counters(house))


# -- being shown and seen


def _mark_shown(command: cmd.MarkShown, house: House, order: Order) -> Outcome:
    return _told(command, house, order, ev.TicketShown, order.unshown(command.station))


def _mark_seen(command: cmd.MarkSeen, house: House, order: Order) -> Outcome:
    return _told(command, house, order, ev.TicketSeen, order.unseen(command.station))


def _told(
    command: cmd.MarkShown | cmd.MarkSeen,
    house: House,
    order: Order,
    kind: type[ev.TicketShown | ev.TicketSeen],
    untold: list[Event],
) -> Outcome:
    """Only what was sent to the station and is not told yet: who asks again changes nothing."""
    if not _is_station(command.station, house, order):
        return Rejected("unknown_station")
    asked = frozenset(command.events)
    events = tuple(event.id for event in untold if event.id in asked)
    if not events:
        return Rejected("nothing_to_note")
    return one(kind(command.station, events), command, _front_of(house, order))


# -- what the deciders share


def _kitchen_of(house: House, lines: Iterable[Line]) -> tuple[str, ...]:
    return kitchen(house, (line.station or None for line in lines if not line.record.combo))


def _front_of(house: House, order: Order) -> tuple[str, ...]:
    assert order.submitted is not None
    return pass_and_counter(house, order.submitted)


_Decider = Callable[[Any, House, Order], Outcome]
_DECIDERS: dict[type, _Decider] = {
    cmd.AddLines: _add,
    cmd.ChangeLine: _change,
    cmd.VoidLines: _void,
    cmd.StartLines: _start,
    cmd.MarkReady: _ready,
    cmd.BumpTicket: _bump,
    cmd.ServeLines: _serve,
    cmd.Recall: _recall,
    cmd.HoldLines: _hold,
    cmd.FireLines: _fire,
    cmd.RushOrder: _rush,
    cmd.TakePayment: _pay,
    cmd.MarkShown: _mark_shown,
    cmd.MarkSeen: _mark_seen,
}
