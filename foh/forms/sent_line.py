"""A dish that the kitchen has: what can still be wished otherwise."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from common.domain.commands import ModifierInput
from common.domain.order import Line
from common.ui import words
from foh.forms.form import CLOSE, Button, Field, Form
from foh.forms.wishes import Wishes, leave, note_fields, with_note
from foh.screens.desk import Desk

translate = QCoreApplication.translate


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
