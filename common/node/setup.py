"""Founding a store: its key, its nodes' folders, and the first events that all of them share."""

from __future__ import annotations

import ipaddress
import re
import secrets
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import msgspec

from common import config
from common.domain.codec import BadBytes, Group, open_group
from common.domain.decide import Draft
from common.domain.events import (
    NodeEnrolled,
    StoreConfigured,
    decode_payload,
    encode_payload,
)
from common.domain.house import BLOCK, BLOCKS, COUNTER, Signed, signed_record_message
from common.domain.ids import HOUSE
from common.errors import KnownError
from common.mesh.keys import SAFE_COST, NodeIdentity, SealCost, StoreKey
from common.mesh.recovery_code import mint_code
from common.node.damage import keep_genesis
from common.node.pen import Pen
from common.store.contract import Accepted, Batch
from common.store.log import LogWriter

DEFAULT_PORT = 7710
_NAME = re.compile(r"[\w-]{1,64}", re.UNICODE)


class NodePlan(NamedTuple):
    """A node to be made: its name, the roles it holds, where it listens."""

    name: str
    roles: tuple[str, ...]
    host: str
    feed_port: int
    router_port: int

    @property
    def feed(self) -> str:
        """Its feed's endpoint."""
        return f"tcp://{self.host}:{self.feed_port}"

    @property
    def router(self) -> str:
        """The endpoint of its requests."""
        return f"tcp://{self.host}:{self.router_port}"


class Founded(NamedTuple):
    """A new store: the code that opens its key, to be kept on paper, and its nodes' folders."""

    recovery_code: str
    folders: dict[str, Path]


def found_store(
    home: Path,
    plans: Sequence[NodePlan],
    *,
    name: str,
    tz: str,
    day_start: int,
    currency: str,
    now: int,
    cost: SealCost = SAFE_COST,
) -> Founded:
    """Make one folder per node under `home`, each with the signed roster. Raises KnownError.

    `day_start` is in minutes after midnight, `now` mesh time in µs.
    """
    _check(home, plans, tz)
    store, code = StoreKey.mint(), mint_code()
    identities = [NodeIdentity.generate() for _ in plans]
    settings = StoreConfigured(name, tz, day_start, currency, bytes(64))
    records: list[Signed] = [_signed(settings, store)]
    records += (_signed(record, store) for record in _enrolments(plans, identities))
    group = _genesis(records, _author(plans, identities), store.store_id, now)
    folders = {plan.name: home / plan.name for plan in plans}
    genesis = Batch(stored_at=now, groups=(Accepted(group, open_group(group)),))
    try:
        for plan, identity in zip(plans, identities, strict=True):
            folder = folders[plan.name]
            _make_folder(folder, plan, identity, store.public_key, genesis)
            if _is_counter(plan):
                store.save(folder / config.STORE_KEY, code, cost)
    except OSError as error:
        raise KnownError(
            f"{home} can't be written: {error}", f"{home} 无法写入：{error}"
        ) from error
    return Founded(code, folders)


def _make_folder(
    folder: Path, plan: NodePlan, identity: NodeIdentity, store_key: bytes, genesis: Batch
) -> None:
    folder.mkdir(mode=0o700, parents=True)
    identity.save(folder / config.NODE_KEY)
    settings = config.NodeConfig(
        name=plan.name, store_key=store_key.hex(), feed=plan.feed, router=plan.router
    )
    config.write_config(folder, settings)
    log = LogWriter.open(folder)
    try:
        log.append(genesis)
        keep_genesis(folder, log)
    finally:
        log.close()


def _check(home: Path, plans: Sequence[NodePlan], tz: str) -> None:
    """Refuse what could not work, before anything is made."""
    places = [at for plan in plans for at in (plan.feed, plan.router)]
    if not plans:
        raise KnownError("name at least one node", "请至少写一个节点。")
    if len({plan.name.casefold() for plan in plans}) != len(plans):
        raise KnownError("two nodes have the same name", "有两个节点同名。")
    if len(set(places)) != len(places):
        raise KnownError(
            "two nodes listen on the same port of one address",
            "有两个节点使用同一地址的同一端口。",
        )
    for plan in plans:
        _check_plan(home, plan)
    if not any(map(_is_counter, plans)):
        raise KnownError(
            "a store needs a counter: orders are taken there",
            "门店至少要有一台收银（counter）：订单从那里进来。",
        )
    try:
        ZoneInfo(tz)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise KnownError(
            f"{tz!r} is no time zone; write it as Asia/Shanghai",
            f"“{tz}”不是时区。请写成 Asia/Shanghai 这样的形式。",
        ) from error


def _check_plan(home: Path, plan: NodePlan) -> None:
    name = plan.name
    if not _NAME.fullmatch(name):
        raise KnownError(
            f"{name!r} can't be a node's name: use letters, digits, - and _",
            f"“{name}”不能作节点名：请用文字、数字、- 和 _。",
        )
    if (home / name).exists():
        raise KnownError(
            f"{home / name} exists already; nothing was changed",
            f"{home / name} 已经存在，没有改动任何东西。",
        )
    if not all(0 < len(role) <= 64 for role in plan.roles) or not plan.roles:
        raise KnownError(
            f"{name}: a role has 1 to 64 letters", f"{name}：角色名要有 1 到 64 个字。"
        )
    # A name would have to be looked up by everybody who starts, and can't be listened on.
    if not _is_address(plan.host):
        raise KnownError(
            f"{name}: {plan.host!r} is no address that the others could dial; "
            "write it as 192.168.1.20",
            f"{name}：“{plan.host}”不是别的机器能连接的地址。请写成 192.168.1.20 这样的形式。",
        )


def _is_address(host: str) -> bool:
    try:
        return not ipaddress.IPv4Address(host).is_unspecified
    except ValueError:
        return False


def _is_counter(plan: NodePlan) -> bool:
    return any(role.startswith(COUNTER) for role in plan.roles)


def _enrolments(
    plans: Sequence[NodePlan], identities: Sequence[NodeIdentity]
) -> list[NodeEnrolled]:
    """Counters get the first blocks of order numbers, the others those after them."""
    ranked = sorted(range(len(plans)), key=lambda nth: (not _is_counter(plans[nth]), nth))
    return [
        NodeEnrolled(
            identities[nth].origin,
            identities[nth].public_key,
            plans[nth].name,
            plans[nth].roles,
            ranked.index(nth) % BLOCKS * BLOCK or 1,
            plans[nth].feed,
            plans[nth].router,
            bytes(64),
        )
        for nth in range(len(plans))
    ]


def _signed(record: Signed, store: StoreKey) -> Signed:
    signature = store.sign(signed_record_message(store.store_id, record))
    return msgspec.structs.replace(record, signature=signature)


def _author(plans: Sequence[NodePlan], identities: Sequence[NodeIdentity]) -> NodeIdentity:
    return next(
        identity for plan, identity in zip(plans, identities, strict=True) if _is_counter(plan)
    )


def _genesis(records: Sequence[Signed], author: NodeIdentity, store_id: bytes, now: int) -> Group:
    pen = Pen(author.origin, store_id, author.sign, 0)
    before, cmd_id = pen.place, secrets.token_bytes(16)
    drafts = (Draft(type(each).__name__, HOUSE, (), encode_payload(each)) for each in records)
    raws = [pen.write(draft, cmd_id, "", now)[1] for draft in drafts]
    group = pen.seal(before, raws)
    try:
        for event in open_group(group):
            decode_payload(event)
    except BadBytes as error:
        raise KnownError(
            f"the store can't be founded like this: {error}", f"无法这样建店：{error}"
        ) from error
    return group
