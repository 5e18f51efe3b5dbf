"""Where a machine keeps its nodes, and how the verbs find them."""

from __future__ import annotations

import os
from pathlib import Path

import click
import platformdirs

from common.config import CONFIG
from common.errors import KnownError

home_option = click.option(
    "--home",
    type=click.Path(path_type=Path, file_okay=False),
    default=lambda: Path(
        os.environ.get("PASSLINE_HOME") or platformdirs.user_data_path("passline", False)
    ),
    show_default="$PASSLINE_HOME or the user's data folder",
    help="The folder that holds this machine's nodes.",
)


def node_folders(home: Path, names: tuple[str, ...] = ()) -> list[Path]:
    """The folders of these nodes, or of all in `home`. Raises KnownError."""
    found = sorted(path.parent for path in home.glob(f"*/{CONFIG}"))
    if names:
        missing = [name for name in names if home / name not in found]
        if missing:
            raise KnownError(f"no node called {', '.join(missing)} in {home}")
        return [home / name for name in names]
    if not found:
        raise KnownError(f"no nodes in {home}; make them with: passline init --nodes …")
    return found
