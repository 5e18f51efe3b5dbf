"""Who is told when commands crossed, and in which words. CONFLICTS.md has the cases."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from common.domain.house import EXPO, House
from common.domain.order import ANYWHERE, Notice, Order
from common.domain.portions import What
from common.domain.reasons import Words


class Audience(StrEnum):
    """Somebody who is told."""

    STATION = "station"
    """The station of the line, or the one that came second to it."""
    EXPO = "expo"
    COUNTER = "counter"
    """The counter that took the order."""


_ALL = (Audience.STATION, Audience.EXPO, Audience.COUNTER)

AUDIENCE: Mapping[What, tuple[Audience, ...]] = {
    What.VOIDED_WHILE_COOKING: _ALL,
    What.VOIDED_AFTER_COOKING: _ALL,
    What.VOIDED_AFTER_SERVING: (Audience.EXPO, Audience.COUNTER),
    What.VOIDED_TWICE: (Audience.EXPO, Audience.COUNTER),
    What.READY_TWICE: (Audience.STATION, Audience.EXPO),
    What.SERVED_TWICE: (Audience.EXPO, Audience.COUNTER),
    What.RECALLED_TOO_LATE: _ALL,
    What.CHANGE_TOO_LATE: _ALL,
    What.CHANGED_OVER: (Audience.STATION, Audience.COUNTER),
    What.CLAIMED_ELSEWHERE: (Audience.STATION, Audience.EXPO),
    What.STARTED_ON_HOLD: _ALL,
}

WORDS: Mapping[What, Words] = {
    What.VOIDED_WHILE_COOKING: Words("退菜时正在做", "voided while it was cooking"),
    What.VOIDED_AFTER_COOKING: Words("退菜时已经做好了", "voided after it was cooked"),
    What.VOIDED_AFTER_SERVING: Words("退菜时已经上餐了", "voided after it was served"),
    What.VOIDED_TWICE: Words("两处退了同一份，只退一份", "voided in two places, counted once"),
    What.READY_TWICE: Words("两处完成了同一份，只算一份", "made ready in two places, counted once"),
    What.SERVED_TWICE: Words("两处上了同一份，只算一份", "served in two places, counted once"),
    What.RECALLED_TOO_LATE: Words(
        "厨房找回时已经上餐了", "served although the kitchen took it back"
    ),
    What.CHANGE_TOO_LATE: Words("改动到厨房时已经做好了", "changed after it was ready"),
    What.CHANGED_OVER: Words(
        "两处改了同一个菜，以后改的为准", "changed in two places, the later stands"
    ),
    What.CLAIMED_ELSEWHERE: Words("别的档口已经接了这个菜", "taken by another station already"),
    What.STARTED_ON_HOLD: Words("等叫的菜已经开做", "on hold, but cooking has begun"),
}


def told(notice: Notice, order: Order, house: House) -> tuple[str, ...]:
    """The roles that are to hear of it."""
    roles: set[str] = set()
    for audience in AUDIENCE[notice.what]:
        match audience:
            case Audience.STATION if notice.station == ANYWHERE:
                roles.update(house.stations)
            case Audience.STATION:
                roles.add(notice.station)
            case Audience.EXPO:
                roles.add(EXPO)
            case Audience.COUNTER:
                counter = house.counter_of(order.submitted.origin) if order.submitted else None
                roles.update(() if counter is None else (counter,))
    return tuple(sorted(roles))
