"""What each kind of step says, in people's words."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from PySide6.QtCore import QCoreApplication

from common.domain import events as ev
from common.domain.codec import Event
from common.domain.delivery import Shown
from common.domain.house import House
from common.domain.ids import EventId, LineId
from common.domain.order import Order
from common.domain.portions import indexes_of
from common.ui import words
from common.ui.places import Place
from foh.screens.money import amount
from foh.screens.paying import method_words

translate = QCoreApplication.translate

MOST_NAMES = 3
"""Dishes that one step names; more are counted."""


class Way(NamedTuple):
    """What the words of one order's steps are made from."""

    order: Order
    house: House
    place: Place
    heard: Mapping[EventId, list[Shown]]

    def who(self, event: Event) -> str:
        """Where it was done, and by whom if that is known."""
        role = self.house.counter_of(event.origin)
        actor = event.actor
        if actor and (actor in self.place.stations or self.place.name_of(actor) != actor):
            return self.place.name_of(actor)  # a screen, by its role
        where = self.place.name_of(role) if role else ""
        person = "" if ":" in actor else actor
        if where and person:
            return translate("Timeline", "{where} ({person})").format(where=where, person=person)
        return where or actor

    def dish(self, line: LineId, count: int | None = None) -> str:
        """A dish's name, with how many portions where there are several."""
        known = self.order.lines.get(line)
        if known is None:
            return "?"
        record = known.record
        name = words.pick(record.zh, record.en, self.place.lang)
        many = len(known.portions) if count is None else count
        return f"{name} ×{many}" if max(many, len(known.portions)) > 1 else name

    def dishes(self, picks: Iterable[ev.Pick]) -> str:
        """Some portions of some dishes, by their names."""
        names = []
        for pick in picks:
            line = self.order.lines.get(pick.line)
            size = 1 if line is None else len(line.portions)
            names.append(self.dish(pick.line, len(indexes_of(pick.runs, size))))
        return listed(names)


def listed(names: Sequence[str]) -> str:
    """The first of several names, and how many more there are."""
    if len(names) <= MOST_NAMES:
        return words.listed(list(names))
    shown = words.listed(list(names[: MOST_NAMES - 1]))
    text = translate("Timeline", "{names} and {count} more")
    return text.format(names=shown, count=len(names) - MOST_NAMES + 1, total=len(names))


def _submitted(way: Way, event: Event, _: ev.OrderSubmitted, __: int) -> str:
    lines = [line for line in way.order.dishes() if line.id.cmd_id == event.cmd_id]
    text = translate("Timeline", "{who} ordered {count} dishes")
    return text.format(who=way.who(event), count=len(lines))


def _added(way: Way, event: Event, payload: ev.LinesAdded, _: int) -> str:
    ids = [LineId(event.cmd_id, nth) for nth, _ in enumerate(payload.lines, payload.first)]
    text = translate("Timeline", "Added {dishes}")
    return text.format(dishes=listed([way.dish(line) for line in ids]))


def _changed(way: Way, _: Event, payload: ev.LineChanged, __: int) -> str:
    wishes = [words.pick(wish.zh, wish.en, way.place.lang) for wish in payload.modifiers or ()]
    if payload.note:
        wishes.append(words.quoted(payload.note))
    if not wishes:
        return translate("Timeline", "Changed {dish}").format(dish=way.dish(payload.line))
    text = translate("Timeline", "Changed {dish}: {wishes}")
    return text.format(dish=way.dish(payload.line), wishes=words.listed(wishes))


def _started(way: Way, _: Event, payload: ev.LinesStarted, __: int) -> str:
    text = translate("Timeline", "{station} began {dishes}")
    return text.format(station=way.place.name_of(payload.station), dishes=way.dishes(payload.picks))


def _ready(way: Way, _: Event, payload: ev.LinesReady | ev.TicketBumped, __: int) -> str:
    station = way.place.name_of(payload.station)
    if not payload.picks:
        return translate("Timeline", "{station} closed its ticket").format(station=station)
    text = translate("Timeline", "{dishes} ready ({station})")
    return text.format(dishes=way.dishes(payload.picks), station=station)


def _served(way: Way, event: Event, payload: ev.LinesServed, _: int) -> str:
    text = translate("Timeline", "{dishes} served ({who})")
    return text.format(dishes=way.dishes(payload.picks), who=way.who(event))


def _voided(way: Way, _: Event, payload: ev.LinesVoided, __: int) -> str:
    if not payload.reason:
        return translate("Timeline", "Void {dishes}").format(dishes=way.dishes(payload.picks))
    text = translate("Timeline", "Void {dishes}: {reason}")
    return text.format(dishes=way.dishes(payload.picks), reason=payload.reason)


def _recalled(way: Way, event: Event, payload: ev.LinesRecalled, _: int) -> str:
    if payload.undoes is not None:
        text = translate("Timeline", "{who} undid it: {dishes}")
    else:
        text = translate("Timeline", "{who} took back {dishes}")
    return text.format(who=way.who(event), dishes=way.dishes(payload.picks))


def _rushed(way: Way, _: Event, payload: ev.OrderRushed, nth: int) -> str:
    which = listed([way.dish(line) for line in payload.lines])
    if nth > 1:
        said = translate("Timeline", "Rush, for the {nth}. time").format(nth=nth)
    else:
        said = translate("Timeline", "Rush")
    return f"{said} · {which}" if which else said


def _held(way: Way, event: Event, payload: ev.LinesHeld, _: int) -> str:
    text = translate("Timeline", "Hold {dishes} ({who})")
    return text.format(dishes=way.dishes(payload.picks), who=way.who(event))


def _fired(way: Way, event: Event, payload: ev.LinesFired, _: int) -> str:
    text = translate("Timeline", "Fire {dishes} ({who})")
    return text.format(dishes=way.dishes(payload.picks), who=way.who(event))


def _paid(way: Way, event: Event, payload: ev.PaymentTaken, _: int) -> str:
    text = translate("Timeline", "{amount} paid, {method} ({who})")
    head = way.order.head
    return text.format(
        amount=amount(payload.amount, "" if head is None else head.currency),
        method=method_words(payload.method),
        who=way.who(event),
    )


Say = Callable[[Way, Event, Any, int], str]
SAID: Mapping[type, Say] = {
    ev.OrderSubmitted: _submitted,
    ev.LinesAdded: _added,
    ev.LineChanged: _changed,
    ev.LinesStarted: _started,
    ev.LinesReady: _ready,
    ev.TicketBumped: _ready,
    ev.LinesServed: _served,
    ev.LinesVoided: _voided,
    ev.LinesRecalled: _recalled,
    ev.OrderRushed: _rushed,
    ev.LinesHeld: _held,
    ev.LinesFired: _fired,
    ev.PaymentTaken: _paid,
}
