"""A ticket measured for one card width: rows with heights, not yet a place on the screen."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from common.ui.measure import Style
from kds.screens.lines import LineView
from kds.screens.metrics import Measure, Metrics
from kds.screens.rows import BodyRow, ChipRow
from kds.screens.tickets import HELD, Section, TicketView

BANNERS = ((3, 3, 3), (3, 2, 1), (2, 2, 1), (2, 1, 1), (1, 1, 1))
"""Lines that title, allergy and the words below may take; the first that leaves room for dishes."""
MARKS = {"held": "‖ ", "cooking": "◐ ", "ready": "✓ "}
ALLERGY_MARK = "⚠"


class Words(NamedTuple):
    """A text that was broken into lines, and the height of what holds it."""

    text: str = ""
    lines: int = 0
    height: int = 0


class Sheet(NamedTuple):
    """What a card is cut from. The body's rows have heights and no places yet."""

    view: TicketView
    title: str
    title_width: int
    title_lines: int
    number_below: bool
    timer_width: int
    header_height: int
    adopted: Words
    allergy: Words
    strip: tuple[ChipRow, ...]
    strip_height: int
    body: tuple[BodyRow, ...]
    also: Words
    border: int

    @property
    def head(self) -> int:
        """What stands above the first part's body."""
        return self.border + self.again + self.adopted.height + self.strip_height

    @property
    def foot(self) -> int:
        """What stands below the last part's body."""
        return self.also.height + self.border

    @property
    def tied(self) -> tuple[bool, ...]:
        """Whether a row belongs to the one before: a dish's, or the first below a title."""
        rows = self.body
        return tuple(
            nth > 0
            and (
                rows[nth - 1].kind in ("course", "section")
                or (row.line != "" and row.line == rows[nth - 1].line)
            )
            for nth, row in enumerate(rows)
        )

    @property
    def again(self) -> int:
        """What a further part repeats."""
        return self.header_height + self.allergy.height


class Ruler:
    """Measures tickets for cards of one width, in columns of one height."""

    def __init__(self, metrics: Metrics, measure: Measure, width: int, height: int) -> None:
        self.metrics = metrics
        self.width = width
        self._measure = measure
        self._inner = width - 2 * metrics.edge
        # A card's head and its highest row stand in one column, whatever they say.
        self._tallest_head = height * 3 // 5
        room = height - self._tallest_head - 2 * metrics.torn_height - 2 * metrics.gap
        self._longest = max(1, room // metrics.dish_line)

    @classmethod
    def least(cls, metrics: Metrics) -> int:
        """The least width that a card can do with."""
        return metrics.card_width

    def sheet(self, view: TicketView, timer: str) -> Sheet:
        """Measure a ticket; `timer` is what its timer shows at most."""
        sheet = self._sheet(view, timer, BANNERS[0])
        for banner in BANNERS[1:]:
            if sheet.head <= self._tallest_head:
                break
            sheet = self._sheet(view, timer, banner)
        return sheet

    def _sheet(self, view: TicketView, timer: str, banner: tuple[int, int, int]) -> Sheet:
        metrics = self.metrics
        timer_width = self._measure.width(timer, "timer")
        aside = metrics.slot_box + 2 * metrics.gap + timer_width + self._timer_air
        title_width = max(self._inner - aside, metrics.touch)
        title, title_cut = self._cut(view.title, "title", title_width, banner[0])
        beside = title_width - metrics.gap_small - self._measure.width(view.number, "badge")
        widest = max(self._measure.width(line, "title") for line in title)
        below = bool(view.number) and widest > beside
        called = len(title) * metrics.title_line + (metrics.info_line if below else 0)
        allergy, allergy_rest = self._allergy(view.allergy, banner[1])
        strip, strip_height, info_cut = self._strip(view, timer, banner[2])
        said_in_full = [("allergy", allergy_rest), ("note", view.note)]
        if title_cut:
            said_in_full.insert(0, ("course", view.title))
        if info_cut:
            said_in_full.append(("course", view.info))
        return Sheet(
            view=view,
            title="".join(title),
            title_width=title_width,
            title_lines=len(title),
            number_below=below,
            timer_width=timer_width,
            header_height=self._header_height(called),
            adopted=self._info(view.adopted, banner[2]),
            allergy=allergy,
            strip=strip,
            strip_height=strip_height,
            body=tuple(self._body(view, said_in_full)),
            also=self._info(view.also, banner[2]),
            border=metrics.card_border,
        )

    # -- above the body

    @property
    def _timer_air(self) -> int:
        """What a header's timer takes beside its digits."""
        return 0

    def _header_height(self, called: int) -> int:
        """With room for the overrun below the timer: becoming late moves nothing."""
        metrics = self.metrics
        return max(called, metrics.title_line + metrics.info_line - metrics.gap // 2)

    def _cut(self, text: str, style: Style, width: int, most: int) -> tuple[tuple[str, ...], bool]:
        """The text's first lines, and whether there are more."""
        lines = self._measure.lines(text, style, width) or ("",)
        if len(lines) <= most:
            return lines, False
        return (*lines[: most - 1], lines[most - 1].rstrip()[:-1] + "…"), True

    def _info(self, text: str, most: int) -> Words:
        if not text:
            return Words()
        lines, _ = self._cut(text, "info", self._inner, most)
        height = len(lines) * self.metrics.info_line + 2 * self.metrics.gap_small
        return Words("".join(lines), len(lines), height)

    def _allergy(self, text: str, most: int) -> tuple[Words, str]:
        """The banner, and what it has no room for: nothing of it may be lost."""
        if not text:
            return Words(), ""
        mark = self._measure.width(ALLERGY_MARK, "dish") + self.metrics.gap_small
        lines = self._measure.lines(text, "dish", self._inner - mark)
        shown = lines[:most]
        height = len(shown) * self.metrics.dish_line + self.metrics.gap_small
        return Words("".join(shown), len(shown), height), "".join(lines[most:])

    def _strip(
        self,
        view: TicketView,
        timer: str,  # noqa: ARG002 - the pass has the overrun here
        most: int,
    ) -> tuple[tuple[ChipRow, ...], int, bool]:
        """Chips beside each other, then who and when, on the next line where there's no room."""
        metrics, placed = self.metrics, []
        x, y = metrics.pad, metrics.gap // 2
        for kind, text in (
            ("channel", view.channel),
            ("rush", view.rush),
            ("batch", view.batch_text),
            ("recalled", view.recalled),
        ):
            if not text:
                continue
            width = min(self._measure.width(text, "badge") + 2 * metrics.gap_small, self._inner)
            if x > metrics.pad and x + width > metrics.pad + self._inner:
                x, y = metrics.pad, y + metrics.channel_height + metrics.gap_small
            placed.append(ChipRow(kind, kind, text, x, y, width, metrics.channel_height))
            x += width + metrics.gap_small
        bottom, cut = y + metrics.channel_height, False
        if view.info:
            info, cut = self._chip_of_words(view.info, x, y, most)
            placed.append(info)
            bottom = int(info.y + info.height)
        return tuple(placed), bottom + metrics.gap // 2, cut

    def _chip_of_words(self, text: str, x: int, y: int, most: int) -> tuple[ChipRow, bool]:
        metrics = self.metrics
        room = metrics.pad + self._inner - x
        if x > metrics.pad and self._measure.width(text, "facts") > room:
            x, y, room = metrics.pad, y + metrics.channel_height, self._inner
        lines, cut = self._cut(text, "facts", room, most)
        height = max(metrics.channel_height, len(lines) * metrics.info_line)
        return ChipRow("info", "info", "".join(lines), x, y, room, height, len(lines)), cut

    # -- the body

    def _body(self, view: TicketView, before: list[tuple[str, str]]) -> Iterator[BodyRow]:
        metrics = self.metrics
        for at, (kind, text) in enumerate(before):
            if text:
                row = BodyRow(f"{kind}{at}", kind, 0, 0, indent=metrics.edge, text=text)
                yield from self._texts(row)
        for nth, section in enumerate(view.sections):
            if section.title:
                yield from self._heading(nth, section)
            for first, line in enumerate(section.lines):
                yield from self._dish(line, ruled=first > 0 or (nth > 0 and not section.title))

        if view.held:
            yield from self._held(view)
            for line in view.held if view.unfolded else ():
                yield from self._dish(line, ruled=False)

    def _held(self, view: TicketView) -> list[BodyRow]:
        """The row of the dishes on hold; a finger on it shows or folds them."""
        metrics = self.metrics
        row = BodyRow(HELD, HELD, 0, 0, line=HELD, indent=metrics.edge, stage="held")
        mark = "▲" if view.unfolded else "▼"
        rows = self._texts(row._replace(text=f"{MARKS['held']}{view.held_text} {mark}", rule=True))
        pad = metrics.dish_pad(int(sum(row.height for row in rows)))
        rows[0] = rows[0]._replace(inset=pad, height=rows[0].height + pad)
        rows[-1] = rows[-1]._replace(height=rows[-1].height + pad)
        return rows

    def _heading(self, nth: int, section: Section) -> list[BodyRow]:
        """A course's title."""
        row = BodyRow(f"title{nth}", "course", 0, 0, indent=self.metrics.edge, text=section.title)
        return self._texts(row._replace(inset=self.metrics.gap_small))

    def _dish(self, line: LineView, *, ruled: bool) -> list[BodyRow]:
        """The rows of a dish, together high enough for a finger."""
        metrics = self.metrics
        quantity = self._measure.width(line.quantity, "dish")
        quantity = max(metrics.box_size, quantity + metrics.gap)
        indent = metrics.edge + metrics.quantity_width - metrics.box_size + quantity
        own = BodyRow(line.key, "line", 0, 0, line=line.key, stage=line.stage, indent=indent)
        dish = own._replace(
            text=line.name,
            quantity=line.quantity,
            boxed=line.boxed,
            state_text=line.state_text,
            tag=line.tag,
            tag_text=line.tag_text,
            badge_width=self._badge(line),
            flash=line.flash,
            rule=ruled,
        )
        rows = self._texts(dish)
        sign = self._measure.width("+", "wish") + metrics.gap_small
        for nth, (mark, text) in enumerate(line.wishes):
            wish = own._replace(key=f"{line.key}+{nth}", kind="wish", sign=mark, text=text)
            rows += self._texts(wish._replace(indent=indent + (sign if mark else 0)))
        if line.note:
            rows += self._texts(own._replace(key=f"{line.key}”", kind="note", text=line.note))
        pad = metrics.dish_pad(int(sum(row.height for row in rows)))
        rows[0] = rows[0]._replace(inset=pad, height=rows[0].height + pad)
        rows[-1] = rows[-1]._replace(height=rows[-1].height + pad)
        return rows

    def _badge(self, line: LineView) -> int:
        text = line.tag_text if line.tag else line.state_text
        if not text:
            return 0
        marked = MARKS.get(line.stage, "") + text
        return self._measure.width(marked, "badge") + 2 * self.metrics.gap_small

    def _texts(self, row: BodyRow) -> list[BodyRow]:
        """The row with its text broken into lines.

        Below a badge the lines are wider, and a very long text goes on where a card can tear: both
        are rows of their own.
        """
        metrics = self.metrics
        width = int(self.width - metrics.edge - row.indent)
        if row.badge_width:
            width -= int(row.badge_width) + metrics.gap_small // 2
        if row.station_width:
            width -= int(row.station_width) + metrics.gap_small
        lines = self._measure.lines(row.text, _STYLES[row.kind], width) or ("",)
        some = lines[: 1 if row.badge_width else self._longest]
        high = metrics.info_line if _STYLES[row.kind] == "info" else metrics.dish_line
        first = row._replace(
            height=row.inset + len(some) * high,
            text_width=width,
            lines=len(some),
            text="".join(some).rstrip(),
        )
        rest = "".join(lines[len(some) :])
        return [first, *self._texts(_further(row, rest))] if rest else [first]


def _further(row: BodyRow, text: str) -> BodyRow:
    """A row's text goes on; what stands beside it stands at its first line."""
    return BodyRow(
        key=f"{row.key}…",
        kind=row.kind,
        y=0,
        height=0,
        line=row.line,
        indent=row.indent,
        text=text,
        stage=row.stage,
        flash=row.flash,
    )


_STYLES: dict[str, Style] = {
    "course": "info",
    "section": "info",
    "said": "info",
    HELD: "info",
    "line": "dish",
    "wish": "wish",
    "note": "wish",
    "allergy": "dish",
}
