"""How a screen stands with its node and the other machines; no Qt, so that data can hold it."""

from __future__ import annotations

from typing import Literal, NamedTuple


class Link(NamedTuple):
    """The way to this machine's node; `since` is the mesh time (µs) at which it became so."""

    state: Literal["opening", "live", "silent"]
    since: int


class PeerState(NamedTuple):
    """Another machine of the store, as this one hears it; `silent_s` is how long it does not."""

    name: str
    roles: tuple[str, ...]
    up: bool
    silent_s: int
