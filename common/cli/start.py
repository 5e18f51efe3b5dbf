"""`passline start`: run this machine's nodes and keep them running."""

from __future__ import annotations

import signal
import sys
import threading
from pathlib import Path

import click

from common.cli._lang import Verb, lang_option, pick
from common.cli._places import home_option, node_folders
from common.node.supervisor import Child, Died, Started, Supervisor

LOOK_EVERY_S = 0.2
STOP_S = 10.0
# -P: a folder named `common` where the person stands must not be taken for ours.
NODE = (sys.executable, "-P", "-m", "common.cli", "node", "--with-parent")


@click.command(
    "start",
    cls=Verb,
    short_help="Run this machine's nodes and keep them running.",
    short_zh="运行这台机器的节点，并看护它们。",
    zh="运行 HOME 里的（或点名的）节点，直到被停下。\n\n哪个退出了就重新启动。",
)
@home_option
@lang_option
@click.argument("names", nargs=-1, metavar="[NODE]…")
def command(home: Path, names: tuple[str, ...]) -> None:
    """Run the nodes in HOME (or those named) until stopped; one that dies is started again."""
    folders = node_folders(home, names)
    supervisor = Supervisor(
        Child(
            folder.name,
            [*NODE, str(folder.resolve())],
            folder / "output.log",
        )
        for folder in folders
    )
    stopped = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stopped.set())
    _tell(supervisor.start())
    while not stopped.wait(LOOK_EVERY_S):
        _tell(supervisor.tick())
    click.echo(pick("正在停下……", "stopping …"))
    for name in supervisor.stop(STOP_S):
        click.echo(
            pick(f"{name} 没有及时停下，已强行结束。", f"{name} did not stop in time and was ended")
        )


def _tell(seen: list[Started] | list[Died | Started]) -> None:
    for each in seen:
        if isinstance(each, Started):
            name, pid = each
            click.echo(pick(f"{name} 在运行（pid {pid}）", f"{name} runs (pid {pid})"))
        else:
            name, code = each
            # One that was killed had no time to say why.
            why = pick("，原因见它的 output.log", ", see its output.log") if code > 0 else ""
            again = f"{name} ended with {code}{why}; it is started again"
            click.echo(pick(f"{name} 已退出（{code}）{why}；将重新启动。", again))
