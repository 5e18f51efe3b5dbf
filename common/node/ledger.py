"""What the node's writer knows: the house, the orders in reach, and its own chain's end."""

from __future__ import annotations

import logging
import secrets
from collections import OrderedDict
from collections.abc import Callable, Iterable
from typing import NamedTuple

from common.domain.codec import (
    CHAIN_START,
    MAX_GROUP_BYTES,
    MAX_GROUP_EVENTS,
    Event,
    Group,
    encode_event,
    next_checksum,
    seal_group,
)
from common.domain.decide import Draft
from common.domain.house import House
from common.domain.ids import HOUSE, Chain
from common.domain.order import Order, fold_order
from common.store.contract import Accepted, LogReads

_log = logging.getLogger(__name__)

CLOSED_KEPT = 256
"""Closed orders kept folded in memory; others are read again when something touches them."""


class Place(NamedTuple):
    """The end of the node's own chain: the last event's number and checksum."""

    seq: int
    checksum: bytes
    lamport: int


class Pen:
    """Writes this node's chain: gives events their identity and order, and seals groups.

    The epoch is minted here, anew at each start, and reaches the disk with the first event.
    """

    def __init__(
        self, origin: bytes, store_id: bytes, sign: Callable[[bytes], bytes], lamport: int
    ) -> None:
        self.chain = Chain(origin, secrets.randbits(48))
        self.place = Place(0, CHAIN_START, lamport)
        self._store_id = store_id
        self._sign = sign

    def heard(self, lamport: int) -> None:
        """An event of another node was seen: what is written from now on comes after it."""
        if lamport > self.place.lamport:
            self.place = self.place._replace(lamport=lamport)

    def write(self, draft: Draft, cmd_id: bytes, actor: str, at: int) -> tuple[Event, bytes]:
        """Make a draft the next event of the chain."""
        seq, checksum, lamport = self.place
        event = Event(
            *self.chain,
            seq + 1,
            lamport + 1,
            at,
            draft.kind,
            draft.subject,
            cmd_id,
            actor,
            draft.to,
            1,
            draft.payload,
        )
        raw = encode_event(event)
        self.place = Place(seq + 1, next_checksum(checksum, raw), lamport + 1)
        return event, raw

    def seal(self, before: Place, raws: list[bytes]) -> Group:
        """The group of what was written since `before`."""
        return seal_group(
            self.chain, before.seq + 1, before.checksum, raws, self._store_id, self._sign
        )


class Draught:
    """What the node itself writes in one round, as groups that no command spans."""

    def __init__(self, pen: Pen) -> None:
        self._pen = pen
        self._start = self._before = pen.place
        self._events: list[Event] = []
        self._raws: list[bytes] = []
        self._size = 0
        self.groups: list[Accepted] = []

    def write(
        self, drafts: Iterable[Draft], cmd_id: bytes, actor: str, at: int
    ) -> tuple[Event, ...]:
        """Write one command's events."""
        drafts = tuple(drafts)
        begun = self._pen.place
        written = [self._pen.write(draft, cmd_id, actor, at) for draft in drafts]
        size = sum(len(raw) for _, raw in written)
        full = len(self._events) + len(written) > MAX_GROUP_EVENTS
        if self._events and (full or self._size + size > MAX_GROUP_BYTES):
            self._close_group()
            self._before = begun
        self._events += (event for event, _ in written)
        self._raws += (raw for _, raw in written)
        self._size += size
        return tuple(event for event, _ in written)

    def close(self) -> None:
        """Seal what is still open."""
        if self._events:
            self._close_group()

    def take_back(self) -> None:
        """Nothing of this became durable: the chain goes on where it stood."""
        self._pen.place = self._start._replace(lamport=self._pen.place.lamport)

    def _close_group(self) -> None:
        group = self._pen.seal(self._before, self._raws)
        self.groups.append(Accepted(group, tuple(self._events)))
        self._events, self._raws, self._size = [], [], 0


class Orders:
    """The orders in reach: the open ones, the lately closed, and any other on demand."""

    def __init__(self, log: LogReads) -> None:
        self._log = log
        self._open: dict[bytes, Order] = {}
        self._absent = b""
        self._closed: OrderedDict[bytes, Order] = OrderedDict()
        self._unfoldable: set[bytes] = set()

    def get(self, order_id: bytes) -> Order | None:
        """An order as the log tells it; None where the log has nothing of it that can be folded."""
        order = self._open.get(order_id) or self._closed.get(order_id)
        if order is not None or order_id in self._unfoldable:
            return order
        # The submission of an order asks twice, to decide and to fold.
        history = [] if order_id == self._absent else self._log.events_of(order_id)
        if not history:
            self._absent = order_id
            return None
        try:
            order = fold_order(order_id, history)
        except Exception:  # noqa: BLE001 a bug leaves its trace and service goes on
            self._give_up(order_id)
            return None
        self._shelve(order)
        return order

    def apply(self, event: Event) -> None:
        """Fold an event into its order; a bug in the fold costs that order's picture only."""
        order = self.get(event.subject)
        if event.subject in self._unfoldable:
            return
        if order is None:
            self._absent = b""
            order = Order(event.subject)
        try:
            order.apply(event)
        except Exception:  # noqa: BLE001 a bug leaves its trace and service goes on
            self._give_up(event.subject)
            return
        self._shelve(order)

    def _give_up(self, order_id: bytes) -> None:
        """The same events would meet the same bug again: leave the order alone until a restart."""
        _log.exception("order %s can't be folded", order_id.hex())
        self._unfoldable.add(order_id)
        self._open.pop(order_id, None)
        self._closed.pop(order_id, None)

    def open(self) -> list[Order]:
        """The orders that are not closed."""
        return list(self._open.values())

    def closed(self) -> list[Order]:
        """The closed orders that are still kept; the one touched last comes last."""
        return list(self._closed.values())

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

    def __init__(self, log: LogReads, house: House) -> None:
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
