"""Dishes lie in rows as high as their names, a page as soon as one is full."""

import pytest

from common.ui.geometry import Geometry
from common.ui.measure import TextMeasure
from common.ui.theme import Theme
from foh.grid import Grid, Tile, lay_out

SHORT = [Tile(str(nth), f"菜{nth}", "¥1") for nth in range(30)]
LONG = "主厨推荐慢火煨制四小时秘制酱香带皮五花肉配时令野山菌手工刀削面外加自家泡制酸甜萝卜"


@pytest.fixture
def theme(qapp: object) -> Theme:
    return Theme("counter", Geometry(distance_m=0.6))


def laid(theme: Theme, tiles: list[Tile], width: int, height: int) -> Grid:
    measure = TextMeasure(theme)
    return lay_out(tiles, (width, height), measure, theme.sizes, theme.factors["lineFactor"])


def test_every_dish_has_a_place_in_the_room(theme: Theme) -> None:
    width, height = 5 * theme.sizes["tileWidth"] + 4 * theme.sizes["gap"], 700
    grid = laid(theme, SHORT, width, height)
    assert grid.columns == 5
    assert len(grid.pages) > 1
    spots = [spot for page in grid.pages for spot in page]
    assert [spot.tile for spot in spots] == SHORT
    assert all(spot.x + spot.width <= width for spot in spots)
    assert all(spot.y + spot.height <= height for spot in spots)


def test_tiles_do_not_overlap(theme: Theme) -> None:
    tiles = [*SHORT[:7], Tile("long", LONG, "¥88"), *SHORT[7:]]
    for page in laid(theme, tiles, 1100, 900).pages:
        for one in page:
            for other in page:
                apart_x = one.x + one.width <= other.x or other.x + other.width <= one.x
                apart_y = one.y + one.height <= other.y or other.y + other.height <= one.y
                assert one is other or apart_x or apart_y


def test_a_row_is_as_high_as_its_longest_name(theme: Theme) -> None:
    (page, *_) = laid(theme, [*SHORT[:3], Tile("long", LONG, "¥88"), *SHORT[3:]], 1500, 900).pages
    rows = {spot.y: {s.height for s in page if s.y == spot.y} for spot in page}
    assert all(len(heights) == 1 for heights in rows.values())
    assert max(rows[0]) > theme.sizes["tileHeight"]


def test_long_names_have_wider_tiles(theme: Theme) -> None:
    few = laid(theme, [Tile(str(nth), LONG, "¥1") for nth in range(9)], 1500, 900).columns
    assert few < laid(theme, SHORT, 1500, 900).columns


def test_a_room_without_height_still_shows_a_row(theme: Theme) -> None:
    grid = laid(theme, SHORT, 100, 0)
    assert grid.columns == 1
    assert len(grid.pages) == len(SHORT)


def test_nothing_to_show_is_one_empty_page(theme: Theme) -> None:
    assert laid(theme, [], 1000, 500).pages == ((),)
