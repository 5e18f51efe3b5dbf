"""`passline node`: run one node in this process."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from common.cli._lang import lang_option


@click.command("node", short_help="Run one node in this process.")
@lang_option
@click.argument("folder", type=click.Path(path_type=Path, exists=True, file_okay=False))
def command(folder: Path) -> None:
    """Run the node of FOLDER until it is stopped; `start` does so and watches over it."""
    from common.node.bootstrap import run_node

    sys.exit(run_node(folder))
