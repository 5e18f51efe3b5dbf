"""Opens the store's files through apsw, whose VFS can be written in Python.

SQLAlchemy goes on to believe that it talks to sqlite3. A process must never open one file through
both: they are two SQLites, and closing a file in one drops the other's locks.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import apsw

from common.store.engine import Driver

_FLAGS = apsw.SQLITE_OPEN_URI | apsw.SQLITE_OPEN_READWRITE


def apsw_driver(vfs: str | None = None) -> Driver:
    """The store's driver over apsw and one of its VFSs."""
    return Driver(sqlite3, lambda uri: Connection(uri, vfs))


class Connection:
    """What SQLAlchemy and the store ask of a sqlite3 connection."""

    isolation_level = None

    def __init__(self, uri: str, vfs: str | None) -> None:
        with _as_sqlite3():
            self._apsw = apsw.Connection(uri, flags=_FLAGS, vfs=vfs)

    def create_function(self, *_: Any, **__: Any) -> None:
        """Ours are none; SQLAlchemy brings one for REGEXP."""

    def cursor(self) -> Cursor:
        return Cursor(self._apsw)

    def execute(self, sql: str, *args: Any) -> Cursor:
        return self.cursor().execute(sql, *args)

    @property
    def in_transaction(self) -> bool:
        return self._apsw.in_transaction

    def commit(self) -> None:
        if self.in_transaction:
            self.execute("COMMIT")

    def rollback(self) -> None:
        if self.in_transaction:
            self.execute("ROLLBACK")

    def close(self) -> None:
        with _as_sqlite3():
            self._apsw.close()


class Cursor:
    """A cursor of sqlite3's manners; like there, a statement's rows may be read after its end."""

    arraysize = 1
    lastrowid = None

    def __init__(self, connection: apsw.Connection) -> None:
        self._apsw = connection
        self._rows: list[tuple[Any, ...]] = []
        self.description: Sequence[Any] | None = None
        self.rowcount = -1

    def execute(self, sql: str, parameters: Sequence[Any] = ()) -> Cursor:
        with _as_sqlite3():
            before = self._apsw.total_changes()
            cursor = self._apsw.cursor()
            cursor.exec_trace = self._columns
            self._rows = list(cursor.execute(sql, tuple(parameters)))
            self.rowcount = self._apsw.total_changes() - before
        return self

    def _columns(self, cursor: apsw.Cursor, _sql: str, _bindings: object) -> bool:
        described = cursor.get_description()
        self.description = [(*each, *[None] * 5)[:7] for each in described] or None
        return True

    def executemany(self, sql: str, parameters: Iterable[Sequence[Any]]) -> Cursor:
        for each in parameters:
            self.execute(sql, each)
        return self

    def fetchone(self) -> tuple[Any, ...] | None:
        return self._rows.pop(0) if self._rows else None

    def fetchmany(self, size: int = 1) -> list[tuple[Any, ...]]:
        some, self._rows = self._rows[:size], self._rows[size:]
        return some

    def fetchall(self) -> list[tuple[Any, ...]]:
        return self.fetchmany(len(self._rows))

    def close(self) -> None:
        self._rows = []


@contextmanager
def _as_sqlite3() -> Iterator[None]:
    """Raise apsw's errors as sqlite3's, with their code."""
    try:
        yield
    except apsw.Error as error:
        told = sqlite3.OperationalError(str(error))
        told.sqlite_errorcode = getattr(error, "extendedresult", apsw.SQLITE_ERROR)
        raise told from error
