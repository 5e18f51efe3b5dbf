"""The station's bar and strip in words: everything on the screen that is no row."""
# ruff: noqa: N815 - QML's names

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

from PySide6.QtCore import Property, QObject, Signal

from common.domain.clock import SECOND, age
from common.ui.source import Source
from kds.screens import sayings, words
from kds.screens.places import Place
from kds.screens.rows import PeerRow

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


def _fact(name: str) -> Callable[[Any], Any]:
    return lambda screen: getattr(screen.facts, name)


class FactsObject(QObject):
    """Facts as properties."""

    facts_changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.facts = Facts()

    stationName = Property(str, _fact("station_name"), notify=facts_changed)
    openCount = Property(int, _fact("open_count"), notify=facts_changed)
    lateCount = Property(int, _fact("late_count"), notify=facts_changed)
    average = Property(str, _fact("average"), notify=facts_changed)
    clock = Property(str, _fact("clock"), notify=facts_changed)
    linkState = Property(str, _fact("link_state"), notify=facts_changed)
    linkText = Property(str, _fact("link_text"), notify=facts_changed)
    peersText = Property(str, _fact("peers_text"), notify=facts_changed)
    adoptedText = Property(str, _fact("adopted_text"), notify=facts_changed)
    page = Property(int, _fact("page"), notify=facts_changed)
    pages = Property(int, _fact("pages"), notify=facts_changed)
    pageText = Property(str, _fact("page_text"), notify=facts_changed)
    moreText = Property(str, _fact("more_text"), notify=facts_changed)
    allDayMore = Property(str, _fact("all_day_more"), notify=facts_changed)
    unseenCount = Property(int, _fact("unseen_count"), notify=facts_changed)
    undoText = Property(str, _fact("undo_text"), notify=facts_changed)
    hint = Property(str, _fact("hint"), notify=facts_changed)
    mode = Property(str, _fact("mode"), notify=facts_changed)
    overlay = Property(str, _fact("overlay"), notify=facts_changed)
    language = Property(str, _fact("language"), notify=facts_changed)
    empty = Property(bool, _fact("empty"), notify=facts_changed)
    emptyText = Property(str, _fact("empty_text"), notify=facts_changed)
    selectedKey = Property(str, _fact("selected_key"), notify=facts_changed)

    def tell(self, facts: Facts) -> None:
        """These are the facts now."""
        if facts != self.facts:
            self.facts = facts
            self.facts_changed.emit()


def link_facts(source: Source, place: Place, now: int) -> tuple[str, str]:
    """How the node is heard: the state's name, and words where it is not as it should be."""
    link = source.link
    if link.state == "silent":
        seconds = age(now, link.since) // SECOND
        return "silent", sayings.silent(words.span(seconds), words.clock(link.since, place.tz))
    if link.state == "opening":
        return "opening", sayings.opening()
    if source.peers and not any(peer.up for peer in source.peers):
        return "alone", sayings.alone()
    return "live", ""


def empty_text(link_state: str) -> str:
    """Why there is no ticket: nothing to make, or nothing known."""
    return (
        sayings.nobody_heard() if link_state in ("opening", "silent") else sayings.nothing_to_make()
    )


def peers_text(source: Source) -> str:
    """How many machines answer, this one among them."""
    peers = source.peers
    return sayings.online(sum(peer.up for peer in peers) + 1, len(peers) + 1) if peers else ""


def peer_rows(source: Source, place: Place) -> list[PeerRow]:
    """The machines that do not answer; the others are in the count."""
    silent = [peer for peer in source.peers if not peer.up]
    if len(silent) > FOLDED:
        return [PeerRow("silent", False, sayings.peers_silent(len(silent)))]
    return [
        PeerRow(
            peer.name,
            False,
            sayings.peer_silent(
                place.name_of(peer.roles[0]) if peer.roles else peer.name, peer.silent_s
            ),
        )
        for peer in silent
    ]
