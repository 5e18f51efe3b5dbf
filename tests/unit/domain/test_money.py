from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from common.domain.money import LIMIT, BadMoney, exponent, fixed_point, minor, text


@pytest.mark.parametrize(
    ("amount", "currency", "units"),
    [
        ("38.00", "CNY", 3800),
        ("38", "CNY", 3800),
        (38, "CNY", 3800),
        (Decimal("38.5"), "CNY", 3850),
        (" 0.05 ", "USD", 5),
        ("-5.00", "USD", -500),
        ("0", "USD", 0),
        ("1200", "JPY", 1200),
        ("1200.00", "jpy", 1200),
        ("1.250", "KWD", 1250),
        ("2.50000", "USD", 250),
        (Decimal("1E+3"), "USD", 100_000),
        (Decimal("0E+999999"), "USD", 0),
        (Decimal("-0"), "USD", 0),
        ("90071992547409.92", "CNY", LIMIT),
    ],
)
def test_amounts(amount: str | int | Decimal, currency: str, units: int) -> None:
    assert minor(amount, currency) == units


@pytest.mark.parametrize(
    "amount",
    [
        *["", " ", "three", "¥38", "1,088.00", "1_000", "３８", "1e3", ".", "5.", ".5", "--5"],
        *["NaN", "nan", "Infinity", "-inf", "sNaN", "0x10", "38.005", "38.00\n1"],
        "90071992547409.93",
        "1." + "0" * 60,
        "1" * 5000,
        pytest.param(10**5000, id="an int of 5000 digits"),
        Decimal("NaN"),
        Decimal("sNaN"),
        Decimal("Infinity"),
        Decimal("1E+999999"),
        Decimal("1E-999999"),
        Decimal("0.30000000000000004"),
        Decimal("1.0000000000000000000000000000001"),
    ],
)
def test_what_is_no_amount(amount: str | int | Decimal) -> None:
    with pytest.raises(BadMoney):
        minor(amount, "CNY")


@pytest.mark.parametrize("value", [True, False, None, 1.5, [], {}, b"1"])
def test_other_types_are_no_numbers(value: object) -> None:
    assert fixed_point(value, 2) is None


def test_a_yen_has_no_sen() -> None:
    with pytest.raises(BadMoney):
        minor("1.5", "JPY")


@pytest.mark.parametrize(
    ("places", "currencies"),
    [
        (0, ("JPY", "KRW", "VND")),
        (2, ("CNY", "USD", "EUR", "HKD", "XYZ")),
        (3, ("KWD", "BHD", "OMR", "JOD", "TND")),
    ],
)
def test_exponents(places: int, currencies: tuple[str, ...]) -> None:
    assert {exponent(currency) for currency in currencies} == {places}


@pytest.mark.parametrize(
    ("units", "currency", "written"),
    [
        (3800, "CNY", "38.00"),
        (5, "CNY", "0.05"),
        (0, "CNY", "0.00"),
        (-5, "CNY", "-0.05"),
        (-12345, "USD", "-123.45"),
        (1200, "JPY", "1200"),
        (-7, "KRW", "-7"),
        (1, "KWD", "0.001"),
    ],
)
def test_text(units: int, currency: str, written: str) -> None:
    assert text(units, currency) == written


@given(st.integers(-LIMIT, LIMIT), st.sampled_from(["CNY", "JPY", "KWD", "CLF"]))
def test_text_and_minor_are_inverse(units: int, currency: str) -> None:
    written = text(units, currency)
    assert minor(written, currency) == units
    assert minor(Decimal(written), currency) == units


@given(st.decimals() | st.text() | st.integers())
def test_nothing_else_is_raised(amount: str | int | Decimal) -> None:
    try:
        units = minor(amount, "CNY")
    except BadMoney:
        return
    assert Decimal(units) == Decimal(amount) * 100
