"""A measured ticket: every word of it has its room, however many there are."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from common.domain.commands import LineInput
from common.ui.geometry import Geometry
from common.ui.measure import Style
from common.ui.scenes.story import Story
from common.ui.tokens import read_tokens
from kds.screens.metrics import Metrics
from kds.screens.sheets import Ruler, Sheet
from tests.unit.kds.reading import ticket

TOKENS = read_tokens("kitchen")
METRICS = Metrics.of(TOKENS.sizes(Geometry()), TOKENS.factors)


class Squares:
    """Every letter is as wide as its type is high."""

    def width(self, text: str, style: Style) -> int:
        return len(text) * self._size(style)

    def lines(self, text: str, style: Style, width: int) -> tuple[str, ...]:
        letters = max(1, width // self._size(style))
        return tuple(text[at : at + letters] for at in range(0, len(text), letters))

    def _size(self, style: Style) -> int:
        return METRICS.info_size if style in ("info", "facts", "badge") else METRICS.dish_size


STORY = Story("sheets")
RULER = Ruler(METRICS, Squares(), METRICS.card_width, 862)


def _sheet(*lines: LineInput, ruler: Ruler = RULER, **facts: Any) -> Sheet:
    order = STORY.order("12:00:00", *lines, **facts)
    return ruler.sheet(ticket(STORY, order, lang="zh_CN"), "00:00")


def test_a_dish_of_one_line_is_high_enough_for_a_finger() -> None:
    (row,) = _sheet(STORY.dish("kung-pao"), table="1").body
    assert row.height >= METRICS.touch
    assert 2 * row.inset + METRICS.dish_line == row.height


@pytest.mark.parametrize("height", [500, 862, 1700])
def test_long_words_are_cut_so_that_head_and_any_row_share_a_column(height: int) -> None:
    long = "长" * 200
    sheet = _sheet(
        LineInput(zh=long, note=long),
        ruler=Ruler(METRICS, Squares(), METRICS.card_width, height),
        table=long,
        note=long,
        allergies=(long,),
        by=long,
    )
    highest = max(row.height for row in sheet.body)
    assert sheet.head + highest + 2 * METRICS.torn_height <= height


def test_nothing_is_lost_of_what_a_banner_has_no_room_for() -> None:
    long = "".join(chr(0x4E00 + nth) for nth in range(120))
    sheet = _sheet(STORY.dish("kung-pao"), table=long, allergies=(long,), note=long, by=long)
    rest = "".join(row.text for row in sheet.body if row.kind == "allergy")
    assert (sheet.allergy.text + rest).endswith(long)
    in_full = "".join(row.text for row in sheet.body if row.kind == "course")
    assert in_full == long + long


@settings(max_examples=60)
@given(st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x9FFF), min_size=1, max_size=90))
def test_a_dish_says_its_whole_name_and_its_rows_hang_together(name: str) -> None:
    sheet = _sheet(LineInput(zh=name), table="1")
    lines = [row for row in sheet.body if row.kind == "line"]
    assert "".join(row.text for row in lines) == name
    assert sheet.tied == (False, *(True for _ in sheet.body[1:]))
    assert len({row.key for row in sheet.body}) == len(sheet.body)


def test_a_dish_off_the_menu_stands_below_a_title_that_says_so() -> None:
    title, *rows = _sheet(LineInput(zh="例外"), table="1").body
    assert title.kind == "course"
    assert {row.kind for row in rows} == {"line"}
