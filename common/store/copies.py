"""Files of the store beside their writer: copied, looked through, read as far as they are whole."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from common.domain.codec import BadBytes, Event, Group, SideRecord
from common.domain.ids import Chain
from common.store.engine import open_reader, store_errors
from common.store.errors import StoreDamaged, StoreError
from common.store.log import LogReader


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


class Remains:
    """What a damaged file still gives; whatever it can't give is passed over."""

    def __init__(self, path: Path) -> None:
        self._reader = LogReader(open_reader(path))

    def house_events(self) -> list[Event]:
        """The house's events, if they can be read."""
        try:
            return self._reader.house_events()
        except (StoreError, BadBytes):
            return []

    def groups(self, most: int) -> Iterator[list[Group]]:
        """Each chain from its start as far as it can be read, in pages of about so many bytes."""
        try:
            chains = list(self._reader.heads())
        except StoreError:
            chains = []
        for chain in chains:
            seq = 0
            while page := self._page(chain, seq, most):
                yield page
                seq = page[-1].last

    def side(self, side_id: bytes) -> SideRecord | None:
        """A side record, if it is there and can be read."""
        try:
            return next(iter(self._reader.sides([side_id])), None)
        except (StoreError, BadBytes):
            return None

    def close(self) -> None:
        """Let go of the file."""
        self._reader.close()

    def _page(self, chain: Chain, seq: int, most: int) -> list[Group]:
        try:
            return self._reader.groups_after(chain, seq, most)
        except (StoreError, BadBytes):
            # Group by group, to the last that stands before the damage.
            return [] if most == 1 else self._page(chain, seq, 1)


def check_file(path: Path, *, live: bool = False) -> None:
    """Read a file of the store from end to end, without a change to it. Raises StoreError.

    `live`: others may have it open. Of a file that nobody has, not even a lock is taken.
    """
    with store_errors(), closing(_open(path, "ro" if live else "ro&immutable=1")) as connection:
        (found,) = connection.execute("PRAGMA quick_check(1)").fetchone()
    if found != "ok":
        raise StoreDamaged(f"{path.name} is damaged: {' '.join(found.split())}")


def _open(path: Path, mode: str) -> sqlite3.Connection:
    uri = f"{path.resolve().as_uri()}?mode={mode}"
    return sqlite3.connect(uri, uri=True, isolation_level=None)
