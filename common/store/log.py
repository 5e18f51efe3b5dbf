"""The log in SQLite: the one writer, and readers beside it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

import msgspec
from sqlalchemy import (
    ClauseElement,
    Connection,
    Select,
    bindparam,
    delete,
    exists,
    func,
    insert,
    select,
    update,
)
from sqlalchemy.dialects import sqlite

from common.domain.codec import CHAIN_START, encode_side
from common.domain.ids import Chain
from common.store.contract import (
    Accepted,
    Appended,
    Batch,
    Head,
    OwnCommand,
    Span,
    WantedSide,
)
from common.store.engine import Driver, open_reader, open_writer, store_errors
from common.store.errors import NotNext, StoreBroken, StoreFull
from common.store.migrations import bring_up_mirror
from common.store.queries import LogQueries, last_groups
from common.store.schema import chain, command, event, grp, progress, side, side_wanted

MIRROR = "mirror.db"
"""The file in a node's folder that holds the log and its projections."""


class _Tail(NamedTuple):
    """Where a chain goes on."""

    chain_no: int
    head: Head
    lamport: int


class _Rows:
    """A batch as rows, worked out before the transaction begins."""

    def __init__(self, last_commit: int, last_chain: int) -> None:
        self.last_commit = last_commit
        self.last_chain = last_chain
        self.tails: dict[Chain, _Tail] = {}
        self.starts: list[tuple[Chain, int, int, int]] = []
        self.chains: list[tuple[object, ...]] = []
        self.groups: list[tuple[object, ...]] = []
        self.events: list[tuple[object, ...]] = []


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
        self._sql = _Statements()
        with store_errors(), connection.begin():
            # A process that was killed may leave a commit in the WAL that never reached the disk,
            # and SQLite takes it for good. This commit carries it there before we speak of it.
            connection.execute(update(progress).values(opens=progress.c.opens + 1))
        with store_errors(), connection.begin():
            self._tails = {
                Chain(row.origin, row.epoch): _Tail(
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
    def connection(self) -> Connection:
        """For the projections, which the same thread writes between appends."""
        return self._connection

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

    def append(self, batch: Batch) -> Appended:
        """Store a batch whole, on the disk when this returns. Raises StoreError, storing nothing.

        NotNext if a group does not continue its chain; StoreFull if there is no room;
        StoreBroken for anything else, and then the log must be opened again.
        """
        rows = self._plan(batch)
        commands = [_command_row(own, rows) for own in batch.commands]
        with self._writing() as connection:
            self._write(connection, batch, rows, commands)
        first, self._last_commit = self._last_commit + 1, rows.last_commit
        self._last_chain = rows.last_chain
        self._tails.update(rows.tails)
        lamports = (tail.lamport for tail in rows.tails.values())
        self._max_lamport = max(self._max_lamport, max(lamports, default=0))
        heads = {run: tail.head for run, tail in rows.tails.items()}
        return Appended(first, self._last_commit, heads)

    def own_command(self, cmd_id: bytes) -> Span | None:
        """What this node's first decision of the command made, if it ever took it."""
        with self._transaction() as connection:
            row = connection.exec_driver_sql(self._sql.own_command, (cmd_id,)).first()
        return None if row is None else Span(*row)

    def wanted_sides(self) -> list[WantedSide]:
        """Side records that events name and that have not come yet, oldest first."""
        statement = select(side_wanted).order_by(side_wanted.c.at, side_wanted.c.id)
        return [WantedSide(row.id, row.origin, row.at) for row in self._rows(statement)]

    def erase_sides(self, before: int, now: int) -> int:
        """Forget side records made before this mesh time, and wishes for them; how many records.

        Their ids stay, so that a peer that still has one can't bring it back.
        """
        old = (side.c.at < before) & side.c.raw.is_not(None)
        with self._writing() as connection:
            erased = connection.execute(update(side).where(old).values(raw=None, erased_at=now))
            connection.execute(delete(side_wanted).where(side_wanted.c.at < before))
            return erased.rowcount

    @contextmanager
    def _writing(self) -> Iterator[Connection]:
        if self._broken is not None:
            raise self._broken
        try:
            with self._transaction() as connection:
                yield connection
        except StoreFull:
            raise
        except StoreBroken as error:
            self._broken = error
            raise

    def _plan(self, batch: Batch) -> _Rows:
        rows = _Rows(self._last_commit, self._last_chain)
        for accepted in batch.groups:
            run = accepted.group.chain
            tail = rows.tails.get(run) or self._tails.get(run)
            if tail is None:
                rows.last_chain += 1
                tail = _Tail(rows.last_chain, Head(0, CHAIN_START, 0), 0)
                rows.chains.append((tail.chain_no, run.origin, run.epoch))
            rows.tails[run] = _group_rows(rows, tail, accepted, batch.stored_at)
        return rows

    def _write(
        self,
        connection: Connection,
        batch: Batch,
        rows: _Rows,
        commands: list[tuple[object, ...]],
    ) -> None:
        sql = self._sql
        for statement, params in (
            (sql.chain, rows.chains),
            (sql.event, rows.events),
            (sql.group, rows.groups),
            (sql.command, commands),
            (sql.side, [(s.id, s.origin, s.subject, s.at, encode_side(s)) for s in batch.sides]),
            (sql.side_came, [(record.id,) for record in batch.sides]),
            (sql.wanted, [(w.id, w.origin, w.at, w.id) for w in batch.wanted]),
        ):
            if params:
                connection.exec_driver_sql(statement, params)


class _Statements:
    """The hot path's SQL, compiled from the tables once: it saves half of an append's time."""

    def __init__(self) -> None:
        self.chain = _text(insert(chain))
        self.event = _text(insert(event))
        self.group = _text(insert(grp))
        self.command = _text(insert(command))
        record = insert(side).prefix_with("OR IGNORE")
        self.side = _text(record, "id", "origin", "subject", "at", "raw")
        self.side_came = _text(delete(side_wanted).where(side_wanted.c.id == bindparam("id")))
        wish: Select[Any, Any, Any] = select(bindparam("id"), bindparam("origin"), bindparam("at"))
        absent = ~exists().where(side.c.id == bindparam("here"))
        wishes = insert(side_wanted).prefix_with("OR IGNORE")
        self.wanted = _text(wishes.from_select(("id", "origin", "at"), wish.where(absent)))
        spans = select(command.c.first_commit, command.c.last_commit)
        self.own_command = _text(spans.where(command.c.cmd_id == bindparam("cmd_id")))


def _text(statement: ClauseElement, *columns: str) -> str:
    return str(statement.compile(dialect=sqlite.dialect(), column_keys=columns or None))


def _group_rows(rows: _Rows, tail: _Tail, accepted: Accepted, stored_at: int) -> _Tail:
    group, events = accepted
    head = tail.head
    if group.first != head.seq + 1 or group.previous != head.checksum:
        raise NotNext(
            f"{group.origin.hex()}/{group.epoch}: group of {group.first} after {head.seq}"
        )
    chain_no, lamport, size = tail.chain_no, tail.lamport, 0
    commit_no = first_commit = rows.last_commit + 1
    for fact, raw in zip(events, group.events, strict=True):
        rows.events.append(
            (
                commit_no,
                chain_no,
                fact.seq,
                fact.lamport,
                fact.at,
                fact.kind,
                fact.subject,
                fact.cmd_id,
                fact.actor,
                msgspec.json.encode(fact.to).decode(),
                fact.version,
                raw,
            )
        )
        commit_no += 1
        size += len(raw)
        lamport = max(lamport, fact.lamport)
    last = group.last
    rows.groups.append(
        (
            chain_no,
            group.first,
            last,
            group.previous,
            group.checksum,
            group.signature,
            stored_at,
            first_commit,
            size,
            lamport,
        )
    )
    rows.last_commit = commit_no - 1
    rows.starts.append((group.chain, group.first, last, first_commit))
    return _Tail(chain_no, Head(last, group.checksum, stored_at), lamport)


def _command_row(own: OwnCommand, rows: _Rows) -> tuple[object, ...]:
    """The commit numbers of a command whose events stand together in one of the batch's groups."""
    seq, run = own.first.seq, own.first.chain
    for of, first, last, commit_no in rows.starts:
        if of == run and first <= seq <= seq + own.length - 1 <= last:
            start = commit_no + seq - first
            return (own.cmd_id, start, start + own.length - 1)
    raise ValueError(f"command {own.cmd_id.hex()}: its events are in no group of the batch")
