"""A bell for a thread that polls sockets: others may ring it at any time."""

import socket
from contextlib import suppress


class Bell:
    """Wakes the thread that polls `heard_at`; ringing many times is heard once."""

    def __init__(self) -> None:
        self.heard_at, self._rope = socket.socketpair()
        self.heard_at.setblocking(False)
        self._rope.setblocking(False)
        self._rung = False

    def ring(self) -> None:
        """Wake; from any thread."""
        if self._rung:
            return
        self._rung = True
        # Full means that it rings already; closed, that nobody is left to wake.
        with suppress(OSError):
            self._rope.send(b"\0")

    def silence(self) -> None:
        """Take the ringing in."""
        self.heard_at.recv(4096)
        # Only after the reading: cleared before, a ring in between would be read away with its
        # flag still up, and no later ring could be heard.
        self._rung = False

    def close(self) -> None:
        """Close both ends."""
        self.heard_at.close()
        self._rope.close()
