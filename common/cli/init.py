"""`passline init`: found a store, one folder per node."""

from __future__ import annotations

import time
from pathlib import Path
from typing import TYPE_CHECKING

import click

from common.cli._lang import lang_option, pick
from common.cli._places import home_option
from common.errors import KnownError

if TYPE_CHECKING:
    from common.node.setup import NodePlan

_FORM = "NAME[:ROLE[+ROLE…]][@HOST[:PORT]]"


def read_plan(text: str, nth: int) -> NodePlan:
    """A node as it was typed; the role is the name unless one is given. Raises KnownError."""
    from common.node.setup import DEFAULT_PORT, NodePlan

    what, _, where = text.strip().partition("@")
    name, _, roles = what.partition(":")
    host, _, port = where.partition(":")
    if not name or (port and not port.isdecimal()):
        raise KnownError(f"{text!r} is no node: write {_FORM}", f"“{text}”不是节点：请写成 {_FORM}")
    first = int(port) if port else DEFAULT_PORT + (0 if host else 2 * nth)
    if not 0 < first < 65_535:
        raise KnownError(
            f"{text!r}: a port is a number from 1 to 65534", f"“{text}”：端口是 1 到 65534 的数。"
        )
    return NodePlan(
        name, tuple(roles.split("+")) if roles else (name,), host or "127.0.0.1", first, first + 1
    )


@click.command("init", short_help="Found a store: one folder per node.")
@home_option
@lang_option
@click.option(
    "--nodes",
    required=True,
    metavar=f"{_FORM},…",
    help="The machines, such as counter-1,wok,cold,expo; without a host all run on this one.",
)
@click.option("--name", default="Passline", show_default=True, help="The store's name.")
@click.option("--tz", default="Asia/Shanghai", show_default=True, help="Its time zone.")
@click.option("--day-start", default="04:00", show_default=True, help="When its day begins.")
@click.option("--currency", default="CNY", show_default=True, help="Its currency (ISO 4217).")
def command(home: Path, nodes: str, name: str, tz: str, day_start: str, currency: str) -> None:
    """Found a store. Copy each node's folder to its machine and run `passline start` there."""
    from common.node.setup import found_store

    plans = [read_plan(text, nth) for nth, text in enumerate(nodes.split(","))]
    founded = found_store(
        home,
        plans,
        name=name,
        tz=tz,
        day_start=_minutes(day_start),
        currency=currency.upper(),
        now=time.time_ns() // 1000,
    )
    for plan in plans:
        click.echo(f"{plan.name:<16} {' '.join(plan.roles):<16} {plan.feed}  {home / plan.name}")
    zh = "恢复码：它能打开门店的密钥，只在这里显示一次。请抄在纸上收好。"
    en = "Recovery code: it opens the store's key and is shown only now. Keep it on paper."
    click.echo(f"\n{pick(zh, en)}")
    click.secho(f"\n    {founded.recovery_code}\n", bold=True)


def _minutes(text: str) -> int:
    hours, _, minutes = text.partition(":")
    if hours.isdecimal() and minutes.isdecimal() and int(hours) < 24 and int(minutes) < 60:
        return int(hours) * 60 + int(minutes)
    raise KnownError(
        f"{text!r} is no time of day; write it as 04:00",
        f"“{text}”不是一天里的时间。请写成 04:00 这样的形式。",
    )
