"""Who is who: the store's key is a real one, the nodes sign with a keyed hash in its stead."""

from __future__ import annotations

import hashlib
import random
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from unittest import mock

from common.mesh import keys
from common.node import pen, trust, writer

STORE = keys.StoreKey(bytes(32))


class KeyedIdentity(keys.NodeIdentity):
    """A node's key; whoever knows the public half can sign, and in here nobody lies."""

    def sign(self, message: bytes) -> bytes:
        return _signature(self.public_key, message)


def verify(public_key: bytes, message: bytes, signature: bytes) -> bool:
    """Whether the holder of this key signed this message."""
    return _signature(public_key, message) == signature


def _signature(public_key: bytes, message: bytes) -> bytes:
    return hashlib.blake2b(message, key=public_key, digest_size=64).digest()


@cache
def identity(number: int) -> KeyedIdentity:
    """The same key for the same number in every run."""
    return KeyedIdentity(hashlib.blake2b(b"machine %d" % number, digest_size=32).digest())


class _Secrets:
    """Epochs from the seed."""

    def __init__(self, rng: random.Random) -> None:
        self.randbits = rng.getrandbits


_verified_once = cache(keys.verify)
_curve_public_of = cache(keys.curve_public_of)


@contextmanager
def stand_ins(rng: random.Random) -> Iterator[None]:
    """Epochs from the seed; the store's few signatures are checked once, not at each start."""
    with (
        mock.patch.object(pen, "secrets", _Secrets(rng)),
        mock.patch.object(trust, "verify", _verified_once),
        mock.patch.object(writer, "curve_public_of", _curve_public_of),
    ):
        yield
