"""What a ticket says, of any order."""

import pytest

from common.domain.commands import LineInput
from common.ui.scenes.restaurant import at
from common.ui.scenes.story import Story, line_of
from tests.unit.kds.reading import line, ticket, tickets


@pytest.fixture
def story() -> Story:
    return Story("tickets")


def test_a_table_is_called_by_its_number_in_both_languages_and_a_room_by_its_name(
    story: Story,
) -> None:
    order = story.order("12:00:00", story.dish("kung-pao"), table="8", covers=4, by="王芳")
    view = ticket(story, order)
    assert (view.title, view.number, view.channel) == ("Table 8", "A1", "Dine-in")
    assert view.info == "王芳 · Covers 4"
    assert ticket(story, order, lang="zh_CN").title == "8 号桌"
    room = story.order("12:00:00", story.dish("kung-pao"), table="orchid")
    assert ticket(story, room).title == "Orchid Room"
    assert ticket(story, room, lang="zh_CN").title == "兰亭包厢"


@pytest.mark.parametrize(("table", "title"), [("屋顶", "屋顶"), ("99", "Table 99")])
def test_a_table_that_the_floor_has_not_is_called_as_it_was_ordered(
    story: Story, table: str, title: str
) -> None:
    order = story.order("12:00:00", story.dish("kung-pao"), table=table)
    assert ticket(story, order).title == title


def test_a_platform_is_called_by_its_name_and_pickup_number(story: Story) -> None:
    order = story.order(
        "12:00:00",
        story.dish("kung-pao"),
        channel="delivery",
        provider="meituan",
        pickup_no="12",
        due_at=at("12:26:00"),
    )
    view = ticket(story, order, lang="zh_CN")
    assert (view.title, view.number) == ("美团 #12", "")
    assert view.info == "Courier 12:26"
    assert view.due_at is None
    assert ticket(story, order).title == "Meituan #12"
    unknown = story.order("12:00:00", story.dish("kung-pao"), channel="delivery", provider="wolt")
    assert (ticket(story, unknown).title, ticket(story, unknown).number) == ("wolt", "D1")


def test_who_fetches_has_a_number_and_a_time(story: Story) -> None:
    due = at("12:40:00")
    order = story.order("12:00:00", story.dish("kung-pao"), channel="phone", due_at=due)
    view = ticket(story, order)
    assert (view.title, view.number, view.channel) == ("Pickup", "P1", "Phone")
    assert (view.info, view.due_at) == ("Pickup 12:40", due)


def test_dishes_wishes_and_words_are_in_the_screens_language(story: Story) -> None:
    order = story.order(
        "12:00:00",
        story.dish("kung-pao", 2, "mild", "-peanut", "+bean-sprouts", note="少油"),
        table="1",
        note="分两桌上",
        allergies=("peanut", "芒果"),
    )
    view = ticket(story, order)
    dish = line(story, order)
    assert (dish.quantity, dish.boxed, dish.name) == ("2", True, "Kung Pao Chicken")
    assert dish.wishes == (("", "Mild"), ("−", "Peanuts"), ("+", "Bean sprouts"))
    assert (dish.note, view.note) == ("“少油”", "“分两桌上”")
    assert view.allergy == "Allergy: peanut, 芒果"
    assert next(ticket(story, order, lang="zh_CN").lines).name == "宫保鸡丁"


def test_a_weighed_dish_has_its_weight_and_unit_and_no_box(story: Story) -> None:
    order = story.order("12:00:00", LineInput(sku="ginger-onion-crab", qty=1450), table="1")
    dish = line(story, order)
    assert (dish.quantity, dish.boxed, dish.weight) == ("1.45 kg", False, 1450)


def test_portions_of_one_dish_are_told_apart(story: Story) -> None:
    order = story.order("12:00:00", story.dish("kung-pao", 3), table="1")
    story.readies(order, "12:05:00", "kung-pao", count=1)
    dish = line(story, order)
    assert (dish.quantity, dish.stage, dish.left) == ("2", "", 2)
    assert dish.wishes == (("✓", "1 of 3 ready"),)
    story.starts(order, "12:06:00", "kung-pao")
    assert (line(story, order).stage, line(story, order).state_text) == ("cooking", "Cooking")
    story.readies(order, "12:07:00", "kung-pao")
    dish = line(story, order)
    assert (dish.quantity, dish.stage, dish.state_text, dish.wishes) == ("3", "ready", "Ready", ())


def test_held_dishes_say_so(story: Story) -> None:
    order = story.hold("12:00:00", story.dish("kung-pao"), table="1")
    assert (line(story, order).stage, line(story, order).state_text) == ("held", "On hold")


def test_an_addition_is_tagged_with_its_time_until_it_is_seen(story: Story) -> None:
    order = story.order("12:00:00", story.dish("kung-pao"), table="1")
    story.adds(order, "12:21:00", story.dish("mapo-tofu"))
    added = line(story, order, 1)
    assert (added.tag, added.tag_text) == ("added", "Added 12:21")
    assert added.news == (line_of(order, "mapo-tofu").added_by,)
    assert line(story, order).tag == ""
    story.sees(order, "12:22:00")
    assert line(story, order, 1).tag == ""


def test_an_addition_after_the_bump_is_a_ticket_of_its_own_without_tags(story: Story) -> None:
    order = story.order("12:00:00", story.dish("kung-pao"), table="1")
    story.bumps(order, "12:05:00")
    story.adds(order, "12:06:00", story.dish("mapo-tofu"))
    view = ticket(story, order)
    assert (view.batch_text, line(story, order).tag) == ("Batch 2", "")
    assert view.fresh == (line_of(order, "mapo-tofu").added_by,)


def test_a_change_is_tagged_and_shows_what_is_wanted_now(story: Story) -> None:
    order = story.order("12:00:00", story.dish("kung-pao", 1, "mild"), table="1")
    story.changes(order, "12:20:00", "kung-pao", "extra-hot")
    dish = line(story, order)
    assert (dish.tag, dish.tag_text, dish.wishes) == (
        "changed",
        "Changed 12:20",
        (("", "Extra hot"),),
    )
    story.sees(order, "12:21:00")
    assert line(story, order).tag == ""


def test_a_void_stays_struck_and_a_part_of_one_lowers_the_quantity(story: Story) -> None:
    order = story.order("12:00:00", story.dish("kung-pao", 3), story.dish("mapo-tofu"), table="1")
    story.voids(order, "12:10:00", "kung-pao", 1)
    story.voids(order, "12:10:00", "mapo-tofu")
    part, whole = line(story, order), line(story, order, 1)
    assert (part.quantity, part.stage, part.tag, part.tag_text) == ("2", "", "voided", "Void 1")
    assert (whole.stage, whole.tag, whole.state_text) == ("voided", "voided", "Void")
    story.sees(order, "12:11:00")
    assert (line(story, order, 1).stage, line(story, order, 1).tag) == ("voided", "")


def test_a_ticket_is_fresh_until_somebody_touched_it(story: Story) -> None:
    order = story.order("12:00:00", story.dish("kung-pao"), table="1", seen=False)
    assert order.submitted is not None
    assert ticket(story, order).fresh == (order.submitted.id,)
    story.sees(order, "12:01:00")
    assert ticket(story, order).fresh == ()


def test_rushes_are_counted_and_acknowledged_in_passing(story: Story) -> None:
    order = story.order("12:00:00", story.dish("kung-pao"), table="1")
    story.rushes(order, "12:10:00")
    story.rushes(order, "12:12:00")
    view = ticket(story, order)
    assert (view.rush, len(view.passing)) == ("Rush 2", 2)
    assert view.news == ()


def test_other_stations_are_named_until_their_dishes_went_out(story: Story) -> None:
    order = story.order(
        "12:00:00", story.dish("kung-pao"), story.dish("smashed-cucumber"), table="1"
    )
    assert ticket(story, order).also == "Also at: Cold"
    story.bumps(order, "12:05:00", "cold")
    assert ticket(story, order).also == "Also at: Cold"
    story.serves(order, "12:06:00", "smashed-cucumber")
    assert ticket(story, order).also == ""


def test_courses_are_titled_where_guests_sit_and_there_are_several(story: Story) -> None:
    lines = (story.dish("yangzhou-fried-rice"), story.dish("kung-pao"))
    seated = story.order("12:00:00", *lines, table="1")
    sections = ticket(story, seated).sections
    assert [section.title for section in sections] == ["Mains", "Rice & Noodles"]
    taken = story.order("12:00:00", *lines, channel="takeaway")
    assert [section.title for section in ticket(story, taken).sections] == ["", ""]
    one = story.order("12:00:00", story.dish("kung-pao"), table="1")
    assert [section.title for section in ticket(story, one).sections] == [""]


def test_a_recalled_ticket_is_marked_and_keeps_its_place(story: Story) -> None:
    order = story.order("12:00:00", story.dish("kung-pao"), table="1")
    since = ticket(story, order).since
    story.bumps(order, "12:05:00")
    assert tickets(story, order) == ()
    story.recalls(order, "12:06:00")
    view = ticket(story, order)
    assert (view.recalled, view.since) == ("Recalled", since)


def test_a_dish_without_a_station_stands_at_every_station_until_one_starts_it(
    story: Story,
) -> None:
    order = story.order(
        "12:00:00", story.dish("todays-special"), story.dish("smashed-cucumber"), table="1"
    )
    wok, cold = ticket(story, order, "wok"), ticket(story, order, "cold")
    assert [section.title for section in wok.sections] == ["No station: whoever starts it has it"]
    assert [len(section.lines) for section in cold.sections] == [1, 1]
    story.starts(order, "12:01:00", "todays-special", station="wok")
    assert ticket(story, order, "wok").key == wok.key
    assert [len(section.lines) for section in ticket(story, order, "cold").sections] == [1]


def test_a_station_that_was_taken_over_is_named(story: Story) -> None:
    order = story.order("12:00:00", story.dish("smashed-cucumber"), table="1")
    story.starts(order, "12:01:00", "smashed-cucumber", station="cold")
    (view,) = tickets(story, order, adopted=("cold",))
    assert view.station == "cold"
    assert view.adopted == "From Cold · started there: go and look"


def test_dishes_on_hold_stand_apart_and_carry_a_mark_once_they_are_fired(story: Story) -> None:
    order = story.order(
        "12:00:00", story.dish("kung-pao"), story.dish("boiled-fish"), table="8", covers=4
    )
    story.holds(order, "12:01:00", "boiled-fish")
    story.sees(order, "12:02:00")
    view = ticket(story, order)
    assert [line.name for section in view.sections for line in section.lines] == [
        "Kung Pao Chicken"
    ]
    assert view.held_text == "On hold: 1 · Sichuan Boiled Fish in Chilli Oil"
    story.fires(order, "12:11:00", "boiled-fish")
    view = ticket(story, order)
    assert view.held == ()
    fired = list(view.lines)[-1]
    assert (fired.stage, fired.tag, fired.tag_text) == ("", "fired", "Fired 12:11")
    story.sees(order, "12:12:00")
    assert list(ticket(story, order).lines)[-1].tag == ""
