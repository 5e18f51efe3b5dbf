"""The room on the node's disk, and the reserve that lets a node finish what it has begun.

While there is room a file of RESERVE bytes lies in the node's folder. When a commit finds the disk
full the file goes, and that commit, receipts and projections have its place: the last words. What
is new is refused from then on, until there is so much room again that the reserve could be made.
"""

from __future__ import annotations

import errno
import logging
import os
import shutil
from enum import IntEnum
from pathlib import Path
from typing import Any

_log = logging.getLogger(__name__)

RESERVE_FILE = "reserve"
RESERVE = 8 * 2**20
ROOM_AGAIN = 4 * RESERVE
"""Free bytes at which the reserve is made (again)."""
LOW = 2**30
"""Free bytes below which people are warned."""
LOOK_EVERY = 1_000_000
FAILURE_COUNTS = 10_000_000
"""µs after a commit that failed in which the disk counts as full, whatever it says of its room."""


class DiskState(IntEnum):
    """What a node tells the others of its disk (`disk` in VECTOR)."""

    WELL = 0
    LOW = 1
    FULL = 2


class Room:
    """Watches the disk of a folder; times are on the monotonic clock, in µs."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._reserve = folder / RESERVE_FILE
        self._free = 0
        self._next_look = 0
        self._failed_at: int | None = None
        self._told = DiskState.WELL
        self.closed = False
        """The reserve is used up: nothing new is to be taken."""

    def look(self, mono: int) -> DiskState:
        """How it is now; at most once in LOOK_EVERY the disk is asked."""
        if mono >= self._next_look:
            self._next_look = mono + LOOK_EVERY
            self._free = shutil.disk_usage(self._folder).free
            if not self._reserve.exists():
                self.closed = not (self._free >= ROOM_AGAIN and self._lay_in())
            if self._failed_at is not None and mono >= self._failed_at + FAILURE_COUNTS:
                self._failed_at = None
            self._tell()
        return self.state

    @property
    def state(self) -> DiskState:
        """What there is to tell of it."""
        if self.closed or self._failed_at is not None:
            return DiskState.FULL
        return DiskState.LOW if self._free < LOW else DiskState.WELL

    def report(self) -> dict[str, Any]:
        """The same for people."""
        return {"state": self.state.value, "free_bytes": self._free}

    def failed(self, mono: int) -> None:
        """A commit found no room."""
        self._failed_at = mono
        self._next_look = min(self._next_look, mono)

    def wrote(self) -> None:
        """A commit found room."""
        self._failed_at = None

    def give_up_reserve(self) -> bool:
        """Make the room that was kept free; False if it was used before."""
        try:
            self._reserve.unlink()
        except OSError:
            return False
        self.closed = True
        _log.error("the disk of %s is full: the reserve is used", self._folder)
        return True

    def _lay_in(self) -> bool:
        try:
            descriptor = os.open(self._reserve, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            try:
                _fill(descriptor)
            finally:
                os.close(descriptor)
        except OSError:
            self._reserve.unlink(missing_ok=True)
            return False
        return True

    def _tell(self) -> None:
        state = self.state
        if state != self._told:
            self._told = state
            level = (logging.INFO, logging.WARNING, logging.ERROR)[state]
            _log.log(level, "the disk is %s: %d MiB free", state.name.lower(), self._free >> 20)


def _fill(descriptor: int) -> None:
    """Take the room in earnest: a file of holes takes none."""
    if hasattr(os, "posix_fallocate"):
        os.posix_fallocate(descriptor, 0, RESERVE)
    elif os.write(descriptor, bytes(RESERVE)) < RESERVE:
        raise OSError(errno.ENOSPC, "no room for the reserve")
    os.fsync(descriptor)
