"""The one thread that writes: decides commands, commits groups, keeps the projections behind it.

A round takes what has come in meanwhile, at most a group's worth of it, commits it once and tells
the result. Nothing is told of an event before its commit: acks, answers and the screens' stream
all leave after it.
"""

from __future__ import annotations

import logging
import threading
from collections import deque
from collections.abc import Callable
from contextlib import suppress
from itertools import count, islice
from typing import NamedTuple

from common.domain import commands as cmd
from common.domain.codec import CHAIN_START, BadBytes, Event, SideRecord, side_message
from common.domain.decide import Decision, Here, decide
from common.domain.events import OrderSubmitted, decode_payload
from common.domain.ids import HOUSE, Chain, EventId
from common.domain.reasons import Rejected
from common.mesh.keys import NodeIdentity, curve_public_of, store_id_of
from common.mesh.transport import Peer
from common.node import jobs
from common.node.clocks import NodeClock
from common.node.files import Files
from common.node.ledger import Draught, Ledger, Pen
from common.node.questions import QUESTIONS
from common.node.screen_messages import (
    Ask,
    Declined,
    Did,
    Failed,
    Snapshot,
    Told,
    encode_data,
)
from common.node.snapshot import snapshot
from common.node.trust import trusting_house
from common.store.contract import Accepted, Batch, OwnCommand, Span, WantedSide
from common.store.errors import NotNext, StoreError, StoreFull
from common.store.receipts import Receipt
from common.wire.outputs import Received, SideWant

_log = logging.getLogger(__name__)

ROUND_EVENTS = 512
"""Events in one commit at most, so that one long queue does not make everybody wait."""
LINGER_S = 0.05
"""How long what concerns other stations waits for company.

Nobody looks at it here, and each commit costs what several together do: at 20 orders a second
most of a station's work was to store, one by one, what the others did.
"""
MAX_LEAP = 2**32
"""How far ahead of all that was seen an event's Lamport time may be."""
LAG = 2_000_000
"""µs that projections and receipts wait for others to join them: an order moves often at first."""
LAG_MOST = 5_000_000
"""µs they may lag behind while the node is never idle."""
FULL_PAUSE = 5_000_000
"""µs that they rest when the disk had no room."""
SLICE_ORDERS = 8
"""Orders projected between two looks at the queue."""
PRESSED_SLICES = 4
"""Slices after each round when they are far behind."""
RECENT_EVENTS = 2_048
"""Events before the last whose orders are read at the start, closed or not: about a busy hour, so
that a node that starts again has for its screens what they may recall."""


class _Waiting(NamedTuple):
    since: int
    job: jobs.Job


class _Decided(NamedTuple):
    command: cmd.AnyCommand
    events: tuple[Event, ...]
    tokens: list[bytes]


class _Round:
    """What one commit is made of."""

    def __init__(self, pen: Pen) -> None:
        self.draught = Draught(pen)
        self.decided: dict[bytes, _Decided] = {}
        self.answers: list[jobs.Answered] = []
        self.foreign: list[Received] = []
        self.ends: dict[Chain, tuple[int, bytes]] = {}
        self.held: list[Received] = []
        self.unfit: list[Received] = []
        self.sides: list[SideRecord] = []
        self.own_sides: list[SideRecord] = []


class Writer(threading.Thread):
    """Owns the log, the receipts and the ledger; takes jobs, gives news."""

    def __init__(
        self,
        files: Files,
        identity: NodeIdentity,
        store_key: bytes,
        clock: NodeClock,
        tell: Callable[[list[jobs.News]], None],
    ) -> None:
        super().__init__(name="writer")
        self._files = files
        self._identity = identity
        self._store_key = store_key
        self._store_id = store_id_of(store_key)
        self._clock = clock
        self._tell = tell
        self._queue: deque[_Waiting] = deque()
        self._receipts: deque[Receipt] = deque()
        self._awake = threading.Condition()
        self._idle = False
        self._urgent = False
        self._stopping = False
        self._behind_since: int | None = None
        self._waiting_since: int | None = None
        self._pen = Pen(identity.origin, self._store_id, identity.sign, files.log.max_lamport)
        self._ledger = self._read_ledger()

    # -- for the other thread

    def post(self, job: jobs.Job) -> None:
        """Hand in a job."""
        urgent = job.urgent if isinstance(job, jobs.Keep) else not isinstance(job, jobs.KeepSides)
        with self._awake:
            self._queue.append(_Waiting(self._clock.now().mono, job))
            self._waiting_since = self._queue[0].since
            if len(self._queue) == 1 or (urgent and not self._urgent):
                self._awake.notify()
            self._urgent = self._urgent or urgent

    def note(self, receipt: Receipt) -> None:
        """Hand in a receipt; it is written with the next others."""
        self._receipts.append(receipt)
        if self._idle:
            with self._awake:
                self._awake.notify()

    def stop(self) -> None:
        """Carry out what was handed in, bring the projections up to date, and end."""
        with self._awake:
            self._stopping = True
            self._awake.notify()

    @property
    def queue_ms(self) -> int:
        """How long the oldest job has been waiting."""
        since = self._waiting_since
        return 0 if since is None else (self._clock.now().mono - since) // 1000

    def roster(self) -> jobs.Roster:
        """The roster as of now; before `start`, or on the writer's thread."""
        nodes = self._ledger.house.nodes
        peers = tuple(
            Peer(origin, curve_public_of(node.public_key), node.feed, node.router)
            for origin, node in nodes.items()
        )
        return jobs.Roster(
            {origin: node.public_key for origin, node in nodes.items()},
            {origin: node.name for origin, node in nodes.items()},
            peers,
            frozenset(nodes[me].roles if (me := self._identity.origin) in nodes else ()),
        )

    # -- the thread

    def run(self) -> None:
        """Work until stopped; an error that nothing here knows ends the node, with its trace."""
        try:
            self._work()
        except Exception as error:  # noqa: BLE001 whatever it is, the node must not serve on
            _log.critical("writer ended", exc_info=True)
            self._tell([jobs.Broken(error)])
        finally:
            self._files.close()

    def _work(self) -> None:
        while True:
            taken = self._take()
            if taken:
                self._round(taken)
            elif self._stopping:
                break
            self._catch_up()
        with suppress(StoreFull):  # what is not written is made anew at the next start
            self._project_all()
            self._write_receipts()

    def _take(self) -> list[jobs.Job]:
        with self._awake:
            if not self._queue and not self._stopping:
                self._idle = True  # before the look at the receipts: a later one rings
                wait = self._until_due()
                self._awake.wait(None if wait is None else wait / 1e6)
                self._idle = False
            if self._queue and not self._urgent and not self._stopping:
                self._awake.wait_for(lambda: self._urgent or self._stopping, LINGER_S)
            taken: list[jobs.Job] = []
            events = 0
            while self._queue and events < ROUND_EVENTS:
                taken.append(self._queue.popleft().job)
                events += _weight(taken[-1])
            self._urgent = bool(self._queue)
            self._waiting_since = self._queue[0].since if self._queue else None
            return taken

    # -- a round

    def _round(self, taken: list[jobs.Job]) -> None:
        round_ = _Round(self._pen)
        questions: list[jobs.Show | jobs.Tell] = []
        for job in taken:
            match job:
                case jobs.Decide():
                    self._decide(job, round_)
                case jobs.Keep(groups):
                    self._sort_out(groups, round_)
                case jobs.KeepSides(sides):
                    round_.sides += sides
                case _:
                    questions.append(job)
        self._commit(round_)
        for question in questions:
            self._answer(question)

    def _decide(self, job: jobs.Decide, round_: _Round) -> None:
        command = job.command
        asked_before = round_.decided.get(command.cmd_id)
        if asked_before is not None:  # sent again while the first was still waiting
            asked_before.tokens.append(job.token)
            return
        known = self._files.log.own_command(command.cmd_id)
        if known is not None:
            round_.answers.append(jobs.Answered(job.token, self._repeat(command, known)))
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
        round_.decided[command.cmd_id] = _Decided(command, events, [job.token])
        self._keep_own_side(outcome, events[0], round_)

    def _keep_own_side(self, decision: Decision, event: Event, round_: _Round) -> None:
        if decision.side_id is None:
            return
        place = (decision.side_id, event.origin, event.subject, event.at)
        bare = SideRecord(*place, decision.side.encode(), bytes(64))
        signature = self._identity.sign(side_message(self._store_id, bare))
        round_.own_sides.append(SideRecord(*place, bare.body, signature))

    def _sort_out(self, groups: tuple[Received, ...], round_: _Round) -> None:
        """Part what continues its chain from what is here already and what does not fit."""
        for received in groups:
            group, chain = received.group, received.group.chain
            head = self._files.log.head(chain)
            stored = (head.seq, head.checksum) if head else (0, CHAIN_START)
            seq, checksum = round_.ends.get(chain, stored)
            last = group.last
            if last <= seq:
                round_.held.append(received)
            elif (group.first, group.previous) != (seq + 1, checksum):
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

    def _commit(self, round_: _Round) -> None:
        round_.draught.close()
        own = round_.draught.groups
        batch = Batch(
            stored_at=self._clock.mesh(),
            groups=(*own, *(Accepted(*received) for received in round_.foreign)),
            commands=tuple(
                OwnCommand(cmd_id, decided.events[0].id, len(decided.events))
                for cmd_id, decided in round_.decided.items()
            ),
            sides=(*round_.own_sides, *round_.sides),
            wanted=self._wanted(round_),
        )
        if not (batch.groups or batch.sides):
            self._tell(self._news_of_nothing(round_))
            return
        try:
            appended = self._files.log.append(batch)
        except (StoreFull, NotNext) as error:
            self._failed(round_, error)
            return
        stored_at = self._clock.mesh()
        self._tell(self._news(round_, batch, appended.first, stored_at))
        # Only now, and before the next round: nobody's ack has to wait for a fold.
        for received in round_.foreign:
            for event in received.events:
                self._ledger.apply(event)
        if any(event.subject == HOUSE for accepted in batch.groups for event in accepted.events):
            self._tell([self.roster()])

    def _wanted(self, round_: _Round) -> tuple[WantedSide, ...]:
        wanted = []
        for received in round_.foreign:
            for event in received.events:
                side = _side_of(event) if event.kind == OrderSubmitted.__name__ else None
                if side is not None:
                    wanted.append(WantedSide(side, event.origin, event.at))
        return tuple(wanted)

    def _news(self, round_: _Round, batch: Batch, first: int, stored_at: int) -> list[jobs.News]:
        """What a commit lets us say, what others wait for first."""
        news: list[jobs.News] = []
        own = tuple(accepted.group for accepted in round_.draught.groups)
        if own or round_.own_sides:
            news.append(jobs.Written(own, tuple(round_.own_sides)))
        kept = (*round_.foreign, *round_.held)
        if kept:
            news.append(jobs.Kept(kept, stored_at))
        raws = tuple(raw for accepted in batch.groups for raw in accepted.group.events)
        if raws:
            news.append(jobs.Fresh(first, raws))
        for decided in round_.decided.values():
            did = self._did(decided)
            news += (jobs.Answered(token, did) for token in decided.tokens)
        news += self._news_of_nothing(round_, kept=False)
        if batch.wanted:
            wants = tuple(SideWant(want.id, want.origin) for want in batch.wanted)
            news.append(jobs.SidesWanted(wants))
        if round_.sides:  # after the wants: a record may have come in the round of its event
            news.append(jobs.SidesKept(tuple(side.id for side in round_.sides)))
        return news

    def _news_of_nothing(self, round_: _Round, kept: bool = True) -> list[jobs.News]:
        news: list[jobs.News] = list(round_.answers)
        if kept and round_.held:
            news.append(jobs.Kept(tuple(round_.held), self._clock.mesh()))
        if round_.unfit:
            news.append(jobs.NotKept(tuple(round_.unfit)))
        return news

    def _failed(self, round_: _Round, error: StoreError) -> None:
        """Nothing of the round is durable: take back what was decided and say so."""
        _log.error("commit failed: %s", error)
        round_.draught.take_back()
        self._ledger = self._read_ledger()
        code = "full_disk" if isinstance(error, StoreFull) else "bad_command"
        news: list[jobs.News] = [
            jobs.Answered(token, Declined(cmd_id, Rejected(code)))
            for cmd_id, decided in round_.decided.items()
            for token in decided.tokens
        ]
        # A refusal may rest on what was just taken back; a repeat's answer does not.
        news += (
            told._replace(answer=Declined(told.answer.cmd_id, Rejected(code)))
            if isinstance(told.answer, Declined)
            else told
            for told in round_.answers
        )
        # Some of `held` were held by this round only; asked for again, the others are found here.
        news.append(jobs.NotKept((*round_.foreign, *round_.held, *round_.unfit)))
        self._tell(news)

    # -- answers

    def _did(self, decided: _Decided) -> Did:
        return self._result(decided.command, tuple(event.id for event in decided.events))

    def _repeat(self, command: cmd.AnyCommand, span: Span) -> Did:
        committed = self._files.log.events_since(span.first - 1, span.last - span.first + 1)
        return self._result(command, tuple(each.event.id for each in committed))

    def _result(self, command: cmd.AnyCommand, events: tuple[EventId, ...]) -> Did:
        order_id: bytes = getattr(command, "order_id", b"")
        return Did(command.cmd_id, order_id, self._ledger.house.number(order_id), events)

    def _answer(self, question: jobs.Show | jobs.Tell) -> None:
        token = question.token
        try:
            if isinstance(question, jobs.Show):
                told = jobs.Answered(token, *self._board())
            else:
                told = jobs.Answered(token, *self._told(question.ask))
        except StoreError:
            raise
        except Exception:  # noqa: BLE001 not understood, or a bug: it leaves its trace
            _log.warning("%r can't be answered", question, exc_info=True)
            told = jobs.Answered(token, Failed(Rejected("bad_command")))
        self._tell([told])

    def _board(self) -> tuple[Snapshot, list[bytes]]:
        now, origin = self._clock.mesh(), self._identity.origin
        return snapshot(self._files.log, self._ledger, origin, self._store_key, now)

    def _told(self, ask: Ask) -> tuple[Told, list[bytes]]:
        with suppress(StoreFull):
            self._write_receipts()
        data = QUESTIONS[ask.name](self._files, self._ledger, ask.args)
        return Told(ask.name), encode_data(data)

    # -- behind the commits

    def _until_due(self) -> int | None:
        """µs until projections and receipts are due; None when there are none to write."""
        if not (self._ledger.dirty or self._receipts):
            self._behind_since = None
            return None
        now = self._clock.now().mono
        if self._behind_since is None:
            self._behind_since = now
        return max(0, self._behind_since + LAG - now)

    def _catch_up(self) -> None:
        """Bring projections and receipts up in slices: while nobody waits, or when far behind."""
        if self._until_due() != 0 or self._behind_since is None:
            return
        pressed = self._clock.now().mono > self._behind_since + LAG_MOST
        slices = count(1)
        try:
            self._project_all(
                lambda: not self._queue or (pressed and next(slices) <= PRESSED_SLICES)
            )
            if not self._ledger.dirty:
                self._write_receipts()
        except StoreFull as error:
            # They can wait: the log tells all of it again.
            _log.error("projections wait for room on the disk: %s", error)
            self._behind_since = self._clock.now().mono + FULL_PAUSE
        else:
            if not self._ledger.dirty:
                self._behind_since = None

    def _project_all(self, may_go_on: Callable[[], bool] = lambda: True) -> None:
        while self._ledger.dirty and may_go_on():
            self._project()

    def _project(self) -> None:
        ledger = self._ledger
        chosen = set(islice(ledger.dirty, SLICE_ORDERS))
        orders = [order for each in chosen - {HOUSE} if (order := ledger.orders.get(each))]
        upto = self._files.log.last_commit if len(chosen) == len(ledger.dirty) else None
        self._files.mirror.write(orders, ledger.house if HOUSE in chosen else None, upto)
        ledger.dirty -= chosen

    def _write_receipts(self) -> None:
        receipts = [self._receipts.popleft() for _ in range(len(self._receipts))]
        if receipts:
            try:
                self._files.receipts.record(receipts)
            except StoreFull:
                self._receipts.extendleft(reversed(receipts))
                raise

    # -- the start

    def _read_ledger(self) -> Ledger:
        log, mirror = self._files.log, self._files.mirror
        house = trusting_house(self._store_key)
        ledger = Ledger(log, house)
        for event in log.house_events():
            ledger.recall(event)
        for entry in mirror.entries():
            house.index(entry)
        behind = set(log.subjects_since(mirror.projected_commit()))
        recent = set(log.subjects_since(max(0, log.last_commit - RECENT_EVENTS)))
        for order_id in (behind | recent) - {HOUSE} | set(mirror.open_orders()):
            order = ledger.orders.get(order_id)
            if order is not None and order.submitted is not None:
                ledger.recall(order.submitted)
        ledger.dirty |= behind
        return ledger


def _weight(job: jobs.Job) -> int:
    if isinstance(job, jobs.Keep):
        return sum(len(received.events) for received in job.groups)
    return 4


def _side_of(event: Event) -> bytes | None:
    """The side record that an order's submission names."""
    try:
        payload = decode_payload(event)
    except BadBytes:
        return None  # another node may say what we can't read; it is kept and relayed
    return payload.side if isinstance(payload, OrderSubmitted) else None
