"""A tile says what a table's guests wait for, and how long."""

import pytest

from common.domain.events import Area, Table
from common.domain.order import Order
from common.ui.places import place_of
from common.ui.scenes.restaurant import TILL, at
from common.ui.scenes.story import Story
from foh.screens.floor import Floor
from foh.screens.money import amount
from foh.screens.sittings import sittings
from foh.screens.tiles import SectionRow, TileRow, by_age, by_area, tile

PLACE = ("square", 0, 0, 800, 800)
FLOOR = Floor(
    (Area("hall", "大厅", "Hall", 0, 0, 1, 1), Area("rooms", "包间", "Rooms", 0, 0, 1, 1)),
    (
        Table("1", "1 号桌", "Table 1", 2, "hall", *PLACE),
        Table("8", "8 号桌", "Table 8", 4, "hall", *PLACE),
        Table("orchid", "兰亭包厢", "Orchid Room", 12, "rooms", *PLACE),
    ),
)


@pytest.fixture
def story() -> Story:
    return Story("tiles")


def sections(
    story: Story, clock: str, *, area: bool = False, floor: Floor = FLOOR
) -> list[SectionRow]:
    place = place_of(story.house, TILL, (), "en")
    sat = sittings(story.orders.values(), story.house, place, floor)
    rows = {key: tile(sitting, place, at(clock)) for key, sitting in sat.items()}
    return (by_area if area else by_age)(list(sat.values()), floor, place, rows)


def only(story: Story, clock: str) -> TileRow:
    return sections(story, clock, floor=Floor())[0].tiles[0]


def stages(row: TileRow) -> list[str]:
    return [segment.stage for segment in row.segments]


def served_but_one(story: Story) -> Order:
    order = story.order("12:00:00", story.dish("kung-pao"), story.dish("rice", 2), table="8")
    story.bumps(order, "12:05:00")
    return order


def test_each_dish_is_a_segment_the_furthest_first(story: Story) -> None:
    skus = ("kung-pao", "mapo-tofu", "tomato-egg", "sweet-sour-pork")
    order = story.order("12:00:00", *(story.dish(sku) for sku in skus), table="8")
    story.holds(order, "12:00:30", "sweet-sour-pork")
    story.starts(order, "12:01:00", "tomato-egg")
    story.readies(order, "12:02:00", "mapo-tofu")
    story.serves(order, "12:03:00", "mapo-tofu")
    story.voids(order, "12:03:00", "kung-pao")
    assert stages(only(story, "12:04:00")) == ["served", "cooking", "held", "voided"]


def test_more_dishes_than_have_room_are_counted(story: Story) -> None:
    order = story.order("12:00:00", *[story.dish("kung-pao") for _ in range(7)], table="8")
    story.starts(order, "12:01:00", "kung-pao")
    row = only(story, "12:02:00")
    assert [segment.text for segment in row.segments] == ["◐ 1", "· 6"]


def test_what_can_be_served_is_named(story: Story) -> None:
    order = story.order(
        "12:00:00", story.dish("kung-pao"), story.dish("mouthwatering-chicken"), table="8"
    )
    story.bumps(order, "12:05:00")
    assert only(story, "12:06:00").ready == "Kung Pao Chicken: to be served"
    story.bumps(order, "12:06:00", "cold")
    assert only(story, "12:06:00").ready == "All to be served"


def test_only_what_is_waited_for_makes_a_table_old(story: Story) -> None:
    order = story.order("12:00:00", story.dish("kung-pao"), table="8")
    assert [only(story, clock).age for clock in ("12:09:59", "12:10:00", "12:15:00")] == [
        "ok",
        "warn",
        "late",
    ]
    assert only(story, "12:15:00").timer == "15:00"
    story.bumps(order, "12:15:00")
    assert only(story, "12:16:00").age == "late"  # ready food gets cold


def test_a_table_with_several_orders_is_one_tile(story: Story) -> None:
    served_but_one(story)
    story.order("12:04:00", story.dish("mapo-tofu"), table="8", channel="qr")
    (tables,) = sections(story, "12:06:00", floor=Floor())
    (row,) = tables.tiles
    assert row.key == "t:8"
    assert "cooking" not in stages(row)
    assert stages(row).count("todo") >= 1


def test_who_has_the_order_is_told_while_it_is_new(story: Story) -> None:
    story.order("12:00:00", story.dish("kung-pao"), table="8")
    assert only(story, "12:00:06").note == "Just ordered, Wok received"
    assert only(story, "12:02:00").note == ""


def test_a_station_that_does_not_show_an_order_is_named(story: Story) -> None:
    order = story.order("12:00:00", story.dish("kung-pao"), table="8")
    story.adds(order, "12:01:00", story.dish("mapo-tofu"))
    assert only(story, "12:01:20").alarm == ""
    assert only(story, "12:01:40").alarm == "Wok: not received"


def test_tables_in_use_come_before_free_ones_and_who_fetches_has_a_section(story: Story) -> None:
    story.order("12:05:00", story.dish("kung-pao"), table="8")
    story.order("12:01:00", story.dish("kung-pao"), table="兰亭包厢")
    story.order("12:02:00", story.dish("kung-pao"), channel="takeaway")
    tables, away, free = sections(story, "12:06:00")
    assert [row.key for row in tables.tiles] == ["t:orchid", "t:8"]
    assert [(row.key, row.free, row.note) for row in free.tiles] == [
        ("t:1", True, "Free · 2 seats")
    ]
    assert (away.title, [row.title for row in away.tiles]) == (
        "Takeaway and delivery",
        ["Pickup P1"],
    )


def test_by_area_tables_stand_as_on_the_floor(story: Story) -> None:
    story.order("12:05:00", story.dish("kung-pao"), table="8")
    story.order("12:01:00", story.dish("kung-pao"), table="99")
    found = sections(story, "12:06:00", area=True)
    assert [(section.title, [row.key for row in section.tiles]) for section in found] == [
        ("Hall", ["t:1", "t:8"]),
        ("Rooms", ["t:orchid"]),
        ("Other tables", ["t:99"]),
    ]


def test_amounts_are_as_guests_read_them() -> None:
    assert [amount(18600, "CNY"), amount(-500, "CNY"), amount(1200, "JPY")] == [
        "¥186.00",
        "−¥5.00",
        "JPY 1200",
    ]
