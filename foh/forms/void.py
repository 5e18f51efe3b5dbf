"""A dish is not wanted any more: how much of it, and why."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from common.domain.order import Line
from common.domain.portions import State
from common.ui import words
from foh.forms.form import CLOSE, Button, Field, Form, Option
from foh.forms.wishes import leave
from foh.screens.desk import Desk

translate = QCoreApplication.translate


def reasons() -> tuple[str, ...]:
    """Why dishes are usually taken back."""
    return (
        translate("Form", "Guest changed their mind"),
        translate("Form", "Ordered by mistake"),
        translate("Form", "Took too long"),
        translate("Form", "Sold out"),
        translate("Form", "Not as it should be"),
    )


class VoidForm(Form):
    """Takes portions of a dish back; a reason is needed."""

    counted = "count"

    def __init__(self, desk: Desk, line: Line) -> None:
        self._desk = desk
        self._line = line
        self._most = len(line.portions) - len(line.indexes(State.VOID))
        self._count = self._most
        self._reason = ""
        self._asked = False
        name = words.pick(line.record.zh, line.record.en, desk.till.place.lang)
        self.title = translate("Form", "Void: {dish}").format(dish=name)

    def fields(self) -> list[Field]:
        """Why, and how many where there are several."""
        lacks = self._asked and not self._reason.strip()
        chips = tuple(Option(text, text, on=text == self._reason) for text in reasons())
        label = translate("Form", "Reason")
        hint = translate("Form", "choose or write one")
        fields = [
            Field("why", "chips", label, hint, lacks, options=chips),
            Field("reason", "text", translate("Form", "In other words"), value=self._reason),
        ]
        if self._line.state > State.FIRED and self._line.portions:
            warn = translate("Form", "The kitchen has begun: it will be told to stop.")
            fields.insert(0, Field("begun", "words", value=warn))
        if self._most > 1:
            said = translate("Form", "{count} of {all}").format(count=self._count, all=self._most)
            fields.append(Field("count", "count", translate("Form", "How many"), value=said))
        return fields

    def buttons(self) -> list[Button]:
        """Take it back, or keep it."""
        word = translate("Form", "Void")
        return [Button("done", word, "Enter", primary=True), Button("close", leave(), "Esc")]

    def choose(self, _: str, option: str) -> str:
        """A reason is tapped."""
        self._reason = option
        return ""

    def step(self, _: str, by: int) -> None:
        """More or fewer of the portions."""
        self._count = min(max(self._count + by, 1), max(self._most, 1))

    def write(self, _: str, text: str) -> None:
        """A reason is typed."""
        self._reason = text

    def press(self, button: str) -> str:
        """Take it back, if it is said why."""
        if button == "close":
            return CLOSE
        self._asked = True
        if not self._reason.strip():
            return ""
        some = self._count if self._count < self._most else None
        self._desk.void(self._line, some, self._reason.strip())
        return CLOSE
