"""Windows side by side cover the desktop and nothing twice."""

from itertools import combinations

import pytest
from PySide6.QtCore import QRect

from common.ui.tile import Tile

DESKTOP = QRect(10, 40, 1920, 1000)


@pytest.mark.parametrize("of", range(1, 10))
def test_tiles_stand_within_the_desktop_side_by_side(of: int) -> None:
    places = [Tile(nth, of).within(DESKTOP) for nth in range(1, of + 1)]
    assert all(DESKTOP.contains(place) and place.height() > 200 for place in places)
    assert not any(one.intersects(other) for one, other in combinations(places, 2))


def test_four_are_two_by_two() -> None:
    first, second, third, fourth = (Tile(nth, 4).within(DESKTOP) for nth in range(1, 5))
    assert first.top() == second.top() < third.top() == fourth.top()
    assert first.left() == third.left() < second.left() == fourth.left()
    assert first.size() == fourth.size()
