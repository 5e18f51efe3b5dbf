"""`python -m kds`: a kitchen station's screen, on a node of this machine or in a scene."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from common.errors import KnownError
from common.ui.tokens import PALETTES
from kds.app import Asked, run


def read(words: Sequence[str]) -> Asked:
    """The command line as it was meant; argparse ends the program where it can't be."""
    parser = argparse.ArgumentParser("python -m kds", description=__doc__)
    stands_on = parser.add_mutually_exclusive_group(required=True)
    stands_on.add_argument("--data", type=Path, metavar="FOLDER", help="the node's folder")
    stands_on.add_argument("--scene", metavar="NAME", help="a scene to look at and try by hand")
    stands_on.add_argument("--gallery", type=Path, metavar="DIR", help="pictures of every scene")
    parser.add_argument("--station", metavar="ID", help="default: the node's first station")
    parser.add_argument("--kiosk", action="store_true", help="fill the panel, without a frame")
    parser.add_argument("--offscreen", action="store_true", help="draw without a display")
    parser.add_argument("--lang", choices=("zh_CN", "en"))
    parser.add_argument("--size", type=_size, metavar="WxH", help="in pixels")
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


def main() -> int:
    """Show the screen until it is closed; known trouble ends in one calm line."""
    asked = read(sys.argv[1:])
    try:
        return run(asked)
    except KnownError as error:
        print(f"kds: {error.text(asked.language)}", file=sys.stderr)
        return 1


if __name__ == "__main__":
    sys.exit(main())
