"""How old a ticket is, and what colour that has."""

import pytest

from common.ui.ages import Timer, widest
from common.ui.scenes.restaurant import at
from common.ui.scenes.story import Story
from tests.unit.kds.reading import timer


@pytest.fixture
def story() -> Story:
    return Story("timers")


def test_it_runs_from_the_firing_through_its_grades(story: Story) -> None:
    order = story.order("12:00:00", story.dish("kung-pao"), table="1")
    assert timer(story, order, "12:00:06") == Timer("ok", "0:06")
    assert timer(story, order, "12:09:59") == Timer("ok", "9:59")
    assert timer(story, order, "12:10:00") == Timer("warn", "10:00")
    assert timer(story, order, "12:16:08") == Timer("late", "16:08", "+1:08")
    assert timer(story, order, "13:02:03").text == "1:02:03"


def test_it_is_never_negative(story: Story) -> None:
    order = story.order("12:00:00", story.dish("kung-pao"), table="1")
    assert timer(story, order, "11:59:58").text == "0:00"


def test_deliveries_are_late_sooner(story: Story) -> None:
    order = story.order(
        "12:00:00", story.dish("kung-pao"), channel="delivery", provider="meituan", pickup_no="1"
    )
    assert timer(story, order, "12:08:00").age == "warn"
    assert timer(story, order, "12:12:00").overrun == "+0:00"


def test_it_has_no_grade_before_somebody_saw_it_but_says_when_it_is_late(story: Story) -> None:
    order = story.order("12:00:00", story.dish("kung-pao"), table="1", seen=False)
    assert timer(story, order, "12:15:30") == Timer("unseen", "15:30", "+0:30")


def test_what_is_fetched_counts_down_and_is_late_past_its_time(story: Story) -> None:
    due = at("12:40:00")
    order = story.order("12:00:00", story.dish("kung-pao"), channel="phone", due_at=due)
    assert timer(story, order, "12:24:10") == Timer("ok", "in 15:50")
    assert timer(story, order, "12:35:00").age == "warn"
    assert timer(story, order, "12:41:08") == Timer("late", "in 0:00", "+1:08")


def test_the_most_urgent_dish_that_is_not_ready_counts(story: Story) -> None:
    order = story.order("12:00:00", story.dish("kung-pao"), table="1")
    story.adds(order, "12:05:00", story.dish("mapo-tofu"))
    assert timer(story, order, "12:06:00").text == "6:00"
    story.readies(order, "12:06:00", "kung-pao")
    assert timer(story, order, "12:06:00").text == "1:00"


def test_a_ticket_on_hold_has_no_age(story: Story) -> None:
    order = story.hold("12:00:00", story.dish("kung-pao"), table="1")
    assert timer(story, order, "12:30:00") == Timer("unseen", "On hold")


def test_the_room_for_a_timer_changes_only_with_its_digits() -> None:
    assert widest(Timer("ok", "9:59")) == widest(Timer("ok", "1:11")) == "0:00"
    assert widest(Timer("ok", "in 10:00")) == "in 00:00"
