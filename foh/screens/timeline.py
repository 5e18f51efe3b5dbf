"""An order's whole way, step by step, in people's words; from its history and what was shown.

`stored` is what the node knows besides: on which other machines an event was kept, and when.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from typing import Any, NamedTuple

from PySide6.QtCore import QCoreApplication

from common.domain import events as ev
from common.domain.clock import SECOND, age, moment
from common.domain.codec import BadBytes, Event
from common.domain.delivery import NEWS, TELLINGS, Shown
from common.domain.house import House
from common.domain.ids import EventId, LineId
from common.domain.notices import WORDS
from common.domain.order import Order
from common.domain.portions import indexes_of
from common.ui import words
from common.ui.places import Place
from foh.screens.money import amount
from foh.screens.paying import method_words

translate = QCoreApplication.translate

MOST_NAMES = 3
"""Dishes that one step names; more are counted."""
Stored = Mapping[str, Sequence[int]]
"""By event, as `event_name` writes it: the mesh times at which others had stored it."""


class StepRow(NamedTuple):
    """A step. `kind`: told (done by somebody), heard (by a station), trouble or unknown."""

    key: str
    time: str
    text: str
    detail: str = ""
    kind: str = "told"
    at: int = 0


class _Way(NamedTuple):
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


def event_name(event: EventId) -> str:
    """An event as the node's trace calls it."""
    return f"{event.origin.hex()[:8]}:{event.epoch:x}:{event.seq}"


def stored_of(told: Mapping[str, Any] | None) -> Stored:
    """When others had stored what, from the node's answer to `trace`."""
    if told is None:
        return {}
    return {step["event"]: [each["at"] for each in step["stored"]] for step in told["steps"]}


def timeline(order: Order, house: House, place: Place, stored: Stored) -> list[StepRow]:
    """Every step, the oldest first."""
    if order.submitted is None:
        return []
    heard: dict[EventId, list[Shown]] = {}
    for shown in order.shown:
        if shown.station in place.stations:
            heard.setdefault(shown.event, []).append(shown)
    way = _Way(order, house, place, heard)
    steps = [*_done(way, stored), *_received(way, order.submitted.id), *_noticed(way)]
    return sorted(steps, key=lambda step: step.at)


def _done(way: _Way, stored: Stored) -> Iterator[StepRow]:
    rushes = 0
    for event in way.order.history:
        if event.kind in TELLINGS or _goes_on(event, way.order):
            continue
        rushes += event.kind == ev.OrderRushed.__name__
        try:
            payload = ev.decode_payload(event)
        except BadBytes:
            payload = None
        say = None if payload is None else _SAID.get(type(payload))
        if say is None:
            text = translate("Timeline", "A step that this version does not know: {kind}")
            said, kind = text.format(kind=event.kind), "unknown"
        else:
            said, kind = say(way, event, payload, rushes), "told"
        assert way.order.submitted is not None
        if event.id != way.order.submitted.id:
            said = _with_answers(way, event, said)
        name = event_name(event.id)
        # Whether it is kept elsewhere counts for what was asked of somebody.
        times = stored.get(name, ()) if event.kind in NEWS else ()
        yield StepRow(name, _time(event.at, way), said, _kept(times, event.at), kind, event.at)


def _goes_on(event: Event, order: Order) -> bool:
    """Whether it only carries further lines of the submission."""
    submitted = order.submitted
    assert submitted is not None
    return event.kind == ev.LinesAdded.__name__ and event.cmd_id == submitted.cmd_id


def _with_answers(way: _Way, event: Event, said: str) -> str:
    """What was asked of a kitchen, with when each station took note of it."""
    for shown in way.heard.get(event.id, ()):
        station = way.place.name_of(shown.station)
        if shown.seen_at is not None:
            text, at = translate("Timeline", "{said}, {station} saw it {time}"), shown.seen_at
        else:
            text, at = translate("Timeline", "{said}, {station} received it {time}"), shown.shown_at
        said = text.format(said=said, station=station, time=_time(at, way))
    return said


def _received(way: _Way, submitted: EventId) -> Iterator[StepRow]:
    """Who had the order, and who looked at it, those of the same second together."""
    shown = way.heard.get(submitted, [])
    moments = [
        *((each.shown_at, each.station, False) for each in shown),
        *((each.seen_at, each.station, True) for each in shown if each.seen_at is not None),
    ]
    ranks = list(way.place.stations)
    moments.sort(key=lambda each: (each[0] // SECOND, each[2], ranks.index(each[1])))
    for (second, seen), same in groupby(moments, lambda each: (each[0] // SECOND, each[2])):
        at, *_ = (together := list(same))[0]
        names = words.listed([way.place.name_of(station) for _, station, _ in together])
        if seen:
            text = translate("Timeline", "{stations} saw it").format(stations=names)
        else:
            text = translate("Timeline", "{stations} received it").format(stations=names)
        yield StepRow(f"{second}/{int(seen)}", _time(at, way), text, "", "heard", at)


def _noticed(way: _Way) -> Iterator[StepRow]:
    for nth, notice in enumerate(way.order.notices):
        said = WORDS[notice.what]
        text = translate("Timeline", "{dish}: {what}").format(
            dish=way.dish(notice.line), what=words.pick(said.zh, said.en, way.place.lang)
        )
        yield StepRow(f"notice{nth}", _time(notice.at, way), text, "", "trouble", notice.at)


def _kept(times: Sequence[int], since: int) -> str:
    if not times:
        return ""
    text = translate("Timeline", "kept by {count} more machines, the first after {ms} ms")
    return text.format(count=len(times), ms=age(min(times), since) // 1_000)


def _time(at: int, way: _Way) -> str:
    return f"{moment(at).astimezone(way.place.tz):%H:%M:%S}"


# -- what each kind says


def _submitted(way: _Way, event: Event, _: ev.OrderSubmitted, __: int) -> str:
    lines = [line for line in way.order.dishes() if line.id.cmd_id == event.cmd_id]
    text = translate("Timeline", "{who} ordered {count} dishes")
    return text.format(who=way.who(event), count=len(lines))


def _added(way: _Way, event: Event, payload: ev.LinesAdded, _: int) -> str:
    ids = [LineId(event.cmd_id, nth) for nth, _ in enumerate(payload.lines, payload.first)]
    text = translate("Timeline", "Added {dishes}")
    return text.format(dishes=listed([way.dish(line) for line in ids]))


def _changed(way: _Way, _: Event, payload: ev.LineChanged, __: int) -> str:
    wishes = [words.pick(wish.zh, wish.en, way.place.lang) for wish in payload.modifiers or ()]
    if payload.note:
        wishes.append(words.quoted(payload.note))
    if not wishes:
        return translate("Timeline", "Changed {dish}").format(dish=way.dish(payload.line))
    text = translate("Timeline", "Changed {dish}: {wishes}")
    return text.format(dish=way.dish(payload.line), wishes=words.listed(wishes))


def _started(way: _Way, _: Event, payload: ev.LinesStarted, __: int) -> str:
    text = translate("Timeline", "{station} began {dishes}")
    return text.format(station=way.place.name_of(payload.station), dishes=way.dishes(payload.picks))


def _ready(way: _Way, _: Event, payload: ev.LinesReady | ev.TicketBumped, __: int) -> str:
    station = way.place.name_of(payload.station)
    if not payload.picks:
        return translate("Timeline", "{station} closed its ticket").format(station=station)
    text = translate("Timeline", "{dishes} ready ({station})")
    return text.format(dishes=way.dishes(payload.picks), station=station)


def _served(way: _Way, event: Event, payload: ev.LinesServed, _: int) -> str:
    text = translate("Timeline", "{dishes} served ({who})")
    return text.format(dishes=way.dishes(payload.picks), who=way.who(event))


def _voided(way: _Way, _: Event, payload: ev.LinesVoided, __: int) -> str:
    if not payload.reason:
        return translate("Timeline", "Void {dishes}").format(dishes=way.dishes(payload.picks))
    text = translate("Timeline", "Void {dishes}: {reason}")
    return text.format(dishes=way.dishes(payload.picks), reason=payload.reason)


def _recalled(way: _Way, event: Event, payload: ev.LinesRecalled, _: int) -> str:
    if payload.undoes is not None:
        text = translate("Timeline", "{who} undid it: {dishes}")
    else:
        text = translate("Timeline", "{who} took back {dishes}")
    return text.format(who=way.who(event), dishes=way.dishes(payload.picks))


def _rushed(way: _Way, _: Event, payload: ev.OrderRushed, nth: int) -> str:
    which = listed([way.dish(line) for line in payload.lines])
    if nth > 1:
        said = translate("Timeline", "Rush, for the {nth}. time").format(nth=nth)
    else:
        said = translate("Timeline", "Rush")
    return f"{said} · {which}" if which else said


def _held(way: _Way, event: Event, payload: ev.LinesHeld, _: int) -> str:
    text = translate("Timeline", "Hold {dishes} ({who})")
    return text.format(dishes=way.dishes(payload.picks), who=way.who(event))


def _fired(way: _Way, event: Event, payload: ev.LinesFired, _: int) -> str:
    text = translate("Timeline", "Fire {dishes} ({who})")
    return text.format(dishes=way.dishes(payload.picks), who=way.who(event))


def _paid(way: _Way, event: Event, payload: ev.PaymentTaken, _: int) -> str:
    text = translate("Timeline", "{amount} paid, {method} ({who})")
    head = way.order.head
    return text.format(
        amount=amount(payload.amount, "" if head is None else head.currency),
        method=method_words(payload.method),
        who=way.who(event),
    )


_Say = Callable[[_Way, Event, Any, int], str]
_SAID: Mapping[type, _Say] = {
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
