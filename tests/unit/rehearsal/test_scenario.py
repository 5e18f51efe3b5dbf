"""A scenario follows from its files and its seed, and asks for nothing that can't be."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from common.domain.commands import DefineFloor, SubmitOrder
from common.rehearsal.scenario import Scenario, facts, load

MENU = {
    "currency": "CNY",
    "stations": [{"id": "wok", "name": "Wok"}, {"id": "bar", "name": "Bar"}],
    "items": [
        {"sku": "rice", "name": {"zh": "米饭", "en": "Rice"}, "station": "wok", "price": "3.00"},
        {"sku": "tea", "name": "Tea", "station": "bar"},
        {"sku": "crab", "name": "Crab", "station": "wok", "unit": "kg"},
        {"sku": "special", "name": "Special"},
        {"sku": "set", "name": "Set"},
    ],
}


def played(tmp_path: Path, orders: Sequence[Any], changes: int | None = 1) -> Scenario:
    menu, file = tmp_path / "menu.json", tmp_path / "orders.jsonl"
    menu.write_text(json.dumps(MENU), encoding="utf-8")
    lines = [each if isinstance(each, str) else json.dumps(each) for each in orders]
    file.write_text("\n".join(lines), encoding="utf-8")
    return load(menu, file, changes)


def many(tmp_path: Path, count: int, changes: int | None) -> Scenario:
    orders = [
        {"ref": f"R{n}", "lines": [{"sku": "rice", "qty": 1 + n % 3}, {"sku": "tea", "qty": 1}]}
        for n in range(count)
    ]
    return played(tmp_path, orders, changes)


def test_the_same_files_and_seed_give_the_same_commands(tmp_path: Path) -> None:
    first, second = (many(tmp_path, 40, 7) for _ in range(2))
    assert first.scripts == second.scripts
    assert first.menu_commands == second.menu_commands


def test_a_floor_plan_comes_in_before_the_menu(tmp_path: Path) -> None:
    many(tmp_path, 1, None)
    plan = tmp_path / "floor.json"
    table = {"id": "8", "name": "Eight", "x": 0, "y": 0, "w": 1, "h": 1}
    plan.write_text(json.dumps({"unit": "m", "tables": [table]}), encoding="utf-8")
    floor, *menu = load(tmp_path / "menu.json", tmp_path / "orders.jsonl", None, plan).menu_commands
    assert isinstance(floor, DefineFloor)
    assert [table.id for table in floor.tables] == ["8"]
    assert menu == many(tmp_path, 1, None).menu_commands


def test_another_seed_changes_other_orders_and_no_id(tmp_path: Path) -> None:
    first, second = (many(tmp_path, 40, seed).scripts for seed in (7, 8))
    assert [each.submit for each in first] == [each.submit for each in second]
    assert [bool(each.add) for each in first] != [bool(each.add) for each in second]


def test_changes_come_in_their_shares(tmp_path: Path) -> None:
    found = facts(many(tmp_path, 100, 1).scripts, 1)
    counted = (found.added_orders, found.voided, found.rushed, found.recalled)
    assert counted == (20, 10, 5, 5)
    assert 20 <= found.added_lines <= 40


def test_without_changes_orders_stay_as_they_are(tmp_path: Path) -> None:
    for script in many(tmp_path, 30, None).scripts:
        assert (script.add, script.void, script.rush, script.recall) == (None, None, None, None)


def test_the_only_portion_of_an_order_is_never_voided(tmp_path: Path) -> None:
    orders = [{"lines": [{"sku": "rice", "qty": 1}]}] * 30
    assert not any(script.void for script in played(tmp_path, orders).scripts)


def test_what_is_recalled_is_not_what_was_voided(tmp_path: Path) -> None:
    orders = [{"lines": [{"sku": "rice", "qty": 1}, {"sku": "tea", "qty": 1}]}] * 200
    both = [each for each in played(tmp_path, orders).scripts if each.void and each.recall]
    assert both
    for script in both:
        assert script.void is not None
        assert script.recall is not None
        assert script.void.choices[0].line != script.recall.choices[0].line


def test_a_set_meals_own_line_is_never_chosen(tmp_path: Path) -> None:
    lines = [
        {"id": "1", "sku": "set", "qty": 1},
        {"id": "2", "sku": "rice", "qty": 1, "parent": "1"},
        {"id": "3", "sku": "tea", "qty": 1, "parent": "1"},
    ]
    for script in played(tmp_path, [{"lines": lines}] * 100).scripts:
        for command in (script.void, script.recall):
            assert command is None or command.choices[0].line.nth != 0


@pytest.mark.parametrize(
    ("sku", "reach"),
    [("rice", 2), ("tea", 2), ("special", 3), ("nobody knows it", 3)],
)
def test_reach_counts_the_stations_and_the_pass(tmp_path: Path, sku: str, reach: int) -> None:
    (script,) = played(tmp_path, [{"lines": [{"sku": sku, "qty": 1}]}], None).scripts
    assert script.reach == reach


def test_refused_lines_are_told_by_their_number(tmp_path: Path) -> None:
    good = {"ref": "A", "lines": [{"sku": "rice", "qty": 1}]}
    scenario = played(tmp_path, [good, "{", good, {"lines": []}, {"lines": [{"sku": "x"}]}])
    refused = [(each.line, each.reason.code) for each in scenario.refused]
    assert refused == [
        (2, "broken_json"),
        (3, "repeated_ref"),
        (4, "no_lines"),
        (5, "bad_quantity"),
    ]
    assert [script.line for script in scenario.scripts] == [1]
    assert isinstance(scenario.scripts[0].submit, SubmitOrder)
