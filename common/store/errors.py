"""What can go wrong with the files; the node tells people, and no group is left half written."""

from __future__ import annotations

from common.errors import KnownError


class StoreError(KnownError):
    """Base of what the store raises on purpose."""


class NotNext(StoreError):
    """A group does not continue what is stored of its chain; nothing was written."""


class StoreFull(StoreError):
    """The disk has no room; nothing was written, and a later try may do."""


class StoreBroken(StoreError):
    """The file can't be read or written as it must be; close it and open it again."""


class StoreDamaged(StoreBroken):
    """What stands in the file is not what was written: it is to be set aside."""


class SchemaTooNew(StoreError):
    """A later version of Passline wrote this file; this one would harm it."""
