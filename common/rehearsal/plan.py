"""What the robots' process is told, and the names of what a rehearsal keeps in its folder."""

from __future__ import annotations

from pathlib import Path

import msgspec

from common.domain.house import COUNTER, EXPO

PLAN = "plan.json"
MENU = "menu.json"
ORDERS = "orders.jsonl"
FLOOR_PLAN = "floor.json"
REPORT = "report.json"
FLOOR = "floor"
COUNTER_ROLE = f"{COUNTER}-1"


class Plan(msgspec.Struct, frozen=True, kw_only=True):
    """A rehearsal's cast: `nodes` names the folders, `stations` the node of each station.

    `pace` is the seconds that staff takes over a step, `starts` the share of tickets whose start is
    told. Where somebody works `by_hand`, robots leave alone what no robot ordered. At `screens`
    stand both a screen and a robot, who cooks only what it shows; `onlookers` are further roles
    with a screen.
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
    onlookers: tuple[str, ...] = ()

    @property
    def places(self) -> dict[str, str]:
        """The node of each role."""
        return {**self.stations, EXPO: self.expo, COUNTER_ROLE: self.counter}


def write_plan(home: Path, plan: Plan) -> None:
    """Leave the plan for the robots' process."""
    (home / PLAN).write_bytes(msgspec.json.format(msgspec.json.encode(plan)))


def read_plan(home: Path) -> Plan:
    """The plan that was left."""
    return msgspec.json.decode((home / PLAN).read_bytes(), type=Plan)
