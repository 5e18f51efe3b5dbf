"""Who has to hear of an event: roles, worked out once by decide and kept in the event."""

from __future__ import annotations

from collections.abc import Iterable

from common.domain.codec import Event
from common.domain.house import COUNTER, EXPO, House


def kitchen(house: House, stations: Iterable[str | None]) -> tuple[str, ...]:
    """The stations of lines and the pass; a line without a station concerns every kitchen."""
    roles: set[str] = set()
    for station in stations:
        roles.update((station,) if station else house.stations)
    roles.add(EXPO)
    return tuple(sorted(roles))


def pass_and_counter(house: House, submitted: Event) -> tuple[str, ...]:
    """The pass and the counter that took the order."""
    counter = house.counter_of(submitted.origin)
    return (EXPO,) if counter is None or counter == EXPO else tuple(sorted((EXPO, counter)))


def counters(house: House) -> tuple[str, ...]:
    """Every counter of the house: whoever is asked for the bill has to know what was paid."""
    roles = {role for node in house.nodes.values() for role in node.roles}
    return tuple(sorted(role for role in roles if role.startswith(COUNTER)))
