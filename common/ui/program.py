"""How a screen's program is put together: from the command line to the window and its end.

A room (`kds`, `foh`) says what is its own in a `Room`; all else is the same for every screen.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import msgspec
from PySide6.QtCore import QEventLoop, QObject, QTimer
from PySide6.QtQml import qmlRegisterUncreatableType
from PySide6.QtQuick import QQuickWindow

from common.config import read_config
from common.errors import KnownError, user_language
from common.log import log_to
from common.node.client import NodeClient
from common.ui.app import ScreenApp
from common.ui.arrangement import Arrangement, Keep
from common.ui.begun import Begun
from common.ui.bridge import Bridge
from common.ui.display import has_display
from common.ui.first_start import Questions
from common.ui.picture import save, take
from common.ui.screen_model import ScreenModel
from common.ui.settings import FILE, ScreenSettings, read_settings, write_settings
from common.ui.source import Source
from common.ui.theme import URI, Theme
from common.ui.tile import Tile
from common.ui.tokens import PALETTES

SIZE = (1920, 1080)
"""Where no display says how large it is."""
PATIENCE_MS = 10_000
"""How long a node may take to say what has to be known first."""
SHOT_EVERY_MS = 5_000
SHARED = (Arrangement, Questions)
"""What QML knows of Python in every program."""


class Stand(NamedTuple):
    """What a screen is made from; `adopted` are stations whose work it took over.

    `folder` is the node's, where the screen may keep what is its own; a scene has none, but tells
    what was `begun` there.
    """

    source: Source
    role: str
    theme: Theme
    settings: ScreenSettings
    arrangement: Arrangement
    adopted: tuple[str, ...] = ()
    page: str = ""
    folder: Path | None = None
    begun: Begun = Begun()


class Shown(NamedTuple):
    """A screen: its window's QML component, its model, and what begins with its window."""

    component: str
    model: ScreenModel[Any]
    begin: Callable[[QQuickWindow], object] = lambda _: None


class Room(NamedTuple):
    """What is a program's own. `own_role` chooses among a node's roles and raises KnownError."""

    program: str
    about: str
    module: str
    qml: Path
    usual: ScreenSettings
    own_role: Callable[[Sequence[str]], str]
    make: Callable[[Stand], Shown]
    types: tuple[type[QObject], ...]
    """What its QML knows of Python."""
    check: Callable[[ScreenSettings], object] = lambda _: None
    """Raises KnownError for settings that no screen of it can use."""

    def register(self) -> None:
        """Make its types known to QML; before the first engine is made."""
        for module, types in ((URI, SHARED), (self.module, self.types)):
            for made in types:
                name: Any = made.__name__  # str as it is, bytes by its stub
                reason: Any = "made in Python"
                qmlRegisterUncreatableType(made, module, 1, 0, name, reason)

    def own_roles(self, roles: Sequence[str]) -> tuple[str, ...]:
        """Those of a node's roles that it has a screen for."""
        return tuple(role for role in roles if self._has(role))

    def _has(self, role: str) -> bool:
        try:
            return bool(self.own_role([role]))
        except KnownError:
            return False


class Asked(NamedTuple):
    """The command line."""

    data: Path | None = None
    scene: str | None = None
    gallery: Path | None = None
    role: str | None = None
    ask: bool = False
    page: str = ""
    kiosk: bool = False
    offscreen: bool = False
    lang: str | None = None
    size: tuple[int, int] | None = None
    tile: Tile | None = None
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


def read(room: Room, words: Sequence[str]) -> Asked:
    """The command line as it was meant; argparse ends the program where it can't be."""
    parser = argparse.ArgumentParser(f"python -m {room.program}", description=room.about)
    stands_on = parser.add_mutually_exclusive_group(required=True)
    stands_on.add_argument("--data", type=Path, metavar="FOLDER", help="the node's folder")
    stands_on.add_argument("--scene", metavar="NAME", help="a scene to look at and try by hand")
    stands_on.add_argument("--gallery", type=Path, metavar="DIR", help="pictures of every scene")
    parser.add_argument("--role", metavar="ID", help="default: the first of the node's")
    ask = "ask first how the screen hangs, where nothing is said of it yet"
    parser.add_argument("--ask", action="store_true", help=ask)
    parser.add_argument("--page", default="", metavar="NAME", help="the page that is shown first")
    parser.add_argument("--kiosk", action="store_true", help="fill the panel, without a frame")
    parser.add_argument("--offscreen", action="store_true", help="draw without a display")
    parser.add_argument("--lang", choices=("zh_CN", "en"))
    parser.add_argument("--size", type=_size, metavar="WxH", help="in pixels")
    parser.add_argument("--tile", type=_tile, metavar="N/M", help="the N-th of M equal windows")
    parser.add_argument("--palette", choices=PALETTES)
    parser.add_argument("--shot", type=Path, metavar="OUT.png", help="one picture, then end")
    parser.add_argument("--shots", type=Path, metavar="DIR", help="a picture every few seconds")
    parser.add_argument("--with-parent", action="store_true", help="end with the standard input")
    return Asked(**vars(parser.parse_args(words)))


def _size(text: str) -> tuple[int, int]:
    width, _, height = text.partition("x")
    if not (width.isdecimal() and height.isdecimal() and int(width) and int(height)):
        raise argparse.ArgumentTypeError(f"{text!r} is no size; write it as 1920x1080")
    return int(width), int(height)


def _tile(text: str) -> Tile:
    nth, _, count = text.partition("/")
    if not (nth.isdecimal() and count.isdecimal() and 1 <= int(nth) <= int(count)):
        raise argparse.ArgumentTypeError(f"{text!r} is no part; write the second of four as 2/4")
    return Tile(int(nth), int(count))


class Program:
    """A screen and its window; hold it until it has run."""

    def __init__(self, room: Room, asked: Asked) -> None:
        """Raises KnownError."""
        if not (asked.offscreen or has_display()):
            raise KnownError(
                "there is no display here; --offscreen draws without one",
                "这里没有显示器；--offscreen 可以不用显示器。",
            )
        settings = settings_of(room, asked)
        room.check(settings)
        room.register()
        self.app = ScreenApp(
            settings,
            offscreen=asked.offscreen,
            size=asked.panel,
            tile=asked.tile,
            import_path=room.qml,
        )
        if asked.with_parent:
            self.app.end_with_parent()
        self.source, role, adopted, self._roles, begun = _source(room, asked, settings)
        self.arrangement = Arrangement(settings, self.app.theme, _keeper(asked), roles=self._roles)
        self.arrangement.language_wanted.connect(self._speak)
        self.model: ScreenModel[Any] | None = None
        first = self._ask(asked, role) if _to_be_asked(asked) else None
        settings = self.arrangement.settings
        stand = Stand(
            self.source,
            settings.role if settings.role in self._roles else role,
            self.app.theme,
            settings,
            self.arrangement,
            adopted,
            asked.page,
            asked.data,
            begun,
        )
        component, self.model, begin = room.make(stand)
        self.window = self.app.show(room.module, {"screenModel": self.model}, component)
        self.model.language_wanted.connect(self._speak)
        self.model.paint_wanted.connect(self.window.update)
        self._begun = begin(self.window)
        if not self.app.ended:
            _open(self.window, asked)
        if first is not None:
            first.deleteLater()  # not before: Qt ends with its last window

    def _ask(self, asked: Asked, role: str) -> QQuickWindow:
        """Ask how the screen hangs, until somebody or nobody answered."""
        questions = Questions(self.arrangement, role if len(self._roles) < 2 else "")
        self._questions = questions  # the window goes later, and reads it until then
        window = self.app.show(URI, {"screenModel": questions}, "FirstStart")
        questions.watch(window)
        loop = QEventLoop()
        questions.finished.connect(loop.quit)
        _open(window, asked)
        loop.exec()
        self.app.ended |= not questions.done
        return window

    def _speak(self, language: str) -> None:
        self.app.translations.use(language)
        self.arrangement.speak(language)
        if self.model is not None:
            self.model.speak(language)

    def wait(self, known: Callable[[], object]) -> None:
        """Let the node speak until something is known, or for as long as patience lasts."""
        _wait(self.source, known)

    def run(self) -> int:
        """Serve until the window is closed or somebody ends the process; the exit code."""
        code = self.app.run()
        self.source.close()
        return code


def _open(window: QQuickWindow, asked: Asked) -> None:
    size = asked.size or asked.panel
    if size is not None:
        window.resize(*size)
    if asked.tile is not None:
        window.setGeometry(asked.tile.within(window.screen().availableGeometry()))
        window.show()
    elif asked.kiosk:
        # A panel may have no window manager that would see to its size and its keys.
        window.setGeometry(window.screen().geometry())
        window.showFullScreen()
        window.requestActivate()
    elif size is None:
        window.showMaximized()
    else:
        window.show()


def _keeper(asked: Asked) -> Keep | None:
    """Where settings are kept; a scene keeps none."""
    folder = asked.data
    return None if folder is None else lambda said: write_settings(folder, said)


def _to_be_asked(asked: Asked) -> bool:
    return asked.ask and asked.data is not None and not (asked.data / FILE).exists()


def main(room: Room) -> int:
    """Show the screen until it is closed; known trouble ends in one calm line."""
    asked = read(room, sys.argv[1:])
    try:
        return run(room, asked)
    except KnownError as error:
        print(f"{room.program}: {error.text(asked.language)}", file=sys.stderr)
        return 1


def run(room: Room, asked: Asked) -> int:
    """Do what was asked, with a log beside the node's; the exit code. Raises KnownError."""
    if asked.data is None:
        return _run(room, asked)
    level = read_config(asked.data).log_level
    role = re.sub(r"[^\w-]", "-", asked.role or "own")
    with log_to(asked.data, level, f"screen-{role}.log"):
        return _run(room, asked)


def _run(room: Room, asked: Asked) -> int:
    # What only pictures and scenes need is loaded for them alone: a screen has to be back soon.
    if asked.gallery is not None:
        from common.ui.wall import hang_all

        hang_all(room, asked.gallery)
        return 0
    program = Program(room, asked)
    if asked.shot is not None:
        program.wait(lambda: program.source.link.state != "opening")
        save(take(program.window), asked.shot)
        program.app.end()
    elif asked.shots is not None:
        from common.ui.picture import keep_taking

        keep_taking(program.window, asked.shots, asked.role or room.program, SHOT_EVERY_MS)
    return program.run()


def settings_of(room: Room, asked: Asked) -> ScreenSettings:
    """The settings of the place, and over them what was asked. Raises KnownError."""
    if asked.data is not None:
        settings = read_settings(asked.data, room.usual)
    else:
        from common.ui.gallery import panel

        # A scene's panel is as fine as the usual one, and nothing on it begins by itself.
        diagonal_in = panel(*(asked.size or SIZE), room.usual.distance_m).diagonal_in
        settings = msgspec.structs.replace(room.usual, auto_start=0, diagonal_in=diagonal_in)
    wanted = {"language": asked.lang, "palette": asked.palette}
    given = {name: value for name, value in wanted.items() if value is not None}
    return msgspec.convert(msgspec.structs.asdict(settings) | given, ScreenSettings)


class _Ground(NamedTuple):
    """What the screen stands on, its role, the stations it took over, the roles it could have."""

    source: Source
    role: str
    adopted: tuple[str, ...] = ()
    roles: tuple[str, ...] = ()
    begun: Begun = Begun()


def _source(room: Room, asked: Asked, settings: ScreenSettings) -> _Ground:
    if asked.data is None:
        from common.ui.scenes import build
        from common.ui.scenes.source import SceneSource
        from common.ui.screens import SCREENS, screens_of

        role = asked.role or SCREENS[screens_of(room.program)[0]].role
        scene = build(asked.scene or "", role)
        source = SceneSource(scene, running=asked.shot is None)
        return _Ground(source, role, scene.adopted, begun=scene.begun)
    bridge = Bridge(NodeClient(asked.data))
    if asked.role is not None:
        return _Ground(bridge, asked.role)
    _wait(bridge, lambda: bridge.roles)
    own = room.own_roles(bridge.roles)
    role = settings.role if settings.role in own else room.own_role(bridge.roles)
    return _Ground(bridge, role, roles=own)


def _wait(source: Source, known: Callable[[], object]) -> None:
    loop = QEventLoop()
    source.link_changed.connect(loop.quit)
    patience = QTimer(singleShot=True, interval=PATIENCE_MS)
    patience.timeout.connect(loop.quit)
    patience.start()
    while patience.isActive() and not known():
        loop.exec()
    source.link_changed.disconnect(loop.quit)
