"""The scenes: the same in every run, all from commands, and each what its name says."""

import subprocess
import sys
from collections.abc import Iterable

import pytest

from common.domain.clock import SECOND
from common.domain.order import Order, Ticket, fold_order
from common.domain.portions import State
from common.errors import KnownError
from common.ui.scenes import NAMES, Scene, build
from common.ui.scenes.restaurant import at

WOK = "wok"


def tickets(scene: Scene, station: str = WOK) -> list[tuple[Order, Ticket]]:
    """What stands open at a station, as it came."""
    return [
        (order, ticket) for order in scene.orders.values() for ticket in order.open_tickets(station)
    ]


def numbers(scene: Scene) -> list[str]:
    return [scene.house.number(order.id) for order, _ in tickets(scene)]


def dishes(pairs: Iterable[tuple[Order, Ticket]]) -> list[tuple[str, int, State]]:
    return [
        (line.record.zh, line.record.qty // 1000, line.state)
        for order, ticket in pairs
        for line in order.ticket_lines(ticket.station, ticket.batch)
    ]


def test_the_names_are_those_that_people_were_promised() -> None:
    assert NAMES == (
        "quiet",
        "rush",
        "long_ticket",
        "allergy",
        "changes",
        "disconnected",
        "adopted",
        "empty",
        "250_of_one",
        "40_lines",
        "60_character_names",
        "two_allergies",
        "all_held",
        "99_tickets",
    )


def test_an_unknown_name_is_refused_with_those_that_there_are() -> None:
    with pytest.raises(KnownError, match="99_tickets"):
        build("christmas")


@pytest.mark.parametrize("name", NAMES)
def test_a_scene_is_the_same_in_every_run_and_in_every_sequence(name: str) -> None:
    one, two = build(name), build(name)
    assert [order.digest() for order in one.orders.values()] == [
        order.digest() for order in two.orders.values()
    ]
    for order in one.orders.values():
        assert fold_order(order.id, reversed(order.history)).digest() == order.digest()


@pytest.mark.parametrize("name", NAMES)
def test_nothing_in_a_scene_comes_from_its_future(name: str) -> None:
    scene = build(name)
    assert scene.now == at("12:24:10")
    assert all(event.at <= scene.now for order in scene.orders.values() for event in order.history)


def test_scenes_load_no_qt() -> None:
    code = "import sys, common.ui.scenes; sys.exit('PySide6' in sys.modules)"
    assert subprocess.call([sys.executable, "-c", code]) == 0


def test_the_rush_is_the_picture_that_was_drawn_of_it() -> None:
    scene = build("rush")
    assert numbers(scene) == [
        "A31", "meituan #12", "A33", "A34", "P12", "A37", "eleme #88", "A38"
    ]  # fmt: skip
    ages = [(scene.now - ticket.opened_at) // SECOND for _, ticket in tickets(scene)]
    assert ages == [16 * 60 + 8, 15 * 60 + 20, 11 * 60 + 37, 10 * 60 + 2, 220, 164, 65, 6]
    assert dishes(tickets(scene)[:2]) == [
        ("宫保鸡丁", 1, State.READY),
        ("干煸四季豆", 2, State.COOKING),
        ("水煮鱼", 1, State.COOKING),
        ("鱼香肉丝盖饭", 3, State.COOKING),
        ("回锅肉", 1, State.READY),
    ]
    unseen = [order for order, _ in tickets(scene) if order.unseen(WOK)]
    assert [scene.house.number(order.id) for order in unseen] == ["A38"]


def test_the_hour_before_took_7_42_on_average() -> None:
    scene = build("rush")
    took = [
        ticket.bumped_at - ticket.opened_at
        for order in scene.orders.values()
        for ticket in order.tickets.values()
        if ticket.station == WOK
        and ticket.bumped_at is not None
        and ticket.bumped_at > scene.now - 3600 * SECOND
    ]
    assert sum(took) // len(took) // SECOND == 7 * 60 + 42


@pytest.mark.parametrize(
    ("name", "count"),
    [("quiet", 2), ("empty", 0), ("40_lines", 1), ("all_held", 2), ("99_tickets", 99)],
)
def test_a_scene_has_as_many_tickets_as_it_says(name: str, count: int) -> None:
    assert len(tickets(build(name))) == count


def test_the_extremes_are_as_extreme_as_they_say() -> None:
    (many,) = dishes(tickets(build("250_of_one")))
    assert many == ("蛋炒饭", 250, State.COOKING)
    assert len(dishes(tickets(build("40_lines")))) == 40
    names = dishes(tickets(build("60_character_names")))
    assert {len(name) for name, _, _ in names} == {60}
    assert {state for _, _, state in dishes(tickets(build("all_held")))} == {State.HELD}
    ((order, _),) = tickets(build("two_allergies"))
    assert order.head is not None
    assert len(order.head.allergies) == 2


def test_changes_are_all_news_to_the_station() -> None:
    scene = build("changes")
    kinds = {event.kind for order, _ in tickets(scene) for event in order.unseen(WOK)}
    assert kinds == {"LinesAdded", "LineChanged", "LinesVoided", "OrderRushed"}


def test_an_adopted_station_is_dead_and_has_work() -> None:
    scene = build("adopted")
    assert scene.adopted == ("cold",)
    assert [peer.name for peer in scene.peers if not peer.up] == ["cold"]
    assert {state for _, _, state in dishes(tickets(scene, "cold"))} == {
        State.COOKING,
        State.FIRED,
    }


def test_a_silent_node_has_been_silent_for_a_while() -> None:
    scene = build("disconnected")
    assert scene.link.state == "silent"
    assert scene.link.since == at("12:23:48")
