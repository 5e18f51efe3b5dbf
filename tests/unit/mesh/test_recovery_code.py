from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from common.mesh.errors import MistypedCodeError
from common.mesh.recovery_code import ALPHABET, mint_code, read_code

CODE = "0123-4567-89AB-CDEF-GHJK-MNPQ-RSTK"


def test_a_code_is_seven_groups_of_four_and_never_the_same() -> None:
    codes = {mint_code() for _ in range(100)}

    assert len(codes) == 100
    assert all([len(group) for group in code.split("-")] == [4] * 7 for code in codes)
    assert all(set(code) <= {*ALPHABET, "-"} for code in codes)


def test_the_check_sign_is_fixed_for_ever() -> None:
    assert read_code(CODE) == b"0123456789ABCDEFGHJKMNPQRST"


@pytest.mark.parametrize(
    "typed",
    [
        CODE.lower(),
        CODE.replace("-", ""),
        CODE.replace("-", " "),
        CODE.replace("-", " – "),
        CODE.replace("0", "o"),
        CODE.replace("0", "O").replace("1", "l"),
        CODE.replace("1", "i"),
        f"\t{CODE}\r\n",
    ],
)
def test_typing_it_differently_is_no_mistake(typed: str) -> None:
    assert read_code(typed) == read_code(CODE)


def test_every_single_wrong_sign_is_noticed() -> None:
    signs = CODE.replace("-", "")
    for place in range(28):
        for wrong in set(ALPHABET) - {signs[place]}:
            with pytest.raises(MistypedCodeError, match="sign by sign"):
                read_code(signs[:place] + wrong + signs[place + 1 :])


def test_every_swap_of_two_signs_is_noticed() -> None:
    signs = mint_code().replace("-", "")
    for first in range(28):
        for second in range(first + 1, 28):
            swapped = list(signs)
            swapped[first], swapped[second] = swapped[second], swapped[first]
            if signs[first] != signs[second]:
                with pytest.raises(MistypedCodeError):
                    read_code("".join(swapped))


@pytest.mark.parametrize("typed", ["", "0", CODE + "0", CODE[:-1], CODE * 1000])
def test_a_wrong_length_is_told(typed: str) -> None:
    with pytest.raises(MistypedCodeError, match="has 28 signs"):
        read_code(typed)


@pytest.mark.parametrize("sign", ["U", "*", "é", "零"])
def test_a_foreign_sign_is_named(sign: str) -> None:
    with pytest.raises(MistypedCodeError, match="has no"):
        read_code(sign + CODE.replace("-", "")[1:])


@given(st.text())
def test_any_text_is_a_code_or_a_known_mistake(typed: str) -> None:
    with suppress(MistypedCodeError):
        assert len(read_code(typed)) == 27
