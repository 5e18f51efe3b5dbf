"""Where what is read from files lies: fonts, themes, translations."""

from __future__ import annotations

from pathlib import Path

import common

RESOURCES = Path(common.__file__).parents[1] / "resources"
