"""What a portion can go through: one table, read by the fold and by decide alike.

An event names the portions it moves (`Pick`). Two nodes may decide on the same portion without
knowing of each other; the fold then finds a move that this table does not have. Such a move has no
effect, and `crossed` says whether somebody has to be told (CONFLICTS.md).

A void lies over a portion like a lid: what is done to the portion goes on beneath it, so that void
and anything else give the same whichever comes first in the order of events, and a void that is
undone shows what really became of the dish. To be on hold is such a lid too: it hides a portion
that nobody has begun, and over one that somebody has it stays and is told.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from enum import IntEnum, StrEnum
from itertools import takewhile
from typing import NamedTuple

import msgspec

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

    HOLD = "hold"
    FIRE = "fire"
    START = "start"
    READY = "ready"
    SERVE = "serve"
    VOID = "void"
    RECALL = "recall"
    UNSERVE = "unserve"


class What(StrEnum):
    """What somebody has to be told when commands crossed; `notices` has who, and the words."""

    VOIDED_WHILE_COOKING = "voided_while_cooking"
    VOIDED_AFTER_COOKING = "voided_after_cooking"
    VOIDED_AFTER_SERVING = "voided_after_serving"
    VOIDED_TWICE = "voided_twice"
    READY_TWICE = "ready_twice"
    SERVED_TWICE = "served_twice"
    RECALLED_TOO_LATE = "recalled_too_late"
    CHANGE_TOO_LATE = "change_too_late"
    CHANGED_OVER = "changed_over"
    CLAIMED_ELSEWHERE = "claimed_elsewhere"
    STARTED_ON_HOLD = "started_on_hold"


_COOKABLE = (State.HELD, State.FIRED)
_UNSERVED = (*_COOKABLE, State.COOKING, State.READY)

MOVES: dict[Move, dict[State, State]] = {
    Move.HOLD: {State.FIRED: State.HELD},
    Move.FIRE: {State.HELD: State.FIRED},
    Move.START: dict.fromkeys(_COOKABLE, State.COOKING),
    Move.READY: dict.fromkeys((*_COOKABLE, State.COOKING), State.READY),
    Move.SERVE: dict.fromkeys(_UNSERVED, State.SERVED),
    Move.VOID: dict.fromkeys((*_UNSERVED, State.SERVED), State.VOID),
    Move.RECALL: {State.READY: State.COOKING},
    Move.UNSERVE: {State.SERVED: State.READY},
}

PREFERRED: dict[Move, tuple[State, ...]] = {
    Move.HOLD: (State.FIRED,),
    Move.FIRE: (State.HELD,),
    Move.START: (State.FIRED, State.HELD),
    Move.READY: (State.COOKING, State.FIRED, State.HELD),
    Move.SERVE: (State.READY, State.COOKING, State.FIRED, State.HELD),
    Move.VOID: (State.HELD, State.FIRED, State.COOKING, State.READY, State.SERVED),
    Move.RECALL: (State.READY,),
    Move.UNSERVE: (State.SERVED,),
}
"""Which portions of a line a command means first when it gives only a count."""

_WASTED = {
    State.COOKING: What.VOIDED_WHILE_COOKING,
    State.READY: What.VOIDED_AFTER_COOKING,
    State.SERVED: What.VOIDED_AFTER_SERVING,
}


class Call(NamedTuple):
    """Somebody said of a portion that it waits (`hold`), or that it is to be made now."""

    by: EventId
    at: int
    hold: bool


class Portion(msgspec.Struct, frozen=True, eq=False):
    """One portion of a line as its last event left it; times are mesh µs, None where it was not.

    Portions that went the same way are one object: a line of 9999 costs no more than its list.
    """

    stage: State
    """How far it got, void or on hold or not: FIRED where nobody has begun."""
    furthest: State
    """How far it ever got: food was made even if it was taken back."""
    by: EventId
    calls: tuple[Call, ...]
    """All holds and fires that stand, the first as ordered: the last one counts."""
    begun: int | None = None
    """When somebody first did something about it: what is begun is fired by that."""
    started: int | None = None
    ready: int | None = None
    served: int | None = None
    voids: tuple[tuple[EventId, int], ...] = ()
    prior: Portion | None = None
    """What it was before `by`; None as ordered."""

    @classmethod
    def ordered(cls, state: State, by: EventId, at: int) -> Portion:
        """A portion as it enters an order: held or fired."""
        return cls(State.FIRED, State.FIRED, by, (Call(by, at, state is State.HELD),))

    @property
    def state(self) -> State:
        """Where it is for all who look."""
        if self.voids:
            return State.VOID
        return State.HELD if self.stage is State.FIRED and self.on_hold else self.stage

    @property
    def on_hold(self) -> bool:
        """Whether it is to wait, begun or not."""
        return self.calls[-1].hold

    @property
    def begun_on_hold(self) -> tuple[EventId, int] | None:
        """Whose hold it was begun against, and since when that is so; None where it was not."""
        if self.voids or self.begun is None or not self.on_hold:
            return None
        hold = self.calls[-1]
        return hold.by, max(hold.at, self.begun)

    @property
    def fired(self) -> int | None:
        """Since when it is to be made: told by a fire, or by whoever began without one."""
        if self.on_hold:
            return self.begun
        told = self._last_calls()[-1].at
        return told if self.begun is None else min(told, self.begun)

    def _last_calls(self) -> Sequence[Call]:
        """The call that counts and those right before it that said the same, the last first."""
        if len(self.calls) == 1:
            return self.calls
        return list(takewhile(lambda call: call.hold == self.on_hold, reversed(self.calls)))

    @property
    def waste(self) -> What | None:
        """What its void has cost, if it is void."""
        return _WASTED.get(self.furthest) if self.voids else None

    def last_moved_by(self, event: EventId) -> bool:
        """Whether this event can be undone: nobody moved the portion since."""
        if self.voids:
            return any(event == void for void, _ in self.voids)
        if self.stage is State.FIRED and any(call.by == event for call in self._last_calls()):
            return event != self.calls[0].by
        return self.state is not State.HELD and self.by == event and self.prior is not None

    def moved(self, move: Move, by: EventId, at: int) -> Portion:
        """The portion after a move; itself where the table has none."""
        if move is Move.VOID:
            return msgspec.structs.replace(self, voids=(*self.voids, (by, at)))
        if move in (Move.HOLD, Move.FIRE):
            call = Call(by, at, move is Move.HOLD)
            return msgspec.structs.replace(self, calls=(*self.calls, call))
        stage = MOVES[move].get(self.stage)
        if stage is None:
            return self
        started, ready, served = self.started, self.ready, self.served
        if stage is State.COOKING:
            started, ready, served = _first(started, at), None, None
        elif stage is State.READY:
            ready, served = _first(ready, at), None
        else:
            served = at
        return Portion(
            stage,
            max(self.furthest, stage),
            by,
            self.calls,
            _first(self.begun, at),
            started,
            ready,
            served,
            self.voids,
            self,
        )

    def undone(self, undoes: EventId, by: EventId) -> Portion:
        """The portion as it was before `undoes`; itself if somebody moved it on since.

        Where somebody else took it back meanwhile, it goes back the further of the two ways.
        """
        voids = tuple(void for void in self.voids if void[0] != undoes)
        if len(voids) < len(self.voids):
            return msgspec.structs.replace(self, voids=voids)
        calls = (self.calls[0], *(call for call in self.calls[1:] if call.by != undoes))
        if len(calls) < len(self.calls):
            return msgspec.structs.replace(self, calls=calls)
        then = next((then for then in self._way_down() if then.by == undoes), None)
        if then is None or then.prior is None:
            return self
        if then is not self and then.prior.stage >= self.stage:
            return self
        return msgspec.structs.replace(
            then.prior, by=by, calls=self.calls, voids=self.voids, prior=self
        )

    def served_since(self, undoes: EventId) -> bool:
        """Whether an undo of "ready" comes too late."""
        portion: Portion | None = self
        while portion is not None and portion.by != undoes:
            portion = portion.prior
        return portion is not None and portion.stage is State.READY and self.stage is State.SERVED

    def taken_back(self) -> bool:
        """Whether somebody said of a ready portion that it is not, and none that it is again."""
        return self.stage < State.READY and any(
            then.stage is State.READY for then in self._way_down()
        )

    def _way_down(self) -> Iterator[Portion]:
        """This and what it was before, as long as it was only taken back since."""
        portion = self
        yield portion
        while portion.prior is not None and portion.stage <= portion.prior.stage:
            portion = portion.prior
            yield portion

    def snapshot(self) -> tuple[int | None, ...]:
        """State and times, for hashes and rows."""
        voided = self.voids[0][1] if self.voids else None
        return (self.state, self.fired, self.started, self.ready, self.served, voided)


def _first(time: int | None, at: int) -> int:
    return at if time is None else time


def crossed(move: Move, found: Portion) -> What | None:
    """What has to be told when `move` meets a portion; its waste is told by the portion itself."""
    match move:
        case Move.VOID if found.voids:
            return What.VOIDED_TWICE
        case Move.READY if found.stage is State.READY:
            return What.READY_TWICE
        case Move.SERVE if found.stage is State.SERVED:
            return What.SERVED_TWICE
        case Move.SERVE if found.taken_back():
            return What.RECALLED_TOO_LATE
        case Move.RECALL if found.stage is State.SERVED:
            return What.RECALLED_TOO_LATE
        case _:
            return None


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
    stretches = [range(first, min(first + count, size)) for first, count in runs]
    if len(stretches) == 1:
        return list(stretches[0])
    return sorted(set().union(*stretches))


def portion_count(qty: int, unit: str | None) -> int:
    """How many portions a quantity in thousandths is: a weighed line is one."""
    return 1 if is_weighed(qty, unit) else qty // 1000


def is_weighed(qty: int, unit: str | None) -> bool:
    """Whether a quantity in thousandths is no count of pieces."""
    return bool(unit) or qty % 1000 != 0
