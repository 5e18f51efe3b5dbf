"""`passline rehearse`: the whole restaurant without hands, on anyone's menu and orders."""

from __future__ import annotations

import signal
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, NoReturn

import click

from common.cli._lang import Verb, lang_option, language, option
from common.errors import KnownError
from common.rehearsal.words import say

if TYPE_CHECKING:
    from rich.console import Console

    from common.rehearsal.rehearsal import Wishes
    from common.rehearsal.report import Kill, Report
    from common.rehearsal.scenario import Scenario

_REFUSALS_SHOWN = 20

FILE = click.Path(path_type=Path, dir_okay=False)


@click.command(
    "rehearse",
    cls=Verb,
    short_help="Play a whole restaurant on your menu and orders.",
    short_zh="用你的菜单和订单排演整个餐厅。",
    zh="柜台、各档口、传菜口各一个节点，由机器人操作。\n\n每一单都核对到底。",
)
@option("--menu", type=FILE, required=True, zh="菜单，JSON。", en="The menu, as JSON.")
@option(
    "--orders",
    type=FILE,
    required=True,
    zh="订单，每行一个 JSON 对象。",
    en="The orders, one JSON object a line.",
)
@option(
    "--rate",
    type=click.FloatRange(min=0, min_open=True),
    zh="每秒几单。",
    en="Orders per second.",
)
@option(
    "--max",
    "fastest",
    is_flag=True,
    zh="节点多快就多快（默认）。",
    en="As fast as the nodes take them (default).",
)
@option(
    "--changes",
    default="1",
    show_default=True,
    metavar="SEED|off",
    zh="随机加菜、退菜、催菜的种子。",
    en="Seed of the adds, voids and rushes that are drawn.",
)
@option(
    "--kill",
    "kills",
    multiple=True,
    metavar="NODE@SECONDS",
    zh="到第几秒杀掉一个节点；可多次。",
    en="kill -9 a node then; repeatable.",
)
@option(
    "--screens",
    type=click.Choice(["none", "offscreen"]),
    default="none",
    show_default=True,
    zh="每个档口开一块看不见的屏幕。",
    en="Open each station's screen, unseen.",
)
@option("--json", "out", type=FILE, zh="报告也写到这里。", en="Write the report there as well.")
@option(
    "--keep",
    type=click.Path(path_type=Path, file_okay=False),
    zh="全部文件留在这个空文件夹。",
    en="Keep every file in there; it must be empty.",
)
@lang_option
def command(**given: Any) -> None:
    """One node for the counter, each station and the pass; robots; every order followed up."""
    from common.rehearsal.rehearsal import rehearse
    from common.rehearsal.report import write_report

    asked = Asked(**given)
    lang = language()
    wishes, scenario = _wishes(asked, lang)
    with_interrupts(lang)
    console = _console()
    report = rehearse(wishes, scenario, _progress(console, scenario, lang))
    if asked.out is not None:
        write_report(report, asked.out)
    show(console, report, scenario, lang)
    if asked.keep is not None:
        console.print(say("kept", lang, path=asked.keep), markup=False)
    sys.exit(0 if report.ok else 1)


class Asked(NamedTuple):
    """The command line as it was typed."""

    menu: Path
    orders: Path
    rate: float | None
    fastest: bool
    changes: str
    kills: tuple[str, ...]
    screens: str
    out: Path | None
    keep: Path | None


def _wishes(asked: Asked, lang: str) -> tuple[Wishes, Scenario]:
    """Everything read and checked before anything is started. Raises KnownError."""
    from common.rehearsal.rehearsal import Wishes

    if asked.rate is not None and asked.fastest:
        raise KnownError(say("rate_or_max", lang))
    if asked.keep is not None and asked.keep.exists() and any(asked.keep.iterdir()):
        raise KnownError(say("not_empty", lang, path=asked.keep))
    seed = read_seed(asked.changes, lang)
    scenario = read_scenario(asked.menu, asked.orders, seed, lang)
    wishes = Wishes(
        menu=asked.menu,
        orders=asked.orders,
        rate=asked.rate,
        changes=seed,
        kills=tuple(read_kill(text, scenario, lang) for text in asked.kills),
        keep=asked.keep,
        screens=tuple(scenario.stations) if asked.screens == "offscreen" else (),
    )
    _try_places(asked, lang)
    return wishes, scenario


def _try_places(asked: Asked, lang: str) -> None:
    """Find out now, not when all is played, that nothing can be written. Raises KnownError."""
    try:
        if asked.keep is not None:
            asked.keep.mkdir(parents=True, exist_ok=True)
        if asked.out is not None:
            asked.out.open("ab").close()
    except OSError as error:
        why = error.strerror
        raise KnownError(say("unwritable", lang, path=error.filename, why=why)) from error


def read_seed(changes: str, lang: str) -> int | None:
    """`--changes` as a seed; None for off. Raises KnownError."""
    if changes.lower() == "off":
        return None
    try:
        return int(changes)
    except ValueError:
        raise KnownError(say("bad_changes", lang)) from None


def read_scenario(menu: Path, orders: Path, seed: int | None, lang: str) -> Scenario:
    """The files, read before anything is started. Raises KnownError."""
    from common.domain.reasons import Refused
    from common.rehearsal.scenario import load

    try:
        scenario = load(menu, orders, seed)
    except Refused as refused:
        raise KnownError(
            say("bad_menu", lang, path=menu, why=refused.reason.text(lang))
        ) from refused
    except FileNotFoundError as error:
        raise KnownError(say("no_file", lang, path=error.filename)) from error
    except OSError as error:
        raise KnownError(
            say("unreadable", lang, path=error.filename, why=error.strerror)
        ) from error
    if not scenario.scripts:
        raise KnownError(say("no_orders", lang, path=orders))
    return scenario


def read_kill(text: str, scenario: Scenario, lang: str) -> Kill:
    """`--kill` as it was typed. Raises KnownError."""
    from common.rehearsal.fleet import Cast
    from common.rehearsal.report import Kill

    cast = Cast(scenario.stations)
    name, _, seconds = text.rpartition("@")
    try:
        at_s = float(seconds)
    except ValueError:
        at_s = -1.0
    if not name or not 0 <= at_s < 24 * 3600:
        raise KnownError(say("bad_kill", lang, text=text, example=cast.expo))
    node = cast.find(name)
    if node is None:
        raise KnownError(say("no_node", lang, name=name, names=", ".join(cast.nodes)))
    return Kill(node, at_s)


def with_interrupts(lang: str) -> None:
    """Have Ctrl-C and a polite request to end alike end everything in good order."""
    numbers = (signal.SIGTERM, signal.SIGINT)

    def stop(_number: int, _frame: object) -> NoReturn:
        for number in numbers:  # a second one must not end us before the nodes have
            signal.signal(number, signal.SIG_IGN)
        raise KnownError(say("stopped", lang))

    for number in numbers:
        signal.signal(number, stop)


def _console() -> Console:
    from rich.console import Console

    return Console(highlight=False)


def _progress(console: Console, scenario: Scenario, lang: str) -> Callable[[dict[str, Any]], None]:
    from common.rehearsal.fleet import Cast

    total = len(scenario.scripts)
    nodes = len(Cast(scenario.stations).nodes)
    console.print(say("starting", lang, nodes=nodes))
    last = [0]

    def watch(said: dict[str, Any]) -> None:
        if said["say"] == "audit":
            console.print(say("auditing", lang))
        elif said["say"] == "progress":
            part = said["served"] * 10 // total
            if part > last[0] or said["served"] == total:
                last[0] = part
                facts = {name: said[name] for name in ("submitted", "accepted", "served")}
                console.print(say("playing", lang, total=total, **facts))

    return watch


def show(console: Console, report: Report, scenario: Scenario, lang: str) -> None:
    """Tell people how it went."""
    from rich.table import Table

    for refusal in scenario.refused[:_REFUSALS_SHOWN]:
        why = refusal.reason.text(lang)
        console.print(say("refused_line", lang, line=refusal.line, why=why), markup=False)
    if len(scenario.refused) > _REFUSALS_SHOWN:
        console.print("…")
    table = Table(show_header=False, title=say("title", lang), title_justify="left")
    for name, value in _rows(report, lang):
        table.add_row(name, value)
    console.print(table)
    for kill in report.kills:
        what = "kill" if kill.done else "kill_missed"
        console.print(say(what, lang, node=kill.node, at=f"{kill.at_s:g}"), markup=False)
    for surprise in report.surprises:
        console.print(surprise, markup=False)
    if not report.finished:
        console.print(say("not_finished", lang))
    verdict = say("passed" if report.ok else "failed", lang)
    console.print(verdict, style="bold green" if report.ok else "bold red")


def _rows(report: Report, lang: str) -> list[tuple[str, str]]:
    counts = ("orders", "lines", "stored", "served", "lost", "unexpected", "duplicates")
    rows = [(say(name, lang), str(getattr(report, name))) for name in counts]
    rows.append((say("shown", lang), _shown(report, lang)))
    rows.append((say("refused", lang), str(len(report.refused))))
    rows.append((say("mirrors_equal", lang), say("yes" if report.mirrors_equal else "no", lang)))
    for name, spread in (("stored_ms", report.stored_ms), ("round_trip_ms", report.round_trip_ms)):
        rows.append((say(name, lang), _spread(spread.p50, spread.p99, spread.max)))
    floor = report.calibration
    if floor is not None:
        spread_text = _spread(floor.floor_p50_ms, floor.floor_p99_ms, floor.floor_max_ms)
        rows.append((say("floor_ms", lang), spread_text))
    for name in ("service_s", "wall_s", "peak_rss_mb"):
        value = getattr(report, name)
        rows.append((say(name, lang), "–" if value is None else f"{value:.1f}"))
    return rows


def _shown(report: Report, lang: str) -> str:
    return f"{report.shown} / {report.tickets}" if report.screens else say("no_screens", lang)


def _spread(p50: float | None, p99: float | None, most: float | None) -> str:
    named = (("p50", p50), ("p99", p99), ("max", most))
    return "  ".join(f"{name} {'–' if ms is None else f'{ms:.1f}'}" for name, ms in named)
