"""Whether a window can be opened here; no Qt, so that whoever starts screens can ask as well."""

from __future__ import annotations

import os
import sys


def has_display() -> bool:
    """Whether there is a display; Qt would end the process if it looked for one in vain."""
    if sys.platform in ("win32", "darwin"):
        return True
    return any(os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"))
