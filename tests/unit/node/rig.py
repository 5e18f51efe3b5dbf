"""A node's writer without its node: real files, a clock in the hand, news on a list."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TypeVar

from common.domain.codec import Event, Group, open_group
from common.domain.commands import AnyCommand
from common.domain.decide import Draft
from common.domain.events import Payload, encode_payload
from common.domain.ids import HOUSE
from common.mesh.keys import NodeIdentity, store_id_of
from common.node import jobs
from common.node.behind import LAG
from common.node.clocks import NodeClock
from common.node.files import Files
from common.node.pen import Pen
from common.node.writer import Writer
from common.store.contract import Appended, Batch
from common.store.log import LogWriter
from common.wire.outputs import Now, Received
from tests.helpers.desk import NOON, an_id
from tests.helpers.store import COUNTER, found

DEADLINE_S = 10.0

News = TypeVar("News", bound=tuple[object, ...])


class HandClock(NodeClock):
    """Time stands still until a test moves it."""

    def __init__(self) -> None:
        super().__init__()
        self.mono = 100_000_000

    def now(self) -> Now:
        return Now(self.mono, NOON + self.mono)

    def mesh(self) -> int:
        return NOON + self.mono


class FaultyLog:
    """The log in front of the real one: fails as often as asked, and counts commits."""

    def __init__(self, log: LogWriter) -> None:
        self._log = log
        self.faults: list[Exception] = []
        self.commits: list[Batch] = []

    def append(self, batch: Batch) -> Appended:
        if self.faults:
            raise self.faults.pop(0)
        self.commits.append(batch)
        return self._log.append(batch)

    def __getattr__(self, name: str) -> object:
        return getattr(self._log, name)


class Bench:
    """A founded counter's writer, turned by the test."""

    def __init__(self, home: Path) -> None:
        self.folders = found(home, (COUNTER, "wok"))
        self.folder = self.folders[COUNTER]
        self.clock = HandClock()
        self.news: list[jobs.News] = []
        self.identity = NodeIdentity.load(self.folder / "node.key")
        self.open()

    def open(self) -> None:
        """Make the writer anew, as after a restart."""
        from common.config import read_config

        self.store_key = bytes.fromhex(read_config(self.folder).store_key)
        self.store_id = store_id_of(self.store_key)
        self.files = Files(self.folder)
        self.log = FaultyLog(self.files.log)
        self.files.log = self.log  # type: ignore[assignment]
        self.writer = Writer(self.files, self.identity, self.store_key, self.clock)

    def close(self) -> None:
        self.files.close()

    def turn(self) -> list[jobs.News]:
        """One turn; what it told."""
        self.news.clear()
        self.writer.turn(self.news.extend)
        return list(self.news)

    def round(self, *work: jobs.Work) -> list[jobs.News]:
        """One round over all of these, however long it waits; what it told."""
        for each in work:
            self.writer.post(each)
        due = self.writer.due()
        assert due is not None
        self.clock.mono = max(due, self.clock.mono)
        return self.turn()

    def asks(self, question: jobs.Question) -> jobs.Answered:
        """The answer to a question."""
        self.writer.ask(question)
        (told,) = of(jobs.Answered, self.turn())
        return told

    def does(self, *commands: AnyCommand) -> list[jobs.Answered]:
        """One round over these commands; the answers in the order they left."""
        work = (jobs.Decide(b"t%d" % nth, command) for nth, command in enumerate(commands))
        return of(jobs.Answered, self.round(*work))

    def settle(self) -> None:
        """Let the time pass after which projections and receipts are due, and write them."""
        self.turn()
        self.clock.mono += LAG
        while (due := self.writer.due()) is not None and due <= self.clock.mono:
            self.turn()

    @property
    def ledger(self):  # type: ignore[no-untyped-def]
        return self.writer._ledger


def of(kind: type[News], news: Iterable[jobs.News]) -> list[News]:
    return [each for each in news if isinstance(each, kind)]


class Abroad:
    """Another node's pen."""

    def __init__(self, folder: Path, store_id: bytes, lamport: int = 100) -> None:
        self.identity = NodeIdentity.load(folder / "node.key")
        self.pen = Pen(self.identity.origin, store_id, self.identity.sign, lamport)

    def writes(self, *payloads: Payload, subject: bytes = HOUSE, cmd: str = "c") -> Received:
        drafts = (
            Draft(type(each).__name__, subject, (), encode_payload(each)) for each in payloads
        )
        return self.group(*drafts, cmd=cmd)

    def group(self, *drafts: Draft, cmd: str = "c") -> Received:
        before = self.pen.place
        raws = [self.pen.write(draft, an_id(cmd), "", NOON)[1] for draft in drafts]
        group = self.pen.seal(before, raws)
        return Received(group, open_group(group))


def until(done: Callable[[], object]) -> None:
    """Wait for another thread."""
    deadline = time.monotonic() + DEADLINE_S
    while not done():
        assert time.monotonic() < deadline
        time.sleep(0.002)


def kinds(events: Iterable[Event]) -> list[str]:
    return [event.kind for event in events]


def sizes(groups: Iterable[Group]) -> list[int]:
    return [len(group.events) for group in groups]
