"""Where cards stand: pages of columns, oldest first, and what tears where a column ends.

Pure numbers. A page is a list of bins: in the column flow a bin is a column that cards share, in
the grid a cell that takes one card. A card that fits into a bin stands in one; only where keeping
it whole would waste much of a column, or where it is longer than one, it goes on in the next.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

WASTE = 1 / 3
"""The part of a column that may stay empty to keep a card whole."""


class Bin(NamedTuple):
    """A column or a cell."""

    x: int
    y: int
    height: int


class Page(NamedTuple):
    """How every page is cut. `shared`: cards stand below each other in a bin."""

    bins: tuple[Bin, ...]
    width: int
    """Of a card."""
    gap: int
    shared: bool = True
    most: int = 10
    """Tickets on a page: each needs a key to jump to it."""


class Block(NamedTuple):
    """A card to be placed: what its first part has above the rows, what each further part repeats,
    the rows, and what the last part has below them."""

    key: str
    head: int
    again: int
    rows: tuple[int, ...]
    tied: tuple[bool, ...]
    """Rows that belong to the one before: no part begins with one unless it can't be helped."""
    foot: int = 0
    torn: int = 0
    """What a torn edge takes."""

    @property
    def height(self) -> int:
        """In one piece."""
        return self.head + sum(self.rows) + self.foot


class Part(NamedTuple):
    """A piece of a card with its rows from `first` up to but not including `end`."""

    key: str
    nth: int
    page: int
    x: int
    y: int
    height: int
    first: int
    end: int
    torn_top: bool = False
    torn_bottom: bool = False


def columns(width: int, height: int, least: int, gap: int) -> Page:
    """As many columns as cards of the least width fit side by side."""
    count = max(1, (width - gap) // (least + gap))
    card = max(1, (width - gap * (count + 1)) // count)
    tall = max(1, height - 2 * gap)
    bins = tuple(Bin(gap + nth * (card + gap), gap, tall) for nth in range(count))
    return Page(bins, card, gap)


def grid(width: int, height: int, least: int, gap: int, lowest: int) -> Page:
    """Cells of one size, none lower than `lowest` where there is room for two rows of them."""
    page = columns(width, height, least, gap)
    tall = page.bins[0].height
    rows = max(1, (tall + gap) // (lowest + gap))
    cell = (tall - gap * (rows - 1)) // rows
    bins = tuple(
        Bin(column.x, gap + row * (cell + gap), cell) for column in page.bins for row in range(rows)
    )
    return page._replace(bins=bins, shared=False)


def flow(blocks: Sequence[Block], page: Page) -> list[Part]:
    """Place all cards in their order."""
    pen = _Pen(page)
    for block in blocks:
        pen.place(block)
    return pen.parts


class _Pen:
    """Where the next card begins."""

    def __init__(self, page: Page) -> None:
        self.parts: list[Part] = []
        self._page = page
        self._nth = 0
        self._bin = 0
        self._used = 0
        self._tickets = 0

    @property
    def _tall(self) -> int:
        return self._page.bins[self._bin].height

    @property
    def _room(self) -> int:
        return self._tall - self._used

    def place(self, block: Block) -> None:
        """Put a card where the last one ended, or further on."""
        if self._tickets == self._page.most:
            self._next_page()
        elif self._used and not self._page.shared:
            self._next_bin()
        if self._begins_anew(block):
            self._next_bin()
        pieces = self._cut(block)
        if self._bin + self._used > 0 and len(pieces) > len(self._page.bins) - self._bin:
            from_top = _cut(block, [place.height for place in self._page.bins])
            if len(from_top) <= len(self._page.bins):
                self._next_page()
                pieces = from_top
        self._put(block.key, pieces)

    def _begins_anew(self, block: Block) -> bool:
        """Whether the rest of this bin stays empty: it is too little, or not worth a tear."""
        if not self._used or block.height <= self._room:
            return False
        if block.height <= self._tall and self._room < self._tall * WASTE:
            return True
        begun = self._cut(block)[0]
        return begun.overfull or (begun.end < len(block.rows) and block.tied[begun.end])

    def _cut(self, block: Block) -> list[_Piece]:
        later = [place.height for place in self._page.bins[self._bin + 1 :]]
        return _cut(block, [self._room, *later])

    def _put(self, key: str, pieces: list[_Piece]) -> None:
        for nth, piece in enumerate(pieces):
            if nth:
                self._next_bin()
            if not nth or self._bin == 0:
                self._tickets += 1  # once a page
            place = self._page.bins[self._bin]
            self.parts.append(
                Part(
                    key,
                    nth,
                    self._nth,
                    place.x,
                    place.y + self._used,
                    piece.height,
                    piece.first,
                    piece.end,
                    torn_top=nth > 0,
                    torn_bottom=nth < len(pieces) - 1,
                )
            )
            self._used += piece.height + self._page.gap

    def _next_bin(self) -> None:
        self._bin += 1
        self._used = 0
        if self._bin == len(self._page.bins):
            self._next_page()

    def _next_page(self) -> None:
        self._nth += 1
        self._bin = self._used = self._tickets = 0


class _Piece(NamedTuple):
    first: int
    end: int
    height: int
    overfull: bool


def _cut(block: Block, rooms: Sequence[int]) -> list[_Piece]:
    """The rows in pieces for these rooms; the last room stands for all that follow."""
    pieces: list[_Piece] = []
    first, count = 0, len(block.rows)
    while not pieces or first < count:
        room = rooms[min(len(pieces), len(rooms) - 1)]
        top = block.again + block.torn if pieces else block.head
        rest = top + sum(block.rows[first:]) + block.foot
        if rest <= room or first >= count - 1:
            pieces.append(_Piece(first, count, rest, rest > room))
            break
        end = _reach(block, first, room - top - block.torn)
        height = top + sum(block.rows[first:end]) + block.torn
        pieces.append(_Piece(first, end, height, height > room))
        first = end
    return pieces


def _reach(block: Block, first: int, room: int) -> int:
    """How far the rows from `first` on go into this room: at least one, and never the last."""
    end = first
    while end < len(block.rows) - 1 and block.rows[end] <= room:
        room -= block.rows[end]
        end += 1
    whole = end
    while whole > first and block.tied[whole]:
        whole -= 1
    return whole if whole > first else max(end, first + 1)
