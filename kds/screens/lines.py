"""A dish on a ticket as a cook reads it: how many are left, how far they are, what is new."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import tzinfo
from typing import NamedTuple

from common.domain.events import Modifier
from common.domain.ids import EventId, LineId
from common.domain.order import ANYWHERE, Line
from common.domain.portions import State
from common.ui import words
from common.ui.ages import fired_at

SIGNS = {"add": "+", "remove": "−"}


class LineView(NamedTuple):
    """A dish in words. `left` counts the portions to make, `weight` the same in thousandths."""

    id: LineId
    key: str
    dish: str
    """Dishes with the same are one in every count, whatever the guest wishes."""
    name: str
    course: int
    quantity: str
    boxed: bool
    stage: str
    state_text: str
    wishes: tuple[tuple[str, str], ...] = ()
    note: str = ""
    tag: str = ""
    tag_text: str = ""
    news: tuple[EventId, ...] = ()
    """What the tag is about, to be acknowledged."""
    flash: int = 0
    """How often it became another while nobody acknowledged it."""
    left: int = 0
    weight: int = 0
    unit: str = ""
    anywhere: bool = False
    fired_at: int | None = None
    """When the longest waiting of the portions left was fired; of all, where none is left."""
    warn_s: int = 0
    late_s: int = 0
    station: str = ""
    """At the pass: who makes it."""
    ready: int = 0
    """At the pass: portions that can be served."""
    beside: tuple[str, ...] = ()
    """At the pass: in small words, how it is wished, when it came."""

    @property
    def on_hold(self) -> bool:
        """Whether it waits until it is called for."""
        return self.stage == "held"

    @property
    def waiting(self) -> bool:
        """Whether it is fired and not ready."""
        return self.stage in ("", "cooking")

    @property
    def open(self) -> bool:
        """Whether there is something left to make."""
        return self.stage in ("", "held", "cooking")


class Reader(NamedTuple):
    """Whose eyes: the screen's language, the restaurant's time zone."""

    lang: str
    tz: tzinfo


class _Count(NamedTuple):
    total: int
    held: int
    cooking: int
    ready: int
    voided: int

    @classmethod
    def of(cls, line: Line) -> _Count:
        states = [portion.state for portion in line.portions]
        ready = states.count(State.READY) + states.count(State.SERVED)
        return cls(
            len(states),
            states.count(State.HELD),
            states.count(State.COOKING),
            ready,
            states.count(State.VOID),
        )

    @property
    def alive(self) -> int:
        return self.total - self.voided

    @property
    def left(self) -> int:
        return self.alive - self.ready


def line_view(line: Line, added_later: bool, unseen: Mapping[EventId, int], by: Reader) -> LineView:
    """The dish as it stands; `unseen`: the station's unacknowledged events, and when they were."""
    count, record = _Count.of(line), line.record
    stage, of = _stage(count)
    shown = count.left or count.alive or count.total
    weighed = record.unit is not None or record.qty % 1000 != 0
    tag, tag_text, news = _tag(line, count, added_later, unseen, by)
    return LineView(
        id=line.id,
        key=line.key,
        dish=" ".join(filter(None, (record.sku or record.zh, record.unit))),
        name=words.pick(record.zh, record.en, by.lang),
        course=record.course,
        quantity=words.weighed(record.qty, record.unit, by.lang) if weighed else str(shown),
        boxed=not weighed and shown > 1,
        stage=stage,
        state_text=words.state(stage, *of),
        wishes=_wishes(line.modifiers, count, by.lang),
        note=words.quoted(line.note) if line.note else "",
        tag=tag,
        tag_text=tag_text,
        news=news,
        flash=len(news),
        left=count.left,
        weight=record.qty if weighed and count.left else count.left * 1000,
        unit=record.unit or "",
        anywhere=line.station == ANYWHERE,
        fired_at=fired_at(line),
        warn_s=record.warn_s,
        late_s=record.late_s,
    )


def _stage(count: _Count) -> tuple[str, tuple[int, int]]:
    """Its stage, and of how many portions it is true."""
    if not count.alive:
        return "voided", (count.total, count.total)
    if not count.left:
        return "ready", (count.ready, count.ready)
    if count.cooking:
        return "cooking", (count.cooking, count.left)
    if count.held == count.left:
        return "held", (count.held, count.left)
    return "", (0, 0)


def _wishes(
    modifiers: tuple[Modifier, ...], count: _Count, lang: str
) -> tuple[tuple[str, str], ...]:
    wishes = [
        (SIGNS.get(wish.op, ""), words.wish(words.pick(wish.zh, wish.en, lang), wish.qty))
        for wish in modifiers
    ]
    if count.ready and count.left:
        wishes.append(("✓", words.portions_ready(count.ready, count.alive)))
    return tuple(wishes)


def _tag(
    line: Line, count: _Count, added_later: bool, unseen: Mapping[EventId, int], by: Reader
) -> tuple[str, str, tuple[EventId, ...]]:
    """The gravest of what nobody acknowledged yet: void, change, fire, addition."""
    voids = {void for portion in line.portions for void, _ in portion.voids if void in unseen}
    changes = [change for change in line.changes if change in unseen]
    fires = {
        call.by
        for portion in line.portions
        for call in portion.calls[-1:]
        if not call.hold and call.by in unseen and call.by != line.added_by
    }
    additions = [line.added_by] if added_later and line.added_by in unseen else []
    news = (*sorted(voids), *changes, *sorted(fires), *additions)
    if voids:
        return "voided", words.voided(count.voided, count.total), news
    if changes:
        return "changed", words.changed(unseen[changes[-1]], by.tz), news
    if fires:
        return "fired", words.fired(max(unseen[fire] for fire in fires), by.tz), news
    if additions:
        return "added", words.added(line.added_at, by.tz), news
    return "", "", ()
