"""What a form is: fields with options, buttons, and what hands do to them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple

CLOSE: Final = "close"
"""What a form answers when it is done."""
CAPS: Final = "123456789abcdefghijklmnopqrstuvwxyz"


class Option(NamedTuple):
    """Something to be chosen; `cap` is the key that does it, `cursor` where the arrows stand."""

    key: str
    text: str
    detail: str = ""
    cap: str = ""
    on: bool = False
    cursor: bool = False


class Field(NamedTuple):
    """One question.

    `kind`: chips (options), count (− and +), text, number (digits and a point), words (nothing to
    be done) or keys (options in the look of a key map). `amiss`: an answer is still needed here.
    """

    key: str
    kind: str
    label: str = ""
    hint: str = ""
    amiss: bool = False
    value: str = ""
    focused: bool = False
    options: tuple[Option, ...] = ()


class Button(NamedTuple):
    """What ends a form, or stands below the cart; `cap` is its key."""

    key: str
    text: str
    cap: str = ""
    primary: bool = False
    able: bool = True


class Form:
    """One question of the counter's. What its hands answer is an action: "" stays, CLOSE ends."""

    title = ""
    counted = ""
    """The field that + and − count."""
    first = ""
    """The field where the arrows begin, where it is not the first."""

    def fields(self) -> list[Field]:
        """What is asked."""
        raise NotImplementedError

    def buttons(self) -> list[Button]:
        """What ends it, the usual first."""
        raise NotImplementedError

    def choose(self, field: str, option: str) -> str:
        """An option is tapped."""
        raise NotImplementedError

    def step(self, field: str, by: int) -> None:
        """− or +."""

    def write(self, field: str, text: str) -> None:
        """A text is another."""

    def press(self, button: str) -> str:
        """A button is pressed."""
        raise NotImplementedError


class Hands:
    """A form under keys: where the arrows stand, and which key chooses what."""

    def __init__(self, form: Form) -> None:
        self.form = form
        self._field = self._option = 0
        self._shown: list[Field] = []
        self.fields()
        self._field = self._first_that_asks()

    def _first_that_asks(self) -> int:
        asks = [nth for nth, field in enumerate(self._shown) if field.kind != "words"]
        wanted = [nth for nth in asks if self._shown[nth].key == self.form.first]
        return (wanted or asks or [0])[0]

    # -- what is shown

    def fields(self) -> list[Field]:
        """The form's fields with keys and cursor."""
        caps = iter(CAPS)
        shown = []
        for nth, field in enumerate(self.form.fields()):
            here = nth == self._field
            options = tuple(
                option._replace(
                    cap=option.cap or (next(caps, "") if field.kind == "chips" else ""),
                    cursor=here and at == self._option,
                )
                for at, option in enumerate(field.options)
            )
            shown.append(field._replace(focused=here, options=options))
        self._shown = shown
        return shown

    @property
    def typing(self) -> str:
        """The kind of the text field that has the focus; empty where none has."""
        kind = self._shown[self._field].kind if self._field < len(self._shown) else ""
        return kind if kind in ("text", "number") else ""

    # -- what hands do

    def act(self, action: str, text: str) -> str:
        """A key; the form's answer."""
        match action:
            case "up" | "down" | "tab" | "backtab":
                self._turn(-1 if action in ("up", "backtab") else 1)
            case "left" | "right":
                self._move(-1 if action == "left" else 1)
            case "enter":
                return self._enter()
            case "backspace":
                self._rub_out()
            case "type":
                return self._type(text)
            case _:
                pass  # it means nothing while a form is open
        return ""

    def choose(self, field: str, option: str) -> str:
        """An option is tapped."""
        self._stand(field, option)
        return self.form.choose(field, option)

    def focus(self, field: str) -> None:
        """A text field is tapped."""
        self._stand(field, "")

    def _stand(self, field: str, option: str) -> None:
        keys = [each.key for each in self._shown]
        if field in keys:
            self._field = keys.index(field)
            options = [each.key for each in self._shown[self._field].options]
            self._option = options.index(option) if option in options else 0

    def _turn(self, by: int) -> None:
        asks = [nth for nth, field in enumerate(self._shown) if field.kind != "words"]
        if asks:
            at = asks.index(self._field) if self._field in asks else 0
            self._field, self._option = asks[(at + by) % len(asks)], 0

    def _move(self, by: int) -> None:
        field = self._shown[self._field]
        if field.kind == "count":
            self.form.step(field.key, by)
        elif field.options:
            self._option = (self._option + by) % len(field.options)

    def _enter(self) -> str:
        field = self._shown[self._field] if self._shown else Field("", "")
        if field.kind == "keys":
            return self.form.choose(field.key, field.options[self._option].key)
        buttons: Sequence[Button] = self.form.buttons()
        return self.form.press(buttons[0].key) if buttons else CLOSE

    def _rub_out(self) -> None:
        if self.typing:
            field = self._shown[self._field]
            self.form.write(field.key, field.value[:-1])

    def _type(self, text: str) -> str:
        field = self._shown[self._field]
        if self.typing:
            self.form.write(field.key, field.value + text)
            return ""
        if text in "+-=":
            if self.form.counted:
                self.form.step(self.form.counted, -1 if text == "-" else 1)
            return ""
        if text == " " and field.options:
            return self.form.choose(field.key, field.options[self._option].key)
        for each in self._shown:
            for option in each.options:
                if option.cap == text.lower():
                    return self.choose(each.key, option.key)
        return ""
