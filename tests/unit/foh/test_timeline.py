"""An order's way is told in people's words, with the time of each step."""

import pytest

from common.domain.codec import Event
from common.domain.order import Order
from common.node.way import way_of
from common.ui.places import place_of
from common.ui.scenes import build
from common.ui.scenes.restaurant import TILL, origin_of
from common.ui.scenes.story import Story
from foh.screens.timeline import StepRow, event_name, stored_of, timeline


@pytest.fixture
def story() -> Story:
    return Story("timeline")


def steps(story: Story, order: Order, lang: str = "en") -> list[StepRow]:
    place = place_of(story.house, TILL, (), lang)
    return timeline(order, story.house, place, {})


def said(story: Story, order: Order) -> list[str]:
    return [f"{step.time} {step.text}" for step in steps(story, order)]


def test_a_table_of_the_rush_has_every_step_in_sequence() -> None:
    scene = build("rush", TILL)
    order = next(
        order
        for order in scene.orders.values()
        if order.head and order.head.table == "8" and not order.closed
    )
    place = place_of(scene.house, TILL, (), "en")
    told = [f"{step.time} {step.text}" for step in timeline(order, scene.house, place, {})]
    assert told == [
        "12:08:02 Counter 1 (王芳) ordered 4 dishes",
        "12:08:03 Wok, Cold received it",
        "12:08:11 Wok saw it",
        "12:08:20 Cold saw it",
        "12:12:40 Mouthwatering Chicken in Chilli Oil ready (Cold)",
        "12:13:05 Mouthwatering Chicken in Chilli Oil served (Pass)",
        (
            "12:15:10 Wok began Kung Pao Chicken, Dry-Fried Green Beans with Minced Pork ×2, "
            "Sichuan Boiled Fish in Chilli Oil"
        ),
        "12:16:20 Rush, Wok saw it 12:16:24",
        "12:20:02 Rush, for the 2. time, Wok saw it 12:20:09",
        "12:22:51 Kung Pao Chicken ready (Wok)",
    ]


def test_what_the_guests_wish_otherwise_is_told_with_its_wishes(story: Story) -> None:
    order = story.order("12:00:00", story.dish("kung-pao", 2), table="8")
    story.changes(order, "12:01:00", "kung-pao", "mild", note="少油")
    story.adds(order, "12:02:00", story.dish("rice", 3))
    story.voids(order, "12:03:00", "kung-pao", 1)
    story.holds(order, "12:04:00", "kung-pao")
    story.fires(order, "12:05:00", "kung-pao")
    assert said(story, order)[3:] == [
        "12:01:00 Changed Kung Pao Chicken ×2: Mild, “少油”",
        "12:02:00 Added Steamed Rice ×3",
        "12:03:00 Void Kung Pao Chicken ×1",
        "12:04:00 Hold Kung Pao Chicken ×1 (Counter 1)",
        "12:05:00 Fire Kung Pao Chicken ×1 (Counter 1)",
    ]


def test_commands_that_crossed_are_told_among_the_steps(story: Story) -> None:
    order = story.order("12:00:00", story.dish("kung-pao"), table="8")
    story.bumps(order, "12:05:00")
    story.voids(order, "12:06:00", "kung-pao")
    last = steps(story, order)[-1]
    assert (last.kind, last.text) == ("trouble", "Kung Pao Chicken: voided after it was cooked")


def test_many_dishes_are_named_by_the_first_and_counted(story: Story) -> None:
    dishes = [story.dish(sku) for sku in ("kung-pao", "mapo-tofu", "rice", "tomato-egg")]
    order = story.order("12:00:00", *dishes, table="8")
    story.serves(order, "12:10:00")
    assert said(story, order)[-1] == (
        "12:10:00 Kung Pao Chicken, Mapo Tofu and 2 more served (Pass)"
    )


def test_a_step_of_a_later_version_is_shown_as_such(story: Story) -> None:
    order = story.order("12:00:00", story.dish("kung-pao"), table="8")
    last = order.history[-1]
    order.apply(
        Event(
            origin=last.origin,
            epoch=last.epoch,
            seq=last.seq + 100,
            lamport=last.lamport + 100,
            at=last.at + 60_000_000,
            kind="TableSungTo",
            subject=order.id,
            cmd_id=bytes(16),
            actor="",
            to=(),
            version=1,
            payload=b"\x90",
        )
    )
    step = steps(story, order)[-1]
    assert step.kind == "unknown"
    assert step.text == "A step that this version does not know: TableSungTo"


def test_who_keeps_what_was_asked_is_read_from_the_nodes_trace(story: Story) -> None:
    order = story.order("12:00:00", story.dish("kung-pao"), table="8")
    told = way_of(
        order,
        story.house,
        lambda event: [{"node": name, "at": event.at + 7_000} for name in ("wok", "expo")],
    )
    place = place_of(story.house, TILL, (), "en")
    first = timeline(order, story.house, place, stored_of(told))[0]
    assert first.detail == "stored by 2 others, the first in 7 ms"
    assert order.submitted is not None
    assert first.key == event_name(order.submitted.id)
    assert order.submitted.origin == origin_of(TILL)
    assert stored_of(None) == {}
