"""The files of a node's folder, opened together by their one writer."""

from __future__ import annotations

from pathlib import Path

from common.store.engine import Driver
from common.store.log import LogWriter
from common.store.mirror import Mirror
from common.store.receipts import Receipts


class Files:
    """Log, projections and receipts; one thread's."""

    def __init__(self, folder: Path, driver: Driver | None = None) -> None:
        self.log = LogWriter.open(folder, driver)
        self.mirror = Mirror(self.log.connection)
        self.receipts = Receipts.open(folder, driver)

    def close(self) -> None:
        """Let go of the files; closing the last writer checkpoints."""
        self.receipts.close()
        self.log.close()
