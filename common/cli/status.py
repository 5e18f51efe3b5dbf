"""`passline status`: what a node holds and whom it hears."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import click

from common.cli._places import home_option, node_folders
from common.errors import KnownError
from common.node.talk import ask_once


@click.command("status", short_help="What this machine's nodes hold and whom they hear.")
@home_option
@click.option("--json", "as_json", is_flag=True, help="Roles, peers, endpoints, vectors as JSON.")
@click.argument("names", nargs=-1, metavar="[NODE]…")
def command(home: Path, as_json: bool, names: tuple[str, ...]) -> None:
    """Tell the state of the nodes in HOME (or of those named); exit 1 if one does not answer."""
    told = {folder.name: _state(folder) for folder in node_folders(home, names)}
    if as_json:
        click.echo(json.dumps(told, ensure_ascii=False, indent=1))
    else:
        _show(told)
    if any("error" in state for state in told.values()):
        raise SystemExit(1)


def _state(folder: Path) -> dict[str, Any]:
    try:
        state: dict[str, Any] = ask_once(folder, "status")
        state |= ask_once(folder, "roles")
    except KnownError as error:
        return {"error": str(error)}
    return state


def _show(told: dict[str, dict[str, Any]]) -> None:
    from rich.console import Console
    from rich.table import Table

    table = Table("node", "roles", "events", "peers", "behind")
    for name, state in told.items():
        if "error" in state:
            table.add_row(name, "", "", f"[red]{state['error']}[/]", "")
            continue
        roles = {node["name"]: " ".join(node["roles"]) for node in state["nodes"]}
        peers = " ".join(
            f"[{'green' if peer['up'] else 'red'}]{peer['name']}[/]" for peer in state["peers"]
        )
        behind = str(len(state["behind"]))
        table.add_row(name, roles.get(name, ""), str(state["last_commit"]), peers, behind)
    Console().print(table)
