"""What comes in from peers, group by group and record by record: checked, then placed.

The order of checks: can it be read; is its origin enrolled; does it follow; is it whole; is it
signed, unless it came from its origin itself over that node's authenticated link. Whatever fails
is noted and dropped; nothing from outside raises.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from common.domain.codec import (
    BadBytes,
    Group,
    SideRecord,
    decode_group,
    decode_side,
    open_group,
    side_message,
    signed_message,
)
from common.domain.ids import Chain
from common.wire.chains import Verdict, size_of
from common.wire.limits import MAX_PENDING_BYTES
from common.wire.messages import Head
from common.wire.outputs import Commit, KeepSides, Received, What
from common.wire.peer import Peer
from common.wire.state import State

Verify = Callable[[bytes, bytes, bytes], bool]
"""(public key, message, signature) → whether the signature holds."""


class Intake:
    """The way from raw bytes to Commit and KeepSides."""

    def __init__(self, state: State, verify: Verify) -> None:
        self._state = state
        self._verify = verify
        self._chains = state.chains
        self._catchup = state.catchup
        self._sides = state.sides
        self._out = state.out

    def groups(self, peer: Peer, raw_groups: Iterable[bytes], live: bool) -> set[Chain]:
        """Groups came from this peer, of its own (`live`) or in a page; the chains they are of."""
        accepted: list[Received] = []
        chains: set[Chain] = set()
        for raw in raw_groups:
            try:
                group = decode_group(raw)
                if self._may_come(peer, group, live):
                    chains.add(group.chain)
                    accepted.extend(self._place(peer, group, live))
            except BadBytes as error:
                self._out.note(What.BAD_GROUP, str(error), peer.origin)
        if accepted:
            self._out.emit(Commit(tuple(accepted)))
        return chains

    def _may_come(self, peer: Peer, group: Group, live: bool) -> bool:
        if group.origin not in self._state.roster:
            self._out.note(What.NOT_ENROLLED, f"a group of {group.origin.hex()}", peer.origin)
        elif live and group.origin != peer.origin:
            self._out.note(What.WRONG_RELAY, "a group of another node on the feed", peer.origin)
        else:
            return True
        return False

    def _place(self, peer: Peer, group: Group, live: bool) -> list[Received]:
        chain = group.chain
        verdict = self._chains.get(chain).judge(group)
        if verdict is Verdict.HELD:
            self._held(peer, group)
            return []
        events = open_group(group)
        if not self._signed(peer, group):
            self._out.note(What.BAD_SIGNATURE, f"a group of {chain.origin.hex()}", peer.origin)
            return []
        if verdict is Verdict.FORK or chain == self._state.live:
            self._fork(peer, chain, group.first)
            return []
        if live:
            self._tells(peer, group)
        received = Received(group, events)
        if verdict is Verdict.GAP:
            self._out.count("gaps")
            self._out.count("stashed", self._chains.stash(received))
            return []
        return self._take(received)

    def _tells(self, peer: Peer, group: Group) -> None:
        """A live group is word of a head, as a vector is."""
        head = Head(group.origin, group.epoch, group.last, group.checksum)
        known = peer.heads.get(group.chain)
        if known is None or known.seq < head.seq:
            peer.heads[group.chain] = head
            self._catchup.hear((head,))

    def _held(self, peer: Peer, group: Group) -> None:
        self._out.count("groups held")
        if peer.origin == group.origin and group.last <= self._chains.get(group.chain).durable:
            peer.owe((group.chain,))

    def _signed(self, peer: Peer, group: Group) -> bool:
        if peer.origin == group.origin:
            return True
        message = signed_message(self._state.store_id, group.chain, group.last, group.checksum)
        return self._verify(self._state.roster[group.origin], message, group.signature)

    def _fork(self, peer: Peer, chain: Chain, seq: int) -> None:
        where = f"{chain.origin.hex()}/{chain.epoch}/{seq}"
        self._out.note(What.FORK, f"another past at {where}", peer.origin)

    def _take(self, received: Received) -> list[Received]:
        """The group and whatever the stash holds behind it."""
        chain = received.group.chain
        taken: list[Received] = []
        following: Received | None = received
        while following is not None and self._fits(chain, following.group):
            self._chains.take(following.group)
            taken.append(following)
            following = self._chains.unstash(chain)
        self._catchup.caught_up(chain)
        self._out.count("groups accepted", len(taken))
        self._out.count("events accepted", sum(len(one.events) for one in taken))
        return taken

    def _fits(self, chain: Chain, group: Group) -> bool:
        """Whether it follows and the writer keeps up; what is let go here is fetched later."""
        state = self._chains.get(chain)
        if state.failed or state.judge(group) is not Verdict.NEXT:
            return False
        if self._chains.pending_bytes + size_of(group) > MAX_PENDING_BYTES:
            self._out.note(What.OVERLOADED, "the log does not keep up")
            return False
        return True

    def heads(self, peer: Peer, heads: Iterable[Head]) -> None:
        """The peer tells what it holds."""
        known: list[Head] = []
        for head in heads:
            if head.origin not in self._state.roster:
                self._out.note(What.NOT_ENROLLED, f"a head of {head.origin.hex()}", peer.origin)
            elif self._forks(head):
                self._fork(peer, head.chain, head.seq)
            else:
                known.append(head)
        peer.hear(known)
        self._catchup.hear(known)

    def _forks(self, head: Head) -> bool:
        """Whether this head can't lie on the chain as we hold it."""
        held = self._chains.get(head.chain)
        if head.seq > held.durable:
            return head.chain == self._state.live
        return not held.agrees(head.seq, head.checksum)

    def sides(self, peer: Peer, raw_sides: Iterable[bytes], live: bool) -> None:
        """Side records came from this peer, on its feed or in a page."""
        kept: list[SideRecord] = []
        for raw in raw_sides:
            try:
                side = decode_side(raw)
            except BadBytes as error:
                self._out.note(What.BAD_SIDE, str(error), peer.origin)
                continue
            if self._side_may_come(peer, side, live):
                self._sides.came(side.id, self._out.now.mono)
                kept.append(side)
        if kept:
            self._out.emit(KeepSides(tuple(kept)))

    def _side_may_come(self, peer: Peer, side: SideRecord, live: bool) -> bool:
        wanted_of = self._sides.origin_of(side.id)
        if side.origin not in self._state.roster:
            self._out.note(What.NOT_ENROLLED, f"a record of {side.origin.hex()}", peer.origin)
        elif side.origin != (peer.origin if live else wanted_of):
            self._out.note(What.BAD_SIDE, "not asked for, or another node's", peer.origin)
        elif side.origin != peer.origin and not self._verify(
            self._state.roster[side.origin],
            side_message(self._state.store_id, side),
            side.signature,
        ):
            self._out.note(What.BAD_SIGNATURE, "a side record", peer.origin)
        else:
            return True
        return False
