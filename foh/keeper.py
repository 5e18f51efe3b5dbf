"""Keeps drafts over a restart: a file in the node's folder that only its owner reads."""

from __future__ import annotations

import logging
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Final

import msgspec
from PySide6.QtCore import QCoreApplication, QObject, QTimer

from common.mesh.errors import KeyFileError
from common.mesh.secret_file import replace_secret
from foh.drafts import Drafts

FILE: Final = "drafts.json"
UNREAD: Final = "drafts.unread.json"
"""What could not be read is put aside, not lost."""
SOON_MS: Final = 150

_log = logging.getLogger(__name__)


class Keeper(QObject):
    """Writes drafts a moment after they changed, on a thread of its own: a disk may be slow.

    Without a folder nothing is kept.
    """

    def __init__(self, folder: Path | None) -> None:
        super().__init__()
        self._path = None if folder is None else folder / FILE
        self.drafts = self._read()
        self._writing = ThreadPoolExecutor(1, "drafts")
        self._soon = QTimer(self, singleShot=True, interval=SOON_MS)
        self._soon.timeout.connect(self._write)
        program = QCoreApplication.instance()
        if program is not None:
            program.aboutToQuit.connect(self.flush)

    def changed(self) -> None:
        """The drafts are others now."""
        if self._path is not None and not self._soon.isActive():
            self._soon.start()

    def at_once(self) -> None:
        """As `changed`, and it can't wait: what is sent must not come back as not sent."""
        self._soon.stop()
        self._write()

    def flush(self) -> None:
        """Have all of it on the disk."""
        if self._path is not None:
            self._soon.stop()
            self._write()
            self._writing.submit(lambda: None).result()

    def close(self) -> None:
        """Have all of it on the disk, and write nothing more."""
        self.flush()
        self._writing.shutdown()

    def _write(self) -> None:
        if self._path is None:
            return
        drafts = self.drafts
        if drafts.open or drafts.sending:
            self._writing.submit(_replace, self._path, msgspec.json.encode(drafts))
        else:
            self._writing.submit(_remove, self._path)

    def _read(self) -> Drafts:
        if self._path is None:
            return Drafts()
        try:
            return msgspec.json.decode(self._path.read_bytes(), type=Drafts)
        except FileNotFoundError:
            return Drafts()
        except (OSError, msgspec.MsgspecError, UnicodeDecodeError) as error:
            _log.error("%s can't be read and is put aside: %s", self._path, error)
            _put_aside(self._path)
            return Drafts()


def _replace(path: Path, raw: bytes) -> None:
    try:
        replace_secret(path, raw)
    except (OSError, KeyFileError) as error:
        _log.error("%s can't be written: %s", path, error)


def _remove(path: Path) -> None:
    try:
        path.unlink(missing_ok=True)
    except OSError as error:
        _log.error("%s can't be removed: %s", path, error)


def _put_aside(path: Path) -> None:
    try:
        path.replace(path.with_name(UNREAD))
    except OSError as error:
        _log.error("%s can't be put aside: %s", path, error)
