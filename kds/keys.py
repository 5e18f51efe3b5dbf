"""Strokes of a bump bar or keyboard into actions: pure, so each rule is tried without a window.

A bump bar is a keyboard, and each maker's sends other keys: the map has a bar's own over ours.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, Literal, NamedTuple

from common.errors import KnownError
from kds.key_names import ALT, CONTROL, META, NAMES, Stroke, name_of

BOUNCE_MS: Final = 80
"""A second press of a key within this time is the same press: keys bounce."""
SECOND_DIGIT_MS: Final = 1000
"""How long 0 waits for the digit that makes it a slot above ten."""

Digits = Literal["select", "bump"]
"""What a digit does to its slot; makers of bars differ."""

SLOTS: Final = 20
NOTHING: Final = "none"
ACTIONS: Final = frozenset(
    {
        NOTHING,
        *(f"slot {n}" for n in range(1, SLOTS + 1)),
        "bump",
        "advance",
        "left",
        "right",
        "up",
        "down",
        "recall",
        "recall_list",
        "undo",
        "page_next",
        "page_prev",
        "first",
        "last",
        "rush",
        "summary",
        "dishes",
        "ack_all",
        "hold",
        "fire",
        "notices",
        "keys",
        "close",
        "language",
        "settings",
    }
)
"""What a key can be made to do."""

DEFAULTS: Final[Mapping[str, str]] = {
    **{str(n): f"slot {n or 10}" for n in range(10)},
    "Enter": "bump",
    "KeypadEnter": "bump",
    "Ctrl": "bump",
    "Space": "advance",
    "Left": "left",
    "Right": "right",
    "Up": "up",
    "Down": "down",
    "KeypadMinus": "recall",
    "Backspace": "recall",
    "PageUp": "page_prev",
    "PageDown": "page_next",
    "Home": "first",
    "End": "last",
    "Plus": "rush",
    "KeypadPlus": "rush",
    "R": "rush",
    "S": "summary",
    "Tab": "dishes",
    "A": "ack_all",
    "KeypadAsterisk": "ack_all",
    "H": "hold",
    "F": "fire",
    "N": "notices",
    "F1": "keys",
    "F2": "language",
    "F10": "settings",
    "Esc": "close",
}


class Act(NamedTuple):
    """What the screen is asked to do; `n` is the slot where one is meant."""

    action: str
    n: int = 0


def read_keys(extra: Mapping[str, str]) -> dict[str, str]:
    """What each key does, a bar's own map over the defaults. Raises KnownError."""
    named = {name.lower(): name for name in NAMES}
    does = dict(DEFAULTS)
    for given, action in extra.items():
        name = named.get(given.lower())
        if name is None:
            raise KnownError(
                f"[keys] {given}: no key has this name; there are {', '.join(sorted(NAMES))}",
                f"[keys] {given}：没有叫这个名字的键。可用：{'、'.join(sorted(NAMES))}。",
            )
        does[name] = action
    if unknown := set(does.values()) - ACTIONS:
        known = ", ".join(sorted(ACTIONS))
        raise KnownError(
            f"[keys] {min(unknown)}: a key can't do this; it can do {known}",
            f"[keys] {min(unknown)}：按键没有这个动作。可用：{known}。",
        )
    return {name: action for name, action in does.items() if action != NOTHING}


class Keys:
    """Follows one window's strokes.

    Ctrl acts when it goes up, and only if no other key came between: BUMP is Ctrl alone on many
    bars, and with another key it is somebody's shortcut. With `two_digits`, 0 waits for a second
    digit: call `settle` SECOND_DIGIT_MS after `waiting` became true. `does` is from `read_keys`.
    """

    def __init__(
        self, does: Mapping[str, str], *, digits: Digits = "select", two_digits: bool = False
    ) -> None:
        self._acts = {name: _act(action) for name, action in does.items()}
        self.arrange(digits, two_digits=two_digits)
        self._pressed: dict[str, int] = {}
        self._ctrl_acted: int | None = None
        self._ctrl = False
        self.waiting = False

    def arrange(self, digits: Digits, *, two_digits: bool) -> None:
        """What a digit does from now on, and whether 0 begins a longer number."""
        self._digits = digits
        self._two_digits = two_digits

    def press(self, stroke: Stroke) -> tuple[Act, ...]:
        """A key went down."""
        if stroke.repeat:
            return ()
        name = name_of(stroke)
        bounced = _within(self._pressed.get(name), stroke.at)
        self._pressed[name] = stroke.at
        if name == "Ctrl":
            self._ctrl = not bounced
            return ()
        self._ctrl = False
        if bounced or stroke.modifiers & (CONTROL | ALT | META):
            return ()
        return self._do(name)

    def release(self, stroke: Stroke) -> tuple[Act, ...]:
        """A key went up."""
        if stroke.repeat or not self._ctrl or name_of(stroke) != "Ctrl":
            return ()
        self._ctrl = False
        if _within(self._ctrl_acted, stroke.at):
            return ()
        self._ctrl_acted = stroke.at
        return self._do("Ctrl")

    def settle(self) -> tuple[Act, ...]:
        """No second digit came."""
        if not self.waiting:
            return ()
        self.waiting = False
        return (self._slot(10),)

    def _do(self, name: str) -> tuple[Act, ...]:
        act = self._acts.get(name)
        if act is None or act.action != "slot":
            return (*self.settle(), *(() if act is None else (act,)))
        if self.waiting:
            self.waiting = False
            return (self._slot(10 + act.n),)
        if self._two_digits and act.n == 10:
            self.waiting = True
            return ()
        return (self._slot(act.n),)

    def _slot(self, n: int) -> Act:
        return Act("bump" if self._digits == "bump" else "slot", n)


def _act(action: str) -> Act:
    what, _, n = action.partition(" ")
    return Act(what, int(n or 0))


def _within(before: int | None, at: int) -> bool:
    return before is not None and 0 <= at - before < BOUNCE_MS
