"""Decides commands, commits groups, and lets the rest follow: the node's one way to its files.

A round takes what has come in meanwhile, at most a group's worth of it, commits it once and tells
the result. Nothing is told of an event before its commit: acks, answers and the screens' stream
all leave after it. It is told at once, and folded only then: nobody's ack has to wait for a fold.
"""

from __future__ import annotations

import logging
from collections import deque
from contextlib import suppress
from typing import Any, assert_never

from common.domain import commands as cmd
from common.domain.codec import CHAIN_START, Event, SideRecord, side_message
from common.domain.decide import Decision, Here, decide
from common.domain.ids import HOUSE, EventId
from common.domain.order import Order
from common.domain.reasons import Rejected
from common.mesh.keys import NodeIdentity, curve_public_of, store_id_of
from common.mesh.transport import Peer
from common.node import jobs
from common.node.behind import Behind
from common.node.clocks import NodeClock
from common.node.files import Files
from common.node.inbox import Inbox
from common.node.ledger import read_ledger
from common.node.pen import Pen
from common.node.questions import QUESTIONS
from common.node.room import DiskState
from common.node.round import Decided, Round
from common.node.screen_messages import Ask, Declined, Did, Failed, Snapshot, Told, encode_data
from common.node.snapshot import snapshot
from common.store.contract import Appended, Batch, Span
from common.store.errors import NotNext, StoreError, StoreFull
from common.store.receipts import Receipt
from common.wire.outputs import Received

_log = logging.getLogger(__name__)

MAX_LEAP = 2**32
"""How far ahead of all that was seen an event's Lamport time may be."""


class Writer:
    """Owns the log, the receipts and the ledger; takes jobs, tells news. One thread's."""

    def __init__(
        self, files: Files, identity: NodeIdentity, store_key: bytes, clock: NodeClock
    ) -> None:
        self._files = files
        self._identity = identity
        self._store_key = store_key
        self._store_id = store_id_of(store_key)
        self._clock = clock
        self._inbox = Inbox()
        self._questions: deque[jobs.Question] = deque()
        self._behind = Behind(files, clock)
        self._pen = Pen(identity.origin, self._store_id, identity.sign, files.log.max_lamport)
        self._ledger = read_ledger(files, store_key, identity.origin)

    # -- what comes in

    def post(self, work: jobs.Work) -> None:
        """Hand in what is to be committed."""
        self._inbox.put(work, self._clock.now().mono)

    def ask(self, question: jobs.Question) -> None:
        """Hand in what is to be answered."""
        self._questions.append(question)

    def note(self, receipt: Receipt) -> None:
        """Hand in a receipt; it is written with the next others."""
        self._behind.note(receipt)

    # -- for who turns it

    def due(self) -> int | None:
        """The monotonic time of the next turn that has something to do."""
        if self._questions:
            return 0
        times = (self._inbox.due(), self._behind.due(self._ledger))
        return min((time for time in times if time is not None), default=None)

    @property
    def waited_for(self) -> bool:
        """Whether somebody waits for the next turn: a commit is due, or a question."""
        due = self._inbox.due()
        return bool(self._questions) or (due is not None and due <= self._clock.now().mono)

    def turn(self, hear: jobs.Hear) -> None:
        """One round, if it is due; then one question, or a slice of what lies behind."""
        now = self._clock.now().mono
        due = self._inbox.due()
        busy = due is not None and due <= now
        if busy:
            self._round(self._inbox.take(now), hear)
        if self._questions:
            hear([self._answer(self._questions.popleft())])
        else:
            self._behind.turn(self._ledger, idle=not busy)

    def finish(self) -> None:
        """Commit what was handed in and bring up what lies behind; nobody hears of it any more."""
        while taken := self._inbox.take(self._clock.now().mono):
            self._round(taken, lambda _: None)
        with suppress(StoreFull):  # what is not written is made anew at the next start
            self._behind.finish(self._ledger)

    @property
    def disk(self) -> DiskState:
        """How much room the disk has."""
        return self._files.room.look(self._clock.now().mono)

    @property
    def queue_ms(self) -> int:
        """How long things wait for the log."""
        return self._inbox.age(self._clock.now().mono) // 1000

    def open_orders(self) -> list[Order]:
        """The orders that are not closed, as of the last commit."""
        return self._ledger.orders.open()

    def closed_orders(self) -> list[Order]:
        """The closed orders that are still kept."""
        return self._ledger.orders.closed()

    def files_report(self) -> dict[str, Any]:
        """The disk and the files, for people."""
        return self._files.report()

    def roster(self) -> jobs.Roster:
        """The roster as of now."""
        nodes = self._ledger.house.nodes
        peers = tuple(
            Peer(origin, curve_public_of(node.public_key), node.feed, node.router)
            for origin, node in nodes.items()
        )
        return jobs.Roster(
            self._identity.origin,
            {origin: node.public_key for origin, node in nodes.items()},
            {origin: node.name for origin, node in nodes.items()},
            peers,
            frozenset(nodes[me].roles if (me := self._identity.origin) in nodes else ()),
            {origin: frozenset(node.roles) for origin, node in nodes.items()},
        )

    # -- a round

    def _round(self, taken: list[jobs.Work], hear: jobs.Hear) -> None:
        round_ = Round(self._pen)
        for work in taken:
            match work:
                case jobs.Decide():
                    self._decide(work, round_)
                case jobs.Keep(groups):
                    self._sort_out(groups, round_)
                case jobs.KeepSides(sides):
                    if not self._files.room.closed:
                        round_.sides += sides
                case _:
                    assert_never(work)
        self._commit(round_, hear)

    def _decide(self, job: jobs.Decide, round_: Round) -> None:
        command = job.command
        asked_before = round_.decided.get(command.cmd_id)
        if asked_before is not None:  # sent again while the first was still waiting
            asked_before.tokens.append(job.token)
            return
        known = self._files.log.own_command(command.cmd_id)
        if known is not None:
            round_.answers.append(jobs.Answered(job.token, self._repeat(command, known)))
            return
        if self._files.room.closed:
            declined = Declined(command.cmd_id, Rejected("full_disk"))
            round_.answers.append(jobs.Answered(job.token, declined))
            return
        ledger, now = self._ledger, self._clock.mesh()
        try:
            order_id: bytes | None = getattr(command, "order_id", None)
            order = None if order_id is None else ledger.orders.get(order_id)
            outcome = decide(command, ledger.house, order, Here(self._identity.origin, now))
        except Exception:  # noqa: BLE001 a bug leaves its trace and service goes on
            _log.exception("%s can't be decided", type(command).__name__)
            outcome = Rejected("bad_command")
        if isinstance(outcome, Rejected):
            declined = Declined(command.cmd_id, outcome)
            round_.answers.append(jobs.Answered(job.token, declined))
            return
        events = round_.draught.write(outcome.drafts, command.cmd_id, command.actor, now)
        for event in events:
            ledger.apply(event)
        round_.decided[command.cmd_id] = Decided(command, events, [job.token])
        self._keep_own_side(outcome, events[0], round_)

    def _keep_own_side(self, decision: Decision, event: Event, round_: Round) -> None:
        if decision.side_id is None:
            return
        place = (decision.side_id, event.origin, event.subject, event.at)
        bare = SideRecord(*place, decision.side.encode(), bytes(64))
        signature = self._identity.sign(side_message(self._store_id, bare))
        round_.own_sides.append(SideRecord(*place, bare.body, signature))

    def _sort_out(self, groups: tuple[Received, ...], round_: Round) -> None:
        """Part what continues its chain from what is here already and what does not fit."""
        for received in groups:
            group, chain = received.group, received.group.chain
            head = self._files.log.head(chain)
            stored = (head.seq, head.checksum) if head else (0, CHAIN_START)
            seq, checksum = round_.ends.get(chain, stored)
            last = group.last
            if last <= seq:
                round_.held.append(received)
            elif self._files.room.closed or (group.first, group.previous) != (seq + 1, checksum):
                round_.unfit.append(received)
            elif self._leaps(received):
                _log.error("%s leaps ahead in Lamport time: not taken in", chain.origin.hex()[:8])
                round_.unfit.append(received)
            else:
                round_.foreign.append(received)
                round_.ends[chain] = (last, group.checksum)
                for event in received.events:
                    self._pen.heard(event.lamport)

    def _leaps(self, received: Received) -> bool:
        """Whether a group would carry the counter to where nobody can count on from."""
        return max(event.lamport for event in received.events) > self._pen.place.lamport + MAX_LEAP

    def _commit(self, round_: Round, hear: jobs.Hear) -> None:
        batch = round_.batch(self._clock.mesh())
        if not (batch.groups or batch.sides):
            hear(round_.news_of_nothing(self._clock.mesh()))
            return
        try:
            appended = self._append(batch)
        except (StoreFull, NotNext) as error:
            hear(self._failed(round_, error))
            return
        stored_at = self._clock.mesh()
        dids = {cmd_id: self._did(decided) for cmd_id, decided in round_.decided.items()}
        hear(round_.news(batch, appended.first, stored_at, dids))
        for received in round_.foreign:
            for event in received.events:
                self._ledger.apply(event)
        if any(event.subject == HOUSE for accepted in batch.groups for event in accepted.events):
            hear([self.roster()])

    def _append(self, batch: Batch) -> Appended:
        """Commit; what finds the disk full has the reserve, once."""
        log, room = self._files.log, self._files.room
        try:
            appended = log.append(batch)
        except StoreFull:
            room.failed(self._clock.now().mono)
            if not room.give_up_reserve():
                raise
            appended = log.append(batch)
        room.wrote()
        return appended

    def _failed(self, round_: Round, error: StoreError) -> list[jobs.News]:
        """Nothing of the round is durable: take back what was decided and say so."""
        _log.error("commit failed: %s", error)
        round_.draught.take_back()
        self._ledger = read_ledger(self._files, self._store_key, self._identity.origin)
        return round_.news_of_failure(
            "full_disk" if isinstance(error, StoreFull) else "bad_command"
        )

    # -- answers

    def _did(self, decided: Decided) -> Did:
        return self._result(decided.command, tuple(event.id for event in decided.events))

    def _repeat(self, command: cmd.AnyCommand, span: Span) -> Did:
        committed = self._files.log.events_since(span.first - 1, span.last - span.first + 1)
        return self._result(command, tuple(each.event.id for each in committed))

    def _result(self, command: cmd.AnyCommand, events: tuple[EventId, ...]) -> Did:
        order_id: bytes = getattr(command, "order_id", b"")
        return Did(command.cmd_id, order_id, self._ledger.house.number(order_id), events)

    def _answer(self, question: jobs.Question) -> jobs.Answered:
        try:
            if isinstance(question, jobs.Show):
                return jobs.Answered(question.token, *self._board())
            return jobs.Answered(question.token, *self._told(question.ask))
        except StoreError:
            raise
        except Exception:  # noqa: BLE001 not understood, or a bug: it leaves its trace
            _log.warning("%r can't be answered", question, exc_info=True)
            return jobs.Answered(question.token, Failed(Rejected("bad_command")))

    def _board(self) -> tuple[Snapshot, list[bytes]]:
        now, origin = self._clock.mesh(), self._identity.origin
        return snapshot(self._files.log, self._ledger, origin, self._store_key, now)

    def _told(self, ask: Ask) -> tuple[Told, list[bytes]]:
        with suppress(StoreFull):
            self._behind.write_receipts()
        data = QUESTIONS[ask.name](self._files, self._ledger, ask.args)
        return Told(ask.name), encode_data(data)
