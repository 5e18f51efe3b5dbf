"""What goes wrong: each kind is a function of the world that does it and mends it by itself.

`NOT_YET` lists kinds that the product can't bear yet, with the reason: a line taken out there
switches the kind on.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from typing import TYPE_CHECKING

from tests.sim.cables import MS, SECOND, Weather
from tests.sim.machine import Machine

if TYPE_CHECKING:
    from tests.sim.world import World

DAY = 86_400 * SECOND
WALLS = {"ten minutes on": 600 * SECOND, "ten minutes back": -600 * SECOND, "a day back": -DAY}
YEARS = {"2000": 946_684_800 * SECOND, "2099": 4_070_908_800 * SECOND}

Fault = Callable[["World", random.Random], str | None]
"""Does it and says what, or None if there is nobody to do it to."""

NOT_YET = {
    "twin": "a fork (two machines on one key and one epoch at once) is noted, not repaired: "
    "its chain stands still where the two part",
    "lamport_jump": "a jump of more than 2^32 is not taken in and its chain stands still: "
    "there is no quarantine from which a manager lets it go on",
}


def _victim(world: World, rng: random.Random) -> Machine | None:
    """One of the machines that work, if enough others do."""
    able = [machine for machine in world.machines if machine.able and not machine.apart]
    return rng.choice(able) if len(able) > len(world.machines) // 2 else None


def _spell(world: World, rng: random.Random, weather: Weather) -> None:
    world.cables.weather = weather

    def fine() -> None:
        if world.cables.weather is weather:
            world.cables.weather = Weather()

    world.after(rng.randint(300, 2_500) * MS, fine)


# -- the network


def loss(world: World, rng: random.Random) -> str | None:
    share = rng.choice((0.05, 0.2, 0.5))
    _spell(world, rng, Weather(loss=share))
    return f"of frames {share:.0%} are lost"


def duplication(world: World, rng: random.Random) -> str | None:
    _spell(world, rng, Weather(twice=0.3))
    return "frames come twice"


def reorder(world: World, rng: random.Random) -> str | None:
    _spell(world, rng, Weather(reorder=True, jitter=rng.choice((30, 300)) * MS, twice=0.05))
    return "frames overtake each other"


def delay(world: World, rng: random.Random) -> str | None:
    machine, late = rng.choice(world.machines), rng.choice((80, 400, 1_500)) * MS
    world.cables.slow[machine.origin] += late

    def quick() -> None:
        world.cables.slow[machine.origin] = 0

    world.after(rng.randint(500, 3_000) * MS, quick)
    return f"{machine.name}'s frames take {late // MS} ms longer"


def cut(world: World, rng: random.Random) -> str | None:
    one, other = rng.sample(world.machines, 2)
    ways = [(one.origin, other.origin), (other.origin, one.origin)]
    world.cables.cut(ways, rng.randint(200, 8_000) * MS)
    return f"nothing passes between {one.name} and {other.name}"


def cut_one_way(world: World, rng: random.Random) -> str | None:
    one, other = rng.sample(world.machines, 2)
    world.cables.cut([(one.origin, other.origin)], rng.randint(200, 8_000) * MS)
    return f"nothing passes from {one.name} to {other.name}"


def partition(world: World, rng: random.Random) -> str | None:
    half = rng.sample(world.machines, rng.randint(1, len(world.machines) // 2))
    rest = [machine for machine in world.machines if machine not in half]
    ways = [(one.origin, other.origin) for one in half for other in rest]
    ways += [(other, one) for one, other in ways]
    world.cables.cut(ways, rng.randint(1_000, 7_000) * MS)
    world.coverage["partitions"] += 1
    return f"{', '.join(machine.name for machine in half)} apart from the others"


# -- the machines


def kill(world: World, rng: random.Random) -> str | None:
    machine = _victim(world, rng)
    if machine is None:
        return None
    machine.crash("killed")
    world.restart(machine, rng.choice((300, 1_000, 4_000, 9_000)) * MS)
    return f"{machine.name} is killed"


def power_cut(world: World, rng: random.Random) -> str | None:
    machine = _victim(world, rng)
    if machine is None:
        return None
    machine.cut_at_commit = side = rng.choice(("before", "after"))
    return f"{machine.name}'s power goes {side} its next commit"


def hang(world: World, rng: random.Random) -> str | None:
    machine = _victim(world, rng)
    if machine is None:
        return None
    machine.hung = True
    world.after(rng.choice((300, 1_500, 4_000, 7_000)) * MS, machine.resume)
    return f"{machine.name} hangs"


def clock(world: World, rng: random.Random) -> str | None:
    machine = _victim(world, rng)
    if machine is None:
        return None
    leaps = {name: machine.wall + leap for name, leap in WALLS.items()} | YEARS
    name = rng.choice(list(leaps))
    machine.wall = leaps[name]
    machine.crash("its clock is set")
    world.restart(machine, 200 * MS)
    return f"{machine.name}'s clock goes to {name}"


def slow_joiner(world: World, rng: random.Random) -> str | None:
    machine = _victim(world, rng)
    if machine is None:
        return None
    machine.slow_joiner = rng.choice((500, 2_000)) * MS
    machine.crash("restarted")
    world.restart(machine, 100 * MS)
    return f"{machine.name} starts anew and its subscriptions take {machine.slow_joiner // MS} ms"


# -- the disks


def full_disk(world: World, rng: random.Random) -> str | None:
    machine = _victim(world, rng)
    if machine is None:
        return None
    disk = machine.disk
    disk.full, disk.greedy = True, rng.random() < 0.5

    def room() -> None:
        disk.full = disk.greedy = False

    world.after(rng.randint(300, 1_500) * MS, room)
    return f"{machine.name}'s disk is full{', reserve and all' if disk.greedy else ''}"


def slow_disk(world: World, rng: random.Random) -> str | None:
    machine = rng.choice(world.machines)
    machine.slow_disk = rng.choice((30, 250)) * MS

    def quick() -> None:
        machine.slow_disk = 0

    world.after(rng.randint(500, 3_000) * MS, quick)
    return f"{machine.name}'s disk takes {machine.slow_disk // MS} ms longer"


def restore(world: World, rng: random.Random) -> str | None:
    """The disk dies some time after a backup was made of it."""
    machine = _victim(world, rng)
    if machine is None:
        return None
    machine.apart = True
    backup = machine.disk.copy()
    world.after(rng.randint(200, 5_000) * MS, lambda: world.replace_disk(machine, backup))
    return f"a backup is made of {machine.name}, whose disk dies later"


def clone(world: World, rng: random.Random) -> str | None:
    """A machine is unplugged and goes on alone, while one made of its disk takes its place."""
    machine = _victim(world, rng)
    if machine is None:
        return None
    world.swap(machine, rng.randint(500, 4_000) * MS)
    return f"a clone of {machine.name} in its place"


def twin(world: World, rng: random.Random) -> str | None:
    """As clone, but of a running machine, memory and all: it goes on with the same epoch."""
    machine = _victim(world, rng)
    if machine is None:
        return None
    world.swap(machine, rng.randint(500, 4_000) * MS, same_epoch=True)
    return f"a twin of {machine.name} in its place"


def lamport_jump(world: World, rng: random.Random) -> str | None:
    machine = _victim(world, rng)
    if machine is None:
        return None
    machine.leap_ahead(2**33)
    return f"{machine.name}'s Lamport counter jumps"


# -- the work


def feast(world: World, rng: random.Random) -> str | None:
    machine = _victim(world, rng)
    if machine is None:
        return None
    world.guests.feast(machine)
    return f"an order of the greatest size at {machine.name}"


def new_menu(world: World, rng: random.Random) -> str | None:
    machine = _victim(world, rng)
    if machine is None:
        return None
    world.guests.new_menu(machine)
    return f"sixty dishes in one group at {machine.name}"


EVERY: dict[str, Fault] = {
    fault.__name__: fault
    for fault in (
        loss,
        duplication,
        reorder,
        delay,
        cut,
        cut_one_way,
        partition,
        kill,
        power_cut,
        hang,
        clock,
        slow_joiner,
        full_disk,
        slow_disk,
        restore,
        clone,
        twin,
        lamport_jump,
        feast,
        new_menu,
    )
}
FAULTS = {name: fault for name, fault in EVERY.items() if name not in NOT_YET}
