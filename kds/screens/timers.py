"""How old a ticket is: one rule for timer, colour and words."""

from __future__ import annotations

import re
from typing import NamedTuple

from common.domain.clock import SECOND, age
from kds.screens import words
from kds.screens.lines import LineView
from kds.screens.tickets import TicketView


class Timer(NamedTuple):
    """What a header shows. `age`: unseen, ok, warn or late."""

    age: str
    text: str
    overrun: str = ""


def timer_of(ticket: TicketView, now: int) -> Timer:
    """At a mesh time: the age of its most urgent dish, or what is left until it is due."""
    if ticket.due_at is not None:
        seconds = -((ticket.due_at - now) // SECOND)
        text = words.left(words.span(max(0, -seconds)))
        # It warns as long before it is late as its dishes' own thresholds do.
        warn_s = -max((line.late_s - line.warn_s for line in ticket.lines), default=0)
        return _graded(ticket, text, seconds, (warn_s, 0))
    urgent = _most_urgent(ticket, now)
    if urgent is None or urgent.fired_at is None:
        return Timer("unseen", words.state("held", 1, 1))
    seconds = age(now, urgent.fired_at) // SECOND
    return _graded(ticket, words.span(seconds), seconds, (urgent.warn_s, urgent.late_s))


def _graded(ticket: TicketView, text: str, seconds: int, limits: tuple[int, int]) -> Timer:
    late_s = limits[1]
    grade = "unseen" if ticket.fresh else _grade(seconds, limits)
    return Timer(grade, text, words.over(words.span(seconds - late_s)) if seconds >= late_s else "")


def _grade(seconds: int, limits: tuple[int, int]) -> str:
    warn_s, late_s = limits
    return "late" if seconds >= late_s else "warn" if seconds >= warn_s else "ok"


def age_of_dish(line: LineView, now: int) -> tuple[str, int]:
    """A dish's own grade and its age in seconds."""
    seconds = 0 if line.fired_at is None else age(now, line.fired_at) // SECOND
    return _grade(seconds, (line.warn_s, line.late_s)), seconds


def _most_urgent(ticket: TicketView, now: int) -> LineView | None:
    """The dish that is nearest to being late or furthest past it; done ones where none is left."""
    fired = [line for line in ticket.lines if line.fired_at is not None]
    waiting = [line for line in fired if line.stage in ("", "cooking")]
    return max(
        waiting or fired,
        key=lambda line: age(now, line.fired_at or now) - line.late_s * SECOND,
        default=None,
    )


def widest(timer: Timer) -> str:
    """The widest text that the timer shows before it gains or loses a digit."""
    return re.sub(r"\d", "0", timer.text)
