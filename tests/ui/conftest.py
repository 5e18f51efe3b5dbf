"""Screens are tested without a display, with our fonts; a warning of Qt's fails the test."""

import os

import pytest
from PySide6.QtGui import QGuiApplication

from common.ui.fonts import load_fonts
from common.ui.theme import register_theme


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
