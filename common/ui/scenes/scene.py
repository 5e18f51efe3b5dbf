"""A moment of the restaurant as a screen of this machine finds it, by its name."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import NamedTuple

from common.domain.alarms import Alarm
from common.domain.clock import SECOND
from common.domain.house import House
from common.domain.order import Order
from common.errors import KnownError
from common.ui.begun import Begun
from common.ui.link import Link, PeerState
from common.ui.scenes import edges, noon
from common.ui.scenes.restaurant import NODES, Restaurant, at, origin_of
from common.ui.scenes.story import COLD, WOK, Story

LOST_FOR = 22
"""Seconds for which a machine that went away is not heard."""


class Scene(NamedTuple):
    """A screen of `station` at one moment; `adopted` are stations whose work it took over."""

    name: str
    restaurant: Restaurant
    link: Link
    peers: tuple[PeerState, ...]
    adopted: tuple[str, ...] = ()
    station: str = WOK
    begun: Begun = Begun()
    alarms: tuple[Alarm, ...] = ()

    @property
    def house(self) -> House:
        """The store."""
        return self.restaurant.house

    @property
    def orders(self) -> dict[bytes, Order]:
        """All orders, the closed ones too."""
        return self.restaurant.orders

    @property
    def now(self) -> int:
        """The mesh time (µs) of the moment."""
        return self.restaurant.now

    @property
    def roles(self) -> tuple[str, ...]:
        """What this machine does."""
        return (self.station,)

    @property
    def origin(self) -> bytes:
        """This machine's id."""
        return origin_of(self.station)


class _Told(NamedTuple):
    tell: Callable[[Story], None]
    lost: tuple[str, ...] = ()
    silent: bool = False
    adopted: tuple[str, ...] = ()


_SCENES: Mapping[str, _Told] = {
    "quiet": _Told(noon.quiet),
    "rush": _Told(noon.rush, lost=(COLD,)),
    "long_ticket": _Told(edges.long_ticket),
    "allergy": _Told(edges.allergy),
    "changes": _Told(edges.changes),
    "disconnected": _Told(noon.rush, silent=True),
    "adopted": _Told(edges.adopted, lost=(COLD,), adopted=(COLD,)),
    "empty": _Told(noon.empty),
    "250_of_one": _Told(edges.many_of_one),
    "40_lines": _Told(edges.many_lines),
    "60_character_names": _Told(edges.long_names),
    "two_allergies": _Told(edges.two_allergies),
    "all_held": _Told(edges.all_held),
    "99_tickets": _Told(edges.many_tickets),
}
NAMES = tuple(_SCENES)


def build(name: str, station: str = WOK) -> Scene:
    """The scene of this name at a machine, the same in every run. Raises KnownError."""
    if name not in _SCENES:
        known = ", ".join(NAMES)
        raise KnownError(
            f"there is no scene {name}; there are: {known}", f"没有场景 {name}；可用的有：{known}"
        )
    told = _SCENES[name]
    story = Story(name)
    told.tell(story)
    link = Link("silent" if told.silent else "live", at(noon.NOW) - LOST_FOR * SECOND)
    adopted = told.adopted if station == WOK else ()
    return Scene(name, story, link, _peers(station, told.lost), adopted, station, story.begun)


def _peers(station: str, lost: tuple[str, ...]) -> tuple[PeerState, ...]:
    return tuple(
        PeerState(node, (node,), node not in lost, LOST_FOR if node in lost else 0)
        for node in NODES
        if node != station
    )
