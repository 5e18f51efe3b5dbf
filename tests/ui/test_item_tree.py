"""Every scene in every size and language: all can be read, nothing covers anything, all is touched.

What a screen's window really holds is walked, item by item; see `tests.helpers.item_tree`.
"""

from collections.abc import Iterator

import pytest

from common.ui.gallery import LANGUAGES, SIZES, Shot
from common.ui.scenes import NAMES
from foh.app import ROOM as FRONT
from kds.app import ROOM as KITCHEN
from tests.helpers.hall import Hall


@pytest.fixture(scope="module")
def hall(qapp: object) -> Iterator[Hall]:
    hall = Hall(KITCHEN)
    yield hall
    hall.close()


@pytest.fixture(scope="module")
def counter(qapp: object) -> Iterator[Hall]:
    hall = Hall(FRONT)
    yield hall
    hall.close()


@pytest.mark.slow
@pytest.mark.parametrize("screen", ["station", "expo"])
@pytest.mark.parametrize("scene", NAMES)
def test_a_scene_is_whole_in_every_size_and_language(hall: Hall, scene: str, screen: str) -> None:
    shots = [Shot(screen, scene, *size, lang) for size in SIZES for lang in LANGUAGES]
    assert [fault for shot in shots for fault in hall.faults(shot)] == []


TURNS = {
    "station": (
        ("last", "first"),
        ("dishes", "dishes"),
        ("summary", "close"),
        ("recall_list", "close"),
        ("keys", "close"),
        ("settings", "close"),
    ),
    "expo": (("last", "first"), ("recall_list", "close"), ("notices", "close"), ("keys", "close")),
}


@pytest.mark.slow
@pytest.mark.parametrize("screen", TURNS)
@pytest.mark.parametrize("scene", ["rush", "60_character_names", "99_tickets", "empty"])
def test_what_keys_turn_to_is_whole_too(hall: Hall, scene: str, screen: str) -> None:
    shots = [Shot(screen, scene, *size, lang) for size in SIZES[::2] for lang in LANGUAGES]
    assert [fault for shot in shots for fault in hall.faults_of_turns(shot, *TURNS[screen])] == []


@pytest.mark.slow
@pytest.mark.parametrize("scene", NAMES)
def test_the_floor_is_whole_in_every_size_and_language(counter: Hall, scene: str) -> None:
    shots = [Shot("floor", scene, *size, lang) for size in SIZES for lang in LANGUAGES]
    assert [fault for shot in shots for fault in counter.faults(shot)] == []


@pytest.mark.slow
@pytest.mark.parametrize("scene", ["rush", "60_character_names", "99_tickets"])
def test_the_floor_is_whole_where_keys_lead(counter: Hall, scene: str) -> None:
    shots = [Shot("floor", scene, *size, lang) for size in SIZES[::2] for lang in LANGUAGES]
    turns = (("last", "first"), ("arrange", "arrange"), ("backtab", "close"), ("pay", "close"))
    assert [fault for shot in shots for fault in counter.faults_of_turns(shot, *turns)] == []


@pytest.mark.slow
@pytest.mark.parametrize("size", SIZES)
def test_the_settings_are_whole(counter: Hall, size: tuple[int, int]) -> None:
    shots = [Shot("settings", "rush", *size, lang) for lang in LANGUAGES]
    assert [fault for shot in shots for fault in counter.faults(shot)] == []
