"""What PySide6 must keep to, for it has not always."""

import sys

import pytest
from PySide6.QtCore import QObject, Signal


class Teller(QObject):
    told = Signal()
    told_what = Signal(object)


@pytest.mark.usefixtures("qapp")
def test_telling_gives_no_reference_away() -> None:
    # 6.12.0 dropped one to None or True at each call, until Python aborted.
    teller = Teller()
    heard: list[object] = []
    teller.told.connect(lambda: None)
    teller.told_what.connect(heard.append)
    teller.told_what.connect(bool)
    before = sys.getrefcount(None), sys.getrefcount(True)
    for _ in range(1_000):
        teller.told.emit()
        teller.told_what.emit(True)
        teller.setProperty("told", None)
    heard.clear()
    after = sys.getrefcount(None), sys.getrefcount(True)
    assert [abs(b - a) < 100 for a, b in zip(before, after, strict=True)] == [True, True]
