"""Guests who order in a rush and change their minds, at a counter of real nodes."""

from __future__ import annotations

from collections import deque
from pathlib import Path

from common.domain.commands import OrderCommand
from common.rehearsal.scenario import Script, load
from tests.helpers.store import COUNTER, Site

ROOT = Path(__file__).parents[2]
BURRITO = ROOT.parent / "shared" / "data" / "burrito-house"
HOUSE = BURRITO if BURRITO.exists() else ROOT / "resources" / "sample"
LATER = 2
"""How many orders later guests change something."""


class Rush:
    """Keeps so many orders on a station's board until all have been ordered."""

    def __init__(self, site: Site, station: str, orders: int, at_once: int) -> None:
        scenario = load(HOUSE / "menu.json", HOUSE / "orders.jsonl", 1)
        placed = {dish.sku: dish.station for dish in scenario.menu.dishes}
        self.site = site
        self._station = station
        self._at_once = at_once
        self._scripts = deque(
            [
                script
                for script in scenario.scripts
                if any(placed.get(line.sku or "") == station for line in script.submit.order.lines)
            ][:orders]
        )
        self._changing: deque[list[OrderCommand]] = deque()
        self.ordered: list[bytes] = []
        for command in scenario.menu_commands:
            site.does(COUNTER, command)

    @property
    def over(self) -> bool:
        """Whether nobody orders any more and the station has bumped all."""
        return not (self._scripts or self._changing or self._open())

    def go_on(self) -> None:
        """Let guests order where there is room, and change what they ordered before."""
        self.site.poll(0)
        while self._scripts and self._open() < self._at_once:
            self._order(self._scripts.popleft())
        if not self._scripts:
            while self._changing:
                self._change()

    def _order(self, script: Script) -> None:
        self.site.does(COUNTER, script.submit)
        self.ordered.append(script.submit.order_id)
        self.site.until(lambda: self.site.has(COUNTER, self.ordered[-1:]), "order")
        self._changing.append([c for c in (script.add, script.void, script.rush) if c])
        if len(self._changing) > LATER:
            self._change()

    def _change(self) -> None:
        for command in self._changing.popleft():
            self.site.answer(COUNTER, command)  # a dish that is ready can't be voided any more

    def _open(self) -> int:
        orders = self.site.client(COUNTER).orders
        return sum(bool(orders[each].open_tickets(self._station)) for each in self.ordered)
