"""Where a machine keeps its nodes, and how the verbs find them."""

from __future__ import annotations

import os
from pathlib import Path

import click

from common.cli._lang import option
from common.config import CONFIG
from common.errors import KnownError


def _default_home() -> Path:
    import platformdirs

    place = os.environ.get("PASSLINE_HOME")
    return Path(place) if place else platformdirs.user_data_path("passline", False)


home_option = option(
    "--home",
    type=click.Path(path_type=Path, file_okay=False),
    default=_default_home,
    show_default="$PASSLINE_HOME or the user's data folder",
    zh="存放这台机器各节点的文件夹。",
    en="The folder that holds this machine's nodes.",
)


def node_folders(home: Path, names: tuple[str, ...] = ()) -> list[Path]:
    """The folders of these nodes, or of all in `home`. Raises KnownError."""
    found = sorted(path.parent for path in home.glob(f"*/{CONFIG}"))
    if names:
        missing = [name for name in names if home / name not in found]
        if missing:
            which = ", ".join(missing)
            raise KnownError(
                f"no node called {which} in {home}", f"{home} 里没有叫 {which} 的节点。"
            )
        return [home / name for name in names]
    if not found:
        raise KnownError(
            f"no nodes in {home}; make them with: passline init --nodes …",
            f"{home} 里没有节点。请先建立：passline init --nodes …",
        )
    return found
