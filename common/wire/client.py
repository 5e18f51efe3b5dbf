"""What a replica asks of its peers, and what it makes of their answers.

`turn` ends every input: for each peer it looks at the clock, then lets each free lane take what is
due by the state of things. A request that is not answered in time is never sent again; its path is
closed with all that was on it (the lazy pirate), and once there is a new one the same rule finds
out what is to be asked now.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from common.domain.clock import clock_sample
from common.domain.codec import BadBytes, Group
from common.wire.deliver import Deliverer, Delivery
from common.wire.intake import Intake
from common.wire.limits import FETCH_PENDING_BYTES, MAX_ACKS, PAGE_BYTES, PAGE_PAUSE, REFUSED_PAUSE
from common.wire.messages import (
    Ack,
    Acked,
    Answer,
    Deliver,
    Delivered,
    Fetch,
    FetchSides,
    Hello,
    Page,
    Question,
    Reason,
    Refused,
    SidePage,
    Welcome,
    decode_answer,
    encode,
)
from common.wire.outputs import ClockSample, LinkChanged, Request, Reset, What
from common.wire.peer import Link, Peer, Sign
from common.wire.state import State, speaks


class Client:
    """The asking half of a replica."""

    def __init__(
        self, state: State, intake: Intake, deliverer: Deliverer, jitter: Callable[[], float]
    ) -> None:
        self._state = state
        self._intake = intake
        self._deliverer = deliverer
        self._jitter = jitter
        self._out = state.out
        self._request_id = 0

    # --- links -----------------------------------------------------------------------------

    def connected(self, peer: Peer) -> None:
        """There is a path to this peer, and nothing is on it."""
        self._void(peer)
        self._sign(peer, Sign.CONNECTED)

    def removed(self, peer: Peer) -> None:
        """This peer is not of the store any more."""
        self._void(peer)
        if peer.up:
            self._out.emit(LinkChanged(peer.origin, up=False))

    def greet_all(self) -> None:
        """Some of this node's own past came back: acks of it that came too early come again."""
        for peer in self._state.peers.values():
            peer.greet, peer.look_at = True, 0

    def _sign(self, peer: Peer, sign: Sign) -> None:
        was_up = peer.up
        peer.sign(sign)
        self._state.catchup.changed()
        if peer.up != was_up:
            self._out.emit(LinkChanged(peer.origin, peer.up))

    def _void(self, peer: Peer) -> None:
        asked = peer.void()
        self._state.catchup.void(peer)
        if isinstance(asked, FetchSides):
            self._state.sides.landed(asked.ids)

    def _cut(self, peer: Peer, sign: Sign) -> None:
        """Close the path, and open another after a rest."""
        self._void(peer)
        if peer.link is not Link.UP:
            peer.rest(self._out.now.mono, self._jitter())
        self._sign(peer, sign)
        self._out.emit(Reset(peer.origin))

    # --- asking ----------------------------------------------------------------------------

    def turn(self) -> None:
        """Let every peer's lanes take what is due."""
        mono = self._out.now.mono
        self._state.catchup.wake(mono)
        work = self._work()
        for peer in self._state.peers.values():
            if work or peer.look_at <= mono:
                self._look_at(peer, mono, work)
                peer.look_at = peer.deadline(mono, work)

    def _look_at(self, peer: Peer, mono: int, work: bool) -> None:
        if peer.silent(mono):
            self._cut(peer, Sign.SILENT)
        elif peer.overdue(mono):
            self._out.note(What.TIMEOUT, "no answer", peer.origin)
            self._cut(peer, Sign.TIMED_OUT)
        if peer.link is Link.UP:
            self._serve_lanes(peer, mono, work)
        elif peer.link is Link.WAITING and peer.retry_at <= mono:
            self._ask(peer, self._state.hello())

    def _serve_lanes(self, peer: Peer, mono: int, work: bool) -> None:
        if peer.ack_lane.free(mono):
            if peer.greet:
                self._ask(peer, self._state.hello())
            elif peer.owed and peer.owed_by <= mono:
                self._ack(peer)
        self._deliverer.turn(peer, mono)
        if work and peer.bulk_lane.free(mono):
            for ask in self._bulk_order(peer):
                if ask(peer):
                    break

    def _work(self) -> bool:
        """Whether there is anything to fetch from anyone."""
        return self._state.catchup.any_behind or len(self._state.sides) > 0

    def _bulk_order(self, peer: Peer) -> tuple[Callable[[Peer], bool], ...]:
        """Groups and side records take turns."""
        if peer.sides_next:
            return (self._fetch_sides, self._fetch)
        return (self._fetch, self._fetch_sides)

    def _ask(self, peer: Peer, question: Question) -> None:
        self._request_id += 1
        peer.ask(self._request_id, question, self._out.now.mono)
        self._out.emit(Request(peer.origin, self._request_id, encode(question)))

    def _ack(self, peer: Peer) -> None:
        chains = list(peer.owed)[:MAX_ACKS]
        for chain in chains:
            del peer.owed[chain]
        stored = tuple(filter(None, map(self._state.chains.stored, chains)))
        if stored:
            self._ask(peer, Ack(stored, self._out.now.mesh))

    def _fetch(self, peer: Peer) -> bool:
        if self._state.chains.pending_bytes > FETCH_PENDING_BYTES:
            return False
        wants = self._state.catchup.wants(peer, self._state.peers)
        if not wants:
            return False
        self._state.catchup.asked(peer, wants)
        self._out.count("fetches")
        peer.sides_next = True
        self._ask(peer, Fetch(wants, PAGE_BYTES))
        return True

    def _fetch_sides(self, peer: Peer) -> bool:
        up = [peer.origin for peer in self._state.peers.values() if peer.link is Link.UP]
        ids = self._state.sides.choose(peer.origin, up, self._out.now.mono)
        if not ids:
            return False
        self._state.sides.asked(peer.origin, ids)
        peer.sides_next = False
        self._ask(peer, FetchSides(ids))
        return True

    def deliver(self, delivery: Delivery, groups: Sequence[Group]) -> None:
        """The log has read what is due to a peer."""
        peer = self._state.peers.get(delivery.peer)
        question = None if peer is None else self._deliverer.read(peer, delivery.want, groups)
        if peer is not None and question is not None:
            self._ask(peer, question)

    # --- answers ---------------------------------------------------------------------------

    def answered(self, peer: Peer, request_id: int, body: bytes) -> None:
        """An answer came; one to a question that is void is let go."""
        asked = peer.answered(request_id)
        if asked is None:
            self._out.count("late answers")
            return
        peer.last_heard = self._out.now.mono
        try:
            answer: Answer = decode_answer(body)
        except BadBytes as error:
            self._out.note(What.BAD_ANSWER, str(error), peer.origin)
            answer = Refused(Reason.FAILED)
        self._settle(peer, asked, answer)

    def _settle(self, peer: Peer, asked: Question, answer: Answer) -> None:
        match asked, answer:
            case Hello(), Welcome():
                self._welcomed(peer, answer)
            case Ack(), Acked():
                self._clock(peer, asked, answer)
            case Fetch(), Page():
                self._intake.groups(peer, answer.groups, live=False)
                self._bulk_done(peer, asked, PAGE_PAUSE)
            case FetchSides(), SidePage():
                self._intake.sides(peer, answer.sides, live=False)
                self._bulk_done(peer, asked, PAGE_PAUSE)
            case Deliver(), Delivered():
                self._deliverer.delivered(peer, answer)
            case Deliver(), Refused(Reason.UNKNOWN_VERB):
                self._out.count("deliveries not understood")
                self._deliverer.not_understood(peer)
            case _, Refused():
                self._out.note(What.REFUSED, f"{type(asked).__name__}: {answer.code}", peer.origin)
                self._refused(peer, asked)
            case _:
                self._out.note(What.BAD_ANSWER, "to another question", peer.origin)
                self._refused(peer, asked)

    def _welcomed(self, peer: Peer, welcome: Welcome) -> None:
        known = (welcome.store_id, welcome.node) == (self._state.store_id, peer.origin)
        if not known or not speaks(welcome.protocol, welcome.oldest):
            self._out.note(What.BAD_ANSWER, "of another store, node or version", peer.origin)
            self._refused(peer, self._state.hello())
            return
        peer.greeted()
        peer.fold_version = welcome.fold_version
        peer.owe(self._state.chains.of(peer.origin))
        self._state.sides.hurry(self._out.now.mono)
        peer.heads.clear()
        self._intake.heads(peer, welcome.heads)
        peer.due.taken = True
        if not peer.up:
            peer.due.hurry(peer.heads, self._out.now.mono)
        self._sign(peer, Sign.WELCOMED)

    def _clock(self, peer: Peer, ack: Ack, acked: Acked) -> None:
        """Four timestamps: how far its mesh time is ahead of ours, if both ways took as long."""
        t4 = self._out.now.mesh
        peer.clock = ClockSample(*clock_sample(ack.t1, acked.t2, acked.t3, t4), t4)

    def _bulk_done(self, peer: Peer, asked: Fetch | FetchSides, pause: int) -> None:
        peer.bulk_lane.not_before = self._out.now.mono + pause
        if isinstance(asked, Fetch):
            self._state.catchup.answered(peer, asked.wants)
        else:
            self._state.sides.landed(asked.ids)

    def _refused(self, peer: Peer, asked: Question) -> None:
        """No answer worth having: not at once again."""
        mono = self._out.now.mono
        match asked:
            case Hello():
                peer.rest(mono, self._jitter())
                self._void(peer)
                self._sign(peer, Sign.REFUSED)
            case Ack():
                peer.owe(stored.chain for stored in asked.heads)
                peer.ack_lane.not_before = mono + REFUSED_PAUSE
            case Fetch() | FetchSides():
                self._bulk_done(peer, asked, REFUSED_PAUSE)
            case Deliver():
                self._deliverer.refused(peer)

    # --- time ------------------------------------------------------------------------------

    def deadline(self) -> int:
        """When time alone makes something due."""
        state = self._state
        times = [peer.look_at for peer in state.peers.values()]
        times.append(state.catchup.deadline())
        sides = state.sides.deadline()
        if sides > self._out.now.mono:
            times.append(sides)
        return min(times)
