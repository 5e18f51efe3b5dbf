"""Walks a window's items as they are painted and finds what a person could not read or touch.

A text is faulty when it is elided, larger than its item, not wholly inside the window or inside
what clips it, or painted over another text. Blocks (painted items that carry text, such as cards)
must not overlap unless one lies on purpose in a higher layer (`z`). Touch targets are as large as
the theme says. What a list has scrolled away is not looked at.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import shiboken6
from PySide6.QtCore import QObject, QRectF, Qt
from PySide6.QtQml import QQmlExpression, qmlContext
from PySide6.QtQuick import QQuickItem, QQuickWindow

SLACK = 1.0
"""Pixels that rounding may take."""
_INVISIBLE = 0.01
_TOUCHED = ("QQuickTapHandler", "QQuickMouseArea", "QQuickMultiPointTouchArea")
_PAINTED = ("QQuickRectangle", "QQuickImage", "QQuickCanvasItem", "QQuickShape")


class _Seen(NamedTuple):
    """An item that shows: where it is, and the way to it, with the layer of each step."""

    item: QQuickItem
    rect: QRectF
    path: tuple[tuple[int, float], ...]


class Faults(NamedTuple):
    """What is wrong, each in a line of words, and how much was looked at."""

    texts: int
    targets: int
    found: list[str]


def look(window: QQuickWindow, smallest_target: float) -> Faults:
    """Walk the window; sizes are in logical pixels."""
    return _Walk(window, smallest_target).faults()


class _Walk:
    def __init__(self, window: QQuickWindow, smallest_target: float) -> None:
        self._smallest = smallest_target
        self._texts: list[_Seen] = []
        self._blocks: list[_Seen] = []
        self._targets: dict[tuple[int, str | int], tuple[QQuickItem, QRectF]] = {}
        self._found: list[str] = []
        whole = QRectF(0, 0, window.width(), window.height())
        self._visit(window.contentItem(), whole, False, ())

    def faults(self) -> Faults:
        self._small_targets()
        self._overlaps(self._texts, "is painted over")
        self._overlaps(self._blocks, "overlaps")
        return Faults(len(self._texts), len(self._targets), self._found)

    def _visit(
        self,
        item: QQuickItem,
        clip: QRectF,
        scrolls: bool,
        path: tuple[tuple[int, float], ...],
    ) -> bool:
        """Look at an item and all in it; whether it carries text."""
        if not item.isVisible() or item.opacity() < _INVISIBLE:
            return False
        path = (*path, (_address(item), item.z()))
        rect = _scene_rect(item, QRectF(0, 0, item.width(), item.height()))
        scrolls = scrolls or item.inherits("QQuickFlickable")
        self._check_touch(item, rect, clip, scrolls)
        text = item.inherits("QQuickText") and self._check_text(item, clip, scrolls, path)
        if item.clip():
            clip = clip.intersected(rect)
        inner = [self._visit(child, clip, scrolls, path) for child in item.childItems()]
        if any(inner) and any(map(item.inherits, _PAINTED)):
            self._blocks.append(_Seen(item, rect.intersected(clip), path))
        return text or any(inner)

    def _check_text(
        self, item: QQuickItem, clip: QRectF, scrolls: bool, path: tuple[tuple[int, float], ...]
    ) -> bool:
        width, height = item.property("contentWidth"), item.property("contentHeight")
        if not str(item.property("text")).strip() or width <= 0 or height <= 0:
            return False
        painted = _scene_rect(item, _painted(item, width, height))
        if scrolls and not clip.contains(painted):
            return True
        # Lines stand apart by more than their letters need; only the letters must not touch.
        size = item.property("font").pixelSize()
        spare = max(0.0, height / item.property("lineCount") - size) / 2 if size > 0 else 0.0
        letters = painted.adjusted(0, spare, 0, -spare)
        self._texts.append(_Seen(item, letters.intersected(clip), path))
        if item.property("truncated"):
            self._say(item, "is cut short")
        if width > item.width() + SLACK or height > item.height() + SLACK:
            room = f"{item.width():.0f}x{item.height():.0f}"
            self._say(item, f"needs {width:.0f}x{height:.0f} and has {room}")
        if not _within(painted, clip):
            self._say(item, f"reaches out of what can be seen: {_words(painted)}")
        return True

    def _check_touch(self, item: QQuickItem, rect: QRectF, clip: QRectF, scrolls: bool) -> None:
        handlers = [each for each in (item, *_own(item)) if any(map(each.inherits, _TOUCHED))]
        live = [each for each in handlers if each.property("enabled")]
        if not live or rect.isEmpty() or (scrolls and not clip.contains(rect)):
            return
        if not _within(rect, clip):
            self._say(item, f"is to be touched where it can't be seen: {_words(rect)}")
        margin = max(each.property("margin") or 0.0 for each in live)
        # Rows with the same `line` are one dish for a finger.
        meaning = (_address(item.parentItem()), item.property("line") or _address(item))
        known, whole = self._targets.get(meaning, (item, QRectF()))
        grown = rect.adjusted(-margin, -margin, margin, margin)
        self._targets[meaning] = (known, whole.united(grown))

    def _small_targets(self) -> None:
        for item, rect in self._targets.values():
            if min(rect.width(), rect.height()) < self._smallest - SLACK:
                size = f"{rect.width():.0f}x{rect.height():.0f}"
                self._say(item, f"is too small to touch: {size}, not {self._smallest:.0f}")

    def _overlaps(self, seen: list[_Seen], how: str) -> None:
        """Each with those that begin above its lower edge: a sweep from top to bottom."""
        ordered = sorted(seen, key=lambda each: each.rect.top())
        for nth, one in enumerate(ordered):
            for other in ordered[nth + 1 :]:
                if other.rect.top() > one.rect.bottom() - SLACK:
                    break
                if _cross(one.rect, other.rect) and _same_layer(one.path, other.path):
                    self._say(other.item, f"{how} {_name(one.item)}")

    def _say(self, item: QQuickItem, what: str) -> None:
        self._found.append(f"{_name(item)} {what}")


def _painted(item: QQuickItem, width: float, height: float) -> QRectF:
    """Where a text's letters are within its item, by its alignment."""
    context = qmlContext(item)
    assert context is not None
    # Python can't read these properties: their types are private to Qt's C++.
    both = QQmlExpression(context, item, "1000 * effectiveHorizontalAlignment + verticalAlignment")
    across, down = divmod(int(both.evaluate()[0]), 1000)
    left = _FREE_BEFORE[across] * (item.width() - width)
    top = _FREE_BEFORE[down] * (item.height() - height)
    return QRectF(left, top, width, height)


_FREE_BEFORE = {
    Qt.AlignmentFlag.AlignLeft.value: 0.0,
    Qt.AlignmentFlag.AlignRight.value: 1.0,
    Qt.AlignmentFlag.AlignHCenter.value: 0.5,
    Qt.AlignmentFlag.AlignJustify.value: 0.0,
    Qt.AlignmentFlag.AlignTop.value: 0.0,
    Qt.AlignmentFlag.AlignBottom.value: 1.0,
    Qt.AlignmentFlag.AlignVCenter.value: 0.5,
}
"""The share of an item's free room that lies before what is aligned so."""


def _own(item: QQuickItem) -> Iterator[QObject]:
    """What belongs to an item without being one: its handlers."""
    return (child for child in item.children() if not isinstance(child, QQuickItem))


def _scene_rect(item: QQuickItem, rect: QRectF) -> QRectF:
    return item.mapRectToScene(rect)


def _address(item: QQuickItem) -> int:
    """What tells an item from others; Python's wrapper of it comes and goes."""
    address: int = shiboken6.getCppPointer(item)[0]
    return address


def _within(rect: QRectF, clip: QRectF) -> bool:
    return clip.adjusted(-SLACK, -SLACK, SLACK, SLACK).contains(rect)


def _cross(one: QRectF, other: QRectF) -> bool:
    shared = one.intersected(other)
    return shared.width() > SLACK and shared.height() > SLACK


def _same_layer(one: tuple[tuple[int, float], ...], other: tuple[tuple[int, float], ...]) -> bool:
    """Whether neither holds the other and their ways part at the same height."""
    for (mine, my_z), (theirs, their_z) in zip(one, other, strict=False):
        if mine != theirs:
            return my_z == their_z
    return False


def _name(item: QQuickItem) -> str:
    kind = item.metaObject().className().partition("_QML")[0]
    words = [str(item.property("text") or item.objectName())[:24]]
    parent = item.parentItem()
    while parent is not None and len(words) < 3:
        if parent.objectName():
            words.append(parent.objectName())
        parent = parent.parentItem()
    return f"{kind} {' in '.join(filter(None, words))!r}"


def _words(rect: QRectF) -> str:
    return f"{rect.width():.0f}x{rect.height():.0f} at {rect.x():.0f},{rect.y():.0f}"
