"""The sheet on which a guest pays: what is due, how, how much was handed over, what goes back."""
# ruff: noqa: N815 - QML's names

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple

from PySide6.QtCore import Property, QAbstractItemModel, QCoreApplication, QObject, Signal, Slot

from common.domain import money
from common.domain.commands import TakePayment
from common.domain.order import Order
from common.ui.keyed_model import KeyedModel
from common.ui.screen_model import fact
from common.ui.sender import Sent
from foh.screens.money import amount
from foh.screens.till import Till

translate = QCoreApplication.translate

CASH: Final = "cash"
METHODS: Final = (CASH, "wechat", "alipay", "card", "other")
_DIGITS: Final = 9
"""As many as an amount may have that people type."""


class MethodRow(NamedTuple):
    """A way to pay."""

    key: str
    text: str
    chosen: bool


class Facts(NamedTuple):
    """What QML reads by these names, in camelCase."""

    title: str = ""
    due_text: str = ""
    given_text: str = ""
    change_text: str = ""
    trouble: str = ""
    back: bool = False
    """Nothing is due: money goes back to the guest."""


def method_words(method: str) -> str:
    """A way to pay, as it is called."""
    known = {
        CASH: translate("Paying", "Cash"),
        "wechat": translate("Paying", "WeChat Pay"),
        "alipay": translate("Paying", "Alipay"),
        "card": translate("Paying", "Card"),
        "other": translate("Paying", "Other"),
    }
    return known.get(method, method)


class Paying(QObject):
    """One payment for the orders of a table, the oldest first; `closed` when it is over."""

    facts_changed = Signal()
    closed = Signal()
    title = fact(str, "title", facts_changed)
    dueText = fact(str, "due_text", facts_changed)
    givenText = fact(str, "given_text", facts_changed)
    changeText = fact(str, "change_text", facts_changed)
    trouble = fact(str, "trouble", facts_changed)
    back = fact(bool, "back", facts_changed)

    def __init__(self, till: Till, title: str, orders: Sequence[Order]) -> None:
        super().__init__()
        self._till = till
        self._title = title
        self._orders = tuple(orders)
        self._method = CASH
        self._typed = ""
        self._methods = KeyedModel(MethodRow, self)
        self.facts = Facts()
        self.refresh()

    methods = Property(QAbstractItemModel, lambda sheet: sheet._methods, constant=True)

    @property
    def due(self) -> int:
        """What is to be paid now, in minor units."""
        return sum(order.due for order in self._orders)

    @property
    def _currency(self) -> str:
        head = self._orders[0].head
        return "" if head is None else head.currency

    @property
    def given(self) -> int | None:
        """What was handed over; all that is due where nothing is typed, None if it is no amount."""
        if not self._typed:
            return max(0, self.due)
        try:
            return money.minor(self._typed.rstrip("."), self._currency)
        except money.BadMoney:
            return None

    # -- what hands do

    def act(self, action: str, text: str = "") -> None:
        """Do what a key stands for."""
        at = METHODS.index(self._method)
        match action:
            case "type" if text.isdecimal() or (text == "." and "." not in self._typed):
                self._typed = (self._typed + text)[:_DIGITS]
            case "backspace":
                self._typed = self._typed[:-1]
            case "delete":
                self._typed = ""
            case "left" | "right" | "up" | "down" | "tab" | "backtab":
                by = -1 if action in ("left", "up", "backtab") else 1
                self._method = METHODS[(at + by) % len(METHODS)]
            case "enter":
                self.take()
                return
            case "close":
                self.closed.emit()
                return
            case _:
                return
        self.refresh()

    @Slot(str)
    def press(self, action: str) -> None:
        """A button was touched: a digit of the pad, or what a key does."""
        if action in METHODS:
            self._method = action
            self.refresh()
        elif action.isdecimal() or action == ".":
            for digit in action:
                self.act("type", digit)
        else:
            self.act(action)

    @Slot()
    def take(self) -> None:
        """Take the money."""
        left = min(self.given or 0, self.due)
        if self._trouble() or left <= 0:
            self.refresh()
            return
        sent = []
        for order in self._orders:
            part = min(left, max(0, order.due))
            if part:
                to = self._till.sender.to(order.id)
                sent.append(Sent(TakePayment(**to, amount=part, method=self._method), ()))
                left -= part
        self._till.sender.send(sent)
        self.closed.emit()

    # -- telling

    def refresh(self) -> None:
        """Bring the words to what is known."""
        self._methods.update(
            MethodRow(name, method_words(name), name == self._method) for name in METHODS
        )
        given, due, currency = self.given, self.due, self._currency
        facts = Facts(
            title=self._title,
            due_text=amount(abs(due), currency),
            given_text=self._typed or money.text(max(0, due), currency),
            change_text=self._change(given, due),
            trouble=self._trouble(),
            back=due < 0,
        )
        if facts != self.facts:
            self.facts = facts
            self.facts_changed.emit()

    def _change(self, given: int | None, due: int) -> str:
        if given is None or due <= 0:
            return ""
        if given > due and self._method == CASH:
            text = translate("Paying", "Change {amount}")
            return text.format(amount=amount(given - due, self._currency))
        if given < due:
            text = translate("Paying", "{amount} are left to pay")
            return text.format(amount=amount(due - given, self._currency))
        return ""

    def _trouble(self) -> str:
        given = self.given
        if self.due <= 0:
            return translate("Paying", "Nothing is due") if self.due == 0 else ""
        if given is None:
            return translate("Paying", "No amount")
        if given == 0:
            return translate("Paying", "Type what was paid")
        if given > self.due and self._method != CASH:
            return translate("Paying", "More than is due: only cash gives change")
        return ""
