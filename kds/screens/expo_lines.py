"""A dish as the pass reads it: whether it can go out, who makes it, how it is wished."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from common.domain.ids import EventId
from common.domain.order import ANYWHERE, Line
from common.domain.portions import State
from common.ui import words
from common.ui.places import Place
from kds.screens import expo_sayings as say
from kds.screens.lines import SIGNS, LineView, Reader

OUT = (State.SERVED, State.VOID)
"""What needs the pass no more."""


class PassLine(LineView):
    """A dish at the pass; `left` are the portions that no guest has yet."""

    @property
    def waiting(self) -> bool:
        """Whether guests wait for it: from when it is fired until it is served."""
        return self.stage in ("", "cooking", "ready")

    @property
    def open(self) -> bool:
        """Whether there is something left to serve."""
        return self.stage in ("", "held", "cooking", "ready")


def pass_line(line: Line, later: bool, unseen: Mapping[EventId, int], place: Place) -> PassLine:
    """The dish as it stands; `later`: it came after its order."""
    count = Counter(portion.state for portion in line.portions)
    total = len(line.portions)
    alive = total - count[State.VOID]
    left = alive - count[State.SERVED]
    stage = _stage(count, left, alive)
    record, by = line.record, Reader(place.lang, place.tz)
    weighed = record.unit is not None or record.qty % 1000 != 0
    shown = left or alive or total
    tag, news = _news(line, later, unseen)
    return PassLine(
        id=line.id,
        key=line.key,
        dish="",
        name=words.pick(record.zh, record.en, by.lang),
        course=record.course,
        quantity=words.weighed(record.qty, record.unit, by.lang) if weighed else str(shown),
        boxed=not weighed and shown > 1,
        stage=stage,
        state_text=_state_text(stage, count, left),
        tag=tag,
        news=news,
        flash=len(news),
        left=left,
        ready=count[State.READY],
        fired_at=_fired_at(line),
        warn_s=record.warn_s,
        late_s=record.late_s,
        station=say.nobody() if line.station == ANYWHERE else place.name_of(line.station),
        wishes=_wishes(line, by) if left else (),
        note=words.quoted(line.note) if line.note and left else "",
        beside=_beside(line, count, left, later, unseen, by),
    )


def _stage(count: Mapping[State, int], left: int, alive: int) -> str:
    """The least that is true of what is left; one portion in a pan makes it cooking."""
    if not left:
        return "served" if alive else "voided"
    if count[State.READY] == left:
        return "ready"
    if count[State.COOKING] or count[State.READY]:
        return "cooking"
    return "held" if count[State.HELD] == left else ""


def _state_text(stage: str, count: Mapping[State, int], left: int) -> str:
    cooking = count[State.COOKING]
    if stage == "cooking" and not cooking:
        return say.state("")  # some are ready, nobody has begun the others
    return say.state(stage, cooking if stage == "cooking" else left, left - count[State.READY])


def _news(
    line: Line, later: bool, unseen: Mapping[EventId, int]
) -> tuple[str, tuple[EventId, ...]]:
    """What nobody here acknowledged: the gravest of it, and all of it."""
    voids = sorted({void for portion in line.portions for void, _ in portion.voids} & unseen.keys())
    changes = [change for change in line.changes if change in unseen]
    additions = [line.added_by] if later and line.added_by in unseen else []
    tag = "voided" if voids else "changed" if changes else "added" if additions else ""
    return tag, (*voids, *changes, *additions)


def _beside(
    line: Line,
    count: Mapping[State, int],
    left: int,
    later: bool,
    unseen: Mapping[EventId, int],
    by: Reader,
) -> tuple[str, ...]:
    """Small words: what is out of the ordinary about it."""
    if not left:
        return ()
    said = []
    if 0 < count[State.READY] < left:
        said.append(words.portions_ready(count[State.READY], left))
    if later:
        said.append(say.added(line.added_at, by.tz))
    said += [
        words.changed(unseen[change], by.tz) for change in line.changes[-1:] if change in unseen
    ]
    return tuple(said)


def _wishes(line: Line, by: Reader) -> tuple[tuple[str, str], ...]:
    return tuple(
        (SIGNS.get(wish.op, ""), words.wish(words.pick(wish.zh, wish.en, by.lang), wish.qty))
        for wish in line.modifiers
    )


def _fired_at(line: Line) -> int | None:
    alive = [portion for portion in line.portions if not portion.voids]
    left = [portion.fired for portion in alive if portion.state not in OUT]
    fired = left or [portion.fired for portion in alive]
    return min((at for at in fired if at is not None), default=None)
