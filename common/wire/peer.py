"""The link to one peer: whether it lives, what it holds, what it is owed, what it was asked.

There are two ways to a peer, and both must work for the link to be worth its name: its feed,
which the transport subscribes to by itself, and the path of requests, which breaks and is mended
without a word from the far side. The state is about the second; the feed and every answer feed
the clock that decides between life and death.

    AWAY      no path; the transport says when there is one
    WAITING   a path, but the peer was asked in vain and gets a rest
    GREETING  HELLO is under way
    UP        HELLO was answered, and a frame or an answer was heard in the last 5 s
    MENDING   UP, but a request timed out: a new path is being made, everything asked is void

Only the links in UP and MENDING count as up; requests other than HELLO leave in UP only. A pair
that is not in the table can't happen or means nothing, and leaves the state as it is.

On the path run three lanes, each with one request at most: the ack lane (HELLO, ACK), which
nothing large may hold up, the bulk lane (FETCH, FETCH_SIDES) and the delivery lane (DELIVER).
"""

from __future__ import annotations

from collections.abc import Iterable
from enum import Enum, auto

from common.domain.ids import Chain
from common.wire.due import Due
from common.wire.limits import ACK_TIMEOUT, BULK_TIMEOUT, DEAD_AFTER, HELLO_FIRST, HELLO_MOST
from common.wire.messages import Ack, Deliver, Fetch, FetchSides, Head, Hello, Question
from common.wire.outputs import NEVER, ClockSample, PeerStatus


class Link(Enum):
    """The states of a link."""

    AWAY = auto()
    WAITING = auto()
    GREETING = auto()
    UP = auto()
    MENDING = auto()


class Sign(Enum):
    """What can happen to a link."""

    CONNECTED = auto()
    RETRY = auto()
    WELCOMED = auto()
    REFUSED = auto()
    TIMED_OUT = auto()
    SILENT = auto()


LINK = {
    (Link.AWAY, Sign.CONNECTED): Link.WAITING,
    (Link.WAITING, Sign.RETRY): Link.GREETING,
    (Link.GREETING, Sign.CONNECTED): Link.WAITING,
    (Link.GREETING, Sign.WELCOMED): Link.UP,
    (Link.GREETING, Sign.REFUSED): Link.WAITING,
    (Link.GREETING, Sign.TIMED_OUT): Link.AWAY,
    (Link.UP, Sign.TIMED_OUT): Link.MENDING,
    (Link.UP, Sign.REFUSED): Link.WAITING,
    (Link.UP, Sign.SILENT): Link.AWAY,
    (Link.MENDING, Sign.CONNECTED): Link.UP,
    (Link.MENDING, Sign.SILENT): Link.AWAY,
}


class Lane:
    """Room for one request."""

    __slots__ = ("asked", "due", "not_before", "request_id")

    def __init__(self) -> None:
        self.asked: Question | None = None
        self.request_id = 0
        self.due = 0
        self.not_before = 0

    def free(self, mono: int) -> bool:
        """Whether a request may leave now."""
        return self.asked is None and mono >= self.not_before

    def late(self, mono: int) -> bool:
        """Whether the request should have been answered by now."""
        return self.asked is not None and self.due <= mono

    def ask(self, request_id: int, question: Question, due: int) -> None:
        """A request leaves."""
        self.asked, self.request_id, self.due = question, request_id, due

    def clear(self) -> Question | None:
        """What was asked is answered or void."""
        asked, self.asked = self.asked, None
        return asked


class Peer:
    """Everything this node knows of one other.

    Nothing is due on its link before `look_at`: whatever happens to it sets that back to now.
    """

    def __init__(self, origin: bytes) -> None:
        self.origin = origin
        self.look_at = 0
        self.link = Link.AWAY
        self.greet = True
        self.retry_at = 0
        self.last_heard: int | None = None
        self.heads: dict[Chain, Head] = {}
        self.useless: set[Chain] = set()
        self.sides_next = False
        self.scanned = -1
        self.owed: dict[Chain, None] = {}
        self.owed_by = 0
        self.receipts: dict[Chain, int] = {}
        self.ack_lane = Lane()
        self.bulk_lane = Lane()
        self.deliver_lane = Lane()
        self.due = Due()
        self.fold_version: int | None = None
        self.queue_ms = 0
        self.disk = 0
        self.clock: ClockSample | None = None
        self._back_off = HELLO_FIRST

    @property
    def up(self) -> bool:
        """Whether this peer can be reached, as far as anyone can know."""
        return self.link is Link.UP or self.link is Link.MENDING

    def sign(self, sign: Sign) -> None:
        """Something happened: the table decides."""
        self.look_at = 0
        self.link = LINK.get((self.link, sign), self.link)

    def rest(self, mono: int, jitter: float) -> None:
        """Put off the next HELLO, longer each time, never in step with others."""
        self.look_at = 0
        self.retry_at = mono + int(self._back_off * (0.8 + 0.4 * jitter))
        self._back_off = min(2 * self._back_off, HELLO_MOST)

    def greeted(self) -> None:
        """HELLO was answered well."""
        self._back_off = HELLO_FIRST

    def hear(self, heads: Iterable[Head]) -> None:
        """The peer tells what it holds; what it failed to deliver before is believed again."""
        self.useless.clear()
        for head in heads:
            self.heads[head.chain] = head

    def covers(self, chain: Chain, pending: int) -> int:
        """Up to where the peer could deliver this chain; 0 if not beyond `pending`."""
        head = self.heads.get(chain)
        if head is None or head.seq <= pending or chain in self.useless:
            return 0
        return head.seq

    def owe(self, chains: Iterable[Chain], by: int = 0) -> None:
        """Acks are due for these chains of the peer's, whatever was acked before.

        They leave at `by` at the latest, with all others that are owed then.
        """
        self.look_at = 0
        self.owed_by = min(self.owed_by, by) if self.owed else by
        self.owed.update(dict.fromkeys(chains))

    def void(self) -> Question | None:
        """The path broke: unanswered acks are owed again. Returns what the bulk lane carried."""
        self.look_at = 0
        asked = self.ack_lane.clear()
        if isinstance(asked, Ack):
            self.owe(stored.chain for stored in asked.heads)
        self.greet = True
        self.deliver_lane.clear()
        return self.bulk_lane.clear()

    def ask(self, request_id: int, question: Question, mono: int) -> None:
        """A request leaves."""
        self.look_at = 0
        if isinstance(question, Fetch | FetchSides):
            self.bulk_lane.ask(request_id, question, mono + BULK_TIMEOUT)
        elif isinstance(question, Deliver):
            self.deliver_lane.ask(request_id, question, mono + BULK_TIMEOUT)
        else:
            self.ack_lane.ask(request_id, question, mono + ACK_TIMEOUT)
        if isinstance(question, Hello):
            self.greet = False
            self.sign(Sign.RETRY)

    def answered(self, request_id: int) -> Question | None:
        """The request of this id, if it still waits; it does no longer."""
        self.look_at = 0
        for lane in self._lanes:
            if lane.asked is not None and lane.request_id == request_id:
                return lane.clear()
        return None

    def overdue(self, mono: int) -> bool:
        """Whether a request was not answered in time."""
        return any(lane.late(mono) for lane in self._lanes)

    @property
    def _lanes(self) -> tuple[Lane, Lane, Lane]:
        return self.ack_lane, self.bulk_lane, self.deliver_lane

    def deliver_at(self) -> int:
        """When the next delivery may leave; NEVER while one is under way or nothing is due."""
        due, lane = self.due, self.deliver_lane
        if due.reading or not due.taken or lane.asked is not None:
            return NEVER
        return max(due.at, lane.not_before)

    def silent(self, mono: int) -> bool:
        """Whether a link that is up has not been heard for too long."""
        return self.up and self.last_heard is not None and mono - self.last_heard >= DEAD_AFTER

    def deadline(self, mono: int, work: bool) -> int:
        """When time alone makes something due on this link; `work`: there is bulk to fetch."""
        ack, bulk = self.ack_lane, self.bulk_lane
        times = [NEVER, *(lane.due for lane in self._lanes if lane.asked is not None)]
        if ack.asked is None and (self.greet or self.owed):
            ack_at = max(ack.not_before, 0 if self.greet else self.owed_by)
            if self.link is Link.UP and ack_at > mono:
                times.append(ack_at)
        if self.link is Link.UP and (deliver_at := self.deliver_at()) > mono:
            times.append(deliver_at)
        if self.link is Link.WAITING:
            times.append(self.retry_at)
        elif self.up and self.last_heard is not None:
            times.append(self.last_heard + DEAD_AFTER)
        if work and bulk.not_before > mono:
            times.append(bulk.not_before)
        return min(times)

    def status(self) -> PeerStatus:
        """The peer as it stands."""
        return PeerStatus(
            up=self.up,
            last_heard=self.last_heard,
            heads=tuple(self.heads.values()),
            fold_version=self.fold_version,
            queue_ms=self.queue_ms,
            disk=self.disk,
            clock=self.clock,
            due=len(self.due),
        )
