"""A story's tickets as the wok's cook reads them, in English."""

from __future__ import annotations

from common.domain.order import Order
from common.ui.ages import Timer
from common.ui.places import Place, place_of
from common.ui.scenes.restaurant import at
from common.ui.scenes.story import WOK, Story
from kds.screens.lines import LineView
from kds.screens.tickets import TicketView, ticket_views


def tickets(
    story: Story, order: Order, station: str = WOK, lang: str = "en", adopted: tuple[str, ...] = ()
) -> tuple[TicketView, ...]:
    """The order's open tickets."""
    place: Place = place_of(story.house, station, adopted, lang)
    return ticket_views(order, story.house, place)


def ticket(story: Story, order: Order, station: str = WOK, lang: str = "en") -> TicketView:
    """The order's one open ticket."""
    (found,) = tickets(story, order, station, lang)
    return found


def line(story: Story, order: Order, nth: int = 0) -> LineView:
    """A dish of the order's one ticket."""
    return list(ticket(story, order).lines)[nth]


def timer(story: Story, order: Order, clock: str) -> Timer:
    """The ticket's timer at a time of day."""
    return ticket(story, order).timer(at(clock))
