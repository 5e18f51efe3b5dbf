"""What will be played: a menu, orders from a file, and by a seed what guests change about them.

Everything here follows from the files and the seed, ids included: the same rehearsal twice sends
the same commands.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from itertools import count
from pathlib import Path
from typing import NamedTuple

import msgspec

from common.domain.commands import (
    ActivateMenu,
    AddLines,
    Choice,
    DefineDishes,
    DefineFloor,
    DishInput,
    LineInput,
    OrderInput,
    Recall,
    RushOrder,
    SubmitOrder,
    VoidLines,
    encode_command,
)
from common.domain.floor import floor_command, read_floor
from common.domain.house import EXPO
from common.domain.ids import LineId, derived_id
from common.domain.menu import Menu, menu_commands, read_menu
from common.domain.order_file import read_order_file
from common.domain.portions import portion_count
from common.domain.reasons import Rejected

GUESTS = "robot:guests"
DOOR = "file"
"""Who handed the orders in, where they name no platform."""

ADDED, VOIDED, RUSHED, RECALLED = 0.20, 0.10, 0.05, 0.05
"""The shares of the orders that guests change their minds about."""


class Script(NamedTuple):
    """One order and all that its guests will say; `line` is its number in the file.

    `reach` is how many nodes have to store it beside the one that takes it, `size` its bytes.
    """

    line: int
    submit: SubmitOrder
    reach: int
    size: int
    add: AddLines | None = None
    void: VoidLines | None = None
    rush: RushOrder | None = None
    recall: Recall | None = None

    @property
    def lines(self) -> int:
        """Dishes and set meals on the order as the file has it."""
        return len(self.submit.order.lines)


class Refusal(NamedTuple):
    """A line of the order file that is no order."""

    line: int
    reason: Rejected


class Scenario(NamedTuple):
    """The whole play."""

    menu: Menu
    menu_commands: list[DefineDishes | ActivateMenu | DefineFloor]
    scripts: list[Script]
    refused: list[Refusal]

    @property
    def stations(self) -> list[str]:
        """The kitchen's stations."""
        return [station.id for station in self.menu.stations]


def load(
    menu_file: Path, order_file: Path, changes: int | None, floor_file: Path | None = None
) -> Scenario:
    """Read the files and draw what guests change (None: nothing). Raises Refused, OSError."""
    menu = read_menu(menu_file.read_bytes())
    scripts: list[Script] = []
    refused: list[Refusal] = []
    catalogue = Catalogue(menu)
    with order_file.open("rb") as lines:
        for number, order in read_order_file(lines, menu.currency, DOOR):
            if isinstance(order, Rejected):
                refused.append(Refusal(number, order))
            else:
                scripts.append(catalogue.script(number, order))
    if changes is not None:
        scripts = Whims(catalogue, changes).over(scripts)
    commands: list[DefineDishes | ActivateMenu | DefineFloor] = []
    if floor_file is not None:
        floor = read_floor(floor_file.read_bytes())
        commands.append(floor_command(floor, _id(b"floor", 0), GUESTS))
    commands += menu_commands(menu, _ids(b"menu"), GUESTS)
    return Scenario(menu, commands, scripts, refused)


def _ids(what: bytes) -> Callable[[], bytes]:
    numbers = count()
    return lambda: _id(what, next(numbers))


def _id(what: bytes, number: int) -> bytes:
    return derived_id(b"rehearsal", what, number.to_bytes(8, "big"))


class Catalogue:
    """The menu as orders are read by it."""

    def __init__(self, menu: Menu) -> None:
        self.menu = menu
        self._by_sku = {dish.sku: dish for dish in menu.dishes}
        self._by_name: dict[str, DishInput] = {}
        for dish in menu.dishes:
            self._by_name.setdefault(dish.zh, dish)
            self._by_name.setdefault(dish.en, dish)

    def find(self, line: LineInput) -> DishInput | None:
        """The dish that a line means."""
        if line.sku is not None and line.sku in self._by_sku:
            return self._by_sku[line.sku]
        return self._by_name.get(line.zh) or self._by_name.get(line.en)

    def portions(self, line: LineInput) -> int:
        """How many portions a line is."""
        dish = self.find(line)
        return portion_count(line.qty, line.unit or (dish.unit if dish else None))

    def script(self, number: int, order: OrderInput) -> Script:
        """An order as it will be submitted, with nothing changed about it."""
        submit = SubmitOrder(
            cmd_id=_id(b"submit", number),
            actor=GUESTS,
            order_id=_id(b"order", number),
            order=order,
        )
        return Script(number, submit, len(self._reach(order.lines)), len(encode_command(submit)))

    def _reach(self, lines: Sequence[LineInput]) -> set[str]:
        roles = {EXPO}
        for nth in dish_places(lines):
            dish = self.find(lines[nth])
            station = dish.station if dish else None
            roles |= {station} if station else {each.id for each in self.menu.stations}
        return roles


def dish_places(lines: Sequence[LineInput]) -> list[int]:
    """Which of the lines are dishes: all but a set meal's own."""
    parents = {line.parent for line in lines if line.parent is not None}
    return [nth for nth, line in enumerate(lines) if line.ref is None or line.ref not in parents]


class Whims:
    """What guests change about their orders, drawn by a seed."""

    def __init__(self, catalogue: Catalogue, seed: int) -> None:
        self._catalogue = catalogue
        self._seed = seed
        self._dishes = [dish for dish in catalogue.menu.dishes if dish.station is not None]

    def over(self, scripts: list[Script]) -> list[Script]:
        """The scripts with additions, voids, rushes and recalls drawn into them."""
        every = range(len(scripts))
        # Of an order's only portion nothing would be left to serve.
        voidable = [n for n in every if self._count(scripts[n]) > 1]
        add = self._draw("add", every, ADDED, len(scripts)) if self._dishes else set()
        void = self._draw("void", voidable, VOIDED, len(scripts))
        rush = self._draw("rush", every, RUSHED, len(scripts))
        recall = self._draw("recall", every, RECALLED, len(scripts))
        return [
            script._replace(
                add=self._add(script) if n in add else None,
                void=self._void(script) if n in void else None,
                rush=self._rush(script) if n in rush else None,
                recall=self._recall(script, n in void) if n in recall else None,
            )
            for n, script in enumerate(scripts)
        ]

    def _draw(self, what: str, places: Sequence[int], share: float, total: int) -> set[int]:
        size = min(round(share * total), len(places))
        return set(self._random(what, 0).sample(places, size))

    def _random(self, what: str, line: int) -> random.Random:
        # One stream for each decision: a change in one draws nothing else differently.
        return random.Random(f"{self._seed}/{what}/{line}")

    def _portions(self, script: Script) -> list[tuple[int, int]]:
        lines = script.submit.order.lines
        return [(nth, self._catalogue.portions(lines[nth])) for nth in dish_places(lines)]

    def _count(self, script: Script) -> int:
        return sum(portions for _, portions in self._portions(script))

    def _add(self, script: Script) -> AddLines:
        chance = self._random("dishes", script.line)
        dishes = chance.choices(self._dishes, k=chance.randint(1, 2))
        return AddLines(
            cmd_id=_id(b"add", script.line),
            actor=GUESTS,
            order_id=script.submit.order_id,
            lines=tuple(LineInput(zh=dish.zh, en=dish.en, sku=dish.sku) for dish in dishes),
        )

    def _void(self, script: Script) -> VoidLines:
        places = [nth for nth, _ in self._portions(script)]
        nth = self._random("portion", script.line).choice(places)
        return VoidLines(
            cmd_id=_id(b"void", script.line),
            actor=GUESTS,
            order_id=script.submit.order_id,
            choices=(Choice(LineId(script.submit.cmd_id, nth), count=1),),
            reason="changed their mind",
        )

    def _rush(self, script: Script) -> RushOrder:
        cmd_id = _id(b"rush", script.line)
        return RushOrder(cmd_id=cmd_id, actor=GUESTS, order_id=script.submit.order_id)

    def _recall(self, script: Script, voided: bool) -> Recall:
        """One served portion goes back, of a line that has one left after the void."""
        left = dict(self._portions(script))
        if voided:
            left[self._void(script).choices[0].line.nth] -= 1
        places = [nth for nth, portions in left.items() if portions]
        nth = self._random("back", script.line).choice(places)
        return Recall(
            cmd_id=_id(b"recall", script.line),
            actor=GUESTS,
            order_id=script.submit.order_id,
            choices=(Choice(LineId(script.submit.cmd_id, nth), count=1),),
        )


class ScenarioFacts(msgspec.Struct, frozen=True):
    """What a scenario holds, for the report."""

    seed: int | None
    added_orders: int
    added_lines: int
    voided: int
    rushed: int
    recalled: int


def facts(scripts: Sequence[Script], seed: int | None) -> ScenarioFacts:
    """Count what guests will change."""
    return ScenarioFacts(
        seed=seed,
        added_orders=sum(script.add is not None for script in scripts),
        added_lines=sum(len(script.add.lines) for script in scripts if script.add),
        voided=sum(script.void is not None for script in scripts),
        rushed=sum(script.rush is not None for script in scripts),
        recalled=sum(script.recall is not None for script in scripts),
    )
