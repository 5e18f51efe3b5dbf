"""`passline demo`: the sample restaurant, served by robots while you watch."""

from __future__ import annotations

import math
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

import common
from common.cli._lang import Verb, lang_option, language, option
from common.cli.rehearse import read_scenario, with_interrupts
from common.cli.trace import show_trace
from common.errors import KnownError
from common.rehearsal.words import say

if TYPE_CHECKING:
    from rich.console import Console

    from common.domain.order import Order
    from common.node.client import NodeClient

SAMPLE = Path(common.__file__).parents[1] / "resources" / "sample"
RATE = 1.5
"""Orders a second: a Friday noon in a hurry."""
ROWS = 16


@click.command(
    "demo",
    cls=Verb,
    short_help="The sample restaurant, served by robots while you watch.",
    short_zh="看机器人在示范餐厅上班。",
    zh="本机六个节点，机器人操作。\n\n最后显示其中一单的全程。",
)
@option(
    "--seconds",
    type=click.IntRange(10, 120),
    default=30,
    show_default=True,
    zh="多久（秒）。",
    en="How long.",
)
@lang_option
def command(seconds: int) -> None:
    """Six nodes on this machine, robots at each; then the way of one order through all of them."""
    from common.rehearsal.rehearsal import Wishes, home_for, prepare
    from common.rehearsal.stage import Stage

    lang = language()
    with home_for(None) as home:
        # The last order comes early enough to be served in time, whatever its cooks take.
        orders = _some_orders(home, math.ceil(seconds * 0.75 * RATE))
        scenario = read_scenario(SAMPLE / "menu.json", orders, 1, lang)
        wishes = Wishes(
            menu=SAMPLE / "menu.json",
            orders=orders,
            rate=RATE,
            pace=seconds / 18,
            starts=1.0,
            calibrate=False,
        )
        with_interrupts(lang)
        plan = prepare(home, wishes, scenario)
        click.echo(say("starting", lang, nodes=len(plan.nodes)))
        with Stage(home, plan, []) as stage, _watching(home / plan.expo, lang) as view:
            stage.run(view.hear, view.look)
            view.finish()
            order = view.busiest()
            told = order and _trace([home / name for name in plan.nodes], order)
    if not told:
        raise KnownError(say("not_finished", lang))
    click.echo("\n" + say("demo_trace", lang))
    show_trace(told, lang)


def _some_orders(home: Path, many: int) -> Path:
    path = home / "some-orders.jsonl"
    with (SAMPLE / "orders.jsonl").open("rb") as lines:
        path.write_bytes(b"".join(line for _, line in zip(range(many), lines, strict=False)))
    return path


def _trace(folders: Sequence[Path], order: str) -> dict[str, Any] | None:
    """An order's way; each node knows of its own events who stored them when."""
    from common.node.talk import ask_once

    told: list[dict[str, Any]] = [ask_once(folder, "trace", order=order) for folder in folders]
    if not all(told):
        return None
    steps = [step for each in told for step in each["steps"]]
    stored = {step["event"]: step["stored"] for step in steps if step["stored"]}
    for step in told[0]["steps"]:
        step["stored"] = stored.get(step["event"], [])
    return told[0]


@contextmanager
def _watching(folder: Path, lang: str) -> Iterator[View]:
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
