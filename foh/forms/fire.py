"""Which of the dishes that wait are called for: a course, or all."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from common.domain.order import Line
from common.ui import words
from foh.forms.form import CLOSE, Button, Field, Form, Option
from foh.forms.wishes import leave
from foh.screens.desk import Desk

translate = QCoreApplication.translate

ALL = "all"


class FireForm(Form):
    """Courses that wait, each with its dishes; the first is meant unless another is tapped."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self.title = translate("Form", "Fire")

    def _courses(self) -> dict[int, list[Line]]:
        courses: dict[int, list[Line]] = {}
        for line in self._desk.held:
            courses.setdefault(line.record.course, []).append(line)
        return dict(sorted(courses.items()))

    def fields(self) -> list[Field]:
        """A row a course, and one for all."""
        place = self._desk.till.place
        options = [
            Option(
                str(nth),
                words.course(nth, place.courses.get(nth, "")),
                words.listed([words.pick(x.record.zh, x.record.en, place.lang) for x in lines]),
            )
            for nth, lines in self._courses().items()
        ]
        everything = Option(ALL, translate("Form", "All that waits"))
        label = translate("Form", "What is to be cooked now?")
        return [Field("course", "chips", label, options=(*options, everything))]

    def buttons(self) -> list[Button]:
        """The next course, or nothing."""
        text = translate("Form", "The first of these")
        return [Button("done", text, "Enter", primary=True), Button("close", leave(), "Esc")]

    def choose(self, _: str, option: str) -> str:
        """Call for it."""
        courses = self._courses()
        if option == ALL:
            self._desk.fire([line for lines in courses.values() for line in lines])
        elif int(option) in courses:
            self._desk.fire(courses[int(option)])
        return CLOSE

    def press(self, button: str) -> str:
        """Call for the first course, or for nothing."""
        courses = self._courses()
        if button != "close" and courses:
            self._desk.fire(next(iter(courses.values())))
        return CLOSE
