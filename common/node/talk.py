"""One question to nodes, for verbs and scripts."""

from __future__ import annotations

import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from common.errors import KnownError
from common.mesh.screen_file import mark_of
from common.node.client import Clients, NodeClient, Told

PATIENCE_S = 5.0


def ask_each(
    folders: Sequence[Path], name: str, timeout_s: float = PATIENCE_S, **args: str | int
) -> dict[Path, Any]:
    """What these nodes answer to one question, asked of all at once; a silent one is left out."""
    # Without the hand-over file there is no node to wait for.
    clients = {
        NodeClient(folder, board=False): folder for folder in folders if mark_of(folder) is not None
    }
    asked = {client: client.ask(name, **args) for client in clients}
    ears = Clients(clients)
    told: dict[Path, Any] = {}
    deadline = time.monotonic() + timeout_s
    try:
        while len(told) < len(clients) and time.monotonic() < deadline:
            for client, updates in ears.poll(100):
                for update in updates:
                    if isinstance(update, Told) and update.request_id == asked[client]:
                        told[clients[client]] = update.data
    finally:
        ears.close()
        for client in clients:
            client.close()
    return told


def ask_once(folder: Path, name: str, timeout_s: float = PATIENCE_S, **args: str | int) -> Any:
    """The node's answer to one question. Raises KnownError when the node does not answer."""
    told = ask_each([folder], name, timeout_s, **args)
    if folder not in told:
        raise no_answer(folder)
    return told[folder]


def no_answer(folder: Path) -> KnownError:
    """A node that should answer does not."""
    return KnownError(
        f"the node of {folder} does not answer; is it running? (passline start)",
        f"{folder} 的节点没有应答。它在运行吗？（passline start）",
    )
