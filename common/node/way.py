"""An order's whole way as plain data: what a node answers to `trace`, and a scene as well."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from common.domain.codec import Event
from common.domain.events import OrderSubmitted, Table
from common.domain.house import House
from common.domain.order import Order

Stored = Callable[[Event], list[dict[str, Any]]]
"""Where else an event was stored: for each machine `node`, its name, and `at`, a mesh time."""


def way_of(order: Order, house: House, stored: Stored) -> dict[str, Any] | None:
    """Every event of an order, who did it, and where it was stored when."""
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


def _step(event: Event, house: House, stored: Stored) -> dict[str, Any]:
    node = house.nodes.get(event.origin)
    return {
        "at": event.at,
        "kind": event.kind,
        "node": node.name if node else event.origin.hex(),
        "actor": event.actor,
        "to": list(event.to),
        "event": f"{event.origin.hex()[:8]}:{event.epoch:x}:{event.seq}",
        "stored": stored(event),
    }
