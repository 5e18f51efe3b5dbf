"""What a node says to its peers and screens and hears from them, whatever carries it.

A transport promises little, and the protocol above it must live with exactly that: a frame or a
request may vanish at any time, nothing is ever queued for a link that is down, and what is heard
comes from the origin it names because the link is authenticated. Time-outs and asking again
belong to the protocol, which alone knows what still matters.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol

MAX_MESSAGE = 1 << 20


@dataclass(frozen=True, slots=True)
class Peer:
    """A node of the roster: who it is, its CURVE key, and where it listens ("" if unknown)."""

    origin: bytes
    curve_public: bytes
    feed: str
    router: str


@dataclass(frozen=True, slots=True)
class FeedHeard:
    """A frame of that peer's live feed."""

    peer: bytes
    frame: bytes


@dataclass(frozen=True, slots=True)
class Asked:
    """A request of that peer; answer it with `reply(token, …)`, at any time or never."""

    token: bytes
    peer: bytes
    body: bytes


@dataclass(frozen=True, slots=True)
class Answered:
    """That peer's answer to our request of this id."""

    peer: bytes
    request_id: int
    body: bytes


@dataclass(frozen=True, slots=True)
class LinkUp:
    """Requests to that peer can leave (again): heard once after each opening, reset or gap."""

    peer: bytes


@dataclass(frozen=True, slots=True)
class ScreenAsked:
    """A request of one of this machine's screens."""

    token: bytes
    frames: list[bytes]


@dataclass(frozen=True, slots=True)
class Woken:
    """Another thread called `wake()`: look at your queues."""


Heard = FeedHeard | Asked | Answered | LinkUp | ScreenAsked | Woken


class Transport(Protocol):
    """The links of one node; all but `wake` belong to the one thread that polls."""

    @property
    def dropped(self) -> int:
        """How many malformed or unauthorised messages were thrown away."""

    def set_peers(self, peers: Iterable[Peer]) -> None:
        """Admit and dial exactly these (self is skipped); one left out or re-keyed is cut off."""

    def publish(self, frame: bytes) -> None:
        """Send a frame to every peer that listens now."""

    def request(self, peer: bytes, request_id: int, body: bytes) -> None:
        """Ask a peer; silently dropped when its link is down (`LinkUp` tells when it is back)."""

    def reply(self, token: bytes, body: bytes) -> None:
        """Answer what was asked; silently dropped when the asker is gone."""

    def reset(self, peer: bytes) -> None:
        """Forget the link's unanswered requests and dial anew; ask again after its `LinkUp`."""

    def poll(self, timeout_ms: int) -> list[Heard]:
        """Wait for something to be heard, at most so long."""

    def wake(self) -> None:
        """End a running or the next `poll` with `Woken`; from any thread, at any rate."""

    def close(self) -> None:
        """Close every link; harmless when repeated."""


def others_of(own: bytes, peers: Iterable[Peer]) -> dict[bytes, Peer]:
    """The peers but ourselves by origin; ValueError where two would be one to CURVE."""
    others = {peer.origin: peer for peer in peers if peer.origin != own}
    if len({peer.curve_public for peer in others.values()}) != len(others):
        raise ValueError("two peers with one CURVE key")
    return others
