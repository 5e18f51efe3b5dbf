"""How this machine's node and the other machines are heard, in words."""

from __future__ import annotations

from typing import NamedTuple

from PySide6.QtCore import QCoreApplication

from common.domain.clock import SECOND, age
from common.ui import words
from common.ui.places import Place
from common.ui.source import Source

translate = QCoreApplication.translate

FOLDED = 2
"""Machines that are named when they are silent; more are counted."""
MINUTES_FROM_S = 100


class PeerRow(NamedTuple):
    """Another machine, in words; healthy ones are folded into one count."""

    key: str
    up: bool
    text: str


class Heard(NamedTuple):
    """How the node is heard: live, alone, opening or silent; words where not as it should be."""

    state: str
    text: str

    @property
    def known(self) -> bool:
        """Whether what the screen shows is how things are."""
        return self.state in ("live", "alone")


def heard(source: Source, place: Place, now: int) -> Heard:
    """How the node is heard at a mesh time."""
    link = source.link
    if link.state == "silent":
        time = words.span(age(now, link.since) // SECOND)
        text = translate("Presence", "Not connected · as of {at}, {time} ago")
        return Heard("silent", text.format(time=time, at=words.clock(link.since, place.tz)))
    if link.state == "opening":
        return Heard("opening", translate("Presence", "Connecting …"))
    if source.peers and not any(peer.up for peer in source.peers):
        text = translate("Presence", "No other machine answers: orders may be missing")
        return Heard("alone", text)
    return Heard("live", "")


def nobody_heard() -> str:
    """The screen is empty because nothing is known."""
    return translate("Presence", "Waiting for this machine's node")


def peers_text(source: Source) -> str:
    """How many machines answer, this one among them."""
    peers = source.peers
    if not peers:
        return ""
    up, count = sum(peer.up for peer in peers) + 1, len(peers) + 1
    return translate("Presence", "Online {up}/{count}").format(up=up, count=count)


def peer_rows(source: Source, place: Place) -> list[PeerRow]:
    """The machines that do not answer; the others are in the count."""
    silent = [peer for peer in source.peers if not peer.up]
    if len(silent) > FOLDED:
        text = translate("Presence", "{count} machines: no answer").format(count=len(silent))
        return [PeerRow("silent", False, text)]
    return [
        PeerRow(
            peer.name,
            False,
            _silent(place.name_of(peer.roles[0]) if peer.roles else peer.name, peer.silent_s),
        )
        for peer in silent
    ]


def _silent(name: str, seconds: int) -> str:
    if seconds < MINUTES_FROM_S:
        text = translate("Presence", "{name}: no answer for {count} s")
        return text.format(name=name, count=seconds)
    text = translate("Presence", "{name}: no answer for {count} min")
    return text.format(name=name, count=seconds // 60)
