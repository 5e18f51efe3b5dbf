"""The supervisor's patience, with time in the hand and processes that end at once."""

from __future__ import annotations

import stat
import subprocess
import sys
from pathlib import Path

import pytest

from common.node.supervisor import LONGEST_WAIT, STEADY_AFTER, Child, Died, Started, Supervisor
from tests.unit.node.rig import until

ENDS = [sys.executable, "-S", "-c", "import sys; print('oh'); sys.exit(3)"]
SLEEPS = "print('up', flush=True)\nwhile 1: time.sleep(60)"
CLOSES = [sys.executable, "-S", "-c", ""]
STAYS = [sys.executable, "-S", "-c", f"import time; {SLEEPS}"]
IGNORES = "signal.signal(signal.SIGTERM, signal.SIG_IGN)"
DEAF = [sys.executable, "-S", "-c", f"import signal, time; {IGNORES}; {SLEEPS}"]


class Time:
    def __init__(self) -> None:
        self.now = 1_000.0

    def __call__(self) -> float:
        return self.now


def death(supervisor: Supervisor) -> Died:
    seen: list[Died | Started] = []
    until(lambda: seen or seen.extend(supervisor.tick()))  # type: ignore[func-returns-value]
    (died,) = seen
    assert isinstance(died, Died)
    return died


def test_who_dies_at_once_is_started_ever_more_slowly() -> None:
    time = Time()
    supervisor = Supervisor([Child("wok", ENDS)], time)
    supervisor.start()
    waits = []
    for _ in range(8):
        assert death(supervisor) == Died("wok", 3)
        assert supervisor.pid("wok") is None
        began = time.now
        while not supervisor.tick():
            time.now += 0.5
        waits.append(time.now - began)
    supervisor.stop(5)
    assert waits == [1, 2, 4, 8, 16, 32, LONGEST_WAIT, LONGEST_WAIT]


def test_a_child_gets_its_own_words_beside_our_environment(tmp_path: Path) -> None:
    tells = "import os; print(os.environ['QT_QPA_PLATFORM'], 'PATH' in os.environ)"
    argv, log = [sys.executable, "-S", "-c", tells], tmp_path / "log"
    supervisor = Supervisor([Child("screen", argv, log, env={"QT_QPA_PLATFORM": "offscreen"})])
    supervisor.start()
    assert death(supervisor) == Died("screen", 0)
    supervisor.stop(5)
    assert log.read_text() == "offscreen True\n"


def test_who_has_lived_long_is_started_soon_again() -> None:
    time = Time()
    supervisor = Supervisor([Child("wok", ENDS)], time)
    supervisor.start()
    for _ in range(4):
        death(supervisor)
        time.now += LONGEST_WAIT
        assert isinstance(supervisor.tick()[0], Started)
    until(lambda: supervisor.pid("wok") is None)
    time.now += STEADY_AFTER
    death(supervisor)
    time.now += 1
    assert isinstance(supervisor.tick()[0], Started)
    supervisor.stop(5)


def test_a_window_that_was_closed_stays_closed_and_one_that_fell_comes_back_at_once() -> None:
    time = Time()
    supervisor = Supervisor([], time)
    assert isinstance(
        supervisor.add(Child("screen", CLOSES, wait=0.1, final=frozenset({0}))), Started
    )
    assert death(supervisor) == Died("screen", 0)
    time.now += LONGEST_WAIT
    assert supervisor.tick() == []
    supervisor.add(Child("other", ENDS, wait=0.1, final=frozenset({0})))
    assert death(supervisor) == Died("other", 3)
    time.now += 0.2
    assert isinstance(supervisor.tick()[0], Started)
    supervisor.stop(5)


def test_the_others_stay_up_when_one_is_killed(tmp_path: Path) -> None:
    logs = {name: tmp_path / f"{name}.log" for name in ("wok", "expo")}
    supervisor = Supervisor([Child(name, STAYS, log) for name, log in logs.items()], Time())
    first = {started.name: started.pid for started in supervisor.start()}
    until(lambda: all(log.read_text() for log in logs.values()))
    supervisor.kill("wok")
    assert death(supervisor) == Died("wok", -9)
    assert supervisor.pid("expo") == first["expo"]
    assert supervisor.stop(5) == []
    assert supervisor.pid("expo") is None


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no permission bits")
def test_what_it_prints_is_kept_for_its_owner_only(tmp_path: Path) -> None:
    log = tmp_path / "output.log"
    supervisor = Supervisor([Child("wok", ENDS, log)], Time())
    supervisor.start()
    death(supervisor)
    assert log.read_text() == "oh\n"
    assert stat.S_IMODE(log.stat().st_mode) == 0o600


def test_who_does_not_end_when_asked_is_ended(tmp_path: Path) -> None:
    log = tmp_path / "output.log"
    supervisor = Supervisor([Child("deaf", DEAF, log), Child("gone", ENDS)])
    supervisor.start()
    until(log.read_text)
    assert supervisor.stop(0.2) == ["deaf"]
    assert supervisor.pid("deaf") is None


def test_who_watches_its_input_ends_when_the_supervisor_is_killed(tmp_path: Path) -> None:
    log = tmp_path / "output.log"
    watches = "import os; print('up', flush=True); os.read(0, 1); print('end', flush=True)"
    program = (
        "import sys, time; from pathlib import Path\n"
        "from common.node.supervisor import Child, Supervisor\n"
        f"child = [sys.executable, '-S', '-c', {watches!r}]\n"
        f"Supervisor([Child('wok', child, Path({str(log)!r}))]).start()\n"
        "time.sleep(60)\n"
    )
    parent = subprocess.Popen([sys.executable, "-c", program])
    until(lambda: log.exists() and log.read_text() == "up\n")
    parent.kill()
    parent.wait()
    until(lambda: log.read_text() == "up\nend\n")
