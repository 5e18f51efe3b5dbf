"""A damaged file: noticed, set aside under a name that tells, and made good from what there is.

Nothing is deleted. The log begins anew with what the damaged file still gives and what proves to
be genuine; the rest the other nodes have. The store's first group is kept beside the log, so that
even a log of which nothing can be read finds its peers.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

import msgspec

from common.domain.codec import (
    BadBytes,
    Event,
    Group,
    decode_group,
    encode_group,
    open_group,
    signed_message,
)
from common.domain.events import NodeEnrolled, StoreConfigured
from common.domain.ids import HOUSE
from common.errors import KnownError
from common.mesh.keys import store_id_of, verify
from common.mesh.secret_file import replace_secret
from common.node.round import wanted_sides
from common.node.trust import trusting_house
from common.store.contract import Accepted, Batch
from common.store.copies import Remains, check_file
from common.store.errors import NotNext, StoreDamaged, StoreError
from common.store.log import MIRROR, LogWriter
from common.store.receipts import LOCAL

_log = logging.getLogger(__name__)

GENESIS = "genesis"
"""The groups with which the store was founded, as they were signed."""
_ASIDE = ".damaged-"
_PAGE = 256 * 1024


def set_aside_in(folder: Path) -> list[str]:
    """The damaged files that were set aside here."""
    found = (path.name for path in folder.glob(f"*{_ASIDE}*"))
    return sorted(name for name in found if not name.endswith(("-wal", "-shm")))


def set_aside_damaged(folder: Path) -> list[str]:
    """Look through the files, which nobody has open, and set the damaged ones aside."""
    found = []
    for name in (MIRROR, LOCAL):
        try:
            if (folder / name).exists():
                check_file(folder / name, live=True)
        except StoreDamaged as error:
            aside = f"{name}{_ASIDE}{datetime.now(UTC):%Y%m%dT%H%M%SZ}"
            for suffix in ("-shm", "-wal", ""):
                with suppress(FileNotFoundError):
                    (folder / f"{name}{suffix}").rename(folder / f"{aside}{suffix}")
            _log.critical("%s; it is set aside as %s", error, aside)
            found.append(aside)
    return found


def restock(folder: Path, log: LogWriter, store_key: bytes, now: int) -> None:
    """Give an empty log what a damaged one still holds, or the store's first groups at least.

    Raises KnownError if there is nothing by which the node could find its peers.
    """
    if log.last_commit:
        keep_genesis(folder, log)
        return
    house = trusting_house(store_key)
    genesis = _read_genesis(folder)
    for group in genesis:
        for event in _events(group):
            house.apply(event)
    keys = {origin: node.public_key for origin, node in house.nodes.items()}
    newest = [name for name in set_aside_in(folder) if name.startswith(MIRROR)][-1:]
    for name in newest:
        try:
            remains = Remains(folder / name)
        except StoreError:
            continue
        try:
            for event in remains.house_events():
                house.apply(event)
            keys = {origin: node.public_key for origin, node in house.nodes.items()}
            for page in remains.groups(_PAGE):
                _append(log, page, keys, store_id_of(store_key), now, remains)
        finally:
            remains.close()
        _log.critical("%d events were read from %s; peers have the rest", log.last_commit, name)
    _append(log, genesis, keys, store_id_of(store_key), now, None)
    if not log.last_commit:
        raise KnownError(
            f"the log in {folder} is lost and nothing tells how to find the other nodes; "
            "restore a backup: passline restore",
            f"{folder} 的记录已丢失，也找不到其他节点的地址。请用备份恢复：passline restore。",
        )


class Inspection:
    """Reads the files from end to end beside the node's work; `damage` tells what it found."""

    def __init__(self, folder: Path, wake: Callable[[], None]) -> None:
        self.damage: StoreDamaged | None = None
        self._folder = folder
        self._wake = wake
        threading.Thread(target=self._run, name="inspection", daemon=True).start()

    def _run(self) -> None:
        for name in (MIRROR, LOCAL):
            try:
                check_file(self._folder / name, live=True)
                _log.info("%s is whole after an unclean end", name)
            except StoreDamaged as error:
                self.damage = error
                self._wake()
            except StoreError as error:
                _log.warning("%s can't be looked through: %s", name, error)


def _append(
    log: LogWriter,
    page: Iterable[Group],
    keys: dict[bytes, bytes],
    store_id: bytes,
    now: int,
    remains: Remains | None,
) -> None:
    """Take what continues its chain and is signed by its origin; stop a chain at anything else."""
    groups = tuple(_genuine(log, page, keys, store_id))
    wanted = wanted_sides(event for accepted in groups for event in accepted.events)
    sides = tuple(
        side for want in wanted if remains is not None and (side := remains.side(want.id))
    )
    with suppress(NotNext):
        log.append(Batch(stored_at=now, groups=groups, sides=sides, wanted=wanted))


def _genuine(
    log: LogWriter, page: Iterable[Group], keys: dict[bytes, bytes], store_id: bytes
) -> Iterator[Accepted]:
    for group in page:
        head = log.head(group.chain)
        if head is not None and group.last <= head.seq:
            continue
        message = signed_message(store_id, group.chain, group.last, group.checksum)
        key = keys.get(group.origin)
        events = _events(group)
        if key is None or not events or not verify(key, message, group.signature):
            return
        yield Accepted(group, events)


def _events(group: Group) -> tuple[Event, ...]:
    try:
        return open_group(group)
    except BadBytes:
        return ()


def keep_genesis(folder: Path, log: LogWriter) -> None:
    """Keep the store's first groups beside the log, unless they are there."""
    if (folder / GENESIS).exists():
        return
    founding = {StoreConfigured.__name__, NodeEnrolled.__name__}
    firsts = [group for chain in log.heads() for group in log.groups_after(chain, 0, 1)]
    kept = [
        encode_group(group)
        for group in firsts
        if any(event.subject == HOUSE and event.kind in founding for event in _events(group))
    ]
    with suppress(OSError):  # a full disk: the next start may do
        replace_secret(folder / GENESIS, msgspec.msgpack.encode(kept))


def _read_genesis(folder: Path) -> list[Group]:
    try:
        kept = msgspec.msgpack.decode((folder / GENESIS).read_bytes(), type=list[bytes])
        return [decode_group(raw) for raw in kept]
    except (OSError, msgspec.MsgspecError, BadBytes):
        return []
