"""What a cashier of a scene has before her; no Qt."""

from __future__ import annotations

from typing import NamedTuple

from common.domain.commands import LineInput


class Begun(NamedTuple):
    """A table, and what is noted for it and not sent yet."""

    table: str = ""
    lines: tuple[LineInput, ...] = ()
