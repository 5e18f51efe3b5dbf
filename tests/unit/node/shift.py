"""A shift at a node's writer, drawn at random; and what must be there after whatever ended it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import pairwise
from pathlib import Path
from random import Random
from typing import Any, NamedTuple

from common.config import NODE_KEY, read_config
from common.domain import commands as cmd
from common.domain import events as ev
from common.domain.codec import SideRecord, encode_group, side_message
from common.domain.ids import Chain, LineId
from common.domain.order import fold_order
from common.mesh.keys import NodeIdentity, store_id_of
from common.node import jobs
from common.node.files import Files
from common.node.screen_messages import Did
from common.node.writer import Writer
from common.store.contract import Appended, Batch, Head
from common.store.engine import Driver
from common.store.receipts import Receipt
from tests.helpers.desk import an_id, item
from tests.helpers.store import COUNTER
from tests.unit.node.rig import Abroad, HandClock


class Handed(NamedTuple):
    """The log was given a batch; nothing is promised yet."""

    batch: Batch


class Opened(NamedTuple):
    """The node began to serve with these heads."""

    heads: dict[Chain, Head]


class Erasing(NamedTuple):
    """Side records made before this mesh time may be gone from here on."""

    before: int


class _Log:
    """The log, with a note of what it was given."""

    def __init__(self, log: Any, tell: Callable[[Any], None]) -> None:
        self._log, self._tell = log, tell

    def append(self, batch: Batch) -> Appended:
        self._tell(Handed(batch))
        appended: Appended = self._log.append(batch)
        return appended

    def __getattr__(self, name: str) -> Any:
        return getattr(self._log, name)


class Shift:
    """One life of a node over a folder; `tell` hears all that it says to others, in order."""

    def __init__(
        self,
        name: str,
        folder: Path,
        store: Path,
        driver: Driver | None,
        tell: Callable[[Any], None],
    ) -> None:
        self.name = name
        self.tell = tell
        self.identity = NodeIdentity.load(store / COUNTER / NODE_KEY)
        self.store_key = bytes.fromhex(read_config(store / COUNTER).store_key)
        self.wok = Abroad(store / "wok", store_id_of(self.store_key))
        self.clock = HandClock()
        self._folder, self._driver = folder, driver
        self._orders: list[bytes] = []
        self._nth = 0
        self.begin()

    def begin(self) -> None:
        """Open the files, as at a start."""
        self.files = Files(self._folder, self._driver)
        self.files.log = _Log(self.files.log, self.tell)  # type: ignore[assignment]
        self.writer = Writer(self.files, self.identity, self.store_key, self.clock)
        self.tell(Opened(self.files.log.heads()))

    def end(self) -> None:
        """Close the files, as at a stop."""
        self.writer.finish()
        self.files.close()

    def works(self, draw: Random, turns: int) -> None:
        """So many turns of whatever a node has to write."""
        for _ in range(turns):
            chosen = draw.random()
            if chosen < 0.03:
                self.end()
                self.begin()
            elif chosen < 0.05:
                before = self.clock.mesh() - draw.randrange(20_000_000)
                self.tell(Erasing(before))
                self.files.log.erase_sides(before, self.clock.mesh())
            else:
                self.turns(self._work(draw))
            if draw.random() < 0.3:
                acked = self.clock.mesh()
                self.writer.note(
                    Receipt(an_id("wok"), self.identity.origin, 9, self._nth, acked, acked)
                )
            self.clock.mono += draw.randrange(2_000_000)

    def turns(self, work: Iterable[jobs.Work]) -> None:
        """Hand this in and let the writer do all that is due."""
        for each in work:
            self.writer.post(each)
            self.clock.mono = max(self.clock.mono, self.writer.due() or 0)
        while (due := self.writer.due()) is not None and due <= self.clock.mono:
            self.writer.turn(self._hear)

    def submission(self, **facts: Any) -> cmd.SubmitOrder:
        """An order that nobody has entered yet."""
        self._orders.append(an_id(f"{self.name} order {self._count()}"))
        order = cmd.OrderInput(lines=(item(qty=2), item()), **facts)
        return cmd.SubmitOrder(cmd_id=self._new_id(), order_id=self._orders[-1], order=order)

    # -- what there is to do

    def _work(self, draw: Random) -> list[jobs.Work]:
        chosen = draw.random()
        if chosen < 0.4 or not self._orders:
            count = draw.choice((1, 1, 2, 6))
            return [jobs.Decide(b"t", self._submits(draw)) for _ in range(count)]
        if chosen < 0.6:
            return [jobs.Decide(b"t", self._changes(draw))]
        pages = 20 if chosen > 0.95 else draw.choice((1, 1, 2, 3))
        return [work for _ in range(pages) for work in self._hears(draw)]

    def _submits(self, draw: Random) -> cmd.SubmitOrder:
        side = '{"phone":"138"}' if draw.random() < 0.3 else ""
        return self.submission(note="x" * draw.randrange(2_000), side=side)

    def _changes(self, draw: Random) -> cmd.AnyCommand:
        order_id = draw.choice(self._orders)
        if draw.random() < 0.5:
            return cmd.RushOrder(cmd_id=self._new_id(), order_id=order_id)
        choice = cmd.Choice(LineId(self._new_id(), 0))
        return cmd.VoidLines(cmd_id=self._new_id(), order_id=order_id, choices=(choice,))

    def _hears(self, draw: Random) -> Iterator[jobs.Work]:
        """Groups of the wok, and the side records that some of them name."""
        name = f"{self.name} foreign {self._count()}"
        if draw.random() < 0.5:
            rushed = ev.OrderRushed()
            yield jobs.Keep((self.wok.writes(rushed, subject=draw.choice(self._orders), cmd=name),))
            return
        line = ev.LineRecord("菜", "dish", 1000)
        order = ev.OrderSubmitted(
            20260720, "dine_in", "CNY", (line,), "B", self._nth, side=an_id(f"{name} side")
        )
        yield jobs.Keep((self.wok.writes(order, subject=an_id(name), cmd=name),))
        if draw.random() < 0.7:
            yield jobs.KeepSides((self._side(name),))

    def _side(self, name: str) -> SideRecord:
        place = (an_id(f"{name} side"), self.wok.identity.origin, an_id(name), self.clock.mesh())
        bare = SideRecord(*place, b'{"guest":"Li"}', bytes(64))
        message = side_message(store_id_of(self.store_key), bare)
        return SideRecord(*place, bare.body, self.wok.identity.sign(message))

    def _hear(self, news: Iterable[jobs.News]) -> None:
        for each in news:
            self.tell(each)

    def _count(self) -> int:
        self._nth += 1
        return self._nth

    def _new_id(self) -> bytes:
        return an_id(f"{self.name} cmd {self._count()}")


def complaints(shift: Shift, told: list[Any]) -> Iterator[str]:
    """What is not as it was told before the end, in files that a later life has opened."""
    log = shift.files.log
    pages = {chain: log.groups_after(chain, 0, 10**9) for chain in log.heads()}
    stored = {encode_group(group) for page in pages.values() for group in page}
    handed = {
        encode_group(accepted.group)
        for each in told
        if isinstance(each, Handed)
        for accepted in each.batch.groups
    }
    if not stored - _genesis(pages) <= handed:
        yield "the log holds what it was never given"
    for chain, page in pages.items():
        if page[-1].last != log.heads()[chain].seq or not _joined(page):
            yield "a chain has a gap"
    committed = log.events_since(0, 10**9)
    if [each.commit_no for each in committed] != [*range(1, len(committed) + 1)]:
        yield "commit numbers have a gap"
    raws = [each.raw for each in committed]
    erased = max((each.before for each in told if isinstance(each, Erasing)), default=0)
    for news in told:
        if not _true(news, shift, stored, raws, erased):
            yield f"lost: {type(news).__name__}"
    for connection in (log.connection, shift.files.receipts._connection):
        if connection.exec_driver_sql("PRAGMA integrity_check").scalar() != "ok":
            yield "the file is damaged"
        if connection.exec_driver_sql("PRAGMA foreign_key_check").all():
            yield "a row refers to nothing"
        connection.rollback()


def _true(news: Any, shift: Shift, stored: set[bytes], raws: list[bytes], erased: int) -> bool:
    """Whether what was told still holds."""
    log = shift.files.log
    match news:
        case Opened(heads):
            here = log.heads()
            return all(chain in here and here[chain].seq >= heads[chain].seq for chain in heads)
        case jobs.Written(groups, sides):
            kept = all(encode_group(group) in stored for group in groups)
            return kept and _sides_are_here(shift, (side.id for side in sides if side.at >= erased))
        case jobs.Kept(groups):
            return all(encode_group(received.group) in stored for received in groups)
        case jobs.SidesKept(ids):
            return erased > 0 or _sides_are_here(shift, ids)
        case jobs.Fresh(first, fresh):
            return raws[first - 1 : first - 1 + len(fresh)] == list(fresh)
        case jobs.Answered(_, Did(cmd_id, events=events)):
            span = log.own_command(cmd_id)
            found = log.events_since(span.first - 1, len(events)) if span else []
            return tuple(each.event.id for each in found) == events
        case _:
            return True


def _sides_are_here(shift: Shift, ids: Iterable[bytes]) -> bool:
    wanted = set(ids)
    return {record.id for record in shift.files.log.sides(wanted)} == wanted


def _genesis(pages: dict[Chain, list[Any]]) -> set[bytes]:
    """What `init` wrote, before anybody served."""
    first = (page[0] for page in pages.values())
    return {encode_group(group) for group in first if b"StoreConfigured" in group.events[0]}


def _joined(page: list[Any]) -> bool:
    pairs = pairwise(page)
    return page[0].first == 1 and all(
        (after.first, after.previous) == (before.last + 1, before.checksum)
        for before, after in pairs
    )


def goes_on(shift: Shift, told: list[Any]) -> Iterator[str]:
    """What is wrong with how a node goes on in the files it found: identities, projections."""
    used = {
        event.id
        for each in told
        if isinstance(each, Handed)
        for accepted in each.batch.groups
        for event in accepted.events
    }
    before = set(used)
    heard: list[Any] = []
    shift.tell = heard.append
    shift.writer.post(jobs.Decide(b"t", shift.submission()))
    shift.turns(())
    for each in heard:
        match each:
            case jobs.Answered(_, Did(events=events)) if not before.isdisjoint(events):
                yield "an identity was used twice"
    if not any(isinstance(each, jobs.Written) for each in heard):
        yield "the node takes no orders"
    shift.writer.finish()
    yield from _projected(shift)


def _projected(shift: Shift) -> Iterator[str]:
    log, mirror = shift.files.log, shift.files.mirror
    if mirror.projected_commit() != log.last_commit:
        yield "projections stay behind"
    rows = log.connection.exec_driver_sql("SELECT order_id, fold_hash FROM v_order").all()
    log.connection.rollback()
    shown = {bytes.fromhex(row.order_id): row.fold_hash for row in rows}
    folded = {}
    for subject in log.subjects_since(0):
        order = fold_order(subject, log.events_of(subject)) if len(subject) == 16 else None
        if order is not None and order.head is not None:
            folded[subject] = order.digest().hex()
    if shown != folded:
        yield "projections tell another story than the log"
