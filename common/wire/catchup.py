"""Which chains are behind, and which peer is asked for which part.

A chain is behind while any peer was heard to hold more of it than is pending here: heads heard in
HELLO, WELCOME and VECTOR, and every group on the feed, tell so. Nothing else is remembered: what
is lost on the way stays behind and is asked for again.

A chain is fetched from its origin if that link is up and covers it, else from any peer that does,
and never from two at once. A peer whose page did not help with a chain is not believed about it
until it tells its heads again; a chain whose commit failed rests. Both keep failure from becoming
a busy loop. A chain that was served goes to the end of the queue.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from common.domain.ids import Chain
from common.wire.chains import Chains
from common.wire.limits import COMMIT_PAUSE, MAX_WANTS
from common.wire.messages import Head, Want
from common.wire.outputs import NEVER
from common.wire.peer import Link, Peer


class Catchup:
    """The chains that are behind."""

    def __init__(self, chains: Chains) -> None:
        self.version = 0
        self._chains = chains
        self._behind: dict[Chain, int] = {}
        self._fetching: dict[Chain, bytes] = {}
        self._resting: dict[Chain, int] = {}

    @property
    def behind(self) -> tuple[Chain, ...]:
        """The chains that are behind, those next in turn first."""
        return tuple(self._behind)

    @property
    def any_behind(self) -> bool:
        """Whether there are any."""
        return bool(self._behind)

    def changed(self) -> None:
        """Something happened after which a peer may have something to be asked for."""
        self.version += 1

    def hear(self, heads: Iterable[Head]) -> None:
        """Someone holds these."""
        for head in heads:
            chain = head.chain
            if head.seq > max(self._chains.get(chain).pending, self._behind.get(chain, 0)):
                self._behind[chain] = head.seq
        self.changed()

    def caught_up(self, chain: Chain) -> None:
        """The chain's pending head moved; it may not be behind any more."""
        if self._behind.get(chain, 0) <= self._chains.get(chain).pending:
            self._behind.pop(chain, None)

    def forget(self) -> None:
        """Start afresh; what is heard next says what is behind."""
        self._behind.clear()
        self.changed()

    def rest(self, chain: Chain, target: int, mono: int) -> None:
        """A commit failed: the chain is behind again, but not at once."""
        self._behind[chain] = max(target, self._behind.get(chain, 0))
        self._resting[chain] = mono + COMMIT_PAUSE

    def wake(self, mono: int) -> None:
        """Let chains go on that have rested."""
        if not self._resting:
            return
        for chain in [chain for chain, until in self._resting.items() if until <= mono]:
            del self._resting[chain]
            self.changed()

    def deadline(self) -> int:
        """When the next chain has rested."""
        return min(self._resting.values(), default=NEVER)

    def wants(self, peer: Peer, peers: Mapping[bytes, Peer]) -> tuple[Want, ...]:
        """What to ask this peer for now."""
        if peer.scanned == self.version:
            return ()
        wants: list[Want] = []
        for chain in self._behind:
            want = self._want(chain, peer, peers)
            if want is not None:
                wants.append(want)
                if len(wants) == MAX_WANTS:
                    break
        if not wants:
            peer.scanned = self.version
        return tuple(wants)

    def _want(self, chain: Chain, peer: Peer, peers: Mapping[bytes, Peer]) -> Want | None:
        if chain in self._fetching or chain in self._resting:
            return None
        state = self._chains.get(chain)
        until = peer.covers(chain, state.pending)
        if not until or state.failed:
            return None
        origin = peers.get(chain.origin, peer)
        if origin is not peer and origin.link is Link.UP and origin.covers(chain, state.pending):
            return None
        beyond = (first for first in state.stash if first > state.pending + 1)
        until = min(until, min(beyond, default=until + 1) - 1)
        return Want(chain.origin, chain.epoch, state.pending, until)

    def asked(self, peer: Peer, wants: Iterable[Want]) -> None:
        """These are on their way."""
        for want in wants:
            self._fetching[want.chain] = peer.origin

    def answered(self, peer: Peer, wants: Iterable[Want]) -> None:
        """The answer is here and its groups are pending; or it was refused."""
        for want in wants:
            chain = want.chain
            self._fetching.pop(chain, None)
            state = self._chains.get(chain)
            if state.pending <= want.after and not state.failed:
                peer.useless.add(chain)
            if chain in self._behind:
                self._behind[chain] = self._behind.pop(chain)
        self.changed()

    def void(self, peer: Peer) -> None:
        """Whatever was asked of this peer will not be answered."""
        for chain in [chain for chain, asked in self._fetching.items() if asked == peer.origin]:
            del self._fetching[chain]
        self.changed()
