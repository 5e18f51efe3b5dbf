"""The scenes: moments of one restaurant that every screen can be shown, tried and tested with.

`restaurant` decides and folds, `story` has the words a scene is told in, `noon` and `edges` tell
them, `scene` says what a screen gets; `source` (the one with Qt) lets a screen work on it.
"""

from common.ui.scenes.scene import NAMES, Scene, build

__all__ = ["NAMES", "Scene", "build"]
