"""What peers ask, answered. Nothing is remembered of one request when the next comes, so that a
node that was restarted serves links that never noticed. Only the answer to a delivery waits, for
the commit: it is an ack.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from common.domain.codec import BadBytes, Group, SideRecord, encode_group, encode_side
from common.domain.ids import Chain
from common.wire.acks import take_ack
from common.wire.intake import Intake
from common.wire.limits import MAX_READS, PAGE_BYTES
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
    UnknownVerb,
    Welcome,
    decode_request,
    encode,
)
from common.wire.outputs import Read, ReadSides, Reply, Token, What
from common.wire.peer import Peer
from common.wire.state import State, speaks


class _Delivered(NamedTuple):
    """A delivery that waits for the log: up to where its chains were pending when it came."""

    peer: Peer
    ends: dict[Chain, int]


class Server:
    """The answering half of a replica."""

    def __init__(self, state: State, intake: Intake) -> None:
        self._state = state
        self._intake = intake
        self._out = state.out
        self._reads: dict[Token, tuple[bytes, Question]] = {}
        self._deliveries: dict[Token, _Delivered] = {}

    def asked(self, token: Token, origin: bytes, body: bytes) -> None:
        """A request: answered now, or once the store has read what was asked for."""
        peer = self._state.peers.get(origin)
        if peer is None:
            self._refuse(token, Reason.NOT_ENROLLED, origin.hex(), None)
            return
        try:
            question = decode_request(body)
        except UnknownVerb as error:
            self._refuse(token, Reason.UNKNOWN_VERB, str(error), peer)
        except BadBytes as error:
            self._refuse(token, Reason.BAD_REQUEST, str(error), peer)
        else:
            self._answer(token, peer, question)

    def _answer(self, token: Token, peer: Peer, question: Question) -> None:
        match question:
            case Hello():
                self._hello(token, peer, question)
            case Ack():
                self._ack(token, peer, question)
            case Fetch() | FetchSides():
                self._read(token, peer, question)
            case Deliver():
                self._deliver(token, peer, question)

    def _reply(self, token: Token, answer: Answer) -> None:
        self._out.emit(Reply(token, encode(answer)))

    def _refuse(self, token: Token, reason: Reason, detail: str, peer: Peer | None) -> None:
        self._out.note(What.REFUSED, f"{reason.name}: {detail}", peer.origin if peer else None)
        self._reply(token, Refused(reason))

    # --- HELLO -----------------------------------------------------------------------------

    def _hello(self, token: Token, peer: Peer, hello: Hello) -> None:
        if hello.store_id != self._state.store_id:
            self._refuse(token, Reason.WRONG_STORE, hello.store_id.hex(), peer)
        elif hello.node != peer.origin:
            self._refuse(token, Reason.WRONG_NODE, hello.node.hex(), peer)
        elif not speaks(hello.protocol, hello.oldest):
            versions = f"{hello.oldest} to {hello.protocol}"
            self._refuse(token, Reason.VERSION, versions, peer)
        else:
            self._greeted(peer, hello)
            mine = self._state.hello()
            self._reply(
                token,
                Welcome(
                    mine.store_id,
                    mine.node,
                    mine.protocol,
                    mine.oldest,
                    mine.fold_version,
                    mine.heads,
                ),
            )

    def _greeted(self, peer: Peer, hello: Hello) -> None:
        """A peer that greets has just started, or its path to us has: it may have lost our acks."""
        peer.fold_version = hello.fold_version
        peer.retry_at = min(peer.retry_at, self._out.now.mono)
        peer.owe(self._state.chains.of(peer.origin))
        peer.heads.clear()
        self._intake.heads(peer, hello.heads)

    # --- ACK -------------------------------------------------------------------------------

    def _ack(self, token: Token, peer: Peer, ack: Ack) -> None:
        for stored in ack.heads:
            take_ack(self._state, peer, stored)
        now = self._out.now.mesh
        self._reply(token, Acked(ack.t1, t2=now, t3=now))

    # --- DELIVER ---------------------------------------------------------------------------

    def _deliver(self, token: Token, peer: Peer, deliver: Deliver) -> None:
        """Groups handed over: answered when they are durable, or it is known that they are not."""
        if sum(each.peer is peer for each in self._deliveries.values()) >= MAX_READS:
            self._refuse(token, Reason.BUSY, "too many deliveries at once", peer)
            return
        chains = self._intake.groups(peer, deliver.groups, live=True)
        ends = {chain: self._state.chains.get(chain).pending for chain in chains}
        self._deliveries[token] = _Delivered(peer, ends)
        self.settle()

    def settle(self) -> None:
        """The log has written, or failed to: answer the deliveries that waited for that."""
        for token, delivered in list(self._deliveries.items()):
            if not any(self._flying(chain, end) for chain, end in delivered.ends.items()):
                del self._deliveries[token]
                stored = map(self._state.chains.stored, delivered.ends)
                self._reply(token, Delivered(tuple(filter(None, stored))))

    def _flying(self, chain: Chain, end: int) -> bool:
        held = self._state.chains.get(chain)
        return held.durable < end <= held.pending

    # --- FETCH and FETCH_SIDES -------------------------------------------------------------

    def _read(self, token: Token, peer: Peer, question: Fetch | FetchSides) -> None:
        if token in self._reads:
            self._out.count("asked twice")
            return
        if sum(origin == peer.origin for origin, _ in self._reads.values()) >= MAX_READS:
            self._refuse(token, Reason.BUSY, "too many reads at once", peer)
            return
        self._reads[token] = (peer.origin, question)
        if isinstance(question, Fetch):
            self._out.emit(Read(token, question.wants, question.limit_bytes))
        else:
            self._out.emit(ReadSides(token, question.ids))

    def read(self, token: Token, groups: Sequence[Group], more: bool) -> None:
        """The store has read groups: those that were asked for, as many as fit."""
        _, question = self._reads.pop(token)
        if isinstance(question, Fetch):
            wanted = [group for group in groups if _covers(question, group)]
            raw = fitting(map(encode_group, wanted), question.limit_bytes)
            self._reply(token, Page(raw, more or len(raw) < len(wanted)))

    def sides_read(self, token: Token, sides: Sequence[SideRecord]) -> None:
        """The store has read side records."""
        self._reads.pop(token)
        self._reply(token, SidePage(fitting(map(encode_side, sides), PAGE_BYTES)))

    def failed(self, token: Token) -> None:
        """The store could not read."""
        origin, _ = self._reads.pop(token)
        self._refuse(
            token, Reason.FAILED, "the log could not be read", self._state.peers.get(origin)
        )


def _covers(fetch: Fetch, group: Group) -> bool:
    return any(
        want.chain == group.chain and want.after < group.first <= want.until for want in fetch.wants
    )


def fitting(raw: Iterable[bytes], limit: int) -> tuple[bytes, ...]:
    """The first of these, and those after it while they fit."""
    page: list[bytes] = []
    size = 0
    for one in raw:
        size += len(one)
        if page and size > limit:
            break
        page.append(one)
    return tuple(page)
