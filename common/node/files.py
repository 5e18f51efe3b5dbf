"""The files of a node's folder, opened together by their one writer."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from common.node.damage import set_aside_in
from common.node.room import Room
from common.store.engine import Driver
from common.store.errors import StoreFull
from common.store.log import LogWriter
from common.store.mirror import Mirror
from common.store.receipts import Receipts


class Files:
    """Log, projections and receipts, and the room they have; one thread's."""

    def __init__(self, folder: Path, driver: Driver | None = None) -> None:
        self.room = Room(folder)
        self._folder = folder
        try:
            self._open(folder, driver)
        except StoreFull:
            # An open file is told of by a commit: it may have what is kept for the last one.
            if not self.room.give_up_reserve():
                raise
            self._open(folder, driver)

    def _open(self, folder: Path, driver: Driver | None) -> None:
        self.log = LogWriter.open(folder, driver)
        try:
            self.receipts = Receipts.open(folder, driver)
        except BaseException:
            self.log.close()
            raise
        self.mirror = Mirror(self.log.connection)

    def report(self) -> dict[str, Any]:
        """The disk's room, and damaged files that were set aside and wait for somebody to look."""
        return {"disk": self.room.report(), "set_aside": set_aside_in(self._folder)}

    def close(self) -> None:
        """Let go of the files; closing the last writer checkpoints."""
        self.receipts.close()
        self.log.close()
