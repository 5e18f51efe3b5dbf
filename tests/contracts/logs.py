"""Groups to append, and the logs that keep the contract, each with a way to break its disk."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import Any, Protocol

from common.domain.codec import (
    CHAIN_START,
    Event,
    SideRecord,
    encode_event,
    open_group,
    seal_group,
)
from common.domain.events import Payload, encode_payload
from common.domain.ids import HOUSE, Chain
from common.store.contract import Accepted, Batch, Log, LogReads, OwnCommand
from common.store.engine import Driver
from common.store.errors import StoreBroken, StoreError, StoreFull
from common.store.log import LogReader, LogWriter
from common.store.memory_log import MemoryDisk, MemoryLog, MemoryReader

STORE = b"\x51" * 16
SUBJECT = b"\x0a" * 16
WOK = Chain(b"\x01" * 16, 11)
COUNTER = Chain(b"\x02" * 16, 22)


def an_id(number: int) -> bytes:
    return number.to_bytes(16, "big")


def side(number: int, at: int = 1_000) -> SideRecord:
    return SideRecord(an_id(number), WOK.origin, SUBJECT, at, b'{"name":"Li"}', bytes(64))


class Pen:
    """Writes one chain, group after group."""

    def __init__(self, chain: Chain = WOK, *, body: int = 40) -> None:
        self.chain = chain
        self.seq = 0
        self.checksum = CHAIN_START
        self._body = body

    def group(
        self,
        size: int = 1,
        *,
        subject: bytes = SUBJECT,
        lamport: int | None = None,
        kind: str = "LinesReady",
        body: bytes | None = None,
        to: tuple[str, ...] = ("wok", "expo"),
    ) -> Accepted:
        first = self.seq + 1
        raws = [
            encode_event(self._event(seq, subject, lamport, kind, body, to))
            for seq in range(first, first + size)
        ]
        group = seal_group(self.chain, first, self.checksum, raws, STORE, lambda _: bytes(64))
        self.seq, self.checksum = group.last, group.checksum
        return Accepted(group, open_group(group))

    def _event(
        self,
        seq: int,
        subject: bytes,
        lamport: int | None,
        kind: str,
        body: bytes | None,
        to: tuple[str, ...],
    ) -> Event:
        return Event(
            origin=self.chain.origin,
            epoch=self.chain.epoch,
            seq=seq,
            lamport=seq if lamport is None else lamport,
            at=1_000 * seq,
            kind=kind,
            subject=subject,
            cmd_id=an_id(self.chain.epoch * 1_000_000 + seq),
            actor="mei",
            to=to,
            version=1,
            payload=bytes(self._body) if body is None else body,
        )

    def fact(self, subject: bytes, payload: Payload, lamport: int | None = None) -> Accepted:
        """A group of one event that says something."""
        kind = type(payload).__name__
        return self.group(subject=subject, lamport=lamport, kind=kind, body=encode_payload(payload))

    def menu(self) -> Accepted:
        return self.group(subject=HOUSE, kind="MenuActivated")


def batch(*groups: Accepted, stored_at: int = 5, own: tuple[OwnCommand, ...] = ()) -> Batch:
    return Batch(stored_at=stored_at, groups=groups, commands=own)


def own(accepted: Accepted) -> OwnCommand:
    """All of a group as one command."""
    first = accepted.events[0]
    return OwnCommand(first.cmd_id, first.id, len(accepted.events))


class Harness(Protocol):
    """A log that can be closed and opened, and whose disk can fail once."""

    def open(self) -> Log: ...

    def reader(self) -> LogReads: ...

    def fail(self, error: type[StoreError]) -> None:
        """Let the next append fail half-way."""


class MemoryHarness:
    def __init__(self) -> None:
        self._disk = MemoryDisk()

    def open(self) -> Log:
        return MemoryLog(self._disk)

    def reader(self) -> LogReads:
        return MemoryReader(self._disk)

    def fail(self, error: type[StoreError]) -> None:
        self._disk.fault = error("the disk failed")


class Faults:
    """A driver whose cursors fail once at the statement that holds these words."""

    def __init__(self) -> None:
        self.at = ""
        self.code = 0

    def check(self, sql: str) -> None:
        if self.at and self.at in sql:
            self.at = ""
            error = sqlite3.OperationalError("the disk failed")
            error.sqlite_errorcode = self.code
            raise error

    def driver(self) -> Driver:
        faults = self

        class Cursor(sqlite3.Cursor):
            def execute(self, sql: str, *args: Any) -> Cursor:
                faults.check(sql)
                return super().execute(sql, *args)

            def executemany(self, sql: str, *args: Any) -> Cursor:
                faults.check(sql)
                return super().executemany(sql, *args)

        class Connection(sqlite3.Connection):
            def cursor(self, *_: Any) -> Any:
                return super().cursor(Cursor)

            def commit(self) -> None:
                if self.in_transaction:
                    faults.check("COMMIT")
                super().commit()

        def connect(uri: str) -> sqlite3.Connection:
            return sqlite3.connect(
                uri,
                uri=True,
                isolation_level=None,
                check_same_thread=False,
                factory=Connection,
            )

        return Driver(sqlite3, connect)


class SqliteHarness:
    def __init__(self, folder: Path, at: str = "INSERT INTO grp") -> None:
        self._folder = folder
        self._at = at
        self._faults = Faults()
        self._opened: list[LogWriter | LogReader] = []

    def open(self) -> Log:
        log = LogWriter.open(self._folder, self._faults.driver())
        self._opened.append(log)
        return log

    def reader(self) -> LogReads:
        reader = LogReader.open(self._folder)
        self._opened.append(reader)
        return reader

    def fail(self, error: type[StoreError]) -> None:
        codes = {StoreFull: sqlite3.SQLITE_FULL, StoreBroken: sqlite3.SQLITE_IOERR}
        self._faults.at, self._faults.code = self._at, codes[error]

    def close(self) -> None:
        for log in self._opened:
            log.close()
