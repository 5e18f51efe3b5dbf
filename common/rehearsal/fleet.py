"""A whole restaurant's nodes on this machine: founded in a folder, run as processes, watched."""

from __future__ import annotations

import secrets
import socket
import sys
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path

from common.domain.house import COUNTER, EXPO
from common.errors import KnownError
from common.mesh.keys import SealCost
from common.node import programs
from common.node.setup import NodePlan, found_store
from common.node.supervisor import Child, Died, Started, Supervisor
from common.rehearsal.plan import COUNTER_ROLE

FIRST_PORT = 7710
LOG = "output.log"
SCREEN_LOG = "screen.log"
STOP_WITHIN = 30.0
OFFSCREEN = {"QT_QPA_PLATFORM": "offscreen", "QT_QUICK_BACKEND": "software"}

ScreenArgv = Callable[[Path, str], list[str]]
"""How a role's screen is started at the node in a folder."""

_THROWAWAY = SealCost(ops=1, memory=8 * 1024 * 1024)
"""The store key of a rehearsal guards nothing: its code is never shown, so it may be cheap."""


class Cast:
    """The restaurant's nodes: one counter, one for each station, one at the pass."""

    def __init__(self, stations: Sequence[str]) -> None:
        taken: set[str] = set()
        self.counter = _node_name(COUNTER_ROLE, taken)
        self.stations = {station: EXPO for station in stations if station == EXPO}
        names = {each: _node_name(each, taken) for each in stations if each != EXPO}
        self.expo = _node_name(EXPO, taken)
        # A station may be the pass itself; its node then cooks as well.
        self.stations = {each: names.get(each, self.expo) for each in stations}
        self.roles = {self.counter: COUNTER_ROLE}
        self.roles |= {name: station for station, name in names.items()}
        self.roles[self.expo] = EXPO

    @property
    def nodes(self) -> list[str]:
        """The nodes' names."""
        return list(self.roles)

    def find(self, name: str) -> str | None:
        """The node of a name or role, as people say it."""
        wanted = name.strip().lower()
        if wanted == COUNTER and wanted not in self.roles:
            return self.counter
        for node, role in self.roles.items():
            if wanted in (node.lower(), role.lower()):
                return node
        return None


def _node_name(role: str, taken: set[str]) -> str:
    """A role's name as that of a node and its folder, unique in the store."""
    plain = "".join(each if each.isalnum() or each in "-_" else "-" for each in role)[:48]
    name, nth = plain, 1
    while name.lower() in taken:
        nth += 1
        name = f"{plain}-{nth}"
    taken.add(name.lower())
    return name


def found(home: Path, cast: Cast, currency: str) -> str:
    """Make the nodes' folders; the address at which all of them will listen. Raises KnownError."""
    host, port = _free_place(2 * len(cast.roles))
    plans = [
        NodePlan(name, (role,), host, port + 2 * nth, port + 2 * nth + 1)
        for nth, (name, role) in enumerate(cast.roles.items())
    ]
    now = datetime.now(UTC)
    # A new business day would begin new numbers: it is kept half a day away.
    day_start = (now.hour * 60 + now.minute + 12 * 60) % (24 * 60)
    found_store(
        home,
        plans,
        name="Rehearsal",
        tz="UTC",
        day_start=day_start,
        currency=currency,
        now=time.time_ns() // 1000,
        cost=_THROWAWAY,
    )
    return host


def _free_place(ports: int) -> tuple[str, int]:
    """A loopback address of our own, so that rehearsals side by side don't meet."""
    for _ in range(20):
        first, second, third = (secrets.randbelow(254) + 1 for _ in range(3))
        host = f"127.{first}.{second}.{third}" if sys.platform != "darwin" else "127.0.0.1"
        port = FIRST_PORT if host != "127.0.0.1" else FIRST_PORT + secrets.randbelow(20_000)
        if all(_is_free(host, port + nth) for nth in range(ports)):
            return host, port
    raise KnownError("no free ports were found on this machine's loopback network")


def _is_free(host: str, port: int) -> bool:
    with socket.socket() as probe:
        try:
            probe.bind((host, port))
        except OSError:
            return False
        return True


def screen_argv(folder: Path, role: str) -> list[str]:
    """A role's screen that nobody sees."""
    return programs.screen_argv(folder, role, "--offscreen")


def screens_of(
    home: Path, places: Mapping[str, str], wanted: Iterable[str], argv: ScreenArgv
) -> list[Child]:
    """The wanted roles' screens, each at the node that holds its role."""
    folders = {role: home / places[role] for role in wanted}
    return [
        Child(role, argv(folder, role), folder / SCREEN_LOG, env=OFFSCREEN)
        for role, folder in folders.items()
    ]


class Fleet:
    """The processes of nodes and screens, and what was seen of them."""

    def __init__(self, home: Path, names: Sequence[str], screens: Iterable[Child] = ()) -> None:
        self._supervisor = Supervisor(
            Child(name, programs.node_argv(home / name), home / name / LOG) for name in names
        )
        self._screens = Supervisor(screens)
        self._names = tuple(names)
        self._peaks = dict.fromkeys(names, 0)
        self._own_kills: set[str] = set()
        self.surprises: list[str] = []
        """Who ended though nobody killed it, and who would not stop."""

    def start(self) -> None:
        """Start all."""
        self._supervisor.start()
        self._screens.start()

    def tick(self) -> None:
        """Start again whose time has come, and see how large the nodes are."""
        for seen in self._supervisor.tick():
            if isinstance(seen, Died):
                if seen.name not in self._own_kills:
                    self.surprises.append(f"{seen.name} ended with {seen.code}")
                self._own_kills.discard(seen.name)
            else:
                assert isinstance(seen, Started)
        for seen in self._screens.tick():
            if isinstance(seen, Died):
                self.surprises.append(f"the screen of {seen.name} ended with {seen.code}")
        self.measure()

    def measure(self) -> None:
        """Note each node's largest size so far."""
        for name in self._names:
            pid = self._supervisor.pid(name)
            if pid is not None:
                self._peaks[name] = max(self._peaks[name], _peak_kib(pid))

    def kill(self, name: str) -> bool:
        """kill -9 of a node; False if it is down already."""
        self.measure()
        if self._supervisor.pid(name) is None:
            return False
        self._own_kills.add(name)
        self._supervisor.kill(name)
        return True

    @property
    def peak_mb(self) -> float | None:
        """The largest node's largest size; None where the system does not tell."""
        peak = max(self._peaks.values(), default=0)
        return round(peak / 1024, 1) if peak else None

    def stop_screens(self) -> None:
        """Let the screens end; nothing comes from them any more."""
        stubborn = self._screens.stop(STOP_WITHIN)
        self._screens = Supervisor(())
        self.surprises += [f"the screen of {name} did not stop" for name in stubborn]

    def stop(self) -> None:
        """Let all end, the nodes when they have drained."""
        self.stop_screens()
        stubborn = self._supervisor.stop(STOP_WITHIN)
        self.surprises += [f"{name} did not stop" for name in stubborn]


def _peak_kib(pid: int) -> int:
    """A process's largest resident size, as Linux tells it."""
    try:
        status = Path(f"/proc/{pid}/status").read_text(encoding="ascii", errors="replace")
    except OSError:
        return 0
    for line in status.splitlines():
        if line.startswith("VmHWM:"):
            return int(line.split()[1])
    return 0
