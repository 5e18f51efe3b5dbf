"""What is due to one holder of a role: own groups addressed to it and not covered by its acks.

There is no outbox: the list is worked out from the log and the receipts when a node starts or a
role changes hands, goes on with each group that is committed, and shrinks with each ack. It tells
when a group is to be handed over directly, should feed and fetch not have brought it by then.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Mapping

from common.domain.ids import Chain, EventId
from common.wire.limits import DELIVER_DOUBLINGS, DELIVER_EVERY, DELIVER_FIRST, MAX_DUE
from common.wire.messages import Head, Want
from common.wire.outputs import NEVER, Addressed


class _Owed:
    """A group, how often it was delivered in vain, and when it is to be again.

    `cut`: its time had come, and it found no room in the last delivery.
    """

    __slots__ = ("at", "cut", "first", "last", "tries")

    def __init__(self, first: int, last: int, at: int) -> None:
        self.first = first
        self.last = last
        self.tries = 0
        self.at = at
        self.cut = False


class Due:
    """The groups due to one peer, chain by chain; each chain keeps the newest MAX_DUE."""

    def __init__(self) -> None:
        self.at = NEVER
        """No delivery is due before this."""
        self.reading = False
        """Whether the log is being read for a delivery."""
        self.taken = True
        """Whether the peer knows the verb, as far as it has told."""
        self._runs: dict[Chain, deque[_Owed]] = {}

    def __len__(self) -> int:
        """How many groups are due."""
        return sum(map(len, self._runs.values()))

    def clear(self) -> None:
        """Nothing is due any more."""
        self._runs.clear()
        self.at = NEVER

    def add(self, chain: Chain, first: int, last: int, at: int) -> None:
        """A group was committed; it is to be delivered at that time, unless it is acked."""
        self._runs.setdefault(chain, deque(maxlen=MAX_DUE)).append(_Owed(first, last, at))
        self.at = min(self.at, at)

    def load(self, found: Iterable[Addressed], acked: Mapping[Chain, int], at: int) -> None:
        """Groups that the log tells of, those of each chain in order; what was added stays last."""
        added, self._runs = self._runs, {}
        for group in found:
            if group.last > acked.get(group.chain, 0):
                self.add(group.chain, group.first, group.last, at)
        for chain, run in added.items():
            known = self._runs.setdefault(chain, deque(maxlen=MAX_DUE))
            last = known[-1].last if known else 0
            known.extend(owed for owed in run if owed.first > last)

    def acked(self, chain: Chain, seq: int) -> None:
        """The peer has this chain up to here."""
        run = self._runs.get(chain)
        while run and run[0].last <= seq:
            run.popleft()
        if run is not None and not run:
            del self._runs[chain]
            self.at = self.at if self._runs else NEVER

    def hurry(self, heads: Mapping[Chain, Head], mono: int) -> None:
        """The link came up: all is due at once, but for what the peer just said to hold.

        The ack of that is on its way.
        """
        for chain, run in self._runs.items():
            held = heads[chain].seq if chain in heads else 0
            for owed in run:
                owed.tries = 0
                owed.at = mono if owed.last > held else mono + DELIVER_FIRST
        if self._runs:
            self.at = mono

    def next(self, acked: Mapping[Chain, int], mono: int) -> Want | None:
        """What is to be delivered now: a chain from its last ack up to the last group due."""
        if self.at > mono:
            return None
        for chain, run in self._runs.items():
            until = max((owed.first for owed in run if owed.at <= mono), default=0)
            if until:
                return Want(chain.origin, chain.epoch, acked.get(chain, 0), until)
        self.at = min((owed.at for run in self._runs.values() for owed in run), default=NEVER)
        return None

    def tried(self, chain: Chain, upto: int, mono: int, wait: Callable[[int], int]) -> None:
        """This chain's groups up to here leave; `wait` tells how long for their ack by tries."""
        for owed in self._runs.get(chain, ()):
            owed.cut = owed.last > upto and owed.at <= mono
            owed.tries += owed.last <= upto
            if owed.last <= upto or owed.cut:
                owed.at = mono + wait(owed.tries)

    def go_on(self, mono: int) -> None:
        """A delivery was acked: what found no room in it may follow."""
        for run in self._runs.values():
            for owed in run:
                if owed.cut:
                    owed.cut, owed.at = False, mono
                    self.at = mono

    def tries(self, event: EventId) -> int:
        """How often the group of this event was delivered without an ack so far."""
        run = self._runs.get(event.chain, ())
        return next((o.tries for o in run if o.first <= event.seq <= o.last), 0)


def wait_before(tries: int, jitter: float) -> int:
    """µs before the next delivery after so many in vain; `jitter` from 0 to 1 makes it ±20 %."""
    wait = DELIVER_FIRST << tries if tries < DELIVER_DOUBLINGS else DELIVER_EVERY
    return int(wait * (0.8 + 0.4 * jitter))
