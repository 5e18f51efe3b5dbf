"""A screen's settings: all of them can be left out, none can be misread."""

from pathlib import Path

import pytest

from common.errors import KnownError
from common.ui.settings import FILE, ScreenSettings, read_settings


def test_without_a_file_everything_is_as_usual(tmp_path: Path) -> None:
    assert read_settings(tmp_path) == ScreenSettings()
    assert (ScreenSettings().diagonal_in, ScreenSettings().distance_m) == (21.5, 1.5)


def test_a_file_says_what_is_different(tmp_path: Path) -> None:
    (tmp_path / FILE).write_text(
        'diagonal_in = 15.6\nlanguage = "en"\ndigits = "bump"\nauto_start = 0\n'
        '[keys]\n"Num+" = "ack_all"\n'
    )
    wanted = ScreenSettings(
        diagonal_in=15.6, language="en", digits="bump", auto_start=0, keys={"Num+": "ack_all"}
    )
    assert read_settings(tmp_path) == wanted


@pytest.mark.parametrize(
    ("line", "named"),
    [
        ('language = "fr"', "fr"),
        ("diagonal_in = 0", "diagonal_in"),
        ('palette = "pink"', "pink"),
        ("auto_start = -1", "auto_start"),
        ("brightness = 3", "brightness"),
        ("auto_start = ", ""),
    ],
)
def test_what_cant_be_is_told(tmp_path: Path, line: str, named: str) -> None:
    (tmp_path / FILE).write_text(line)
    with pytest.raises(KnownError, match=r"screen\.toml can't be used") as told:
        read_settings(tmp_path)
    assert named in str(told.value)
    assert "无法使用" in told.value.text("zh")
