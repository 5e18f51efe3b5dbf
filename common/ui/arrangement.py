"""How this machine's screen is arranged: one set of controls, at first start and in settings.

    arrangement.rows            each with its value in words; two buttons or keys change it
    arrangement.act("right")    up and down choose among them, left and right change the one

What can be seen at once (language, colours) is; what moves everything (the panel's size) waits
until hands rest. Then it is written to the node's `screen.toml`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final, NamedTuple

import msgspec
from PySide6.QtCore import Property, QAbstractItemModel, QObject, QTimer, Signal, Slot

from common.errors import KnownError
from common.ui import arrangement_words as say
from common.ui.keyed_model import KeyedModel
from common.ui.settings import ScreenSettings
from common.ui.theme import Theme

RESTED_MS: Final = 700
"""Hands that did nothing for so long may see everything move."""
RULER_MM: Final = 100
SAFE: Final = "-safe"

PLACE: Final = ("language", "palette", "diagonal_in", "distance_m")
"""What every screen can be told of its place."""
STATION: Final = (*PLACE, "layout", "auto_start", "digits", "two_digits")
"""And a kitchen station's besides."""
PASS: Final = (*PLACE, "layout", "ready_first", "digits", "two_digits")
"""And the pass's."""
_STEPS: Final[Mapping[str, float]] = {"diagonal_in": 0.1, "distance_m": 0.1, "auto_start": 1}

Keep = Callable[[Mapping[str, object]], object]
"""Writes what was changed. Raises KnownError."""


class OptionRow(NamedTuple):
    """A setting, in words; `on`: the keys are at it; `ruler`: the bar to measure by is its own."""

    key: str
    label: str
    value: str
    hint: str
    on: bool
    ruler: bool


class Arrangement(QObject):
    """The settings of one screen while they can be changed; `changed` brings all of them."""

    changed = Signal(object)
    """ScreenSettings: hands rest, this is how it is to be."""
    language_wanted = Signal(str)
    refused = Signal(str)
    """It can't be kept: why, in words."""
    ruler_changed = Signal()

    def __init__(
        self,
        settings: ScreenSettings,
        theme: Theme,
        keep: Keep | None = None,
        names: Sequence[str] = PLACE,
        roles: Sequence[str] = (),
    ) -> None:
        """`roles`: what else this screen could be; without a choice there is no question."""
        super().__init__()
        self.settings = settings
        self._theme = theme
        self._keep = keep
        self._roles = tuple(roles)
        self._unkept: dict[str, object] = {}
        self._rows = KeyedModel(OptionRow, self)
        self._rest = QTimer(self, singleShot=True, interval=RESTED_MS)
        self._rest.timeout.connect(self.settle)
        self.offer(names)

    rows = Property(QAbstractItemModel, lambda self: self._rows, constant=True)
    ruler = Property(int, lambda self: self._ruler, notify=ruler_changed)

    @property
    def _ruler(self) -> int:
        panel = self._theme.geometry._replace(diagonal_in=self.settings.diagonal_in)
        return panel.mm(RULER_MM)

    def offer(self, names: Sequence[str]) -> None:
        """These can be changed from here on."""
        self._names = (*names, "role") if len(self._roles) > 1 else tuple(names)
        self._at = self._names[0]
        self._tell()

    # -- what hands do

    def act(self, action: str) -> bool:
        """Do what a key stands for; False: it means nothing here."""
        at = self._names.index(self._at)
        match action:
            case "up" | "down":
                at += 1 if action == "down" else -1
                self._at = self._names[max(0, min(at, len(self._names) - 1))]
                self._tell()
            case "left" | "right":
                self.step(self._at, 1 if action == "right" else -1)
            case _:
                return False
        return True

    @Slot(str, int)
    def step(self, name: str, by: int) -> None:
        """Change a setting by one step, or to the next choice."""
        self._at = name
        value = self._stepped(name, by)
        try:
            facts = msgspec.structs.asdict(self.settings) | {name: value}
            self.settings = msgspec.convert(facts, ScreenSettings)
        except msgspec.ValidationError:
            return  # as far as it goes
        self._unkept[name] = value
        if name == "language":
            self.language_wanted.emit(value)
        elif name == "palette":
            self._theme.set_palette(self.settings.palette)
        self._rest.start()
        self._tell()

    def _stepped(self, name: str, by: int) -> Any:
        value = self._value(name)
        if name in _STEPS:
            return round(value + by * _STEPS[name], 1) if name != "auto_start" else value + by
        choices = self._choices(name)
        return choices[(choices.index(value) + by) % len(choices)]

    def _value(self, name: str) -> Any:
        value = getattr(self.settings, name)
        return self._roles[0] if name == "role" and value not in self._roles else value

    def _choices(self, name: str) -> tuple[Any, ...]:
        plain = self.settings.palette.removesuffix(SAFE)
        choices: Mapping[str, tuple[Any, ...]] = {
            "language": ("zh_CN", "en"),
            "palette": (plain, plain + SAFE),
            "layout": ("flow", "grid"),
            "digits": ("select", "bump"),
            "two_digits": (False, True),
            "ready_first": (False, True),
            "role": self._roles,
        }
        return choices[name]

    # -- what follows

    @Slot()
    def settle(self) -> None:
        """Hands rest: everything may be as it was wished, and is kept."""
        self._rest.stop()
        if not self._unkept:
            return
        unkept, self._unkept = self._unkept, {}
        geometry = self._theme.geometry._replace(
            diagonal_in=self.settings.diagonal_in, distance_m=self.settings.distance_m
        )
        if geometry != self._theme.geometry:
            self._theme.set_geometry(geometry)
        self.changed.emit(self.settings)
        if self._keep is not None:
            try:
                self._keep(unkept)
            except KnownError as error:
                self.refused.emit(error.text(self.settings.language))

    def answer(self) -> None:
        """All of it is as it should be, changed or not, and is kept."""
        self._unkept = {name: self._value(name) for name in self._names}
        self.settle()

    def speak(self, language: str) -> None:
        """All words anew; whoever changed the language elsewhere changed it here."""
        if language != self.settings.language:
            facts = msgspec.structs.asdict(self.settings) | {"language": language}
            self.settings = msgspec.convert(facts, ScreenSettings)
        self._tell()

    def _tell(self) -> None:
        self._rows.update(
            OptionRow(
                name,
                say.label(name),
                say.value(name, self._value(name)),
                say.hint(name),
                name == self._at,
                name == "diagonal_in",
            )
            for name in self._names
        )
        self.ruler_changed.emit()
