"""A dish: what is wished with it, how many or how heavy, for whom, and when it is to be cooked."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal, InvalidOperation

import msgspec
from PySide6.QtCore import QCoreApplication

from common.domain import money
from common.domain.commands import ModifierInput
from common.domain.order import Line
from common.ui import words
from foh.drafts import PORTION, DraftLine
from foh.forms.form import CLOSE, Button, Field, Form, Option
from foh.menu_card import Choice, Dish, Group
from foh.screens.desk import MOST, Desk
from foh.sums import amount

translate = QCoreApplication.translate

_SIGNS = {"add": "+ ", "remove": "− "}
SEATS = 12
"""Guests that have a seat of their own to choose."""


class Wishes:
    """The wishes of a dish, by the menu's groups; those that no group has stay as they are."""

    def __init__(self, dish: Dish | None, chosen: tuple[ModifierInput, ...], desk: Desk) -> None:
        self.groups = () if dish is None else dish.groups
        self._desk = desk
        self._chosen = {(wish.op, wish.sku or wish.zh): wish for wish in chosen}
        self._full = ""
        self.asked = False
        """Whether somebody tried to go on: what is missing is said from then."""

    @property
    def chosen(self) -> tuple[ModifierInput, ...]:
        """What is wished, in the groups' order."""
        known = [choice.wish for group in self.groups for choice in group.choices]
        places = {_key(wish): nth for nth, wish in reversed(list(enumerate(known)))}
        order = sorted(self._chosen, key=lambda key: places.get(key, len(places)))
        return tuple(self._chosen[key] for key in order)

    @property
    def missing(self) -> bool:
        """Whether a group has fewer than it needs."""
        return any(self._count(group) < group.least for group in self.groups)

    def fields(self) -> Iterator[Field]:
        """A field for each group."""
        for group in self.groups:
            short = self._count(group) < group.least
            yield Field(
                key=group.id,
                kind="chips",
                label=group.names.of(self._desk.till.place.lang),
                hint=_how_many(group),
                amiss=(self.asked and short) or self._full == group.id,
                options=tuple(self._option(choice) for choice in group.choices),
            )

    def choose(self, group_id: str, option: str) -> None:
        """Wish it, or no longer; the only one of a group takes the place of another."""
        group = next(group for group in self.groups if group.id == group_id)
        wish = next(c.wish for c in group.choices if _name(c.wish) == option)
        self._full = ""
        if self._chosen.pop(_key(wish), None) is not None:
            return
        if group.most == 1:
            for choice in group.choices:
                self._chosen.pop(_key(choice.wish), None)
        elif self._count(group) >= group.most:
            self._full = group.id
            return
        self._chosen[_key(wish)] = wish

    def _count(self, group: Group) -> int:
        return sum(_key(choice.wish) in self._chosen for choice in group.choices)

    def _option(self, choice: Choice) -> Option:
        wish, card = choice.wish, self._desk.card
        return Option(
            key=_name(wish),
            text=_SIGNS.get(wish.op, "") + choice.names.of(self._desk.till.place.lang),
            detail=f"+{amount(wish.price, card.currency, short=True)}" if wish.price else "",
            on=_key(wish) in self._chosen,
        )


def _key(wish: ModifierInput) -> tuple[str, str]:
    return wish.op, wish.sku or wish.zh


def _name(wish: ModifierInput) -> str:
    return f"{wish.op}:{wish.sku or wish.zh}"


def _how_many(group: Group) -> str:
    if group.least and group.least == group.most:
        return translate("Form", "choose {count}").format(count=group.least)
    if group.least:
        text = translate("Form", "choose {least} to {most}")
        return text.format(least=group.least, most=group.most)
    return translate("Form", "up to {count}").format(count=group.most)


class DraftLineForm(Form):
    """A dish that is not sent, or that is about to be noted (`new`)."""

    def __init__(self, desk: Desk, line: DraftLine, *, new: bool = False) -> None:
        self._desk = desk
        self._line = line
        self._new = new
        self._dish = desk.card.find(line.sku)
        self._wishes = Wishes(self._dish, line.modifiers, desk)
        self._weight = "" if new else _decimal(line.qty)
        self._price = "" if line.price is None else money.text(line.price, desk.card.currency)
        self._asked = False
        self.title = words.pick(line.zh, line.en, desk.till.place.lang)
        self.counted = "" if line.unit else "qty"
        # What can't be left out is asked for at once.
        self.first = "weight" if line.unit else ""
        if self._dish is None:
            self.first = "price" if line.zh else "name"

    # -- what is asked

    def fields(self) -> list[Field]:
        """Wishes, quantity, course, seat, when, note."""
        return [*self._of_open_dish(), *self._wishes.fields(), self._quantity(), *self._more()]

    def _of_open_dish(self) -> Iterator[Field]:
        if self._dish is not None:
            return
        lacks = self._asked and not self._line.zh
        yield Field("name", "text", translate("Form", "Name"), "", lacks, self._line.zh)
        bad = self._asked and self._price_typed() is None
        currency = self._desk.card.currency
        yield Field("price", "number", translate("Form", "Price"), currency, bad, self._price)

    def _quantity(self) -> Field:
        line, lang = self._line, self._desk.till.place.lang
        if line.unit is None:
            text = words.weighed(line.qty, None, lang)
            return Field("qty", "count", translate("Form", "Quantity"), value=text)
        unit = words.pick(*words.UNITS.get(line.unit, (line.unit, line.unit)), lang)
        bad = self._asked and self._weight_typed() is None
        return Field("weight", "number", translate("Form", "Weight"), unit, bad, self._weight)

    def _more(self) -> Iterator[Field]:
        line, lang, card = self._line, self._desk.till.place.lang, self._desk.card
        if card.courses:
            usual = self._dish.course if self._dish is not None else 1
            now = usual if line.course is None else line.course
            yield Field(
                "course",
                "chips",
                translate("Form", "Course"),
                options=tuple(
                    Option(str(nth), names.of(lang), on=nth == now) for nth, names in card.courses
                ),
            )
        covers = _covers(self._desk)
        if covers:
            seats = [str(nth + 1) for nth in range(min(covers, SEATS))]
            label = translate("Form", "Seat")
            options = tuple(Option(seat, seat, on=seat == line.seat) for seat in seats)
            yield Field("seat", "chips", label, options=options)
        yield Field("fire", "chips", translate("Form", "When"), options=_when(hold=line.hold))
        yield from note_fields(self._desk, line.note)

    def buttons(self) -> list[Button]:
        """Note it, or leave it as it was."""
        word = translate("Form", "Add") if self._new else translate("Form", "Done")
        return [Button("done", word, "Enter", primary=True), Button("close", leave(), "Esc")]

    # -- what hands do

    def choose(self, field: str, option: str) -> str:
        """A chip is tapped."""
        line = self._line
        match field:
            case "course":
                self._set(course=int(option))
            case "seat":
                self._set(seat="" if option == line.seat else option)
            case "fire":
                self._set(hold=option == "hold")
            case "notes":
                self._set(note=with_note(line.note, option))
            case _:
                self._wishes.choose(field, option)
        return ""

    def step(self, field: str, by: int) -> None:
        """More or fewer."""
        if field == "qty":
            self._set(qty=min(max(self._line.qty + by * PORTION, PORTION), MOST * PORTION))

    def write(self, field: str, text: str) -> None:
        """What is typed."""
        match field:
            case "note":
                self._set(note=text)
            case "weight":
                self._weight = text
            case "price":
                self._price = text
            case "name":
                self._set(zh=text, en=text)
            case _:
                pass

    def press(self, button: str) -> str:
        """Note it, unless something is missing."""
        if button == "close":
            return CLOSE
        self._asked = self._wishes.asked = True
        weight, price = self._weight_typed(), self._price_typed()
        lacks_price = self._dish is None and (price is None or not self._line.zh)
        if self._wishes.missing or lacks_price or (self._line.unit and weight is None):
            return ""
        self._set(modifiers=self._wishes.chosen, note=self._line.note.strip())
        if self._line.unit and weight is not None:
            self._set(qty=weight)
        if self._dish is None:
            self._set(price=price)
        self._desk.put_line(self._line)
        return CLOSE

    def _weight_typed(self) -> int | None:
        return _thousandths(self._weight)

    def _price_typed(self) -> int | None:
        try:
            return money.minor(self._price.strip(), self._desk.card.currency)
        except money.BadMoney:
            return None

    def _set(self, **facts: object) -> None:
        self._line = msgspec.structs.replace(self._line, **facts)


class SentLineForm(Form):
    """A dish that the kitchen has and that is not ready: other wishes, another note."""

    def __init__(self, desk: Desk, line: Line) -> None:
        self._desk = desk
        self._line = line
        self._note = line.note
        wishes = tuple(
            ModifierInput(wish.op, wish.zh, wish.en, wish.sku, wish.qty, wish.price)
            for wish in line.modifiers
        )
        self._before = wishes
        self._wishes = Wishes(desk.card.find(line.record.sku), wishes, desk)
        self.title = words.pick(line.record.zh, line.record.en, desk.till.place.lang)

    def fields(self) -> list[Field]:
        """What can still be changed."""
        return [*self._wishes.fields(), *note_fields(self._desk, self._note)]

    def buttons(self) -> list[Button]:
        """Tell the kitchen, or leave it."""
        tell = translate("Form", "Tell the kitchen")
        return [Button("done", tell, "Enter", primary=True), Button("close", leave(), "Esc")]

    def choose(self, field: str, option: str) -> str:
        """A chip is tapped."""
        if field == "notes":
            self._note = with_note(self._note, option)
        else:
            self._wishes.choose(field, option)
        return ""

    def write(self, _: str, text: str) -> None:
        """What is typed."""
        self._note = text

    def press(self, button: str) -> str:
        """Tell the kitchen what is another now."""
        if button == "close":
            return CLOSE
        self._wishes.asked = True
        if self._wishes.missing:
            return ""
        wishes = self._wishes.chosen
        note = self._note.strip()
        changed = wishes if set(wishes) != set(self._before) else None
        if changed is not None or note != self._line.note:
            self._desk.change(self._line, note if note != self._line.note else None, changed)
        return CLOSE


# -- what forms share


def leave() -> str:
    """The button that changes nothing."""
    return translate("Form", "Cancel")


def note_fields(desk: Desk, note: str) -> Iterator[Field]:
    """A note in free words, and the menu's usual ones as chips."""
    yield Field("note", "text", translate("Form", "Note"), value=note)
    lang = desk.till.place.lang
    usual = [names.of(lang) for names in desk.card.notes]
    if usual:
        options = tuple(Option(text, text, on=text in note) for text in usual)
        yield Field("notes", "chips", translate("Form", "Usual notes"), options=options)


def with_note(note: str, words_: str) -> str:
    """The note with these words, or without them if it has them."""
    if words_ in note:
        return note.replace(words_, "").strip("，, ")
    return f"{note}，{words_}" if note else words_


def _when(*, hold: bool) -> tuple[Option, ...]:
    return (
        Option("now", translate("Form", "Cook now"), on=not hold),
        Option("hold", translate("Form", "Hold until called"), on=hold),
    )


def _covers(desk: Desk) -> int:
    order = desk.order
    if order is not None and order.head is not None:
        return order.head.covers or 0
    return desk.draft.covers


def _decimal(thousandths: int) -> str:
    return words.weighed(thousandths, None, "")


def _thousandths(text: str) -> int | None:
    """A weight as it is typed; None if it is none."""
    try:
        value = Decimal(text.strip().replace("，", ".").replace(",", "."))
    except InvalidOperation:
        return None
    units = money.fixed_point(value, 3)
    return units if units is not None and 0 < units <= MOST * PORTION else None
