"""The design tokens of `resources/themes`: every colour, size and duration has its name there."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal, get_args

import msgspec

from common.errors import KnownError
from common.ui.geometry import Geometry
from common.ui.resources import RESOURCES

Palette = Literal["kitchen", "kitchen-safe", "counter", "counter-safe"]
"""The themes there are; the safe ones keep their meaning for the colour-blind."""
PALETTES: tuple[Palette, ...] = get_args(Palette)

Colour = Annotated[str, msgspec.Meta(pattern="^#[0-9a-f]{6}$")]
Amount = Annotated[float, msgspec.Meta(gt=0)]


class Tokens(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One theme. Lengths are angles at the eye (`arcmin`) or on the glass (`mm`).

    A length named under both counts by the larger: a bar that is read from afar and touched.
    """

    base: str = ""
    colours: dict[str, Colour] = {}
    arcmin: dict[str, Amount] = {}
    mm: dict[str, Amount] = {}
    ms: dict[str, int] = {}
    factors: dict[str, Amount] = {}

    def on(self, base: Tokens) -> Tokens:
        """What `base` says, but for what this one says itself."""
        return Tokens(
            colours=base.colours | self.colours,
            arcmin=base.arcmin | self.arcmin,
            mm=base.mm | self.mm,
            ms=base.ms | self.ms,
            factors=base.factors | self.factors,
        )

    def sizes(self, geometry: Geometry) -> dict[str, int]:
        """Every length in pixels of this panel."""
        read = {name: geometry.arcmin(angle) for name, angle in self.arcmin.items()}
        touched = {name: geometry.mm(length) for name, length in self.mm.items()}
        return {name: max(read.get(name, 1), touched.get(name, 1)) for name in read | touched}


def read_tokens(name: str, folder: Path = RESOURCES / "themes") -> Tokens:
    """The theme of this name. Raises KnownError."""
    path = folder / f"{name}.json"
    try:
        tokens = msgspec.json.decode(path.read_bytes(), type=Tokens)
    except (OSError, msgspec.MsgspecError) as error:
        raise KnownError(
            f"The theme {path} can't be used: {error}", f"主题 {path} 无法使用：{error}"
        ) from error
    return tokens.on(read_tokens(tokens.base, folder)) if tokens.base else tokens
