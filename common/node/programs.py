"""How our programs are started as processes; each ends with the one that started it.

-P: a folder that is called like one of ours where the person stands must not be taken for it.
"""

from __future__ import annotations

import sys
from pathlib import Path


def node_argv(folder: Path) -> list[str]:
    """The node of a folder."""
    own = [sys.executable, "-P", "-m", "common.cli", "node", "--with-parent"]
    return [*own, str(folder.resolve())]


def screen_argv(folder: Path, station: str, *more: str) -> list[str]:
    """A station's screen at the node of a folder."""
    own = [sys.executable, "-P", "-m", "kds", "--with-parent"]
    return [*own, "--data", str(folder.resolve()), "--station", station, *more]
