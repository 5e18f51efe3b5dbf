"""A screen is told where it hangs: at first start by touch, by keys or by nobody, and later."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QPoint, Qt
from PySide6.QtQml import QQmlApplicationEngine
from PySide6.QtQuick import QQuickItem, QQuickWindow
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from common.ui.app import QML
from common.ui.arrangement import PLACE, STATION, Arrangement
from common.ui.first_start import PATIENCE_S, Questions
from common.ui.gallery import SIZES, panel
from common.ui.i18n import LANGUAGES, Translations
from common.ui.picture import rest
from common.ui.scenes import build
from common.ui.settings import ScreenSettings, read_settings, write_settings
from common.ui.theme import Theme
from foh.screens.settings import SettingsPage
from foh.screens.till import Till
from kds.app import ROOM
from tests.helpers.item_tree import look
from tests.ui.station_at_work import Told


class FirstStart:
    """The window that asks, on a panel of some size."""

    def __init__(
        self, folder: Path, language: str = "en", size: tuple[int, int] = (1920, 1080)
    ) -> None:
        ROOM.register()
        usual = ScreenSettings(language=language)  # type: ignore[arg-type]
        self.translations = Translations(language)
        self.theme = Theme("kitchen", panel(*size, usual.distance_m))
        usual = ScreenSettings(
            language=usual.language, diagonal_in=round(self.theme.geometry.diagonal_in, 1)
        )
        self.arrangement = Arrangement(
            usual, self.theme, lambda said: write_settings(folder, said), PLACE
        )
        self.questions = Questions(self.arrangement, "Wok")
        self.engine = QQmlApplicationEngine()
        self.theme.install(self.engine)
        self.engine.addImportPath(str(QML))
        self.engine.setInitialProperties({"screenModel": self.questions})
        self.engine.loadFromModule("Passline", "FirstStart")
        (window,) = self.engine.rootObjects()
        assert isinstance(window, QQuickWindow)
        self.window = window
        self.questions.watch(window)
        window.resize(*size)
        window.show()
        rest(window)

    def close(self) -> None:
        self.window.close()
        self.engine.deleteLater()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        self.translations.close()

    def touch(self, item: QQuickItem) -> None:
        device = QTest.createTouchDevice()
        middle = item.mapToScene(QPoint(int(item.width() / 2), int(item.height() / 2))).toPoint()
        QTest.touchEvent(self.window, device).press(0, middle, self.window).commit()
        QTest.touchEvent(self.window, device).release(0, middle, self.window).commit()

    def items(self, kind: str) -> list[QQuickItem]:
        found: list[QQuickItem] = []

        def walk(item: QQuickItem) -> None:
            if item.metaObject().className().startswith(kind):
                found.append(item)
            for child in item.childItems():
                walk(child)

        walk(self.window.contentItem())
        return found


@pytest.fixture
def first(qtbot: QtBot, qapp: object, tmp_path: Path) -> Iterator[FirstStart]:
    shown = FirstStart(tmp_path)
    yield shown
    shown.close()


def test_touch_alone_answers(first: FirstStart, tmp_path: Path) -> None:
    # Language, colours, size, distance: a − and a + each.
    buttons = first.items("StepButton")
    assert len(buttons) == 8
    first.touch(buttons[5])
    first.touch(buttons[6])
    (go,) = first.items("BarButton")
    first.touch(go)
    assert first.questions.done
    kept = read_settings(tmp_path)
    assert (kept.diagonal_in, kept.distance_m) == (21.6, 1.4)
    assert first.theme.geometry.distance_m == 1.4


def test_keys_alone_answer(first: FirstStart, tmp_path: Path) -> None:
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Left, Qt.Key.Key_Return):
        QTest.keyClick(first.window, key)
    assert first.questions.done
    assert read_settings(tmp_path).diagonal_in == 21.4


def test_it_is_left_by_one_key_and_never_asked_again(first: FirstStart, tmp_path: Path) -> None:
    QTest.keyClick(first.window, Qt.Key.Key_Escape)
    assert first.questions.done
    assert (tmp_path / "screen.toml").exists()


def test_without_anybody_the_screen_comes_up_by_itself(first: FirstStart, tmp_path: Path) -> None:
    came: list[int] = []
    first.questions.finished.connect(lambda: came.append(1))
    for _ in range(PATIENCE_S - 1):
        first.questions.tick()
    assert came == []
    first.questions.tick()
    assert came == [1]
    assert read_settings(tmp_path) == ScreenSettings(language="en")


def test_who_touches_it_has_all_the_time(first: FirstStart) -> None:
    QTest.keyClick(first.window, Qt.Key.Key_Down)
    for _ in range(2 * PATIENCE_S):
        first.questions.tick()
    assert not first.questions.done


def test_the_ruler_grows_as_the_panel_is_said_to_be_smaller(first: FirstStart) -> None:
    before = first.arrangement.property("ruler")
    for _ in range(20):
        first.arrangement.step("diagonal_in", -1)
    assert first.arrangement.property("ruler") > before
    assert first.theme.geometry.diagonal_in == pytest.approx(21.5, abs=0.05)  # hands are near
    first.arrangement.settle()
    assert first.theme.geometry.diagonal_in == pytest.approx(19.5, abs=0.05)


@pytest.mark.slow
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("size", SIZES)
def test_the_questions_can_be_read_and_touched_on_every_panel(
    qapp: object, tmp_path: Path, language: str, size: tuple[int, int]
) -> None:
    shown = FirstStart(tmp_path, language, size)
    faults = look(shown.window, shown.theme.sizes["touch"])
    shown.close()
    assert faults.found == []
    assert faults.texts > 10


# -- later


def test_colours_and_language_are_seen_at_once(qtbot: QtBot, qapp: object) -> None:
    theme = Theme("kitchen")
    arrangement = Arrangement(ScreenSettings(), theme, names=STATION)
    arrangement.step("palette", 1)
    assert theme.palette == "kitchen-safe"
    with qtbot.waitSignal(arrangement.language_wanted) as wanted:
        arrangement.step("language", 1)
    assert wanted.args == ["en"]


def test_what_goes_no_further_stays(qapp: object) -> None:
    arrangement = Arrangement(ScreenSettings(auto_start=0), Theme(), names=STATION)
    arrangement.step("auto_start", -1)
    assert arrangement.settings.auto_start == 0


def test_it_is_kept_when_hands_rest(qtbot: QtBot, qapp: object) -> None:
    kept: list[object] = []
    arrangement = Arrangement(ScreenSettings(), Theme(), kept.append, STATION)
    with qtbot.waitSignal(arrangement.changed) as changed:
        arrangement.act("down")
        for _ in range(3):
            arrangement.step("distance_m", 1)
    assert kept == [{"distance_m": 1.8}]
    assert changed.args is not None
    assert changed.args[0].distance_m == 1.8


def test_a_role_is_asked_for_only_where_there_are_several(qapp: object) -> None:
    one = Arrangement(ScreenSettings(), Theme(), roles=("wok",))
    several = Arrangement(ScreenSettings(), Theme(), roles=("wok", "cold"))
    assert "role" not in {row.key for row in one.property("rows").rows}
    several.step("role", 1)
    assert several.settings.role == "cold"


def test_the_counter_tells_of_the_store_and_its_machines(qtbot: QtBot, qapp: object) -> None:
    source = Told(build("rush", "counter-1"))
    page = SettingsPage(
        Till(source, "counter-1", "en"), Arrangement(ScreenSettings(), Theme("counter"))
    )
    page.refresh(0)
    known = {row.key: row for row in page.property("known").rows}
    assert known["name"].value == "Passline"
    assert known["stations"].value == "Wok, Cold, Steam, Bar"
    assert known["node/counter-1"].value == "this machine"
    assert (known["node/cold"].value, known["node/cold"].well) == ("last word 0:22 ago", False)
    assert known["node/wok"].value == "answers"
