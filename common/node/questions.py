"""Questions a screen may ask about orders, answered between two rounds as plain data."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

from common.domain.codec import Event
from common.domain.events import LinesAdded, OrderSubmitted
from common.domain.ids import Chain
from common.node.files import Files
from common.node.ledger import Ledger
from common.node.way import name_of, way_of

Args = Mapping[str, str | int]
_NUMBER = re.compile(r"([A-Z])([0-9]{1,9})(?:([B-Z])|-([0-9]{1,9}))?")
"""In capitals: A31, and for later holders of the same number A31b … A31z, A31-27 …"""


def roles(_: Files, ledger: Ledger, __: Args) -> Any:
    """Who is in the store: roster, stations, active menu."""
    house = ledger.house
    return {
        "store": None if house.config is None else house.config.name,
        "stations": list(house.stations),
        "nodes": [
            {
                "origin": node.node.hex(),
                "name": node.name,
                "roles": list(node.roles),
                "feed": node.feed,
                "router": node.router,
                "block": node.block,
            }
            for node in house.nodes.values()
        ],
    }


def trace(files: Files, ledger: Ledger, args: Args) -> Any:
    """An order's whole way: each event, who did it, and where it was stored when.

    `order` is a number (`A31`, with `day` as yyyymmdd or the newest day that has it), a door's
    reference, or an order id in hex.
    """
    order_id = find_order(ledger, str(args["order"]), int(args.get("day", 0)))
    order = None if order_id is None else ledger.orders.get(order_id)
    if order is None or order.head is None:
        return None
    return way_of(
        order,
        ledger.house,
        lambda event: _stored(files, ledger, event),
        lambda event: _held(files, ledger, event),
    )


def receipts(files: Files, ledger: Ledger, args: Args) -> Any:
    """Since when the dishes of an order (its id in hex) are on disks of the roles they went to.

    Each is the event that brought dishes, a role it is addressed to, and the earliest time at
    which a machine of that role had it.
    """
    order = ledger.orders.get(bytes.fromhex(str(args["order"])))
    if order is None:
        return None
    stored = [
        [event.origin.hex(), event.epoch, event.seq, role, at]
        for event in order.history
        if event.kind in _BRINGS
        for role, at in _since(files, ledger, event).items()
        if role in event.to
    ]
    return {"order": order.id.hex(), "stored": stored}


_BRINGS = (OrderSubmitted.__name__, LinesAdded.__name__)


def _since(files: Files, ledger: Ledger, event: Event) -> dict[str, int]:
    """Since when each role has an event: its maker from the start, others as they told."""
    times = {event.origin: event.at}
    for receipt in files.receipts.of(Chain(event.origin, event.epoch), event.seq):
        times[receipt.node] = receipt.stored_at
    found: dict[str, int] = {}
    for origin, at in times.items():
        node = ledger.house.nodes.get(origin)
        for role in () if node is None else node.roles:
            found[role] = min(at, found.get(role, at))
    return found


def find_order(ledger: Ledger, text: str, day: int) -> bytes | None:
    """The order that people mean by a number, a reference or an id."""
    house = ledger.house
    text = text.strip()
    numbered = _NUMBER.fullmatch(text.upper())
    if numbered is not None:
        prefix, digits, letter, count = numbered.groups()
        nth = ord(letter) - ord("A") if letter else int(count or 1) - 1
        days = [day] if day else sorted({e.day for e in house.entries(0)}, reverse=True)
        for each in days:
            holders = house.orders_numbered(each, prefix, int(digits))
            if 0 <= nth < len(holders):
                return holders[nth]
    found = [e for e in house.entries(day) if e.ref == text or e.order_id.hex() == text.lower()]
    return max(found, key=lambda e: e.key).order_id if found else None


def _stored(files: Files, ledger: Ledger, event: Event) -> list[dict[str, Any]]:
    return [
        {"node": name_of(ledger.house, receipt.node), "at": receipt.stored_at}
        for receipt in files.receipts.of(Chain(event.origin, event.epoch), event.seq)
    ]


def _held(files: Files, ledger: Ledger, event: Event) -> list[dict[str, Any]]:
    """Where an event is stored, this node's own disk included."""
    here = files.log.stored_at(event.id)
    mine = [] if here is None else [{"node": name_of(ledger.house, ledger.me), "at": here}]
    return mine + _stored(files, ledger, event)


QUESTIONS: Mapping[str, Callable[[Files, Ledger, Args], Any]] = {
    "receipts": receipts,
    "roles": roles,
    "trace": trace,
}
