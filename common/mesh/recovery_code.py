"""The recovery code: 135 random bits a person can write down, read out and type again.

27 signs of Crockford's base32 (no I, L, O or U) and one check sign, in groups of four. The check
is a weighted sum over GF(32): it notices every single wrong sign and every swap of two signs,
and it needs no sign outside the alphabet, unlike Crockford's own modulo 37.
"""

import secrets

from common.mesh.errors import MistypedCodeError

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
SIGNS = 27
GROUP = 4

_ALIKE = str.maketrans({"O": "0", "I": "1", "L": "1", "-": "", "–": "", "—": ""})


def mint_code() -> str:
    """A new code, as it is printed."""
    signs = "".join(secrets.choice(ALPHABET) for _ in range(SIGNS))
    whole = signs + _check_sign(signs)
    return "-".join(whole[at : at + GROUP] for at in range(0, len(whole), GROUP))


def read_code(typed: str) -> bytes:
    """The code's canonical signs from what somebody typed."""
    text = "".join(typed.upper().split()).translate(_ALIKE)
    if len(text) != SIGNS + 1:
        raise MistypedCodeError(f"a recovery code has {SIGNS + 1} signs, this has {len(text)}")
    wrong = sorted(set(text) - set(ALPHABET))
    if wrong:
        raise MistypedCodeError(f"a recovery code has no {' '.join(wrong)}")
    signs, check = text[:SIGNS], text[SIGNS:]
    if check != _check_sign(signs):
        raise MistypedCodeError("the recovery code is mistyped: compare it sign by sign")
    return signs.encode()


def _check_sign(signs: str) -> str:
    total = 0
    for sign in signs:
        total = _double(total ^ ALPHABET.index(sign))
    return ALPHABET[total]


def _double(value: int) -> int:
    # Times x modulo x^5+x^2+1. It generates all 31 non-zero elements, so each of the 28 places
    # has its own weight: that is why any swap is noticed, not only one of neighbours.
    value <<= 1
    return value ^ 0b100101 if value & 0b100000 else value
