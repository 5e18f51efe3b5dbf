"""A dish is found by whatever a hand types of it, the best first, and at once."""

from __future__ import annotations

import time

import pytest

from common.ui.scenes import build
from foh.menu_card import Card, Dish, Names, read_card
from foh.search import Index, readings


@pytest.fixture(scope="module")
def card() -> Card:
    return read_card(build("empty").house)


@pytest.fixture(scope="module")
def index(card: Card) -> Index:
    return Index(card.dishes.values())


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("gbjd", "kung-pao"),
        ("gongbaojiding", "kung-pao"),
        ("gongbaojd", "kung-pao"),
        ("GBJD", "kung-pao"),
        ("gong bao", "kung-pao"),
        ("宫保", "kung-pao"),
        ("鸡丁", "kung-pao"),
        ("kung", "kung-pao"),
        ("201", "kung-pao"),
        ("szy", "boiled-fish"),
        ("zy", "boiled-fish"),
    ],
)
def test_a_dish_is_the_first_by_any_of_its_names(index: Index, typed: str, first: str) -> None:
    assert first in index.find(typed)[:4]
    if len(typed) > 3:
        assert index.find(typed)[0] == first


def test_nothing_typed_finds_nothing(index: Index) -> None:
    assert index.find("  ") == []
    assert index.find("qqqq") == []


def test_a_whole_number_comes_before_one_that_begins_so() -> None:
    dishes = [Dish(no, Names(no, no), 0, "", 1, no=no) for no in ("1010", "101", "10")]
    assert Index(dishes).find("10") == ["10", "1010", "101"]
    assert Index(dishes).find("101") == ["101", "1010"]


def test_any_reading_of_a_character_is_taken() -> None:
    dishes = [Dish("drink", Names("调和乐", "Drink"), 0, "", 1)]
    index = Index(dishes)
    for typed in ("thl", "dhl", "tiaohe", "diaohele", "thy", "dhyue"):
        assert index.find(typed) == ["drink"], typed


def test_u_with_dots_is_typed_as_v_or_u() -> None:
    assert set(readings("绿")) >= {"lv", "lu"}
    assert readings("A") == ("A",)


def test_a_keystroke_among_500_dishes_is_not_felt(card: Card) -> None:
    names = list(card.dishes.values())
    dishes = [names[nth % len(names)]._replace(sku=str(nth)) for nth in range(500)]
    index = Index(dishes)
    for typed in ("g", "gb", "gbjd", "鸡", "2", "x"):
        best = min(_timed(index, typed) for _ in range(5))
        assert best < 0.01, (typed, best)


def _timed(index: Index, typed: str) -> float:
    begun = time.perf_counter()
    index.find(typed)
    return time.perf_counter() - begun
