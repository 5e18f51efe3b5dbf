"""Which screens belong to this machine's nodes, and how they are opened beside them."""

from __future__ import annotations

import subprocess
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

from common.cli._lang import pick
from common.config import read_config
from common.errors import KnownError
from common.node.programs import screen_argv
from common.node.supervisor import Child, Started, Supervisor
from common.ui.screens import screen_roles

SCREEN_LOG = "screen.log"
STOP_S = 10.0
BACK_AFTER_S = 0.1
"""A screen that fell comes back sooner than a node: cooks wait for it, and it writes nothing."""

CLOSED = frozenset({0})
"""How a window ends that somebody closed."""


class NoScreen(NamedTuple):
    """A node has no role with a screen."""

    node: str


class Window:
    """One screen, open as long as this is entered or until somebody closes it."""

    def __init__(self, folder: Path, station: str, *more: str) -> None:
        self._argv = screen_argv(folder, station, *more)
        self._log = folder / SCREEN_LOG

    def __enter__(self) -> Window:
        with self._log.open("wb") as log:
            self._process = subprocess.Popen(
                self._argv,
                stdin=subprocess.PIPE,
                stdout=log,
                stderr=log,
                # Ctrl-C is for us, who then end everything in good order.
                start_new_session=True,
            )
        return self

    def __exit__(self, *_: object) -> None:
        assert self._process.stdin is not None
        self._process.stdin.close()
        try:
            self._process.wait(STOP_S)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()

    @property
    def closed(self) -> bool:
        """Whether somebody closed it. Raises KnownError if it fell."""
        code = self._process.poll()
        if code:
            why = self._log.read_text(encoding="utf-8", errors="replace").strip()
            raise KnownError(
                f"the screen could not go on ({code})\n{why}", f"屏幕没能继续（{code}）\n{why}"
            )
        return code == 0


class Screens:
    """Opens each node's screens as soon as the node tells which roles it holds."""

    def __init__(self, folders: Iterable[Path], supervisor: Supervisor, *, kiosk: bool) -> None:
        from common.node.client import NodeClient

        self._supervisor = supervisor
        self._kiosk = kiosk
        self._clients = {folder: NodeClient(folder, board=False) for folder in folders}
        self.opened: dict[str, Child] = {}
        for client in self._clients.values():
            client.ask("roles")

    def tick(self) -> list[Started | NoScreen]:
        """Hear the nodes, open what they name."""
        from common.node.client import Told

        seen: list[Started | NoScreen] = []
        for folder, client in list(self._clients.items()):
            for update in client.poll(0):
                if not isinstance(update, Told):
                    continue
                if update.data is None:
                    client.ask("roles")
                else:
                    del self._clients[folder]
                    client.close()
                    seen += self._open(folder, update.data["nodes"])
        return seen

    def close(self) -> None:
        """Ask no more."""
        for client in self._clients.values():
            client.close()

    def _open(self, folder: Path, nodes: list[dict[str, Any]]) -> Iterator[Started | NoScreen]:
        name = read_config(folder).name
        roles: list[str] = next((node["roles"] for node in nodes if node["name"] == name), [])
        having = screen_roles(roles)
        if not having:
            yield NoScreen(name)
        for station in having:
            child = self._child(folder, station)
            self.opened[child.name] = child
            yield self._supervisor.add(child)

    @staticmethod
    def _name(folder: Path, station: str) -> str:
        which = station if folder.name == station else f"{folder.name}/{station}"
        return pick(f"{which} 的屏幕", f"the screen of {which}")

    def _child(self, folder: Path, station: str) -> Child:
        # A window can be closed; on a panel without anything else it would leave nothing.
        more = ("--ask", "--kiosk") if self._kiosk else ("--ask",)
        return Child(
            self._name(folder, station),
            screen_argv(folder, station, *more),
            folder / SCREEN_LOG,
            wait=BACK_AFTER_S,
            final=frozenset() if self._kiosk else CLOSED,
        )
