"""`passline demo`: the sample restaurant on your desktop, with robots as guests and staff."""

from __future__ import annotations

import json
import math
import time
from collections.abc import Sequence
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import click

import common
from common.cli._lang import Verb, lang_option, language, option, pick
from common.cli._screens import Window
from common.cli._watching import View, watching
from common.cli.rehearse import read_scenario, show, with_interrupts
from common.cli.trace import show_trace
from common.domain.house import EXPO
from common.errors import KnownError
from common.node.programs import screen_argv
from common.rehearsal.plan import COUNTER_ROLE
from common.rehearsal.words import say
from common.ui.display import has_display

if TYPE_CHECKING:
    from common.rehearsal.plan import Plan
    from common.rehearsal.rehearsal import Wishes
    from common.rehearsal.scenario import Scenario
    from common.rehearsal.stage import Stage

SAMPLE = Path(common.__file__).parents[1] / "resources" / "sample"
SAMPLE_BEGINS = datetime.fromisoformat("2026-11-20T11:20:00+08:00")
SAMPLE_GAP = timedelta(seconds=45)
"""When the sample's orders came, by its README."""
OUT = Path("demo-out")
REPORT = "report.json"
BY_HAND = (COUNTER_ROLE, "wok", "cold", EXPO)
"""The windows, as they stand on the desktop."""
COOKING = ("wok", "cold")
ROBOTS_FOR_S = 30
ROBOTS_RATE = 1.5
"""Orders a second: a Friday noon in a hurry."""
HAND_RATE = 0.25
HAND_PACE_S = 8.0
"""What a person keeps up with, and how long the robots take over a step meanwhile."""


@click.command(
    "demo",
    cls=Verb,
    short_help="The sample restaurant on your desktop.",
    short_zh="在桌面上开一家示范餐厅。",
    zh="收银台、炒锅、凉菜、传菜口四个窗口归你，机器人是客人和帮手。\n\n"
    "没有显示器时全是机器人，图片和报告在 demo-out/。",
)
@option(
    "--seconds",
    type=click.IntRange(10, 3600),
    zh="多久（秒）；默认到关上窗口，没有显示器时 30。",
    en="How long; default: until you close the window, 30 without a display.",
)
@lang_option
def command(seconds: int | None) -> None:
    """Counter, wok, cold and pass are four windows; robots are guests and lend a hand.

    Without a display robots work all, and pictures and the report are left in demo-out/.
    """
    with_interrupts(language())
    if has_display():
        _by_hand(seconds)
    else:
        _by_robots(seconds or ROBOTS_FOR_S)


def _by_hand(seconds: int | None) -> None:
    from common.rehearsal.rehearsal import home_for

    click.echo(_try_this())
    with home_for(None) as home:
        wishes = _wishes(_orders(home, HAND_RATE), HAND_RATE, HAND_PACE_S, by_hand=BY_HAND)
        played = _play(home, wishes, seconds)
    _show_trace(played)


def _by_robots(seconds: int) -> None:
    from rich.console import Console

    from common.rehearsal.rehearsal import home_for, report_of
    from common.rehearsal.report import write_report

    start = time.monotonic()
    _make_room()
    shots = ("--offscreen", "--shots", str(OUT.resolve()), *_speaking())
    with home_for(None) as home:
        # The last order comes early enough to be served in time, whatever its cooks take.
        orders = _orders(home, ROBOTS_RATE, math.ceil(seconds * 0.7 * ROBOTS_RATE))
        wishes = _wishes(
            orders,
            ROBOTS_RATE,
            seconds / 12,
            screens=COOKING,
            onlookers=tuple(role for role in BY_HAND if role not in COOKING),
            screen=lambda folder, role: screen_argv(folder, role, *shots),
        )
        played = _play(home, wishes, None)
        report = report_of(home, wishes, played.plan, played.scenario, played.stage, start)
    _show_trace(played)
    show(Console(highlight=False), report, played.scenario, language())
    write_report(report, OUT / REPORT)
    click.echo(
        pick(f"每块屏幕的图片和报告在 {OUT}/。", f"Pictures of each screen, the report: {OUT}/")
    )
    if not report.ok:
        raise SystemExit(1)


def _make_room() -> None:
    """A folder for what is left, without the pictures of the last time. Raises KnownError."""
    try:
        OUT.mkdir(exist_ok=True)
        for old in OUT.glob("*s.png"):
            old.unlink()
    except OSError as error:
        why = error.strerror
        raise KnownError(say("unwritable", language(), path=OUT, why=why)) from error


class Played(NamedTuple):
    """A play that is over, and the way of one order through it."""

    plan: Plan
    scenario: Scenario
    stage: Stage
    told: dict[str, Any] | None


def _play(home: Path, wishes: Wishes, seconds: int | None) -> Played:
    """Serve what is ordered, until all is, the person's window is closed or time is up."""
    from common.rehearsal.rehearsal import prepare
    from common.rehearsal.stage import Stage

    scenario = read_scenario(wishes.menu, wishes.orders, 1, language())
    plan = prepare(home, wishes, scenario)
    click.echo(say("starting", language(), nodes=len(plan.nodes)))
    ends = math.inf if seconds is None else time.monotonic() + seconds
    with (
        Stage(home, plan, [], wishes.screen) as stage,
        watching(home / plan.expo, language()) as view,
        ExitStack() as windows,
    ):
        count = len(wishes.by_hand)
        opened = [
            windows.enter_context(
                Window(home / plan.places[role], role, "--tile", f"{nth}/{count}", *_speaking())
            )
            for nth, role in enumerate(wishes.by_hand, 1)
        ]

        def enough() -> bool:
            over = bool(opened) and all(window.closed for window in opened)
            return over or time.monotonic() > ends

        stage.run(view.hear, view.look, enough)
        view.finish()
        return Played(plan, scenario, stage, _trace(home, plan.nodes, view))


def _wishes(orders: Path, rate: float, pace: float, **more: Any) -> Wishes:
    from common.rehearsal.rehearsal import Wishes

    return Wishes(
        menu=SAMPLE / "menu.json",
        floor=SAMPLE / "floor.json",
        orders=orders,
        rate=rate,
        pace=pace,
        starts=1.0,
        calibrate=False,
        **more,
    )


def _orders(home: Path, rate: float, many: int | None = None) -> Path:
    """The sample's first orders, due as long after they come as in the sample."""
    path = home / "demo-orders.jsonl"
    begun = datetime.now(UTC)
    with (SAMPLE / "orders.jsonl").open(encoding="utf-8") as lines, path.open("wb") as orders:
        for nth, line in enumerate(islice(lines, many)):
            order = json.loads(line)
            if order["due_at"]:
                waits = datetime.fromisoformat(order["due_at"]) - SAMPLE_BEGINS - nth * SAMPLE_GAP
                order["due_at"] = (begun + timedelta(seconds=nth / rate) + waits).isoformat()
            orders.write(json.dumps(order, ensure_ascii=False).encode() + b"\n")
    return path


def _speaking() -> tuple[str, str]:
    return "--lang", "zh_CN" if language() == "zh" else "en"


def _try_this() -> str:
    zh = """四个窗口归你：收银台、炒锅、凉菜、传菜口。机器人当别桌的客人，帮着做他们的菜。试试看：
  收银台：点一张空桌，打 gbjd（宫保鸡丁）回车，再点几个菜，F12 下单。
  炒锅、凉菜：你的单只等你来做。点一道菜：开做；再点：完成；点抬头：整单完成。
  传菜口：点抬头上菜。收银台桌台页（F4）看每一步的时间。
  F1 看所有按键，F2 换语言。关上全部窗口就结束。"""
    en = """Four windows are yours: counter, wok, cold, pass. Robots are the guests of other tables
and cook for them. Try this:
  Counter: pick a free table, type gbjd (Kung Pao chicken) or its name, Enter, some more, F12 sends.
  Wok, cold: your orders wait for you. Tap a dish: started; again: ready; its header: all ready.
  Pass: tap the header to serve. The counter's tables (F4) show when each step happened.
  F1 shows every key, F2 the other language. Close all the windows to end."""
    return pick(zh, en)


def _show_trace(played: Played) -> None:
    if played.told:
        click.echo("\n" + say("demo_trace", language()))
        show_trace(played.told, language())


def _trace(home: Path, nodes: Sequence[str], view: View) -> dict[str, Any] | None:
    """The way of the order to which most happened; each node knows who stored its own events."""
    from common.node.talk import ask_once

    order = view.busiest()
    if order is None:
        return None
    told: list[dict[str, Any]] = [ask_once(home / name, "trace", order=order) for name in nodes]
    if not all(told):
        return None
    steps = [step for each in told for step in each["steps"]]
    stored = {step["event"]: step["stored"] for step in steps if step["stored"]}
    for step in told[0]["steps"]:
        step["stored"] = stored.get(step["event"], [])
    return told[0]
