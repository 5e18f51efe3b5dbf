"""Questions a screen may ask about orders, answered between two rounds as plain data."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from common.domain.codec import Event
from common.domain.events import OrderSubmitted
from common.domain.ids import Chain
from common.domain.order import Order
from common.node.files import Files
from common.node.ledger import Ledger

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
    head = order.head
    return {
        "order_id": order.id.hex(),
        "number": ledger.house.number(order.id),
        "day": head.day,
        "channel": head.channel,
        "table": head.table,
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
        "steps": [_step(files, ledger, event) for event in order.history],
        "deliveries": list(deliveries(files, ledger, order)),
        "notices": [
            {"what": told.what.value, "line_id": order.lines[told.line].key, "at": told.at}
            for told in order.notices
        ],
    }


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


def deliveries(files: Files, ledger: Ledger, order: Order) -> Iterator[dict[str, Any]]:
    """The way of each news to each role, as far as this node knows: who has it, who saw it.

    `saved` is where and when it was written, `stored` which holders of the role have it since
    when: of own events by their acks, of a role of ours by this log.
    """
    for role, news in order.sent.items():
        holders = ledger.house.holders(role)
        shown, seen = order.shown_at.get(role, {}), order.seen_at.get(role, {})
        for event in news:
            receipts = files.receipts.of(event.id.chain, event.seq)
            stored = {each.node: each.stored_at for each in receipts if each.node in holders}
            if ledger.me in holders and (here := files.log.stored_at(event.id)) is not None:
                stored[ledger.me] = here
            yield {
                "role": role,
                "kind": event.kind,
                "event": _name(event),
                "holders": [_node(ledger, node) for node in holders],
                "saved": {"node": _node(ledger, event.origin), "at": event.at},
                "stored": [{"node": _node(ledger, node), "at": at} for node, at in stored.items()],
                "shown": shown.get(event.id),
                "seen": seen.get(event.id),
            }


def _name(event: Event) -> str:
    return f"{event.origin.hex()[:8]}:{event.epoch:x}:{event.seq}"


def _node(ledger: Ledger, origin: bytes) -> str:
    """A node as people call it."""
    node = ledger.house.nodes.get(origin)
    return node.name if node else origin.hex()


def _step(files: Files, ledger: Ledger, event: Event) -> dict[str, Any]:
    return {
        "at": event.at,
        "kind": event.kind,
        "node": _node(ledger, event.origin),
        "actor": event.actor,
        "to": list(event.to),
        "event": _name(event),
        "stored": [
            {"node": _node(ledger, receipt.node), "at": receipt.stored_at}
            for receipt in files.receipts.of(Chain(event.origin, event.epoch), event.seq)
        ],
    }


QUESTIONS: Mapping[str, Callable[[Files, Ledger, Args], Any]] = {"roles": roles, "trace": trace}
