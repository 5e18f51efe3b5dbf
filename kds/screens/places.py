"""Where tickets are read: the station, and what the house calls things in its language."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, tzinfo
from typing import NamedTuple
from zoneinfo import ZoneInfo

from common.domain.house import House
from kds.screens import words


class Place(NamedTuple):
    """Where tickets are read: the station, what it took over, its language, the house's names."""

    station: str
    lang: str
    tz: tzinfo = UTC
    stations: Mapping[str, str] = {}
    courses: Mapping[int, str] = {}
    adopted: tuple[str, ...] = ()

    def name_of(self, station: str) -> str:
        """A station's name; an old one that the menu has no more goes by its id."""
        return self.stations.get(station, station)


def place_of(house: House, station: str, adopted: tuple[str, ...], lang: str) -> Place:
    """The house's names as this station's screen needs them."""
    menu = house.active
    return Place(
        station,
        lang,
        ZoneInfo(house.config.tz) if house.config else UTC,
        {} if menu is None else {s.id: words.pick(s.zh, s.en, lang) for s in menu.stations},
        {} if menu is None else _courses(menu.extra, lang),
        adopted,
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
