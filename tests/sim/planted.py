"""Bugs to be caught: each is one classic mistake, made on all machines while its context lasts.

The first six are the design's; the others exercise checks that these leave alone.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any
from unittest import mock

from common.domain import house
from common.domain.codec import Event, Group
from common.domain.ids import Chain
from common.domain.order import Order
from common.node.jobs import Answered, Fresh, Hear, Kept
from common.node.pen import Draught, Pen
from common.node.round import Round
from common.node.writer import Writer
from common.store.contract import Batch
from common.store.memory_log import MemoryLog
from common.wire.chains import Chains
from common.wire.client import Client
from common.wire.intake import Intake
from common.wire.messages import Stored
from common.wire.peer import Peer
from tests.sim.machine import Machine

Bug = Callable[[], AbstractContextManager[object]]

_commit, _stored, _may_come = Writer._commit, Chains.stored, Intake._may_come
_boot, _crash, _before_commit = Machine.boot, Machine.crash, Machine._before_commit


# -- the design's six


def _acks_first(self: Writer, round_: Round, hear: Hear) -> None:
    """Peers' groups are acked as soon as they are on their way to the disk."""
    if round_.foreign:
        hear([Kept(tuple(round_.foreign), self._clock.mesh())])
    _commit(self, round_, hear)


def _highest_seen(self: Chains, chain: Chain) -> Stored | None:
    """Acks name the last group that came, whatever is missing before it."""
    state = self.get(chain)
    if not state.stash:
        return _stored(self, chain)
    last = state.stash[max(state.stash)].group
    return Stored(*chain, last.last, last.checksum, state.stored_at)


def _never_fetches(self: Client, peer: Peer) -> bool:
    return False


def _keeps_epoch(self: Machine) -> None:
    """A node that starts goes on with the epoch it wrote last."""
    _boot(self)
    own = [chain for chain in self.disk.log.heads if chain.origin == self.origin]
    if own:
        head, pen = self.disk.log.heads[own[-1]], self.writer._pen
        pen.chain = own[-1]
        pen.place = pen.place._replace(seq=head.seq, checksum=head.checksum)


def _by_arrival(self: Order, event: Event) -> bool:
    """An order is what happened to it in the order in which one came to hear of it."""
    self.history.append(event)
    self._fold(event)
    return True


def _no_tie_break(self: Order, event: Event) -> bool:
    """Events of one Lamport time stay in the order in which they came."""
    place = bisect_right(self.history, event.lamport, key=lambda known: known.lamport)
    self.history.insert(place, event)
    self._reset()
    for known in self.history:
        self._fold(known)
    return True


# -- some more


def _answers_first(self: Writer, round_: Round, hear: Hear) -> None:
    """A screen is promised what is not on the disk yet."""
    for decided in round_.decided.values():
        hear([Answered(token, self._did(decided)) for token in decided.tokens])
    _commit(self, round_, hear)


def _shows_first(self: Writer, round_: Round, hear: Hear) -> None:
    """Screens see events that are not on the disk yet."""
    raws = tuple(raw for received in round_.foreign for raw in received.group.events)
    if raws:
        hear([Fresh(self._files.log.last_commit + 1, raws)])
    _commit(self, round_, hear)


def _forgets_commands(self: MemoryLog, cmd_id: bytes) -> None:
    """A command that is sent again is decided again."""
    self._disk.commands.pop(cmd_id, None)


def _deaf_to_time(self: Pen, lamport: int) -> None:
    """What is written does not come after what was heard."""


def _does_nothing(self: object) -> None:
    """Something that has to be done is not."""


def _knows_own_past(self: Intake, peer: Peer, group: Group, live: bool) -> bool:
    """A node takes no groups of its own: it has written them, so it has them."""
    own = group.origin == self._state.me
    return not own and _may_come(self, peer, group, live)


def _no_sides(self: Client, peer: Peer) -> bool:
    return False


def _notes_what_was_synced(self: Machine, batch: Batch) -> None:
    self.synced = self.disk.copy()  # type: ignore[attr-defined]
    _before_commit(self, batch)


def _loses_the_last_commit(self: Machine, why: str) -> None:
    """A commit is told before it was synced, and a power cut takes it."""
    if self.running:
        self.disk = getattr(self, "synced", self.disk)
    _crash(self, why)


def _instead(owner: object, **mistakes: Callable[..., object]) -> Bug:
    changed: dict[str, Any] = mistakes
    return lambda: mock.patch.multiple(owner, **changed)


BUGS: dict[str, Bug] = {
    "ack_before_commit": _instead(Writer, _commit=_acks_first),
    "max_vector": _instead(Chains, stored=_highest_seen),
    "no_repair": _instead(Client, _fetch=_never_fetches),
    "epoch_kept": _instead(Machine, boot=_keeps_epoch),
    "fold_by_arrival": _instead(Order, apply=_by_arrival),
    "no_tie_break": _instead(Order, apply=_no_tie_break),
    "answer_before_commit": _instead(Writer, _commit=_answers_first),
    "show_before_commit": _instead(Writer, _commit=_shows_first),
    "unsynced_commit": _instead(
        Machine, _before_commit=_notes_what_was_synced, crash=_loses_the_last_commit
    ),
    "command_forgotten": _instead(MemoryLog, own_command=_forgets_commands),
    "lamport_not_heard": _instead(Pen, heard=_deaf_to_time),
    "draught_not_taken_back": _instead(Draught, take_back=_does_nothing),
    "own_past_ignored": _instead(Intake, _may_come=_knows_own_past),
    "early_ack_forgotten": _instead(Client, greet_all=_does_nothing),
    "sides_not_fetched": _instead(Client, _fetch_sides=_no_sides),
    "index_by_arrival": _instead(house, insort=list.append),
}
