"""The log in SQLite: the one writer, and readers beside it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, delete, func, select, update

from common.domain.codec import encode_side
from common.domain.ids import Chain
from common.store.contract import (
    Appended,
    Batch,
    Head,
    Span,
    WantedSide,
)
from common.store.engine import Driver, in_transaction, open_reader, open_writer, transaction
from common.store.errors import StoreBroken, StoreFull
from common.store.migrations import bring_up_mirror
from common.store.queries import LogQueries, last_groups
from common.store.rows import Rows, Tail
from common.store.schema import chain, event, progress, side, side_wanted
from common.store.statements import LogStatements

MIRROR = "mirror.db"
"""The file in a node's folder that holds the log and its projections."""


class LogReader(LogQueries):
    """A reader for one thread; it can't write, so it needs no care when it is closed."""

    @classmethod
    def open(cls, folder: Path, driver: Driver | None = None) -> LogReader:
        """Read the log in a node's folder, which its node has opened before. Raises StoreError."""
        return cls(open_reader(folder / MIRROR, driver))


class LogWriter(LogQueries):
    """The one writer of a node's log, used by one thread at a time; see `contract.Log`."""

    def __init__(self, connection: Connection) -> None:
        super().__init__(connection)
        self._broken: StoreBroken | None = None
        self._sql = LogStatements()
        with transaction(connection):
            # A process that was killed may leave a commit in the WAL that never reached the disk,
            # and SQLite takes it for good. This commit carries it there before we speak of it.
            connection.execute(update(progress).values(opens=progress.c.opens + 1))
        with transaction(connection):
            self._tails = {
                Chain(row.origin, row.epoch): Tail(
                    row.chain_no, Head(row.last, row.checksum, row.stored_at), row.lamport
                )
                for row in connection.execute(last_groups())
            }
            self._last_commit: int = connection.scalar(select(func.max(event.c.commit_no))) or 0
            self._last_chain: int = connection.scalar(select(func.max(chain.c.chain_no))) or 0
        self._max_lamport = max((tail.lamport for tail in self._tails.values()), default=0)

    @classmethod
    def open(cls, folder: Path, driver: Driver | None = None) -> LogWriter:
        """Open the log in a node's folder, made or brought up to date. Raises StoreError."""
        connection = open_writer(folder / MIRROR, driver)
        try:
            bring_up_mirror(connection)
            return cls(connection)
        except BaseException:
            connection.close()
            raise

    @property
    def last_commit(self) -> int:
        """The commit number of the last event; 0 in an empty log."""
        return self._last_commit

    @property
    def max_lamport(self) -> int:
        """The highest Lamport time stored; 0 in an empty log."""
        return self._max_lamport

    def heads(self) -> dict[Chain, Head]:
        """Every chain of which something is stored, without a look at the disk."""
        return {run: tail.head for run, tail in self._tails.items()}

    def head(self, chain: Chain) -> Head | None:
        """How far this chain is stored, without a look at the disk."""
        tail = self._tails.get(chain)
        return None if tail is None else tail.head

    def append(self, batch: Batch) -> Appended:
        """Store a batch whole, on the disk when this returns. Raises StoreError, storing nothing.

        NotNext if a group does not continue its chain; StoreFull if there is no room;
        StoreBroken for anything else, and then the log must be opened again.
        """
        rows = Rows(self._last_commit, self._last_chain)
        rows.take(batch, self._tails)
        with self._guarding():
            in_transaction(self._connection, lambda cursor: self._write(cursor, batch, rows))
        first, self._last_commit = self._last_commit + 1, rows.last_commit
        self._last_chain = rows.last_chain
        self._tails.update(rows.tails)
        lamports = (tail.lamport for tail in rows.tails.values())
        self._max_lamport = max(self._max_lamport, max(lamports, default=0))
        heads = {run: tail.head for run, tail in rows.tails.items()}
        return Appended(first, self._last_commit, heads)

    def own_command(self, cmd_id: bytes) -> Span | None:
        """What this node's first decision of the command made, if it ever took it."""
        rows = self._look_up(self._sql.own_command, cmd_id)
        return Span(*rows[0]) if rows else None

    def wanted_sides(self) -> list[WantedSide]:
        """Side records that events name and that have not come yet, oldest first."""
        statement = select(side_wanted).order_by(side_wanted.c.at, side_wanted.c.id)
        return [WantedSide(row.id, row.origin, row.at) for row in self._rows(statement)]

    def erase_sides(self, before: int, now: int) -> int:
        """Forget side records made before this mesh time, and wishes for them; how many records.

        Their ids stay, so that a peer that still has one can't bring it back.
        """
        old = (side.c.at < before) & side.c.raw.is_not(None)
        with self._guarding(), transaction(self._connection) as connection:
            erased = connection.execute(update(side).where(old).values(raw=None, erased_at=now))
            connection.execute(delete(side_wanted).where(side_wanted.c.at < before))
            return erased.rowcount

    @contextmanager
    def _guarding(self) -> Iterator[None]:
        if self._broken is not None:
            raise self._broken
        try:
            yield
        except StoreFull:
            raise
        except StoreBroken as error:
            self._broken = error
            raise

    def _write(self, cursor: Any, batch: Batch, rows: Rows) -> None:
        # SQLAlchemy's text and connection, but the driver's cursor: what it would add to each
        # statement is as much as the statement takes.
        sql = self._sql
        for statement, params in (
            (sql.chain, rows.chains),
            (sql.event, rows.events),
            (sql.group, rows.groups),
            (sql.command, rows.commands),
            (sql.side, [(s.id, s.origin, s.subject, s.at, encode_side(s)) for s in batch.sides]),
            (sql.side_came, [(record.id,) for record in batch.sides]),
            (sql.wanted, [(w.id, w.origin, w.at, w.id) for w in batch.wanted]),
        ):
            if params:
                cursor.executemany(statement, params)
