"""A whole order as the pass reads it: one ticket of all its stations, until all of it is served."""

from __future__ import annotations

from itertools import groupby

from common.domain.events import OrderSubmitted
from common.domain.house import EXPO, House
from common.domain.order import Order
from common.domain.portions import State
from common.ui import words
from common.ui.ages import Timer, timer_of
from common.ui.places import Place
from kds.screens.board import Rank
from kds.screens.expo_lines import OUT, PassLine, pass_line
from kds.screens.lines import LineView
from kds.screens.recalls import Bumped
from kds.screens.tickets import SEATED, Section, TicketView, added_later, fresh, passing

WHOLE = 0
"""The batch of what is no station's ticket: all of the order."""


class OrderView(TicketView):
    """An order's ticket at the pass."""

    @property
    def open_lines(self) -> list[PassLine]:
        """What is still to be served."""
        return [line for line in self.lines if isinstance(line, PassLine) and line.open]

    @property
    def ready(self) -> bool:
        """Whether all that is left can be served."""
        return all(line.stage == "ready" for line in self.open_lines)

    @property
    def some_ready(self) -> bool:
        """Whether anything can be served."""
        return any(line.ready for line in self.open_lines)

    def timer(self, now: int) -> Timer:
        """Slate until somebody saw it, unless it has to be hurried."""
        timer = timer_of(self.open_lines, self.due_at, now, fresh=False)
        return timer._replace(age="unseen") if self.fresh and timer.age == "ok" else timer

    def course(self, key: str) -> list[PassLine]:
        """What is to be served of the course with a title's key."""
        for nth, section in enumerate(self.sections):
            if key == title_key(nth):
                return [line for line in self.open_lines if line in section.lines]
        return []


def title_key(nth: int) -> str:
    """The key of a section's title on its card."""
    return f"title{nth}"


def ready_first(view: TicketView) -> Rank:
    """Orders of which all can go out, then the oldest."""
    return (int(not (isinstance(view, OrderView) and view.ready)), view.since, view.key)


def order_views(order: Order, house: House, place: Place) -> tuple[OrderView, ...]:
    """The order's ticket at the pass; none when all of it is served or void."""
    if order.head is None or order.submitted is None:
        return ()
    if all(line.state in OUT for line in order.dishes()):
        return ()
    return (_view(order, order.head, order.submitted.at, house, place),)


def _view(order: Order, head: OrderSubmitted, since: int, house: House, place: Place) -> OrderView:
    unseen = {event.id: event.at for event in order.unseen(EXPO)}
    dishes = list(order.dishes())
    lines = [pass_line(line, added_later(line, dishes[0]), unseen, place) for line in dishes]
    # A void that was seen is of no use to those who carry food.
    shown = [line for line in lines if line.stage != "voided" or line.news]
    title, number = place.title_of(head, house.number(order.id))
    facts = [
        words.channel(head.channel, at_table=bool(head.table)),
        place.about(order),
        words.rushed(len(order.rushes)) if order.rushes else "",
        words.quoted(head.note) if head.note else "",
    ]
    return OrderView(
        key=f"{order.id.hex()}/{EXPO}/{WHOLE}",
        order_id=order.id,
        station=EXPO,
        batch=WHOLE,
        since=since,
        sections=_sections(shown, place, seated=head.channel in SEATED),
        title=title,
        number=number,
        info=" · ".join(filter(None, facts)),
        allergy=words.allergies(head.allergies) if head.allergies else "",
        due_at=None if head.channel == "delivery" else head.due_at,
        fresh=fresh(dishes, unseen),
        passing=passing(order, unseen),
    )


def _sections(lines: list[PassLine], place: Place, *, seated: bool) -> tuple[Section, ...]:
    """By course where anything waits to be called, or guests at a table still await several.

    Else as it was ordered: nobody has to look for a course in it.
    """
    awaited = {line.course for line in lines if line.open}
    if not any(line.stage == "held" for line in lines) and not (seated and len(awaited) > 1):
        return (Section("", tuple(lines)),)
    ordered = sorted(lines, key=lambda line: line.course)
    return tuple(
        Section(words.course(course, place.courses.get(course, "")), tuple(same))
        for course, same in groupby(ordered, key=lambda line: line.course)
    )


def course_action(lines: tuple[LineView, ...], *, first: bool) -> str:
    """What can be done with a course: `fire` what waits, `hold` a later one that nobody began."""
    stages = {line.stage for line in lines if line.open}
    if "held" in stages:
        return "fire"
    return "hold" if stages == {""} and not first else ""


def gone(order: Order) -> list[Bumped]:
    """The order's ticket once it left the pass, to be recalled."""
    if order.head is None or order.submitted is None:
        return []
    if any(line.state not in OUT for line in order.dishes()):
        return []
    served = last_served(order)
    if served is None:
        return []
    return [Bumped(order.id, EXPO, WHOLE, served, max(0, served - order.submitted.at), True)]


def last_served(order: Order) -> int | None:
    """When the last portions of it were served."""
    times = (
        portion.served
        for line in order.dishes()
        for portion in line.portions
        if portion.state is State.SERVED and portion.served is not None
    )
    return max(times, default=None)
