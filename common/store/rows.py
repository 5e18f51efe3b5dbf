"""A batch as rows for the tables, worked out and checked before the transaction begins."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

import msgspec

from common.domain.codec import CHAIN_START, Group
from common.domain.ids import Chain
from common.store.contract import Accepted, Batch, Head, OwnCommand, Span
from common.store.errors import NotNext

Row = tuple[object, ...]


class Tail(NamedTuple):
    """Where a chain goes on."""

    chain_no: int
    head: Head
    lamport: int


class Start(NamedTuple):
    """The commit number at which a group begins."""

    group: Group
    commit_no: int


class Rows:
    """The rows of one batch, and where its chains end after it."""

    def __init__(self, last_commit: int, last_chain: int) -> None:
        self.last_commit = last_commit
        self.last_chain = last_chain
        self.tails: dict[Chain, Tail] = {}
        self.chains: list[Row] = []
        self.groups: list[Row] = []
        self.events: list[Row] = []
        self.commands: list[Row] = []
        self._starts: list[Start] = []

    def take(self, batch: Batch, known: Mapping[Chain, Tail]) -> None:
        """Work out a batch that follows what is `known`. Raises NotNext."""
        for accepted in batch.groups:
            run = accepted.group.chain
            tail = self.tails.get(run) or known.get(run) or self._new_chain(run)
            self.tails[run] = self._group(tail, accepted, batch.stored_at)
        spans = (find_span(own, self._starts) for own in batch.commands)
        self.commands = [
            (own.cmd_id, *span) for own, span in zip(batch.commands, spans, strict=True)
        ]

    def _new_chain(self, run: Chain) -> Tail:
        self.last_chain += 1
        self.chains.append((self.last_chain, run.origin, run.epoch))
        return Tail(self.last_chain, Head(0, CHAIN_START, 0), 0)

    def _group(self, tail: Tail, accepted: Accepted, stored_at: int) -> Tail:
        group, events = accepted
        check_next(tail.head, accepted)
        first_commit = self.last_commit + 1
        lamport, size = tail.lamport, 0
        for fact, raw in zip(events, group.events, strict=True):
            self.last_commit += 1
            self.events.append(
                (
                    self.last_commit,
                    tail.chain_no,
                    fact.seq,
                    fact.lamport,
                    fact.at,
                    fact.kind,
                    fact.subject,
                    fact.cmd_id,
                    fact.actor,
                    msgspec.json.encode(fact.to).decode(),
                    fact.version,
                    raw,
                )
            )
            size += len(raw)
            lamport = max(lamport, fact.lamport)
        self.groups.append(
            (
                tail.chain_no,
                group.first,
                group.last,
                group.previous,
                group.checksum,
                group.signature,
                stored_at,
                first_commit,
                size,
                lamport,
            )
        )
        self._starts.append(Start(group, first_commit))
        return Tail(tail.chain_no, Head(group.last, group.checksum, stored_at), lamport)


def check_next(head: Head, accepted: Accepted) -> None:
    """Raises NotNext unless the group goes on where the chain ends."""
    group = accepted.group
    if group.first != head.seq + 1 or group.previous != head.checksum:
        raise NotNext(
            f"{group.origin.hex()}/{group.epoch}: a group from {group.first} on after {head.seq}"
        )


def find_span(own: OwnCommand, starts: Iterable[Start]) -> Span:
    """The commit numbers of a command, whose events stand together in one of these groups."""
    seq, last = own.first.seq, own.first.seq + own.length - 1
    for group, commit_no in starts:
        if own.first.chain == group.chain and group.first <= seq <= last <= group.last:
            return Span(commit_no + seq - group.first, commit_no + last - group.first)
    raise ValueError(f"command {own.cmd_id.hex()}: its events are in no group of the batch")
