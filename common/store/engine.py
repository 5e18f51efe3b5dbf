"""Connections to the node's files: how they are made, set up, and proven to be as they must be."""

from __future__ import annotations

import os
import sqlite3
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import NullPool

from common.store.errors import StoreBroken, StoreDamaged, StoreError, StoreFull

BUSY_MS = 2_000
"""A second writer is an error of ours; a reader recovering after a crash may hold us this long."""

_FULL = {sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR_SHMSIZE}
_DAMAGED = {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB}

_BEGIN_WRITE = "BEGIN IMMEDIATE"
_ALWAYS = (
    ("busy_timeout", BUSY_MS, BUSY_MS),
    ("trusted_schema", 0, 0),
)
_WRITER = (
    *_ALWAYS,
    ("journal_mode", "WAL", "wal"),
    ("foreign_keys", 1, 1),
    # Guests' names must be gone from the file when they are erased.
    ("secure_delete", 1, 1),
    # The upper levels of every index of a million events.
    ("cache_size", -16_384, -16_384),
    # A catch-up grows the WAL; without a limit it would keep that size for ever.
    ("journal_size_limit", 16 * 2**20, 16 * 2**20),
)
_FULL_SYNC = ("synchronous", "FULL", 2)
_NORMAL_SYNC = ("synchronous", "NORMAL", 1)
# Pages in the WAL at which a commit copies them into the file, some milliseconds' work. Projections
# come to it first, appends only where there are none for long. Not later: each fsync of a WAL that
# still grows costs half as much again as one of a WAL that is written over.
_EAGER = (_FULL_SYNC, ("wal_autocheckpoint", 2_000, 2_000))
_LAZY = (_NORMAL_SYNC, ("wal_autocheckpoint", 1_000, 1_000))

Pragmas = tuple[tuple[str, int | str, int | str], ...]


@dataclass(frozen=True)
class Driver:
    """The DB-API module under SQLAlchemy, and how it opens a `file:` URI.

    A connection it makes must not begin transactions by itself.
    """

    module: Any
    connect: Callable[[str], Any]


def stdlib_driver() -> Driver:
    """Python's own sqlite3, its implicit transactions off."""

    def connect(uri: str) -> sqlite3.Connection:
        return sqlite3.connect(uri, uri=True, isolation_level=None)

    return Driver(sqlite3, connect)


def open_writer(path: Path, driver: Driver | None = None, *, full: bool = True) -> Connection:
    """The one connection that writes this file, made if it is missing. Raises StoreError.

    With `full`, a commit is on the disk when it returns; else the last ones may go in a power cut.
    """
    pragmas = _WRITER + (_EAGER if full else _LAZY)
    with store_errors():
        _create(path)
        return _connect(f"{path.resolve().as_uri()}?mode=rw", driver, pragmas, _BEGIN_WRITE)


def open_reader(path: Path, driver: Driver | None = None) -> Connection:
    """A connection that can't write, not even a checkpoint when it closes. Raises StoreError."""
    with store_errors():
        return _connect(f"{path.resolve().as_uri()}?mode=ro", driver, _ALWAYS, "BEGIN")


class store_errors:  # noqa: N801 a block's word, and as a generator it would cost what a look does
    """Turn the database's errors into the store's."""

    def __enter__(self) -> None:
        """Nothing to prepare."""

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if isinstance(error, DBAPIError):
            raise _known(error.orig) from error
        if isinstance(error, sqlite3.Error | OSError):
            raise _known(error) from error


@contextmanager
def transaction(connection: Connection) -> Iterator[Connection]:
    """All of it or nothing. Raises StoreError."""
    with store_errors():
        try:
            with connection.begin():
                yield connection
        except BaseException:
            # SQLAlchemy gives a transaction up when its COMMIT fails, SQLite may keep it open.
            connection.connection.rollback()
            raise


def in_transaction(connection: Connection, write: Callable[[Any], None]) -> None:
    """The same for the hottest path, over the driver's cursor alone: SQLAlchemy's costs 0.1 ms."""
    with store_errors():
        raw = connection.connection
        cursor = raw.cursor()
        try:
            cursor.execute(_BEGIN_WRITE)
            write(cursor)
            cursor.execute("COMMIT")
        except BaseException:
            raw.rollback()
            raise
        finally:
            cursor.close()


@contextmanager
def behind_acks(connection: Connection) -> Iterator[None]:
    """Commits inside reach the disk with the next one outside, and are the ones that checkpoint.

    For what can be made anew: on a slow disk it halves what the next append would wait for.
    """
    try:
        # Inside: should the second of them fail, the first must not stay for the appends.
        with store_errors():
            _set(connection.connection.cursor(), _LAZY)
        yield
    finally:
        with store_errors():
            _set(connection.connection.cursor(), _EAGER)


def _set(cursor: Any, pragmas: Pragmas) -> None:
    """Set each and read it back: SQLite passes over in silence what it can't do."""
    for name, value, expected in pragmas:
        cursor.execute(f"PRAGMA {name}={value}")
        cursor.execute(f"PRAGMA {name}")
        found = cursor.fetchone()[0]
        if found != expected:
            raise StoreBroken(f"{name} is {found!r}, not {expected!r}")
    cursor.close()


def _known(error: BaseException | None) -> StoreError:
    code = getattr(error, "sqlite_errorcode", None) or 0
    if code in _FULL:
        return StoreFull(str(error), "磁盘已满。")
    if code & 0xFF in _DAMAGED:
        return StoreDamaged(str(error), f"文件已损坏（{error}）。")
    return StoreBroken(str(error))


def _create(path: Path) -> None:
    """Make the file readable by its owner only; SQLite gives its companions the same rights."""
    try:
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
    except FileExistsError:
        return
    if sys.platform != "win32":
        folder = os.open(path.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)


def _connect(uri: str, driver: Driver | None, pragmas: Pragmas, begin: str) -> Connection:
    used = driver or stdlib_driver()
    engine = create_engine(
        "sqlite://",
        module=used.module,
        creator=lambda: used.connect(uri),
        poolclass=NullPool,
    )
    _listen(engine, pragmas, begin)
    return engine.connect()


def _listen(engine: Engine, pragmas: Pragmas, begin: str) -> None:
    def connected(raw: Any, _record: object) -> None:
        _set(raw.cursor(), pragmas)

    def begun(connection: Connection) -> None:
        # Straight to the driver: SQLAlchemy's own way costs as much as an insert.
        cursor = connection.connection.cursor()
        cursor.execute(begin)
        cursor.close()

    event.listen(engine, "connect", connected)
    event.listen(engine, "begin", begun)
