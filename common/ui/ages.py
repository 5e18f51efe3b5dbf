"""How old what is waited for is: one rule for timer, colour and words."""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import NamedTuple, Protocol

from common.domain.clock import SECOND, age
from common.domain.order import Line
from common.domain.portions import State
from common.ui import words


class Timer(NamedTuple):
    """What a header shows. `age`: unseen, ok, warn or late."""

    age: str
    text: str
    overrun: str = ""


class Aged(Protocol):
    """A dish that is waited for, with its own thresholds in seconds after it was fired."""

    @property
    def fired_at(self) -> int | None:
        """Mesh µs; None while it is held."""

    @property
    def waiting(self) -> bool:
        """Whether it is fired and not ready."""

    @property
    def on_hold(self) -> bool:
        """Whether it waits until it is called for."""

    @property
    def warn_s(self) -> int:
        """When it is to be hurried."""

    @property
    def late_s(self) -> int:
        """When it is late."""


def timer_of(dishes: Collection[Aged], due_at: int | None, now: int, *, fresh: bool) -> Timer:
    """At a mesh time: the age of the most urgent dish, or what is left until all is due.

    What nobody has touched yet (`fresh`) has no colour of age.
    """
    if due_at is not None:
        seconds = -((due_at - now) // SECOND)
        text = words.left(words.span(max(0, -seconds)))
        # It warns as long before it is late as its dishes' own thresholds do.
        warn_s = -max((dish.late_s - dish.warn_s for dish in dishes), default=0)
        return _graded(text, seconds, (warn_s, 0), fresh)
    urgent = _most_urgent(dishes, now)
    if urgent is None or urgent.fired_at is None:
        waits = any(dish.on_hold for dish in dishes)
        return Timer("unseen", words.state("held", 1, 1) if waits else "")
    seconds = age(now, urgent.fired_at) // SECOND
    return _graded(words.span(seconds), seconds, (urgent.warn_s, urgent.late_s), fresh)


def _graded(text: str, seconds: int, limits: tuple[int, int], fresh: bool) -> Timer:
    late_s = limits[1]
    grade = "unseen" if fresh else _grade(seconds, limits)
    return Timer(grade, text, words.over(words.span(seconds - late_s)) if seconds >= late_s else "")


def _grade(seconds: int, limits: tuple[int, int]) -> str:
    warn_s, late_s = limits
    return "late" if seconds >= late_s else "warn" if seconds >= warn_s else "ok"


def age_of_dish(dish: Aged, now: int) -> tuple[str, int]:
    """A dish's own grade and its age in seconds."""
    seconds = 0 if dish.fired_at is None else age(now, dish.fired_at) // SECOND
    return _grade(seconds, (dish.warn_s, dish.late_s)), seconds


def _most_urgent(dishes: Collection[Aged], now: int) -> Aged | None:
    """The dish that is nearest to being late or furthest past it; done ones where none is left."""
    fired = [dish for dish in dishes if dish.fired_at is not None]
    waiting = [dish for dish in fired if dish.waiting]
    return max(
        waiting or fired,
        key=lambda dish: age(now, dish.fired_at or now) - dish.late_s * SECOND,
        default=None,
    )


def widest(timer: Timer) -> str:
    """The widest text that the timer shows before it gains or loses a digit."""
    return re.sub(r"\d", "0", timer.text)


def fired_at(line: Line) -> int | None:
    """When the longest waiting of the portions left was fired; of all, where none is left."""
    waiting = (State.FIRED, State.COOKING)
    alive = [portion for portion in line.portions if not portion.voids]
    left = [portion.fired for portion in alive if portion.state in waiting]
    return min(
        (fired for fired in left or [portion.fired for portion in alive] if fired is not None),
        default=None,
    )
