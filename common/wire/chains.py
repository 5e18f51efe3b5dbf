"""Where every chain stands here, and what may follow.

A chain has two heads. The durable head is what the store has on its disk: acks, vectors and
answers name nothing else. The pending head runs ahead of it by the groups that were handed to
Commit and are not written yet: the next group must follow that one.

    group.first vs pending head        the checksum                 verdict
    the next one                       `previous` is the head's     NEXT   commit it
    the next one                       is another                   FORK   one identity, two pasts
    beyond the next one                -                            GAP    fetch what lies between
    at or before, ends at a known end  the same                     HELD   ignore, ack again
    at or before, ends at a known end  is another                   FORK
    at or before, ends between two     -                            FORK   groups are never re-cut
    older than the trail               not looked up                HELD

The trail is the memory of the last group ends that makes the lower half of the table possible.
"""

from __future__ import annotations

from collections.abc import Iterator
from enum import Enum, auto

from common.domain.codec import CHAIN_START, Group
from common.domain.ids import Chain
from common.wire.limits import (
    MAX_HEADS,
    MAX_STASH_BYTES,
    MAX_STASH_GROUPS,
    TRAIL,
)
from common.wire.messages import Head, Stored
from common.wire.outputs import Held, Received


class Verdict(Enum):
    """What a group is to the chain it names."""

    NEXT = auto()
    HELD = auto()
    GAP = auto()
    FORK = auto()


def size_of(group: Group) -> int:
    """Bytes of the group's events."""
    return sum(map(len, group.events))


class ChainState:
    """One chain: its two heads, its trail and what waits beyond a gap."""

    __slots__ = (
        "checksum",
        "durable",
        "failed",
        "flying",
        "pending",
        "pending_checksum",
        "stash",
        "stored_at",
        "trail",
    )

    def __init__(self, seq: int = 0, checksum: bytes = CHAIN_START, stored_at: int = 0) -> None:
        self.durable = self.pending = seq
        self.checksum = self.pending_checksum = checksum
        self.stored_at = stored_at
        self.flying = 0
        self.failed = False
        self.trail = {seq: checksum}
        self.stash: dict[int, Received] = {}

    def judge(self, group: Group) -> Verdict:
        """The table above."""
        following = self.pending + 1
        if group.first > following:
            return Verdict.GAP
        if group.first == following:
            same = group.previous == self.pending_checksum
            return Verdict.NEXT if same else Verdict.FORK
        held = group.last <= self.pending and self.agrees(group.last, group.checksum)
        return Verdict.HELD if held else Verdict.FORK

    def agrees(self, seq: int, checksum: bytes) -> bool:
        """Whether this head lies on our chain, as far as the trail reaches back."""
        known = self.trail.get(seq)
        return checksum == known if known is not None else seq < next(iter(self.trail))

    def advance(self, group: Group) -> None:
        """Move the pending head over a group that is NEXT."""
        self.pending, self.pending_checksum = group.last, group.checksum
        self.trail[group.last] = group.checksum
        if len(self.trail) > TRAIL:
            del self.trail[next(iter(self.trail))]

    def settle(self, group: Group, stored_at: int) -> bool:
        """Move the durable head over a group that was written; False if it was there already."""
        if group.last <= self.durable:
            return False
        if group.first != self.durable + 1 or group.previous != self.checksum:
            raise ValueError("a group was written that does not follow the durable head")
        self.durable, self.checksum, self.stored_at = group.last, group.checksum, stored_at
        return True

    def fall_back(self) -> None:
        """Forget what was pending: it could not be written."""
        self.pending, self.pending_checksum = self.durable, self.checksum
        trail = {seq: known for seq, known in self.trail.items() if seq < self.durable}
        self.trail = trail | {self.durable: self.checksum}


class Chains:
    """All chains of the store, as far as this node holds them."""

    def __init__(self) -> None:
        self.pending_bytes = 0
        self._states: dict[Chain, ChainState] = {}
        self._stash_groups = 0
        self._stash_bytes = 0

    def load(self, held: Held) -> None:
        """Take over a durable head at the start."""
        chain = Chain(held.origin, held.epoch)
        self._states[chain] = ChainState(held.seq, held.checksum, held.stored_at)

    def get(self, chain: Chain) -> ChainState:
        """The chain's state; of an unknown chain, that of an empty one, which is not kept."""
        return self._states.get(chain) or ChainState()

    def heads(self) -> tuple[Head, ...]:
        """Every durable head, the newest chains last and, past the frame's bound, only those."""
        durable = [
            Head(chain.origin, chain.epoch, state.durable, state.checksum)
            for chain, state in self._states.items()
            if state.durable
        ]
        return tuple(durable[-MAX_HEADS:])

    def stored(self, chain: Chain) -> Stored | None:
        """The chain's durable head as an ack names it."""
        state = self._states.get(chain)
        if state is None or not state.durable:
            return None
        return Stored(chain.origin, chain.epoch, state.durable, state.checksum, state.stored_at)

    def of(self, origin: bytes) -> Iterator[Chain]:
        """The chains of one node."""
        return (chain for chain in self._states if chain.origin == origin)

    def take(self, group: Group) -> None:
        """A group that is NEXT goes to Commit."""
        state = self._states.setdefault(group.chain, ChainState())
        state.advance(group)
        state.flying += 1
        self.pending_bytes += size_of(group)

    def extend(self, group: Group, stored_at: int) -> None:
        """A group of this node's own was written."""
        state = self._states.setdefault(group.chain, ChainState())
        if state.judge(group) is not Verdict.NEXT:
            raise ValueError("an own group does not follow the durable head")
        state.advance(group)
        state.settle(group, stored_at)

    def commit(self, group: Group, stored_at: int) -> bool:
        """A group that went to Commit was written; whether that moved the durable head."""
        state = self._states[group.chain]
        self._landed(state, group)
        return state.settle(group, stored_at)

    def fail(self, group: Group) -> None:
        """A group that went to Commit was not written.

        Those of its chain that fly behind it will fail too; none is taken before they have.
        """
        state = self._states[group.chain]
        state.failed = True
        state.fall_back()
        self._landed(state, group)

    def _landed(self, state: ChainState, group: Group) -> None:
        state.flying -= 1
        state.failed = state.failed and state.flying > 0
        self.pending_bytes -= size_of(group)

    def stash(self, received: Received) -> bool:
        """Keep a group that lies beyond a gap, if there is room."""
        group, size = received.group, size_of(received.group)
        full = self._stash_groups >= MAX_STASH_GROUPS or self._stash_bytes + size > MAX_STASH_BYTES
        state = self._states.setdefault(group.chain, ChainState())
        if full or group.first in state.stash:
            return False
        state.stash[group.first] = received
        self._stash_groups += 1
        self._stash_bytes += size
        return True

    def unstash(self, chain: Chain) -> Received | None:
        """What the stash holds directly after the pending head; what lies before it is let go."""
        state = self._states.get(chain)
        if state is None or not state.stash:
            return None
        for first in [first for first in state.stash if first <= state.pending + 1]:
            received = state.stash.pop(first)
            self._stash_groups -= 1
            self._stash_bytes -= size_of(received.group)
            if first == state.pending + 1:
                return received
        return None
