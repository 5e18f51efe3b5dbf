import os
import stat
from pathlib import Path

import pytest

from common.mesh.errors import KeyFileError, MistypedCodeError, WrongCodeError
from common.mesh.keys import (
    NodeIdentity,
    SealCost,
    StoreKey,
    curve_public_of,
    origin_of,
    store_id_of,
    verify,
)
from common.mesh.recovery_code import mint_code

QUICK = SealCost(ops=1, memory=8192)
SEED = bytes(range(32))
posix_only = pytest.mark.skipif(os.name != "posix", reason="Windows keeps rights in ACLs")


def test_an_identity_is_a_function_of_its_seed_for_ever() -> None:
    who = NodeIdentity(SEED)

    assert who.public_key.hex() == (
        "03a107bff3ce10be1d70dd18e74bc09967e4d6309ba50d5f1ddc8664125531b8"
    )
    assert who.origin.hex() == "3148db290dff6742982af0c9dcf1a577"
    assert who.curve_public.hex() == (
        "4701d08488451f545a409fb58ae3e58581ca40ac3f7f114698cd71deac73ca01"
    )
    assert StoreKey(SEED).store_id.hex() == "6784b7e0366afc3d1ed65b71b7a72ccb"


def test_what_others_compute_from_the_public_key_is_the_same() -> None:
    who, store = NodeIdentity.generate(), StoreKey.mint()

    assert origin_of(who.public_key) == who.origin
    assert curve_public_of(who.public_key) == who.curve_public
    assert store_id_of(store.public_key) == store.store_id
    assert len(who.origin) == len(store.store_id) == 16
    assert len(who.curve_secret) == len(who.curve_public) == 32


def test_the_name_of_a_key_differs_by_what_it_is_for() -> None:
    assert origin_of(SEED) != store_id_of(SEED)


def test_a_signature_holds_for_its_message_and_key_only() -> None:
    who, other = NodeIdentity.generate(), NodeIdentity.generate()
    signature = who.sign(b"order 1")

    assert len(signature) == 64
    assert verify(who.public_key, b"order 1", signature)
    assert not verify(who.public_key, b"order 2", signature)
    assert not verify(other.public_key, b"order 1", signature)


@pytest.mark.parametrize("signature", [b"", bytes(63), bytes(64), bytes(65), b"\xff" * 64])
@pytest.mark.parametrize("key", [b"", bytes(31), bytes(32), b"\xff" * 32, bytes(33)])
def test_hostile_keys_and_signatures_are_just_not_valid(key: bytes, signature: bytes) -> None:
    assert not verify(key, b"order 1", signature)
    assert not verify(NodeIdentity(SEED).public_key, b"order 1", signature)


@pytest.mark.parametrize("key", [b"", bytes(31), bytes(32), b"\xff" * 32, bytes(33)])
def test_no_curve_key_comes_from_what_is_no_point(key: bytes) -> None:
    with pytest.raises(ValueError, match="not an Ed25519"):
        curve_public_of(key)


def test_an_identity_survives_its_file(tmp_path: Path) -> None:
    path = tmp_path / "node.key"
    who = NodeIdentity.generate()

    who.save(path)

    assert NodeIdentity.load(path).origin == who.origin
    if os.name == "posix":
        assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_a_key_file_is_never_overwritten(tmp_path: Path) -> None:
    path = tmp_path / "node.key"
    NodeIdentity(SEED).save(path)

    with pytest.raises(KeyFileError, match="already there"):
        NodeIdentity.generate().save(path)

    assert NodeIdentity.load(path).origin == NodeIdentity(SEED).origin


@posix_only
@pytest.mark.parametrize("mode", [0o640, 0o604, 0o660, 0o622, 0o601])
def test_a_key_file_open_to_others_is_refused_with_the_cure(tmp_path: Path, mode: int) -> None:
    path = tmp_path / "node.key"
    NodeIdentity(SEED).save(path)
    path.chmod(mode)

    with pytest.raises(KeyFileError, match="chmod 600"):
        NodeIdentity.load(path)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{}",
        b"\xff",
        b"[" * 60_000,
        b"x" * 70_000,
        b'{"type":"passline-node-key-1","origin":"00","seed":"00"}',
        b'{"type":"passline-node-key-1","origin":"00","seed":"zz"}',
        b'{"type":"passline-node-key-1","origin":"00","seed":"' + b"00" * 32 + b'"}',
        b'{"type":"passline-store-key-1","origin":"00","seed":"' + b"00" * 32 + b'"}',
    ],
)
def test_a_damaged_key_file_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "node.key"
    path.touch(mode=0o600)
    path.write_bytes(content)

    with pytest.raises(KeyFileError, match=r"damaged|too long"):
        NodeIdentity.load(path)
    with pytest.raises(KeyFileError, match=r"damaged|too long"):
        StoreKey.load(path, mint_code())


def test_a_missing_key_file_is_a_known_trouble(tmp_path: Path) -> None:
    with pytest.raises(KeyFileError, match="cannot read"):
        NodeIdentity.load(tmp_path / "node.key")
    with pytest.raises(KeyFileError, match="cannot read"):
        NodeIdentity.load(tmp_path)


def test_a_store_key_opens_with_its_code_however_it_is_typed(tmp_path: Path) -> None:
    path, code, key = tmp_path / "store.key", mint_code(), StoreKey.mint()
    key.save(path, code, QUICK)

    for typed in (code, code.lower(), code.replace("-", " "), f"  {code}\n"):
        assert StoreKey.load(path, typed).store_id == key.store_id
    opened = StoreKey.load(path, code)
    assert verify(key.public_key, b"roster", opened.sign(b"roster"))


def test_a_wrong_code_and_a_mistyped_one_are_told_apart(tmp_path: Path) -> None:
    path, code = tmp_path / "store.key", mint_code()
    StoreKey.mint().save(path, code, QUICK)

    with pytest.raises(WrongCodeError):
        StoreKey.load(path, mint_code())
    with pytest.raises(MistypedCodeError):
        StoreKey.load(path, code[:-2])


def test_the_sealed_file_holds_no_key_and_only_its_owner_reads_it(tmp_path: Path) -> None:
    path, code, key = tmp_path / "store.key", mint_code(), StoreKey(SEED)
    key.save(path, code, QUICK)

    content = path.read_bytes()

    assert SEED.hex().encode() not in content
    assert code.encode() not in content
    if os.name == "posix":
        assert stat.S_IMODE(path.stat().st_mode) == 0o600


@pytest.mark.parametrize(("field", "value"), [("ops", 10**6), ("memory", 2**42), ("ops", 0)])
def test_a_planted_file_cannot_ask_for_any_price(tmp_path: Path, field: str, value: int) -> None:
    path, code = tmp_path / "store.key", mint_code()
    StoreKey(SEED).save(path, code, QUICK)
    before = {"ops": b'"ops":1', "memory": b'"memory":8192'}[field]
    path.write_bytes(path.read_bytes().replace(before, b'"%s":%d' % (field.encode(), value)))

    with pytest.raises(KeyFileError, match="at such a cost"):
        StoreKey.load(path, code)


def test_a_box_that_was_tampered_with_does_not_open(tmp_path: Path) -> None:
    path, code = tmp_path / "store.key", mint_code()
    StoreKey(SEED).save(path, code, QUICK)
    content = path.read_bytes()
    last = content.rindex(b'"') - 1
    path.write_bytes(content[:last] + (b"1" if content[last : last + 1] == b"0" else b"0") + b'"}')

    with pytest.raises(WrongCodeError):
        StoreKey.load(path, code)


def test_the_default_cost_is_bearable_and_opens(tmp_path: Path) -> None:
    path, code = tmp_path / "store.key", mint_code()
    StoreKey(SEED).save(path, code)

    assert StoreKey.load(path, code).store_id == StoreKey(SEED).store_id
