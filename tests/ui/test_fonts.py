"""Every screen brings its own fonts and says so if it can't."""

from pathlib import Path

import pytest
from PySide6.QtGui import QFont, QFontInfo, QFontMetricsF, QTextLayout

from common.errors import KnownError
from common.ui.fonts import FAMILIES, font, load_fonts

pytestmark = pytest.mark.usefixtures("qapp")


def families_of(text: str, made: QFont) -> set[str]:
    layout = QTextLayout(text, made)
    layout.beginLayout()
    layout.createLine()
    layout.endLayout()
    return {run.rawFont().familyName() for run in layout.glyphRuns()}


@pytest.mark.parametrize("bold", [False, True])
def test_digits_and_hanzi_come_from_our_fonts(bold: bool) -> None:
    made = font(40, bold=bold)
    assert families_of("12:24 A31", made) == {"Inter"}
    assert families_of("宫保鸡丁，微辣", made) == {"Noto Sans SC"}
    assert QFontInfo(made).bold() is bold


def test_the_pixel_size_is_the_hanzi_em() -> None:
    assert QFontMetricsF(font(40)).horizontalAdvance("宫保鸡丁") == pytest.approx(160, abs=0.5)


def test_a_font_without_size_is_one_of_ours_all_the_same() -> None:
    assert tuple(font().families()) == FAMILIES


def test_a_missing_font_is_told(tmp_path: Path) -> None:
    with pytest.raises(KnownError, match=r"Inter-Regular\.ttf is missing") as told:
        load_fonts(tmp_path)
    assert "重新安装" in told.value.text("zh")
