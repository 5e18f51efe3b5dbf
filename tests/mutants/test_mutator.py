"""The mistakes that are made, and that what is said of them is still about something."""

from __future__ import annotations

import ast
import tomllib

import pytest

from tests.mutants.__main__ import ACCEPTED, MODULES, source_of
from tests.mutants.mutator import mutants

SAMPLE = '''
"""Texts stay."""
LINK = {1: "up"}

class Lane:
    """So do these."""

    def free(self, now: int = 5) -> bool:
        if self.asked and now >= self.due:
            self.asked = None
        self.count += 1
        raise ValueError(f"not {now + 1}")
'''


def test_the_mistakes_that_a_tired_hand_makes() -> None:
    assert [mutant.name for mutant in mutants(SAMPLE)] == [
        ": 1 → 2",
        "Lane.free: self.asked and now >= self.due → not (self.asked and now >= self.due)",
        "Lane.free: self.asked and now >= self.due → self.asked or now >= self.due",
        "Lane.free: now >= self.due → now > self.due",
        "Lane.free: self.asked = None → nothing",
        "Lane.free: self.count += 1 → nothing",
        "Lane.free: 1 → 2",
        "Lane.free: raise ValueError(f'not {now + 1}') → nothing",
    ]


def test_each_mutant_differs_in_one_place_and_can_be_run() -> None:
    plain = ast.dump(ast.parse(SAMPLE))
    texts = [ast.dump(mutant.tree) for mutant in mutants(SAMPLE)]
    assert len({plain, *texts}) == len(texts) + 1
    for mutant in mutants(SAMPLE):
        compile(mutant.tree, "sample", "exec")


@pytest.mark.parametrize("module", MODULES)
def test_what_is_accepted_exists_and_has_its_reason(module: str) -> None:
    accepted = tomllib.loads(ACCEPTED.read_text(encoding="utf-8")).get(module, {})
    names = {mutant.name for mutant in mutants(source_of(module))}
    assert accepted.keys() <= names
    assert all(len(reason) > 10 for reason in accepted.values())
