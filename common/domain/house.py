"""The house: what belongs to no single order. Roster, settings, menus, floor, index of orders.

Every entry is kept with the event that wrote it and the later one in the order of events wins, so
house events may come in any sequence and nothing has to be folded again.
"""

from __future__ import annotations

from bisect import insort
from collections.abc import Callable, Iterable
from typing import NamedTuple

import msgspec

from common.domain import events as ev
from common.domain.codec import BadBytes, Event
from common.domain.ids import HOUSE, EventKey

EXPO = "expo"
"""The role of the pass."""
COUNTER = "counter"
"""Roles of counters begin with this word."""

BLOCK = 300
"""Order numbers a node has for itself, per prefix and day, before it goes on 3000 higher."""
BLOCK_STRIDE = 3000
BLOCKS = BLOCK_STRIDE // BLOCK
"""Nodes that have a block of their own; the next ones share, and equal numbers get letters."""

Signed = ev.StoreConfigured | ev.NodeEnrolled


def kitchen_stations(roles: Iterable[str]) -> list[str]:
    """Those of a node's roles that are stations of the kitchen."""
    return [role for role in roles if role != EXPO and not role.startswith(COUNTER)]


def signed_record_message(store_id: bytes, record: Signed) -> bytes:
    """What the store key signs in a settings or roster record: all of it but the signature."""
    facts = [getattr(record, name) for name in record.__struct_fields__ if name != "signature"]
    return b"".join(
        (b"passline-", type(record).__name__.encode(), b"-1", store_id, _encoder.encode(facts))
    )


_encoder = msgspec.msgpack.Encoder()


class Entry(NamedTuple):
    """An order in the index; entries sort by when they came in the order of events."""

    key: EventKey
    order_id: bytes
    day: int
    prefix: str
    digits: int
    door: str
    ref: str | None
    provider: str | None
    pickup_no: str | None

    @classmethod
    def of(cls, submitted: Event, head: ev.OrderSubmitted) -> Entry:
        """The entry of an order that was submitted."""
        place = (head.day, head.prefix, head.digits, head.door, head.ref, head.provider)
        return cls(submitted.key, submitted.subject, *place, head.pickup_no)


class Menu:
    """One version of the menu, as far as its events have arrived."""

    def __init__(self) -> None:
        self.dishes: dict[str, ev.DishDefined] = {}
        self._keys: dict[str, EventKey] = {}
        self._by_name: dict[str, ev.DishDefined] | None = None

    def define(self, key: EventKey, dish: ev.DishDefined) -> None:
        """Take a dish in; the later definition of a sku wins."""
        if dish.sku in self._keys and self._keys[dish.sku] > key:
            return
        self._keys[dish.sku] = key
        self.dishes[dish.sku] = dish
        self._by_name = None

    def find(self, sku: str | None, *names: str) -> ev.DishDefined | None:
        """The dish by its sku, else by exactly its name: platforms often send names only."""
        if sku is not None and sku in self.dishes:
            return self.dishes[sku]
        if self._by_name is None:
            self._by_name = self._named()
        known = (self._by_name.get(name) for name in names if name)
        return next((dish for dish in known if dish is not None), None)

    def _named(self) -> dict[str, ev.DishDefined]:
        """The dishes by name; where two share one, the first in the order of events has it."""
        backwards = sorted(self.dishes, key=self._keys.__getitem__, reverse=True)
        dishes = [self.dishes[sku] for sku in backwards]
        return {name: dish for dish in dishes for name in (dish.zh, dish.en)}


class House:
    """The store as its events tell it. `genuine` tells whether a signed record is the store's."""

    def __init__(self, genuine: Callable[[Signed], bool] = lambda _: True) -> None:
        self.config: ev.StoreConfigured | None = None
        self.nodes: dict[bytes, ev.NodeEnrolled] = {}
        self.active: ev.MenuActivated | None = None
        self.floor: ev.FloorDefined | None = None
        self._genuine = genuine
        self._menus: dict[bytes, Menu] = {}
        self._tables: dict[str, ev.Table] = {}
        self._keys: dict[object, EventKey] = {}
        self._numbers: dict[tuple[int, str, int], list[Entry]] = {}
        self._refs: dict[tuple[str, str, int], list[Entry]] = {}
        self._last: dict[tuple[int, str, int], int] = {}
        self._entries: dict[bytes, Entry] = {}

    # -- taking events in

    def apply(self, event: Event) -> bool:
        """Take in a house event, or an order's submission for the index; False for others."""
        submission = event.kind == ev.OrderSubmitted.__name__
        if (event.subject == HOUSE) == submission:
            return False
        try:
            payload = ev.decode_payload(event)
        except BadBytes:
            return False
        if isinstance(payload, ev.OrderSubmitted):
            self.index(Entry.of(event, payload))
            return True
        return self._take(event.key, payload)

    def _take(self, key: EventKey, payload: ev.Payload | None) -> bool:
        match payload:
            case ev.DishDefined():
                self._menus.setdefault(payload.version, Menu()).define(key, payload)
            case ev.MenuActivated() if self._later("menu", key):
                self.active = payload
            case ev.FloorDefined() if self._later("floor", key):
                self.floor = payload
                self._tables = {table.id: table for table in payload.tables}
            case ev.StoreConfigured() if self._genuine(payload) and self._later("config", key):
                self.config = payload
            case ev.NodeEnrolled() if self._genuine(payload) and self._later(payload.node, key):
                self.nodes[payload.node] = payload
            case _:
                return False
        return True

    def _later(self, slot: object, key: EventKey) -> bool:
        if slot in self._keys and self._keys[slot] > key:
            return False
        self._keys[slot] = key
        return True

    def index(self, entry: Entry) -> None:
        """Note an order's number and reference."""
        known = self._entries.get(entry.order_id)
        if known is not None:
            if known.key <= entry.key:
                return  # of two submissions of one order the first in order stands
            for entries in (*self._numbers.values(), *self._refs.values()):
                if known in entries:
                    entries.remove(known)
        self._entries[entry.order_id] = entry
        if entry.prefix:
            insort(self._numbers.setdefault((entry.day, entry.prefix, entry.digits), []), entry)
            block, nth = _place_in_block(entry.digits)
            slot = (entry.day, entry.prefix, block)
            self._last[slot] = max(nth, self._last.get(slot, -1))
        if entry.ref is not None:
            insort(self._refs.setdefault(_ref_slot(entry), []), entry)

    # -- what others read

    @property
    def menu(self) -> Menu:
        """The active menu; an empty one before the first import."""
        if self.active is None:
            return Menu()
        return self._menus.setdefault(self.active.version, Menu())

    def menu_version_known(self, version: bytes) -> bool:
        """Whether any dish of this version has arrived."""
        return version in self._menus

    @property
    def stations(self) -> tuple[str, ...]:
        """The kitchen's stations, in the menu's order."""
        return () if self.active is None else tuple(named.id for named in self.active.stations)

    def table(self, table_id: str | None) -> ev.Table | None:
        """The table that an order names; None where the floor has none of that id."""
        return None if table_id is None else self._tables.get(table_id)

    def counter_of(self, origin: bytes) -> str | None:
        """The role at which a node's orders are taken: its counter role, else its first."""
        node = self.nodes.get(origin)
        if node is None or not node.roles:
            return None
        return next((role for role in node.roles if role.startswith(COUNTER)), node.roles[0])

    def holders(self, role: str) -> list[bytes]:
        """The nodes that hold a role."""
        return [origin for origin, node in self.nodes.items() if role in node.roles]

    def entries(self, since_day: int) -> list[Entry]:
        """The index from a business day on."""
        return [entry for entry in self._entries.values() if entry.day >= since_day]

    def order_with_ref(self, head: ev.OrderSubmitted) -> bytes | None:
        """The first order with this door and reference, if one is known."""
        entries = self._refs.get(_ref_slot(head)) if head.ref is not None else None
        return entries[0].order_id if entries else None

    def duplicate_of(self, order_id: bytes, head: ev.OrderSubmitted) -> bytes | None:
        """The order that this one repeats: the first with its reference, unless it is that."""
        first = self.order_with_ref(head)
        return None if first == order_id else first

    def orders_numbered(self, day: int, prefix: str, digits: int) -> list[bytes]:
        """The orders that carry a number, the first taken first."""
        return [entry.order_id for entry in self._numbers.get((day, prefix, digits), ())]

    def number(self, order_id: bytes) -> str:
        """The number as people say it: `A31`, for a later holder of the same one `A31b`.

        A platform's own is `美团 #12`; an order that is not known has none.
        """
        entry = self._entries.get(order_id)
        if entry is None:
            return ""
        if not entry.prefix:
            return f"{entry.provider or entry.door} #{entry.pickup_no or ''}"
        nth = self.orders_numbered(entry.day, entry.prefix, entry.digits).index(order_id)
        suffix = "" if nth == 0 else chr(ord("a") + nth) if nth < 26 else f"-{nth + 1}"
        return f"{entry.prefix}{entry.digits}{suffix}"

    def next_digits(self, day: int, prefix: str, origin: bytes) -> int:
        """The next free number of a node's own block."""
        node = self.nodes.get(origin)
        block = (node.block if node is not None else 0) // BLOCK % BLOCKS
        nth = self._last.get((day, prefix, block), -1) + 1
        if block == 0 and nth == 0:
            nth = 1  # nobody is called number nought
        return block * BLOCK + nth % BLOCK + nth // BLOCK * BLOCK_STRIDE


def _place_in_block(digits: int) -> tuple[int, int]:
    lap, rest = divmod(digits, BLOCK_STRIDE)
    block, nth = divmod(rest, BLOCK)
    return block, lap * BLOCK + nth


def _ref_slot(head: ev.OrderSubmitted | Entry) -> tuple[str, str, int]:
    """A platform's reference is unique for ever, any other door's for a business day."""
    return (head.door, head.ref or "", 0 if head.provider else head.day)
