"""`passline start`: run this machine's nodes and screens and keep them running."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterable
from pathlib import Path

import click

from common.cli._lang import Verb, lang_option, language, option, pick
from common.cli._places import home_option, node_folders
from common.cli._screens import SCREEN_LOG, NoScreen, Screens
from common.node.lock import FolderInUse
from common.node.programs import node_argv
from common.node.supervisor import Child, Died, Started, Supervisor
from common.ui.display import has_display

LOOK_EVERY_S = 0.1
STOP_S = 10.0
NODE_LOG = "output.log"
TAKEN = frozenset({FolderInUse.exit_code})
"""How a node ends whose folder another process has: to start it again would change nothing."""


@click.command(
    "start",
    cls=Verb,
    short_help="Run this machine's nodes and screens, and watch over them.",
    short_zh="运行这台机器的节点和屏幕，并看护它们。",
    zh="运行 HOME 里的（或点名的）节点和屏幕，直到被停下。\n\n哪个退出了就重新启动。",
)
@home_option
@lang_option
@option("--kiosk", is_flag=True, zh="屏幕占满，关不掉。", en="Screens fill the panel and stay.")
@option("--no-screen", is_flag=True, zh="只运行节点。", en="Run the nodes alone.")
@click.argument("names", nargs=-1, metavar="[NODE]…")
def command(home: Path, kiosk: bool, no_screen: bool, names: tuple[str, ...]) -> None:
    """Run the nodes in HOME (or those named) and their screens; what dies is started again."""
    folders = node_folders(home, names)
    supervisor = Supervisor(
        Child(folder.name, node_argv(folder), folder / NODE_LOG, final=TAKEN) for folder in folders
    )
    stopped = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stopped.set())
    screens = Screens(_with_screens(folders, no_screen), supervisor, kiosk=kiosk)
    _tell(supervisor.start(), screens, home)
    taken = False
    while not (taken or stopped.wait(LOOK_EVERY_S)):
        _tell([*screens.tick(), *supervisor.tick()], screens, home)
        taken = all(supervisor.gave_up(folder.name) for folder in folders)
    if not taken:
        click.echo(pick("正在停下……", "stopping …"))
    screens.close()
    for name in supervisor.stop(STOP_S):
        click.echo(
            pick(f"{name} 没有及时停下，已强行结束。", f"{name} did not stop in time and was ended")
        )
    if taken:
        raise SystemExit(FolderInUse.exit_code)


def _with_screens(folders: list[Path], no_screen: bool) -> list[Path]:
    """The nodes whose screens are to be opened."""
    if no_screen:
        return []
    if not has_display():
        zh = "这里没有显示器，只运行节点。要屏幕请在桌面上运行；不要屏幕可加 --no-screen。"
        en = "no display here: the nodes run alone (for screens, start from the desktop)"
        click.echo(pick(zh, en))
        return []
    return folders


def _tell(seen: Iterable[Died | Started | NoScreen], screens: Screens, home: Path) -> None:
    for each in seen:
        match each:
            case Started(name, pid):
                click.echo(pick(f"{name} 在运行（pid {pid}）", f"{name} runs (pid {pid})"))
            case NoScreen(node):
                en = f"{node}: its role has no screen yet; the node runs"
                click.echo(pick(f"{node}：这个岗位还没有屏幕，节点照常运行。", en))
            case Died(name, code) if name in screens.opened and code in screens.opened[name].final:
                click.echo(pick(f"{name} 已关上。", f"{name} was closed"))
            case Died(name, code) if name not in screens.opened and code in TAKEN:
                click.echo(FolderInUse(home / name).text(language()))
            case Died(name, code):
                # One that was killed had no time to say why.
                log = SCREEN_LOG if name in screens.opened else NODE_LOG
                why = pick(f"，原因见 {log}", f", see {log}") if code > 0 else ""
                again = f"{name} ended with {code}{why}; it is started again"
                click.echo(pick(f"{name} 已退出（{code}）{why}；将重新启动。", again))
