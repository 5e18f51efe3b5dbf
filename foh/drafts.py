"""What cashiers have begun and not sent: one draft a table, guest or order; no Qt.

A draft is a value; hands change it by putting another in its place. What is sent stays a draft
until the node has answered, so that a refusal, a crash or a power cut loses nothing: it is sent
again under its own id, which the node decides once.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Literal

import msgspec

from common.domain.commands import AddLines, LineInput, ModifierInput, SubmitOrder

PORTION = 1000


class DraftLine(msgspec.Struct, frozen=True, omit_defaults=True):
    """A dish that is not sent; `price` where the cashier set it, else the menu's counts.

    `parts` are a set meal's dishes; they are sent with it and cost nothing of their own.
    """

    key: str
    sku: str | None = None
    zh: str = ""
    en: str = ""
    qty: int = PORTION
    unit: str | None = None
    price: int | None = None
    course: int | None = None
    seat: str = ""
    note: str = ""
    modifiers: tuple[ModifierInput, ...] = ()
    hold: bool = False
    parts: tuple[tuple[str, int], ...] = ()

    def same_dish(self, other: DraftLine) -> bool:
        """Whether the two differ by nothing but how many there are."""
        alike = {"key": "", "qty": PORTION}
        return msgspec.structs.replace(self, **alike) == msgspec.structs.replace(other, **alike)


class Draft(msgspec.Struct, frozen=True, omit_defaults=True):
    """What is not sent, and for whom; of an order that is there already only the lines count."""

    channel: str = "dine_in"
    table: str = ""
    covers: int = 0
    allergies: tuple[str, ...] = ()
    note: str = ""
    guest: str = ""
    phone: str = ""
    due_at: int | None = None
    lines: tuple[DraftLine, ...] = ()

    @property
    def empty(self) -> bool:
        """Whether nothing would be lost with it."""
        return self == Draft(channel=self.channel, table=self.table)

    def with_line(self, line: DraftLine) -> Draft:
        """With this line in its place, or as the last."""
        keys = [known.key for known in self.lines]
        if line.key not in keys:
            return msgspec.structs.replace(self, lines=(*self.lines, line))
        lines = tuple(line if known.key == line.key else known for known in self.lines)
        return msgspec.structs.replace(self, lines=lines)

    def without(self, key: str) -> Draft:
        """Without a line."""
        lines = tuple(line for line in self.lines if line.key != key)
        return msgspec.structs.replace(self, lines=lines)

    def line(self, key: str) -> DraftLine | None:
        """The line of this key."""
        return next((line for line in self.lines if line.key == key), None)


class Sending(msgspec.Struct, frozen=True):
    """A draft on its way: whose it was, what it was, the command that carries it."""

    name: str
    draft: Draft
    command: SubmitOrder | AddLines


class Drafts(msgspec.Struct):
    """All drafts of one counter, by whose they are; `Keeper` keeps them over a restart."""

    open: dict[str, Draft] = {}
    sending: list[Sending] = []
    made: int = 0

    def at(self, name: str) -> Draft:
        """The draft of a table, guest or order; an empty one where nothing is begun."""
        return self.open.get(name, Draft())

    def put(self, name: str, draft: Draft) -> None:
        """Put a draft in place; an empty one is none."""
        if draft.empty:
            self.open.pop(name, None)
        else:
            self.open[name] = draft

    def new_key(self) -> str:
        """A key that no other line has."""
        self.made += 1
        return f"new {self.made}"

    def send(self, sending: Sending) -> None:
        """What was a draft is on its way."""
        self.open.pop(sending.name, None)
        self.sending.append(sending)

    def arrived(self, cmd_id: bytes) -> Sending | None:
        """What this command carried needs no keeping any more."""
        found = next((each for each in self.sending if each.command.cmd_id == cmd_id), None)
        if found is not None:
            self.sending.remove(found)
        return found

    def give_back(self, name: str, draft: Draft) -> None:
        """Lines that did not get away stand before what was begun since."""
        since = self.at(name)
        lines = (*draft.lines, *since.lines)
        self.put(name, msgspec.structs.replace(draft, lines=lines))


def line_inputs(lines: Iterable[DraftLine]) -> tuple[LineInput, ...]:
    """What is sent for these lines: a set meal is followed by its dishes."""
    return tuple(each for line in lines for each in _inputs(line))


def _inputs(line: DraftLine) -> list[LineInput]:
    own = LineInput(
        zh=line.zh,
        en=line.en,
        sku=line.sku,
        qty=line.qty,
        unit=line.unit,
        price=line.price,
        course=line.course,
        seat=line.seat or None,
        note=line.note,
        modifiers=line.modifiers,
        ref=line.key if line.parts else None,
        fire=_fire(line),
    )
    parts = [
        LineInput(
            sku=sku,
            qty=count * line.qty,
            price=0,
            course=line.course,
            seat=line.seat or None,
            parent=line.key,
            fire=_fire(line),
        )
        for sku, count in line.parts
    ]
    return [own, *parts]


def _fire(line: DraftLine) -> Literal["now", "hold"]:
    return "hold" if line.hold else "now"


def side_of(draft: Draft) -> str:
    """What must not enter the log: who the guest is, under the keys that order files have."""
    known = {"guest": draft.guest, "phone_tail": draft.phone}
    guest = {key: value for key, value in known.items() if value}
    return json.dumps(guest, ensure_ascii=False) if guest else ""
