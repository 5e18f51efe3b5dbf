"""JSON from outside, read strictly and by name.

What can't be meant is refused with the key it stands under; what is not known is kept; control
characters go. Keys are named as people count: `lines #2.modifiers #1.price`.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from decimal import Decimal, InvalidOperation
from typing import NoReturn

import msgspec

from common.domain.money import BadMoney, fixed_point, minor
from common.domain.reasons import Refused, Rejected

NAME = 512
"""Characters in a name or id, as `events.Name` has it."""
TEXT = 4096
"""Characters in a note, as `events.Text` has it."""
MAX_DEPTH = 64

UNKNOWN_KEYS = "unknown_keys"
CONTROL_CHARACTERS = "control_characters"

_BREAKS = re.compile(r"[\t\n\r]+")
_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f]")
_HAN = re.compile("[\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
# An unclosed string runs to the end, or each quote in it would be tried anew: quadratic.
_BRACKETS = re.compile(r'"(?:[^"\\]|\\.)*+(?:"|\\?\Z)|(?P<open>[\[{])|(?P<close>[\]}])', re.DOTALL)

_writer = msgspec.json.Encoder(decimal_format="number", order="deterministic")


class _RepeatedKeyError(Exception):
    """Two values under one key: it is not known which is meant."""


def refuse(code: str, **params: str | int) -> NoReturn:
    """Raise the refusal."""
    raise Refused(Rejected(code, params))


def parse(raw: bytes | str) -> object:
    """One JSON document; numbers stay decimal. Raises Refused."""
    try:
        text = raw.decode("utf-8") if isinstance(raw, bytes) else raw
        text = text.removeprefix("\ufeff")
        _check_depth(text)
        value: object = json.loads(
            text,
            parse_int=_whole,
            parse_float=Decimal,
            parse_constant=_no_constant,
            object_pairs_hook=_object,
        )
        if "\\u" in text or not isinstance(raw, bytes):
            _writer.encode(value)  # half of a surrogate pair is no character and can't be stored
    except _RepeatedKeyError as error:
        refuse("repeated_key", key=clean(str(error))[:64])
    except (ValueError, InvalidOperation):
        refuse("broken_json")
    return value


def _check_depth(text: str) -> None:
    depth = 0
    for token in _BRACKETS.finditer(text):
        depth += (token["open"] is not None) - (token["close"] is not None)
        if depth > MAX_DEPTH:
            raise ValueError("nested too deep")


def _whole(digits: str) -> int | Decimal:
    # Python refuses to read an int of more than 4300 digits.
    return int(digits) if len(digits) < 20 else Decimal(digits)


def _no_constant(word: str) -> NoReturn:
    raise ValueError(f"{word} is no JSON")


def _object(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found = dict(pairs)
    if len(found) < len(pairs):
        keys = [key for key, _ in pairs]
        raise _RepeatedKeyError(next(key for key in keys if keys.count(key) > 1))
    return found


def clean(text: str) -> str:
    """Text without control characters; a tab or a new line is a space."""
    return _CONTROL.sub("", _BREAKS.sub(" ", text))


def clean_all(value: object) -> object:
    """A JSON value with every text in it clean."""
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, list):
        return [clean_all(element) for element in value]
    if isinstance(value, dict):
        return {key: clean_all(element) for key, element in value.items()}
    return value


def write(value: object) -> str:
    """JSON text with sorted keys, numbers as they were read."""
    return _writer.encode(value).decode()


class Fields:
    """One JSON object being read: what is not taken out of it by name is unknown.

    `marks` gathers what was accepted but is worth telling.
    """

    def __init__(self, value: object, path: str = "", marks: set[str] | None = None) -> None:
        if not isinstance(value, dict):
            refuse("bad_value", key=path)
        self._left: dict[str, object] = value
        self._path = path
        self.marks: set[str] = set() if marks is None else marks
        self._nested: dict[str, dict[str, object]] = {}

    def key(self, name: str) -> str:
        """How a key of this object is named to people."""
        return f"{self._path}.{name}" if self._path else name

    def bad(self, name: str) -> NoReturn:
        """Refuse the value under a key."""
        refuse("bad_value", key=self.key(name))

    def take(self, name: str) -> object:
        """The raw value under a key; None if it is absent."""
        return self._left.pop(name, None)

    def text(self, name: str, limit: int = NAME) -> str:
        """A text, trimmed; empty if absent."""
        value = self.take(name)
        return "" if value is None else self._text(value, name, limit)

    def _text(self, value: object, name: str, limit: int) -> str:
        if not isinstance(value, str):
            self.bad(name)
        cleaned = clean(value)
        if cleaned != value:
            self.marks.add(CONTROL_CHARACTERS)
        cleaned = cleaned.strip()
        if len(cleaned) > limit:
            refuse("too_long", key=self.key(name), limit=limit)
        return cleaned

    def word(self, name: str, limit: int = NAME) -> str | None:
        """A text, or None if it is absent or empty."""
        return self.text(name, limit) or None

    def label(self, name: str, limit: int = NAME) -> str | None:
        """An id, table or seat: a text, or a whole number meant as one."""
        value = self._left.get(name)
        if isinstance(value, int) and not isinstance(value, bool):
            self._left[name] = str(value)
        return self.word(name, limit)

    def integer(self, name: str, low: int, high: int) -> int | None:
        """A whole number within bounds, or None if absent."""
        value = self.take(name)
        if value is None:
            return None
        number = fixed_point(value, 0)
        if number is None or not low <= number <= high:
            self.bad(name)
        return number

    def money(self, name: str, currency: str) -> int | None:
        """An amount in minor units, or None if absent."""
        value = self.take(name)
        if value is None:
            return None
        if not isinstance(value, str | int | Decimal) or isinstance(value, bool):
            refuse("bad_price", key=self.key(name))
        try:
            return minor(value, currency)
        except BadMoney:
            refuse("bad_price", key=self.key(name))

    def names(self, name: str = "name", limit: int = NAME) -> tuple[str, str]:
        """A name as (zh, en): either a text, put where its script belongs, or an object of both."""
        value = self.take(name)
        if isinstance(value, dict):
            both = Fields(value, self.key(name), self.marks)
            found = both.text("zh", limit), both.text("en", limit)
            self.put_back(name, both.unknown())
            return found
        text = "" if value is None else self._text(value, name, limit)
        return (text, "") if _HAN.search(text) else ("", text)

    def words(self, name: str, limit: int) -> tuple[str, ...]:
        """A list of texts, the empty ones left out."""
        found = [
            self._text(value, f"{name} #{n}", NAME)
            for n, value in enumerate(self._list(name, limit), 1)
        ]
        return tuple(filter(None, found))

    def objects(self, name: str, limit: int, *, own_marks: bool = False) -> list[Fields]:
        """The objects in a list, each to be read in turn; then `keep` what is left."""
        return [
            Fields(value, self.key(f"{name} #{n}"), None if own_marks else self.marks)
            for n, value in enumerate(self._list(name, limit), 1)
        ]

    def _list(self, name: str, limit: int) -> list[object]:
        value = self.take(name)
        if value is None:
            return []
        if not isinstance(value, list):
            self.bad(name)
        if len(value) > limit:
            refuse("too_long", key=self.key(name), limit=limit)
        return value

    def keep(self, name: str, children: Sequence[Fields]) -> None:
        """Keep what is unknown in the objects of a list, under the position of each (from 0)."""
        unknown = {str(n): rest for n, child in enumerate(children) if (rest := child.unknown())}
        self.put_back(name, dict(unknown))

    def put_back(self, name: str, unknown: dict[str, object]) -> None:
        """Count this part of what was taken as unknown after all."""
        if unknown:
            self._nested[name] = unknown

    def unknown(self) -> dict[str, object]:
        """All that was not taken, here and below, in the shape it came in."""
        rest: dict[str, object] = {}
        for name, value in self._left.items():
            rest[name] = clean_all(value)
            if rest[name] != value:
                self.marks.add(CONTROL_CHARACTERS)
        if rest:
            self.marks.add(UNKNOWN_KEYS)
        return rest | self._nested
