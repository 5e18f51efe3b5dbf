"""A dish on an order and its portions, as the fold leaves them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import groupby
from typing import Any

import msgspec

from common.domain.codec import Event
from common.domain.events import LineRecord, Pick
from common.domain.ids import EventId, LineId, line_key
from common.domain.portions import Portion, State, What, indexes_of, is_weighed, portion_count

ANYWHERE = ""
"""The station of a line that no menu gives one: it shows on every kitchen screen."""


class Notice(msgspec.Struct, frozen=True, array_like=True):
    """Commands crossed and somebody has to be told; `notices` says who.

    `event` is what it is about: a void, a change that came too late, the second of two. `station`
    is the line's, or the one that came second to a line it wanted.
    """

    what: What
    line: LineId
    event: EventId
    at: int
    station: str


class Line:
    """A dish on the order as it stands now."""

    __slots__ = (
        "added_at",
        "added_by",
        "batch",
        "changes",
        "children",
        "id",
        "modifiers",
        "note",
        "parent",
        "portions",
        "position",
        "record",
        "station",
        "void_reason",
        "was_held",
    )

    def __init__(self, line_id: LineId, record: LineRecord, event: Event, position: int) -> None:
        self.id = line_id
        self.record = record
        self.position = position
        self.added_by = by = event.id
        self.added_at = event.at
        self.station = record.station or ANYWHERE
        self.batch = 0
        self.note = record.note
        self.modifiers = record.modifiers
        self.changes: list[EventId] = []
        self.void_reason = ""
        parent = record.parent
        self.parent = None if parent is None else LineId(line_id.cmd_id, parent)
        # A combo's own line has no cook and so no portions: it is as far as its dishes.
        self.children: list[Line] = []
        # Most dishes never wait, and of those nothing about it has to be asked.
        self.was_held = record.fire != "now"
        state = State.HELD if self.was_held else State.FIRED
        count = 0 if record.combo else portion_count(record.qty, record.unit)
        self.portions = [Portion.ordered(state, by, event.at)] * count

    @property
    def key(self) -> str:
        """The line's id as text."""
        return line_key(self.id)

    @property
    def state(self) -> State:
        """The least advanced of the portions that still count; VOID when none does."""
        if self.record.combo:
            return min((child.state for child in self.children), default=State.VOID)
        least = State.VOID
        for portion in self.portions:  # a plain loop: asked for each line after each event
            if not portion.voids and portion.stage < least:
                least = portion.stage
        if least is State.FIRED and self.was_held and self.indexes(State.HELD):
            return State.HELD
        return least

    @property
    def dishes(self) -> list[Line]:
        """What a kitchen makes of it: itself, or a combo's dishes."""
        return self.children if self.record.combo else [self]

    def indexes(self, *states: State) -> list[int]:
        """The portions in one of these states."""
        return [i for i, portion in enumerate(self.portions) if portion.state in states]

    @property
    def weighed(self) -> bool:
        """Whether it is one portion of some quantity."""
        return is_weighed(self.record.qty, self.record.unit)

    def active(self) -> bool:
        """Whether a kitchen still has something to do for it, now or once it is fired."""
        return self.state < State.READY

    def replace(self, pick: Pick, change: Callable[[Portion], Portion]) -> Iterable[Portion]:
        """Change the picked portions; returns what they were, those that were one object once."""
        changed: dict[Portion, Portion] = {}
        for index in indexes_of(pick.runs, len(self.portions)):
            portion = self.portions[index]
            if portion not in changed:
                changed[portion] = change(portion)
            self.portions[index] = changed[portion]
        return changed.keys()

    def notices(self) -> Iterator[Notice]:
        """What follows from how it stands now: food made and void, or begun and on hold."""
        wasted = {(p.voids[0], p.waste) for p in self.portions if p.voids and p.waste is not None}
        for (void, at), what in sorted(wasted):
            yield Notice(what, self.id, void, at, self.station)
        if not self.was_held:
            return
        begun: dict[EventId, int] = {}
        for hold, at in filter(None, (portion.begun_on_hold for portion in self.portions)):
            begun[hold] = min(at, begun.get(hold, at))
        for hold, at in sorted(begun.items()):
            yield Notice(What.STARTED_ON_HOLD, self.id, hold, at, self.station)

    def facts(self) -> tuple[Any, ...]:
        """All that is told of it, for hashes."""
        return (
            self.id,
            self.record,
            self.station,
            self.batch,
            self.note,
            self.modifiers,
            self.changes,
            self.void_reason,
            [(portion.snapshot(), len(list(same))) for portion, same in groupby(self.portions)],
        )
