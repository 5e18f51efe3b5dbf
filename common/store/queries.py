"""What can be asked of the log in SQLite, over a reader's connection or the writer's."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import msgspec
from sqlalchemy import Connection, Row, Select, bindparam, func, select

from common.domain.codec import (
    MAX_GROUP_EVENTS,
    Event,
    Group,
    SideRecord,
    decode_event,
    decode_side,
)
from common.domain.ids import HOUSE, Chain, EventId
from common.store import schema
from common.store.contract import EVENT_FRAME, GROUP_FRAME, Addressees, Committed, Head
from common.store.engine import store_errors, transaction
from common.store.statements import text_of

_IDS_AT_ONCE = 500


class LogQueries:
    """The readers' half of a log. Each call is one short transaction and raises StoreError."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        of_subject = schema.event.c.subject == bindparam("subject")
        self._events_of = text_of(select(schema.event.c.raw).where(of_subject))

    @property
    def connection(self) -> Connection:
        """For what else this thread asks of the file; the writer's also writes the projections."""
        return self._connection

    def close(self) -> None:
        """Let go of the file."""
        self._connection.close()

    def _rows(self, statement: Select[Any]) -> Sequence[Row[Any]]:
        with transaction(self._connection) as connection:
            return connection.execute(statement).all()

    def _look_up(self, statement: str, key: bytes) -> list[tuple[Any, ...]]:
        """One statement, for what stands before every command: by the driver's cursor alone.

        SQLite makes it a transaction of its own; SQLAlchemy's would cost ten times the look.
        """
        with store_errors():
            cursor = self._connection.connection.cursor()
            try:
                rows: list[tuple[Any, ...]] = cursor.execute(statement, (key,)).fetchall()
            finally:
                cursor.close()
        return rows

    def heads(self) -> dict[Chain, Head]:
        """Every chain of which something is stored."""
        return {
            Chain(row.origin, row.epoch): Head(row.last, row.checksum, row.stored_at)
            for row in self._rows(last_groups())
        }

    def groups_after(self, chain: Chain, seq: int, max_bytes: int) -> list[Group]:
        """Whole groups that hold what follows `seq`, in order, their frames within `max_bytes`.

        The first is given even if it is larger; none means that nothing follows.
        """
        with transaction(self._connection) as connection:
            rows = _first_groups(connection, chain, seq, max_bytes)
            if not rows:
                return []
            bodies = connection.execute(
                select(schema.event.c.raw)
                .where(schema.event.c.chain_no == rows[0].chain_no)
                .where(schema.event.c.seq.between(rows[0].first, rows[-1].last))
                .order_by(schema.event.c.seq)
            ).scalars()
            return [_group(chain, row, bodies.fetchmany(row.last - row.first + 1)) for row in rows]

    def addressed(self, chain: Chain, seq: int, limit: int) -> list[Addressees]:
        """The groups behind `seq` that are addressed to anyone, in order: the last `limit`."""
        fact = schema.event.c
        statement = (
            select(fact.chain_no, fact.seq, fact.roles)
            .join(schema.chain, schema.chain.c.chain_no == fact.chain_no)
            .where(schema.chain.c.origin == chain.origin, schema.chain.c.epoch == chain.epoch)
            .where(fact.seq > seq, fact.roles != "[]")
            .order_by(fact.seq.desc())
            .limit(limit * MAX_GROUP_EVENTS)
        )
        with transaction(self._connection) as connection, connection.execute(statement) as rows:
            return _by_group(connection, rows, limit)

    def stored_at(self, event: EventId) -> int | None:
        """The mesh time (µs) at which an event was stored here; None while it is not."""
        statement = (
            select(schema.grp.c.stored_at)
            .join(schema.chain)
            .where(schema.chain.c.origin == event.origin, schema.chain.c.epoch == event.epoch)
            .where(schema.grp.c.first <= event.seq, schema.grp.c.last >= event.seq)
            .order_by(schema.grp.c.first.desc())
            .limit(1)
        )
        return next((row.stored_at for row in self._rows(statement)), None)

    def events_since(self, commit_no: int, limit: int) -> list[Committed]:
        """At most `limit` events after this commit number, in the order they came in."""
        statement = (
            select(schema.event.c.commit_no, schema.event.c.raw)
            .where(schema.event.c.commit_no > commit_no)
            .order_by(schema.event.c.commit_no)
            .limit(limit)
        )
        return [Committed(row.commit_no, row.raw) for row in self._rows(statement)]

    def events_of(self, subject: bytes) -> list[Event]:
        """An order's events (or the house's), in event-key order."""
        rows = self._look_up(self._events_of, subject)
        return sorted((decode_event(raw) for (raw,) in rows), key=lambda event: event.key)

    def house_events(self) -> list[Event]:
        """The events of no order, in event-key order."""
        return self.events_of(HOUSE)

    def subjects_since(self, commit_no: int) -> list[bytes]:
        """Each subject with an event after this commit number, once, sorted."""
        subject = schema.event.c.subject
        # DISTINCT would make SQLite walk the whole index of subjects.
        statement = select(subject).where(schema.event.c.commit_no > commit_no)
        return sorted({row.subject for row in self._rows(statement)})

    def sides(self, ids: Iterable[bytes]) -> list[SideRecord]:
        """Those of these side records that are here and not erased."""
        wanted = list(ids)
        found: list[SideRecord] = []
        for start in range(0, len(wanted), _IDS_AT_ONCE):
            some = wanted[start : start + _IDS_AT_ONCE]
            statement = select(schema.side.c.raw).where(
                schema.side.c.id.in_(some), schema.side.c.raw.is_not(None)
            )
            found += [decode_side(row.raw) for row in self._rows(statement)]
        return found


def last_groups() -> Select[Any]:
    """The last group of each chain, one look-up a chain however many groups there are."""
    inner = schema.grp.alias()
    newest = select(func.max(inner.c.first)).where(inner.c.chain_no == schema.chain.c.chain_no)
    return select(
        schema.chain.c.origin,
        schema.chain.c.epoch,
        schema.grp.c.chain_no,
        schema.grp.c.last,
        schema.grp.c.checksum,
        schema.grp.c.stored_at,
        schema.grp.c.lamport,
    ).join_from(
        schema.chain,
        schema.grp,
        (schema.grp.c.chain_no == schema.chain.c.chain_no)
        & (schema.grp.c.first == newest.scalar_subquery()),
        # Every chain has a group; an outer join keeps SQLite from starting with all the groups.
        isouter=True,
    )


def _first_groups(connection: Connection, chain: Chain, seq: int, max_bytes: int) -> list[Row[Any]]:
    statement = (
        select(schema.grp)
        .join(schema.chain)
        .where(schema.chain.c.origin == chain.origin, schema.chain.c.epoch == chain.epoch)
        # No group is longer, so that the key alone finds the first one.
        .where(schema.grp.c.first > seq - MAX_GROUP_EVENTS, schema.grp.c.last > seq)
        .order_by(schema.grp.c.first)
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


def _by_group(connection: Connection, rows: Iterable[Any], limit: int) -> list[Addressees]:
    """Addressed events, the last first, gathered into their groups."""
    group = schema.grp.c
    found: list[Addressees] = []
    for row in rows:
        roles = frozenset(msgspec.json.decode(row.roles))
        if found and row.seq >= found[-1].first:
            found[-1] = found[-1]._replace(roles=found[-1].roles | roles)
            continue
        if len(found) == limit:
            break
        place = (group.chain_no == row.chain_no) & (group.first <= row.seq)
        around = select(group.first, group.last).where(place).order_by(group.first.desc()).limit(1)
        first, last = connection.execute(around).one()
        found.append(Addressees(first, last, roles))
    return found[::-1]


def _group(chain: Chain, row: Row[Any], events: Sequence[bytes]) -> Group:
    return Group(
        chain.origin,
        chain.epoch,
        row.first,
        row.previous,
        tuple(events),
        row.checksum,
        row.signature,
    )
