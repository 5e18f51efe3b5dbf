"""The robots' process: plays a scenario through the nodes of a folder.

It is a process of its own, because it stamps when commands leave and arrive: starting, killing
and watching nodes, and drawing on a terminal, would disturb that. It is told what to do by
`plan.json`, says how far it is on standard output (one JSON object a line), ends after a line on
its standard input allows it, and stops at once when that ends.

    python -m common.rehearsal.play HOME
"""

from __future__ import annotations

import gc
import os
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import msgspec

from common.domain.house import EXPO
from common.domain.ids import derived_id
from common.node.client import Clients, NodeClient, Told
from common.node.clocks import NodeClock
from common.rehearsal.guests import Guests
from common.rehearsal.journal import JOURNAL, Journal
from common.rehearsal.pacing import Floor, Pacing
from common.rehearsal.plan import FLOOR, FLOOR_PLAN, MENU, ORDERS, Plan, read_plan
from common.rehearsal.robots import Cook, Patience, Robot, Runner, hasty
from common.rehearsal.scenario import Scenario, load

_TELL_EVERY = 0.25
_ASK_EVERY = 0.2
_LONGEST_POLL = 0.1
_ACKS_WITHIN = 10.0
"""Seconds that acks may come later than the events they are for; then the report has to say it."""


def say(**facts: Any) -> None:
    """Tell whoever started us."""
    sys.stdout.buffer.write(msgspec.json.encode(facts) + b"\n")
    sys.stdout.buffer.flush()


class Play:
    """All robots at their nodes."""

    def __init__(self, home: Path, plan: Plan, scenario: Scenario, journal: Journal) -> None:
        clock = NodeClock()
        self._clients = {name: NodeClient(home / name, clock) for name in plan.nodes}
        self._ears = Clients(self._clients.values())
        patience = leisurely(plan.pace) if plan.pace else hasty
        rate = plan.rate
        at = self._clients
        counter = at[plan.counter]
        self.guests = Guests("guests", counter, journal, scenario.scripts, rate, clock)
        self._robots: list[Robot] = [self.guests]
        for place, (station, name) in enumerate(plan.stations.items()):
            stations = len(plan.stations)
            cook = Cook(
                station,
                at[name],
                journal,
                stations,
                place,
                patience,
                plan.starts,
                looks=station in plan.screens,
            )
            cook.leaves = station in plan.by_hand
            self._robots.append(cook)
        runner = Runner("pass", at[plan.expo], journal, patience)
        runner.leaves = EXPO in plan.by_hand
        self._robots.append(runner)
        self._stop, self._may_end = threading.Event(), threading.Event()
        threading.Thread(target=self._watch_input, daemon=True).start()
        self._told = 0.0
        self._told_what: tuple[int, int, int] | None = None

    @property
    def stopped(self) -> bool:
        """Whether nobody wants the play any more."""
        return self._stop.is_set()

    def open(self, scenario: Scenario) -> None:
        """Wait for every node, and bring the menu in."""
        while not self.stopped and not all(client.live for client in self._clients.values()):
            self._turn(None)
        self.guests.bring_menu(scenario.menu_commands)
        while not self.stopped and not self._menu_everywhere(len(scenario.stations)):
            self._turn(None)

    def _menu_everywhere(self, stations: int) -> bool:
        clients = self._clients.values()
        return not self.guests.menu_unanswered and all(
            client.house.active is not None and len(client.house.stations) == stations
            for client in clients
        )

    def serve(self, pacing: Pacing | None) -> float:
        """Play until everything is served; the seconds it took."""
        start = time.monotonic()
        self.guests.begin(start)
        say(say="begun")
        while not self.stopped and not all(self._done(robot) for robot in self._robots):
            self._turn(pacing)
        self._tell(True)
        say(say="served")
        return time.monotonic() - start

    def _done(self, robot: Robot) -> bool:
        return robot.finished if isinstance(robot, Guests) else robot.idle

    def _turn(self, pacing: Pacing | None) -> None:
        now = time.monotonic()
        alarms = [robot.next_alarm() for robot in self._robots]
        alarms.append(pacing.next_alarm() if pacing else None)
        until = min((alarm for alarm in alarms if alarm is not None), default=now + _LONGEST_POLL)
        wait = max(0.0, min(until - now, _LONGEST_POLL))
        heard = {id(client): told for client, told in self._poll(wait)}
        now = time.monotonic()
        for robot in self._robots:
            robot.take(heard.get(id(robot.client), ()))
            robot.act(now)
        if pacing is not None:
            pacing.act(now)
        self._tell(False)

    def _poll(self, wait: float) -> list[tuple[NodeClient, list[Any]]]:
        # Rounded up: a poll that ends a little early would be followed by many of no time.
        return self._ears.poll(-int(-wait * 1000 // 1))

    def _tell(self, now: bool) -> None:
        guests = self.guests
        what = (guests.submitted, guests.accepted, guests.served)
        if what != self._told_what and (now or time.monotonic() >= self._told + _TELL_EVERY):
            self._told, self._told_what = time.monotonic(), what
            say(say="progress", submitted=what[0], accepted=what[1], served=what[2])

    def settle(self) -> bool:
        """Wait until all nodes have the same events and know it of each other."""
        while not (self.stopped or self._may_end.is_set()):
            self._poll(_LONGEST_POLL)
        same_since: float | None = None
        answers: dict[NodeClient, dict[str, Any]] = {}
        ask_at = 0.0
        while not self.stopped:
            if time.monotonic() >= ask_at:
                ask_at = time.monotonic() + _ASK_EVERY
                for client in self._clients.values():
                    client.ask("status")
            for client, updates in self._poll(_LONGEST_POLL):
                for update in updates:
                    if isinstance(update, Told) and update.name == "status" and update.data:
                        answers[client] = update.data
            if len(answers) == len(self._clients) and _same(list(answers.values())):
                same_since = same_since or time.monotonic()
                late = time.monotonic() > same_since + _ACKS_WITHIN
                if late or all(map(_told_by_all, answers.values())):
                    return True
        return False

    def close(self) -> None:
        """Hang up everywhere."""
        self._ears.close()
        for client in self._clients.values():
            client.close()

    def _watch_input(self) -> None:
        # The bare descriptor: a thread that waits inside `sys.stdin` breaks Python's shutdown.
        while os.read(sys.stdin.fileno(), 4096):
            self._may_end.set()
        self._stop.set()


def _heads(vector: Sequence[Sequence[Any]]) -> set[tuple[Any, ...]]:
    return {tuple(head[:3]) for head in vector}


def _same(statuses: Sequence[dict[str, Any]]) -> bool:
    first = _heads(statuses[0]["vector"])
    return all(_heads(status["vector"]) == first for status in statuses)


def _told_by_all(status: dict[str, Any]) -> bool:
    own = _heads(status["vector"])
    return all(_heads(peer["vector"]) == own for peer in status["peers"])


def leisurely(pace: float) -> Patience:
    """A person's time for a step, from half of `pace` on, the same for the same step."""

    def takes(order_id: bytes, step: str) -> float:
        return pace * (0.5 + derived_id(order_id, step.encode())[0] / 256)

    return takes


@contextmanager
def _floor(home: Path, plan: Plan, play: Play, scenario: Scenario) -> Iterator[Pacing | None]:
    if not plan.calibrate:
        yield None
        return
    floor = Floor(home / FLOOR, plan.host, max(script.reach for script in scenario.scripts))
    try:
        yield Pacing(floor, play.guests, scenario.scripts)
    finally:
        floor.close()


def main(home: Path) -> None:
    """Play what the plan in `home` says."""
    plan = read_plan(home)
    floor = home / FLOOR_PLAN
    scenario = load(home / MENU, home / ORDERS, plan.changes, floor if floor.exists() else None)
    journal = Journal(home / JOURNAL)
    play = Play(home, plan, scenario, journal)
    # What was read stays; a collector's pause would count as a node's slowness.
    gc.freeze()
    gc.set_threshold(50_000, 50, 1000)
    try:
        play.open(scenario)
        with _floor(home, plan, play, scenario) as pacing:
            took = play.serve(pacing)
        settled = play.settle()
        say(say="finished", settled=settled, service_s=round(took, 3))
    finally:
        play.close()
        journal.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
