"""A node in one file: taken while it runs, and put into a bare folder when its machine is gone.

An archive holds what a machine needs to be this node again: its settings, its key (on a counter
also the sealed store key), the log with the side records, and the receipts. The key is in it since
the other nodes know this node by it. That is safe for the log: a restored node never goes on with
an epoch that it finds, so it gives no event the identity of one that it has forgotten, and fetches
its own later events from the others. It is not safe for two machines to run at once with one key.
"""

from __future__ import annotations

import errno
import os
import shutil
import sys
import tempfile
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path
from typing import IO, Annotated, Any, NamedTuple

import msgspec

from common import config
from common.errors import KnownError
from common.mesh.keys import NodeIdentity
from common.node.lock import LOCK, folder_lock
from common.store.copies import check_file, copy_file
from common.store.errors import SchemaTooNew, StoreError, StoreFull
from common.store.log import MIRROR, LogReader, LogWriter
from common.store.receipts import LOCAL

FORM = "passline-backup-1"
_ABOUT = "backup.json"
_KEYS = (config.CONFIG, config.NODE_KEY, config.STORE_KEY)
_DATABASES = (MIRROR, LOCAL)
_MUST = {config.CONFIG, config.NODE_KEY, MIRROR}
_NO_ROOM = (errno.ENOSPC, errno.EDQUOT)
_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, RuntimeError, msgspec.MsgspecError)
"""What reading an archive raises that is none, or is damaged."""


class About(msgspec.Struct, frozen=True):
    """What an archive says of itself; `made_at` is mesh time in µs."""

    form: str
    node: Annotated[str, msgspec.Meta(pattern=r"^[\w-]{1,64}$")]
    origin: str
    made_at: int
    events: int


class Restored(NamedTuple):
    """A folder that can serve again, and what its archive said."""

    folder: Path
    about: About


def back_up(folder: Path, out: Path, now: int) -> About:
    """Write a node's archive, readable by its owner only. Raises KnownError, leaving nothing."""
    settings = config.read_config(folder)
    origin = NodeIdentity.load(folder / config.NODE_KEY).origin.hex()
    if out.exists():
        raise KnownError(
            f"{out} exists already; nothing was changed", f"{out} 已经存在，没有改动任何东西。"
        )
    with _calm(out.parent), _workplace(out.parent) as place:
        for name in _KEYS:
            if (folder / name).exists():
                shutil.copyfile(folder / name, place / name)
        for name in _DATABASES:
            if (folder / name).exists():
                copy_file(folder / name, place / name)
                check_file(place / name)
        about = About(FORM, settings.name, origin, now, _events(place))
        (place / _ABOUT).write_bytes(msgspec.json.encode(about))
        _pack(place, place / "archive")
        (place / "archive").rename(out)
        _sync_folder(out.parent)
    return about


def restore(archive: Path, home: Path) -> Restored:
    """Make a node's folder in `home` from its archive. Raises KnownError, changing nothing."""
    with _calm(home), _opened(archive) as (packed, about):
        folder = home / about.node
        home.mkdir(parents=True, exist_ok=True)
        _check_free(folder)
        with _workplace(home) as place:
            fresh = place / about.node
            fresh.mkdir(mode=0o700)
            for name in _DATABASES + _KEYS:
                if name in packed.namelist():
                    with packed.open(name) as content:
                        _write(fresh / name, content)
            _check_whole(fresh, about)
            _sync_folder(fresh)
            if folder.exists():
                shutil.rmtree(folder)  # an old lock file at most
            fresh.rename(folder)
            _sync_folder(home)
    return Restored(folder, about)


@contextmanager
def _opened(archive: Path) -> Iterator[tuple[zipfile.ZipFile, About]]:
    """An archive, and what it says of itself. Raises KnownError if it is none or is damaged."""
    if not archive.is_file():
        raise KnownError(f"there is no file {archive}", f"没有 {archive} 这个文件。")
    try:
        with zipfile.ZipFile(archive) as packed:
            about = msgspec.json.decode(packed.read(_ABOUT), type=About)
            if about.form != FORM or not set(packed.namelist()) >= _MUST:
                raise zipfile.BadZipFile("another form")
            yield packed, about
    except (*_BROKEN, KeyError) as error:
        raise KnownError(
            f"{archive} is no backup of Passline, or is damaged: {error}",
            f"{archive} 不是 Passline 的备份，或者已损坏：{error}",
        ) from error


def _check_free(folder: Path) -> None:
    """Refuse a folder that a node runs on, or that holds anything."""
    if not folder.exists():
        return
    with folder_lock(folder, 0) if (folder / LOCK).exists() else nullcontext():
        if not folder.is_dir() or {path.name for path in folder.iterdir()} - {LOCK}:
            raise KnownError(
                f"{folder} is not empty; move it away first, nothing was changed",
                f"{folder} 不是空的。请先把它移走，没有改动任何东西。",
            )


def _check_whole(folder: Path, about: About) -> None:
    """Whether a node can serve from these files; opened once, they are this version's."""
    for name in _DATABASES:
        if (folder / name).exists():
            check_file(folder / name)
    origin = NodeIdentity.load(folder / config.NODE_KEY).origin.hex()
    if (config.read_config(folder).name, origin) != (about.node, about.origin):
        raise zipfile.BadZipFile("its parts are of different nodes")
    LogWriter.open(folder).close()


def _events(folder: Path) -> int:
    reader = LogReader.open(folder)
    try:
        return sum(head.seq for head in reader.heads().values())
    finally:
        reader.close()


def _pack(place: Path, archive: Path) -> None:
    # Fast rather than small: the machine may be in the middle of a rush.
    facts: dict[str, Any] = {"compression": zipfile.ZIP_DEFLATED, "compresslevel": 1}
    with _private(archive) as file, zipfile.ZipFile(file, "w", **facts) as packed:
        for name in (_ABOUT, *_KEYS, *_DATABASES):
            if (place / name).exists():
                packed.write(place / name, name)


def _write(path: Path, content: IO[bytes]) -> None:
    with _private(path) as file:
        shutil.copyfileobj(content, file)


@contextmanager
def _private(path: Path) -> Iterator[IO[bytes]]:
    """A new file that only its owner can read, on the disk when it is closed."""
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        yield file
        file.flush()
        os.fsync(file.fileno())


@contextmanager
def _workplace(folder: Path) -> Iterator[Path]:
    """A folder that only its owner can look into, gone afterwards."""
    with tempfile.TemporaryDirectory(prefix=".passline-", dir=folder) as place:
        yield Path(place)


@contextmanager
def _calm(folder: Path) -> Iterator[None]:
    """Say in words what a disk can do to us."""
    try:
        yield
    except (OSError, StoreFull) as error:
        if isinstance(error, StoreFull) or error.errno in _NO_ROOM:
            raise KnownError(
                f"there is no room in {folder}; make some and try again, nothing was changed",
                f"{folder} 的空间不够。请腾出空间再试，没有改动任何东西。",
            ) from error
        raise KnownError(
            f"{folder} can't be used: {error}", f"{folder} 无法使用：{error}"
        ) from error
    except SchemaTooNew:
        raise
    except StoreError as error:
        raise KnownError(
            f"the files are damaged: {error}; take a backup of another node",
            f"文件已损坏：{error}。请用别的节点的备份。",
        ) from error


def _sync_folder(folder: Path) -> None:
    if sys.platform == "win32":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
