"""Makes small mistakes in the replication and the deciding, one at a time: does any test notice?

Each mutant runs in a process of its own against the quick tests of its module and some seeds of
the simulator. What survives is listed, unless `tests/mutants.toml` says why it may. No library
does this here: mutmut leaves the tables alone that this code is made of, cosmic-ray writes its
mutants into the working tree, and neither plays seeds.
"""

from __future__ import annotations

import argparse
import ast
import importlib.abc
import importlib.machinery
import importlib.util
import os
import signal
import sys
import time
import tomllib
from collections import deque
from collections.abc import Sequence
from pathlib import Path
from types import ModuleType
from typing import NamedTuple

from tests.mutants.mutator import Mutant, mutants

ROOT = Path(__file__).parents[2]
ACCEPTED = ROOT / "tests" / "mutants.toml"
WIRE = ROOT / "common" / "wire"
DECIDE = "common.domain.decide"
MODULES = [
    *sorted(f"common.wire.{file.stem}" for file in WIRE.glob("*.py") if file.stem != "__init__"),
    DECIDE,
]
TESTS = {DECIDE: ("tests/unit/domain",)}
WIRE_TESTS = ("tests/unit/wire",)
SEEDS = (1, 2, 3)
LIMIT_S = 90
KILLED, SURVIVED = 1, 0


PYTEST = (
    *("-c", os.devnull, "--rootdir", str(ROOT), "-o", f"pythonpath={ROOT}"),
    *("--import-mode=importlib", "-x", "-q", "-p", "no:cacheprovider"),
)


class _Running(NamedTuple):
    """A mutant at work, and until when it may be."""

    mutant: Mutant
    deadline: float


class Survivor(NamedTuple):
    """A mistake that nothing noticed."""

    module: str
    mutant: Mutant
    reason: str | None


class _Swap(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """Gives the mutant in the place of the module."""

    def __init__(self, module: str, tree: ast.Module) -> None:
        self._module, self._tree = module, tree

    def find_spec(
        self, name: str, path: object = None, target: ModuleType | None = None
    ) -> importlib.machinery.ModuleSpec | None:
        return importlib.util.spec_from_loader(name, self) if name == self._module else None

    def exec_module(self, module: ModuleType) -> None:
        exec(compile(self._tree, f"<mutant of {self._module}>", "exec"), module.__dict__)


def main() -> int:
    """Run the mutants of these modules; 0 if all were killed or are accepted."""
    parser = argparse.ArgumentParser(prog="python -m tests.mutants", description=__doc__)
    parser.add_argument("--module", action="append", help="such as common.wire.peer; repeatable")
    parser.add_argument("--jobs", type=int, default=1, help="processes at once")
    parser.add_argument("--seeds", type=int, default=len(SEEDS), help="simulated days for each")
    parser.add_argument("--only", default="", help="mutants whose name has this in it")
    options = parser.parse_args()
    accepted = tomllib.loads(ACCEPTED.read_text(encoding="utf-8"))
    _preload()
    left = 0
    for module in options.module or MODULES:
        every = list(mutants(source_of(module)))
        chosen = [mutant for mutant in every if options.only in mutant.name]
        reasons = accepted.get(module, {})
        survivors = _survivors(module, chosen, options.jobs, SEEDS[: options.seeds], reasons)
        left += sum(survivor.reason is None for survivor in survivors)
        _report(module, len(chosen), survivors)
    return 1 if left else 0


def source_of(module: str) -> str:
    """The module as it is written."""
    return (ROOT / (module.replace(".", "/") + ".py")).read_text(encoding="utf-8")


def _survivors(
    module: str,
    chosen: Sequence[Mutant],
    jobs: int,
    seeds: Sequence[int],
    reasons: dict[str, str],
) -> list[Survivor]:
    waiting, running, survivors = deque(chosen), dict[int, _Running](), list[Survivor]()
    while waiting or running:
        while waiting and len(running) < jobs:
            mutant = waiting.popleft()
            child = os.fork()
            if not child:
                os._exit(_try(module, mutant, seeds))
            running[child] = _Running(mutant, time.monotonic() + LIMIT_S)
        for child, (mutant, deadline) in list(running.items()):
            ended, status = os.waitpid(child, os.WNOHANG)
            if ended:
                del running[child]
                if os.waitstatus_to_exitcode(status) == SURVIVED:
                    survivors.append(Survivor(module, mutant, reasons.get(mutant.name)))
            elif time.monotonic() > deadline:
                os.kill(child, signal.SIGKILL)  # it hangs, which somebody would notice
        time.sleep(0.01)
    return sorted(survivors, key=lambda survivor: survivor.mutant.line)


def _report(module: str, total: int, survivors: Sequence[Survivor]) -> None:
    accepted = sum(survivor.reason is not None for survivor in survivors)
    print(f"{module}: {total} mutants, {len(survivors)} survive, {accepted} of them accepted")
    for survivor in survivors:
        if survivor.reason is None:
            print(f"    line {survivor.mutant.line}: {survivor.mutant.name}")
    sys.stdout.flush()


def _preload() -> None:
    """What every child would have to import for itself: all that is not ours."""
    for name in ("hypothesis", "msgspec", "nacl.signing", "pytest", "sqlalchemy", "zmq"):
        importlib.import_module(name)


def _try(module: str, mutant: Mutant, seeds: Sequence[int]) -> int:
    """In the child: run the tests, then the days, until something notices."""
    silent = os.open(os.devnull, os.O_WRONLY)
    os.dup2(silent, 1)
    os.dup2(silent, 2)
    os.environ["PYTEST_DISABLE_PLUGIN_AUTOLOAD"] = "1"
    sys.meta_path.insert(0, _Swap(module, mutant.tree))
    try:
        import pytest

        tests = [str(file) for place in TESTS.get(module, WIRE_TESTS) for file in _files(place)]
        if pytest.main([*PYTEST, *tests]) != 0:
            return KILLED
        from tests.sim.world import play

        return KILLED if any(play(seed).problems for seed in seeds) else SURVIVED
    except BaseException:  # noqa: BLE001 whatever ends it has noticed
        return KILLED


def _files(place: str) -> list[Path]:
    """The test files there, those that draw examples last."""
    files = (ROOT / place).glob("test_*.py")
    return sorted(files, key=lambda file: (file.stem == "test_convergence", file.stem))


if __name__ == "__main__":
    sys.exit(main())
