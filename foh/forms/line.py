"""A dish: what is wished with it, how many or how heavy, for whom, and when it is to be cooked."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal, InvalidOperation

import msgspec
from PySide6.QtCore import QCoreApplication

from common.domain import money
from common.ui import words
from foh.drafts import PORTION, DraftLine
from foh.forms.form import CLOSE, Button, Field, Form, Option
from foh.forms.wishes import Wishes, leave, note_fields, with_note
from foh.screens.desk import MOST, Desk

translate = QCoreApplication.translate

SEATS = 12
"""Guests that have a seat of their own to choose."""


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
