"""Check that every word on the screens is translated: `python -m tests.check_translations`.

With `--update`, write what the sources say into `resources/i18n` first, to be translated there.
English is what the sources are written in; its file has only what differs by number.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import PySide6

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "resources" / "i18n"
ROOMS = ("common/ui", "kds", "foh")
FILES = {"zh_CN.ts": (), "en.ts": ("-pluralonly",)}
LUPDATE = Path(PySide6.__file__).parent / "lupdate"


def update(file: Path) -> None:
    """Let lupdate bring a file up to what the sources say."""
    language = file.stem
    options = ["-silent", "-locations", "none", "-no-obsolete", "-source-language", "en"]
    options += ["-target-language", language, "-extensions", "py,qml", *FILES[file.name]]
    subprocess.run([LUPDATE, *options, *ROOMS, "-ts", file], cwd=ROOT, check=True)


def texts(file: Path) -> dict[tuple[str, ...], str]:
    """What a file translates: context, source and comment → "" where that is not done."""
    found: dict[tuple[str, ...], str] = {}
    for context in ET.parse(file).iter("context"):
        for message in context.iter("message"):
            key = (_text(context, "name"), _text(message, "source"), _text(message, "comment"))
            done = message.find("translation")
            assert done is not None
            words = "".join(done.itertext()).strip()
            found[key] = "" if done.get("type") == "unfinished" else words
    return found


def _text(element: ET.Element, name: str) -> str:
    return element.findtext(name) or ""


def complaints(folder: Path) -> Iterator[str]:
    """Yield a line for each string that is new, gone or not translated."""
    with TemporaryDirectory() as scratch:
        for name in FILES:
            ours, now = folder / name, Path(scratch) / name
            shutil.copy(ours, now)
            update(now)
            have, need = texts(ours), texts(now)
            for key in need.keys() - have.keys():
                yield f"{name}: new: {' / '.join(key)}"
            for key in have.keys() - need.keys():
                yield f"{name}: no longer said: {' / '.join(key)}"
            for key in (key for key, words in have.items() if not words and key in need):
                yield f"{name}: not translated: {' / '.join(key)}"


def main() -> int:
    """Print the complaints; return 0 only if there are none."""
    if "--update" in sys.argv:
        for name in FILES:
            update(FOLDER / name)
    found = sorted(complaints(FOLDER))
    for line in found:
        print(line)
    print(f"{len(texts(FOLDER / 'zh_CN.ts'))} texts, {len(found)} complaints")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
