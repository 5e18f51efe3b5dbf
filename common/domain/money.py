"""Money: whole minor units inside, plain decimal text at the edges, never a float."""

from __future__ import annotations

import re
from decimal import Context, Decimal

LIMIT = 2**53
"""The largest amount in minor units: every JSON reader keeps it exact."""

# fmt: off
_EXPONENTS = {
    "BIF": 0, "CLP": 0, "DJF": 0, "GNF": 0, "ISK": 0, "JPY": 0, "KMF": 0, "KRW": 0, "PYG": 0,
    "RWF": 0, "UGX": 0, "UYI": 0, "VND": 0, "VUV": 0, "XAF": 0, "XOF": 0, "XPF": 0,
    "BHD": 3, "IQD": 3, "JOD": 3, "KWD": 3, "LYD": 3, "OMR": 3, "TND": 3,
    "CLF": 4, "UYW": 4,
}
# fmt: on
_PLAIN = re.compile(r"-?[0-9]+(\.[0-9]+)?")
_MAX_DIGITS = 40
_EXACT = Context(prec=100)


class BadMoney(ValueError):
    """No amount of this currency."""


def exponent(currency: str) -> int:
    """How many decimals a currency has (ISO 4217); 2 unless it is known to differ."""
    return _EXPONENTS.get(currency.upper(), 2)


def fixed_point(amount: object, places: int) -> int | None:
    """A number or its plain decimal text times 10^places, or None if that is not exact.

    Arithmetic on `Decimal` rounds silently past the context's precision, and an exponent of a
    billion makes a billion digits: hence the order of the checks.
    """
    if isinstance(amount, str) and _PLAIN.fullmatch(amount := amount.strip()):
        amount = Decimal(amount)
    if isinstance(amount, bool) or not isinstance(amount, int | Decimal):
        return None
    value = Decimal(amount)
    if not value.is_finite() or not -LIMIT <= value <= LIMIT:
        return None
    if not value:
        return 0
    if len(value.as_tuple().digits) > _MAX_DIGITS:
        return None
    shifted = value.scaleb(places, _EXACT)
    if shifted != shifted.to_integral_value() or not -LIMIT <= shifted <= LIMIT:
        return None
    return int(shifted)


def minor(amount: str | int | Decimal, currency: str) -> int:
    """An amount in minor units. Raises BadMoney, also for more decimals than the currency has."""
    units = fixed_point(amount, exponent(currency))
    if units is None:
        raise BadMoney(f"no amount in {currency}")
    return units


def text(minor_units: int, currency: str) -> str:
    """Minor units as plain decimal text, without sign of currency or grouping."""
    places = exponent(currency)
    digits = str(abs(minor_units)).rjust(places + 1, "0")
    sign = "-" if minor_units < 0 else ""
    if not places:
        return sign + digits
    return f"{sign}{digits[:-places]}.{digits[-places:]}"
