"""The check of translations sees what is new, what is gone and what nobody has translated."""

import shutil
from pathlib import Path

import pytest

from tests.check_translations import FILES, FOLDER, complaints, texts

KNOWN = "<source>On hold</source>"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Our own translations, to be spoiled."""
    for name in FILES:
        shutil.copy(FOLDER / name, tmp_path)
    assert KNOWN in (tmp_path / "zh_CN.ts").read_text(encoding="utf-8")
    return tmp_path


def spoil(folder: Path, old: str, new: str) -> None:
    file = folder / "zh_CN.ts"
    file.write_text(file.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")


def test_a_word_that_is_not_in_the_file_is_new(folder: Path) -> None:
    spoil(folder, KNOWN, "<source>Nobody says this</source>")
    found = list(complaints(folder))
    assert "zh_CN.ts: new: Ticket / On hold / " in found
    assert "zh_CN.ts: no longer said: Ticket / Nobody says this / " in found


def test_a_word_without_chinese_is_told(folder: Path) -> None:
    spoil(folder, "<translation>等叫</translation>", '<translation type="unfinished"/>')
    assert "zh_CN.ts: not translated: Ticket / On hold / " in list(complaints(folder))


def test_what_is_translated_can_be_read() -> None:
    assert texts(FOLDER / "zh_CN.ts")["Ticket", "On hold", ""] == "等叫"
