"""`passline trace A31`: everything that happened to an order, and who had it when."""

from __future__ import annotations

import itertools
import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from common.cli._lang import Verb, lang_option, language, option
from common.cli._places import home_option, node_folders
from common.domain.money import text
from common.errors import KnownError
from common.rehearsal.words import say, word

if TYPE_CHECKING:
    from rich.table import Table


@click.command(
    "trace",
    cls=Verb,
    short_help="Everything that happened to an order.",
    short_zh="一单从头到尾发生的事。",
    zh="显示一单的全程。\n\nORDER 是单号（A31）、来源编号或订单 id。",
)
@home_option
@lang_option
@option(
    "--node",
    "name",
    zh="问哪个节点；默认本机任意一个。",
    en="The node to ask; any of this machine by default.",
)
@option(
    "--day",
    type=click.IntRange(0, 99991231),
    default=0,
    metavar="YYYYMMDD",
    zh="营业日，如 20260131；默认最近一天。",
    en="The business day as 20260131; default: newest.",
)
@option(
    "--json",
    "as_json",
    is_flag=True,
    zh="以 JSON 输出，含各节点的时间。",
    en="As JSON, with each node's time.",
)
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
    if name and lacking(told["deliveries"]):
        others = [folder for folder in node_folders(home, ()) if folder not in answers]
        answers |= ask_each(others, "trace", order=order, day=day)
    merge(told["deliveries"], [other["deliveries"] for other in answers.values() if other])
    if lacking(told["deliveries"]):
        states = ask_each(list(answers)[:1], "status")
        told["heard"] = {name: at for state in states.values() for name, at in _heard(state)}
    if as_json:
        click.echo(json.dumps(told, ensure_ascii=False, indent=1))
    else:
        show_trace(told, language())


def lacking(deliveries: list[dict[str, Any]]) -> bool:
    """Whether there is news of which it is not known that a holder of its role has it."""
    return any(row["holders"] and not row["stored"] for row in deliveries)


def merge(deliveries: list[dict[str, Any]], others: list[list[dict[str, Any]]]) -> None:
    """Add what other nodes know of who has what since when."""
    rows = {(row["role"], row["event"]): row for row in deliveries}
    for other in itertools.chain.from_iterable(others):
        row = rows.get((other["role"], other["event"]))
        if row is not None:
            known = {each["node"] for each in row["stored"]}
            row["stored"] += [each for each in other["stored"] if each["node"] not in known]


def _heard(state: dict[str, Any]) -> Iterator[tuple[str, int | None]]:
    """Each peer and the mesh time of its last word; None if there was none since the start."""
    for peer in state["peers"]:
        silent = peer["silent_ms"]
        yield peer["name"], None if silent is None else state["mesh"] - silent * 1000


def show_trace(told: dict[str, Any], lang: str) -> None:
    """Print a trace as a table."""
    from rich.box import SIMPLE_HEAD
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    name = told["table_name"]
    place = (name[lang] if name else told["table"]) or "-"
    channel, state = word(told["channel"], lang), word(told["state"], lang)
    head = f"{told['number']} · {channel} · {place} · {state}"
    heads = "时间 节点 事件 谁 别处存下" if lang == "zh" else "time node what who elsewhere"
    table = Table(
        *heads.split(),
        title=Text(head),
        title_justify="left",
        box=SIMPLE_HEAD,
        padding=(0, 1, 0, 0),
    )
    for step in told["steps"]:
        what = word(step["kind"], lang)
        table.add_row(_clock(step["at"]), step["node"], what, step["actor"], _elsewhere(step))
    console = Console(markup=False, highlight=False)  # names are people's words
    console.print(table)
    for line in told["lines"]:
        state = word(line["state"], lang)
        amount = f"{line['qty'] / 1000:g}{line['unit'] or ''}"
        console.print(f"  {amount} × {line[lang]}  {line['station'] or '*'}  {state}")
    if told["deliveries"]:
        console.print(_ways(told, lang))
    for said in _bill(told["bill"], lang):
        console.print(f"  {said}")


def _ways(told: dict[str, Any], lang: str) -> Table:
    """For each role when the last of its news was saved, stored, shown and seen; if all were."""
    from rich.box import SIMPLE_HEAD
    from rich.table import Table

    heads = "给谁 存下 送到 显示 看过" if lang == "zh" else "for saved stored shown seen"
    table = Table(*heads.split(), box=SIMPLE_HEAD, padding=(0, 1, 0, 0))
    by_role: dict[str, list[dict[str, Any]]] = {}
    for row in told["deliveries"]:
        by_role.setdefault(row["role"], []).append(row)
    for role, rows in by_role.items():
        saved = max((row["saved"] for row in rows), key=lambda saved: saved["at"])
        stored = _stored(rows, told.get("heard", {}), lang)
        table.add_row(role, _place(saved), stored, _all(rows, "shown"), _all(rows, "seen"))
    return table


def _stored(rows: list[dict[str, Any]], heard: dict[str, int | None], lang: str) -> str:
    """When the first holder had each, the last of them; or since when nobody can say."""
    missing = [row for row in rows if not row["stored"]]
    if not missing:
        firsts = [min(row["stored"], key=lambda stored: stored["at"]) for row in rows]
        return _place(max(firsts, key=lambda stored: stored["at"]))
    holders = missing[0]["holders"]
    times = [at for holder in holders if (at := heard.get(holder)) is not None]
    if times:
        return say("unknown_since", lang, at=_clock(max(times)))
    return word("unknown", lang) if holders else ""


def _place(known: dict[str, Any]) -> str:
    return f"{_clock(known['at'])} {known['node']}"


def _all(rows: list[dict[str, Any]], what: str) -> str:
    """The time of the last, if there is one for each."""
    times = [row[what] for row in rows]
    return "" if None in times else _clock(max(times))


def _bill(bill: dict[str, Any], lang: str) -> Iterator[str]:
    """What it costs; where a counter of ours asks for the money, what was paid and what is due."""
    currency = bill["currency"]
    amounts = {name: text(abs(bill[name]), currency) for name in ("total", "paid", "due")}
    yield say("bill_total", lang, currency=currency, **amounts)
    if bill["payment"] or bill["payments"]:
        yield say("bill_over" if bill["due"] < 0 else "bill_due", lang, **amounts)
    for payment in bill["payments"]:
        yield f"{_clock(payment['at'])}  {text(payment['amount'], currency)}  {payment['method']}"


def _clock(at: int) -> str:
    try:
        local = datetime.fromtimestamp(at / 1e6, UTC).astimezone()
    except (ValueError, OverflowError, OSError):
        return "?"  # another node's clock may say anything
    return local.strftime("%H:%M:%S.%f")[:-3]


def _elsewhere(step: dict[str, Any]) -> str:
    """On how many other nodes an event was stored, how soon on the first and on the last."""
    times = sorted(max(0, each["at"] - step["at"]) / 1000 for each in step["stored"])
    if not times:
        return ""
    return f"{len(times)}× +{times[0]:.0f}…{times[-1]:.0f} ms"
