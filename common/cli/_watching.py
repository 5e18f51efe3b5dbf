"""What a person sees of a demo in the terminal: a live table, or plain lines where it is none."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from common.rehearsal.words import say

if TYPE_CHECKING:
    from rich.console import Console

    from common.domain.order import Order
    from common.node.client import NodeClient

ROWS = 16


@contextmanager
def watching(folder: Path, lang: str) -> Iterator[View]:
    """Look on at a node."""
    from common.node.client import NodeClient

    client = NodeClient(folder)
    view = View(client, lang)
    try:
        yield view
    finally:
        view.finish()
        client.close()


class View:
    """What a person sees: a live table, or plain lines where the output is no terminal."""

    def __init__(self, client: NodeClient, lang: str) -> None:
        from rich.console import Console
        from rich.live import Live

        self._client = client
        self._lang = lang
        self._said = {"accepted": 0, "served": 0, "submitted": 0}
        self._begun: float | None = None
        self._all: dict[bytes, Order] = {}
        self._console: Console = Console()
        self._live = Live(console=self._console, refresh_per_second=4)
        self._last_line = 0.0
        self._show: Callable[[], None] = self._draw if self._console.is_terminal else self._print

    def hear(self, said: dict[str, Any]) -> None:
        """Note what the robots say."""
        if said["say"] == "begun":
            self._begun = time.monotonic()
            if self._console.is_terminal:
                self._live.start()
        elif said["say"] == "progress":
            self._said = {name: said[name] for name in self._said}

    def look(self) -> None:
        """Take in what the pass's node told, and show it."""
        self._client.poll(0)
        self._all |= self._client.orders
        if self._begun is not None:
            self._show()

    def finish(self) -> None:
        """Leave the terminal as it was."""
        if self._live.is_started:
            self._live.stop()

    def busiest(self) -> str | None:
        """The order to which most happened; None if there was none."""
        if not self._all:
            return None
        return max(self._all.values(), key=lambda each: len(each.history)).id.hex()

    def _foot(self) -> str:
        seconds = int(time.monotonic() - (self._begun or time.monotonic()))
        facts = {name: self._said[name] for name in ("accepted", "served")}
        return say("demo_counts", self._lang, seconds=seconds, **facts)

    def _draw(self) -> None:
        from common.rehearsal.board import board

        client = self._client
        now = time.time_ns() // 1000
        rows = max(1, min(ROWS, self._console.height - 8))
        self._live.update(board(client.house, client.orders, now, rows, self._lang, self._foot()))

    def _print(self) -> None:
        if time.monotonic() >= self._last_line + 2:
            self._last_line = time.monotonic()
            click.echo(self._foot())
            sys.stdout.flush()
