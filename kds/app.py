"""The one place that puts a station's screen together, from what was asked to the window."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import msgspec
from PySide6.QtCore import QEventLoop, QTimer

from common.config import read_config
from common.domain.house import kitchen_stations
from common.errors import KnownError
from common.log import log_to
from common.node.client import NodeClient
from common.rehearsal.words import user_language
from common.ui.app import ScreenApp
from common.ui.bridge import Bridge
from common.ui.display import has_display
from common.ui.picture import save, take
from common.ui.settings import ScreenSettings, read_settings
from common.ui.source import Source
from kds.input import Input
from kds.keys import SLOTS, Keys, read_keys
from kds.screens.station import Options, StationScreen, register

QML = Path(__file__).parent / "qml"
SIZE = (1920, 1080)
"""Where no display says how large it is."""
PATIENCE_MS = 10_000
"""How long a node may take to say what has to be known first."""
JUMP_KEYS = 10


class Asked(NamedTuple):
    """The command line."""

    data: Path | None = None
    scene: str | None = None
    gallery: Path | None = None
    station: str | None = None
    kiosk: bool = False
    offscreen: bool = False
    lang: str | None = None
    size: tuple[int, int] | None = None
    palette: str | None = None
    shot: Path | None = None
    shots: Path | None = None
    with_parent: bool = False

    @property
    def language(self) -> str:
        """The language in which to say what goes wrong before there are settings."""
        return self.lang or user_language()

    @property
    def panel(self) -> tuple[int, int] | None:
        """The panel's size where the display's own does not count."""
        live = self.data is not None and not self.offscreen
        return None if live else self.size or SIZE


class Station:
    """A station's screen and its window; hold it until it has run."""

    def __init__(self, asked: Asked) -> None:
        """Raises KnownError."""
        if not (asked.offscreen or has_display()):
            raise KnownError(
                "there is no display here; --offscreen draws without one",
                "这里没有显示器；--offscreen 可以不用显示器。",
            )
        settings = settings_of(asked)
        keys = read_keys(settings.keys)
        register()
        self.app = ScreenApp(settings, offscreen=asked.offscreen, size=asked.panel, import_path=QML)
        if asked.with_parent:
            self.app.end_with_parent()
        self.source, station, adopted = _source(asked)
        self.screen = StationScreen(
            self.source,
            station,
            self.app.theme,
            adopted=adopted,
            options=Options(
                auto_start=settings.auto_start,
                slots=SLOTS if settings.two_digits else JUMP_KEYS,
                layout=settings.layout,
                keys=keys,
            ),
            language=settings.language,
        )
        self.window = self.app.show("Kds", {"screenModel": self.screen})
        self.screen.language_wanted.connect(self._speak)
        self.screen.paint_wanted.connect(self.window.update)
        strokes = Keys(keys, digits=settings.digits, two_digits=settings.two_digits)
        Input(self.window, self.screen, strokes)
        self._open(asked)

    def _open(self, asked: Asked) -> None:
        size = asked.size or asked.panel
        if size is not None:
            self.window.resize(*size)
        if asked.kiosk:
            # A panel may have no window manager that would see to its size and its keys.
            self.window.setGeometry(self.window.screen().geometry())
            self.window.showFullScreen()
            self.window.requestActivate()
        elif size is None:
            self.window.showMaximized()
        else:
            self.window.show()

    def _speak(self, language: str) -> None:
        self.app.translations.use(language)
        self.screen.speak(language)

    def wait(self, known: Callable[[], object]) -> None:
        """Let the node speak until something is known, or for as long as patience lasts."""
        _wait(self.source, known)

    def run(self) -> int:
        """Serve until the window is closed or somebody ends the process; the exit code."""
        code = self.app.run()
        self.source.close()
        return code


def run(asked: Asked) -> int:
    """Do what was asked, with a log beside the node's; the exit code. Raises KnownError."""
    if asked.data is None:
        return _run(asked)
    level = read_config(asked.data).log_level
    station = re.sub(r"[^\w-]", "-", asked.station or "own")
    with log_to(asked.data, level, f"screen-{station}.log"):
        return _run(asked)


def _run(asked: Asked) -> int:
    # What only pictures and scenes need is loaded for them alone: a screen has to be back soon.
    if asked.gallery is not None:
        from kds.pictures import hang_all

        hang_all(asked.gallery, QML)
        return 0
    station = Station(asked)
    if asked.shot is not None:
        station.wait(lambda: station.source.link.state != "opening")
        save(take(station.window), asked.shot)
        station.app.end()
    elif asked.shots is not None:
        from kds.pictures import keep_taking

        keep_taking(station.window, asked.shots)
    return station.run()


def settings_of(asked: Asked) -> ScreenSettings:
    """The settings of the place, and over them what was asked. Raises KnownError."""
    if asked.data is not None:
        settings = read_settings(asked.data)
    else:
        from common.ui.gallery import Shot

        # A scene's panel is as fine as the usual one, and nothing on it begins by itself.
        panel = Shot("", *(asked.size or SIZE)).panel
        settings = ScreenSettings(auto_start=0, diagonal_in=panel.diagonal_in)
    wanted = {"language": asked.lang, "palette": asked.palette}
    given = {name: value for name, value in wanted.items() if value is not None}
    return msgspec.convert(msgspec.structs.asdict(settings) | given, ScreenSettings)


def _source(asked: Asked) -> tuple[Source, str, tuple[str, ...]]:
    """What the screen stands on, the station it is for, and those that it took over."""
    if asked.data is None:
        from common.ui.scenes import build
        from common.ui.scenes.source import SceneSource

        scene = build(asked.scene or "")
        source = SceneSource(scene, running=asked.shot is None)
        return source, asked.station or scene.station, scene.adopted
    bridge = Bridge(NodeClient(asked.data))
    return bridge, asked.station or _first_station(bridge), ()


def _first_station(source: Source) -> str:
    _wait(source, lambda: source.roles)
    stations = kitchen_stations(source.roles)
    if not stations:
        raise KnownError(
            "the node named no kitchen station as its role; say which by --station",
            "节点没有后厨岗位；请用 --station 指定。",
        )
    return stations[0]


def _wait(source: Source, known: Callable[[], object]) -> None:
    loop = QEventLoop()
    source.link_changed.connect(loop.quit)
    patience = QTimer(singleShot=True, interval=PATIENCE_MS)
    patience.timeout.connect(loop.quit)
    patience.start()
    while patience.isActive() and not known():
        loop.exec()
    source.link_changed.disconnect(loop.quit)
