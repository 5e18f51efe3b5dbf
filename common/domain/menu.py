"""Reading a menu file and turning it into the commands that bring it into the log.

A menu's version follows from its content: importing the same file twice, or at two tills, gives
the same version and changes nothing. Real menus give one sku to two spellings of a dish; refusing
them would close the restaurant, so the first counts and the rest is reported and kept.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

import msgspec

from common.domain.codec import MAX_EVENT
from common.domain.commands import ActivateMenu, DefineDishes, DishInput
from common.domain.events import Named
from common.domain.fields import Fields, parse, refuse, write
from common.domain.ids import derived_id
from common.domain.reasons import Refused, Rejected

MAX_DISHES = 10_000
MAX_STATIONS = 64
MAX_CATEGORIES = 256
MAX_ID = 64
"""Characters of a station or category id: a station is a role that events are addressed to."""
MAX_EXTRA = 48 * 1024
MAX_RECORD = MAX_EVENT - 4 * 1024
"""Bytes of what becomes one event, whose envelope needs room too."""
DISHES_A_COMMAND = 60
BYTES_A_COMMAND = 150 * 1024
"""A command's dishes are one group in the log: what a group may hold, less the envelopes."""


class MenuError(Refused):
    """A menu that can't be imported; `reason` says why in both languages."""


class Menu(msgspec.Struct, array_like=True, frozen=True):
    """A menu as it was read; `extra` is the JSON of what has no field here.

    `notes` are for whoever imports it: what was taken though it should be put right.
    """

    currency: str
    stations: tuple[Named, ...]
    categories: tuple[Named, ...]
    dishes: tuple[DishInput, ...]
    extra: str = ""
    notes: tuple[Rejected, ...] = ()


def read_menu(raw: bytes | str) -> Menu:
    """Read a menu file. Raises MenuError."""
    try:
        document = parse(raw)
        if not isinstance(document, dict):
            refuse("not_an_object")
        return _menu(Fields(document))
    except Refused as refused:
        raise MenuError(refused.reason) from None


def menu_version(menu: Menu) -> bytes:
    """The version's id: the same for the same content, whatever the file's layout."""
    return derived_id(b"menu", msgspec.msgpack.encode(msgspec.structs.replace(menu, notes=())))


def menu_commands(
    menu: Menu, new_id: Callable[[], bytes], actor: str
) -> list[DefineDishes | ActivateMenu]:
    """What to submit, in this order, so that orders are read by this menu."""
    version = menu_version(menu)
    commands: list[DefineDishes | ActivateMenu] = [
        DefineDishes(cmd_id=new_id(), actor=actor, version=version, dishes=dishes)
        for dishes in _batches(menu.dishes)
    ]
    commands.append(
        ActivateMenu(
            cmd_id=new_id(),
            actor=actor,
            version=version,
            currency=menu.currency,
            stations=menu.stations,
            categories=menu.categories,
            extra=menu.extra,
        )
    )
    return commands


def _batches(dishes: tuple[DishInput, ...]) -> Iterator[tuple[DishInput, ...]]:
    batch: list[DishInput] = []
    size = 0
    for dish in dishes:
        more = _size(dish)
        if batch and (len(batch) == DISHES_A_COMMAND or size + more > BYTES_A_COMMAND):
            yield tuple(batch)
            batch, size = [], 0
        batch.append(dish)
        size += more
    if batch:
        yield tuple(batch)


def _menu(fields: Fields) -> Menu:
    currency = fields.text("currency").upper()
    if not (len(currency) == 3 and currency.isascii() and currency.isalpha()):
        refuse("menu_no_currency")
    stations = _named(fields, "stations", MAX_STATIONS)
    categories = _named(fields, "categories", MAX_CATEGORIES)
    dishes, notes = _dishes(fields, currency, {station.id for station in stations})
    extra = _extra(fields, "menu")
    menu = Menu(currency, stations, categories, dishes, extra, notes)
    if _size(msgspec.structs.replace(menu, dishes=(), notes=())) > MAX_RECORD:
        refuse("menu_too_large", key="menu")
    return menu


def _named(fields: Fields, key: str, limit: int) -> tuple[Named, ...]:
    children = fields.objects(key, limit)
    found: dict[str, Named] = {}
    for child in children:
        name = child.label("id", MAX_ID)
        if name is None:
            child.bad("id")
        if name in found:
            refuse("menu_repeated_id", key=key, id=name)
        zh, en = child.names()
        found[name] = Named(name, zh or en or name, en or zh or name)
    fields.keep(key, children)
    return tuple(found.values())


def _dishes(
    fields: Fields, currency: str, stations: set[str]
) -> tuple[tuple[DishInput, ...], tuple[Rejected, ...]]:
    children = fields.objects("items", MAX_DISHES)
    if not children:
        refuse("menu_empty")
    places: dict[str, int] = {}
    dishes: list[DishInput] = []
    notes: list[Rejected] = []
    repeated: dict[str, object] = {}
    for item, child in enumerate(children, 1):
        sku = child.label("sku")
        if sku is None:
            refuse("menu_no_sku", item=item)
        first = places.setdefault(sku, item)
        if first == item:
            dishes.append(_dish(child, sku, currency, stations))
        else:
            params: dict[str, str | int] = {"sku": sku, "item": item, "first": first}
            notes.append(Rejected("menu_repeated_sku", params))
            repeated[str(item - 1)] = {"sku": sku} | child.unknown()
    fields.put_back("items", repeated)
    return tuple(dishes), tuple(notes)


def _dish(fields: Fields, sku: str, currency: str, stations: set[str]) -> DishInput:
    zh, en = fields.names()
    if not (zh or en):
        refuse("menu_no_name", key=sku)
    station = fields.label("station", MAX_ID)
    if station is not None and station not in stations:
        refuse("menu_unknown_station", sku=sku, station=station)
    course = fields.integer("course", 0, 99)
    dish = DishInput(
        sku=sku,
        zh=zh or en,
        en=en or zh,
        price=fields.money("price", currency) or 0,
        station=station,
        category=fields.label("category"),
        prep_s=fields.integer("prep_seconds", 0, 2**31) or 0,
        course=1 if course is None else course,
        unit=fields.word("unit"),
        extra=_extra(fields, sku),
    )
    if _size(dish) > MAX_RECORD:
        refuse("menu_too_large", key=sku)
    return dish


def _extra(fields: Fields, key: str) -> str:
    unknown = fields.unknown()
    text = write(unknown) if unknown else ""
    if len(text) > MAX_EXTRA:
        refuse("menu_too_large", key=key)
    return text


def _size(record: msgspec.Struct) -> int:
    return len(msgspec.msgpack.encode(record))
