"""One rehearsal from the files to the report."""

from __future__ import annotations

import json
import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import msgspec

from common.rehearsal.audit import Audit, percentile
from common.rehearsal.evidence import Mirror, Told
from common.rehearsal.fleet import Cast, ScreenArgv, found, screen_argv
from common.rehearsal.floor import RESULTS
from common.rehearsal.journal import JOURNAL
from common.rehearsal.pacing import HOW_MAX, HOW_RATE, STRETCH, WARM_UP
from common.rehearsal.plan import FLOOR, FLOOR_PLAN, MENU, ORDERS, Plan, write_plan
from common.rehearsal.report import (
    Calibration,
    Kill,
    Milliseconds,
    RefusedLine,
    Report,
    keep_report,
)
from common.rehearsal.scenario import Scenario, facts
from common.rehearsal.stage import Stage, Watch


class Wishes(msgspec.Struct, frozen=True, kw_only=True):
    """How a rehearsal is to go; no rate means as fast as the nodes take it.

    `pace`, `starts`, `by_hand`, `screens` and `onlookers` are the plan's; a rehearsal measures
    machines, and so its staff is quick. `screen` says how a screen is started, `floor` where the
    tables' names are.
    """

    menu: Path
    orders: Path
    floor: Path | None = None
    rate: float | None = None
    changes: int | None = 1
    kills: tuple[Kill, ...] = ()
    keep: Path | None = None
    pace: float = 0.0
    starts: float = 0.2
    calibrate: bool = True
    by_hand: tuple[str, ...] = ()
    screens: tuple[str, ...] = ()
    onlookers: tuple[str, ...] = ()
    screen: ScreenArgv = screen_argv


def rehearse(wishes: Wishes, scenario: Scenario, watch: Watch) -> Report:
    """Play a scenario that was read from the wished files. Raises KnownError, OSError."""
    start = time.monotonic()
    with home_for(wishes.keep) as home:
        plan = prepare(home, wishes, scenario)
        with Stage(home, plan, list(wishes.kills), wishes.screen) as stage:
            stage.run(watch)
        watch({"say": "audit"})
        report = report_of(home, wishes, plan, scenario, stage, start)
        keep_report(report, home)
        return report


@contextmanager
def home_for(keep: Path | None) -> Iterator[Path]:
    """The folder for everything: the one to keep, or one that goes away again."""
    if keep is not None:
        keep.mkdir(parents=True, exist_ok=True)
        yield keep
        return
    with tempfile.TemporaryDirectory(prefix="passline-", ignore_cleanup_errors=True) as home:
        yield Path(home)


def prepare(home: Path, wishes: Wishes, scenario: Scenario) -> Plan:
    """Found the store and leave the robots their plan. Raises KnownError."""
    cast = Cast(scenario.stations)
    shutil.copyfile(wishes.menu, home / MENU)
    shutil.copyfile(wishes.orders, home / ORDERS)
    if wishes.floor is not None:
        shutil.copyfile(wishes.floor, home / FLOOR_PLAN)
    plan = Plan(
        host=found(home, cast, scenario.menu.currency),
        nodes=tuple(cast.nodes),
        counter=cast.counter,
        expo=cast.expo,
        stations=cast.stations,
        changes=wishes.changes,
        rate=wishes.rate,
        pace=wishes.pace,
        starts=wishes.starts,
        calibrate=wishes.calibrate,
        by_hand=wishes.by_hand,
        screens=wishes.screens,
        onlookers=wishes.onlookers,
    )
    write_plan(home, plan)
    return plan


def report_of(
    home: Path, wishes: Wishes, plan: Plan, scenario: Scenario, stage: Stage, start: float
) -> Report:
    """What the files tell once the stage is empty; `start` is when it all began."""
    told = Told(home / JOURNAL)
    mirrors = [Mirror(home / name) for name in plan.nodes]
    audit = Audit(mirrors, told, scenario.scripts, plan.screens, plan.onlookers)
    finished = stage.finished or {}
    settled = bool(finished.get("settled"))
    return Report(
        nodes=len(plan.nodes),
        refused=_refused(scenario, told),
        stored_ms=Milliseconds.of(audit.stored_us()),
        round_trip_ms=Milliseconds.of(audit.round_trip_us()),
        wall_s=round(time.monotonic() - start, 3),
        service_s=finished.get("service_s", 0.0),
        calibration=_calibration(home, wishes.rate),
        peak_rss_mb=stage.fleet.peak_mb,
        rate=wishes.rate,
        max=wishes.rate is None,
        changes=facts(scenario.scripts, wishes.changes),
        kills=stage.kills,
        finished=settled,
        surprises=stage.fleet.surprises,
        screens=list(plan.screens),
        onlookers=list(plan.onlookers),
        rows={mirror.name: mirror.rows() for mirror in mirrors},
        **audit.counts()._asdict(),
    )


def _refused(scenario: Scenario, told: Told) -> list[RefusedLine]:
    """What the reader refused and what the counter did, by line."""
    refused = [RefusedLine(each.line, each.reason.code) for each in scenario.refused]
    for cmd_id, code in told.declined.items():
        line = told.sent[cmd_id].line
        if line:
            refused.append(RefusedLine(line, code))
    return sorted(refused, key=lambda each: each.line)


def _calibration(home: Path, rate: float | None) -> Calibration | None:
    path = home / FLOOR / RESULTS
    if not path.exists():
        return None
    ms = [took / 1000 for took, _, _ in json.loads(path.read_text(encoding="ascii"))]
    how = (HOW_MAX if rate is None else HOW_RATE).format(stretch=STRETCH - WARM_UP)
    p50, p99 = percentile(ms, 0.5), percentile(ms, 0.99)
    return Calibration(p50, p99, max(ms, default=None), len(ms), how)
