"""Many days, in several processes, and what they were worth: a day in which nothing happens to
the nodes proves nothing, so what was met is counted and none of it may be nought."""

from __future__ import annotations

import gc
import time
from collections import Counter
from collections.abc import Iterable
from multiprocessing import get_context
from typing import NamedTuple

from tests.sim.faults import FAULTS, NOT_YET
from tests.sim.world import FEWEST_EVENTS, FEWEST_TROUBLES, Outcome, play

COVERED = (
    "gaps",
    "fetches",
    "late events",
    "restarts",
    "restores",
    "clones",
    "partitions",
    "groups held",
    "deliveries",
    "commits refused",
    "asked again",
    "resets",
    "frames lost",
    "large groups",
    *(["fork"] if "twin" in FAULTS else []),
)
"""What a batch must have met."""


class Batch(NamedTuple):
    """What came of many days."""

    seeds: int
    events: int
    fewest_events: int
    fewest_faults: int
    failed: list[Outcome]
    faults: Counter[str]
    coverage: Counter[str]
    seconds: float

    @property
    def uncovered(self) -> list[str]:
        """What never happened though it should have."""
        never = [what for what in COVERED if not self.coverage[what]]
        never += [kind for kind in FAULTS if not self.faults[kind]]
        if self.fewest_events < FEWEST_EVENTS or self.fewest_faults < FEWEST_TROUBLES:
            never.append("a day as full as each should be")
        return never

    def report(self) -> str:
        """All of it in words."""
        each = self.seconds / self.seeds
        lines = [
            f"{self.seeds} seeds in {self.seconds:.1f} s, {each:.3f} s each",
            f"events: {self.events}, at least {self.fewest_events} a seed",
            f"faults: {self.faults.total()}, at least {self.fewest_faults} a seed",
            "met: " + ", ".join(f"{what} {self.coverage[what]}" for what in COVERED),
            "kinds: " + ", ".join(f"{kind} {n}" for kind, n in sorted(self.faults.items())),
            "not yet: " + ", ".join(NOT_YET),
        ]
        for outcome in self.failed:
            lines.append(f"FAILED: python -m tests.sim --seed {outcome.seed} --trace")
            lines += (f"    {problem}" for problem in outcome.problems[:5])
        lines += (f"NEVER MET: {what}" for what in self.uncovered)
        return "\n".join(lines)


def run(seeds: Iterable[int], jobs: int = 1) -> Batch:
    """Play these days; the coverage is the same in whatever processes they ran."""
    start = time.perf_counter()
    if jobs > 1:
        with get_context("fork").Pool(jobs) as pool:
            outcomes = pool.map(_play, seeds, chunksize=4)
    else:
        outcomes = list(map(_play, seeds))
    return Batch(
        len(outcomes),
        sum(outcome.events for outcome in outcomes),
        min(outcome.events for outcome in outcomes),
        min(outcome.faults.total() for outcome in outcomes),
        [outcome for outcome in outcomes if outcome.problems],
        sum((outcome.faults for outcome in outcomes), Counter()),
        sum((outcome.coverage for outcome in outcomes), Counter()),
        time.perf_counter() - start,
    )


def _play(seed: int) -> Outcome:
    # A day's objects nearly all live until it is over: let nobody look through them meanwhile.
    gc.collect()
    gc.disable()
    try:
        return play(seed)
    finally:
        gc.enable()
