"""The storybook shows every control, whole, and its two keys turn palette and language."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from common.ui.i18n import LANGUAGES
from common.ui.picture import take
from common.ui.storybook.book import HERE, MODULES, Storybook
from common.ui.tokens import PALETTES
from tests.helpers.item_tree import look

PARTS = {
    *("AgeColors", "BodyRow", "CardBody", "CardFrame", "CardNotice", "CellFlow", "DishRow"),
    *("Header", "InfoStrip", "Paragraph", "PlainRow", "TornEdge", "WishRow", "Words"),
}
"""What only stands within the other controls."""
WHOLE = {"FirstStart", "SettingsSheet"}
"""What is shown with a model of its own and looked at where that is tested."""


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_story_can_be_read_whole(qapp: object, language: str) -> None:
    book = Storybook(language=language)
    book.unroll()
    take(book.window)
    faults = look(book.window, 0)
    assert faults.found == []
    assert faults.texts > 60
    book.close()


def test_no_control_is_without_a_story() -> None:
    told = "".join(path.read_text(encoding="utf-8") for path in HERE.glob("*.qml"))
    controls = {path.stem for path in (MODULES / "Passline").glob("*.qml")}
    assert {name for name in controls - PARTS - WHOLE if f"{name} {{" not in told} == set()


def test_two_keys_turn_palette_and_language(qtbot: QtBot) -> None:
    book = Storybook()
    kitchen = take(book.window)
    QTest.keyClick(book.window, Qt.Key.Key_L)
    english = take(book.window)
    assert english != kitchen
    QTest.keyClick(book.window, Qt.Key.Key_L)
    assert take(book.window) == kitchen
    for _ in PALETTES:
        before = take(book.window)
        QTest.keyClick(book.window, Qt.Key.Key_P)
        assert take(book.window) != before
    assert take(book.window) == kitchen
    book.close()


def test_a_picture_of_the_book_can_be_kept(qapp: object, tmp_path: Path) -> None:
    book = Storybook()
    book.unroll()
    picture = take(book.window)
    assert picture.height() == round(book.window.property("wholeHeight"))
    book.close()
