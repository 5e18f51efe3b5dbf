"""`python -m common.ui.storybook`: every control in its states."""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path

from PySide6.QtGui import QGuiApplication

from common.errors import KnownError
from common.ui.fonts import load_fonts
from common.ui.i18n import LANGUAGES
from common.ui.picture import save, take
from common.ui.storybook.book import Storybook
from common.ui.tokens import PALETTES


def main() -> int:
    """Show the book until it is closed, or leave a picture of all of it."""
    parser = argparse.ArgumentParser("python -m common.ui.storybook", description=__doc__)
    parser.add_argument("--lang", choices=LANGUAGES, default=LANGUAGES[0])
    parser.add_argument("--palette", choices=PALETTES, default=PALETTES[0])
    parser.add_argument("--shot", type=Path, metavar="OUT.png", help="one picture, then end")
    asked = parser.parse_args()
    os.environ.setdefault("QT_QUICK_BACKEND", "software")
    if asked.shot is not None:
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
    app = QGuiApplication(sys.argv[:1])
    try:
        load_fonts()
        book = Storybook(asked.palette, asked.lang)
        if asked.shot is None:
            return app.exec()
        book.unroll()
        save(take(book.window), asked.shot)
    except KnownError as error:
        print(f"storybook: {error.text(asked.lang)}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
