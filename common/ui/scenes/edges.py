"""What a noon seldom shows and a screen must stand: the longest, the most, the worst of all."""

from __future__ import annotations

from itertools import cycle, islice

from common.domain.commands import DefineDishes, DishInput, LineInput, ModifierInput
from common.domain.order import Order
from common.ui.scenes.noon import LI, NOW, WANG, past, quiet
from common.ui.scenes.restaurant import at
from common.ui.scenes.story import COLD, WOK, Story

_LONG_DISHES = (
    (
        "long-pork",
        "主厨推荐慢火煨制四小时秘制酱香带皮五花肉配时令野山菌手工刀削面外加自家泡制酸甜萝卜和当日现磨热豆浆两位起点可做微辣或不辣",
        "Chef's Slow-Braised Pork Belly with Wild Mushrooms & Noodles",
    ),
    (
        "long-chicken",
        "古法柴火现炒农家散养走地鸡配高山冷水笋与陈年老坛酸菜佐以现舂青花椒藤椒双椒汁并附当季时蔬拼盘一份请提前三十分钟预订谢谢啦",
        "Wood-Fired Free-Range Chicken with Bamboo & Pickled Mustards",
    ),
    # Nothing in it that a line could break at.
    (
        "long-word",
        "ＤＪ" * 30,
        "Donaudampfschifffahrtselektrizitaetenhauptbetriebswerkbauunt",
    ),
)
BANQUET = (
    "kung-pao",
    "dry-fried-beans",
    "boiled-fish",
    "chongqing-chicken",
    "sweet-sour-pork",
    "river-shrimp",
    "lamb-leek",
    "disanxian",
    "torn-cabbage",
    "griddled-cauliflower",
    "water-spinach",
    "sizzling-beef",
    "squirrel-fish",
    "choy-sum",
)
_ROOMS = ("orchid", "bamboo", "plum", "peony")


def long_ticket(story: Story) -> None:
    """A banquet that no column holds, between two small tickets."""
    quiet(story)
    dishes = [story.dish(sku, 2, note="先上" if sku == "kung-pao" else "") for sku in BANQUET]
    dishes[1] = story.dish("dry-fried-beans", 2, "-minced-pork", "less-salt")
    dishes[2] = story.dish("boiled-fish", 2, "medium-hot", "+bean-sprouts", "+tofu")
    order = story.order(
        "12:21:40",
        *dishes,
        story.dish("west-lake-beef-soup", 2),
        story.dish("yangzhou-fried-rice", 2),
        story.dish("scallion-noodles", 2),
        story.dish("brown-sugar-ciba", 2),
        table="peony",
        covers=16,
        by=LI,
        note="有老人，菜软一点",
    )
    story.starts(order, "12:22:10", "kung-pao", "dry-fried-beans")
    story.readies(order, "12:23:40", "dry-fried-beans")
    story.now = at(NOW)


def allergy(story: Story) -> None:
    """Guests who may not eat something, one of them by a word that no list knows."""
    past(story)
    story.order(
        "12:16:02",
        story.dish("river-shrimp"),
        story.dish("lamb-leek", 2),
        table="orchid",
        covers=10,
        allergies=("peanut",),
        by=LI,
    )
    story.order(
        "12:18:15",
        story.dish("kung-pao", 1, "-peanut"),
        table="7",
        covers=4,
        allergies=("芒果",),
        by=WANG,
    )
    story.order(
        "12:20:40",
        story.dish("yangzhou-fried-rice"),
        channel="delivery",
        door="eleme",
        provider="eleme",
        pickup_no="91",
        due_at=at("12:40:00"),
        allergies=("shellfish", "egg"),
        note="严重过敏，请换锅",
        seen=False,
    )
    story.order("12:22:00", story.dish("torn-cabbage"), table="1", covers=2)
    story.now = at(NOW)


def two_allergies(story: Story) -> None:
    """One ticket with two allergies and little else."""
    story.order(
        "12:19:30",
        story.dish("choy-sum"),
        story.dish("tomato-egg", 2),
        table="6",
        covers=4,
        allergies=("peanut", "shellfish"),
        by=WANG,
    )
    story.now = at(NOW)


def changes(story: Story) -> None:
    """Added, changed, voided, rushed, taken back, a second batch; nobody has looked yet."""
    past(story)
    first = story.order(
        "12:12:20",
        story.dish("kung-pao", 1, "mild"),
        story.dish("dry-fried-beans", 2),
        story.dish("boiled-fish"),
        table="8",
        covers=4,
        by=WANG,
    )
    story.starts(first, "12:14:00", "kung-pao", "boiled-fish")
    story.changes(first, "12:20:30", "boiled-fish", "+tofu", note="不要太油")
    story.adds(first, "12:21:10", story.dish("disanxian", 2), by=WANG)
    story.voids(first, "12:22:15", "dry-fried-beans", 1)
    story.rushes(first, "12:23:00", WANG)
    second = story.order(
        "12:15:40",
        story.dish("sweet-sour-pork"),
        story.dish("torn-cabbage"),
        table="5",
        covers=3,
        by=LI,
    )
    story.voids(second, "12:21:30", "sweet-sour-pork")
    back = story.order(
        "12:10:00", story.dish("beef-chow-fun", 2), table="10", covers=5, channel="qr"
    )
    story.bumps(back, "12:18:10")
    story.recalls(back, "12:22:40")
    again = story.order("12:09:00", story.dish("mapo-tofu"), table="12", covers=6, by=LI)
    story.bumps(again, "12:16:00")
    story.adds(again, "12:22:50", story.dish("water-spinach", 1, "-garlic"), by=LI)
    story.now = at(NOW)


def adopted(story: Story) -> None:
    """The cold kitchen died; what it had to do stands on this screen too."""
    past(story)
    begun = story.order(
        "12:17:20",
        story.dish("smashed-cucumber", 2),
        story.dish("century-egg-tofu"),
        story.dish("kung-pao"),
        table="8",
        covers=4,
        by=WANG,
    )
    story.starts(begun, "12:21:00", "smashed-cucumber", station=COLD)
    story.starts(begun, "12:19:00", "kung-pao")
    story.order(
        "12:22:31", story.dish("char-siu"), story.dish("fuqi-feipian"), channel="qr", table="3",
        covers=2,
    )  # fmt: skip
    story.order("12:23:12", story.dish("torn-cabbage"), table="1", covers=2, by=LI)
    story.now = at(NOW)


def many_of_one(story: Story) -> None:
    """A factory's lunch: 250 of one dish, some of them done."""
    order = story.order(
        "12:05:00",
        story.dish("egg-fried-rice", 250),
        channel="phone",
        due_at=at("12:45:00"),
        note="分 5 箱装",
    )
    story.starts(order, "12:06:00", "egg-fried-rice")
    story.readies(order, "12:20:00", "egg-fried-rice", count=37)
    story.now = at(NOW)


def many_lines(story: Story) -> None:
    """One order of 40 dishes, all of one station."""
    skus = [dish.sku for dish in story.menu.dishes if dish.station == WOK and dish.unit is None]
    lines = [story.dish(sku, 1 + nth % 3) for nth, sku in enumerate(islice(cycle(skus), 40))]
    story.order("12:20:00", *lines, table="peony", covers=16, by=LI)
    story.now = at(NOW)


def long_names(story: Story) -> None:
    """Dishes, wishes, tables, servers and allergies of 60 characters."""
    assert story.house.active is not None
    dishes = tuple(DishInput(sku, zh, en, 8800, WOK, "hot") for sku, zh, en in _LONG_DISHES)
    version = story.house.active.version
    story.ask(DefineDishes(cmd_id=story.new_id(), version=version, dishes=dishes))
    zh, en = _LONG_DISHES[0][1:]
    wishes = tuple(ModifierInput(op, zh, en) for op in ("add", "remove", "choice"))
    order = story.order(
        "12:14:00",
        *(LineInput(sku=sku, qty=12_000, modifiers=wishes, note=zh) for sku, _, _ in _LONG_DISHES),
        table=zh,
        covers=16,
        allergies=(zh, "peanut"),
        by=zh,
        note=zh,
    )
    story.starts(order, "12:15:00", "long-chicken")
    story.order(
        "12:18:00",
        LineInput(sku="long-pork"),
        channel="delivery",
        door="meituan",
        provider=en,
        pickup_no="123456789",
    )
    story.now = at(NOW)


def all_held(story: Story) -> None:
    """Everything waits until the guests call for it."""
    story.hold("12:18:00", *_three(story), table="orchid", covers=8)
    story.hold("12:21:00", story.dish("sizzling-beef", 2), table="4", covers=2)
    story.now = at(NOW)


def _three(story: Story) -> tuple[LineInput, ...]:
    return (
        story.dish("squirrel-fish"),
        story.dish("boiled-fish", 1, "mild"),
        story.dish("yangzhou-fried-rice", 2),
    )


def many_tickets(story: Story) -> None:
    """99 tickets, a Friday noon on which nobody cooks."""
    skus = cycle(BANQUET)
    for nth in range(99):
        when = 99 - nth
        clock = f"12:{23 - when // 6:02}:{59 - when % 6 * 10:02}"
        lines = [story.dish(sku, 1 + nth % 2) for sku in islice(skus, 1 + nth % 4)]
        _one_of_many(story, nth, clock, lines)
    story.now = at(NOW)


def _one_of_many(story: Story, nth: int, clock: str, lines: list[LineInput]) -> Order:
    if nth % 5 == 4:
        return story.order(
            clock,
            *lines,
            channel="delivery",
            door="meituan",
            provider="meituan",
            pickup_no=str(20 + nth),
            due_at=at("12:50:00"),
        )
    if nth % 7 == 3:
        return story.order(clock, *lines, table=_ROOMS[nth % 4], covers=8, by=LI)
    return story.order(clock, *lines, table=str(1 + nth % 14), covers=2 + nth % 3, by=WANG)
