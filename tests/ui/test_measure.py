"""Text is measured as QML sets it."""

import pytest
from PySide6.QtCore import QUrl
from PySide6.QtQml import QQmlComponent, QQmlEngine

from common.ui.geometry import Geometry
from common.ui.measure import TextMeasure
from common.ui.theme import Theme

TEXTS = (
    "宫保鸡丁",
    "Dry-Fried Green Beans with Minced Pork",
    "主厨推荐慢火煨制四小时秘制酱香带皮五花肉 and noodles",
    "Donaudampfschifffahrtselektrizitaetenhauptbetriebswerk",
    "“少油，鱼片切薄”",
    "𠮷野家👍🏽 两份",
)


@pytest.mark.parametrize("text", TEXTS)
@pytest.mark.parametrize("width", [180, 300])
def test_it_breaks_where_qml_does(qapp: object, text: str, width: int) -> None:
    theme = Theme()
    lines = TextMeasure(theme).lines(text, "dish", width)
    engine = QQmlEngine()
    component = QQmlComponent(engine)
    component.setData(
        b"""
        import QtQuick
        Text { wrapMode: Text.Wrap; textFormat: Text.PlainText; font.bold: true }
        """,
        QUrl(),
    )
    drawn = component.create()
    drawn.setProperty("width", width)
    font = drawn.property("font")
    font.setPixelSize(theme.sizes["dishSize"])
    drawn.setProperty("font", font)
    drawn.setProperty("text", text)
    assert drawn.property("lineCount") == len(lines)
    assert "".join(lines) == text
    drawn.deleteLater()


def test_another_panel_has_other_widths(qapp: object) -> None:
    theme = Theme()
    measure = TextMeasure(theme)
    before = measure.width("宫保鸡丁", "dish")
    assert before == measure.width("宫保鸡丁", "dish") > measure.width("宫保", "dish")
    theme.set_geometry(Geometry(1920, 1080, diagonal_in=32, distance_m=1.5))
    assert measure.width("宫保鸡丁", "dish") < before


def test_digits_of_a_timer_are_equally_wide(qapp: object) -> None:
    measure = TextMeasure(Theme())
    assert measure.width("11:11", "timer") == measure.width("00:00", "timer")
