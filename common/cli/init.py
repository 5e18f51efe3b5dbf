"""`passline init`: found a store, one folder per node."""

from __future__ import annotations

import re
import time
import unicodedata
from pathlib import Path
from typing import TYPE_CHECKING

import click

from common.cli._lang import Verb, lang_option, option, pick
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


@click.command(
    "init",
    cls=Verb,
    short_help="Found a store: one folder per node.",
    short_zh="建立门店：每个节点一个文件夹。",
    zh="建立门店。\n\n把各节点的文件夹拷到它的机器上，再运行 `passline start`。",
)
@home_option
@lang_option
@option(
    "--nodes",
    required=True,
    metavar=f"{_FORM},…",
    zh="各台机器，如 counter-1,wok,cold,expo；不写主机就都在本机。",
    en="The machines, such as counter-1,wok,cold,expo; without a host all run on this one.",
)
@option("--name", default="Passline", show_default=True, zh="店名。", en="The store's name.")
@option("--tz", default="Asia/Shanghai", show_default=True, zh="时区。", en="Its time zone.")
@option(
    "--day-start",
    default="04:00",
    show_default=True,
    metavar="HH:MM",
    zh="营业日几点开始。",
    en="When its day begins.",
)
@option(
    "--currency",
    default="CNY",
    show_default=True,
    metavar="CODE",
    zh="货币（ISO 4217）。",
    en="Its currency (ISO 4217).",
)
def command(home: Path, nodes: str, name: str, tz: str, day_start: str, currency: str) -> None:
    """Found a store. Copy each node's folder to its machine and run `passline start` there."""
    from common.node.setup import found_store

    if not re.fullmatch("[A-Za-z]{3}", currency):
        raise KnownError(
            f"{currency!r} is no currency; write its three letters, such as CNY",
            f"“{currency}”不是货币代码。请写三个字母，例如 CNY。",
        )
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
        click.echo(f"{_wide(plan.name)} {_wide(' '.join(plan.roles))} {plan.feed}")
    click.echo(pick(f"文件夹在 {home}", f"Their folders are in {home}"))
    zh = "恢复码：它能打开门店的密钥，只在这里显示一次。请抄在纸上收好。"
    en = "Recovery code: it opens the store's key and is shown only now. Keep it on paper."
    click.echo(f"\n{pick(zh, en)}")
    click.secho(f"\n    {founded.recovery_code}\n", bold=True)


def _wide(text: str) -> str:
    """Filled up to a column; a Chinese character takes two places."""
    taken = sum(2 if unicodedata.east_asian_width(each) in "WF" else 1 for each in text)
    return text + " " * (16 - taken)


def _minutes(text: str) -> int:
    hours, _, minutes = text.partition(":")
    if hours.isdecimal() and minutes.isdecimal() and int(hours) < 24 and int(minutes) < 60:
        return int(hours) * 60 + int(minutes)
    raise KnownError(
        f"{text!r} is no time of day; write it as 04:00",
        f"“{text}”不是一天里的时间。请写成 04:00 这样的形式。",
    )
