"""An order's whole way as plain data: what a node answers to `trace`, and a scene as well."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from common.domain.codec import Event
from common.domain.events import OrderSubmitted, Table
from common.domain.house import House
from common.domain.order import Order

Stored = Callable[[Event], list[dict[str, Any]]]
"""Where else an event was stored: for each machine `node`, its name, and `at`, a mesh time."""


def way_of(
    order: Order, house: House, stored: Stored, held: Stored | None = None
) -> dict[str, Any] | None:
    """Every event of an order, who did it, and where it was stored when.

    `held` adds the machine that answers to where an event was `stored` else.
    """
    head = order.head
    if head is None:
        return None
    return {
        "order_id": order.id.hex(),
        "number": house.number(order.id),
        "day": head.day,
        "channel": head.channel,
        "table": head.table,
        "table_name": _names_of(house.table(head.table)),
        "state": order.state.name.lower(),
        "lines": [
            {
                "line_id": line.key,
                "zh": line.record.zh,
                "en": line.record.en,
                "qty": line.record.qty,
                "unit": line.record.unit,
                "station": line.station,
                "state": line.state.name.lower(),
            }
            for line in order.lines.values()
        ],
        "bill": _bill(order, head),
        "steps": [_step(event, house, stored) for event in order.history],
        "deliveries": list(_deliveries(order, house, held or stored)),
        "notices": [
            {"what": told.what.value, "line_id": order.lines[told.line].key, "at": told.at}
            for told in order.notices
        ],
    }


def _names_of(table: Table | None) -> dict[str, str] | None:
    return None if table is None else {"zh": table.zh, "en": table.en}


def _bill(order: Order, head: OrderSubmitted) -> dict[str, Any]:
    """What it costs in minor units, what was paid, and what is due at a counter of ours."""
    return {
        "currency": head.currency,
        "payment": head.payment,
        "total": order.total,
        "paid": order.paid,
        "due": order.due,
        "payments": [
            {"at": payment.at, "amount": payment.amount, "method": payment.method}
            for payment in order.payments
        ],
    }


def _deliveries(order: Order, house: House, held: Stored) -> Iterator[dict[str, Any]]:
    """The way of each news to each role, as far as it is known here: who has it, who saw it.

    `saved` is where and when it was written, `stored` which holders of the role have it since when.
    """
    for role, news in order.sent.items():
        holders = [name_of(house, node) for node in house.holders(role)]
        shown, seen = order.shown_at.get(role, {}), order.seen_at.get(role, {})
        for event in news:
            yield {
                "role": role,
                "kind": event.kind,
                "event": _name(event),
                "holders": holders,
                "saved": {"node": name_of(house, event.origin), "at": event.at},
                "stored": [each for each in held(event) if each["node"] in holders],
                "shown": shown.get(event.id),
                "seen": seen.get(event.id),
            }


def name_of(house: House, origin: bytes) -> str:
    """A machine as people call it."""
    node = house.nodes.get(origin)
    return node.name if node else origin.hex()


def _name(event: Event) -> str:
    return f"{event.origin.hex()[:8]}:{event.epoch:x}:{event.seq}"


def _step(event: Event, house: House, stored: Stored) -> dict[str, Any]:
    return {
        "at": event.at,
        "kind": event.kind,
        "node": name_of(house, event.origin),
        "actor": event.actor,
        "to": list(event.to),
        "event": _name(event),
        "stored": stored(event),
    }
