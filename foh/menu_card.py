"""The menu as a counter reads it: what the log keeps beside the fields, with types.

A menu may have none of it: no numbers, no groups, no categories. What can't be read is as if it
were not there, for a till must open whatever a file said.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

import msgspec

from common.domain import money
from common.domain.commands import ModifierInput
from common.domain.events import DishDefined
from common.domain.house import House
from common.ui.words import pick


class Names(NamedTuple):
    """What something is called in both languages."""

    zh: str
    en: str

    def of(self, lang: str) -> str:
        """The name in a screen's language."""
        return pick(self.zh, self.en, lang)


class Choice(NamedTuple):
    """One of a group's options; its price is in minor units."""

    wish: ModifierInput
    names: Names


class Group(NamedTuple):
    """Wishes of which a guest chooses `least` to `most`."""

    id: str
    names: Names
    least: int
    most: int
    choices: tuple[Choice, ...]


class Part(NamedTuple):
    """A dish of a set meal."""

    sku: str
    qty: int


class Dish(NamedTuple):
    """A dish on the card; `no` is its number on the printed menu."""

    sku: str
    names: Names
    price: int
    category: str
    course: int
    no: str = ""
    unit: str | None = None
    groups: tuple[Group, ...] = ()
    parts: tuple[Part, ...] = ()
    allergens: tuple[str, ...] = ()

    @property
    def asks(self) -> bool:
        """Whether it can't be ordered without an answer."""
        return self.unit is not None or any(group.least for group in self.groups)


class Card(NamedTuple):
    """The active menu."""

    currency: str = ""
    categories: tuple[tuple[str, Names], ...] = ()
    dishes: Mapping[str, Dish] = {}
    courses: tuple[tuple[int, Names], ...] = ()
    notes: tuple[Names, ...] = ()

    def find(self, sku: str | None) -> Dish | None:
        """A dish by its sku."""
        return None if sku is None else self.dishes.get(sku)


def read_card(house: House) -> Card:
    """The active menu of the house; an empty card before the first import."""
    active = house.active
    if active is None:
        return Card(house.config.currency if house.config else "")
    extra = _document(active.extra)
    groups = dict(_groups(extra, active.currency))
    dishes = {dish.sku: _dish(dish, groups) for dish in house.menu.dishes.values()}
    return Card(
        currency=active.currency,
        categories=tuple(_categories(active.categories, dishes)),
        dishes=dishes,
        courses=tuple(_courses(extra)),
        notes=tuple(filter(None, map(_names, _list(extra, "notes")))),
    )


def _categories(named: Any, dishes: Mapping[str, Dish]) -> Iterator[tuple[str, Names]]:
    """The menu's categories, then those that only its dishes name."""
    known = {each.id: Names(each.zh, each.en) for each in named}
    used = dict.fromkeys(dish.category for dish in dishes.values() if dish.category)
    for name in (*known, *(name for name in used if name not in known)):
        if name in used:
            yield name, known.get(name, Names(name, name))


def _dish(dish: DishDefined, groups: Mapping[str, Group]) -> Dish:
    extra = _document(dish.extra)
    ids = (name for name in _list(extra, "modifiers") if isinstance(name, str))
    no = extra.get("no", "")
    return Dish(
        sku=dish.sku,
        names=Names(dish.zh, dish.en),
        price=dish.price,
        category=dish.category or "",
        course=dish.course,
        no=str(no) if isinstance(no, str | int) else "",
        unit=dish.unit,
        groups=tuple(groups[name] for name in ids if name in groups),
        parts=tuple(_parts(extra)),
        allergens=tuple(each for each in _list(extra, "allergens") if isinstance(each, str)),
    )


def _parts(extra: Mapping[str, Any]) -> Iterator[Part]:
    for part in _list(extra, "parts"):
        match part:
            case {"sku": str(sku), "qty": int(qty)} if qty > 0:
                yield Part(sku, qty)
            case {"sku": str(sku)}:
                yield Part(sku, 1)
            case _:
                pass


def _groups(extra: Mapping[str, Any], currency: str) -> Iterator[tuple[str, Group]]:
    for group in _list(extra, "modifier_groups"):
        match group:
            case {"id": str(name), "options": list(options)}:
                choices = tuple(filter(None, (_choice(each, currency) for each in options)))
                names = _names(group.get("name")) or Names(name, name)
                least, most = _count(group, "min", 0), _count(group, "max", len(choices))
                yield name, Group(name, names, min(least, len(choices)), max(most, 1), choices)
            case _:
                pass


def _choice(option: object, currency: str) -> Choice | None:
    match option:
        case {"sku": str(sku), **rest}:
            names = _names(rest.get("name")) or Names(sku, sku)
            op = rest.get("op")
            price = _price(rest.get("price"), currency)
            wish = ModifierInput(
                op=op if isinstance(op, str) else "choice",
                zh=names.zh,
                en=names.en,
                sku=sku,
                price=price,
            )
            return Choice(wish, names)
        case _:
            return None


def _price(amount: object, currency: str) -> int:
    if isinstance(amount, float):
        amount = repr(amount)
    exact = money.fixed_point(amount, money.exponent(currency))
    return 0 if exact is None else exact


def _courses(extra: Mapping[str, Any]) -> Iterator[tuple[int, Names]]:
    for course in _list(extra, "courses"):
        match course:
            case {"id": int(nth), "name": name} if (names := _names(name)) is not None:
                yield nth, names
            case _:
                pass


def _names(name: object) -> Names | None:
    match name:
        case str(word) if word:
            return Names(word, word)
        case {"zh": str(zh), "en": str(en)}:
            return Names(zh or en, en or zh)
        case {"zh": str(word)} | {"en": str(word)}:
            return Names(word, word)
        case _:
            return None


def _count(group: Mapping[str, Any], key: str, usual: int) -> int:
    count = group.get(key, usual)
    return count if isinstance(count, int) and count >= 0 else usual


def _list(document: Mapping[str, Any], key: str) -> list[Any]:
    found = document.get(key)
    return found if isinstance(found, list) else []


def _document(raw: str) -> Mapping[str, Any]:
    if not raw:
        return {}
    try:
        document = msgspec.json.decode(raw)
    except msgspec.DecodeError:
        return {}
    return document if isinstance(document, dict) else {}
