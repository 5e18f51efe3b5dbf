"""What dishes cost: whole minor units in, whole minor units out, nothing ever a float."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final, Protocol

from common.domain import money
from common.domain.commands import ModifierInput
from common.domain.events import Modifier
from common.domain.order import Line, Order
from common.domain.portions import State
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


def sent_line(line: Line) -> int:
    """A dish on an order, without the portions that are void."""
    record, wishes = line.record, line.modifiers
    if record.combo:
        stands = line.state is not State.VOID
        return times(one_costs(record.price, wishes), record.qty) if stands else 0
    counted = len(line.portions) - len(line.indexes(State.VOID))
    quantity = record.qty * counted // max(1, len(line.portions))
    return times(one_costs(record.price, wishes), quantity)


def sent(order: Order) -> int:
    """All dishes of an order."""
    return sum(sent_line(line) for line in order.lines.values())


def fees(order: Order) -> int:
    """What an order costs beside its dishes."""
    return 0 if order.head is None else sum(fee.amount for fee in order.head.fees)


def draft_line(line: DraftLine, card: Card) -> int:
    """A dish that is not sent."""
    return times(one_costs(price_of(line, card), line.modifiers), line.qty)


def price_of(line: DraftLine, card: Card) -> int:
    """What one costs: what was typed, else what the menu says."""
    dish = card.find(line.sku)
    return line.price if line.price is not None else dish.price if dish else 0


Wish = Modifier | ModifierInput
