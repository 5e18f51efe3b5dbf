"""Words of the bar, the strip, the hints, the lists and the map of keys."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import tzinfo
from typing import Final

from PySide6.QtCore import QCoreApplication

from common.ui.words import clock

translate = QCoreApplication.translate

SHORT: Final = 12
"""Characters of a name on a button."""


def more_dishes(count: int) -> str:
    """Dishes that the all-day strip has no room for."""
    return translate("Station", "+{count} more").format(count=count)


def more_tickets(count: int) -> str:
    """Tickets that are not on this page."""
    return translate("Station", "More tickets: {count}").format(count=count)


def pages(nth: int, count: int) -> str:
    """Which page is shown."""
    return translate("Station", "Page {nth} / {count}").format(nth=nth, count=count)


def pick_first() -> str:
    """A key that needs a ticket was pressed without one."""
    return translate("Station", "Pick a ticket first: press its number.")


def no_ticket_at(number: int) -> str:
    """A number was pressed that no ticket has."""
    return translate("Station", "There is no ticket {number}.").format(number=number)


def on_its_way() -> str:
    """The same was just asked for."""
    return translate("Station", "On its way: not confirmed yet.")


def held_again(dish: str) -> str:
    """A held dish was touched."""
    return translate("Station", "{dish} is on hold: press again to start it now.").format(dish=dish)


def changed_again(ticket: str) -> str:
    """A ticket with unacknowledged changes was bumped."""
    return translate("Station", "{ticket} has changed: look, then press again to bump.").format(
        ticket=ticket
    )


def all_held(ticket: str) -> str:
    """A ticket with nothing but held dishes was bumped."""
    return translate("Station", "{ticket} is on hold: there is nothing to bump yet.").format(
        ticket=ticket
    )


def done_already(stage: str, dish: str) -> str:
    """A dish that needs nothing more was touched."""
    if stage == "voided":
        return translate("Station", "{dish} is void.").format(dish=dish)
    return translate("Station", "{dish} is ready already. To take it back: Undo or Recall.").format(
        dish=dish
    )


def short(name: str) -> str:
    """A name on a button."""
    return name if len(name) <= SHORT else name[: SHORT - 1] + "…"


def undo_start(what: str) -> str:
    """What can be taken back: a start."""
    return translate("Station", "Undo: start {what}").format(what=short(what))


def undo_ready(what: str) -> str:
    """What can be taken back: dishes that are ready."""
    return translate("Station", "Undo: ready {what}").format(what=short(what))


def undo_bump(what: str, count: int) -> str:
    """What can be taken back: a ticket, with so many portions made ready by that."""
    if not count:
        return translate("Station", "Undo: bump {what}").format(what=short(what))
    return translate("Station", "Undo: bump {what} ({count})").format(what=short(what), count=count)


def nothing_to_recall() -> str:
    """The recall key was pressed and there is no bumped ticket."""
    return translate("Station", "There is no ticket to recall.")


def bumped(at: int, tz: tzinfo, minutes: int) -> str:
    """When a ticket was bumped."""
    return translate("Station", "{time} · {minutes} min ago").format(
        time=clock(at, tz), minutes=minutes
    )


def nothing_to_make() -> str:
    """The screen is empty because there is nothing to make."""
    return translate("Station", "No open tickets")


def taken_over(stations: str) -> str:
    """Whose tickets this screen shows too."""
    return translate("Station", "Tickets of {stations} are made here").format(stations=stations)


def to_do() -> str:
    """What the bar counts: tickets that are open."""
    return translate("Station", "To do")


def tickets(count: int) -> str:
    """So many tickets."""
    return translate("Station", "%1", "tickets to do").replace("%1", str(count))


def late() -> str:
    """What the bar counts: tickets past their time."""
    return translate("Station", "Late")


def last_hour() -> str:
    """What the bar tells: how long the last hour's tickets took."""
    return translate("Station", "Last hour")


def actions() -> Mapping[str, str]:
    """What each key does at a station, on the map of keys."""
    return {
        "slot": translate("Keys", "Select the ticket with that number"),
        "bump": translate("Keys", "Bump the selected ticket"),
        "advance": translate("Keys", "Advance the selected dish"),
        "up": translate("Keys", "Dish before"),
        "down": translate("Keys", "Dish after"),
        "left": translate("Keys", "Ticket before"),
        "right": translate("Keys", "Ticket after"),
        "recall": translate("Keys", "Recall the last ticket; again: list"),
        "recall_list": translate("Keys", "List of bumped tickets"),
        "undo": translate("Keys", "Undo"),
        "page_prev": translate("Keys", "Page before"),
        "page_next": translate("Keys", "Page after"),
        "first": translate("Keys", "First ticket"),
        "last": translate("Keys", "Last ticket"),
        "rush": translate("Keys", "Mark as urgent"),
        "summary": translate("Keys", "All-day totals"),
        "dishes": translate("Keys", "By dish / by ticket"),
        "ack_all": translate("Keys", "All on this page is seen"),
        "keys": translate("Keys", "This map"),
        "language": translate("Keys", "中文 / English"),
        "settings": translate("Keys", "Settings of this screen"),
        "close": translate("Keys", "Close"),
    }


def digits() -> str:
    """The caps of the number keys."""
    return "1–9, 0"


def dishes(count: int) -> str:
    """So many dishes."""
    return translate("Station", "{count} dishes").format(count=count)


def pick_dish() -> str:
    """A key that needs a dish was pressed without one."""
    return translate("Station", "Pick a dish first: arrow up or down.")
