"""Days in a simulated house, each from one number; what went wrong in them, if anything did.

Read `world` first (a day), then `machine`, `cables`, `disk`, `screens` (what stands around the
product's own nodes), `guests` and `faults` (what happens), `checks` (what must hold), `planted`
(bugs that must be caught).
"""

from __future__ import annotations

import argparse
import sys
from contextlib import nullcontext

from tests.sim.batch import run
from tests.sim.planted import BUGS
from tests.sim.world import play


def main() -> int:
    """Run what was asked for; 0 if nothing was wrong."""
    parser = argparse.ArgumentParser(prog="python -m tests.sim", description=__doc__)
    parser.add_argument("--seeds", type=int, default=20, help="how many days")
    parser.add_argument("--from", type=int, default=1, dest="first", help="the first one's seed")
    parser.add_argument("--jobs", type=int, default=1, help="processes at once")
    parser.add_argument("--seed", type=int, help="this day only")
    parser.add_argument("--trace", action="store_true", help="tell that day's story")
    parser.add_argument("--bug", choices=BUGS, help="with this bug planted")
    options = parser.parse_args()
    with BUGS[options.bug]() if options.bug else nullcontext():
        if options.seed is not None:
            outcome = play(options.seed, traced=options.trace)
            print("\n".join([*outcome.trace, *outcome.problems]))
            return 1 if outcome.problems else 0
        batch = run(range(options.first, options.first + options.seeds), options.jobs)
    print(batch.report())
    return 1 if batch.failed or batch.uncovered else 0


if __name__ == "__main__":
    sys.exit(main())
