"""Where a process leaves its trace: one rotating file, no personal data, never in the way."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from logging.handlers import RotatingFileHandler
from pathlib import Path

FILE = "passline.log"
_LINE = "%(asctime)s.%(msecs)03d %(levelname)s %(name)s %(message)s"
_SIZE = 4 * 1024 * 1024
_KEPT = 5


class _PrivateHandler(RotatingFileHandler):
    """A log file that only its owner can read, also after it was turned over."""

    def _open(self):  # type: ignore[no-untyped-def]
        Path(self.baseFilename).touch(mode=0o600, exist_ok=True)
        return super()._open()


@contextmanager
def log_to(folder: Path, level: str, file: str = FILE) -> Iterator[None]:
    """Send this process's log lines to the file in `folder`; no two processes share one."""
    handler = _PrivateHandler(folder / file, maxBytes=_SIZE, backupCount=_KEPT, encoding="utf-8")
    handler.setFormatter(logging.Formatter(_LINE, datefmt="%Y-%m-%dT%H:%M:%S"))
    root = logging.getLogger()
    root.addHandler(handler)
    before = root.level
    root.setLevel(level)
    try:
        yield
    finally:
        root.setLevel(before)
        root.removeHandler(handler)
        handler.close()
