"""What a guest wishes with a dish: the menu's groups, notes in free words."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from PySide6.QtCore import QCoreApplication

from common.domain.commands import ModifierInput
from foh.forms.form import Field, Option
from foh.menu_card import Choice, Dish, Group
from foh.screens.desk import Desk
from foh.sums import amount

translate = QCoreApplication.translate

_SIGNS: Final = {"add": "+ ", "remove": "− "}


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
