"""`passline node`: run one node in this process."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from common.cli._lang import Verb, lang_option, option


@click.command(
    "node",
    cls=Verb,
    short_help="Run one node in this process.",
    short_zh="在本进程里运行一个节点。",
    zh="运行 FOLDER 里的节点，直到被停下。\n\n`start` 会运行并看护它。",
)
@lang_option
@option(
    "--with-parent",
    is_flag=True,
    zh="标准输入关闭时也停下。",
    en="Stop as well when the standard input closes.",
)
@click.argument("folder", type=click.Path(path_type=Path, exists=True, file_okay=False))
def command(folder: Path, with_parent: bool) -> None:
    """Run the node of FOLDER until it is stopped; `start` does so and watches over it."""
    from common.node.bootstrap import run_node

    sys.exit(run_node(folder, with_parent=with_parent))
