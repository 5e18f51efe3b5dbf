"""What stands where: tickets measured and placed, and left in place while a hand is near.

Nothing moves between two re-flows: a ticket that leaves leaves a gap, a new one waits, and a card
that grows says how many dishes it has no room for yet.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import NamedTuple

from kds.screens.flow import Block, Page, Part, flow
from kds.screens.sheets import Ruler, Sheet
from kds.screens.slots import Slots
from kds.screens.tickets import TicketView

Rank = tuple[int | str, ...]
"""What tickets stand in the order of."""


def by_age(view: TicketView) -> Rank:
    """The oldest first."""
    return (view.since, view.key)


class Piece(NamedTuple):
    """A part of a card with the rows that it has room for; `hidden` dishes have none yet."""

    part: Part
    sheet: Sheet
    first: int
    end: int
    last: bool
    hidden: int = 0


class Board:
    """All open tickets of a screen, oldest first, on pages."""

    def __init__(self, keys: int = 10, rank: Callable[[TicketView], Rank] = by_age) -> None:
        self.page = 0
        self.pages = 1
        self.placed: list[str] = []
        """The tickets that have a place, as they stand."""
        self._keys = keys
        self._rank = rank
        self._ruler: Ruler | None = None
        self._cut = Page((), 1, 0)
        self._tickets: dict[str, TicketView] = {}
        self._of_order: dict[bytes, tuple[str, ...]] = {}
        self._sheets: dict[str, tuple[TicketView, str, Sheet]] = {}
        self._parts: dict[str, list[Part]] = {}
        self._on_page: list[list[str]] = [[]]
        self._slots: list[Slots] = []
        self._numbers: list[dict[str, int]] = []
        self._moved = True

    def give_keys(self, keys: int) -> None:
        """So many tickets have a key from the next re-flow on."""
        if keys != self._keys:
            self._keys = keys
            self._slots.clear()
            self._moved = True

    # -- what it holds

    @property
    def in_order(self) -> list[TicketView]:
        """Every open ticket, oldest first."""
        return sorted(self._tickets.values(), key=self._rank)

    @property
    def tickets(self) -> dict[str, TicketView]:
        """Every open ticket by its key."""
        return self._tickets

    def put(self, order_id: bytes, views: Iterable[TicketView]) -> None:
        """These are the order's open tickets now."""
        found = {view.key: view for view in views}
        for key in self._of_order.pop(order_id, ()):
            if key not in found:
                del self._tickets[key]
                self._sheets.pop(key, None)
                self._moved = True
        if found:
            self._of_order[order_id] = tuple(found)
        for key, view in found.items():
            known = self._tickets.get(key)
            self._moved |= known is None or self._rank(known) != self._rank(view)
            unfolded = known is not None and known.unfolded
            self._tickets[key] = view._replace(unfolded=True) if unfolded else view

    def fold(self, key: str) -> None:
        """Show a ticket's dishes on hold, or fold them into their row again."""
        view = self._tickets[key]
        self._tickets[key] = view._replace(unfolded=not view.unfolded)

    def clear(self) -> None:
        """Forget all tickets, but not where they stood."""
        self._tickets.clear()
        self._of_order.clear()
        self._sheets.clear()
        self._moved = True

    def cut_for(self, ruler: Ruler, page: Page) -> None:
        """Measure and place everything anew: the size of the screen or of its type is another."""
        self._ruler, self._cut = ruler, page._replace(most=self._keys)
        self._sheets.clear()
        self._moved = True

    # -- placing

    def measure(self, timer: Callable[[TicketView], str]) -> None:
        """Measure what changed; `timer` is the widest text that a ticket's timer shows for now."""
        if self._ruler is None:
            return
        for key, view in self._tickets.items():
            widest = timer(view)
            known = self._sheets.get(key)
            if known is None or known[0] is not view or known[1] != widest:
                sheet = self._ruler.sheet(view, widest)
                self._moved |= known is None or _shape(known[2]) != _shape(sheet)
                self._sheets[key] = (view, widest, sheet)

    def settle(self, now: int, *, still: bool) -> None:
        """Re-flow what moved, unless everything has to stay; number the tickets of each page."""
        if self._moved and not still and self._ruler is not None:
            self._moved = False
            torn = self._ruler.metrics.torn_height
            order = self.in_order
            self._parts = {}
            for part in flow(
                [_block(self._sheets[view.key][2], torn) for view in order], self._cut
            ):
                self._parts.setdefault(part.key, []).append(part)
            last = max((parts[-1].page for parts in self._parts.values()), default=0)
            self.pages = last + 1
            self.page = min(self.page, last)
        # A ticket that comes back before the next re-flow still finds its place.
        self.placed = [key for key in self._parts if key in self._tickets]
        self._on_page = [[] for _ in range(self.pages)]
        for key in self.placed:
            for page in dict.fromkeys(part.page for part in self._parts[key]):
                self._on_page[page].append(key)
        del self._slots[self.pages :]
        self._slots += [Slots(self._keys) for _ in range(self.pages - len(self._slots))]
        self._numbers = [
            slots.seat(here, now) for slots, here in zip(self._slots, self._on_page, strict=True)
        ]

    # -- reading

    @property
    def card_width(self) -> int:
        """Of every card."""
        return self._cut.width

    def on_page(self, page: int) -> list[str]:
        """The tickets with a part on a page, oldest first."""
        return self._on_page[page]

    def page_of(self, key: str) -> int:
        """The page on which a ticket begins."""
        return self._parts[key][0].page

    def number(self, key: str) -> int:
        """The slot of a ticket on the page that is shown; 0 if it has none."""
        return self._numbers[self.page].get(key, 0)

    def ticket_at(self, number: int) -> str:
        """Who answers to a slot's key; empty if nobody."""
        numbers = self._numbers[self.page].items()
        return next((key for key, held in numbers if held == number > 0), "")

    def pieces(self, key: str) -> list[Piece]:
        """A ticket's parts on all pages, as the places it has allow."""
        if key not in self._parts or key not in self._sheets:
            return []
        sheet, parts = self._sheets[key][2], self._parts[key]
        pieces: list[Piece] = []
        first = 0
        for part in parts:
            end = self._end(sheet, part, first, last=part is parts[-1])
            pieces.append(Piece(part, sheet, first, end, last=part is parts[-1]))
            first = end
        left = {row.line for row in sheet.body[first:]}
        if left:
            pieces[-1] = pieces[-1]._replace(hidden=len(left))
        return pieces

    def _end(self, sheet: Sheet, part: Part, first: int, *, last: bool) -> int:
        """How far the rows go in a part: what the re-flow said, unless they are others now."""
        assert self._ruler is not None
        torn = self._ruler.metrics.torn_height
        room = part.height - (sheet.again + torn if part.nth else sheet.head)
        room -= sheet.foot if last else torn
        end = first
        while end < len(sheet.body) and sheet.body[end].height <= room:
            room -= int(sheet.body[end].height)
            end += 1
        return end


def _block(sheet: Sheet, torn: int) -> Block:
    rows = tuple(int(row.height) for row in sheet.body)
    return Block(sheet.view.key, sheet.head, sheet.again, rows, sheet.tied, sheet.foot, torn)


def _shape(sheet: Sheet) -> Block:
    """All that placing looks at."""
    return _block(sheet, 0)
