"""Pictures of a window: taken when it rests, written, and hung together on one sheet."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QObject, QUrl
from PySide6.QtGui import QColor, QImage
from PySide6.QtQml import QQmlComponent, QQmlEngine
from PySide6.QtQuick import QQuickWindow

from common.errors import KnownError
from common.ui.gallery import LANGUAGES, SHEET, SIZES, Shot, gallery, hang
from common.ui.geometry import Geometry
from common.ui.picture import save, take
from common.ui.scenes import NAMES

SOURCE = b"""
import QtQuick
Window {
    width: 300; height: 200; visible: true; color: "navy"
    Rectangle {
        width: 150; height: 200; color: "white"
        NumberAnimation on width { from: 0; to: 150; duration: 200 }
    }
}
"""

Open = Callable[[], QQuickWindow]


@pytest.fixture
def window(qapp: object) -> Iterator[QQuickWindow]:
    engine = QQmlEngine()
    component = QQmlComponent(engine)
    component.setData(SOURCE, QUrl())
    made: QObject = component.create()
    assert isinstance(made, QQuickWindow)
    yield made
    made.close()


def test_a_picture_is_taken_when_nothing_moves_any_more(window: QQuickWindow) -> None:
    picture = take(window)
    assert (picture.width(), picture.height()) == (300, 200)
    assert picture.pixelColor(140, 100) == QColor("white")
    assert picture.pixelColor(160, 100) == QColor("navy")


def test_a_window_that_stands_still_already_is_taken_again(window: QQuickWindow) -> None:
    assert take(window) == take(window)


def test_a_picture_that_cannot_be_written_is_told(window: QQuickWindow, tmp_path: Path) -> None:
    (tmp_path / "taken.png").mkdir()
    with pytest.raises(KnownError, match=r"taken\.png"):
        save(take(window), tmp_path / "taken.png")


def test_the_gallery_has_every_scene_in_every_size_and_language() -> None:
    shots = list(gallery("station"))
    assert len(shots) == len({shot.name for shot in shots})
    assert len(shots) == len(NAMES) * len(SIZES) * len(LANGUAGES) + 1
    assert shots[-1] == Shot("station", "rush", 1920, 1080, safe=True)
    assert shots[-1].palette == "kitchen-safe"


def test_a_small_picture_is_a_small_panel_with_type_as_large() -> None:
    small = Shot("station", "rush", 1024, 768).panel
    assert small.mm_per_pixel == pytest.approx(Geometry().mm_per_pixel)
    assert (small.width, small.height) == (1024, 768)


def test_pictures_hang_side_by_side(window: QQuickWindow, tmp_path: Path) -> None:
    shots = [Shot("station", "rush", 300, 200), Shot("station", "quiet", 300, 200)]
    shown: list[Shot] = []

    def show(shot: Shot) -> QQuickWindow:
        shown.append(shot)
        return window

    hang(shots, show, tmp_path)
    sheet_name = SHEET.format(screen="station")
    assert shown == shots
    names = {shot.name for shot in shots}
    assert {path.name for path in tmp_path.iterdir()} == names | {sheet_name}
    sheet = QImage(str(tmp_path / sheet_name))
    assert sheet.pixelColor(20, 150) == QColor("white")
    assert sheet.pixelColor(12 + 396 + 300, 150) == QColor("navy")
