"""An X server without a screen, and hands that press real keys on it."""

from __future__ import annotations

import os
import shutil
import subprocess
import time
from pathlib import Path

MISSING = [name for name in ("Xvfb", "openbox", "xdotool") if shutil.which(name) is None]
"""The programs that are not on this machine; `packaging/apt-dev.txt` names them."""
PATIENCE_S = 20.0
HAND_S = "0.1"
"""No hand is back on a key sooner; what comes sooner is taken for a key that bounces."""


class XServer:
    """A display of its own, with the window manager that gives the one window there the keys."""

    def __init__(self, width: int, height: int, home: Path) -> None:
        told, tells = os.pipe()
        screen = f"{width}x{height}x24"
        # It would begin anew whenever its last client leaves.
        argv = ["Xvfb", "-noreset", "-displayfd", str(tells), "-screen", "0", screen]
        self._log = (home / "xserver.log").open("wb")
        self._running = [
            subprocess.Popen([*argv, "-nolisten", "tcp"], pass_fds=[tells], stderr=self._log)
        ]
        os.close(tells)
        with os.fdopen(told, encoding="ascii") as number:
            display = f":{number.readline().strip()}"
        # The platform by name: other tests of this process draw without any display.
        self.environment = {"DISPLAY": display, "QT_QPA_PLATFORM": "xcb"}
        try:
            self._manage()
        except BaseException:
            self.close()
            raise

    def _manage(self) -> None:
        """Start the window manager and wait until it manages."""
        environment = os.environ | self.environment
        self._running.append(
            subprocess.Popen(["openbox"], env=environment, stdout=self._log, stderr=self._log)
        )
        deadline = time.monotonic() + PATIENCE_S
        while self._do("get_desktop", check=False):
            assert self._running[-1].poll() is None, "the window manager ended"
            assert time.monotonic() < deadline, "the window manager does not come up"

    def press(self, *keys: str) -> None:
        """Press and let go these keys, one after the other, as X names them."""
        self._do("sleep", HAND_S, "key", "--delay", "15", *keys)

    def await_window(self, name: str) -> None:
        """Wait until a window of this name is there and has the keys."""
        self._do(
            "search", "--sync", "--onlyvisible", "--name", f"^{name}$", "windowfocus", "--sync"
        )

    def _do(self, *what: str, check: bool = True) -> int:
        return subprocess.run(
            ["xdotool", *what],
            env=os.environ | self.environment,
            stdout=self._log,
            stderr=self._log,
            timeout=PATIENCE_S,
            check=check,
        ).returncode

    def close(self) -> None:
        """Switch it off."""
        for process in reversed(self._running):
            process.kill()
            process.wait()
        self._log.close()
