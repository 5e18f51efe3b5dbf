"""One question to nodes, or some commands to one, for verbs and scripts."""

from __future__ import annotations

import time
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from common.domain.commands import AnyCommand
from common.domain.reasons import Rejected
from common.errors import KnownError
from common.mesh.screen_file import mark_of
from common.node.client import Clients, Declined, Done, NodeClient, Told

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


def tell(
    folder: Path, commands: Iterable[AnyCommand], timeout_s: float = PATIENCE_S
) -> Rejected | None:
    """Hand commands in, each when the one before it is durable; why one was refused, if it was.

    Raises KnownError when the node does not answer one of them in time.
    """
    client = NodeClient(folder, board=False)
    try:
        for command in commands:
            refused = _do(client, folder, command, timeout_s)
            if refused is not None:
                return refused
    finally:
        client.close()
    return None


def _do(client: NodeClient, folder: Path, command: AnyCommand, timeout_s: float) -> Rejected | None:
    client.send(command)
    deadline = time.monotonic() + timeout_s
    while time.monotonic() < deadline:
        for update in client.poll(100):
            match update:
                case Done(cmd_id) if cmd_id == command.cmd_id:
                    return None
                case Declined(cmd_id, reason) if cmd_id == command.cmd_id:
                    return reason
    raise no_answer(folder)


def no_answer(folder: Path) -> KnownError:
    """A node that should answer does not."""
    return KnownError(
        f"the node of {folder} does not answer; is it running? (passline start)",
        f"{folder} 的节点没有应答。它在运行吗？（passline start）",
    )
