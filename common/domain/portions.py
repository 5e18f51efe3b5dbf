"""What a portion can go through: one table, read by the fold and by decide alike.

An event names the portions it moves (`Pick`). Two nodes may decide on the same portion without
knowing of each other; the fold then finds a move that this table does not have. Such a move has no
effect, and `crossed` says whether somebody has to be told.
"""

from __future__ import annotations

from collections.abc import Iterable
from enum import IntEnum, StrEnum

from common.domain.events import Run
from common.domain.ids import EventId


class State(IntEnum):
    """Where a portion is; the order is that of a dish's life."""

    HELD = 0
    FIRED = 1
    COOKING = 2
    READY = 3
    SERVED = 4
    VOID = 5


class Move(StrEnum):
    """What can happen to a portion."""

    START = "start"
    READY = "ready"
    SERVE = "serve"
    VOID = "void"
    RECALL = "recall"
    UNSERVE = "unserve"


class What(StrEnum):
    """What somebody has to be told when commands crossed."""

    VOIDED_WHILE_COOKING = "voided_while_cooking"
    VOIDED_AFTER_COOKING = "voided_after_cooking"
    VOIDED_AFTER_SERVING = "voided_after_serving"
    DONE_TWICE = "done_twice"
    CHANGE_TOO_LATE = "change_too_late"
    CHANGED_OVER = "changed_over"
    CLAIMED_ELSEWHERE = "claimed_elsewhere"


_COOKABLE = (State.HELD, State.FIRED)
_UNSERVED = (*_COOKABLE, State.COOKING, State.READY)

MOVES: dict[Move, dict[State, State]] = {
    Move.START: dict.fromkeys(_COOKABLE, State.COOKING),
    Move.READY: dict.fromkeys((*_COOKABLE, State.COOKING), State.READY),
    Move.SERVE: dict.fromkeys(_UNSERVED, State.SERVED),
    Move.VOID: dict.fromkeys((*_UNSERVED, State.SERVED), State.VOID),
    Move.RECALL: {State.READY: State.COOKING},
    Move.UNSERVE: {State.SERVED: State.READY},
}

PREFERRED: dict[Move, tuple[State, ...]] = {
    Move.START: (State.FIRED, State.HELD),
    Move.READY: (State.COOKING, State.FIRED, State.HELD),
    Move.SERVE: (State.READY, State.COOKING, State.FIRED, State.HELD),
    Move.VOID: (State.HELD, State.FIRED, State.COOKING, State.READY, State.SERVED),
    Move.RECALL: (State.READY,),
    Move.UNSERVE: (State.SERVED,),
}
"""Which portions of a line a command means first when it gives only a count."""

# The same pair of facts must be told whichever came first in the order of events: a void that
# finds a cooked portion and a "ready" that finds a void one are one and the same accident.
_VOID_FINDS = {
    State.COOKING: What.VOIDED_WHILE_COOKING,
    State.READY: What.VOIDED_AFTER_COOKING,
    State.SERVED: What.VOIDED_AFTER_SERVING,
}
_FINDS_VOID = {
    Move.START: What.VOIDED_WHILE_COOKING,
    Move.READY: What.VOIDED_AFTER_COOKING,
    Move.SERVE: What.VOIDED_AFTER_SERVING,
}


def crossed(move: Move, found: State) -> What | None:
    """What has to be told when `move` meets a portion in state `found`."""
    if move is Move.VOID:
        return What.DONE_TWICE if found is State.VOID else _VOID_FINDS.get(found)
    if found is State.VOID:
        return _FINDS_VOID.get(move)
    if found in MOVES[move]:
        return None
    repeated = {Move.READY: State.READY, Move.SERVE: State.SERVED}.get(move)
    return What.DONE_TWICE if found is repeated else None


class Portion:
    """One portion of a line; times are mesh µs, None where it has not been."""

    __slots__ = ("before", "by", "fired", "ready", "served", "started", "state", "voided")

    def __init__(self, state: State, by: EventId, at: int) -> None:
        self.state = state
        self.before = state
        self.by = by
        self.fired: int | None = None if state is State.HELD else at
        self.started: int | None = None
        self.ready: int | None = None
        self.served: int | None = None
        self.voided: int | None = None

    def become(self, state: State, by: EventId, at: int) -> None:
        """Enter a state; what lies behind it is stamped, what lies before it is forgotten."""
        self.before, self.state, self.by = self.state, state, by
        if state is State.VOID:
            self.voided = at
            return
        self.voided = None
        # A held portion that is started or done was fired by that (CONFLICTS.md).
        self.fired = _stamp(self.fired, state, State.FIRED, at) or (at if state else None)
        self.started = _stamp(self.started, state, State.COOKING, at)
        self.ready = _stamp(self.ready, state, State.READY, at)
        self.served = _stamp(self.served, state, State.SERVED, at)

    def snapshot(self) -> tuple[int | None, ...]:
        """State and times, for hashes and rows."""
        return (self.state, self.fired, self.started, self.ready, self.served, self.voided)


def _stamp(time: int | None, state: State, milestone: State, at: int) -> int | None:
    if state < milestone:
        return None
    return at if state is milestone and time is None else time


def runs_of(indexes: Iterable[int]) -> tuple[Run, ...]:
    """Portion indexes as ascending runs."""
    runs: list[Run] = []
    for index in sorted(indexes):
        if runs and sum(runs[-1]) == index:
            runs[-1] = (runs[-1][0], runs[-1][1] + 1)
        else:
            runs.append((index, 1))
    return tuple(runs)


def indexes_of(runs: Iterable[Run], size: int) -> list[int]:
    """The indexes that runs name, within a line of `size` portions, each once."""
    chosen: set[int] = set()
    for first, count in runs:
        chosen.update(range(first, min(first + count, size)))
    return sorted(chosen)


def portion_count(qty: int, unit: str | None) -> int:
    """How many portions a quantity in thousandths is: a weighed line is one."""
    return 1 if unit or qty % 1000 else qty // 1000
