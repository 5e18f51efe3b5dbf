"""When a dish is late: one set of thresholds for screen, voice and report."""

from __future__ import annotations

_DEFAULT = (10 * 60, 15 * 60)
_BY_CHANNEL = {"delivery": (8 * 60, 12 * 60)}


def thresholds(channel: str) -> tuple[int, int]:
    """(warn, late) in seconds after firing, for an order of this channel."""
    return _BY_CHANNEL.get(channel, _DEFAULT)
