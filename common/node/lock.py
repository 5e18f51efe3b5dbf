"""One process at a time on a node's folder: two would write over each other."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from common.errors import KnownError

LOCK = "node.lock"
"""The file that is locked; it stays, since who removes a lock file may remove another's."""
PATIENCE_S = 3.0
"""How long one that is just ending is waited for."""
_LOOK_EVERY_S = 0.05
_MARK_AT = 1024
"""The byte that is locked where locks are on bytes: behind the words, so that they can be read."""


class FolderInUse(KnownError):
    """Another process has the folder."""

    exit_code = 3

    def __init__(self, folder: Path) -> None:
        try:
            holder = (folder / LOCK).read_text(encoding="ascii", errors="replace")[:64]
        except OSError:
            holder = ""
        super().__init__(
            f"{folder} is in use by another process{f' ({holder})' if holder else ''}; "
            "stop that one first",
            f"{folder} 正在被另一个进程使用{f'（{holder}）' if holder else ''}。请先停下它。",
        )


@contextmanager
def folder_lock(folder: Path, patience_s: float = PATIENCE_S) -> Iterator[bool]:
    """Have the folder for oneself; the system lets go of it however the process ends.

    Gives whether the last one who had it ended well: who does takes its name from the file.
    Raises FolderInUse, which says who has it, or KnownError.
    """
    try:
        descriptor = os.open(folder / LOCK, os.O_RDWR | os.O_CREAT, 0o600)
    except OSError as error:
        raise KnownError(
            f"{folder} can't be written: {error}", f"{folder} 无法写入：{error}"
        ) from error
    try:
        deadline = time.monotonic() + patience_s
        while not _locked(descriptor):
            if time.monotonic() >= deadline:
                raise FolderInUse(folder)
            time.sleep(_LOOK_EVERY_S)
        ended_well = not os.read(descriptor, 1)
        with suppress(OSError):  # a full disk: then it can't be told who has it
            os.lseek(descriptor, 0, os.SEEK_SET)
            os.ftruncate(descriptor, os.write(descriptor, f"pid {os.getpid()}".encode()))
        yield ended_well
        os.ftruncate(descriptor, 0)
    finally:
        os.close(descriptor)


if sys.platform == "win32":
    import msvcrt

    def _locked(descriptor: int) -> bool:
        os.lseek(descriptor, _MARK_AT, os.SEEK_SET)
        try:
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        finally:
            os.lseek(descriptor, 0, os.SEEK_SET)
        return True

else:
    import fcntl

    def _locked(descriptor: int) -> bool:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            return False
        return True
