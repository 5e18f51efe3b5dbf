"""The storybook's window, and what its two keys turn."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, QUrl
from PySide6.QtQml import QQmlApplicationEngine
from PySide6.QtQuick import QQuickWindow

import common.ui
from common.ui.i18n import LANGUAGES, Translations
from common.ui.theme import Theme
from common.ui.tokens import PALETTES

HERE = Path(__file__).parent
MODULES = Path(common.ui.__file__).parent / "qml"
WIDTH, HEIGHT = 1920, 1080


class Storybook(QObject):
    """Shows every control; hold it as long as the window is to stay."""

    def __init__(self, palette: str = PALETTES[0], language: str = LANGUAGES[0]) -> None:
        super().__init__()
        self._theme = Theme(palette)
        self._translations = Translations(language)
        self._engine = QQmlApplicationEngine()
        self._engine.addImportPath(str(MODULES))
        self._theme.install(self._engine)
        self._translations.changed.connect(self._engine.retranslate)
        facts = {"width": WIDTH, "height": HEIGHT, "visible": True, "language": language}
        self._engine.setInitialProperties(facts)
        self._engine.load(QUrl.fromLocalFile(HERE / "Storybook.qml"))
        (window,) = self._engine.rootObjects()
        assert isinstance(window, QQuickWindow)
        self.window = window
        # Signals of the QML file, of which the stubs can't know.
        window.paletteWanted.connect(self.turn_palette)  # type: ignore[attr-defined]
        window.languageWanted.connect(self.turn_language)  # type: ignore[attr-defined]

    def turn_palette(self) -> None:
        """Show the next palette."""
        after = PALETTES.index(self._theme.palette) + 1
        self._theme.set_palette(PALETTES[after % len(PALETTES)])

    def turn_language(self) -> None:
        """Show the other language."""
        self._translations.use_next()
        self.window.setProperty("language", self._translations.language)

    def unroll(self) -> None:
        """Make the window as high as all it shows, for a picture."""
        self.window.setHeight(round(self.window.property("wholeHeight")))

    def close(self) -> None:
        """Put the book away."""
        self.window.close()
        self._translations.close()
