"""What is not sent yet costs, by the rule of `common.domain.bill`, and how amounts are said."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final, Protocol

from common.domain import money
from foh.drafts import PORTION, DraftLine
from foh.menu_card import Card

_SIGNS: Final = {"CNY": "¥", "JPY": "¥", "USD": "$", "EUR": "€", "GBP": "£", "KRW": "₩"}


class Priced(Protocol):
    """A wish with a price."""

    @property
    def price(self) -> int:
        """Minor units for one."""

    @property
    def qty(self) -> int:
        """How many of it."""


def amount(minor: int, currency: str, *, short: bool = False) -> str:
    """An amount as it is said: ¥38.50; `short` leaves zeros after the point out."""
    text = money.text(abs(minor), currency)
    if short and "." in text:
        text = text.rstrip("0").rstrip(".")
    sign = _SIGNS.get(currency, f"{currency} " if currency else "")
    return f"{'−' if minor < 0 else ''}{sign}{text}"


def one_costs(price: int, wishes: Iterable[Priced]) -> int:
    """A portion, or a unit of what is weighed, with what is added to it."""
    return price + sum(wish.price * wish.qty for wish in wishes)


def times(price: int, thousandths: int) -> int:
    """Price by quantity; half a minor unit counts as a whole one."""
    return (price * thousandths + PORTION // 2) // PORTION


def draft_line(line: DraftLine, card: Card) -> int:
    """A dish that is not sent."""
    return times(one_costs(price_of(line, card), line.modifiers), line.qty)


def price_of(line: DraftLine, card: Card) -> int:
    """What one costs: what was typed, else what the menu says."""
    dish = card.find(line.sku)
    return line.price if line.price is not None else dish.price if dish else 0
