"""What else can be done: everything that has no button of its own, and the map of all keys."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QCoreApplication

from foh.drafts import PORTION
from foh.forms.form import CLOSE, Button, Field, Form, Option
from foh.screens import order_words as say
from foh.screens.desk import Desk

translate = QCoreApplication.translate

NOTHING = "no "


def close_button() -> Button:
    """The way back."""
    return Button("close", translate("Form", "Close"), "Esc")


class MoreForm(Form):
    """Each option is an action of the page's; below, what is begun elsewhere and not sent."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self.title = translate("Form", "More")

    def fields(self) -> list[Field]:
        """Actions, then the drafts."""
        fields = [Field("acts", "chips", options=tuple(self._acts()))]
        drafts = tuple(self._drafts())
        if drafts:
            label = translate("Form", "Begun and not sent")
            fields.append(Field("drafts", "chips", label, options=drafts))
        return fields

    def _acts(self) -> Iterator[Option]:
        desk = self._desk
        yield Option("head", translate("Form", "Table or guest"))
        yield Option("new guest", translate("Form", "New takeaway order"))
        yield Option("open dish", translate("Form", "Dish not on the menu"))
        if desk.sent_line is not None or desk.draft_line is not None:
            yield Option("form", translate("Form", "Change the dish"))
        if desk.sent_line is not None:
            yield Option("void", translate("Form", "Void the dish"))
        if desk.draft.lines:
            yield Option("drop", translate("Form", "Remove all that is not sent"))
        yield Option("keys", translate("Form", "All keys"))

    def _drafts(self) -> Iterator[Option]:
        desk = self._desk
        for name, draft in desk.keeper.drafts.open.items():
            if not draft.lines or name == desk.name:
                continue
            count = sum(1 if line.unit else line.qty // PORTION for line in draft.lines)
            yield Option(name, self._whose(name), detail=f"{say.unsent()} {count}")

    def _whose(self, name: str) -> str:
        draft = self._desk.keeper.drafts.at(name)
        if draft.guest:
            return draft.guest
        return self._desk.title_of(name)

    def buttons(self) -> list[Button]:
        """The way back."""
        return [close_button()]

    def choose(self, field: str, option: str) -> str:
        """Do it."""
        return f"go {option}" if field == "drafts" else option

    def press(self, _: str) -> str:
        """Back."""
        return CLOSE


class KeysForm(Form):
    """The map of the keys; each row does what its key does."""

    def __init__(self) -> None:
        self.title = translate("Form", "Keys")

    def fields(self) -> list[Field]:
        """All of them."""
        return [Field("keys", "keys", options=key_map())]

    def buttons(self) -> list[Button]:
        """The way back."""
        return [close_button()]

    def choose(self, _: str, option: str) -> str:
        """Do it."""
        return "" if option.startswith(NOTHING) else option

    def press(self, _: str) -> str:
        """Back."""
        return CLOSE


def key_map() -> tuple[Option, ...]:
    """What each key does on this page."""
    rows = (
        ("", "A–Z", translate("Keys", "Search: initials, pinyin, name")),
        ("", "0–9", translate("Keys", "Search by number; after letters: take that result")),
        ("", "n *", translate("Keys", "n of the next dish")),
        ("", "← ↑ ↓ →", translate("Keys", "To another dish or line")),
        ("", "Enter", translate("Keys", "Add the dish; in the cart: change the line")),
        ("", "+ −", translate("Keys", "One more, one less")),
        ("delete", "Del", translate("Keys", "Remove the line; if sent: void it")),
        ("tab", "Tab", translate("Keys", "Between dishes and cart")),
        ("category next", "Ctrl →", translate("Keys", "Next category")),
        ("page_next", "PgDn", translate("Keys", "Next page of dishes")),
        ("close", "Esc", translate("Keys", "Back; clear the search")),
        ("keys", "F1", translate("Keys", "This page")),
        ("language", "F2", translate("Keys", "Other language")),
        ("page order", "F3", translate("Keys", "Order")),
        ("page tables", "F4", translate("Keys", "Tables")),
        ("hold", "F5", translate("Keys", "Hold")),
        ("fire", "F6", translate("Keys", "Fire")),
        ("rush", "F7", translate("Keys", "Rush the dish or the order")),
        ("void", "F8", translate("Keys", "Void the dish")),
        ("pay", "F9", translate("Keys", "Pay")),
        ("form", "F10", translate("Keys", "Wishes, quantity, note of the dish")),
        ("head", "F11", translate("Keys", "Table or guest")),
        ("send", "F12", translate("Keys", "Send to the kitchen; also Ctrl+Enter")),
        ("undo", "Ctrl Z", translate("Keys", "Undo within 5 s")),
        ("new guest", "Ins", translate("Keys", "Next guest, without a table")),
        ("more", "Menu", translate("Keys", "More")),
    )
    # What no single action stands for has a key that does nothing.
    return tuple(Option(key or f"{NOTHING}{cap}", text, cap=cap) for key, cap, text in rows)
