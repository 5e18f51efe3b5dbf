"""What a screen knows of its place: its panel, its reader, its keys; from `screen.toml`."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Literal

import msgspec

from common.errors import KnownError
from common.ui.tokens import Palette

FILE = "screen.toml"
"""The settings' file in a node's folder; without it every setting is the default."""

Language = Literal["zh_CN", "en"]


class ScreenSettings(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One machine's screen."""

    diagonal_in: Annotated[float, msgspec.Meta(ge=5, le=120)] = 21.5
    distance_m: Annotated[float, msgspec.Meta(ge=0.3, le=10)] = 1.5
    """How far the reader's eyes are."""
    role: str = ""
    """Which of the node's roles this screen is for; empty: its first."""
    language: Language = "zh_CN"
    palette: Palette = "kitchen"
    layout: Literal["flow", "grid"] = "flow"
    """Tickets in columns, or in cells of one size."""
    ready_first: bool = False
    """At the pass: orders that are ready stand first."""
    auto_start: Annotated[int, msgspec.Meta(ge=0, le=99)] = 3
    """Tickets in the first so many slots start by themselves; 0: by tap."""
    digits: Literal["select", "bump"] = "select"
    """What a digit does to the ticket of its slot."""
    two_digits: bool = False
    """0 and then n is slot 10 + n."""
    bar_device: str = ""
    """The bump bar's own device, where it is read apart from the keyboard."""
    keys: dict[str, str] = {}
    """Keys that do something else than usual: the key's name → the action."""


USUAL = ScreenSettings()


def read_settings(folder: Path, usual: ScreenSettings = USUAL) -> ScreenSettings:
    """The settings in a node's folder; `usual` holds where nothing is said. Raises KnownError."""
    path = folder / FILE
    try:
        said = msgspec.toml.decode(path.read_bytes())
        return msgspec.convert(msgspec.structs.asdict(usual) | said, ScreenSettings)
    except FileNotFoundError:
        return usual
    except (OSError, msgspec.MsgspecError, UnicodeDecodeError) as error:
        raise KnownError(f"{path} can't be used: {error}", f"{path} 无法使用：{error}") from error


def write_settings(folder: Path, said: Mapping[str, object]) -> None:
    """Say these settings in the folder's file, whose other words stay. Raises KnownError."""
    path = folder / FILE
    try:
        lines = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
        for name, value in said.items():
            _say(lines, name, value)
        beside = path.with_suffix(".new")
        beside.write_text("\n".join(lines) + "\n", encoding="utf-8")
        beside.replace(path)  # whoever reads meanwhile reads one of both
    except (OSError, UnicodeDecodeError) as error:
        raise KnownError(
            f"{path} can't be written: {error}", f"{path} 无法写入：{error}"
        ) from error


def _say(lines: list[str], name: str, value: object) -> None:
    """In the place where it was said, else before the first table; comments of others stay."""
    # A plain string, number or truth value is written in TOML as in JSON.
    line = f"{name} = {msgspec.json.encode(value).decode()}"
    first = next((nth for nth, known in enumerate(lines) if known.startswith("[")), len(lines))
    for nth in range(first):
        if re.match(rf"\s*{name}\s*=", lines[nth]):
            lines[nth] = line
            return
    lines.insert(first, line)
