"""Every word that Python puts on the station's screen; what is data (names) is picked by language.

English is written here, Chinese stands in `resources/i18n`. Templates are filled by `format`, so
that translators may turn the parts round.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import tzinfo
from typing import Final

from PySide6.QtCore import QCoreApplication

from common.domain.clock import moment
from common.domain.notices import WORDS as NOTICES
from common.domain.portions import What

translate = QCoreApplication.translate

PLATFORMS: Final[Mapping[str, tuple[str, str]]] = {
    "meituan": ("美团", "Meituan"),
    "eleme": ("饿了么", "Ele.me"),
    "jd": ("京东", "JD"),
    "douyin": ("抖音", "Douyin"),
    "taobao": ("淘宝", "Taobao"),
    "ubereats": ("Uber Eats", "Uber Eats"),
    "deliveroo": ("户户送", "Deliveroo"),
    "doordash": ("DoorDash", "DoorDash"),
}
"""Delivery platforms' names in both languages; one that is not here is called by its id."""

SHORT: Final = 12
"""Characters of a name on a button."""

UNITS: Final[Mapping[str, tuple[str, str]]] = {
    "斤": ("斤", "jin"),
    "两": ("两", "liang"),
    "kg": ("公斤", "kg"),
    "公斤": ("公斤", "kg"),
    "g": ("克", "g"),
    "克": ("克", "g"),
    "l": ("升", "l"),
    "ml": ("毫升", "ml"),
    "lb": ("磅", "lb"),
}
"""Units in both languages; one that is not here stays as it is written."""


def pick(zh: str, en: str, lang: str) -> str:
    """A name in the screen's language."""
    return (zh or en) if lang.startswith("zh") else (en or zh)


def platform(provider: str, lang: str) -> str:
    """A delivery platform's name."""
    return pick(*PLATFORMS.get(provider, (provider, provider)), lang)


def weighed(thousandths: int, unit: str | None, lang: str) -> str:
    """A quantity with its unit, such as 1.5 斤; decimals only where there are some."""
    whole, rest = divmod(thousandths, 1000)
    number = f"{whole}.{rest:03}".rstrip("0").rstrip(".")
    return f"{number} {pick(*UNITS.get(unit, (unit, unit)), lang)}" if unit else number


def span(seconds: int) -> str:
    """A time that runs: 0:06, 16:08, 1:02:40."""
    minutes, seconds = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{seconds:02}" if hours else f"{minutes}:{seconds:02}"


def clock(at: int, tz: tzinfo) -> str:
    """A time of day at the restaurant: 12:24."""
    return f"{moment(at).astimezone(tz):%H:%M}"


def table(name: str) -> str:
    """A table as people call it: a bare number gets its word, a name is one already."""
    if name.isdecimal():
        return translate("Ticket", "Table {table}").format(table=name)
    return name


def channel(name: str, *, at_table: bool) -> str:
    """How the guest came."""
    match name:
        case "dine_in":
            return translate("Ticket", "Dine-in")
        case "qr":
            return translate("Ticket", "QR")
        case "delivery":
            return translate("Ticket", "Delivery")
        case "takeaway":
            return translate("Ticket", "Takeaway")
        case "phone":
            return translate("Ticket", "Phone")
        case "pos" if at_table:
            return translate("Ticket", "Dine-in")
        case "pos":
            return translate("Ticket", "Takeaway")
        case _:
            return name


def pickup() -> str:
    """The title of what a guest fetches."""
    return translate("Ticket", "Pickup")


def due(at: int, tz: tzinfo, channel_name: str) -> str:
    """When it is fetched, and by whom."""
    time = clock(at, tz)
    if channel_name == "delivery":
        return translate("Ticket", "Courier {time}").format(time=time)
    if channel_name in ("takeaway", "phone"):
        return translate("Ticket", "Pickup {time}").format(time=time)
    return translate("Ticket", "Due {time}").format(time=time)


def covers(count: int) -> str:
    """How many guests."""
    return translate("Ticket", "Covers {count}").format(count=count)


def rushed(times: int) -> str:
    """How often the guest asked."""
    return translate("Ticket", "Rush {count}").format(count=times)


def batch(nth: int) -> str:
    """The second and later tickets of an order at a station."""
    return translate("Ticket", "Batch {nth}").format(nth=nth)


def recalled() -> str:
    """Was bumped and came back."""
    return translate("Ticket", "Recalled")


def left(time: str) -> str:
    """A timer that counts down."""
    return translate("Ticket", "in {time}").format(time=time)


def over(time: str) -> str:
    """By how much it is late."""
    return translate("Ticket", "+{time}").format(time=time)


def also(stations: str) -> str:
    """Who else cooks for the order."""
    return translate("Ticket", "Also at: {stations}").format(stations=stations)


def listed(names: list[str]) -> str:
    """Names one after the other."""
    return translate("Ticket", ", ").join(names)


def adopted(station: str, *, cooking: bool) -> str:
    """Whose ticket it is, taken over, and whether to look what stands there."""
    if cooking:
        text = translate("Ticket", "From {station} · started there: go and look")
    else:
        text = translate("Ticket", "From {station}")
    return text.format(station=station)


def allergies(names: tuple[str, ...]) -> str:
    """The banner's words."""
    said = listed([_allergen(name) for name in names])
    return translate("Ticket", "Allergy: {names}").format(names=said)


def _allergen(name: str) -> str:
    known = {
        "peanut": translate("Allergen", "peanut"),
        "nuts": translate("Allergen", "nuts"),
        "shellfish": translate("Allergen", "shellfish"),
        "fish": translate("Allergen", "fish"),
        "egg": translate("Allergen", "egg"),
        "milk": translate("Allergen", "milk"),
        "soy": translate("Allergen", "soy"),
        "gluten": translate("Allergen", "gluten"),
        "sesame": translate("Allergen", "sesame"),
    }
    return known.get(name, name)


def course(nth: int, name: str) -> str:
    """A section's title: the course's own name, else its number."""
    return name or translate("Ticket", "Course {nth}").format(nth=nth)


def anybody() -> str:
    """The section of dishes that no menu places: they stand on every station's screen."""
    return translate("Ticket", "No station: whoever starts it has it")


def quoted(note: str) -> str:
    """A guest's own words."""
    return translate("Ticket", "“{note}”").format(note=note)


def wish(name: str, count: int) -> str:
    """A modifier, with its number where there is more than one."""
    return name if count == 1 else f"{name} ×{count}"


def state(name: str, done: int, total: int) -> str:
    """A dish's state; of several portions, how many."""
    words = {
        "held": translate("Ticket", "On hold"),
        "cooking": translate("Ticket", "Cooking"),
        "ready": translate("Ticket", "Ready"),
        "voided": translate("Ticket", "Void"),
    }
    word = words.get(name, "")
    return f"{word} {done}/{total}" if done < total and word else word


def portions_ready(done: int, total: int) -> str:
    """Below a dish of which some portions are out."""
    return translate("Ticket", "{done} of {total} ready").format(done=done, total=total)


def added(at: int, tz: tzinfo) -> str:
    """The tag of a dish that came later."""
    return translate("Ticket", "Added {time}").format(time=clock(at, tz))


def changed(at: int, tz: tzinfo) -> str:
    """The tag of a dish whose wishes are others now."""
    return translate("Ticket", "Changed {time}").format(time=clock(at, tz))


def voided(count: int, total: int) -> str:
    """The tag of a dish that was taken back, or of some portions."""
    word = translate("Ticket", "Void")
    return f"{word} {count}" if count < total else word


def more_rows(count: int) -> str:
    """Dishes that came after the last re-flow."""
    return f"+{count} ▼"


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


def notice(ticket: str, dish: str, what: What, lang: str) -> str:
    """Commands crossed, or food was made that nobody wants any more."""
    said = pick(*NOTICES[what], lang)
    return translate("Station", "{ticket}: {dish} {said}").format(
        ticket=ticket, dish=dish, said=said
    )


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


def nobody_heard() -> str:
    """The screen is empty because nothing is known."""
    return translate("Station", "Waiting for this machine's node")


def opening() -> str:
    """The node has not told its board yet."""
    return translate("Station", "Connecting …")


def silent(time: str, at: str) -> str:
    """The node is not heard, and how old the picture is."""
    return translate("Station", "Not connected · as of {at}, {time} ago").format(time=time, at=at)


def alone() -> str:
    """The node is heard, but no other machine."""
    return translate("Station", "No other machine answers: orders may be missing")


def online(up: int, count: int) -> str:
    """How many machines answer."""
    return translate("Station", "Online {up}/{count}").format(up=up, count=count)


def peer_silent(name: str, seconds: int) -> str:
    """A machine that does not answer."""
    if seconds < 100:
        return translate("Station", "{name}: no answer for {count} s").format(
            name=name, count=seconds
        )
    return translate("Station", "{name}: no answer for {count} min").format(
        name=name, count=seconds // 60
    )


def peers_silent(count: int) -> str:
    """Several machines that do not answer."""
    return translate("Station", "{count} machines: no answer").format(count=count)


def taken_over(stations: str) -> str:
    """Whose tickets this screen shows too."""
    return translate("Station", "Tickets of {stations} are made here").format(stations=stations)


def action(name: str) -> str:
    """What a key does, on the map of keys."""
    known = {
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
        "close": translate("Keys", "Close"),
    }
    return known.get(name, name)


def digits() -> str:
    """The caps of the number keys."""
    return "1–9, 0"


def pick_dish() -> str:
    """A key that needs a dish was pressed without one."""
    return translate("Station", "Pick a dish first: arrow up or down.")
