"""What other nodes told us that they have on their disks, in a file that no other node needs."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from sqlalchemy import Connection, func, insert, select

from common.domain.ids import Chain
from common.store.engine import Driver, in_transaction, open_writer, transaction
from common.store.migrations import bring_up_local
from common.store.schema import receipt
from common.store.statements import text_of

LOCAL = "local.db"
"""The file in a node's folder for what is this machine's alone."""


class Receipt(NamedTuple):
    """`node` has a chain up to `seq` on its disk, stored and acked at these mesh times in µs."""

    node: bytes
    origin: bytes
    epoch: int
    seq: int
    stored_at: int
    acked_at: int


class Receipts:
    """The table of acks, for one thread. A power cut may take the last few: they are sent anew."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._insert = text_of(insert(receipt).prefix_with("OR IGNORE"))

    @classmethod
    def open(cls, folder: Path, driver: Driver | None = None) -> Receipts:
        """Open the table in a node's folder, made or brought up to date. Raises StoreError."""
        connection = open_writer(folder / LOCAL, driver, full=False)
        try:
            bring_up_local(connection)
        except BaseException:
            connection.close()
            raise
        return cls(connection)

    def record(self, receipts: Iterable[Receipt]) -> None:
        """Keep one row for each ack that told more than the one before. Raises StoreError."""
        rows = list(receipts)
        if rows:
            in_transaction(self._connection, lambda cursor: cursor.executemany(self._insert, rows))

    def acked(self) -> dict[tuple[bytes, Chain], int]:
        """How far each node has told that it has each chain."""
        which = (receipt.c.node, receipt.c.origin, receipt.c.epoch)
        statement = select(*which, func.max(receipt.c.seq).label("seq")).group_by(*which)
        with transaction(self._connection):
            rows = self._connection.execute(statement).all()
        return {(row.node, Chain(row.origin, row.epoch)): row.seq for row in rows}

    def of(self, run: Chain, seq: int) -> list[Receipt]:
        """For each node the first receipt that covers this event."""
        covering = (receipt.c.origin == run.origin, receipt.c.epoch == run.epoch)
        statement = (
            select(receipt, func.min(receipt.c.seq))
            .where(*covering, receipt.c.seq >= seq)
            .group_by(receipt.c.node)
        )
        with transaction(self._connection):
            rows = self._connection.execute(statement).all()
        return [Receipt(*row[:6]) for row in rows]

    def close(self) -> None:
        """Let go of the file."""
        self._connection.close()
