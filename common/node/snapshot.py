"""The board for a screen that opens: what it needs to fold on from here."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from common.domain.codec import BadBytes, Event, encode_event
from common.domain.events import DishDefined, FloorDefined, MenuActivated, decode_payload
from common.domain.house import Entry, House
from common.node.ledger import Ledger
from common.node.screen_messages import CHUNK, ENTRIES, Snapshot, encode_chunk, encode_entries
from common.store.contract import Log

RECENT_DAYS = 1
"""Business days before the newest whose closed orders a screen still has to number against."""
RECALLABLE = 3_600_000_000
"""µs that a closed order is still given to a screen that opens, to recall it and for averages."""


def snapshot(
    log: Log, ledger: Ledger, origin: bytes, store_key: bytes, now: int
) -> tuple[Snapshot, list[bytes]]:
    """The head and the frames after it: recent orders' numbers, the house, the orders on the board.

    Those are the open ones and what was closed lately; `now` is mesh time.
    """
    node = ledger.house.nodes.get(origin)
    recent = _recent(ledger)
    index = [
        encode_entries(recent[start : start + ENTRIES]) for start in range(0, len(recent), ENTRIES)
    ]
    roles = node.roles if node else ()
    head = Snapshot(log.last_commit, origin, store_key, roles, len(index))
    return head, [*index, *_chunks([*_house(log, ledger), *_orders(ledger, now)])]


def _house(log: Log, ledger: Ledger) -> Iterator[bytes]:
    for event in log.house_events():
        if event.kind not in _REPLACED or _counts(event, ledger.house):
            yield encode_event(event)


_REPLACED = (DishDefined.__name__, MenuActivated.__name__, FloorDefined.__name__)


def _counts(event: Event, house: House) -> bool:
    """Whether it is of the menu or the floor as they are: old orders carry what they need."""
    try:
        match decode_payload(event):
            case DishDefined(version) | MenuActivated(version):
                return house.active is None or version == house.active.version
            case floor:
                return floor == house.floor
    except BadBytes:
        return False  # of a later Passline; the screen could not read it either


def _orders(ledger: Ledger, now: int) -> Iterator[bytes]:
    since = now - RECALLABLE
    closed = (order for order in ledger.orders.closed() if order.history[-1].at >= since)
    for order in (*closed, *ledger.orders.open()):
        for event in order.history:
            yield encode_event(event)


def _recent(ledger: Ledger) -> list[Entry]:
    days = sorted({entry.day for entry in ledger.house.entries(0)})[-1 - RECENT_DAYS :]
    return ledger.house.entries(days[0]) if days else []


def _chunks(raws: Iterable[bytes]) -> Iterator[bytes]:
    chunk: list[bytes] = []
    size = 0
    for raw in raws:
        if chunk and size + len(raw) > CHUNK:
            yield encode_chunk(chunk)
            chunk, size = [], 0
        chunk.append(raw)
        size += len(raw) + 5
    if chunk:
        yield encode_chunk(chunk)
