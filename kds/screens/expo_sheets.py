"""An order measured for a card of the pass: a dish a line, its station and badge at the end."""

from __future__ import annotations

import re

from common.ui import words
from kds.screens import expo_sayings as say
from kds.screens.expo_orders import course_action, title_key
from kds.screens.lines import LineView
from kds.screens.metrics import Metrics
from kds.screens.rows import BodyRow, ChipRow
from kds.screens.sheets import MARKS, Ruler, Sheet
from kds.screens.tickets import Section, TicketView

OVERRUN = "\0"
"""Where a strip's words have the overrun, which grows by the second."""
BETWEEN = " · "
HANZI = 5
"""A dish's name of so many hanzi stands beside quantity, station and badge on one line."""
_STAGES = ("", "cooking", "ready", "served")


class PassRuler(Ruler):
    """Measures orders."""

    @classmethod
    def least(cls, metrics: Metrics) -> int:
        """The least width that a card can do with: stations have two hanzi, badges three."""
        badge = 3 * metrics.info_size + metrics.info_size * 5 // 4 + 2 * metrics.gap_small
        beside = 2 * metrics.info_size + metrics.gap_small + metrics.gap_small // 2
        name = HANZI * metrics.dish_size
        return 2 * metrics.edge + metrics.quantity_width + name + beside + badge

    def sheet(self, view: TicketView, timer: str) -> Sheet:
        """A number that has no room beside the title stands among the facts."""
        sheet = super().sheet(view, timer)
        if not sheet.number_below:
            return sheet
        facts = BETWEEN.join((view.number, view.info))
        return super().sheet(view._replace(number="", info=facts), timer)

    # -- above the body

    @property
    def _timer_air(self) -> int:
        return 2 * self.metrics.gap_small

    def _header_height(self, called: int) -> int:
        metrics = self.metrics
        return max(called, metrics.touch)

    def _strip(
        self, view: TicketView, timer: str, most: int
    ) -> tuple[tuple[ChipRow, ...], int, bool]:
        """One text of all facts; becoming late moves nothing."""
        metrics = self.metrics
        over = words.over(re.sub(r"[^\d:]", "", timer) or "00:00")
        lines, cut = self._cut(view.info + BETWEEN + over, "facts", self._inner, most)
        text = view.info + OVERRUN
        if cut:
            lines, _ = self._cut(over + BETWEEN + view.info, "facts", self._inner, most)
            text = OVERRUN + "".join(lines).removeprefix(over + BETWEEN)
        height = len(lines) * metrics.info_line
        chip = ChipRow("info", "info", text, metrics.pad, 0, self._inner, height, len(lines))
        return (chip,), height + metrics.gap_small, cut

    # -- the body

    def _heading(self, nth: int, section: Section) -> list[BodyRow]:
        metrics = self.metrics
        action = course_action(section.lines, first=nth == 0)
        called = {"fire": say.fire(), "hold": say.hold()}.get(action, "")
        room = self._measure.width(called, "badge") + 2 * metrics.pad + metrics.gap_small
        waits = words.state("held", 1, 1) if action == "fire" else ""
        title = BETWEEN.join(filter(None, (section.title, waits)))
        row = BodyRow(title_key(nth), "section", 0, 0, indent=metrics.edge, text=title)
        if not action:
            return self._texts(row._replace(inset=metrics.gap_small))
        # The button takes its room as a badge does, and the row is as high as a finger.
        button = row._replace(
            action=action, action_text=called, badge_width=max(room, metrics.touch)
        )
        rows = self._texts(button)
        rest = metrics.touch + metrics.gap_small - int(sum(each.height for each in rows))
        rows[0] = rows[0]._replace(inset=max(0, rest) // 2, height=rows[0].height + max(0, rest))
        return rows

    def _dish(self, line: LineView, *, ruled: bool) -> list[BodyRow]:  # noqa: ARG002 - unruled
        """A line of the dish, high enough for a finger; small words beside it, or below."""
        metrics, measure = self.metrics, self._measure
        quantity = max(metrics.box_size, measure.width(line.quantity, "dish") + metrics.gap)
        indent = metrics.edge + metrics.quantity_width - metrics.box_size + quantity
        own = BodyRow(line.key, "line", 0, 0, line=line.key, stage=line.stage, indent=indent)
        named = own._replace(
            text=line.name,
            quantity=line.quantity,
            boxed=line.boxed,
            state_text=line.state_text,
            tag=line.tag,
            badge_width=self._badge(line),
            flash=line.flash,
        )
        width = measure.width(line.station, "info")
        maker = own._replace(station=line.station, station_width=width)
        wishes = [sign + text for sign, text in line.wishes]
        small = BETWEEN.join(filter(None, (*line.beside, *wishes, line.note)))
        # How a dish is wished matters here when somebody can look at it and carry it.
        below = small if line.ready else BETWEEN.join(line.beside)
        rows = self._on_one_line(named, maker, small) or self._on_more_lines(named, maker, below)
        if len(rows) == 1 and not rows[0].beside and below:
            rows += self._texts(own._replace(key=f"{line.key}·", kind="said", text=below))
        pad = metrics.dish_pad(int(sum(row.height for row in rows)))
        rows[0] = rows[0]._replace(inset=pad, height=rows[0].height + pad)
        rows[-1] = rows[-1]._replace(height=rows[-1].height + pad)
        return rows

    def _on_one_line(self, named: BodyRow, maker: BodyRow, small: str) -> list[BodyRow]:
        """Name, small words, station, badge beside each other; nothing where that is too much."""
        metrics, measure = self.metrics, self._measure
        row, *more = self._texts(
            named._replace(station=maker.station, station_width=maker.station_width)
        )
        if more:
            return []
        free = row.text_width - measure.width(row.text, "dish") - 2 * metrics.gap_small
        fits = measure.width(small, "info") <= free
        return [row._replace(beside=small if fits else "")]

    def _on_more_lines(self, named: BodyRow, maker: BodyRow, below: str) -> list[BodyRow]:
        """A long name's first line has only the badge beside it; the station stands below that."""
        first = self._texts(named)[0]
        if _within_a_word(named.text, len(first.text)):
            first, maker = self._with_badge_below(named, maker)
        rest = named.text.removeprefix(first.text).lstrip()
        said = maker._replace(key=f"{maker.key}·", kind="said", text=below)
        if not (rest or maker.badge_width):
            return [first, *self._texts(said)]
        rows = [first, *self._texts(maker._replace(key=f"{maker.key}…", text=rest))]
        bare = said._replace(station="", station_width=0, badge_width=0, state_text="", tag="")
        return [*rows, *self._texts(bare)] if below else rows

    def _with_badge_below(self, named: BodyRow, maker: BodyRow) -> tuple[BodyRow, BodyRow]:
        """The first line to the name alone: a word that would be broken has more room there."""
        bare = named._replace(badge_width=0, state_text="", tag="")
        width = int(self.width - self.metrics.edge - named.indent)
        line = self._measure.lines(named.text, "dish", width)[0]
        badge = maker._replace(
            badge_width=named.badge_width, state_text=named.state_text, tag=named.tag
        )
        return self._texts(bare._replace(text=line.rstrip()))[0], badge

    def _badge(self, line: LineView) -> int:
        """As wide as the usual ones, so that they stand below each other."""
        usual = [MARKS.get(stage, "") + say.state(stage) for stage in _STAGES]
        own = MARKS.get(line.stage, "") + line.state_text
        widest = max(self._measure.width(text, "badge") for text in (*usual, own))
        return widest + 2 * self.metrics.gap_small


def _within_a_word(text: str, at: int) -> bool:
    """Whether a line that ends there breaks a word of letters; hanzi may part anywhere."""
    return 0 < at < len(text) and all(
        each.isascii() and each.isalnum() for each in text[at - 1 : at + 1]
    )
