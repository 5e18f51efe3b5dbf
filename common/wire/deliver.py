"""Delivery of what is due: straight to who holds the role, until it is acked.

Feed and fetch bring everything to everyone. This comes on top for what somebody waits for: the
origin hands its group over itself, again and again, and the answer is the holder's ack.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import NamedTuple

from common.domain.codec import Group, decode_event, encode_group
from common.domain.ids import Chain
from common.wire.acks import take_ack
from common.wire.due import wait_before
from common.wire.limits import PAGE_BYTES, PAGE_PAUSE, REFUSED_PAUSE
from common.wire.messages import Deliver, Delivered, Want
from common.wire.outputs import Addressed, Read, ReadAddressed
from common.wire.peer import Link, Peer
from common.wire.server import fitting
from common.wire.state import State

Roles = frozenset[str]


class Delivery(NamedTuple):
    """The token of a Read for a delivery."""

    peer: bytes
    want: Want


class Deliverer:
    """Who holds which roles, and the deliveries to them."""

    def __init__(self, state: State, jitter: Callable[[], float]) -> None:
        self._state = state
        self._jitter = jitter
        self._roles: dict[bytes, Roles] = {}

    # --- what is due -----------------------------------------------------------------------

    def set_roles(self, roles: Mapping[bytes, Roles]) -> None:
        """These nodes hold these roles now; what that makes due, the log tells."""
        self._roles = dict(roles)
        for peer in self._state.peers.values():
            peer.due.clear()
        own = self._state.chains.of(self._state.me)
        wants = [want for chain in own for want in self._unacked(chain)]
        if wants:
            self._state.out.emit(ReadAddressed(tuple(wants)))

    def _unacked(self, chain: Chain) -> Iterable[Want]:
        """The part of an own chain that not every holder of a role has acked."""
        durable = self._state.chains.get(chain).durable
        acked = min((peer.receipts.get(chain, 0) for peer in self._holders()), default=durable)
        if acked < durable:
            yield Want(chain.origin, chain.epoch, acked, durable)

    def _holders(self) -> list[Peer]:
        return [peer for peer in self._state.peers.values() if self._roles.get(peer.origin)]

    def addressed(self, found: Sequence[Addressed]) -> None:
        """What the log tells of own groups and their addressees."""
        for peer in self._holders():
            mine = [each for each in found if self._is_for(peer, each.roles)]
            peer.look_at = 0
            peer.due.load(mine, peer.receipts, self._state.out.now.mono + self._wait(0))

    def own(self, group: Group) -> None:
        """An own group is durable: whom it is addressed to shall have it."""
        roles = _roles_of(group) if self._roles else frozenset()
        for peer in self._holders() if roles else ():
            if self._is_for(peer, roles):
                at = self._state.out.now.mono + self._wait(0)
                peer.look_at = 0
                peer.due.add(group.chain, group.first, group.last, at)

    def _is_for(self, peer: Peer, roles: Roles) -> bool:
        return not roles.isdisjoint(self._roles[peer.origin])

    def _wait(self, tries: int) -> int:
        return wait_before(tries, self._jitter())

    # --- handing over ----------------------------------------------------------------------

    def turn(self, peer: Peer, mono: int) -> None:
        """Have the log read for what is due to a peer whose link is up and whose lane is free."""
        want = peer.due.next(peer.receipts, mono) if peer.deliver_at() <= mono else None
        if want is not None:
            peer.due.reading = True
            self._state.out.emit(Read(Delivery(peer.origin, want), (want,), PAGE_BYTES))

    def read(self, peer: Peer, want: Want, groups: Iterable[Group]) -> Deliver | None:
        """The log has read: what is to be sent, if it still can be."""
        peer.look_at, peer.due.reading = 0, False
        acked = peer.receipts.get(want.chain, 0)  # perhaps while the log was read
        found = [group for group in groups if group.chain == want.chain]
        wanted = [group for group in found if acked < group.first <= want.until]
        raw = fitting(map(encode_group, wanted), PAGE_BYTES)
        if not found:
            self.refused(peer)
        elif raw and peer.link is Link.UP and peer.deliver_lane.asked is None:
            last = wanted[len(raw) - 1].last
            peer.due.tried(want.chain, last, self._state.out.now.mono, self._wait)
            self._state.out.count("deliveries")
            return Deliver(raw)
        return None

    def failed(self, delivery: Delivery) -> None:
        """The log could not be read: not at once again."""
        peer = self._state.peers.get(delivery.peer)
        if peer is not None:
            peer.look_at, peer.due.reading = 0, False
            self.refused(peer)

    def delivered(self, peer: Peer, answer: Delivered) -> None:
        """The holder says how far it has what it was handed."""
        mono = self._state.out.now.mono
        told = [take_ack(self._state, peer, stored) for stored in answer.heads]
        if any(told):
            peer.due.go_on(mono)
        peer.deliver_lane.not_before = mono + PAGE_PAUSE

    def not_understood(self, peer: Peer) -> None:
        """An older peer: it lives by feed and fetch, until it greets as another."""
        peer.due.taken = False

    def refused(self, peer: Peer) -> None:
        """It could not take it now."""
        peer.deliver_lane.not_before = self._state.out.now.mono + REFUSED_PAUSE


def _roles_of(group: Group) -> Roles:
    return frozenset(role for raw in group.events for role in decode_event(raw).to)
