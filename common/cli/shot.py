"""`passline shot`: pictures of a screen, in any scene, size and language."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import click

from common.cli._lang import Verb, option
from common.errors import KnownError
from common.ui.screens import SCREENS
from common.ui.tokens import PALETTES

_FILE = click.Path(path_type=Path)


@click.command(
    "shot",
    cls=Verb,
    short_help="Take pictures of a screen in a scene.",
    short_zh="给屏幕截图，各种场景都有。",
    zh="不用显示器，把一个场景里的屏幕存成 OUT.png。\n\n--all 存下全部场景、尺寸、语言，拼成总图。",
)
@option(
    "--screen",
    type=click.Choice(list(SCREENS)),
    default="station",
    show_default=True,
    zh="哪种屏幕。",
    en="Which screen.",
)
@option("--scene", default="rush", show_default=True, zh="哪个场景。", en="Which scene.")
@option(
    "--size",
    default="1920x1080",
    show_default=True,
    metavar="WxH",
    zh="宽和高（像素）。",
    en="Width and height in pixels.",
)
@option(
    "--lang",
    type=click.Choice(["zh_CN", "en"]),
    default="zh_CN",
    show_default=True,
    zh="屏幕的语言。",
    en="The screen's language.",
)
@option(
    "--palette", type=click.Choice(PALETTES), zh="配色；默认由屏幕定。", en="Default: the screen's."
)
@option(
    "--all", "folder", type=_FILE, metavar="DIR", zh="所有图片存到哪里。", en="Where all are to go."
)
@click.argument("out", type=_FILE, required=False, metavar="[OUT.png]")
def command(
    screen: str,
    scene: str,
    size: str,
    lang: str,
    palette: str | None,
    folder: Path | None,
    out: Path | None,
) -> None:
    """Draw a screen without a display and leave it as OUT.png.

    --all leaves every scene in every size and language, and a sheet of them all.
    """
    if (out is None) == (folder is None):
        raise KnownError(
            "say where: either OUT.png for one picture, or --all DIR",
            "请说明存到哪里：一张写 OUT.png，全部写 --all DIR。",
        )
    if folder is not None:
        programs = dict.fromkeys(kind.program for kind in SCREENS.values())
        codes = [_draw(program, "--gallery", str(folder)) for program in programs]
        sys.exit(max(codes))
    kind = SCREENS[screen]
    asked = ["--role", kind.role, "--scene", scene, "--size", size, "--lang", lang]
    asked += ["--page", kind.page] if kind.page else []
    asked += ["--palette", palette] if palette else []
    sys.exit(_draw(kind.program, *asked, "--shot", str(out)))


def _draw(program: str, *asked: str) -> int:
    return subprocess.call([sys.executable, "-P", "-m", program, "--offscreen", *asked])
