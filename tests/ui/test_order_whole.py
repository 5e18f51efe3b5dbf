"""The order page and its forms in every scene, size and language: nothing cut, covered or small."""

from collections.abc import Iterator

import pytest

from common.ui.gallery import LANGUAGES, SIZES, Shot
from common.ui.scenes import NAMES
from foh.app import ROOM
from tests.helpers.hall import Hall


@pytest.fixture(scope="module")
def hall(qapp: object) -> Iterator[Hall]:
    hall = Hall(ROOM)
    yield hall
    hall.close()


@pytest.mark.slow
@pytest.mark.parametrize("scene", NAMES)
def test_the_page_is_whole_in_every_size_and_language(hall: Hall, scene: str) -> None:
    shots = [Shot("order", scene, *size, lang) for size in SIZES for lang in LANGUAGES]
    assert [fault for shot in shots for fault in hall.faults(shot)] == []


LINE = (("tab", ""), ("up", ""))
STROKES = {
    "a search": (("type", "g"), ("type", "b")),
    "the letters' pad": (("pad", ""),),
    "a line": LINE,
    "what is sent": (("send", ""),),
    "wishes": (("dish", "boiled-fish"), ("form", "")),
    "a weight": (("dish", "ginger-onion-crab"),),
    "a dish on no menu": (("open dish", ""),),
    "table or guest": (("head", ""),),
    "a guest": (("new guest", ""), ("head", "")),
    "a void": (*LINE, ("void", "")),
    "a change": (*LINE, ("form", "")),
    "a payment": (("drop", ""), ("pay", ""), ("choose", "method cash")),
    "more": (("more", ""),),
    "the keys": (("keys", ""),),
}


@pytest.mark.slow
@pytest.mark.parametrize("what", STROKES)
def test_what_is_laid_over_it_is_whole_too(hall: Hall, what: str) -> None:
    shots = [Shot("order", "rush", *size, lang) for size in SIZES for lang in LANGUAGES]
    assert [fault for shot in shots for fault in hall.faults(shot, *STROKES[what])] == []
