"""How our programs are started as processes; each ends with the one that started it.

-P: a folder that is called like one of ours where the person stands must not be taken for it.
"""

from __future__ import annotations

import sys
from pathlib import Path

from common.domain.house import COUNTER


def node_argv(folder: Path) -> list[str]:
    """The node of a folder."""
    own = [sys.executable, "-P", "-m", "common.cli", "node", "--with-parent"]
    return [*own, str(folder.resolve())]


def screen_argv(folder: Path, role: str, *more: str) -> list[str]:
    """A role's screen at the node of a folder: the front of house has a program of its own."""
    program = "foh" if role.startswith(COUNTER) else "kds"
    own = [sys.executable, "-P", "-m", program, "--with-parent"]
    return [*own, "--data", str(folder.resolve()), "--role", role, *more]
