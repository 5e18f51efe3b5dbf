"""Nodes are killed while orders flow: nothing is lost, nothing doubled, all come to the same."""

from __future__ import annotations

import random

import pytest

from common.domain import commands as cmd
from common.node.client import Done
from tests.helpers.desk import COLD, WOK, item
from tests.helpers.store import COUNTER, EXPO, Site
from tests.mesh.conftest import MakeSite

pytestmark = pytest.mark.mesh

ORDERS = 12
MOMENTS = ("before", "while", "after")


class Evening:
    """Orders at the counter, cooking at the wok, one node killed somewhere in between."""

    def __init__(self, site: Site, seed: int) -> None:
        self.site = site
        self.draw = random.Random(seed)
        self.commands: list[cmd.SubmitOrder] = []
        self.rushes: list[cmd.RushOrder] = []

    def plays(self, victim: str, moment: str) -> None:
        site, fatal = self.site, self.draw.randrange(ORDERS)
        site.ask(victim, "status")  # it serves (again), and may be in the middle of catching up
        if moment == "before":
            site.kill(victim)
        for nth in range(ORDERS):
            command = site.submission(item("w1", 2), item("c1"), table=str(nth))
            self.commands.append(command)
            site.client(COUNTER).send(command)
            if moment == "while" and nth == fatal:
                site.poll(self.draw.randrange(3))
                site.kill(victim)
            site.poll(self.draw.randrange(3))
            self.cooks()
        if moment == "after":
            site.until(lambda: not site.client(COUNTER).unanswered)
            site.kill(victim)
        site.start(victim)

    def cooks(self) -> None:
        """The wok rushes what it has just seen: an act that no fold would take twice for one."""
        known = {rush.order_id for rush in self.rushes}
        for order in self.site.client(WOK).orders.values():
            if order.head is not None and order.id not in known:
                rush = cmd.RushOrder(cmd_id=self.site.new_id(), order_id=order.id)
                self.rushes.append(rush)
                self.site.client(WOK).send(rush)

    def ends(self, *names: str) -> None:
        """Everybody has everything, once."""
        site, clients = self.site, self.site.clients
        site.until(lambda: not any(client.unanswered for client in clients.values()), "answers")
        site.opened(*names)
        site.settle(*names)
        order_ids = [command.order_id for command in self.commands]
        site.until(lambda: all(site.has(name, order_ids) for name in names), "boards")
        site.leave_all()
        site.stop()
        events = site.events(names[0])
        assert all(site.events(name) == events for name in names)
        submitted = [row for row in events if row[3] == "OrderSubmitted"]
        assert sorted(row[4] for row in submitted) == sorted(each.hex() for each in order_ids)
        rushed = [row[5] for row in events if row[3] == "OrderRushed"]
        assert sorted(rushed) == sorted(rush.cmd_id.hex() for rush in self.rushes)
        self.agree(names)

    def agree(self, names: tuple[str, ...]) -> None:
        site = self.site
        folds = "SELECT order_id, number, fold_hash FROM v_order ORDER BY order_id"
        rows = site.rows(names[0], folds)
        assert all(site.rows(name, folds) == rows for name in names)
        numbers = {row[0]: row[1] for row in rows}
        assert len(set(numbers.values())) == len(self.commands)
        told = [update for update in site.seen[COUNTER] if isinstance(update, Done)]
        told = [done for done in told if done.order_id is not None]
        assert len(told) == len(self.commands)
        assert {done.order_id.hex(): done.number for done in told if done.order_id} == numbers


@pytest.mark.parametrize("victim", [COUNTER, WOK])
def test_killed_again_and_again_while_orders_flow(pair: Site, victim: str) -> None:
    evening = Evening(pair, seed=COUNTER.index("-") + len(victim))
    for moment in (*MOMENTS, "while"):
        evening.plays(victim, moment)
    evening.ends(COUNTER, WOK)


def test_killed_in_turn_in_a_mesh_of_four(new_site: MakeSite) -> None:
    names = (COUNTER, WOK, COLD, EXPO)
    site = new_site(names)
    site.start()
    site.opened(*names)
    site.brings_menu()
    evening = Evening(site, seed=4)
    for victim in (WOK, EXPO, COUNTER, COLD):
        evening.plays(victim, "while")
    evening.ends(*names)
