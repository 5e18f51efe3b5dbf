"""Finding a dish by what a hand types: part of its name, its initials, its pinyin, its number.

A hanzi is met by any of its readings, whole or begun, so 宫保鸡丁 is found by `gbjd`, `gongbao`
and `gongbaojd`. Readings are read once, when they are first needed: they take a moment to load.
"""

from __future__ import annotations

import os
import unicodedata
from collections.abc import Iterable, Sequence
from functools import cache
from typing import Final, NamedTuple

from foh.menu_card import Dish

_DIAERESIS: Final = "\u0308"


class _Entry(NamedTuple):
    sku: str
    no: str
    zh: str
    en: str
    sounds: tuple[tuple[str, ...], ...]
    """For each character all that it may be typed as."""
    letters: frozenset[str]


class Index:
    """What can be found on a card."""

    def __init__(self, dishes: Iterable[Dish]) -> None:
        self._entries = [_entry(dish) for dish in dishes]

    def find(self, typed: str) -> list[str]:
        """The skus that are meant, the best first; none for nothing typed."""
        typed = typed.strip().lower()
        if not typed:
            return []
        ranked = [
            (rank, place)
            for place, entry in enumerate(self._entries)
            if (rank := _rank(entry, typed)) is not None
        ]
        return [self._entries[place].sku for _, place in sorted(ranked)]


def _entry(dish: Dish) -> _Entry:
    zh, en = dish.names.zh.lower(), dish.names.en.lower()
    sounds = tuple(readings(character) for character in zh if not character.isspace())
    letters = frozenset(sound[0] for each in sounds for sound in each)
    return _Entry(dish.sku, dish.no.lower(), zh, en, sounds, letters)


def _rank(entry: _Entry, typed: str) -> int | None:
    """How well a dish is meant, 0 the best; None if it is not."""
    if entry.no.startswith(typed):
        return 0 if entry.no == typed else 1
    if entry.zh.startswith(typed) or entry.en.startswith(typed):
        return 2
    compact = typed.replace(" ", "").replace("'", "")
    if compact and compact[0] in entry.letters:
        rank = _by_sound(entry.sounds, compact)
        if rank is not None:
            return rank
    if f" {typed}" in entry.en:
        return 5
    if typed in entry.zh or typed in entry.en:
        return 6
    return None


def _by_sound(sounds: Sequence[tuple[str, ...]], typed: str) -> int | None:
    for start in range(len(sounds)):
        end = _heard(sounds, start, typed)
        if end is not None:
            if start:
                return 4
            return 2 if end == len(sounds) else 3
    return None


def _heard(sounds: Sequence[tuple[str, ...]], at: int, typed: str) -> int | None:
    """Where the characters end that these letters stand for, each begun or whole."""
    if not typed:
        return at
    if at == len(sounds):
        return None
    for sound in sounds[at]:
        longest = _common(sound, typed)
        for length in range(longest, 0, -1):
            end = _heard(sounds, at + 1, typed[length:])
            if end is not None:
                return end
    return None


def _common(one: str, other: str) -> int:
    length = 0
    for a, b in zip(one, other, strict=False):
        if a != b:
            break
        length += 1
    return length


@cache
def readings(character: str) -> tuple[str, ...]:
    """How a character may be typed: all its readings without tones, ü as v and u; else itself."""
    known = _table().get(ord(character), "")
    plain = dict.fromkeys(form for each in known.split(",") if each for form in _plain(each))
    return tuple(plain) or (character,)


def _plain(reading: str) -> tuple[str, ...]:
    parts = unicodedata.normalize("NFD", reading)
    letters = "".join("v" if mark == _DIAERESIS else mark for mark in parts)
    bare = "".join(c for c in letters if c.isascii() and c.isalpha())
    if "uv" in bare:
        return (bare.replace("uv", "v"), bare.replace("uv", "u"))
    return (bare,) if bare else ()


@cache
def _table() -> dict[int, str]:
    # The phrases, with which it would choose among readings, are large and not wanted here.
    os.environ.setdefault("PYPINYIN_NO_PHRASES", "true")
    from pypinyin.pinyin_dict import pinyin_dict

    return pinyin_dict
