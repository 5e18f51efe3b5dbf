"""The walker of item trees finds what is broken and leaves in peace what is not."""

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QObject, QUrl
from PySide6.QtQml import QQmlComponent, QQmlEngine
from PySide6.QtQuick import QQuickWindow
from pytestqt.qtbot import QtBot

from tests.helpers.item_tree import Faults, look

Walk = Callable[[str], Faults]
SMALLEST = 60


@pytest.fixture
def walk(qtbot: QtBot) -> Iterator[Walk]:
    """Walks a window of 400x300 with this in it."""
    kept: list[QObject] = []

    def walk(body: str) -> Faults:
        engine = QQmlEngine()
        component = QQmlComponent(engine)
        source = f"import QtQuick\nWindow {{ width: 400; height: 300; visible: true\n{body}\n}}"
        component.setData(source.encode(), QUrl())
        window = component.create()
        assert isinstance(window, QQuickWindow), component.errorString()
        kept.extend((window, component, engine))
        with qtbot.waitSignal(window.frameSwapped):
            window.requestUpdate()
        return look(window, SMALLEST)

    yield walk
    for window in kept[::3]:
        assert isinstance(window, QQuickWindow)
        window.close()


WELL = """
    Rectangle { x: 10; y: 10; width: 180; height: 80
        Text { x: 5; y: 5; text: "宫保鸡丁" }
        Text { x: 5; y: 40; width: 170; horizontalAlignment: Text.AlignRight; text: "1:05" }
        TapHandler {}
    }
    Rectangle { x: 200; y: 10; width: 180; height: 80
        Text { anchors.centerIn: parent; text: "地三鲜" }
    }
"""


def test_a_good_window_has_no_faults_and_all_of_it_was_looked_at(walk: Walk) -> None:
    assert walk(WELL) == Faults(texts=3, targets=1, found=[])


BROKEN = {
    'Text { width: 30; elide: Text.ElideRight; text: "elided words" }': "cut short",
    'Text { width: 90; maximumLineCount: 1; wrapMode: Text.Wrap; text: "two lines of words" }': (
        "cut short"
    ),
    'Text { width: 30; text: "wider than it may be" }': "needs",
    'Text { width: 60; height: 20; wrapMode: Text.Wrap; text: "higher than it may" }': "needs",
    'Text { x: 380; text: "outside" }': "reaches out",
    'Text { y: -10; text: "outside" }': "reaches out",
    'Item { width: 50; height: 50; clip: true; Text { x: 30; text: "clipped" } }': "reaches out",
    'Text { text: "one" } Text { x: 4; text: "upon" }': "is painted over",
    'Item { Text { text: "one" } } Item { Text { x: 4; text: "upon" } }': "is painted over",
    """
    Rectangle { width: 99; height: 99; Text { text: "one" } }
    Rectangle { x: 90; width: 99; height: 99; Text { text: "beside" } }
    """: "overlaps",
    "Item { width: 100; height: 40; TapHandler {} }": "too small to touch",
    "MouseArea { width: 40; height: 100 }": "too small to touch",
    """
    Item { property string line: "a"; width: 99; height: 40; TapHandler {} }
    Item { property string line: "b"; y: 40; width: 99; height: 60; TapHandler {} }
    """: "too small to touch",
    "MouseArea { x: 350; width: 100; height: 100 }": "can't be seen",
}


@pytest.mark.parametrize("body", BROKEN)
def test_a_broken_window_is_found(walk: Walk, body: str) -> None:
    (found,) = walk(body).found
    assert BROKEN[body] in found


MEANT = (
    'Text { visible: false; width: 3; text: "hidden" }',
    'Item { opacity: 0; Text { width: 3; text: "hidden" } }',
    'Text { width: 3; text: "" }',
    'Rectangle { width: 99; height: 99; Text { text: "in it" } }',
    "Rectangle { width: 99; height: 99 } Rectangle { width: 99; height: 99 }",
    "Item { width: 60; height: 52; TapHandler { margin: 4 } }",
    "Item { width: 10; height: 10; TapHandler { enabled: false } }",
    """
    // What lies in a higher layer covers what is below it on purpose.
    Text { text: "one" }
    Rectangle { z: 1; width: 99; height: 99; Text { text: "upon" } }
    """,
    """
    // Rows of one dish are one target.
    Item { property string line: "a"; width: 99; height: 40; TapHandler {} }
    Item { property string line: "a"; y: 40; width: 99; height: 40; TapHandler {} }
    """,
    """
    ListView {
        width: 90; height: 50; clip: true; model: 9
        delegate: Text { required property int index; height: 30; text: "row " + index }
    }
    """,
    """
    Text {
        x: 90; y: 90; width: 80; height: 80; text: "right"
        horizontalAlignment: Text.AlignRight; verticalAlignment: Text.AlignBottom
    }
    Text { x: 90; y: 90; text: "left" }
    """,
)


@pytest.mark.parametrize("body", MEANT)
def test_what_is_meant_so_is_no_fault(walk: Walk, body: str) -> None:
    assert walk(body).found == []


def test_a_fault_is_told_with_its_place(walk: Walk) -> None:
    (found,) = walk(
        'Item { objectName: "card"; width: 90; height: 90; Text { width: 9; text: "辣子鸡" } }'
    ).found
    assert "'辣子鸡 in card'" in found
