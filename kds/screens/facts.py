"""The station's bar and strip in words: everything on the screen that is no row."""

from __future__ import annotations

from typing import NamedTuple

from common.domain.clock import SECOND, age
from common.ui.source import Source
from kds.screens import words
from kds.screens.rows import PeerRow
from kds.screens.tickets import Place

FOLDED = 2
"""Machines that are named when they are silent; more are counted."""


class Facts(NamedTuple):
    """What QML reads from the station's screen by these names, in camelCase."""

    station_name: str = ""
    open_count: int = 0
    late_count: int = 0
    average: str = ""
    clock: str = ""
    link_state: str = "opening"
    link_text: str = ""
    peers_text: str = ""
    adopted_text: str = ""
    page: int = 0
    pages: int = 1
    page_text: str = ""
    more_text: str = ""
    all_day_more: str = ""
    unseen_count: int = 0
    undo_text: str = ""
    hint: str = ""
    mode: str = "tickets"
    overlay: str = ""
    language: str = "en"
    empty: bool = False
    empty_text: str = ""
    selected_key: str = ""


def link_facts(source: Source, place: Place, now: int) -> tuple[str, str]:
    """How the node is heard: the state's name, and words where it is not as it should be."""
    link = source.link
    if link.state == "silent":
        seconds = age(now, link.since) // SECOND
        return "silent", words.silent(words.span(seconds), words.clock(link.since, place.tz))
    if link.state == "opening":
        return "opening", words.opening()
    if source.peers and not any(peer.up for peer in source.peers):
        return "alone", words.alone()
    return "live", ""


def empty_text(link_state: str) -> str:
    """Why there is no ticket: nothing to make, or nothing known."""
    return words.nobody_heard() if link_state in ("opening", "silent") else words.nothing_to_make()


def peers_text(source: Source) -> str:
    """How many machines answer, this one among them."""
    peers = source.peers
    return words.online(sum(peer.up for peer in peers) + 1, len(peers) + 1) if peers else ""


def peer_rows(source: Source, place: Place) -> list[PeerRow]:
    """The machines that do not answer; the others are in the count."""
    silent = [peer for peer in source.peers if not peer.up]
    if len(silent) > FOLDED:
        return [PeerRow("silent", False, words.peers_silent(len(silent)))]
    return [
        PeerRow(
            peer.name,
            False,
            words.peer_silent(
                place.name_of(peer.roles[0]) if peer.roles else peer.name, peer.silent_s
            ),
        )
        for peer in silent
    ]
