"""What is due, how it is paid, and what is given back."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from common.domain import money
from common.domain.order import Order
from foh.forms.form import CLOSE, Button, Field, Form, Option
from foh.forms.wishes import leave
from foh.screens.desk import Desk
from foh.sums import amount

translate = QCoreApplication.translate

CASH = "cash"


def methods() -> tuple[tuple[str, str], ...]:
    """How guests pay: what the log says, and its word."""
    return (
        ("wechat", translate("Form", "WeChat Pay")),
        ("alipay", translate("Form", "Alipay")),
        (CASH, translate("Form", "Cash")),
        ("card", translate("Form", "Card")),
        ("other", translate("Form", "Other")),
    )


class PayForm(Form):
    """All of what is due is meant until another amount is typed; of cash what was handed over."""

    def __init__(self, desk: Desk, order: Order) -> None:
        self._desk = desk
        self._order = order
        self._currency = order.head.currency if order.head is not None else desk.card.currency
        self._method = methods()[0][0]
        self._amount = money.text(order.due, self._currency)
        self._handed = ""
        self._asked = False
        self.title = translate("Form", "Due: {amount}").format(amount=self._said(order.due))

    # -- what is asked

    def fields(self) -> list[Field]:
        """How, how much, and of cash what was handed over."""
        chips = tuple(Option(key, text, on=key == self._method) for key, text in methods())
        taken = self._taken()
        left = "" if taken is None else self._left(taken)
        bad = self._asked and taken is None
        paid = [
            Field("method", "chips", translate("Form", "Method"), options=chips),
            Field("amount", "number", translate("Form", "Amount"), left, bad, self._amount),
        ]
        if self._method == CASH:
            paid += self._cash(taken)
        return [*self._before(), *paid]

    def _before(self) -> list[Field]:
        names = dict(methods())
        told = [
            f"{names.get(payment.method, payment.method)} {self._said(payment.amount)}"
            for payment in self._order.payments
        ]
        if not told:
            return []
        return [Field("paid", "words", translate("Form", "Paid"), value=" · ".join(told))]

    def _left(self, taken: int) -> str:
        left = self._order.due - taken
        text = translate("Form", "{amount} left to pay")
        return text.format(amount=self._said(left)) if left > 0 else ""

    def _cash(self, taken: int | None) -> list[Field]:
        handed = self._minor(self._handed)
        short = self._asked and bool(self._handed) and (handed is None or handed < (taken or 0))
        hint = translate("Form", "Less than what is paid") if short else ""
        fields = [
            Field("handed", "number", translate("Form", "Received"), hint, short, self._handed)
        ]
        if handed is not None and taken is not None and handed >= taken:
            text = translate("Form", "Change: {amount}").format(amount=self._said(handed - taken))
            fields.append(Field("change", "words", value=text))
        return fields

    def buttons(self) -> list[Button]:
        """Take it, or leave it."""
        text = translate("Form", "Take the payment")
        return [Button("done", text, "Enter", primary=True), Button("close", leave(), "Esc")]

    # -- what hands do

    def choose(self, _: str, option: str) -> str:
        """How it is paid."""
        self._method = option
        return ""

    def write(self, field: str, text: str) -> None:
        """How much is typed."""
        if field == "amount":
            self._amount = text
        else:
            self._handed = text

    def press(self, button: str) -> str:
        """Take it, if it is an amount that is due."""
        if button == "close":
            return CLOSE
        self._asked = True
        taken = self._taken()
        cash = self._method == CASH and bool(self._handed.strip())
        handed = self._minor(self._handed)
        if taken is None or (cash and (handed is None or handed < taken)):
            return ""
        self._desk.pay(taken, self._method)
        return CLOSE

    def _taken(self) -> int | None:
        """What is to be taken; None if it is no amount that is due."""
        typed = self._minor(self._amount)
        return typed if typed is not None and 0 < typed <= self._order.due else None

    def _minor(self, text: str) -> int | None:
        try:
            return money.minor(text.strip(), self._currency)
        except money.BadMoney:
            return None

    def _said(self, minor: int) -> str:
        return amount(minor, self._currency)
