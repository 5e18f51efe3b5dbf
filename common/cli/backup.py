"""`passline backup OUT`: a running node in one file."""

from __future__ import annotations

import time
from pathlib import Path

import click

from common.cli._lang import Verb, lang_option, option, pick
from common.cli._places import home_option, node_folders
from common.config import STORE_KEY


@click.command(
    "backup",
    cls=Verb,
    short_help="Write a node into one file, while it runs.",
    short_zh="把一个节点存成一个文件，不用停机。",
    zh="""把一个节点存成 OUT 这一个文件，不用停机。

    里面有：设置、节点的密钥（收银机还有门店密钥，要恢复码才打得开）、全部记录、
    未过期的客人姓名和电话、存单回执。没有加密，请像钥匙一样保管；文件只有本人能读。""",
)
@home_option
@lang_option
@option(
    "--node",
    "name",
    zh="哪个节点；默认本机的收银机，没有就取第一个。",
    en="The node; by default this machine's counter, else its first node.",
)
@click.argument("out", type=click.Path(path_type=Path))
def command(home: Path, name: str | None, out: Path) -> None:
    """Write a node into the file OUT while it runs.

    It holds the settings, the node's key (on a counter also the store's, which only the recovery
    code opens), the whole log, guests' names and phones that are not due to be forgotten, and who
    has stored what. It is not encrypted: keep it as you keep keys. Only its owner can read it.
    """
    from common.node.backup import back_up

    folders = node_folders(home, (name,) if name else ())
    folder = next((each for each in folders if (each / STORE_KEY).exists()), folders[0])
    about = back_up(folder, out, time.time_ns() // 1000)
    size = out.stat().st_size / 2**20
    zh = f"{about.node}：{about.events} 条记录，{size:.1f} MiB，存在 {out}"
    click.echo(pick(zh, f"{about.node}: {about.events} events, {size:.1f} MiB, in {out}"))
    zh = "里面有密钥和客人的电话，请像钥匙一样保管。"
    click.echo(pick(zh, "It holds keys and guests' phones: keep it as you keep keys."))
