"""A day in a house of machines, all of it following from one number.

`play(seed)` sets a store up, lets guests order and things go wrong for a while, then mends
everything, lets the nodes come to rest, and says what was wrong. Time is a number; nothing sleeps.
"""

from __future__ import annotations

import heapq
import itertools
import random
from collections import Counter
from collections.abc import Callable
from typing import NamedTuple

from tests.helpers.desk import NOON
from tests.sim.cables import MS, SECOND, Cables
from tests.sim.checks import BrokenPromise, Checks, acked
from tests.sim.disk import Disk
from tests.sim.faults import FAULTS
from tests.sim.founding import founded
from tests.sim.guests import Guests
from tests.sim.keys import identity, stand_ins
from tests.sim.machine import Machine
from tests.sim.trace import Names
from tests.sim.watch import bugs_in_the_log

NAMES = ("counter-1", "counter-2", "counter-3", "expo", "wok", "cold", "bar", "recorder", "till")
FEWEST = 8
DAY = 9 * SECOND
MOMENTS = 125
"""How often people come to a machine."""
FEWEST_EVENTS, ENOUGH_EVENTS = 500, 505
TROUBLES = 24
"""Faults that are planned; one or two may find nobody to strike."""
FEWEST_TROUBLES = 20
DRAIN_MOST = 90 * SECOND
LOOK_EVERY = 500 * MS


class Outcome(NamedTuple):
    """What came of a day."""

    seed: int
    problems: list[str]
    events: int
    faults: Counter[str]
    coverage: Counter[str]
    trace: list[str]


class World:
    """Everything there is, and the time."""

    def __init__(self, seed: int, *, traced: bool = False) -> None:
        self.seed = seed
        self.traced = traced
        self.trace: list[str] = []
        self.time = 0
        self.rough = True
        self.noon = NOON
        self.coverage: Counter[str] = Counter()
        self.faults: Counter[str] = Counter()
        self.forgetful: set[bytes] = set()
        """Nodes that lost a part of their disk: they may decide a command a second time."""
        self._swaps: list[Callable[[], None]] = []
        self._queue: list[tuple[int, int, Callable[[], None]]] = []
        self._count = itertools.count()
        self.rng = self.stream("world")
        self.cables = Cables(self, self.stream("cables"))
        self.guests = Guests(self, self.stream("guests"))
        self.checks = Checks(self)
        names = NAMES[: FEWEST if self.rng.random() < 0.8 else len(NAMES)]
        self.machines = [
            Machine(self, name, identity(nth), Disk()) for nth, name in enumerate(names)
        ]
        self.all = list(self.machines)
        """These and, for a while, clones of them."""
        self.names = Names({machine.origin: machine.name for machine in self.machines})

    # -- time and chance

    def stream(self, name: str) -> random.Random:
        """Dice of its own for each purpose: a change in one draws nothing else differently."""
        return random.Random(f"{self.seed}/{name}")

    def at(self, when: int, act: Callable[[], None]) -> None:
        """Let something happen at a time."""
        heapq.heappush(self._queue, (when, next(self._count), act))

    def after(self, delay: int, act: Callable[[], None]) -> None:
        """Let something happen after a while."""
        self.at(self.time + delay, act)

    def run(self, until: int) -> None:
        """Let all happen that is due by then."""
        queue = self._queue
        while queue and queue[0][0] <= until:
            self.time, _, act = heapq.heappop(queue)
            act()
        self.time = until

    def say(self, who: str, what: str, when: int | None = None) -> None:
        """A line in the trace."""
        if self.traced:
            at = (self.time if when is None else when) / SECOND
            self.trace.append(f"{at:10.6f} {who:10} {what}")

    def machine(self, name: str) -> Machine:
        """The machine of this name."""
        return next(machine for machine in self.machines if machine.name == name)

    # -- what faults do to machines

    def restart(self, machine: Machine, away: int | None = None) -> None:
        """Its supervisor starts it again after a while."""

        def start() -> None:
            if not machine.running and self.cables.plugged.get(machine.origin) is machine:
                self.coverage["restarts"] += 1
                machine.boot()

        self.after(self.rng.randint(200, 2_000) * MS if away is None else away, start)

    def replace_disk(self, machine: Machine, backup: Disk) -> None:
        """The disk dies and an older copy of it takes its place."""
        machine.crash("its disk is gone")
        lost, machine.disk = machine.disk, backup
        self.checks.disk_lost(lost, [other.disk for other in self.all])
        self.forgetful.add(machine.origin)
        self.coverage["restores"] += 1
        machine.apart = False
        machine.boot()

    def swap(self, machine: Machine, duration: int, *, same_epoch: bool = False) -> None:
        """A machine made of this one's disk takes its place for a while."""
        clone = Machine(self, f"{machine.name}'", machine.identity, machine.disk.copy())
        self.cables.hang_up(machine)
        self.cables.plug(clone)
        machine.apart = clone.apart = True
        self.forgetful.add(machine.origin)
        self.coverage["clones"] += 1
        self.all.append(clone)
        clone.boot()
        if same_epoch:
            clone.goes_on_as(machine)

        def back() -> None:
            if clone not in self.all:
                return
            clone.crash("taken away")
            self.all.remove(clone)
            self.checks.disk_lost(clone.disk, [other.disk for other in self.all])
            self.say(machine.name, "is back in its place")
            self.cables.plug(machine)
            machine.apart = False
            if machine.running:
                self.cables.dial_all(machine, [m.origin for m in self.machines if m is not machine])
            else:
                self.restart(machine)

        self._swaps.append(back)
        self.after(duration, back)

    # -- a day

    def open(self) -> None:
        """Everyone has the founding group, and all machines start, one late."""
        for nth, machine in enumerate(self.machines):
            founded(machine.disk, tuple(each.name for each in self.machines))
            self.checks.events.update({e.id: raw for raw, e in machine.disk.log.events})
            self.cables.plug(machine)
            late = nth == len(self.machines) - 1 and self.rng.random() < 0.5
            self.after(DAY // 2 if late else self.rng.randrange(SECOND), machine.boot)

    def plan(self) -> None:
        """When people come and what goes wrong: each kind of fault once, then at random."""
        rng = self.stream("faults")
        for _ in range(MOMENTS):
            self.at(rng.randrange(SECOND, DAY), self._people)
        kinds = rng.sample(list(FAULTS), len(FAULTS))
        kinds += rng.choices(list(FAULTS), k=TROUBLES - len(kinds))
        for kind in kinds:
            when = rng.randrange(3 * SECOND // 2, DAY - 2 * SECOND)
            self.at(when, self._trouble(kind, rng))

    def _people(self) -> None:
        if len(self.checks.events) < ENOUGH_EVENTS:
            self.guests.moment()

    def _trouble(self, kind: str, rng: random.Random) -> Callable[[], None]:
        def strike() -> None:
            what = FAULTS[kind](self, rng)
            if what is None and self.time < DAY:
                self.after(100 * MS, strike)
            elif what is not None:
                self.faults[kind] += 1
                self.say("FAULT", f"{kind}: {what}")

        return strike

    def drain(self) -> None:
        """Mend everything, take one more order everywhere, wait until all is at rest."""
        self.say("MENDED", "")
        self.rough = False
        for back in self._swaps:
            back()
        self.cables.heal()
        for machine in self.machines:
            machine.disk.full = machine.disk.greedy = False
            machine.slow_disk = machine.slow_joiner = 0
            machine.cut_at_commit = None
            machine.resume()
            self.restart(machine, 0)
        self.run(self.time + LOOK_EVERY)
        for machine in self.machines:
            self.guests.last_order(machine)
        end = self.time + DRAIN_MOST
        while self.time < end and not self._at_rest():
            self.run(self.time + LOOK_EVERY)

    def _at_rest(self) -> bool:
        first, machines = self.machines[0], self.machines
        return (
            all(machine.running and not machine.screens.waiting for machine in machines)
            and all(each.disk.heads() == first.disk.heads() for each in machines)
            and all(each.disk.sides() == first.disk.sides() for each in machines)
            and all(acked(each, other) for each in machines for other in machines if other != each)
        )


def play(seed: int, *, traced: bool = False) -> Outcome:
    """One day from a seed, and what was wrong with it."""
    world = World(seed, traced=traced)
    problems: list[str] = []
    with stand_ins(world.stream("epochs")), bugs_in_the_log(world.say) as bugs:
        try:
            world.open()
            world.plan()
            world.run(DAY)
            while len(world.checks.events) < FEWEST_EVENTS:
                world.guests.moment()
                world.run(world.time + 50 * MS)
            world.drain()
            problems = world.checks.verdict(world.machines)
        except BrokenPromise as error:
            problems = [f"{world.time / SECOND:.6f} {error}"]
    for machine in world.machines:
        if machine.running:
            world.coverage.update(machine.replica.status().counters)
    world.say("RESULT", "; ".join(problems) or "all is well")
    problems += [f"bug: {bug}" for bug in bugs]
    events = len(world.checks.events)
    return Outcome(seed, problems, events, world.faults, world.coverage, world.trace)
