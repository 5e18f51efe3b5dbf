"""`passline status`: what a node holds and whom it hears."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import click

from common.cli._lang import Verb, lang_option, language, option, pick
from common.cli._places import home_option, node_folders

DISK_COLOURS = ("", "yellow", "red")
"""By the disk's state: well, low, full."""


@click.command(
    "status",
    cls=Verb,
    short_help="What this machine's nodes hold and whom they hear.",
    short_zh="这台机器的节点存了什么、连着谁。",
    zh="显示 HOME 里的（或点名的）节点的状态。\n\n有节点没应答时退出码为 1。",
)
@home_option
@lang_option
@option(
    "--json",
    "as_json",
    is_flag=True,
    zh="以 JSON 输出角色、邻居、地址、进度。",
    en="Roles, peers, endpoints, vectors as JSON.",
)
@click.argument("names", nargs=-1, metavar="[NODE]…")
def command(home: Path, as_json: bool, names: tuple[str, ...]) -> None:
    """Tell the state of the nodes in HOME (or of those named); exit 1 if one does not answer."""
    told = _states(node_folders(home, names))
    if as_json:
        click.echo(json.dumps(told, ensure_ascii=False, indent=1))
    else:
        _show(told)
    if any("error" in state for state in told.values()):
        raise SystemExit(1)


def _states(folders: list[Path]) -> dict[str, dict[str, Any]]:
    """What each node says, or why it says nothing."""
    from common.node.talk import ask_each, no_answer

    states = ask_each(folders, "status")
    rosters = ask_each(list(states), "roles")
    return {
        folder.name: states[folder] | rosters[folder]
        if folder in rosters
        else {"error": no_answer(folder).text(language())}
        for folder in folders
    }


def _show(told: dict[str, dict[str, Any]]) -> None:
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    heads = pick("节点 角色 事件 邻居 缺 磁盘", "node roles events peers behind disk")
    table = Table(*heads.split())
    for name, state in told.items():
        if "error" in state:
            table.add_row(name, "", "", Text(pick("没有应答", "no answer"), "red"), "", "")
            continue
        roles = {node["name"]: " ".join(node["roles"]) for node in state["nodes"]}
        peers = Text(" ").join(map(_peer, state["peers"]))
        behind = str(len(state["behind"]))
        disk = state["disk"]
        room = Text(f"{disk['free_bytes'] / 2**30:.1f} GiB", DISK_COLOURS[disk["state"]])
        if disk["state"]:
            room.append(f" {_disk_word(disk['state'])}")
        table.add_row(name, roles.get(name, ""), str(state["last_commit"]), peers, behind, room)
    # Names are people's words, not markup.
    Console(markup=False).print(table)
    for name, state in told.items():
        if state.get("set_aside"):
            files = ", ".join(state["set_aside"])
            en = f"{name}: damaged files were set aside: {files}. Check its disk, then remove them."
            zh = f"{name}：损坏的文件已移到一边：{files}。请检查磁盘，然后删掉它们。"
            click.secho(pick(zh, en), fg="red", err=True)
    if any("error" in state for state in told.values()):
        en = "A node does not answer; is it running? (passline start)"
        click.echo(pick("有节点没有应答。它在运行吗？（passline start）", en), err=True)


def _peer(peer: dict[str, Any]) -> Any:
    """A peer's name, and what its disk makes it say."""
    from rich.text import Text

    name = Text(peer["name"], "green" if peer["up"] else "red")
    if peer["disk"]:
        name.append(f"({_disk_word(peer['disk'])})", DISK_COLOURS[min(peer["disk"], 2)])
    return name


def _disk_word(state: int) -> str:
    return pick("磁盘快满", "disk low") if state == 1 else pick("磁盘已满", "disk full")
