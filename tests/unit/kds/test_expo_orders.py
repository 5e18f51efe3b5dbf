"""An order as the pass reads it: its dishes' states, its courses, its age, when it leaves."""

import pytest

from common.domain.house import EXPO
from common.domain.order import Order
from common.domain.portions import State
from common.ui.places import place_of
from common.ui.scenes.restaurant import at
from common.ui.scenes.story import Story
from kds.screens.expo_lines import PassLine
from kds.screens.expo_orders import OrderView, course_action, gone, order_views, ready_first


@pytest.fixture
def story() -> Story:
    return Story("pass")


def views(story: Story, order: Order, lang: str = "en") -> tuple[OrderView, ...]:
    return order_views(order, story.house, place_of(story.house, EXPO, (), lang))


def view(story: Story, order: Order, lang: str = "en") -> OrderView:
    (found,) = views(story, order, lang)
    return found


def line(story: Story, order: Order, nth: int = 0) -> PassLine:
    found = list(view(story, order).lines)[nth]
    assert isinstance(found, PassLine)
    return found


def test_a_dish_goes_from_to_do_to_served(story: Story) -> None:
    order = story.order("12:00:00", story.dish("kung-pao"), story.dish("rice"), table="1")
    seen = [line(story, order).stage]
    story.starts(order, "12:01:00", "kung-pao")
    seen.append(line(story, order).stage)
    story.readies(order, "12:02:00", "kung-pao")
    seen.append(line(story, order).stage)
    story.serves(order, "12:03:00", "kung-pao")
    seen.append(line(story, order).stage)
    assert seen == ["", "cooking", "ready", "served"]
    assert [line(story, order).station, line(story, order, 1).station] == ["Wok", "Steam"]


def test_of_several_portions_it_says_how_many_can_go(story: Story) -> None:
    order = story.order("12:00:00", story.dish("kung-pao", 3), table="1")
    story.readies(order, "12:02:00", "kung-pao", count=1)
    some = line(story, order)
    assert (some.stage, some.ready, some.left, some.quantity) == ("cooking", 1, 3, "3")
    assert some.beside == ("1 of 3 ready",)
    assert some.state_text == "To do"
    story.starts(order, "12:03:00", "kung-pao")
    assert line(story, order).state_text == "Cooking"


def test_a_later_dish_has_its_time_and_a_wish_its_sign(story: Story) -> None:
    order = story.order("12:00:00", story.dish("rice"), table="1")
    story.adds(order, "12:05:00", story.dish("kung-pao", 1, "-peanut", note="快"))
    added = line(story, order)  # its course comes first
    assert added.beside == ("Added 12:05",)
    assert (added.tag, added.wishes, added.note) == ("added", (("−", "Peanuts"),), "“快”")


def test_a_void_that_was_seen_is_gone_and_one_that_was_not_stays(story: Story) -> None:
    order = story.order("12:00:00", story.dish("rice"), story.dish("kung-pao"), table="1")
    story.voids(order, "12:05:00", "rice")
    assert [each.stage for each in view(story, order).lines] == ["voided", ""]
    story.sees(order, "12:05:10", EXPO)
    assert [each.stage for each in view(story, order).lines] == [""]


def test_guests_wait_from_the_firing_until_the_serving(story: Story) -> None:
    order = story.order("12:00:00", story.dish("kung-pao"), story.dish("rice"), table="1")
    story.readies(order, "12:02:00", "kung-pao")
    timer = view(story, order).timer(at("12:15:30"))
    assert (timer.age, timer.text, timer.overrun) == ("late", "15:30", "+0:30")
    story.serves(order, "12:15:40")
    assert views(story, order) == ()


def test_an_order_is_slate_until_seen_but_not_when_it_has_to_be_hurried(story: Story) -> None:
    order = story.order("12:00:00", story.dish("kung-pao"), table="1", seen=False)
    assert view(story, order).timer(at("12:01:00")).age == "unseen"
    assert view(story, order).timer(at("12:11:00")).age == "warn"
    story.sees(order, "12:01:00", EXPO)
    assert view(story, order).timer(at("12:01:00")).age == "ok"


def test_an_order_on_hold_stays_and_has_no_age(story: Story) -> None:
    order = story.hold("12:00:00", story.dish("kung-pao"), table="1")
    assert view(story, order).timer(at("13:00:00")).text == "On hold"


def test_it_leaves_when_all_is_served_or_void_and_can_be_recalled(story: Story) -> None:
    order = story.order("12:00:00", story.dish("rice"), story.dish("kung-pao"), table="1")
    story.serves(order, "12:10:00", "rice")
    assert gone(order) == []
    story.voids(order, "12:11:00", "kung-pao")
    assert views(story, order) == ()
    (left,) = gone(order)
    assert (left.station, left.batch, left.at) == (EXPO, 0, at("12:10:00"))


def test_what_was_never_served_cannot_be_recalled(story: Story) -> None:
    order = story.order("12:00:00", story.dish("rice"), table="1")
    story.voids(order, "12:01:00", "rice")
    assert order.state is State.VOID
    assert (views(story, order), gone(order)) == ((), [])


# -- courses


def titles(story: Story, order: Order) -> list[str]:
    return [section.title for section in view(story, order).sections]


def test_courses_have_titles_while_guests_await_several(story: Story) -> None:
    order = story.order(
        "12:00:00", story.dish("kung-pao"), story.dish("mouthwatering-chicken"), table="1"
    )
    assert titles(story, order) == ["Starters", "Mains"]
    story.serves(order, "12:05:00", "mouthwatering-chicken")
    assert titles(story, order) == [""]


def test_a_bag_has_no_courses_unless_something_waits(story: Story) -> None:
    dishes = (story.dish("kung-pao"), story.dish("mouthwatering-chicken"))
    order = story.order("12:00:00", *dishes, channel="takeaway")
    assert titles(story, order) == [""]
    story.holds(order, "12:01:00", "kung-pao")
    assert titles(story, order) == ["Starters", "Mains"]


def test_what_waits_is_fired_and_only_a_later_course_that_nobody_began_is_held(
    story: Story,
) -> None:
    dishes = (story.dish("kung-pao"), story.dish("mouthwatering-chicken"))
    order = story.order("12:00:00", *dishes, table="1")

    def actions() -> list[str]:
        sections = view(story, order).sections
        return [course_action(each.lines, first=nth == 0) for nth, each in enumerate(sections)]

    assert actions() == ["", "hold"]
    story.holds(order, "12:01:00", "kung-pao")
    assert actions() == ["", "fire"]
    story.fires(order, "12:02:00", "kung-pao")
    story.starts(order, "12:03:00", "kung-pao")
    assert actions() == ["", ""]


def test_ready_orders_come_before_older_ones_where_that_is_set(story: Story) -> None:
    old = story.order("12:00:00", story.dish("rice"), table="1")
    new = story.order("12:01:00", story.dish("kung-pao"), table="2")
    story.readies(new, "12:02:00", "kung-pao")
    ordered = sorted([view(story, old), view(story, new)], key=ready_first)
    assert [each.title for each in ordered] == ["Table 2", "Table 1"]


def test_its_facts_are_one_line_in_the_screens_language(story: Story) -> None:
    order = story.order("12:00:00", story.dish("rice"), table="8", covers=4, by="王芳", note="急")
    story.rushes(order, "12:05:00")
    assert view(story, order).info == "Dine-in · 王芳 · Covers 4 · Rush 1 · “急”"
    assert next(iter(view(story, order, "zh_CN").lines)).name == "米饭"
