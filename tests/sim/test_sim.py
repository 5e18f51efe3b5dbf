"""Whatever goes wrong in a day, nothing is lost; and bugs that would lose something are found."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from tests.sim.faults import EVERY, FAULTS, NOT_YET
from tests.sim.planted import BUGS
from tests.sim.world import FEWEST, World, play

FIRST = 1
SEEDS = int(os.environ.get("PASSLINE_SIM_SEEDS", "200"))
"""How many days: what a check of every change can wait for; at night more."""
WITHIN = 50


def sim(*arguments: str, salt: str = "0") -> str:
    """The output of the simulator's own command, in which nothing may be wrong."""
    command = [sys.executable, "-m", "tests.sim", *arguments]
    environment = {**os.environ, "PYTHONHASHSEED": salt}
    done = subprocess.run(command, check=False, capture_output=True, text=True, env=environment)
    assert done.returncode == 0, done.stdout[-5_000:] + done.stderr
    return done.stdout


@pytest.mark.slow
@pytest.mark.timeout(max(600, SEEDS * 5))
def test_nothing_is_lost_on_any_day() -> None:
    jobs = str(os.cpu_count() or 1)
    print(sim("--seeds", str(SEEDS), "--from", str(FIRST), "--jobs", jobs))


@pytest.mark.slow
@pytest.mark.timeout(300)
@pytest.mark.parametrize("bug", BUGS)
def test_a_planted_bug_is_caught(bug: str) -> None:
    with BUGS[bug]():
        assert any(play(seed).problems for seed in range(FIRST, FIRST + WITHIN))


def test_a_seed_tells_the_same_story_in_every_process() -> None:
    """Even where sets and dictionaries are walked in another order."""
    stories = [sim("--seed", "7", "--trace", salt=salt) for salt in ("1", "2")]
    assert stories[0] == stories[1]
    assert "FAULT" in stories[0]


def test_a_story_is_the_same_whether_it_is_told_or_not() -> None:
    told, untold = play(3, traced=True), play(3)
    assert (told.events, told.coverage) == (untold.events, untold.coverage)


def test_a_day_is_as_rough_as_it_should_be() -> None:
    day = play(FIRST)
    assert len(day.faults) > len(FAULTS) // 2 >= 5
    assert len(World(FIRST).machines) >= FEWEST >= 8


def test_what_is_not_borne_yet_has_its_reason() -> None:
    assert set(NOT_YET) == EVERY.keys() - FAULTS.keys()
    assert all(NOT_YET.values())
