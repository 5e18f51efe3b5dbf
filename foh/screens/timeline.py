"""An order's whole way, step by step, in people's words; from its history and what was shown.

`stored` is what the node knows besides: on which other machines an event was kept, and when.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from typing import Any, NamedTuple

from PySide6.QtCore import QCoreApplication

from common.domain import events as ev
from common.domain.clock import SECOND, age, moment
from common.domain.codec import BadBytes, Event
from common.domain.delivery import NEWS, TELLINGS, Shown
from common.domain.house import House
from common.domain.ids import EventId
from common.domain.notices import WORDS
from common.domain.order import Order
from common.ui import words
from common.ui.places import Place
from foh.screens.step_words import SAID, Way

translate = QCoreApplication.translate

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

    def of(self, number: str) -> StepRow:
        """The step among those of other orders."""
        return self._replace(key=f"{number}/{self.key}", text=f"{number} · {self.text}")


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
    way = Way(order, house, place, heard)
    steps = [*_done(way, stored), *_received(way, order.submitted.id), *_noticed(way)]
    return sorted(steps, key=lambda step: step.at)


def _done(way: Way, stored: Stored) -> Iterator[StepRow]:
    rushes = 0
    for event in way.order.history:
        if event.kind in TELLINGS or _goes_on(event, way.order):
            continue
        rushes += event.kind == ev.OrderRushed.__name__
        try:
            payload = ev.decode_payload(event)
        except BadBytes:
            payload = None
        say = None if payload is None else SAID.get(type(payload))
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


def _with_answers(way: Way, event: Event, said: str) -> str:
    """What was asked of a kitchen, with when each station took note of it."""
    for shown in way.heard.get(event.id, ()):
        station = way.place.name_of(shown.station)
        if shown.seen_at is not None:
            text, at = translate("Timeline", "{said}, {station} saw it {time}"), shown.seen_at
        else:
            text, at = translate("Timeline", "{said}, {station} received it {time}"), shown.shown_at
        said = text.format(said=said, station=station, time=_time(at, way))
    return said


def _received(way: Way, submitted: EventId) -> Iterator[StepRow]:
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


def _noticed(way: Way) -> Iterator[StepRow]:
    for nth, notice in enumerate(way.order.notices):
        said = WORDS[notice.what]
        text = translate("Timeline", "{dish}: {what}").format(
            dish=way.dish(notice.line), what=words.pick(said.zh, said.en, way.place.lang)
        )
        yield StepRow(f"notice{nth}", _time(notice.at, way), text, "", "trouble", notice.at)


def _kept(times: Sequence[int], since: int) -> str:
    if not times:
        return ""
    text = translate("Timeline", "stored by {count} others, the first in {ms} ms")
    return text.format(count=len(times), ms=age(min(times), since) // 1_000)


def _time(at: int, way: Way) -> str:
    return f"{moment(at).astimezone(way.place.tz):%H:%M:%S}"
