"""`passline restore IN`: a node's folder from its backup."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import click

from common.cli._lang import Verb, lang_option, pick
from common.cli._places import home_option


@click.command(
    "restore",
    cls=Verb,
    short_help="Make a node's folder from its backup.",
    short_zh="用备份恢复一个节点的文件夹。",
    zh="""用备份 IN 恢复节点的文件夹，再运行 `passline start`。

    备份之后的记录会从别的节点取回。原来的机器不能再运行：两台机器不能用同一把密钥。""",
)
@home_option
@lang_option
@click.argument("archive", metavar="IN", type=click.Path(path_type=Path))
def command(home: Path, archive: Path) -> None:
    """Make a node's folder from its backup IN; then run `passline start`.

    What happened after the backup comes back from the other nodes. The machine it was taken from
    must not run any more: two machines can't use one key.
    """
    from common.node.backup import restore

    folder, about = restore(archive, home)
    made = datetime.fromtimestamp(about.made_at / 1e6, UTC).astimezone().strftime("%Y-%m-%d %H:%M")
    click.echo(
        pick(
            f"{about.node} 已恢复到 {made}（{about.events} 条记录），在 {folder}",
            f"{about.node} as of {made} ({about.events} events) is in {folder}",
        )
    )
    zh = "请运行 passline start。之后的记录会从别的节点取回；原来的机器不能再运行。"
    en = "Run passline start; the rest comes from the other nodes. The old machine must stay off."
    click.echo(pick(zh, en))
