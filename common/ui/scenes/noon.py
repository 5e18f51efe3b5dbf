"""A Friday noon up to 12:24:10, as the pictures of all screens show it."""

from __future__ import annotations

from itertools import islice

from common.domain.bill import AT_COUNTER
from common.domain.clock import SECOND
from common.domain.commands import OrderInput
from common.domain.freezing import number_prefix
from common.domain.house import EXPO
from common.domain.order import Order
from common.domain.order_file import read_order_file
from common.ui.scenes.restaurant import SAMPLE, at
from common.ui.scenes.story import Story, stations_of

NOW = "12:24:10"
WANG, LI = "王芳", "李强"
FIRST = "11:20:00"
TABLE_6 = "11:45:50"
EVERY = 70 * SECOND
COOKED_IN = 462 * SECOND
"""What a ticket takes from firing to its bump, so that the hour's average is 7:42."""
SERVED_AFTER = 45 * SECOND
PAID_AFTER = 55 * SECOND
ALL_AT_ONCE = 2
"""The course of all that leaves the house: a bag has no courses."""


def past(story: Story) -> Order:
    """The noon's first orders, A1 to A30 and P1 to P11, cooked and served.

    All are paid but the one that is returned: the guests of table 6 still sit there.
    """
    table_6 = None
    for nth, given in enumerate(_first_orders(story)):
        when = at(FIRST) + nth * EVERY
        if when > at(TABLE_6) and table_6 is None:
            table_6 = _table_6(story)
        _finish(story, story.submit(when, given, by=WANG), when + COOKED_IN)
    assert table_6 is not None
    return table_6


def _table_6(story: Story) -> Order:
    """All is eaten: ¥186.00."""
    order = story.order(
        TABLE_6,
        story.dish("boiled-fish"),
        story.dish("river-shrimp"),
        story.dish("garlic-pork-belly"),
        table="6",
        covers=3,
        by=LI,
        payment=AT_COUNTER,
    )
    _finish(story, order, at(TABLE_6) + COOKED_IN)
    return order


def _first_orders(story: Story) -> list[OrderInput]:
    """The sample's orders that get a number of ours, as many of each kind as the noon needs."""
    with (SAMPLE / "orders.jsonl").open("rb") as lines:
        orders = [
            order
            for _, order in read_order_file(islice(lines, 100), story.menu.currency, "file")
            if isinstance(order, OrderInput)
        ]
    by_prefix = {prefix: [o for o in orders if number_prefix(o) == prefix] for prefix in "AP"}
    chosen = by_prefix["A"][:29] + by_prefix["P"][:11]
    return [order for order in orders if order in chosen]


def _finish(story: Story, order: Order, when: int) -> None:
    for station in stations_of(order):
        story.bumps(order, when, station)
    story.serves(order, when + SERVED_AFTER)


def rush(story: Story) -> None:
    """Eight tickets at the wok, two of them late."""
    past(story)
    _table_8(story)
    _meituan(story)
    _closed(story, "12:09:30", "12:20:24", "13")
    _orchid_room(story)
    _table_5(story)
    _closed(story, "12:15:30", "12:23:12", "9")
    _table_2(story)
    _pick_up(story)
    _table_11(story)
    _eleme(story)
    _table_3(story)
    story.begins("8", story.dish("sour-plum-drink", 2))
    story.now = at(NOW)


def _table_8(story: Story) -> None:
    order = story.order(
        "12:08:02",
        story.dish("mouthwatering-chicken"),
        story.dish("kung-pao", 1, "mild"),
        story.dish("dry-fried-beans", 2, "-minced-pork"),
        story.dish("boiled-fish", 1, "+bean-sprouts", note="少油，鱼片切薄"),
        table="8",
        covers=4,
        payment=AT_COUNTER,
        by=WANG,
        seen=False,
    )
    story.sees(order, "12:08:11")
    story.sees(order, "12:08:20", "cold")
    story.bumps(order, "12:12:40", "cold")
    story.serves(order, "12:13:05", "mouthwatering-chicken")
    story.starts(order, "12:15:10", "kung-pao", "dry-fried-beans", "boiled-fish")
    story.rushes(order, "12:16:20", WANG)
    story.sees(order, "12:16:24")
    story.sees(order, "12:16:30", EXPO)
    story.rushes(order, "12:20:02", WANG)
    story.sees(order, "12:20:09")
    story.readies(order, "12:22:51", "kung-pao")


def _meituan(story: Story) -> None:
    order = story.order(
        "12:08:50",
        story.dish("yuxiang-pork-rice", 3, "-wood-ear", course=ALL_AT_ONCE),
        story.dish("twice-cooked-pork"),
        story.dish("sour-plum-drink"),
        channel="delivery",
        door="meituan",
        provider="meituan",
        pickup_no="12",
        due_at=at("12:26:00"),
    )
    story.bumps(order, "12:11:00", "bar")
    story.starts(order, "12:16:00", "yuxiang-pork-rice", "twice-cooked-pork")
    story.readies(order, "12:21:40", "twice-cooked-pork")


def _closed(story: Story, begun: str, bumped: str, table: str) -> None:
    order = story.order(
        begun,
        story.dish("beef-chow-fun"),
        story.dish("tomato-egg"),
        table=table,
        covers=2,
        by=LI,
        payment=AT_COUNTER,
    )
    story.bumps(order, bumped)
    story.serves(order, at(bumped) + SERVED_AFTER)
    story.pays(order, at(bumped) + PAID_AFTER, method="wechat")


def _orchid_room(story: Story) -> None:
    order = story.order(
        "12:12:33",
        story.dish("xiaolongbao", 2),
        story.dish("river-shrimp"),
        story.dish("lamb-leek", 2),
        table="orchid",
        covers=10,
        payment=AT_COUNTER,
        allergies=("peanut",),
        by=LI,
    )
    story.readies(order, "12:23:10", "xiaolongbao", station="steam")
    story.starts(order, "12:20:30", "river-shrimp")
    story.adds(order, "12:21:03", story.dish("steamed-sea-bass"), by=LI)
    story.shows(order, "12:21:04", "steam")


def _table_5(story: Story) -> None:
    order = story.order(
        "12:14:08",
        story.dish("smashed-cucumber"),
        story.dish("shredded-potato"),
        story.dish("stir-fried-beef", 1, "+coriander"),
        story.dish("torn-cabbage"),
        table="5",
        covers=3,
        payment=AT_COUNTER,
        by=WANG,
    )
    story.bumps(order, "12:16:50", "cold")
    story.serves(order, "12:17:20", "smashed-cucumber")
    story.voids(order, "12:18:30", "shredded-potato")
    story.sees(order, "12:18:41")
    story.sees(order, "12:18:45", EXPO)
    story.starts(order, "12:22:05", "stir-fried-beef")


def _table_2(story: Story) -> None:
    order = story.order(
        "12:19:19",
        story.dish("mapo-tofu"),
        story.dish("water-spinach"),
        channel="qr",
        table="2",
        covers=2,
    )
    story.bumps(order, "12:23:49")


def _pick_up(story: Story) -> None:
    order = story.order(
        "12:20:30",
        story.dish("kung-pao", 2, "-peanut"),
        story.dish("yangzhou-fried-rice", course=ALL_AT_ONCE),
        channel="phone",
        due_at=at("12:40:00"),
    )
    story.starts(order, "12:22:30", "kung-pao")


def _table_11(story: Story) -> None:
    order = story.order(
        "12:21:26",
        story.dish("tomato-egg", 2, "-spring-onion"),
        story.dish("maoxuewang", 1, "extra-hot"),
        story.dish("sweet-sour-pork"),
        story.dish("disanxian"),
        channel="qr",
        table="11",
        covers=6,
    )
    story.starts(order, "12:23:00", "tomato-egg")


def _eleme(story: Story) -> None:
    story.order(
        "12:23:05",
        story.dish("farmhouse-pork"),
        story.dish("egg-fried-rice", note="饭打散，不要结块", course=ALL_AT_ONCE),
        channel="delivery",
        door="eleme",
        provider="eleme",
        pickup_no="88",
        due_at=at("12:38:00"),
    )


def _table_3(story: Story) -> None:
    story.order(
        "12:24:04",
        story.dish("chongqing-chicken"),
        story.dish("griddled-cauliflower", 1, "+pork-belly"),
        story.dish("fuqi-feipian"),
        table="3",
        covers=2,
        payment=AT_COUNTER,
        seen=False,
    )


def quiet(story: Story) -> None:
    """Between two waves: two tickets, one just begun."""
    story.pays(past(story), at(NOW))
    order = story.order(
        "12:20:48",
        story.dish("mapo-tofu", 1, "mild"),
        story.dish("rice", 2),
        table="4",
        covers=2,
        payment=AT_COUNTER,
        by=WANG,
    )
    story.starts(order, "12:22:00", "mapo-tofu")
    story.order("12:23:31", story.dish("beef-chow-fun", 2), channel="takeaway")
    story.now = at(NOW)


def empty(story: Story) -> None:
    """All that came is cooked and paid."""
    story.pays(past(story), at(NOW))
