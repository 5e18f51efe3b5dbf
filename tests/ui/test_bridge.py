"""The bridge to a node that really runs, and to one that the test plays."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from common.domain import commands as cmd
from common.domain.ids import HOUSE
from common.domain.reasons import Rejected
from common.node.client import Declined, Done, NodeClient
from common.ui.bridge import Bridge
from common.ui.link import Link
from tests.helpers.desk import WOK
from tests.helpers.store import COUNTER, Site, pause, resume

pytestmark = pytest.mark.mesh

WAIT_MS = 20_000


class Heard:
    """A bridge with all it ever told."""

    def __init__(self, folder: Path) -> None:
        self.bridge = Bridge(NodeClient(folder))
        self.changes: list[frozenset[bytes] | None] = []
        self.answers: list[Done | Declined] = []
        self.links: list[Link] = []
        self.bridge.changed.connect(self.changes.append)
        self.bridge.answered.connect(self.answers.append)
        self.bridge.link_changed.connect(lambda: self.links.append(self.bridge.link))

    def told(self) -> set[bytes]:
        return {each for change in self.changes if change is not None for each in change}

    def answer(self, command: cmd.AnyCommand) -> Done | Declined | None:
        return next((each for each in self.answers if each.cmd_id == command.cmd_id), None)


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    site = Site(tmp_path / "store")
    yield site
    site.close()


@pytest.fixture
def listen(qtbot: QtBot, site: Site) -> Iterator[Callable[[str], Heard]]:
    opened: list[Heard] = []

    def listen(name: str) -> Heard:
        opened.append(Heard(site.folders[name]))
        return opened[-1]

    yield listen
    for heard in opened:
        heard.bridge.close()


Listen = Callable[[str], Heard]


def until(qtbot: QtBot, done: Callable[[], Any]) -> None:
    qtbot.waitUntil(lambda: bool(done()), timeout=WAIT_MS)


def test_a_board_its_changes_and_the_answer_to_a_command(
    qtbot: QtBot, site: Site, listen: Listen
) -> None:
    site.start()
    site.opened(COUNTER)
    site.brings_menu()
    counter, wok = listen(COUNTER), listen(WOK)
    assert counter.bridge.link.state == "opening"
    until(qtbot, lambda: counter.bridge.link.state == wok.bridge.link.state == "live")
    until(qtbot, lambda: wok.bridge.house.active is not None)
    assert wok.changes[0] is None
    assert wok.bridge.roles == (WOK,)

    command = site.submission()
    counter.bridge.submit(command)
    until(qtbot, lambda: counter.answer(command))
    until(qtbot, lambda: command.order_id in wok.told())
    assert isinstance(counter.answer(command), Done)
    assert command.order_id in wok.bridge.orders
    assert abs(wok.bridge.mesh_now() - counter.bridge.mesh_now()) < 1_000_000


def test_what_came_before_an_answer_is_told_before_it(
    qtbot: QtBot, site: Site, listen: Listen
) -> None:
    site.start(COUNTER)
    site.opened(COUNTER)
    site.brings_menu()
    heard = listen(COUNTER)
    until(qtbot, lambda: heard.bridge.link.state == "live")
    told_by_then: list[bool] = []

    def note(answer: Done | Declined) -> None:
        order = heard.bridge.orders.get(getattr(answer, "order_id", b""))
        told_by_then.append(order is None or order.id in heard.told())

    heard.bridge.answered.connect(note)
    commands = [site.submission() for _ in range(20)]
    for command in commands:
        heard.bridge.submit(command)
    until(qtbot, lambda: len(heard.answers) == 20)
    until(qtbot, lambda: {command.order_id for command in commands} <= heard.told())
    assert all(told_by_then)
    assert len(heard.changes) <= 41


def test_a_refusal_comes_with_its_reason(qtbot: QtBot, site: Site, listen: Listen) -> None:
    site.start(COUNTER)
    heard = listen(COUNTER)
    command = cmd.RushOrder(cmd_id=heard.bridge.new_id(), order_id=heard.bridge.new_id())
    heard.bridge.submit(command)
    until(qtbot, lambda: heard.answer(command))
    answer = heard.answer(command)
    assert isinstance(answer, Declined)
    assert isinstance(answer.reason, Rejected)


def test_the_stores_own_events_are_told_as_the_houses(
    qtbot: QtBot, site: Site, listen: Listen
) -> None:
    site.start(COUNTER)
    heard = listen(COUNTER)
    until(qtbot, lambda: heard.bridge.link.state == "live")
    site.opened(COUNTER)
    site.brings_menu()
    until(qtbot, lambda: HOUSE in heard.told())
    until(qtbot, lambda: heard.bridge.house.active is not None)


def test_a_question_is_answered_to_who_asked(qtbot: QtBot, site: Site, listen: Listen) -> None:
    site.start(COUNTER)
    heard = listen(COUNTER)
    told: list[Any] = []
    heard.bridge.ask("roles", told.append)
    until(qtbot, lambda: told)
    assert {node["name"] for node in told[0]["nodes"]} == {COUNTER, WOK}


def test_the_other_machines_are_told_with_their_roles(
    qtbot: QtBot, site: Site, listen: Listen
) -> None:
    site.start()
    heard = listen(COUNTER)
    until(qtbot, lambda: any(peer.up for peer in heard.bridge.peers))
    (peer,) = heard.bridge.peers
    assert (peer.name, peer.roles, peer.silent_s) == (WOK, (WOK,), 0)
    site.kill(WOK)
    until(qtbot, lambda: not heard.bridge.peers[0].up)
    assert heard.bridge.peers[0].silent_s >= 0


def test_what_is_wrong_with_a_delivery_is_told_and_that_it_is_well_again(
    qtbot: QtBot, site: Site, listen: Listen
) -> None:
    site.start()
    site.opened(COUNTER)
    site.brings_menu()
    heard = listen(COUNTER)
    until(qtbot, lambda: any(peer.up for peer in heard.bridge.peers))
    assert heard.bridge.alarms == ()
    told: list[int] = []
    heard.bridge.alarms_changed.connect(lambda: told.append(len(heard.bridge.alarms)))
    pause(site.pid(WOK))
    heard.bridge.submit(site.submission())
    until(qtbot, lambda: heard.bridge.alarms)
    resume(site.pid(WOK))
    until(qtbot, lambda: not heard.bridge.alarms)
    assert (told[0], told[-1]) == (1, 0)


def test_a_node_that_dies_is_silent_and_comes_back_by_itself(
    qtbot: QtBot, site: Site, listen: Listen
) -> None:
    site.start(COUNTER)
    site.opened(COUNTER)
    site.brings_menu()
    before = site.submission()
    site.does(COUNTER, before)
    heard = listen(COUNTER)
    until(qtbot, lambda: before.order_id in heard.bridge.orders)
    site.kill(COUNTER)
    until(qtbot, lambda: heard.bridge.link.state == "silent")
    assert 0 <= heard.bridge.mesh_now() - heard.bridge.link.since < 10_000_000
    assert before.order_id in heard.bridge.orders, "the last picture stays"
    meanwhile = site.submission()
    heard.bridge.submit(meanwhile)
    site.start(COUNTER)
    until(qtbot, lambda: heard.bridge.link.state == "live")
    until(qtbot, lambda: isinstance(heard.answer(meanwhile), Done))
    assert heard.changes.count(None) == 2
    assert [link.state for link in dict.fromkeys(heard.links)] == ["live", "silent", "live"]


def test_after_closing_nothing_is_told(qtbot: QtBot, site: Site, listen: Listen) -> None:
    site.start(COUNTER)
    site.opened(COUNTER)
    site.brings_menu()
    closed, open_ = listen(COUNTER), listen(COUNTER)
    until(qtbot, lambda: closed.bridge.link.state == open_.bridge.link.state == "live")
    closed.bridge.close()
    told = len(closed.changes)
    command = site.submission()
    open_.bridge.submit(command)
    until(qtbot, lambda: command.order_id in open_.told())
    assert len(closed.changes) == told
