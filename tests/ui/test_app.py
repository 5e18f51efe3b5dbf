"""A screen's process: it starts, survives bugs, tells what Qt said, and ends when it is told."""

import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

MAIN = """
import QtQuick
import Passline
Window {
    required property string words
    width: 100
    height: 100
    visible: true
    title: words
    color: Theme.window
}
"""
PROGRAM = """
import logging
import sys
from pathlib import Path
from PySide6.QtCore import QTimer
from common.ui.app import ScreenApp
from common.ui.settings import ScreenSettings

logging.basicConfig(stream=sys.stderr, format="%(levelname)s %(message)s")
app = ScreenApp(ScreenSettings(), offscreen=True, size=(1024, 768), import_path=Path(sys.argv[1]))
window = app.show("Tiny", {"words": "hello"})
assert app.theme.geometry[:2] == (1024, 768)


def bug():
    raise ValueError("once")


def show():
    print(window.title(), window.color().name(), flush=True)
    if "close" in sys.argv:
        window.close()


if "parent" in sys.argv:
    app.end_with_parent()
if "bug" in sys.argv:
    QTimer.singleShot(0, bug)
    QTimer.singleShot(0, lambda: app.engine.loadData(b"import QtQuick; Item { x: none.x }"))
QTimer.singleShot(1, show)
sys.exit(app.run())
"""

Run = Callable[..., subprocess.Popen[str]]


@pytest.fixture
def run(tmp_path: Path) -> Iterator[Run]:
    """Starts a small screen, and comes back when it is shown."""
    (tmp_path / "Tiny").mkdir()
    (tmp_path / "Tiny" / "qmldir").write_text("module Tiny\nMain Main.qml\n")
    (tmp_path / "Tiny" / "Main.qml").write_text(MAIN)
    started: list[subprocess.Popen[str]] = []

    def run(*words: str) -> subprocess.Popen[str]:
        pipe = subprocess.PIPE
        command = [sys.executable, "-W", "error", "-c", PROGRAM, str(tmp_path), *words]
        process = subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=pipe, text=True)
        started.append(process)
        assert process.stdout is not None
        assert process.stdout.readline() == "hello #0b0f12\n", process.communicate()
        return process

    yield run
    for process in started:
        process.kill()
        process.communicate()


def test_a_signal_ends_it(run: Run) -> None:
    process = run()
    process.send_signal(signal.SIGTERM)
    assert process.communicate(timeout=20) == ("", "")
    assert process.returncode == 0


def test_the_parents_end_is_its_own(run: Run) -> None:
    process = run("parent")
    assert process.communicate(timeout=20) == ("", "")
    assert process.returncode == 0


def test_a_closed_window_is_the_end(run: Run) -> None:
    process = run("close")
    assert process.wait(20) == 0


def test_a_bug_leaves_its_trace_and_service_goes_on(run: Run) -> None:
    process = run("bug")
    process.send_signal(signal.SIGTERM)
    _, said = process.communicate(timeout=20)
    assert process.returncode == 0
    assert "ERROR a bug" in said
    assert "ValueError: once" in said
    assert "WARNING Qt: " in said
    assert "none is not defined" in said
