"""Every word on a ticket; what is data (names) is picked by language.

English is written here, Chinese stands in `resources/i18n`. Templates are filled by `format`, so
that translators may turn the parts round.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import tzinfo
from typing import Final

from PySide6.QtCore import QCoreApplication

from common.domain.clock import moment

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


def the_pass() -> str:
    """Where dishes are handed out."""
    return translate("Role", "Pass")


def counter(which: str) -> str:
    """Where orders are taken; `which` is its number or name, empty where there is one."""
    word = translate("Role", "Counter")
    return f"{word} {which}" if which else word


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
    said = listed([allergen(name) for name in names])
    return translate("Ticket", "Allergy: {names}").format(names=said)


ALLERGENS: Final = (
    *("peanut", "nuts", "shellfish", "fish", "egg", "milk", "soy", "gluten", "sesame"),
)
"""The allergens that have a word in each language."""


def allergen(name: str) -> str:
    """An allergen's word; one that is not known is said as it was written."""
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
    return translate("Ticket", "“{note}”").format(note=" ".join(note.splitlines()))


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


def held(dishes: list[str]) -> str:
    """The row that stands for dishes on hold."""
    text = translate("Ticket", "On hold: {count} · {dishes}")
    return text.format(count=len(dishes), dishes=listed(dishes))


def portions_ready(done: int, total: int) -> str:
    """Below a dish of which some portions are out."""
    return translate("Ticket", "{done} of {total} ready").format(done=done, total=total)


def added(at: int, tz: tzinfo) -> str:
    """The tag of a dish that came later."""
    return translate("Ticket", "Added {time}").format(time=clock(at, tz))


def changed(at: int, tz: tzinfo) -> str:
    """The tag of a dish whose wishes are others now."""
    return translate("Ticket", "Changed {time}").format(time=clock(at, tz))


def fired(at: int, tz: tzinfo) -> str:
    """The tag of a dish that waited and is called for."""
    return translate("Ticket", "Fired {time}").format(time=clock(at, tz))


def voided(count: int, total: int) -> str:
    """The tag of a dish that was taken back, or of some portions."""
    word = translate("Ticket", "Void")
    return f"{word} {count}" if count < total else word


def more_rows(count: int) -> str:
    """Dishes that came after the last re-flow."""
    return f"+{count} ▼"
