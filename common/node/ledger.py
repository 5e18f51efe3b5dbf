"""What the node knows: the house and the orders in reach."""

from __future__ import annotations

import logging
from collections import OrderedDict

from common.domain.codec import Event
from common.domain.house import House
from common.domain.ids import HOUSE
from common.domain.order import Order
from common.node.files import Files
from common.node.trust import trusting_house
from common.store.contract import LogReads

_log = logging.getLogger(__name__)

CLOSED_KEPT = 256
"""Closed orders kept folded in memory; others are read again when something touches them."""
RECENT_EVENTS = 2_048
"""Events before the last whose orders are read at the start, closed or not: about a busy hour, so
that a node that starts again has for its screens what they may recall."""


class Orders:
    """The orders in reach: the open ones, the lately closed, and any other on demand.

    What comes is folded when somebody asks for its order: most of what other stations do is asked
    for by nobody until it is projected, and a fold in between would stand in a commit's way.
    """

    def __init__(self, log: LogReads) -> None:
        self._log = log
        self._open: dict[bytes, Order] = {}
        self._closed: OrderedDict[bytes, Order] = OrderedDict()
        self._waiting: dict[bytes, list[Event]] = {}
        self._unfoldable: set[bytes] = set()

    def apply(self, event: Event) -> None:
        """Take an event in, to be folded when its order is asked for."""
        if event.subject not in self._unfoldable:
            self._waiting.setdefault(event.subject, []).append(event)

    def get(self, order_id: bytes) -> Order | None:
        """An order with all that was taken in; None where there is nothing that can be folded."""
        order = self._open.get(order_id) or self._closed.get(order_id)
        if order_id in self._unfoldable or (order and order_id not in self._waiting):
            return order
        news = [] if order else self._log.events_of(order_id)
        news += self._waiting.pop(order_id, ())
        if not news:
            return None
        try:
            order = order or Order(order_id)
            for event in news:
                order.apply(event)
        except Exception:  # noqa: BLE001 a bug costs this order's picture, and leaves its trace
            self._give_up(order_id)
            return None
        self._shelve(order)
        return order

    def _give_up(self, order_id: bytes) -> None:
        """The same events would meet the same bug again: leave the order alone until a restart."""
        _log.exception("order %s can't be folded", order_id.hex())
        self._unfoldable.add(order_id)
        self._open.pop(order_id, None)
        self._closed.pop(order_id, None)

    def open(self) -> list[Order]:
        """The orders that are not closed."""
        self._fold_all()
        return list(self._open.values())

    def closed(self) -> list[Order]:
        """The closed orders that are still kept; the one touched last comes last."""
        self._fold_all()
        return list(self._closed.values())

    def _fold_all(self) -> None:
        for order_id in list(self._waiting):
            self.get(order_id)

    def _shelve(self, order: Order) -> None:
        if not order.closed:
            self._closed.pop(order.id, None)
            self._open[order.id] = order
            return
        self._open.pop(order.id, None)
        self._closed[order.id] = order
        self._closed.move_to_end(order.id)
        if len(self._closed) > CLOSED_KEPT:
            self._closed.popitem(last=False)


class Ledger:
    """House and orders as of the last commit, and what is decided on top of it in this round."""

    def __init__(self, log: LogReads, house: House, me: bytes = b"") -> None:
        self.me = me
        self.house = house
        self.orders = Orders(log)
        self.dirty: set[bytes] = set()

    def apply(self, event: Event) -> None:
        """Take an event into house and order."""
        self.recall(event)
        if event.subject != HOUSE:
            self.orders.apply(event)
        self.dirty.add(event.subject)

    def recall(self, event: Event) -> None:
        """Take an event into the house only; a bug in its fold leaves a trace, and no more."""
        try:
            self.house.apply(event)
        except Exception:  # noqa: BLE001 service goes on
            _log.exception("event %s:%d can't be folded", event.origin.hex()[:8], event.seq)


def read_ledger(files: Files, store_key: bytes, me: bytes) -> Ledger:
    """The ledger of a node as its files tell it; what is not projected yet is dirty."""
    log, mirror = files.log, files.mirror
    house = trusting_house(store_key)
    ledger = Ledger(log, house, me)
    for event in log.house_events():
        ledger.recall(event)
    for entry in mirror.entries():
        house.index(entry)
    behind = set(log.subjects_since(mirror.projected_commit()))
    recent = set(log.subjects_since(max(0, log.last_commit - RECENT_EVENTS)))
    for order_id in (behind | recent) - {HOUSE} | set(mirror.open_orders()):
        order = ledger.orders.get(order_id)
        if order is not None and order.submitted is not None:
            ledger.recall(order.submitted)
    ledger.dirty |= behind
    return ledger
