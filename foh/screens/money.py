"""Amounts as guests read them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from common.domain import money

SIGNS: Final[Mapping[str, str]] = {"CNY": "¥", "EUR": "€", "GBP": "£", "USD": "$"}
"""Currencies with a sign of their own; another is written by its code."""


def amount(minor: int, currency: str) -> str:
    """Minor units of a currency: ¥186.00."""
    sign = SIGNS.get(currency.upper(), f"{currency} ")
    return f"{'−' if minor < 0 else ''}{sign}{money.text(abs(minor), currency)}"
