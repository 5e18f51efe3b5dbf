"""A kitchen screen's bars in words: everything on the screen that is no row."""
# ruff: noqa: N815 - QML's names

from __future__ import annotations

from typing import NamedTuple

from PySide6.QtCore import Signal

from common.ui.screen_model import ScreenModel, fact


class Facts(NamedTuple):
    """What QML reads from a screen by these names, in camelCase."""

    station_name: str = ""
    open_count: int = 0
    late_count: int = 0
    ready_count: int = 0
    """Orders with something to be served."""
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
    notice_count: int = 0
    undo_text: str = ""
    hint: str = ""
    mode: str = "tickets"
    overlay: str = ""
    language: str = "en"
    empty: bool = False
    empty_text: str = ""
    selected_key: str = ""


class KitchenFacts(ScreenModel[Facts]):
    """A screen's facts as properties."""

    facts_changed = Signal()

    stationName = fact(str, "station_name", facts_changed)
    clock = fact(str, "clock", facts_changed)
    linkState = fact(str, "link_state", facts_changed)
    linkText = fact(str, "link_text", facts_changed)
    peersText = fact(str, "peers_text", facts_changed)
    adoptedText = fact(str, "adopted_text", facts_changed)
    page = fact(int, "page", facts_changed)
    pages = fact(int, "pages", facts_changed)
    pageText = fact(str, "page_text", facts_changed)
    moreText = fact(str, "more_text", facts_changed)
    allDayMore = fact(str, "all_day_more", facts_changed)
    unseenCount = fact(int, "unseen_count", facts_changed)
    noticeCount = fact(int, "notice_count", facts_changed)
    undoText = fact(str, "undo_text", facts_changed)
    hint = fact(str, "hint", facts_changed)
    mode = fact(str, "mode", facts_changed)
    overlay = fact(str, "overlay", facts_changed)
    language = fact(str, "language", facts_changed)
    empty = fact(bool, "empty", facts_changed)
    emptyText = fact(str, "empty_text", facts_changed)
    selectedKey = fact(str, "selected_key", facts_changed)
