"""A node's replication as one machine: (state, input, now) → (state, outputs).

The inputs are methods; each returns the outputs, structs to be carried out in order. The machine
does no I/O, reads no clock and draws no dice. Its parts, in reading order:

    messages  what nodes say
    outputs   what goes in beside frames, and all that comes out
    chains    where every chain stands, durable and pending, and what may follow
    peer      each link: its state table, its two lanes, what is owed to it
    catchup   which chains are behind and whom to ask
    sides     which side records are missing and whom to ask
    due       what is due to the holder of a role, and when
    deliver   handing it over
    intake    what comes from peers, checked and placed
    server    what peers ask, answered
    client    what is asked of peers, and their answers

Nothing is queued anywhere: what is to be asked or acked is worked out from state at the moment it
can leave.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import repeat

from common.domain.codec import BadBytes, Group, SideRecord, encode_group, encode_side
from common.domain.ids import Chain, EventId
from common.wire.client import Client
from common.wire.deliver import Deliverer, Delivery
from common.wire.intake import Intake, Verify
from common.wire.limits import ACK_LINGER, PAGE_BYTES, VECTOR_EVERY
from common.wire.messages import Feed, Groups, Sides, UnknownVerb, Vector, decode_feed, encode
from common.wire.outputs import (
    NEVER,
    Addressed,
    Held,
    Now,
    Outputs,
    Publish,
    Received,
    SideWant,
    Status,
    Token,
    What,
)
from common.wire.peer import Peer
from common.wire.server import Server
from common.wire.state import State


class Replica:
    """What one node holds, hears, owes and lacks. Every input returns what is to be done."""

    def __init__(
        self,
        me: bytes,
        store_id: bytes,
        fold_version: int,
        verify: Verify,
        jitter: Callable[[], float],
    ) -> None:
        self._state = State(me, store_id, fold_version)
        self._out = self._state.out
        self._intake = Intake(self._state, verify)
        self._server = Server(self._state, self._intake)
        self._deliverer = Deliverer(self._state, jitter)
        self._client = Client(self._state, self._intake, self._deliverer, jitter)
        self._receipts: dict[bytes, dict[Chain, int]] = {}
        self._vector_at = NEVER
        self._beat = 0
        self._queue_ms = 0
        self._disk = 0

    # --- this node's own side --------------------------------------------------------------

    def start(
        self,
        heads: Iterable[Held],
        receipts: Iterable[tuple[bytes, bytes, int, int]],
        now: Now,
    ) -> list[Outputs]:
        """Begin from what is durable: chain heads, receipts as (node, origin, epoch, seq)."""
        for head in heads:
            self._state.chains.load(head)
        for node, origin, epoch, seq in receipts:
            self._receipts.setdefault(node, {})[Chain(origin, epoch)] = seq
        self._vector_at = now.mono
        return self.tick(now)

    def set_peers(self, roster: Mapping[bytes, bytes], now: Now) -> list[Outputs]:
        """The store's nodes, this one among them: origin → public key."""
        self._out.now = now
        state = self._state
        state.roster = dict(roster)
        for origin in [origin for origin in state.peers if origin not in roster]:
            self._client.removed(state.peers.pop(origin))
        for origin in roster:
            if origin != state.me and origin not in state.peers:
                state.peers[origin] = peer = Peer(origin)
                peer.receipts.update(self._receipts.pop(origin, {}))
        state.catchup.forget()
        for peer in state.peers.values():
            state.catchup.hear(peer.heads.values())
        return self.tick(now)

    def set_roles(self, roles: Mapping[bytes, frozenset[str]], now: Now) -> list[Outputs]:
        """Which roles each node holds from now on; said anew when the peers change."""
        self._out.now = now
        self._deliverer.set_roles(roles)
        return self.tick(now)

    def addressed(self, found: Sequence[Addressed], now: Now) -> list[Outputs]:
        """What a ReadAddressed found."""
        self._out.now = now
        self._deliverer.addressed(found)
        return self.tick(now)

    def own(self, groups: Sequence[Group], sides: Sequence[SideRecord], now: Now) -> list[Outputs]:
        """These groups and side records of this node have just become durable here."""
        self._out.now = now
        for group in groups:
            if group.origin != self._state.me:
                raise ValueError("not this node's own group")
            self._state.chains.extend(group, now.mesh)
            self._state.live = group.chain
        for frames in _batches(map(encode_group, groups)):
            self._publish(Groups(self._state.me, frames))
        for frames in _batches(map(encode_side, sides)):
            self._publish(Sides(self._state.me, frames))
        for group in groups:
            self._deliverer.own(group)
        return self.tick(now)

    def committed(
        self,
        groups: Iterable[Received],
        stored_at: int,
        now: Now,
        awaited: Iterable[bool] = repeat(True),
    ) -> list[Outputs]:
        """Groups from a Commit are durable, since this mesh time.

        `awaited` says of each whether anyone waits for its ack: others may go along with those.
        """
        for received, soon in zip(groups, awaited, strict=False):
            group, by = received.group, now.mono if soon else now.mono + ACK_LINGER
            owner = self._state.peers.get(group.origin)
            if self._state.chains.commit(group, stored_at):
                if owner is not None:
                    owner.owe((group.chain,), by)
                elif group.origin == self._state.me:
                    self._client.greet_all()
        self._server.settle()
        return self.tick(now)

    def commit_failed(self, groups: Iterable[Received], now: Now) -> list[Outputs]:
        """Groups from a Commit could not be written; they will be fetched again."""
        self._out.now = now
        for received in groups:
            group = received.group
            self._state.chains.fail(group)
            self._state.catchup.rest(group.chain, group.last, now.mono)
            self._out.note(What.COMMIT_FAILED, f"a group of {group.origin.hex()}")
        self._server.settle()
        return self.tick(now)

    def sides_wanted(self, wants: Iterable[SideWant], now: Now) -> list[Outputs]:
        """Durable events name these side records and the store has not got them."""
        self._state.sides.want(wants, now.mono)
        return self.tick(now)

    def sides_kept(self, ids: Iterable[bytes], now: Now) -> list[Outputs]:
        """Side records from a KeepSides are durable (or no longer wanted)."""
        self._state.sides.kept(ids)
        return self.tick(now)

    def health(self, queue_ms: int, disk: int) -> None:
        """What the next vectors tell of this node: its queue's age and its disk."""
        self._queue_ms, self._disk = queue_ms, disk

    # --- the peers' side -------------------------------------------------------------------

    def connected(self, peer: bytes, now: Now) -> list[Outputs]:
        """Requests to this peer can leave, for the first time or after a reset or a gap."""
        self._out.now = now
        known = self._state.peers.get(peer)
        if known is not None:
            self._client.connected(known)
        return self.tick(now)

    def feed(self, peer: bytes, frame: bytes, now: Now) -> list[Outputs]:
        """A frame came from the feed of this authenticated peer."""
        self._out.now = now
        known = self._state.peers.get(peer)
        if known is None:
            self._out.note(What.NOT_ENROLLED, f"a frame of {peer.hex()}")
            return self.tick(now)
        try:
            self._heard(known, decode_feed(frame))
        except UnknownVerb as error:
            known.last_heard = now.mono
            self._out.note(What.UNKNOWN_VERB, str(error), peer)
        except BadBytes as error:
            self._out.note(What.BAD_FRAME, str(error), peer)
        return self.tick(now)

    def _heard(self, peer: Peer, message: Feed) -> None:
        if message.relay != peer.origin:
            self._out.note(What.WRONG_RELAY, "a frame in another's name", peer.origin)
            return
        peer.last_heard = self._out.now.mono
        match message:
            case Groups():
                self._intake.groups(peer, message.groups, live=True)
            case Sides():
                self._intake.sides(peer, message.sides, live=True)
            case Vector():
                peer.queue_ms, peer.disk = message.queue_ms, message.disk
                self._intake.heads(peer, message.heads)

    def asked(self, token: Token, peer: bytes, body: bytes, now: Now) -> list[Outputs]:
        """This authenticated peer asks; there is one Reply for every token."""
        self._out.now = now
        self._server.asked(token, peer, body)
        return self.tick(now)

    def read(self, token: Token, groups: Sequence[Group], more: bool, now: Now) -> list[Outputs]:
        """What a Read found; `more` if the limit cut it short."""
        self._out.now = now
        if isinstance(token, Delivery):
            self._client.deliver(token, groups)
        else:
            self._server.read(token, groups, more)
        return self.tick(now)

    def sides_read(self, token: Token, sides: Sequence[SideRecord], now: Now) -> list[Outputs]:
        """What a ReadSides found."""
        self._server.sides_read(token, sides)
        return self.tick(now)

    def read_failed(self, token: Token, now: Now) -> list[Outputs]:
        """A Read or ReadSides could not be done."""
        self._out.now = now
        if isinstance(token, Delivery):
            self._deliverer.failed(token)
        else:
            self._server.failed(token)
        return self.tick(now)

    def answered(self, peer: bytes, request_id: int, body: bytes, now: Now) -> list[Outputs]:
        """The peer answered a Request."""
        self._out.now = now
        known = self._state.peers.get(peer)
        if known is not None:
            self._client.answered(known, request_id, body)
        return self.tick(now)

    # --- time ------------------------------------------------------------------------------

    def tick(self, now: Now) -> list[Outputs]:
        """Time has passed; to be called at `next_deadline` at the latest. Ends every input."""
        self._out.now = now
        if now.mono >= self._vector_at:
            self._publish(self._vector())
            self._vector_at = max(self._vector_at + VECTOR_EVERY, now.mono + VECTOR_EVERY // 2)
        self._client.turn()
        return self._out.take()

    def _vector(self) -> Vector:
        self._beat += 1
        return Vector(
            relay=self._state.me,
            heads=self._state.chains.heads(),
            seal=None,
            beat=self._beat,
            queue_ms=self._queue_ms,
            disk=self._disk,
        )

    def _publish(self, frame: Feed) -> None:
        self._out.emit(Publish(encode(frame)))

    def next_deadline(self) -> int:
        """The monotonic time at which `tick` is due if nothing else happens."""
        return min(self._vector_at, self._client.deadline())

    def heard(self) -> dict[bytes, tuple[bool, int | None]]:
        """Of each peer whether its link is up, and when (monotonic) it was last heard."""
        return {origin: (peer.up, peer.last_heard) for origin, peer in self._state.peers.items()}

    def covers(self, node: bytes, chain: Chain) -> int:
        """Up to where a node has told to have a chain, by ack, greeting or vector; 0 if nothing."""
        if node == self._state.me:
            return self._state.chains.get(chain).durable
        peer = self._state.peers.get(node)
        if peer is None:
            return 0
        head = peer.heads.get(chain)
        return max(peer.receipts.get(chain, 0), 0 if head is None else head.seq)

    def delivered(self, peer: bytes, event: EventId) -> int:
        """How often this event was delivered to a peer that has not acked it."""
        known = self._state.peers.get(peer)
        return 0 if known is None else known.due.tries(event)

    def status(self) -> Status:
        """The replica as it stands, for people."""
        state = self._state
        return Status(
            heads=state.chains.heads(),
            peers={origin: peer.status() for origin, peer in state.peers.items()},
            behind=state.catchup.behind,
            sides_missing=len(state.sides),
            pending_bytes=state.chains.pending_bytes,
            counters=dict(self._out.counters),
        )


def _batches(frames: Iterable[bytes]) -> Iterator[tuple[bytes, ...]]:
    """Cut into what fits one message."""
    batch: list[bytes] = []
    size = 0
    for frame in frames:
        if batch and size + len(frame) > PAGE_BYTES:
            yield tuple(batch)
            batch, size = [], 0
        batch.append(frame)
        size += len(frame)
    if batch:
        yield tuple(batch)
