"""Who a node is and what the store signs: Ed25519 keys, and the CURVE keys derived from them."""

import hashlib
import secrets
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

import msgspec
from nacl import exceptions, pwhash
from nacl.public import PrivateKey
from nacl.secret import SecretBox
from nacl.signing import SigningKey, VerifyKey

from common.mesh.errors import KeyFileError, WrongCodeError
from common.mesh.recovery_code import read_code
from common.mesh.secret_file import read_secret, write_secret

KEY_BYTES = 32
HASH_BYTES = 16


@dataclass(frozen=True, slots=True)
class CurveKeys:
    """A CURVE key pair, 32 raw bytes each."""

    public: bytes
    secret: bytes


@dataclass(frozen=True, slots=True)
class SealCost:
    """What one try at a recovery code costs: argon2id passes and bytes of memory."""

    # 135 random bits are beyond guessing already; more would only keep small tills waiting.
    ops: int = 2
    memory: int = 64 * 1024 * 1024


SAFE_COST = SealCost()
# A planted file must not be able to ask for hours or for all the memory.
_DEAREST = SealCost(ops=16, memory=1024 * 1024 * 1024)


class _NodeFile(msgspec.Struct, tag="passline-node-key-1", forbid_unknown_fields=True):
    origin: str
    seed: str


class _SealedFile(msgspec.Struct, tag="passline-store-key-1", forbid_unknown_fields=True):
    store_id: str
    salt: str
    ops: int
    memory: int
    box: str


_Kept = TypeVar("_Kept", _NodeFile, _SealedFile)


class _Signer:
    """An Ed25519 key made from its 32-byte seed."""

    def __init__(self, seed: bytes) -> None:
        self._key = SigningKey(seed)
        self.public_key = bytes(self._key.verify_key)

    def sign(self, message: bytes) -> bytes:
        """The 64-byte signature of a message."""
        return bytes(self._key.sign(message).signature)


class NodeIdentity(_Signer):
    """A node's key: its origin is the hash of it, its CURVE key is derived from it."""

    def __init__(self, seed: bytes) -> None:
        super().__init__(seed)
        self.origin = origin_of(self.public_key)
        self.curve = CurveKeys(
            public=curve_public_of(self.public_key),
            secret=bytes(self._key.to_curve25519_private_key()),
        )

    @classmethod
    def generate(cls) -> "NodeIdentity":
        """A new identity."""
        return cls(secrets.token_bytes(KEY_BYTES))

    @classmethod
    def load(cls, path: Path) -> "NodeIdentity":
        """The identity kept in a key file."""
        kept = _read(path, _NodeFile)
        identity = cls(_from_hex(path, kept.seed, KEY_BYTES))
        if identity.origin.hex() != kept.origin:
            raise KeyFileError(f"{path} is damaged: its key and its origin differ")
        return identity

    def save(self, path: Path) -> None:
        """Write a new key file that only its owner can read."""
        kept = _NodeFile(self.origin.hex(), bytes(self._key).hex())
        write_secret(path, msgspec.json.encode(kept))

    @property
    def curve_public(self) -> bytes:
        """The 32-byte CURVE key peers dial this node with."""
        return self.curve.public

    @property
    def curve_secret(self) -> bytes:
        """The secret half of `curve_public`."""
        return self.curve.secret


class StoreKey(_Signer):
    """The key of a whole store: it signs the roster, the settings and the close of a day."""

    def __init__(self, seed: bytes) -> None:
        super().__init__(seed)
        self.store_id = store_id_of(self.public_key)

    @classmethod
    def mint(cls) -> "StoreKey":
        """A new store's key."""
        return cls(secrets.token_bytes(KEY_BYTES))

    @classmethod
    def load(cls, path: Path, code: str) -> "StoreKey":
        """Open a sealed store key with its recovery code as somebody typed it."""
        signs = read_code(code)
        kept = _read(path, _SealedFile)
        if not (0 < kept.ops <= _DEAREST.ops and 0 < kept.memory <= _DEAREST.memory):
            raise KeyFileError(f"{path} is damaged: no store key is sealed at such a cost")
        salt = _from_hex(path, kept.salt, pwhash.argon2id.SALTBYTES)
        box = _from_hex(path, kept.box, KEY_BYTES + SecretBox.NONCE_SIZE + SecretBox.MACBYTES)
        try:
            seed = _locker(signs, salt, SealCost(kept.ops, kept.memory)).decrypt(box)
        except exceptions.CryptoError as error:
            raise WrongCodeError(f"this recovery code does not open {path}") from error
        key = cls(seed)
        if key.store_id.hex() != kept.store_id:
            raise KeyFileError(f"{path} is damaged: its key and its store differ")
        return key

    def save(self, path: Path, code: str, cost: SealCost = SAFE_COST) -> None:
        """Write the key, sealed by a recovery code, to a new file."""
        salt = secrets.token_bytes(pwhash.argon2id.SALTBYTES)
        box = _locker(read_code(code), salt, cost).encrypt(bytes(self._key))
        sealed = _SealedFile(self.store_id.hex(), salt.hex(), cost.ops, cost.memory, box.hex())
        write_secret(path, msgspec.json.encode(sealed))


def origin_of(public_key: bytes) -> bytes:
    """The 16-byte name of the node that holds this Ed25519 key."""
    return hashlib.blake2b(public_key, digest_size=HASH_BYTES, person=b"passline-node").digest()


def store_id_of(public_key: bytes) -> bytes:
    """The 16-byte name of the store that holds this Ed25519 key."""
    return hashlib.blake2b(public_key, digest_size=HASH_BYTES, person=b"passline-store").digest()


def curve_public_of(public_key: bytes) -> bytes:
    """The CURVE key that belongs to an Ed25519 public key; ValueError for no such point."""
    try:
        return bytes(VerifyKey(public_key).to_curve25519_public_key())
    except (exceptions.CryptoError, TypeError) as error:
        raise ValueError("not an Ed25519 public key") from error


def random_curve_keys() -> CurveKeys:
    """A fresh CURVE key pair that belongs to no identity."""
    key = PrivateKey.generate()
    return CurveKeys(public=bytes(key.public_key), secret=bytes(key))


def verify(public_key: bytes, message: bytes, signature: bytes) -> bool:
    """Whether the holder of this key signed this message."""
    try:
        VerifyKey(public_key).verify(message, signature)
    except (exceptions.CryptoError, TypeError):
        return False
    return True


def _locker(signs: bytes, salt: bytes, cost: SealCost) -> SecretBox:
    key = pwhash.argon2id.kdf(SecretBox.KEY_SIZE, signs, salt, cost.ops, cost.memory)
    return SecretBox(key)


def _read(path: Path, kind: type[_Kept]) -> _Kept:
    try:
        return msgspec.json.decode(read_secret(path), type=kind)
    except (msgspec.DecodeError, RecursionError) as error:
        raise KeyFileError(f"{path} is damaged: {error}") from error


def _from_hex(path: Path, text: str, size: int) -> bytes:
    try:
        value = bytes.fromhex(text)
    except ValueError as error:
        raise KeyFileError(f"{path} is damaged: not hexadecimal") from error
    if len(value) != size:
        raise KeyFileError(f"{path} is damaged: a value has the wrong length")
    return value
