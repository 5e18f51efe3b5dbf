"""`passline start` opens screens beside their nodes; they fall and come back, and can be closed."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from common.ui.settings import FILE
from tests.helpers.desk import WOK
from tests.helpers.store import COUNTER, DEADLINE_S, EXPO, found
from tests.helpers.xserver import XServer

pytestmark = [pytest.mark.mesh, pytest.mark.slow]

SCREEN = f"the screen of {WOK}"
Start = Callable[..., subprocess.Popen[str]]


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A store whose screens were told long ago how they hang."""
    for folder in found(tmp_path / "store", (COUNTER, WOK, EXPO)).values():
        (folder / FILE).touch()
    return tmp_path / "store"


@pytest.fixture
def start(home: Path) -> Iterator[Start]:
    """Starts with these words and no display but the one that Qt brings along."""
    running: list[subprocess.Popen[str]] = []

    def run(*words: str, **environment: str) -> subprocess.Popen[str]:
        argv = [sys.executable, "-P", "-m", "common.cli", "start", "--lang", "en", *words]
        hidden = {"DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"}
        own = {name: value for name, value in os.environ.items() if name not in hidden}
        process = subprocess.Popen(
            [*argv, "--home", str(home)], stdout=subprocess.PIPE, text=True, env=own | environment
        )
        running.append(process)
        return process

    yield run
    for process in running:
        process.terminate()
        process.wait(DEADLINE_S)
        assert process.stdout is not None
        process.stdout.close()


def said(process: subprocess.Popen[str], lines: int) -> list[str]:
    assert process.stdout is not None
    return [process.stdout.readline().strip() for _ in range(lines)]


def pid_in(lines: list[str], name: str) -> int:
    (pid,) = (
        found[1] for line in lines if (found := re.fullmatch(rf"{name} runs \(pid (\d+)\)", line))
    )
    return int(pid)


OFFSCREEN = {"QT_QPA_PLATFORM": "offscreen"}


def test_a_station_has_its_screen_until_somebody_closes_it(start: Start, xserver: XServer) -> None:
    process = start(COUNTER, WOK, **xserver.environment)
    opening = said(process, 4)
    assert pid_in(opening, f"the screen of {COUNTER}")
    os.kill(pid_in(opening, SCREEN), signal.SIGKILL)
    again = said(process, 2)
    assert again[0] == f"{SCREEN} ended with -9; it is started again"
    assert pid_in(again, SCREEN)
    xserver.await_window(WOK)
    xserver.press("alt+F4")
    assert said(process, 1) == [f"{SCREEN} was closed"]


def test_a_node_that_falls_leaves_its_screen_open(start: Start) -> None:
    process = start(WOK, **OFFSCREEN)
    opening = said(process, 2)
    os.kill(pid_in(opening, WOK), signal.SIGKILL)
    again = said(process, 2)
    assert again[0] == f"{WOK} ended with -9; it is started again"
    assert pid_in(again, WOK)
    os.kill(pid_in(opening, SCREEN), 0)


def test_a_kiosk_has_its_screen_again_whatever_closed_it(start: Start, xserver: XServer) -> None:
    process = start("--kiosk", WOK, **xserver.environment)
    assert pid_in(said(process, 2), SCREEN)
    xserver.await_window(WOK)
    xserver.press("alt+F4")
    again = said(process, 2)
    assert again[0] == f"{SCREEN} ended with 0; it is started again"
    assert pid_in(again, SCREEN)


def test_the_pass_has_its_screen_too(start: Start) -> None:
    opening = said(start(EXPO, **OFFSCREEN), 2)
    assert pid_in(opening, EXPO)
    assert pid_in(opening, f"the screen of {EXPO}")


def test_without_a_display_the_nodes_run_alone(start: Start) -> None:
    lines = said(start(WOK), 2)
    assert lines[0] == "no display here: the nodes run alone (for screens, start from the desktop)"
    assert pid_in(lines[1:], WOK)


def test_a_screen_asks_once_how_it_hangs(start: Start, home: Path, xserver: XServer) -> None:
    kept = next(home.glob(f"*{WOK}*")) / FILE
    kept.unlink()
    process = start(WOK, **xserver.environment)
    assert pid_in(said(process, 2), SCREEN)
    xserver.await_window("Passline.*")
    xserver.press("Down", "Down", "Right", "Return")
    xserver.await_window(WOK)
    assert "diagonal_in = 21.6" in kept.read_text(encoding="utf-8")
