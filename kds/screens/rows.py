"""The rows that the station's QML draws: all words, all rectangles (logical px), no decision left.

A card is a ticket, or a part of one where it goes on in the next column. Its body rows carry
their place within the card, so that text is measured once, in `flow`, and QML only paints.
"""

from __future__ import annotations

from typing import NamedTuple


class BodyRow(NamedTuple):
    """One row of a card's body.

    `kind`: course (a section's title), line (a dish), wish (a modifier) or note (a guest's words).
    `state`: "" (new), held, cooking, ready or voided. `tag`: "", added, changed or voided, with its
    words in `tag_text`, until somebody acknowledges it. `line` is the key of the dish it belongs
    to: a touch anywhere on a dish's rows means the dish.
    """

    key: str
    kind: str
    y: float
    height: float
    line: str = ""
    quantity: str = ""
    boxed: bool = False
    sign: str = ""
    text: str = ""
    state: str = ""
    state_text: str = ""
    tag: str = ""
    tag_text: str = ""
    selected: bool = False
    marked: bool = False
    """Holds the dish that is looked for in the all-day strip."""
    flash: int = 0
    """Counts up each time the row changed: it flashes once."""
    rule: bool = False
    """A thin line above it parts it from the dish before."""


class CardRow(NamedTuple):
    """A ticket on the screen, or a part of it; heights are 0 for what this part does not have.

    `age`: unseen, ok, warn or late, the colour of header and timer and of nothing else.
    """

    key: str
    x: float
    y: float
    width: float
    height: float
    body: tuple[BodyRow, ...] = ()
    part: int = 0
    torn_top: bool = False
    torn_bottom: bool = False
    slot: int = 0
    slot_text: str = ""
    selected: bool = False
    marked: bool = False
    age: str = "unseen"
    title: str = ""
    number: str = ""
    timer: str = ""
    overrun: str = ""
    header_height: float = 0.0
    title_lines: int = 1
    allergy: str = ""
    allergy_height: float = 0.0
    adopted: str = ""
    adopted_height: float = 0.0
    strip_height: float = 0.0
    channel: str = ""
    rush: str = ""
    batch: str = ""
    recalled: str = ""
    info: str = ""
    note: str = ""
    """The guest's words for the whole order."""
    note_height: float = 0.0
    also: str = ""
    also_height: float = 0.0
    more: str = ""
    """Rows that came after the last re-flow and have no room yet: "+2 ▾"."""
    pending: bool = False
    """A command for it is on its way to the node."""


class AllDayRow(NamedTuple):
    """How many of a dish are to be made over all that is shown."""

    key: str
    name: str
    total: str
    marked: bool = False


class DishRow(NamedTuple):
    """A dish with its modifiers over all tickets, for cooks who work by dish."""

    key: str
    name: str
    wishes: str
    total: str
    age: str
    timer: str
    tables: str
    allergy: str = ""
    state_text: str = ""
    selected: bool = False


class RecallRow(NamedTuple):
    """A bumped ticket that can come back."""

    key: str
    slot: int
    title: str
    number: str
    bumped_text: str
    dishes: str
    selected: bool = False


class PeerRow(NamedTuple):
    """Another machine, in words; healthy ones are folded into one count."""

    key: str
    up: bool
    text: str
