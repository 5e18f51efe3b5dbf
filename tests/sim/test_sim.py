"""Whatever goes wrong in a day, nothing is lost; and bugs that would lose something are found."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from tests.sim import batch
from tests.sim.faults import EVERY, FAULTS, NOT_YET
from tests.sim.planted import BUGS
from tests.sim.world import FEWEST, FEWEST_EVENTS, TROUBLES, World, play

FIRST = 1
SEEDS = int(os.environ.get("PASSLINE_SIM_SEEDS", "200"))
"""How many days: what a check of every change can wait for; at night more."""
WITHIN = 50


@pytest.mark.slow
@pytest.mark.timeout(max(300, SEEDS * 5))
def test_nothing_is_lost_on_any_day() -> None:
    days = batch.run(range(FIRST, FIRST + SEEDS), os.cpu_count() or 1)
    print(days.report())
    assert not days.failed, days.report()
    assert not days.uncovered
    assert days.fewest_events >= FEWEST_EVENTS >= 500
    assert days.fewest_faults >= TROUBLES >= 20


@pytest.mark.slow
@pytest.mark.timeout(300)
@pytest.mark.parametrize("bug", BUGS)
def test_a_planted_bug_is_caught(bug: str) -> None:
    with BUGS[bug]():
        assert any(play(seed).problems for seed in range(FIRST, FIRST + WITHIN))


def test_a_seed_tells_the_same_story_in_every_process() -> None:
    """Even where sets and dictionaries are walked in another order."""
    command = [sys.executable, "-m", "tests.sim", "--seed", "7", "--trace"]
    stories = [
        subprocess.run(
            command, check=True, capture_output=True, env={**os.environ, "PYTHONHASHSEED": salt}
        ).stdout
        for salt in ("1", "2")
    ]
    assert stories[0] == stories[1]
    assert b"FAULT" in stories[0]


def test_a_story_is_the_same_whether_it_is_told_or_not() -> None:
    told, untold = play(3, traced=True), play(3)
    assert (told.events, told.coverage) == (untold.events, untold.coverage)


def test_every_kind_of_fault_strikes_in_every_day() -> None:
    day = play(FIRST)
    assert day.faults.keys() == FAULTS.keys()
    assert len(World(FIRST).machines) >= FEWEST


def test_what_is_not_borne_yet_has_its_reason() -> None:
    assert set(NOT_YET) == EVERY.keys() - FAULTS.keys()
    assert all(NOT_YET.values())
