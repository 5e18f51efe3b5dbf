"""What can be asked of the log in SQLite, over a reader's connection or the writer's."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Connection, Row, Select, func, select

from common.domain.codec import (
    MAX_GROUP_EVENTS,
    Event,
    Group,
    SideRecord,
    decode_event,
    decode_side,
)
from common.domain.ids import HOUSE, Chain
from common.store.contract import EVENT_FRAME, GROUP_FRAME, Committed, Head
from common.store.engine import store_errors
from common.store.schema import chain, event, grp, side

_IDS_AT_ONCE = 500


class LogQueries:
    """The readers' half of a log. Each call is one short transaction and raises StoreError."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def close(self) -> None:
        """Let go of the file."""
        self._connection.close()

    @contextmanager
    def _transaction(self) -> Iterator[Connection]:
        with store_errors(), self._connection.begin():
            yield self._connection

    def _rows(self, statement: Select[Any]) -> Sequence[Row[Any]]:
        with self._transaction() as connection:
            return connection.execute(statement).all()

    def heads(self) -> dict[Chain, Head]:
        """Every chain of which something is stored."""
        return {
            Chain(row.origin, row.epoch): Head(row.last, row.checksum, row.stored_at)
            for row in self._rows(last_groups())
        }

    def groups_after(self, run: Chain, seq: int, max_bytes: int) -> list[Group]:
        """Whole groups that hold what follows `seq`, in order, their frames within `max_bytes`.

        The first is given even if it is larger; none means that nothing follows.
        """
        with self._transaction() as connection:
            rows = _first_groups(connection, run, seq, max_bytes)
            if not rows:
                return []
            bodies = connection.execute(
                select(event.c.raw)
                .where(event.c.chain_no == rows[0].chain_no)
                .where(event.c.seq.between(rows[0].first, rows[-1].last))
                .order_by(event.c.seq)
            ).scalars()
            return [_group(run, row, bodies.fetchmany(row.last - row.first + 1)) for row in rows]

    def events_since(self, commit_no: int, limit: int) -> list[Committed]:
        """At most `limit` events after this commit number, in the order they came in."""
        statement = (
            select(event.c.commit_no, event.c.raw)
            .where(event.c.commit_no > commit_no)
            .order_by(event.c.commit_no)
            .limit(limit)
        )
        return [Committed(row.commit_no, row.raw) for row in self._rows(statement)]

    def events_of(self, subject: bytes) -> list[Event]:
        """An order's events (or the house's), in event-key order."""
        statement = (
            select(event.c.raw)
            .join(chain)
            .where(event.c.subject == subject)
            .order_by(event.c.lamport, chain.c.origin, chain.c.epoch, event.c.seq)
        )
        return [decode_event(row.raw) for row in self._rows(statement)]

    def house_events(self) -> list[Event]:
        """The events of no order, in event-key order."""
        return self.events_of(HOUSE)

    def subjects_since(self, commit_no: int) -> list[bytes]:
        """Each subject with an event after this commit number, once, sorted."""
        recent = select(event.c.subject).where(event.c.commit_no > commit_no).subquery()
        statement = select(recent.c.subject).distinct()
        return sorted(row.subject for row in self._rows(statement))

    def sides(self, ids: Iterable[bytes]) -> list[SideRecord]:
        """Those of these side records that are here and not erased."""
        wanted = list(ids)
        found: list[SideRecord] = []
        for start in range(0, len(wanted), _IDS_AT_ONCE):
            some = wanted[start : start + _IDS_AT_ONCE]
            statement = select(side.c.raw).where(side.c.id.in_(some), side.c.raw.is_not(None))
            found += [decode_side(row.raw) for row in self._rows(statement)]
        return found


def last_groups() -> Select[Any]:
    """The last group of each chain, one look-up a chain however many groups there are."""
    inner = grp.alias()
    newest = select(func.max(inner.c.first)).where(inner.c.chain_no == chain.c.chain_no)
    return select(
        chain.c.origin,
        chain.c.epoch,
        grp.c.chain_no,
        grp.c.last,
        grp.c.checksum,
        grp.c.stored_at,
        grp.c.lamport,
    ).join_from(
        chain,
        grp,
        (grp.c.chain_no == chain.c.chain_no) & (grp.c.first == newest.scalar_subquery()),
    )


def _first_groups(connection: Connection, run: Chain, seq: int, max_bytes: int) -> list[Row[Any]]:
    statement = (
        select(grp)
        .join(chain)
        .where(chain.c.origin == run.origin, chain.c.epoch == run.epoch)
        # No group is longer, so that the key alone finds the first one.
        .where(grp.c.first > seq - MAX_GROUP_EVENTS, grp.c.last > seq)
        .order_by(grp.c.first)
    )
    chosen: list[Row[Any]] = []
    room = max_bytes
    with connection.execute(statement) as rows:
        for row in rows:
            room -= GROUP_FRAME + row.size + EVENT_FRAME * (row.last - row.first + 1)
            if chosen and room < 0:
                break
            chosen.append(row)
    return chosen


def _group(run: Chain, row: Row[Any], events: Sequence[bytes]) -> Group:
    return Group(
        run.origin, run.epoch, row.first, row.previous, tuple(events), row.checksum, row.signature
    )
