"""The language changes while the screen runs, in QML and in Python."""

from collections.abc import Callable, Iterator
from pathlib import Path

import PySide6.QtQuick  # noqa: F401 - or root objects come back without their type
import pytest
from PySide6.QtCore import QCoreApplication, QUrl
from PySide6.QtQml import QQmlApplicationEngine
from pytestqt.qtbot import QtBot

from common.errors import KnownError
from common.ui.i18n import LANGUAGES, Translations

MESSAGE = "<message><source>{}</source><translation>{}</translation></message>"
FILE = """<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="{}" sourcelanguage="en">{}</TS>
"""
QML = """
import QtQuick
Item {
    property string words: qsTr("Fire")
}
"""

Speak = Callable[[str], Translations]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    names = "".join(f"<context><name>{name}</name>{{}}</context>" for name in ("Card", "Row"))
    chinese = names.format(*[MESSAGE.format("Fire", "叫起")] * 2)
    (tmp_path / "zh_CN.ts").write_text(FILE.format("zh_CN", chinese), encoding="utf-8")
    (tmp_path / "en.ts").write_text(FILE.format("en", ""), encoding="utf-8")
    (tmp_path / "Card.qml").write_text(QML)
    return tmp_path


@pytest.fixture
def speak(qtbot: QtBot, folder: Path) -> Iterator[Speak]:
    made: list[Translations] = []

    def speak(language: str) -> Translations:
        made.append(Translations(language, folder))
        return made[-1]

    yield speak
    for each in made:
        each.close()


def said() -> str:
    return QCoreApplication.translate("Row", "Fire")


def test_words_made_in_python_follow(speak: Speak, qtbot: QtBot) -> None:
    translations = speak("zh_CN")
    assert said() == "叫起"
    with qtbot.waitSignal(translations.changed):
        translations.use("en")
    assert said() == "Fire"
    with qtbot.waitSignal(translations.changed):
        translations.use_next()
    assert (said(), translations.language) == ("叫起", "zh_CN")
    with qtbot.assertNotEmitted(translations.changed):
        translations.use("zh_CN")


def test_words_in_qml_follow(speak: Speak, folder: Path) -> None:
    translations = speak("zh_CN")
    engine = QQmlApplicationEngine()
    translations.changed.connect(engine.retranslate)
    engine.load(QUrl.fromLocalFile(folder / "Card.qml"))
    (item,) = engine.rootObjects()
    assert item.property("words") == "叫起"
    translations.use("en")
    assert item.property("words") == "Fire"
    translations.use("zh_CN")
    assert item.property("words") == "叫起"


def test_afterwards_nothing_is_translated(speak: Speak) -> None:
    speak("zh_CN").close()
    assert said() == "Fire"


def test_what_cant_be_read_is_told_and_the_old_language_stays(speak: Speak, folder: Path) -> None:
    translations = speak("zh_CN")
    (folder / "en.ts").write_text("<TS")
    with pytest.raises(KnownError, match=r"en\.ts can't be used"):
        translations.use("en")
    assert (said(), translations.language) == ("叫起", "zh_CN")


@pytest.mark.parametrize("language", LANGUAGES)
def test_our_own_words_can_be_read(qtbot: QtBot, language: str) -> None:
    Translations(language).close()
