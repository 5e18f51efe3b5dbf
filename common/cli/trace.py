"""`passline trace A31`: everything that happened to an order, and who had it when."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click

from common.cli._lang import lang_option, language
from common.cli._places import home_option, node_folders
from common.errors import KnownError


@click.command("trace", short_help="Everything that happened to an order.")
@home_option
@lang_option
@click.option("--node", "name", help="The node to ask; any of this machine by default.")
@click.option("--day", type=int, default=0, help="The business day as 20260131; default: newest.")
@click.option("--json", "as_json", is_flag=True, help="As JSON.")
@click.argument("order")
def command(home: Path, name: str | None, day: int, as_json: bool, order: str) -> None:
    """Tell the way of ORDER: a number (A31), a reference, or an order id."""
    from common.node.talk import ask_each, no_answer

    folders = node_folders(home, (name,) if name else ())
    answers = ask_each(folders, "trace", order=order, day=day)
    if not answers:
        raise no_answer(folders[0])
    told = next((answer for answer in answers.values() if answer is not None), None)
    if told is None:
        raise KnownError(
            f"no order {order} is known here" + (f" on {day}" if day else ""),
            f"这里没有单号 {order}" + (f"（{day}）。" if day else "。"),
        )
    if as_json:
        click.echo(json.dumps(told, ensure_ascii=False, indent=1))
    else:
        show_trace(told, language())


def show_trace(told: dict[str, Any], lang: str) -> None:
    """Print a trace as a table."""
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    head = f"{told['number']} · {told['channel']} · {told['table'] or '-'} · {told['state']}"
    heads = "时间 节点 事件 谁 送达" if lang == "zh" else "time node what who stored"
    table = Table(*heads.split(), title=Text(head), title_justify="left")
    for step in told["steps"]:
        stored = sorted(step["stored"], key=lambda each: str(each["node"]))
        places = " ".join(f"{each['node']} {_since(step['at'], each['at'])}" for each in stored)
        table.add_row(_clock(step["at"]), step["node"], step["kind"], step["actor"], places)
    console = Console(markup=False, highlight=False)  # names are people's words
    console.print(table)
    for line in told["lines"]:
        amount = f"{line['qty'] / 1000:g}{line['unit'] or ''}"
        console.print(f"  {amount} × {line[lang]}  {line['station'] or '*'}  {line['state']}")


def _clock(at: int) -> str:
    try:
        local = datetime.fromtimestamp(at / 1e6, UTC).astimezone()
    except (ValueError, OverflowError, OSError):
        return "?"  # another node's clock may say anything
    return local.strftime("%H:%M:%S.%f")[:-3]


def _since(at: int, stored_at: int) -> str:
    return f"+{max(0, stored_at - at) / 1000:.1f}ms"
