"""Words of the pass: its badges, hints, buttons and notices."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import tzinfo

from PySide6.QtCore import QCoreApplication

from common.domain.clock import moment
from common.ui import words
from kds.screens.sayings import short

translate = QCoreApplication.translate


def state(stage: str, count: int = 0, of: int = 0) -> str:
    """A dish's badge; of several portions, how many."""
    own = {"": translate("Pass", "To do"), "served": translate("Pass", "Served")}
    return own.get(stage) or words.state(stage, count, of)


def nobody() -> str:
    """Before the badge of a dish that no menu places."""
    return translate("Pass", "No station")


def added(at: int, tz: tzinfo) -> str:
    """When a dish came that was ordered later."""
    return words.added(at, tz)


def second(at: int, tz: tzinfo) -> str:
    """A time of day to the second: 12:20:09."""
    return f"{moment(at).astimezone(tz):%H:%M:%S}"


def name() -> str:
    """The pass's own name."""
    return translate("Pass", "Pass")


# -- the bar


def open_orders() -> str:
    """What the bar counts."""
    return translate("Pass", "Open")


def ready_orders() -> str:
    """What the bar counts: orders with something that can be served."""
    return translate("Pass", "Food ready")


def orders(count: int) -> str:
    """So many orders."""
    return translate("Pass", "{count}", "orders").format(count=count)


# -- hints


def not_ready(ticket: str, dishes: list[str], more: int) -> str:
    """An order was to be served that is not ready: some of what it waits for, and how much more."""
    names = words.listed([short(dish) for dish in dishes])
    if more > 0:
        names = translate("Pass", "{dishes} and {count} more").format(dishes=names, count=more)
    text = translate("Pass", "{ticket}: {dishes} not ready. Again: serve all. Space: ready dishes.")
    return text.format(ticket=ticket, dishes=names)


def dish_not_ready(dish: str) -> str:
    """A dish was to be served that is not ready."""
    return translate(
        "Pass", "{dish} is not ready. Again within 2 s: serve it all the same."
    ).format(dish=dish)


def dish_held(dish: str) -> str:
    """A dish was to be served that waits to be called."""
    text = translate("Pass", "{dish} is on hold: fire it. Again within 2 s: serve it all the same.")
    return text.format(dish=dish)


def changed_again(ticket: str) -> str:
    """An order with unacknowledged changes was to be served."""
    return translate("Pass", "{ticket} has changed: look, then press again to serve.").format(
        ticket=ticket
    )


def out_already(stage: str, dish: str) -> str:
    """A dish was touched that needs nothing more."""
    if stage == "voided":
        return translate("Pass", "{dish} is void.").format(dish=dish)
    return translate("Pass", "{dish} is served. To take it back: Undo.").format(dish=dish)


def nothing_held(ticket: str) -> str:
    """Fire was pressed and nothing waits."""
    return translate("Pass", "{ticket}: nothing is on hold.").format(ticket=ticket)


def all_begun(ticket: str) -> str:
    """Hold was pressed and all is begun."""
    return translate("Pass", "{ticket}: all of it is begun, nothing can be held.").format(
        ticket=ticket
    )


# -- buttons


def hold() -> str:
    """A course's button."""
    return translate("Pass", "Hold")


def fire() -> str:
    """A course's button."""
    return translate("Pass", "Fire")


def undo_serve(what: str, count: int) -> str:
    """What can be taken back: portions that were served."""
    return translate("Pass", "Undo: served {what} ({count})").format(what=short(what), count=count)


def undo_hold(what: str) -> str:
    """What can be taken back: a hold."""
    return translate("Pass", "Undo: hold {what}").format(what=short(what))


def undo_fire(what: str) -> str:
    """What can be taken back: a firing."""
    return translate("Pass", "Undo: fire {what}").format(what=short(what))


# -- notices


def silent_since(station: str, at: int, tz: tzinfo) -> str:
    """A machine does not answer."""
    text = translate("Pass", "{station}: no answer since {time}")
    return text.format(station=station, time=second(at, tz))


def waiting_there(for_s: str, orders_there: list[str]) -> str:
    """For how long it is silent, and which orders wait for it."""
    if not orders_there:
        return translate("Pass", "For {time} · nothing waits for it").format(time=for_s)
    text = translate("Pass", "For {time} · orders that wait for it: {orders}")
    return text.format(time=for_s, orders=words.listed(orders_there))


def node_silent(text: str) -> str:
    """This machine's own node."""
    return translate("Pass", "This screen's node: {text}").format(text=text)


def rushed(ticket: str, nth: int) -> str:
    """The guests ask where their food is."""
    return translate("Pass", "{ticket}: rush, time {nth}").format(ticket=ticket, nth=nth)


def more(ticket: str, dishes: list[str]) -> str:
    """Dishes were added."""
    return translate("Pass", "{ticket}: added {dishes}").format(
        ticket=ticket, dishes=words.listed(dishes)
    )


def taken(ticket: str, dishes: list[str]) -> str:
    """Dishes were taken back."""
    return translate("Pass", "{ticket}: void {dishes}").format(
        ticket=ticket, dishes=words.listed(dishes)
    )


def held(ticket: str, dishes: list[str]) -> str:
    """Dishes are to wait."""
    return translate("Pass", "{ticket}: on hold {dishes}").format(
        ticket=ticket, dishes=words.listed(dishes)
    )


def fired(ticket: str, dishes: list[str]) -> str:
    """Dishes that waited are to be made."""
    return translate("Pass", "{ticket}: fired {dishes}").format(
        ticket=ticket, dishes=words.listed(dishes)
    )


def otherwise(ticket: str, dish: str) -> str:
    """A dish is wished otherwise."""
    return translate("Pass", "{ticket}: {dish} changed").format(ticket=ticket, dish=dish)


def brought_back(ticket: str, dishes: list[str]) -> str:
    """Dishes that were ready or served are not any more."""
    return translate("Pass", "{ticket}: taken back {dishes}").format(
        ticket=ticket, dishes=words.listed(dishes)
    )


def station_saw(station: str, at: int, tz: tzinfo) -> str:
    """Somebody at a station acknowledged it."""
    return translate("Pass", "{station} saw it {time}").format(station=station, time=second(at, tz))


def station_shows(station: str, at: int, tz: tzinfo) -> str:
    """A station's screen shows it."""
    return translate("Pass", "{station} has it {time}").format(station=station, time=second(at, tz))


def station_waits(station: str) -> str:
    """A station has not shown it yet."""
    return translate("Pass", "{station}: not shown yet").format(station=station)


# -- the map of keys


def actions() -> Mapping[str, str]:
    """What each key does at the pass."""
    return {
        "slot": translate("PassKeys", "Select the order with that number"),
        "bump": translate("PassKeys", "Serve the selected order"),
        "advance": translate("PassKeys", "Serve the selected dish"),
        "up": translate("Keys", "Dish before"),
        "down": translate("Keys", "Dish after"),
        "left": translate("PassKeys", "Order before"),
        "right": translate("PassKeys", "Order after"),
        "hold": translate("PassKeys", "Hold: the selected dish, else the last course"),
        "fire": translate("PassKeys", "Fire: the selected dish, else the next course"),
        "recall": translate("PassKeys", "Recall the last order; again: list"),
        "recall_list": translate("PassKeys", "List of served orders"),
        "undo": translate("Keys", "Undo"),
        "page_prev": translate("Keys", "Page before"),
        "page_next": translate("Keys", "Page after"),
        "first": translate("PassKeys", "First order"),
        "last": translate("PassKeys", "Last order"),
        "rush": translate("Keys", "Mark as urgent"),
        "ack_all": translate("PassKeys", "All on this page and all notices are seen"),
        "notices": translate("PassKeys", "Notices"),
        "keys": translate("Keys", "This map"),
        "language": translate("Keys", "中文 / English"),
        "close": translate("Keys", "Close"),
    }
