"""Screens are tested without a display, with our fonts; a warning of Qt's fails the test."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtGui import QGuiApplication

from common.ui.fonts import load_fonts
from common.ui.theme import register_theme
from tests.helpers.xserver import MISSING, XServer


@pytest.fixture(scope="session")
def qapp_cls() -> type[QGuiApplication]:
    """The application without widgets, told before it is made where to draw."""
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    os.environ["QT_QUICK_BACKEND"] = "software"
    return QGuiApplication


@pytest.fixture(scope="session")
def qapp(qapp: QGuiApplication) -> QGuiApplication:
    load_fonts()
    register_theme()  # before the first engine of the process, whichever test makes that
    return qapp


@pytest.fixture
def xserver(tmp_path: Path) -> Iterator[XServer]:
    """A display of the test's own, for what needs real keys."""
    if MISSING:
        pytest.skip(f"needs {', '.join(MISSING)} (packaging/apt-dev.txt)")
    server = XServer(1920, 1080, tmp_path)
    yield server
    server.close()
