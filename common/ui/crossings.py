"""What a role has to be told because commands crossed: each notice once, and in words."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QCoreApplication

from common.domain.house import House
from common.domain.notices import WORDS, told
from common.domain.order import Notice, Order
from common.ui import words
from common.ui.places import Place

translate = QCoreApplication.translate


class Crossings:
    """Remembers what a role was told of each order."""

    def __init__(self, role: str) -> None:
        self._role = role
        self._told: dict[bytes, frozenset[Notice]] = {}

    def forget(self, order_id: bytes | None = None) -> None:
        """An order left the board; None: all did."""
        if order_id is None:
            self._told.clear()
        else:
            self._told.pop(order_id, None)

    def news(self, order: Order, house: House) -> Iterator[Notice]:
        """What this role has not been told yet, in the order in which it happened."""
        notices = frozenset(order.notices)
        new = notices - self._told.get(order.id, frozenset())
        if notices:
            self._told[order.id] = notices
        for notice in sorted(new, key=lambda notice: notice.at):
            if self._role in told(notice, order, house):
                yield notice


def said(notice: Notice, order: Order, house: House, place: Place) -> str:
    """What crossed: which order, which dish, and what became of it."""
    assert order.head is not None
    title, _ = place.title_of(order.head, house.number(order.id))
    record = order.lines[notice.line].record
    dish = words.pick(record.zh, record.en, place.lang)
    what = words.pick(*WORDS[notice.what], place.lang)
    return translate("Crossings", "{ticket}: {dish} {said}").format(
        ticket=title, dish=dish, said=what
    )
