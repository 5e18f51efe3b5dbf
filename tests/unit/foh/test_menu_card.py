"""The menu as a till reads it: with all that a file may say, and with nothing of it."""

from __future__ import annotations

import json

import pytest

from common.domain.house import House
from common.ui.scenes import build
from foh.menu_card import Card, read_card
from tests.helpers.desk import Desk


@pytest.fixture(scope="module")
def card() -> Card:
    return read_card(build("empty").house)


def house(items: list[dict[str, object]], **more: object) -> House:
    """A house whose menu file says this."""
    from common.domain.menu import menu_commands, read_menu

    desk = Desk("one", "counter-1")
    desk.opens()
    menu = {"currency": "USD", "stations": [{"id": "line", "name": "Line"}], "items": items} | more
    for command in menu_commands(read_menu(json.dumps(menu)), desk.new_id, ""):
        desk.does(command)
    return desk.house


def test_a_dish_has_its_number_groups_and_allergens(card: Card) -> None:
    dish = card.dishes["kung-pao"]
    assert (dish.no, dish.names.zh, dish.price, dish.unit) == ("201", "宫保鸡丁", 3800, None)
    assert [group.id for group in dish.groups][:2] == ["spice", "no-peanut"]
    assert "peanut" in dish.allergens
    assert not dish.asks


def test_what_is_weighed_or_must_be_chosen_asks(card: Card) -> None:
    assert card.dishes["ginger-onion-crab"].asks
    forced = [dish for dish in card.dishes.values() if any(group.least for group in dish.groups)]
    assert forced
    assert all(dish.asks for dish in forced)


def test_an_option_is_ordered_as_the_menu_prices_it(card: Card) -> None:
    broth = next(g for g in card.dishes["boiled-fish"].groups if g.id == "broth-extras")
    tofu = next(choice.wish for choice in broth.choices if choice.wish.sku == "tofu")
    assert (tofu.op, tofu.zh, tofu.price) == ("add", "豆腐", 600)


def test_a_set_meal_names_its_parts(card: Card) -> None:
    parts = card.dishes["solo-kung-pao"].parts
    assert [(part.sku, part.qty) for part in parts] == [
        ("kung-pao", 1),
        ("rice", 1),
        ("sour-plum-drink", 1),
    ]


def test_categories_and_courses_keep_the_menus_order(card: Card) -> None:
    assert [key for key, _ in card.categories] == [
        *("hot", "cold", "steamed", "soup", "staple", "drink", "set")
    ]
    assert [names.zh for _, names in card.courses] == ["凉菜", "热菜", "主食", "甜品"]


def test_a_menu_of_names_and_prices_is_a_card_too() -> None:
    items: list[dict[str, object]] = [
        {"sku": "bowl", "name": {"en": "Bowl"}, "price": "11.75", "station": "line"},
        {"sku": "taco", "name": "Taco", "price": "3.00", "category": "small"},
    ]
    card = read_card(house(items))
    bowl = card.dishes["bowl"]
    assert (bowl.names.of("zh_CN"), bowl.price, bowl.no, bowl.groups) == ("Bowl", 1175, "", ())
    assert [key for key, _ in card.categories] == ["small"]


def test_what_cannot_be_read_is_as_if_it_were_not_there() -> None:
    items: list[dict[str, object]] = [
        {
            "sku": "bowl",
            "name": "Bowl",
            "no": ["x"],
            "modifiers": [1, "none", "heat"],
            "parts": [{"qty": 2}, 3, {"sku": "rice", "qty": 0}],
            "allergens": "all",
        }
    ]
    groups = [
        7,
        {"id": "none"},
        {"id": "heat", "min": "one", "max": -1, "options": [3, {"sku": "hot", "price": "free"}]},
    ]
    card = read_card(house(items, modifier_groups=groups, courses=[{"id": "x"}], notes=3))
    (group,) = card.dishes["bowl"].groups
    assert (group.least, group.most) == (0, 1)
    assert group.choices[0].wish.price == 0
    assert (card.courses, card.notes) == ((), ())


def test_before_the_first_import_the_card_is_empty() -> None:
    assert read_card(House()) == Card()
