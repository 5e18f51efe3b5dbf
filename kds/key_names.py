"""Which key a stroke is: by its name, and by its place where a layout prints something else.

Codes and modifiers are Qt's as plain numbers, so that this and what stands on it needs no Qt.
"""

from __future__ import annotations

from typing import Final, NamedTuple

CONTROL: Final = 0x04000000
ALT: Final = 0x08000000
META: Final = 0x10000000
KEYPAD: Final = 0x20000000

_NAMES: Final = {
    0x20: "Space",
    0x2B: "Plus",
    0x01000000: "Esc",
    0x01000001: "Tab",
    0x01000003: "Backspace",
    0x01000004: "Enter",
    0x01000005: "KeypadEnter",
    0x01000006: "Insert",
    0x01000007: "Delete",
    0x01000008: "Pause",
    0x01000009: "Print",
    0x01000010: "Home",
    0x01000011: "End",
    0x01000012: "Left",
    0x01000013: "Up",
    0x01000014: "Right",
    0x01000015: "Down",
    0x01000016: "PageUp",
    0x01000017: "PageDown",
    0x01000021: "Ctrl",
    **{code: chr(code) for code in (*range(0x30, 0x3A), *range(0x41, 0x5B))},
    **{0x01000030 + nth: f"F{1 + nth}" for nth in range(24)},
}
_KEYPAD_NAMES: Final = {
    0x2A: "KeypadAsterisk",
    0x2B: "KeypadPlus",
    0x2C: "KeypadComma",
    0x2D: "KeypadMinus",
    0x2E: "KeypadPoint",
    0x2F: "KeypadSlash",
}

# Places as Linux counts them; Windows counts most of them alike.
_DIGIT_ROW: Final = {2 + nth: digit for nth, digit in enumerate("1234567890")}
_PLACES: Final = {
    1: "Esc",
    14: "Backspace",
    15: "Tab",
    28: "Enter",
    29: "Ctrl",
    55: "KeypadAsterisk",
    57: "Space",
    74: "KeypadMinus",
    78: "KeypadPlus",
    87: "F11",
    88: "F12",
    96: "KeypadEnter",
    97: "Ctrl",
    102: "Home",
    103: "Up",
    104: "PageUp",
    105: "Left",
    106: "Right",
    107: "End",
    108: "Down",
    109: "PageDown",
    110: "Insert",
    111: "Delete",
    **{59 + nth: f"F{1 + nth}" for nth in range(10)},
    **{
        first + nth: letter
        for first, row in ((16, "QWERTYUIOP"), (30, "ASDFGHJKL"), (44, "ZXCVBNM"))
        for nth, letter in enumerate(row)
    },
}
_WINDOWS_EXTENDED: Final = {
    0x11C: 96,
    0x11D: 97,
    **{
        0x100 + scan: 102 + nth
        for nth, scan in enumerate((0x47, 0x48, 0x49, 0x4B, 0x4D, 0x4F, 0x50, 0x51, 0x52, 0x53))
    },
}
_X11_OFFSET: Final = 8

NAMES: Final = frozenset(
    {*_NAMES.values(), *_KEYPAD_NAMES.values(), *_DIGIT_ROW.values(), *_PLACES.values()}
)


class Stroke(NamedTuple):
    """A key going down or up: Qt's code and modifiers, its place, and when, in ms.

    `place` is the scan code as Linux counts (see `place_of`); 0 where it is unknown.
    """

    code: int
    at: int
    place: int = 0
    modifiers: int = 0
    repeat: bool = False


def place_of(scan: int, platform: str) -> int:
    """A native scan code of one of Qt's platforms as the key's place; 0 if it tells none."""
    if platform == "windows":
        return _WINDOWS_EXTENDED.get(scan, scan if scan < 0x60 else 0)
    if platform == "xcb" or platform.startswith("wayland"):
        return max(0, scan - _X11_OFFSET)
    return 0


def name_of(stroke: Stroke) -> str:
    """The key's name; empty if it has none here."""
    keypad = bool(stroke.modifiers & KEYPAD)
    # Layouts print signs on the digit row, our `+` among them: there the place alone counts.
    if not keypad and stroke.place in _DIGIT_ROW:
        return _DIGIT_ROW[stroke.place]
    if keypad and stroke.code in _KEYPAD_NAMES:
        return _KEYPAD_NAMES[stroke.code]
    return _NAMES.get(stroke.code) or _PLACES.get(stroke.place, "")
