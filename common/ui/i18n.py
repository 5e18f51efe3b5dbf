"""The screen's language, which can change while it runs.

Strings are written in English where they are used, `resources/i18n` has the others; what is
read from there is made ready by Qt's own lrelease, in a few milliseconds.
"""

from __future__ import annotations

import subprocess
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import get_args

import PySide6
from PySide6.QtCore import QCoreApplication, QObject, QTranslator, Signal

from common.errors import KnownError
from common.ui.resources import RESOURCES
from common.ui.settings import Language

LANGUAGES: tuple[Language, ...] = get_args(Language)

_LRELEASE = Path(PySide6.__file__).parent / "lrelease"


class Translations(QObject):
    """The application's one language; connect `changed` to `engine.retranslate`."""

    changed = Signal()
    """Words made in Python are to be made anew."""

    def __init__(self, language: str, folder: Path = RESOURCES / "i18n") -> None:
        super().__init__()
        self._folder = folder
        self._translator = QTranslator(self)
        self._language = ""
        self.use(language)

    @property
    def language(self) -> str:
        """What is spoken now."""
        return self._language

    def use(self, language: str) -> None:
        """Speak this language from now on. Raises KnownError."""
        if language == self._language:
            return
        translator = self._read(language)
        QCoreApplication.removeTranslator(self._translator)
        QCoreApplication.installTranslator(translator)
        self._translator, self._language = translator, language
        self.changed.emit()

    def use_next(self) -> None:
        """Speak the other language."""
        after = LANGUAGES.index(self._language) + 1
        self.use(LANGUAGES[after % len(LANGUAGES)])

    def close(self) -> None:
        """Leave the application without a language."""
        QCoreApplication.removeTranslator(self._translator)

    def _read(self, language: str) -> QTranslator:
        source = self._folder / f"{language}.ts"
        translator = QTranslator(self)
        # Windows can't remove a file that the translator still reads.
        with TemporaryDirectory(ignore_cleanup_errors=True) as folder:
            ready = Path(folder) / f"{language}.qm"
            command = [str(_LRELEASE), "-silent", str(source), "-qm", str(ready)]
            made = subprocess.run(command, capture_output=True, text=True, check=False)
            if made.returncode or not translator.load(str(ready)):
                raise KnownError(
                    f"The words in {source} can't be used: {made.stderr.strip()}",
                    f"{source} 里的文字无法使用：{made.stderr.strip()}",
                )
        return translator
