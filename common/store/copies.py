"""Copies of the node's files, taken while the node writes, and a look whether a file is whole."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from common.store.engine import store_errors
from common.store.errors import StoreBroken


def copy_file(source: Path, target: Path) -> None:
    """Copy a file of the store as it stands after its last commit. Raises StoreError.

    Through SQLite's own backup: a live file that is copied byte by byte is torn. In one step, so
    that no later commit makes it begin anew.
    """
    with (
        store_errors(),
        closing(_open(source, "ro")) as here,
        closing(_open(target, "rwc")) as there,
    ):
        here.backup(there, pages=-1)


def check_file(path: Path, *, live: bool = False) -> None:
    """Read a file of the store from end to end, without a change to it. Raises StoreError.

    `live`: others may have it open. Of a file that nobody has, not even a lock is taken.
    """
    with store_errors(), closing(_open(path, "ro" if live else "ro&immutable=1")) as connection:
        (found,) = connection.execute("PRAGMA quick_check(1)").fetchone()
    if found != "ok":
        raise StoreBroken(f"{path.name} is damaged: {' '.join(found.split())}")


def _open(path: Path, mode: str) -> sqlite3.Connection:
    uri = f"{path.resolve().as_uri()}?mode={mode}"
    return sqlite3.connect(uri, uri=True, isolation_level=None)
