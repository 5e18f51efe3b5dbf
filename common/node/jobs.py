"""What goes into the writer, and what it tells."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from common.domain.codec import Group, SideRecord
from common.domain.commands import AnyCommand
from common.mesh.transport import Peer
from common.node.screen_messages import Answer, Ask
from common.wire.outputs import Received, SideWant


class Decide(NamedTuple):
    """A screen's command; `token` names whom to answer."""

    token: bytes
    command: AnyCommand


class Keep(NamedTuple):
    """Groups of other nodes, checked, to be made durable.

    What is not `urgent` concerns other stations: it may wait a moment for others to come.
    """

    groups: tuple[Received, ...]
    urgent: bool = True


class KeepSides(NamedTuple):
    """Side records of other nodes. Nobody waits for their ack, so they are never urgent."""

    sides: tuple[SideRecord, ...]


class Show(NamedTuple):
    """A screen opens: give it the board."""

    token: bytes


class Tell(NamedTuple):
    """A screen's question about orders."""

    token: bytes
    ask: Ask


Work = Decide | Keep | KeepSides
"""What a round commits."""
Question = Show | Tell
"""What is answered between rounds."""


class Answered(NamedTuple):
    """An answer to a screen, with the raw events that follow it."""

    token: bytes
    answer: Answer
    chunks: Sequence[bytes] = ()


class Written(NamedTuple):
    """This node's own groups are durable."""

    groups: tuple[Group, ...]
    sides: tuple[SideRecord, ...]


class Kept(NamedTuple):
    """Other nodes' groups are durable since `stored_at` (mesh time)."""

    groups: tuple[Received, ...]
    stored_at: int


class NotKept(NamedTuple):
    """Other nodes' groups could not be made durable."""

    groups: tuple[Received, ...]


class SidesKept(NamedTuple):
    """These side records are durable."""

    ids: tuple[bytes, ...]


class SidesWanted(NamedTuple):
    """Durable events name these side records, which are not here."""

    wants: tuple[SideWant, ...]


class Fresh(NamedTuple):
    """Events got commit numbers `first` …"""

    first: int
    raws: tuple[bytes, ...]


class Roster(NamedTuple):
    """The store's nodes: keys, names and roles by origin, how to reach them.

    `me` is this node, `roles` are its own.
    """

    me: bytes
    keys: dict[bytes, bytes]
    names: dict[bytes, str]
    peers: tuple[Peer, ...]
    roles: frozenset[str]
    roles_of: dict[bytes, frozenset[str]]


News = Answered | Written | Kept | NotKept | SidesKept | SidesWanted | Fresh | Roster
Hear = Callable[[Sequence[News]], None]
"""Who takes the news, at once and in their order."""
