"""The group that every machine of a new store begins with: settings, roster and menu."""

from __future__ import annotations

import random
from collections.abc import Iterator
from functools import cache

import msgspec

from common.domain import events as ev
from common.domain.codec import open_group
from common.domain.decide import Draft
from common.domain.house import BLOCK, COUNTER, EXPO, Signed, signed_record_message
from common.domain.ids import HOUSE, derived_id
from common.node.pen import Pen
from common.store.contract import Accepted, Batch
from common.store.memory_log import MemoryLog
from tests.helpers.desk import BAR, COLD, DISHES, MENU, NOON, SIGNATURE, WOK, configured
from tests.sim.disk import Disk
from tests.sim.keys import STORE, identity, stand_ins


def founded(disk: Disk, names: tuple[str, ...]) -> None:
    """Write the founding group to a new machine's disk."""
    MemoryLog(disk.log).append(Batch(stored_at=NOON, groups=(_genesis(names),)))
    disk.latest[HOUSE] = disk.log.events[-1][1]


@cache
def _genesis(names: tuple[str, ...]) -> Accepted:
    author = identity(0)
    with stand_ins(random.Random(0)):
        pen = Pen(author.origin, STORE.store_id, author.sign, 0)
    before, raws = pen.place, []
    for payload in _payloads(names):
        draft = Draft(type(payload).__name__, HOUSE, (), ev.encode_payload(payload))
        raws.append(pen.write(draft, derived_id(b"founding"), "", NOON)[1])
    group = pen.seal(before, raws)
    return Accepted(group, open_group(group))


def _payloads(names: tuple[str, ...]) -> Iterator[ev.Payload]:
    yield _signed(configured())
    for nth, name in enumerate(names):
        roles = (name,) if name in (EXPO, WOK, COLD, BAR) or name.startswith(COUNTER) else ("x",)
        key = identity(nth)
        place = nth * BLOCK
        yield _signed(
            ev.NodeEnrolled(key.origin, key.public_key, name, roles, place, name, name, SIGNATURE)
        )
    for dish in DISHES:
        yield ev.DishDefined(version=MENU, **msgspec.structs.asdict(dish))
    stations = tuple(ev.Named(each, each, each) for each in (WOK, COLD, BAR))
    yield ev.MenuActivated(MENU, "CNY", stations)


def _signed(record: Signed) -> Signed:
    signature = STORE.sign(signed_record_message(STORE.store_id, record))
    return msgspec.structs.replace(record, signature=signature)
