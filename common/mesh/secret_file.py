"""Files that hold secrets: made 0600, durable, and refused when others may read them."""

import os
import secrets
import stat
from pathlib import Path

from common.mesh.errors import KeyFileError

LIMIT = 64 * 1024


def write_secret(path: Path, data: bytes) -> None:
    """Create a secret file durably; an existing one is never overwritten."""
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError as error:
        raise KeyFileError(f"{path} is already there; move it away first") from error
    try:
        _fill(descriptor, data)
    except BaseException:
        # Half a key under the real name would block every later try.
        path.unlink()
        raise
    _sync_folder(path.parent)


def replace_secret(path: Path, data: bytes) -> None:
    """Put a secret file in place in one step, whatever stood there before."""
    fresh = path.with_name(f".{path.name}.{secrets.token_hex(8)}")
    write_secret(fresh, data)
    try:
        fresh.replace(path)
    except BaseException:
        fresh.unlink()
        raise


def read_secret(path: Path) -> bytes:
    """Read a secret file that only its owner can read."""
    try:
        with path.open("rb") as file:
            _check_private(path, os.fstat(file.fileno()))
            data = file.read(LIMIT + 1)
    except OSError as error:
        raise KeyFileError(f"cannot read {path}: {error.strerror}") from error
    if len(data) > LIMIT:
        raise KeyFileError(f"{path} is too long to be a key file")
    return data


def _check_private(path: Path, status: os.stat_result) -> None:
    # Windows keeps its rights in ACLs; these bits say nothing there.
    if os.name == "posix" and status.st_mode & (stat.S_IRWXG | stat.S_IRWXO):
        raise KeyFileError(f"{path} can be read by others; run: chmod 600 {path}")


def _fill(descriptor: int, data: bytes) -> None:
    with os.fdopen(descriptor, "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def _sync_folder(folder: Path) -> None:
    if os.name != "posix":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
