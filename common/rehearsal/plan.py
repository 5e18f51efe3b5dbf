"""What the robots' process is told, and the names of what a rehearsal keeps in its folder."""

from __future__ import annotations

from pathlib import Path

import msgspec

PLAN = "plan.json"
MENU = "menu.json"
ORDERS = "orders.jsonl"
FLOOR_PLAN = "floor.json"
REPORT = "report.json"
FLOOR = "floor"


class Plan(msgspec.Struct, frozen=True, kw_only=True):
    """A rehearsal's cast: `nodes` names the folders, `stations` the node of each station.

    `pace` is the seconds that staff takes over a step, `starts` the share of tickets whose start is
    told. No robot stands at the stations `by_hand`. At `screens` stand both a screen and a robot,
    who cooks only what it shows.
    """

    host: str
    nodes: tuple[str, ...]
    counter: str
    expo: str
    stations: dict[str, str]
    changes: int | None
    rate: float | None
    pace: float = 0.0
    starts: float = 0.2
    calibrate: bool = True
    by_hand: tuple[str, ...] = ()
    screens: tuple[str, ...] = ()


def write_plan(home: Path, plan: Plan) -> None:
    """Leave the plan for the robots' process."""
    (home / PLAN).write_bytes(msgspec.json.format(msgspec.json.encode(plan)))


def read_plan(home: Path) -> Plan:
    """The plan that was left."""
    return msgspec.json.decode((home / PLAN).read_bytes(), type=Plan)
