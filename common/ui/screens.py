"""Which screens there are, who shows them, and what they are usually like; no Qt.

So that whoever starts programs can ask as well.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from common.domain.house import COUNTER, EXPO, kitchen_stations
from common.ui.settings import ScreenSettings

KITCHEN = ScreenSettings()
FRONT = ScreenSettings(palette="counter", distance_m=0.6)
"""A cashier sits before it."""


class Kind(NamedTuple):
    """A screen that can be looked at in a scene: its program, the role it is for, its page."""

    program: str
    role: str
    usual: ScreenSettings
    page: str = ""


SCREENS: Mapping[str, Kind] = {
    "station": Kind("kds", "wok", KITCHEN),
    "expo": Kind("kds", "expo", KITCHEN),
    "order": Kind("foh", "counter-1", FRONT, "order"),
    "floor": Kind("foh", "counter-1", FRONT, "tables"),
    "settings": Kind("foh", "counter-1", FRONT, "settings"),
}
"""By the names that `passline shot` takes."""


def screens_of(program: str) -> tuple[str, ...]:
    """The screens that a program shows."""
    return tuple(name for name, kind in SCREENS.items() if kind.program == program)


def kitchen_roles(roles: Iterable[str]) -> list[str]:
    """Those of a node's roles that have a screen in the kitchen: its stations, then the pass."""
    known = list(roles)
    return [*kitchen_stations(known), *(role for role in known if role == EXPO)]


def screen_roles(roles: Iterable[str]) -> list[str]:
    """Those of a node's roles that have a screen: the kitchen's, then the counters."""
    known = list(roles)
    return [*kitchen_roles(known), *(role for role in known if role.startswith(COUNTER))]
