"""What a screen stands on: a board that changes, commands, and how the node is heard.

`bridge` is the live one; a scene is one that needs no node.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from PySide6.QtCore import QObject, Signal

from common.domain.alarms import Alarm
from common.domain.commands import AnyCommand
from common.domain.house import House
from common.domain.order import Order
from common.ui.link import Link, PeerState

Answer = Callable[[Any], None]
"""Who hears the answer to a question."""


class Source(QObject):
    """The promise; whoever keeps it gives the properties and methods."""

    changed = Signal(object)
    """frozenset[bytes]: the ids of the orders that changed, `HOUSE` among them for the store's
    own events; None: everything is new. At most once a frame, and before an answer."""
    answered = Signal(object)
    """Done or Declined: what became of one of our commands."""
    link_changed = Signal()
    """The link, the peers or the roles are others now."""

    alarms_changed = Signal()
    """Something else is wrong with what was to be delivered, or nothing any more."""

    @property
    def house(self) -> House:
        """The store: stations, menu, numbers."""
        raise NotImplementedError

    @property
    def orders(self) -> Mapping[bytes, Order]:
        """The board; not to be changed."""
        raise NotImplementedError

    @property
    def roles(self) -> tuple[str, ...]:
        """What this machine does."""
        raise NotImplementedError

    @property
    def origin(self) -> bytes:
        """This machine's id in events."""
        raise NotImplementedError

    @property
    def link(self) -> Link:
        """How this machine's node is heard."""
        raise NotImplementedError

    @property
    def peers(self) -> tuple[PeerState, ...]:
        """The other machines of the store."""
        raise NotImplementedError

    @property
    def alarms(self) -> tuple[Alarm, ...]:
        """What is wrong with what was to be delivered, the worst and oldest first."""
        return ()

    def mesh_now(self) -> int:
        """Mesh time in µs."""
        raise NotImplementedError

    def new_id(self) -> bytes:
        """An id for a command."""
        raise NotImplementedError

    def submit(self, command: AnyCommand) -> None:
        """Hand a command in; `answered` tells what became of it."""
        raise NotImplementedError

    def ask(self, name: str, then: Answer, **args: str | int) -> None:
        """Ask the node a question; `then` is called with the answer, None where there is none."""
        raise NotImplementedError

    def close(self) -> None:
        """Hang up."""
        raise NotImplementedError
