"""A measured order: all of its words have room, each dish the height of a finger."""

from typing import Any

import pytest

from common.domain.commands import LineInput
from common.domain.house import EXPO
from common.ui.ages import widest
from common.ui.places import place_of
from common.ui.scenes.restaurant import at
from common.ui.scenes.story import Story
from kds.screens.expo_orders import order_views
from kds.screens.expo_sheets import OVERRUN, PassRuler
from kds.screens.sheets import Sheet
from tests.unit.kds.test_sheets import METRICS, Squares

# Marks and spaces are squares here too, so that a card takes more than on the glass.
RULER = PassRuler(METRICS, Squares(), PassRuler.least(METRICS) + 6 * METRICS.info_size, 965)
LONG = "长" * 200


def sheet(story: Story, *lines: LineInput, ruler: PassRuler = RULER, **facts: Any) -> Sheet:
    order = story.order("12:00:00", *lines, **facts)
    (view,) = order_views(order, story.house, place_of(story.house, EXPO, (), "zh_CN"))
    return ruler.sheet(view, widest(view.timer(at("12:10:00"))))


@pytest.fixture
def story() -> Story:
    return Story("pass sheets")


def test_a_card_has_a_usual_dish_on_one_line_that_a_finger_meets(story: Story) -> None:
    (row,) = sheet(story, story.dish("kung-pao"), table="1").body
    assert row.height == METRICS.touch
    assert row.text == "宫保鸡丁"


def test_a_long_name_goes_on_below_with_its_station_beside(story: Story) -> None:
    rows = sheet(story, LineInput(zh="一二三四五六七八九十"), table="1").body
    assert "".join(row.text for row in rows) == "一二三四五六七八九十"
    assert [bool(row.badge_width) for row in rows] == [True, False]
    assert [bool(row.station) for row in rows] == [False, True]
    assert {row.line for row in rows} == {rows[0].key}


def test_a_number_without_room_stands_among_the_facts(story: Story) -> None:
    plain = sheet(story, story.dish("rice"), table="一")
    assert plain.view.number
    assert plain.header_height == METRICS.touch
    wide = sheet(story, story.dish("rice"), table="一二三四五六七")
    assert wide.view.number == ""
    assert wide.strip[0].text.startswith("A2 · ")


def test_the_facts_have_room_for_the_overrun_from_the_start(story: Story) -> None:
    strip = sheet(story, story.dish("rice"), table="1").strip[0]
    assert strip.text.endswith(OVERRUN)


@pytest.mark.parametrize("height", [500, 862, 1700])
def test_the_longest_words_are_all_there_and_head_and_row_share_a_column(
    story: Story, height: int
) -> None:
    ruler = PassRuler(METRICS, Squares(), PassRuler.least(METRICS), height)
    said = sheet(
        story,
        LineInput(zh=LONG, note=LONG),
        ruler=ruler,
        table=LONG,
        note=LONG,
        allergies=(LONG,),
        by=LONG,
    )
    assert said.head + max(row.height for row in said.body) + METRICS.torn_height <= height
    dishes = "".join(row.text for row in said.body if row.kind == "line")
    assert dishes == LONG
    assert said.strip[0].text.startswith(OVERRUN)
    in_full = "".join(row.text for row in said.body if row.kind == "course")
    assert in_full.count("长") >= 3 * len(LONG)
