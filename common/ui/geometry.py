"""How large a panel shows things: angles at the eye and lengths on the glass, in pixels."""

from __future__ import annotations

import math
from typing import NamedTuple

_MM_PER_INCH = 25.4
_RADIANS_PER_ARCMIN = math.pi / 180 / 60


class Geometry(NamedTuple):
    """A panel in logical pixels, its diagonal in inches, and how far off its reader stands."""

    width: int = 1920
    height: int = 1080
    diagonal_in: float = 21.5
    distance_m: float = 1.5

    @property
    def mm_per_pixel(self) -> float:
        """The pitch of the pixels, which are square."""
        return self.diagonal_in * _MM_PER_INCH / math.hypot(self.width, self.height)

    def mm(self, length: float) -> int:
        """Pixels that are at least so long on the glass."""
        return math.ceil(length / self.mm_per_pixel)

    def arcmin(self, angle: float) -> int:
        """Pixels that fill at least this angle, in arc minutes, at the reader's eye."""
        return self.mm(self.distance_m * 1_000 * 2 * math.tan(angle * _RADIANS_PER_ARCMIN / 2))
