"""The projections: folded orders and the roster as tables, for people's programs to read.

They follow the log in transactions of their own, behind every ack; `progress` tells how far. What
a crash takes of them is folded again from the log.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import msgspec
from msgspec.structs import asdict
from sqlalchemy import Connection, RowMapping, delete, insert, select, text

from common.domain.bill import Payment
from common.domain.delivery import Shown
from common.domain.house import Entry, House
from common.domain.ids import EventKey, line_key
from common.domain.order import ANYWHERE, FOLD_VERSION, Line, Order
from common.domain.portions import State
from common.store.engine import behind_acks, transaction
from common.store.receipts import Receipt
from common.store.schema import NOT_CLOSED, p_line, p_node, p_order, p_stored, progress
from common.store.statements import text_of

_ORDER_STATES = {State.READY: "ready", State.SERVED: "served", State.VOID: "void"}
_STATES = tuple(state.name.lower() for state in State)

Row = tuple[object, ...]


class Mirror:
    """Writes the projections over the log's own connection."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._put_order = text_of(insert(p_order).prefix_with("OR REPLACE"))
        self._put_line = text_of(insert(p_line).prefix_with("OR REPLACE"))
        self._put_stored = text_of(insert(p_stored).prefix_with("OR IGNORE"))
        self._cut_lines = "DELETE FROM p_line WHERE order_id = ? AND position >= ?"
        self._move_on = "UPDATE progress SET projected_commit = ?"

    def write(
        self, orders: Iterable[Order], house: House | None, upto: int | None, me: bytes = b""
    ) -> None:
        """Write these orders as they stand now, and the roster if a house is given.

        `me` is the node whose file it is. `upto`: with these, all that the log holds up to this
        commit number is projected. Raises StoreError, and then nothing of it was written.
        """
        known = [order for order in orders if order.head is not None]
        lines = [
            _line_row(order.id, position, line)
            for order in known
            for position, line in enumerate(order.lines.values())
        ]
        with behind_acks(self._connection), transaction(self._connection) as connection:
            if known:
                connection.exec_driver_sql(self._put_order, [_order_row(order) for order in known])
                cuts = [(order.id, len(order.lines)) for order in known]
                connection.exec_driver_sql(self._cut_lines, cuts)
            if lines:
                connection.exec_driver_sql(self._put_line, lines)
            if house is not None:
                _write_nodes(connection, house, me)
            if upto is not None:
                connection.exec_driver_sql(self._move_on, (upto,))

    def note_stored(self, receipts: Iterable[Receipt]) -> None:
        """Keep what other nodes told to have stored. Raises StoreError."""
        rows = [tuple(receipt[:5]) for receipt in receipts]
        with behind_acks(self._connection), transaction(self._connection) as connection:
            connection.exec_driver_sql(self._put_stored, rows)

    def projected_commit(self) -> int:
        """The commit number up to which the projections show the log."""
        with transaction(self._connection) as connection:
            return connection.scalar(select(progress.c.projected_commit)) or 0

    def open_orders(self) -> list[bytes]:
        """The orders that, as projected, are not closed: neither served nor void, or not paid."""
        statement = select(p_order.c.order_id).where(text(NOT_CLOSED))
        with transaction(self._connection) as connection:
            return list(connection.scalars(statement))

    def entries(self) -> list[Entry]:
        """The projected orders' places in the house's index."""
        names = ("lamport", "origin", "epoch", "seq", *Entry._fields[1:])
        with transaction(self._connection) as connection:
            rows = connection.execute(select(*(p_order.c[name] for name in names))).mappings()
            return [_entry(row) for row in rows]


def _entry(row: RowMapping) -> Entry:
    key = EventKey(row["lamport"], row["origin"], row["epoch"], row["seq"])
    return Entry(key, *(row[name] for name in Entry._fields[1:]))


def _order_row(order: Order) -> Row:
    head, submitted = order.head, order.submitted
    if head is None or submitted is None:
        raise ValueError("an order whose submission has not come has no row")
    return (
        order.id,
        *submitted.key,
        submitted.at,
        head.day,
        head.prefix,
        head.digits,
        head.channel,
        head.provider,
        head.pickup_no,
        head.door,
        head.ref,
        0 if head.provider else head.day,
        head.table,
        head.covers,
        head.due_at,
        head.note,
        _json(head.allergies),
        head.priority,
        head.utensils,
        _json([asdict(fee) for fee in head.fees]),
        head.currency,
        _json(head.marks),
        head.side,
        _ORDER_STATES.get(order.state, "open"),
        len(order.rushes),
        FOLD_VERSION,
        order.digest(),
        _json([_shown_row(shown) for shown in order.shown]),
        head.payment,
        order.total,
        order.paid,
        order.due,
        _json([_payment_row(payment) for payment in order.payments]),
        _json(list(_sent_rows(order))),
    )


def _sent_rows(order: Order) -> Iterator[Row]:
    for role, news in order.sent.items():
        shown, seen = order.shown_at.get(role, {}), order.seen_at.get(role, {})
        for event in news:
            origin, epoch, seq = event.id
            marks = shown.get(event.id), seen.get(event.id)
            yield role, origin.hex(), epoch, seq, event.at, *marks


def _payment_row(payment: Payment) -> Row:
    origin, epoch, seq = payment.event
    check = None if payment.check is None else payment.check.hex()
    return origin.hex(), epoch, seq, payment.at, payment.amount, payment.method, check


def _shown_row(shown: Shown) -> Row:
    origin, epoch, seq = shown.event
    return shown.station, origin.hex(), epoch, seq, shown.shown_at, shown.seen_at


def _line_row(order_id: bytes, position: int, line: Line) -> Row:
    record = line.record
    return (
        order_id,
        position,
        line.key,
        line.added_at,
        record.sku,
        record.zh,
        record.en,
        record.said,
        record.category,
        record.qty,
        record.unit,
        record.price,
        record.course,
        record.seat,
        None if line.parent is None else line_key(line.parent),
        int(record.combo),
        record.fire,
        record.plan_at,
        record.prep_s,
        record.warn_s,
        record.late_s,
        record.menu,
        record.ref,
        _json(record.marks),
        None if line.station == ANYWHERE else line.station,
        line.batch,
        line.note,
        _json([asdict(modifier) for modifier in line.modifiers]),
        len(line.changes),
        line.void_reason,
        _STATES[line.state],
        _json([portion.snapshot() for portion in line.portions]),
    )


def _json(value: Sequence[object]) -> str:
    return msgspec.json.encode(value).decode() if value else "[]"


def _write_nodes(connection: Connection, house: House, me: bytes) -> None:
    connection.execute(delete(p_node))
    rows = [
        {
            "origin": node.node,
            "name": node.name,
            "roles": _json(node.roles),
            "block": node.block,
            "feed": node.feed,
            "router": node.router,
            "here": int(node.node == me),
        }
        for node in house.nodes.values()
    ]
    if rows:
        connection.execute(insert(p_node), rows)
