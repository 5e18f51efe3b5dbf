"""`Passline.Theme`: the design tokens as QML sees them, live when palette or panel change."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QColor
from PySide6.QtQml import (
    QJSEngine,
    QQmlEngine,
    QQmlPropertyMap,
    qmlRegisterSingletonType,
)

from common.ui.geometry import Geometry
from common.ui.tokens import read_tokens

URI = "Passline"
_NAME = "Theme"
_PLACE = "passlineTheme"
"""The property of an engine that holds its theme: the singleton is per engine, not per process."""


class Theme(QObject):
    """One screen's colours and sizes.

    Make it before the process's first engine, and hold it as long as the engine it is given to.
    """

    changed = Signal()
    """Palette or panel are others now; QML has seen it already."""

    def __init__(self, palette: str = "kitchen", geometry: Geometry | None = None) -> None:
        super().__init__()
        register_theme()
        # A map of C++: QML reads a token without entering Python, and each has its own signal.
        self._map = QQmlPropertyMap.create()
        QJSEngine.setObjectOwnership(self._map, QJSEngine.ObjectOwnership.CppOwnership)
        self._geometry = geometry or Geometry()
        self._palette = palette
        self._resolve()

    @property
    def palette(self) -> str:
        """The theme's name."""
        return self._palette

    @property
    def geometry(self) -> Geometry:
        """The panel that the sizes are for."""
        return self._geometry

    @property
    def sizes(self) -> Mapping[str, int]:
        """Every length in pixels, for what is laid out in Python."""
        return self._sizes

    @property
    def factors(self) -> Mapping[str, float]:
        """Numbers without a unit, such as `lineFactor`."""
        return self._factors

    def set_palette(self, palette: str) -> None:
        """Change to another theme. Raises KnownError."""
        self._palette = palette
        self._resolve()
        self.changed.emit()

    def set_geometry(self, geometry: Geometry) -> None:
        """Resolve every size anew for this panel."""
        self._geometry = geometry
        self._resolve()
        self.changed.emit()

    def install(self, engine: QQmlEngine) -> None:
        """Be `Theme` of `import Passline` in this engine."""
        engine.setProperty(_PLACE, self._map)

    def _resolve(self) -> None:
        tokens = read_tokens(self._palette)
        self._sizes = tokens.sizes(self._geometry)
        self._factors = tokens.factors
        colours = {name: QColor(colour) for name, colour in tokens.colours.items()}
        self._map.insert({**colours, **self._sizes, **tokens.ms, **tokens.factors})


@cache
def register_theme() -> None:
    """Make `Theme` known to QML, once in a process and before its first engine; a theme does."""
    # WORKAROUND: once Qt's own types are in the process's registry, because an engine was made or
    # only `qmlTypeId` called, registering a singleton breaks every type that is written in QML
    # ("Cannot assign object of type … to list property"); seen with 6.11.3.
    # The stubs know no overload that takes a function which makes the object.
    qmlRegisterSingletonType(QQmlPropertyMap, URI, 1, 0, _NAME, _theme_of)  # type: ignore[call-overload]


def _theme_of(engine: QQmlEngine) -> QObject:
    theme = engine.property(_PLACE)
    assert isinstance(theme, QObject)
    return theme
