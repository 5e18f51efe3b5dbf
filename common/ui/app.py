"""How a screen's process starts, serves and ends; what it shows comes from its own room.

    app = ScreenApp(settings, offscreen=False)     Qt, fonts, theme, words, engine
    app.end_with_parent()                          where a supervisor started it
    window = app.show("Kds", {"screenModel": …})   the window that QML describes
    code = app.run()                               until it is closed or told to end

Once per process. A bug in a slot leaves its trace in the log, and service goes on.
"""

from __future__ import annotations

import logging
import os
import signal
import socket
import sys
import threading
from collections.abc import Mapping
from pathlib import Path
from types import FrameType, TracebackType

from PySide6.QtCore import (
    QCoreApplication,
    QEvent,
    QMessageLogContext,
    QObject,
    QRect,
    QSocketNotifier,
    Qt,
    QtMsgType,
    Signal,
    qInstallMessageHandler,
)
from PySide6.QtGui import QGuiApplication
from PySide6.QtQml import QQmlApplicationEngine
from PySide6.QtQuick import QQuickWindow

from common.ui.fonts import load_fonts
from common.ui.geometry import Geometry
from common.ui.i18n import Translations
from common.ui.settings import ScreenSettings
from common.ui.theme import Theme
from common.ui.tile import Tile

_log = logging.getLogger(__name__)

QML = Path(__file__).parent / "qml"

_LEVELS = {
    QtMsgType.QtDebugMsg: logging.DEBUG,
    QtMsgType.QtInfoMsg: logging.INFO,
    QtMsgType.QtWarningMsg: logging.WARNING,
    QtMsgType.QtCriticalMsg: logging.ERROR,
    QtMsgType.QtFatalMsg: logging.CRITICAL,
}


class ScreenApp(QObject):
    """A screen's process: hold it until it has run."""

    _asked_to_end = Signal()

    def __init__(
        self,
        settings: ScreenSettings,
        *,
        offscreen: bool = False,
        size: tuple[int, int] | None = None,
        tile: Tile | None = None,
        import_path: Path | None = None,
    ) -> None:
        """`size` in pixels instead of the panel's own; `import_path` has the screen's QML.

        A `tile` of the desktop is the whole panel in small: all of it fits, nothing is as large.
        """
        _prepare(offscreen=offscreen)
        qt = QGuiApplication(sys.argv[:1])
        super().__init__()
        self._qt = qt
        self._settings = settings
        load_fonts()
        if tile is not None:
            size = tile.within(self.desktop).size().toTuple()
        self.theme = Theme(settings.palette, self.panel(size))
        self.translations = Translations(settings.language)
        self.ended = False
        """Whether somebody asked for the end; it may be before there is anything to show."""
        self.engine = QQmlApplicationEngine()
        self.theme.install(self.engine)
        for folder in (QML, import_path):
            if folder is not None:
                self.engine.addImportPath(str(folder))
        self.translations.changed.connect(self.engine.retranslate)
        self._asked_to_end.connect(self._end, Qt.ConnectionType.QueuedConnection)
        self._end_at_signals()

    @property
    def desktop(self) -> QRect:
        """What windows may cover of the display."""
        return self._qt.primaryScreen().availableGeometry()

    def panel(self, size: tuple[int, int] | None = None) -> Geometry:
        """The panel as it was measured at install, or one of as many pixels as `size`."""
        if size is None:
            own = self._qt.primaryScreen().size()
            size = own.width(), own.height()
        return Geometry(*size, self._settings.diagonal_in, self._settings.distance_m)

    def show(
        self, module: str, properties: Mapping[str, object], component: str = "Main"
    ) -> QQuickWindow:
        """Open a window of a QML module, with what it requires."""
        self.engine.setInitialProperties(dict(properties))
        self.engine.loadFromModule(module, component)
        roots = self.engine.rootObjects()
        if not roots:
            raise RuntimeError(
                f"{module}/{component}.qml can't be shown; Qt's words are in the log"
            )
        window = roots[-1]
        assert isinstance(window, QQuickWindow)
        return window

    def run(self) -> int:
        """Serve until the window is closed or somebody ends the process; the exit code."""
        code = 0 if self.ended else self._qt.exec()
        self.close()
        return code

    def close(self) -> None:
        """Take the window down before the models that it shows."""
        for root in self.engine.rootObjects():
            root.deleteLater()
        self.engine.deleteLater()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        self.translations.close()
        signal.set_wakeup_fd(-1)
        self._woken.setEnabled(False)
        for end in self._bell:
            end.close()

    def end(self) -> None:
        """Ask for the end, from any thread."""
        self._asked_to_end.emit()

    def _end(self) -> None:
        self.ended = True
        self._qt.quit()

    def end_with_parent(self) -> None:
        """End as soon as the parent has closed our standard input, or the system for a dead one."""

        def wait() -> None:
            # The bare descriptor: a thread inside `sys.stdin` breaks Python's shutdown.
            while os.read(0, 4096):
                pass
            self.end()

        threading.Thread(target=wait, daemon=True).start()

    def _end_at_signals(self) -> None:
        """Let SIGTERM and Ctrl-C reach Python while Qt waits in its own loop."""
        self._bell = socket.socketpair()
        for end in self._bell:
            end.setblocking(False)
        heard, rung = self._bell
        signal.set_wakeup_fd(rung.fileno())
        self._woken = QSocketNotifier(heard.fileno(), QSocketNotifier.Type.Read, self)
        self._woken.activated.connect(lambda: heard.recv(64))

        def stop(_number: int, _frame: FrameType | None) -> None:
            self.end()

        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, stop)


def _prepare(*, offscreen: bool) -> None:
    # llvmpipe, where there is no GPU, idles at 6 % and doubles memory; who has one may say so.
    os.environ.setdefault("QT_QUICK_BACKEND", "software")
    if offscreen:
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
    sys.excepthook = _log_bug
    qInstallMessageHandler(_log_qt)


def _log_bug(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    if not issubclass(kind, KeyboardInterrupt):
        _log.error("a bug", exc_info=(kind, error, trace))
    sys.__excepthook__(kind, error, trace)


def _log_qt(kind: QtMsgType, context: QMessageLogContext, text: str) -> None:
    where = f" ({context.file}:{context.line})" if context.file else ""
    _log.log(_LEVELS[kind], "Qt: %s%s", text, where)
