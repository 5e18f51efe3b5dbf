"""What an order costs and what was paid for it, in minor units of its currency."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from common.domain.events import Fee
from common.domain.ids import EventId, Id
from common.domain.line import Line
from common.domain.money import LIMIT
from common.domain.portions import State

AT_COUNTER = "counter"
"""The `payment` of an order that is to be paid at a counter of ours."""


class Payment(msgspec.Struct, frozen=True, array_like=True):
    """Money that a counter took; `check` names which of the order's checks, None the order."""

    event: EventId
    at: int
    amount: int
    method: str
    check: Id | None


def price_of(line: Line) -> int:
    """What a line costs: what of it is not void, with its modifiers.

    A combo costs its own price as long as any of its dishes is wanted.
    """
    record = line.record
    wanted = sum(not portion.voids for portion in line.portions) * 1000
    if record.combo or line.weighed:
        wanted = 0 if line.state is State.VOID else record.qty
    each = record.price + sum(wish.price * wish.qty for wish in line.modifiers)
    return (each * wanted + 500) // 1000  # half up


def total_of(lines: Iterable[Line], fees: Iterable[Fee]) -> int:
    """What an order costs; one of which nothing is left costs nothing, fees included."""
    wanted = [line for line in lines if line.state is not State.VOID]
    if not wanted:
        return 0
    return bounded(sum(map(price_of, wanted)) + sum(fee.amount for fee in fees))


def bounded(amount: int) -> int:
    """No sum is beyond what every reader keeps exactly, whatever its parts are."""
    return max(-LIMIT, min(LIMIT, amount))
