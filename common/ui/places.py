"""Where orders are read: the role, and what the house calls things in the screen's language."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, tzinfo
from typing import NamedTuple
from zoneinfo import ZoneInfo

from common.domain.events import OrderSubmitted
from common.domain.house import COUNTER, EXPO, House
from common.domain.order import Order
from common.ui import words


class Place(NamedTuple):
    """Where orders are read: the role, what it took over, its language, the house's names."""

    station: str
    lang: str
    tz: tzinfo = UTC
    stations: Mapping[str, str] = {}
    courses: Mapping[int, str] = {}
    adopted: tuple[str, ...] = ()
    tables: Mapping[str, str] = {}

    def name_of(self, station: str) -> str:
        """A role's name; an old station that the menu has no more goes by its id."""
        if station in self.stations:
            return self.stations[station]
        if station == EXPO:
            return words.the_pass()
        if station.startswith(COUNTER):
            return words.counter(station.removeprefix(COUNTER).lstrip("-"))
        return station

    def title_of(self, head: OrderSubmitted, number: str) -> tuple[str, str]:
        """What people call an order by, large, and its number, small."""
        if head.table:
            return self.tables.get(head.table) or words.table(head.table), number
        if head.channel == "delivery":
            name = words.platform(head.provider or head.door, self.lang)
            name = name or words.channel(head.channel, at_table=False)
            if head.pickup_no and not head.prefix:
                return f"{name} #{head.pickup_no}", ""
            return name, number
        return words.pickup(), number

    def about(self, order: Order) -> str:
        """Who serves, how many guests, when it is due."""
        assert order.head is not None
        assert order.submitted is not None
        head, actor = order.head, order.submitted.actor
        parts = []
        # Robots and doors go by "kind:name"; a machine that nobody signed in at is nobody.
        if actor and ":" not in actor and not actor.startswith(COUNTER):
            parts.append(actor)
        if head.covers:
            parts.append(words.covers(head.covers))
        if head.due_at is not None:
            parts.append(words.due(head.due_at, self.tz, head.channel))
        return " · ".join(parts)


def place_of(house: House, station: str, adopted: tuple[str, ...], lang: str) -> Place:
    """The house's names as this screen needs them."""
    menu, floor = house.active, house.floor
    return Place(
        station,
        lang,
        ZoneInfo(house.config.tz) if house.config else UTC,
        {} if menu is None else {s.id: words.pick(s.zh, s.en, lang) for s in menu.stations},
        {} if menu is None else _courses(menu.extra, lang),
        adopted,
        {} if floor is None else {t.id: words.pick(t.zh, t.en, lang) for t in floor.tables},
    )


def _courses(extra: str, lang: str) -> dict[int, str]:
    """The courses' names, where the menu file has `courses`."""
    document = json.loads(extra) if extra else {}
    courses = document.get("courses") if isinstance(document, dict) else ()
    return dict(filter(None, (_course(course, lang) for course in courses or ())))


def _course(course: object, lang: str) -> tuple[int, str] | None:
    match course:
        case {"id": int(nth), "name": {"zh": str(zh), "en": str(en)}}:
            return nth, words.pick(zh, en, lang)
        case {"id": int(nth), "name": str(name)}:
            return nth, name
        case _:
            return None
