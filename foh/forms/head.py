"""For whom an order is: a table or a guest, how many, what must not be in it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta

import msgspec
from PySide6.QtCore import QCoreApplication

from common.domain.clock import moment
from common.ui import words
from foh.drafts import Draft
from foh.forms.form import CLOSE, Button, Field, Form, Option
from foh.forms.wishes import leave, note_fields, with_note
from foh.screens.desk import Desk

translate = QCoreApplication.translate

MOST_COVERS = 99
TABLES = "tables"
"""How the fields of tables begin, one an area."""
_SOON = (15, 30, 45, 60)
_MINUTE = 60_000_000
_TIME = re.compile(r"([0-2]?[0-9])[:：.]?([0-5][0-9])")


class HeadForm(Form):
    """Table or guest; of an order that is there, only where the cashier wants to go."""

    counted = "covers"

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._draft = desk.draft
        self._table = desk.till.table
        self._there = desk.order is not None
        if self._there and desk.order is not None and desk.order.head is not None:
            self._table = desk.order.head.table or ""
        self._came_from = self._table
        self._due = ""
        if self._draft.due_at is not None:
            self._due = words.clock(self._draft.due_at, desk.till.place.tz)
        self._allergy = ""
        self._asked = False
        self.title = translate("Form", "Table or guest")

    # -- what is asked

    def fields(self) -> list[Field]:
        """Where; for a new order who, how many, what not to eat, and a note."""
        fields = [self._channel(), *self._of_table()]
        if not self._same_order:
            fields += [*self._of_guest(), *self._of_all()]
        return fields

    @property
    def _same_order(self) -> bool:
        """Whether there is an order already, of which the head stands."""
        if not self._at_table:
            return False
        return self._desk.open_order(self._table) is not None

    @property
    def _at_table(self) -> bool:
        return self._draft.channel == "dine_in"

    def _channel(self) -> Field:
        options = tuple(
            Option(name, words.channel(name, at_table=False), on=name == self._draft.channel)
            for name in ("dine_in", "takeaway", "phone")
        )
        return Field("channel", "chips", translate("Form", "Order"), options=options)

    def _of_table(self) -> Iterator[Field]:
        if not self._at_table:
            return
        lacks = self._asked and not self._table.strip()
        yield Field("table", "text", translate("Form", "Table"), "", lacks, self._table)
        for nth, (area, tables) in enumerate(self._desk.tables()):
            if tables:
                options = tuple(map(self._option, tables))
                yield Field(f"{TABLES}{nth}", "chips", area, options=options)
        if not self._same_order:
            yield self._covers()

    def _option(self, table: str) -> Option:
        """A table, and whether somebody sits there."""
        there = self._desk.open_order(table) is not None
        detail = translate("Form", "open") if there else ""
        name = self._desk.table_name(table)
        return Option(table, name, detail=detail, on=table == self._table)

    def _covers(self) -> Field:
        label, count = translate("Form", "Covers"), self._draft.covers
        return Field("covers", "count", label, value=str(count) if count else "–")

    def _of_guest(self) -> Iterator[Field]:
        if self._at_table:
            return
        draft = self._draft
        yield Field("guest", "text", translate("Form", "Guest's name"), value=draft.guest)
        label = translate("Form", "Phone, last four digits")
        yield Field("phone", "number", label, value=draft.phone)
        bad = self._asked and bool(self._due.strip()) and self._due_at() is None
        hint = translate("Form", "such as 18:30")
        yield Field("due", "text", translate("Form", "Ready at"), hint, bad, self._due)
        text = translate("Form", "in {count} min")
        options = tuple(Option(str(each), text.format(count=each)) for each in _SOON)
        yield Field("soon", "chips", options=options)

    def _of_all(self) -> Iterator[Field]:
        chosen = self._draft.allergies
        others = tuple(name for name in chosen if name not in words.ALLERGENS)
        options = tuple(
            Option(name, words.allergen(name), on=name in chosen)
            for name in (*words.ALLERGENS, *others)
        )
        yield Field("allergies", "chips", translate("Form", "Allergies"), options=options)
        yield Field("allergy", "text", translate("Form", "Another allergy"), value=self._allergy)
        yield from note_fields(self._desk, self._draft.note)

    def buttons(self) -> list[Button]:
        """Go there."""
        done = Button("done", translate("Form", "Done"), "Enter", primary=True)
        return [done, Button("close", leave(), "Esc")]

    # -- what hands do

    def choose(self, field: str, option: str) -> str:
        """A chip is tapped."""
        match field:
            case "channel":
                self._set(channel=option)
            case _ if field.startswith(TABLES):
                self._table = option
            case "allergies":
                self._set(allergies=_with(self._draft.allergies, option))
            case "notes":
                self._set(note=with_note(self._draft.note, option))
            case "soon":
                at = self._desk.till.source.mesh_now() + int(option) * _MINUTE
                self._due = words.clock(at, self._desk.till.place.tz)
            case _:
                pass
        return ""

    def step(self, _: str, by: int) -> None:
        """One guest more or less."""
        self._set(covers=min(max(self._draft.covers + by, 0), MOST_COVERS))

    def write(self, field: str, text: str) -> None:
        """What is typed."""
        match field:
            case "table":
                self._table = text
            case "due":
                self._due = text
            case "allergy":
                self._allergy = text
            case _:
                self._set(**{field: text})

    def press(self, button: str) -> str:
        """Go there, with what was told."""
        if button == "close":
            return CLOSE
        self._asked = True
        table = self._table.strip()
        if (self._at_table and not table) or (self._due.strip() and self._due_at() is None):
            return ""
        if self._allergy.strip():
            self._set(allergies=_with(self._draft.allergies, self._allergy.strip()))
        self._go(table)
        return CLOSE

    def _go(self, table: str) -> None:
        desk = self._desk
        if self._at_table:
            if self._there or table != desk.till.table:
                desk.go_to_table(table)
            if desk.order is None:
                self._take_head(table)
            return
        if self._there or desk.till.table:
            lines = () if self._there else desk.draft.lines
            if lines:
                desk.put(Draft())
            desk.new_guest()
            desk.put(msgspec.structs.replace(desk.draft, lines=lines))
        self._take_head("")

    def _take_head(self, table: str) -> None:
        desk = self._desk
        due = None if self._at_table else self._due_at()
        told = msgspec.structs.replace(self._draft, table=table, due_at=due, lines=desk.draft.lines)
        desk.put(told)

    def _due_at(self) -> int | None:
        """The next such time of day."""
        match = _TIME.fullmatch(self._due.strip())
        if match is None or int(match[1]) > 23:
            return None
        till = self._desk.till
        now = moment(till.source.mesh_now()).astimezone(till.place.tz)
        at = now.replace(hour=int(match[1]), minute=int(match[2]), second=0, microsecond=0)
        if at < now - timedelta(minutes=1):
            at += timedelta(days=1)
        return round(at.timestamp()) * 1_000_000

    def _set(self, **facts: object) -> None:
        self._draft = msgspec.structs.replace(self._draft, **facts)


def _with(known: tuple[str, ...], name: str) -> tuple[str, ...]:
    """With this name, or without it if it was there."""
    if name in known:
        return tuple(each for each in known if each != name)
    return (*known, name)
