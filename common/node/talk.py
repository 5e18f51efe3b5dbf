"""One question to a node, for verbs and scripts."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

from common.errors import KnownError
from common.node.client import NodeClient, Told


def ask_once(folder: Path, name: str, timeout_s: float = 5.0, **args: str | int) -> Any:
    """The node's answer to one question. Raises KnownError when the node does not answer."""
    client = NodeClient(folder)
    try:
        wanted = client.ask(name, **args)
        deadline = time.monotonic() + timeout_s
        while time.monotonic() < deadline:
            for update in client.poll(100):
                if isinstance(update, Told) and update.request_id == wanted:
                    return update.data
    finally:
        client.close()
    raise KnownError(f"the node of {folder} does not answer; is it running? (passline start)")
