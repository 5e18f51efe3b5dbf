"""The order as the cart shows it: what the kitchen has, what is on its way, what is not sent."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from common.domain.codec import Event
from common.domain.commands import ModifierInput
from common.domain.events import LinesAdded, Modifier
from common.domain.ids import EventId
from common.domain.order import Line, Order
from common.domain.portions import State
from common.ui import words
from foh.drafts import PORTION, DraftLine, Sending
from foh.screens import order_words as say
from foh.screens.desk import Desk

_STAGES = {
    State.HELD: "held",
    State.FIRED: "",
    State.COOKING: "cooking",
    State.READY: "ready",
    State.SERVED: "served",
    State.VOID: "voided",
}
_SIGNS = {"add": "+ ", "remove": "− "}


class ActionRow(NamedTuple):
    """What can be done with the line that is selected."""

    key: str
    text: str


class CartRow(NamedTuple):
    """One dish. `stage` is a badge's, or unsent or way; `detail` what is wished, and whose it is.

    `part`: a dish of a set meal. `foreign`: another counter's work, in words.
    """

    key: str
    quantity: str
    name: str
    detail: str = ""
    foreign: str = ""
    stage: str = ""
    badge: str = ""
    selected: bool = False
    pending: bool = False
    part: bool = False
    actions: tuple[ActionRow, ...] = ()


def cart_rows(desk: Desk, on_the_way: Iterable[Sending]) -> list[CartRow]:
    """All of it, in the order in which it was wanted."""
    order = desk.order
    sent = [] if order is None else list(_sent_rows(desk, order))
    flying = [
        _draft_row(desk, line, "way", say.on_its_way())
        for sending in on_the_way
        for line in sending.draft.lines
    ]
    begun = [_draft_row(desk, line, "unsent", say.unsent()) for line in desk.draft.lines]
    return [*sent, *flying, *begun]


# -- what the kitchen has


def _sent_rows(desk: Desk, order: Order) -> Iterator[CartRow]:
    events = {event.id: event for event in order.history}
    pending = desk.till.sender.pending
    place = desk.till.place
    for line in order.lines.values():
        record, state = line.record, line.state
        names = [words.pick(record.zh, record.en, place.lang)]
        yield CartRow(
            key=line.key,
            quantity=words.weighed(record.qty, record.unit, place.lang),
            name=names[0],
            detail=_detail(desk, line.modifiers, line.note, record.seat or "", ""),
            foreign=_foreign(desk, line, events),
            stage=_STAGES[state],
            badge=_badge(line, state),
            selected=line.key == desk.selected,
            pending=line.key in pending,
            part=line.parent is not None,
            actions=tuple(_actions(line, state)) if line.key == desk.selected else (),
        )


def _badge(line: Line, state: State) -> str:
    total = len(line.portions)
    done = len(line.indexes(state)) if total else 0
    match state:
        case State.FIRED:
            return say.sent()
        case State.SERVED:
            return say.served()
        case State.VOID:
            return words.state("voided", 1, 1)
        case _:
            # The least advanced counts; of several portions it is said how many stand there.
            return words.state(_STAGES[state], done, total)


def _actions(line: Line, state: State) -> Iterator[ActionRow]:
    if line.active() and line.parent is None and not line.record.combo:
        yield ActionRow("form", _change())
    if state is State.HELD and not line.record.combo:
        yield ActionRow("fire", _fire())
    elif state is State.FIRED:
        yield ActionRow("hold", _hold())
    if state < State.READY:
        yield ActionRow("rush", _rush())
    if state < State.VOID and line.parent is None:
        yield ActionRow("void", _void())


def _foreign(desk: Desk, line: Line, events: dict[EventId, Event]) -> str:
    """What another counter did to a dish while this one had the order open."""
    if line.state is State.VOID and line.portions:
        void, at = line.portions[0].voids[0]
        said = _by_another(desk, events.get(void))
        if said:
            return say.voided_by(said, words.clock(at, desk.till.place.tz))
    added = events.get(line.added_by)
    if added is None or added.kind != LinesAdded.__name__:
        return ""
    said = _by_another(desk, added)
    return say.added_by(said, words.clock(added.at, desk.till.place.tz)) if said else ""


def _by_another(desk: Desk, event: Event | None) -> str:
    source = desk.till.source
    if event is None or event.origin == source.origin:
        return ""
    role = source.house.counter_of(event.origin)
    return desk.till.place.name_of(role) if role else ""


# -- what is not sent


def _draft_row(desk: Desk, line: DraftLine, stage: str, badge: str) -> CartRow:
    place = desk.till.place
    selected = line.key == desk.selected and stage == "unsent"
    return CartRow(
        key=line.key,
        quantity=words.weighed(line.qty, line.unit, place.lang),
        name=words.pick(line.zh, line.en, place.lang),
        detail=_detail(desk, line.modifiers, line.note, line.seat, _waiting(desk, line)),
        stage=stage,
        badge=badge,
        selected=selected,
        pending=stage == "way",
        actions=tuple(_draft_actions(line)) if selected else (),
    )


def _waiting(desk: Desk, line: DraftLine) -> str:
    parts = []
    if line.course is not None:
        parts.append(words.course(line.course, desk.till.place.courses.get(line.course, "")))
    if line.hold:
        parts.append(say.waits())
    return " · ".join(parts)


def _draft_actions(line: DraftLine) -> Iterator[ActionRow]:
    if line.unit is None:
        yield ActionRow("less", "−")
        yield ActionRow("more_of_it", "+")
    yield ActionRow("form", _change())
    yield ActionRow("hold", _fire() if line.hold else _hold())
    yield ActionRow("remove", _remove())


def _detail(
    desk: Desk,
    wishes: Iterable[Modifier | ModifierInput],
    note: str,
    seat: str,
    more: str,
) -> str:
    lang = desk.till.place.lang
    parts = [
        _SIGNS.get(wish.op, "") + words.wish(words.pick(wish.zh, wish.en, lang), wish.qty)
        for wish in wishes
    ]
    if note:
        parts.append(words.quoted(note))
    if seat:
        parts.append(say.seat(seat))
    if more:
        parts.append(more)
    return " · ".join(parts)


def ordered(order: Order | None) -> dict[str, int]:
    """How many of each dish the order has already."""
    found: dict[str, int] = {}
    for line in () if order is None else order.dishes():
        sku = line.record.sku
        count = len(line.portions) - len(line.indexes(State.VOID))
        if sku is not None and count and line.parent is None:
            found[sku] = found.get(sku, 0) + count
    return found


def counts(lines: Iterable[DraftLine]) -> dict[str, int]:
    """How many of each dish are not sent."""
    found: dict[str, int] = {}
    for line in lines:
        if line.sku is not None:
            count = 1 if line.unit else line.qty // PORTION
            found[line.sku] = found.get(line.sku, 0) + count
    return found


def _change() -> str:
    return say.translate("Order", "Change")


def _fire() -> str:
    return say.translate("Order", "Fire")


def _hold() -> str:
    return say.translate("Order", "Hold")


def _rush() -> str:
    return say.translate("Order", "Rush")


def _void() -> str:
    return say.translate("Order", "Void")


def _remove() -> str:
    return say.translate("Order", "Remove")
