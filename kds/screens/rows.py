"""The rows that the kitchen's QML draws: all words, all rectangles (logical px), no decision left.

A card is a ticket, or a part of one where it goes on in the next column. Its body rows carry
their place within the card, so that text is measured once, in `flow`, and QML only paints.
"""

from __future__ import annotations

from typing import NamedTuple


class BodyRow(NamedTuple):
    """One row of a card's body; `y` and `height` are its place in the card and what a finger meets.

    `kind`: course (a section's title), section (the same at the pass, with a button), line (a
    dish), wish (a modifier), note (a guest's words; the whole order's where `line` is empty), said
    (small words below a dish at the pass) or allergy (what the banner has no room for). Its text
    stands at `indent`, `inset` below the row's top, `lines` lines high.
    `stage`: "" (new), held, cooking, ready, served or voided. `tag`: "", added, changed or voided,
    until somebody acknowledges it. A dish has one badge: its shape by `stage`, its words `tag_text`
    while there is a tag, else `state_text`. `line` is the key of the dish it belongs to: a touch
    anywhere on a dish's rows means the dish.
    """

    key: str
    kind: str
    y: float
    height: float
    line: str = ""
    inset: float = 0.0
    indent: float = 0.0
    text_width: float = 0.0
    lines: int = 1
    quantity: str = ""
    boxed: bool = False
    sign: str = ""
    text: str = ""
    stage: str = ""
    state_text: str = ""
    tag: str = ""
    tag_text: str = ""
    badge_width: float = 0.0
    selected: bool = False
    marked: bool = False
    """Holds the dish that is looked for in the all-day strip."""
    flash: int = 0
    """Counts up each time the row changed: it flashes once."""
    rule: bool = False
    """A thin line above it parts it from the dish before."""
    pending: bool = False
    """A command for it is on its way to the node."""
    station: str = ""
    """At the pass: who makes it, before its badge."""
    station_width: float = 0.0
    beside: str = ""
    """At the pass: small words after the dish's name."""
    action: str = ""
    """At the pass: what a course's button does, hold or fire; and its words."""
    action_text: str = ""


class ChipRow(NamedTuple):
    """What stands below a card's header, placed within that strip.

    `kind`: channel, rush, batch, recalled or info (plain words: who, how many, when).
    """

    key: str
    kind: str
    text: str
    x: float
    y: float
    width: float
    height: float
    lines: int = 1


class CardRow(NamedTuple):
    """A ticket on the screen, or a part of it; heights are 0 for what this part does not have.

    From `top` down: header, adopted, allergy, strip, body, also. A part that goes on from the
    column before repeats header and allergy. `age`: unseen, ok, warn or late, the colour of
    header and timer and of nothing else.
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
    title_width: float = 0.0
    title_lines: int = 1
    number: str = ""
    number_below: bool = False
    """The number has no room beside the title and stands on a line of its own below it."""
    timer: str = ""
    timer_width: float = 0.0
    overrun: str = ""
    top: float = 0.0
    """Where the header begins: below the card's border or its torn edge."""
    header_height: float = 0.0
    allergy: str = ""
    allergy_lines: int = 0
    allergy_height: float = 0.0
    adopted: str = ""
    adopted_lines: int = 0
    adopted_height: float = 0.0
    strip: tuple[ChipRow, ...] = ()
    strip_height: float = 0.0
    also: str = ""
    also_lines: int = 0
    also_height: float = 0.0
    more: str = ""
    """Rows that came after the last re-flow and have no room yet: "+2 ▼"."""
    pending: bool = False
    """A command for it is on its way to the node."""
    ready: bool = False
    """At the pass: all that is left is ready."""
    served_share: float = 0.0
    """At the pass: how much of it is served, ready, being cooked; all of it is 1."""
    ready_share: float = 0.0
    cooking_share: float = 0.0


class FigureRow(NamedTuple):
    """A number of the bar and what it counts; `tone`: "", good or alarm. Optional ones are last."""

    key: str
    label: str
    value: str
    tone: str = ""
    optional: bool = False


class NoticeRow(NamedTuple):
    """Something that the pass has to hear of; it stays until somebody says so."""

    key: str
    title: str
    text: str
    alarm: bool = False


class AllDayRow(NamedTuple):
    """How many of a dish are to be made over all that is shown."""

    key: str
    name: str
    total: str
    marked: bool = False
    width: float = 0.0
    """Of its chip in the strip."""


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


class KeyRow(NamedTuple):
    """What a key does; `key` is the action, empty where it can't be had by touch."""

    key: str
    caps: str
    text: str
