"""QML reads its tokens from `Theme`, and sees at once when they change."""

from collections.abc import Callable

import PySide6.QtQuick  # noqa: F401 - or root objects come back without their type
import pytest
from PySide6.QtCore import QObject, QUrl
from PySide6.QtGui import QColor
from PySide6.QtQml import QQmlComponent, QQmlEngine
from pytestqt.qtbot import QtBot

from common.ui.geometry import Geometry
from common.ui.theme import Theme

Show = Callable[[Theme], QObject]

SOURCE = b"""
import QtQuick
import Passline
Rectangle {
    property int dish: Theme.dishSize
    property int flash: Theme.flashTime
    property real factor: Theme.lineFactor
    color: Theme.ageLate
}
"""


@pytest.fixture
def show(qtbot: QtBot) -> Show:
    """Shows the tokens of a theme in an engine of its own."""
    kept: list[QObject] = []

    def show(theme: Theme) -> QObject:
        engine = QQmlEngine()
        theme.install(engine)
        component = QQmlComponent(engine)
        component.setData(SOURCE, QUrl())
        item = component.create()
        assert item is not None, component.errorString()
        kept.extend((item, component, engine))
        return item

    return show


def test_qml_reads_tokens(show: Show) -> None:
    theme = Theme("kitchen")
    item = show(theme)
    assert (item.property("dish"), item.property("flash")) == (36, 600)
    assert item.property("factor") == theme.factors["lineFactor"]
    assert item.property("color") == QColor("#c62f36")


def test_another_palette_is_seen_at_once(show: Show, qtbot: QtBot) -> None:
    theme = Theme("kitchen")
    item = show(theme)
    with qtbot.waitSignal(theme.changed):
        theme.set_palette("kitchen-safe")
    assert item.property("color") == QColor("#b84a00")
    assert theme.palette == "kitchen-safe"


def test_another_panel_is_seen_at_once(show: Show, qtbot: QtBot) -> None:
    theme = Theme("kitchen")
    item = show(theme)
    with qtbot.waitSignal(theme.changed):
        theme.set_geometry(Geometry(distance_m=3))
    assert item.property("dish") == theme.sizes["dishSize"] == 71
    assert theme.geometry.distance_m == 3


def test_each_engine_has_its_own(show: Show) -> None:
    near, far = show(Theme()), show(Theme(geometry=Geometry(distance_m=3)))
    assert (near.property("dish"), far.property("dish")) == (36, 71)
