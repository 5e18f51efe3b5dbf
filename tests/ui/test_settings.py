"""A screen's settings: all of them can be left out, none can be misread."""

from pathlib import Path

import pytest

from common.errors import KnownError
from common.ui.settings import FILE, ScreenSettings, read_settings, write_settings


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


def test_what_is_changed_is_written_among_what_people_wrote(tmp_path: Path) -> None:
    file = tmp_path / FILE
    file.write_text('# the old panel\ndiagonal_in = 15.6 # inches\n[keys]\nF9 = "rush"\n')
    write_settings(tmp_path, {"diagonal_in": 27.0, "language": "en", "two_digits": True})
    assert file.read_text() == (
        '# the old panel\ndiagonal_in = 27.0\nlanguage = "en"\ntwo_digits = true\n'
        '[keys]\nF9 = "rush"\n'
    )
    assert read_settings(tmp_path) == ScreenSettings(
        diagonal_in=27.0, language="en", two_digits=True, keys={"F9": "rush"}
    )


def test_the_first_words_make_the_file(tmp_path: Path) -> None:
    write_settings(tmp_path, {"palette": "kitchen-safe"})
    assert read_settings(tmp_path) == ScreenSettings(palette="kitchen-safe")
    assert [path.name for path in tmp_path.iterdir()] == [FILE]


def test_where_nothing_can_be_written_that_is_told(tmp_path: Path) -> None:
    with pytest.raises(KnownError, match=r"screen\.toml can't be written"):
        write_settings(tmp_path / "nowhere", {"language": "en"})
