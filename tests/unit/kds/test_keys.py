"""Strokes into actions: the default map, both conventions for digits, and what keys do wrong."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from common.errors import KnownError
from kds.key_names import ALT, CONTROL, KEYPAD, NAMES, Stroke, place_of
from kds.keys import ACTIONS, BOUNCE_MS, DEFAULTS, Act, Digits, Keys, read_keys

ENTER, KEYPAD_ENTER, TAB, BACKSPACE, ESC = (
    0x01000004,
    0x01000005,
    0x01000001,
    0x01000003,
    0x01000000,
)
LEFT, UP, RIGHT, DOWN = 0x01000012, 0x01000013, 0x01000014, 0x01000015
HOME, END, PAGE_UP, PAGE_DOWN = 0x01000010, 0x01000011, 0x01000016, 0x01000017
CTRL, SHIFT, F1, F2 = 0x01000021, 0x01000020, 0x01000030, 0x01000031
SPACE, PLUS, MINUS, ASTERISK = ord(" "), ord("+"), ord("-"), ord("*")
HAND_MS = 200
"""Between two strokes of a person in a hurry."""


class Board:
    """A keyboard and what its strokes came to."""

    def __init__(
        self,
        extra: Mapping[str, str] | None = None,
        *,
        digits: Digits = "select",
        two_digits: bool = False,
    ) -> None:
        self.keys = Keys(read_keys(extra or {}), digits=digits, two_digits=two_digits)
        self.at = 0

    def down(self, code: int, **facts: Any) -> list[Act]:
        return list(self.keys.press(Stroke(code, self.at, **facts)))

    def up(self, code: int, **facts: Any) -> list[Act]:
        return list(self.keys.release(Stroke(code, self.at, **facts)))

    def types(self, code: int, **facts: Any) -> list[Act]:
        self.at += HAND_MS
        return self.down(code, **facts) + self.up(code, **facts)


def act(text: str) -> Act:
    action, _, n = text.partition(" ")
    return Act(action, int(n or 0))


@pytest.mark.parametrize(
    ("code", "modifiers", "does"),
    [
        (ord("1"), 0, "slot 1"),
        (ord("9"), 0, "slot 9"),
        (ord("0"), 0, "slot 10"),
        (ord("4"), KEYPAD, "slot 4"),
        (ENTER, 0, "bump"),
        (KEYPAD_ENTER, KEYPAD, "bump"),
        (CTRL, 0, "bump"),
        (SPACE, 0, "advance"),
        (LEFT, 0, "left"),
        (RIGHT, 0, "right"),
        (UP, 0, "up"),
        (DOWN, 0, "down"),
        (MINUS, KEYPAD, "recall"),
        (BACKSPACE, 0, "recall"),
        (PAGE_UP, 0, "page_prev"),
        (PAGE_DOWN, 0, "page_next"),
        (HOME, 0, "first"),
        (END, 0, "last"),
        (PLUS, 0, "rush"),
        (PLUS, KEYPAD, "rush"),
        (ord("R"), 0, "rush"),
        (ord("S"), 0, "summary"),
        (TAB, 0, "dishes"),
        (ord("A"), 0, "ack_all"),
        (ASTERISK, KEYPAD, "ack_all"),
        (F1, 0, "keys"),
        (F2, 0, "language"),
        (ESC, 0, "close"),
    ],
)
def test_the_map_that_ships(code: int, modifiers: int, does: str) -> None:
    assert Board().types(code, modifiers=modifiers) == [act(does)]


@pytest.mark.parametrize("code", [MINUS, ASTERISK, ord("P"), ord("M"), SHIFT, 0, 0x0410])
def test_other_keys_do_nothing(code: int) -> None:
    assert Board().types(code) == []


def test_a_digit_can_bump_its_slot_at_once() -> None:
    board = Board(digits="bump")
    assert board.types(ord("3")) == [Act("bump", 3)]
    assert board.types(ord("0")) == [Act("bump", 10)]
    assert board.types(ENTER) == [Act("bump")]


# -- Ctrl


def test_ctrl_acts_when_it_goes_up() -> None:
    board = Board()
    assert board.down(CTRL) == []
    board.at = 500
    assert board.up(CTRL, modifiers=CONTROL) == [Act("bump")]


def test_ctrl_with_another_key_is_nobodys_bump() -> None:
    board = Board()
    assert board.down(CTRL) == []
    assert board.types(ord("S"), modifiers=CONTROL) == []
    assert board.up(CTRL, modifiers=CONTROL) == []
    assert board.types(CTRL) == [Act("bump")]


def test_shortcuts_of_the_desktop_are_left_alone() -> None:
    assert Board().types(TAB, modifiers=ALT) == []


def test_ctrl_that_went_down_in_another_window_does_nothing_here() -> None:
    assert Board().up(CTRL) == []


# -- repeating and bouncing


def test_a_held_key_acts_once() -> None:
    board = Board()
    assert board.types(DOWN) == [Act("down")]
    board.at += 500
    assert board.down(DOWN, repeat=True) == []
    board.at += HAND_MS
    assert board.down(CTRL) == []
    assert board.up(CTRL, repeat=True) == board.down(CTRL, repeat=True) == []
    assert board.up(CTRL) == [Act("bump")]


def test_a_bounce_is_the_same_press_and_a_second_press_is_not() -> None:
    board = Board()
    assert board.down(DOWN) == [Act("down")]
    board.at = BOUNCE_MS - 1
    assert board.down(DOWN) == []
    assert board.down(UP) == [Act("up")]
    board.at = 2 * BOUNCE_MS
    assert board.down(DOWN) == [Act("down")]


KEY = st.sampled_from((CTRL, DOWN, ENTER, ord("0"), ord("1"), SHIFT))
CHATTER = st.lists(st.tuples(st.integers(0, 120), KEY, st.booleans()), max_size=60)


@given(chatter=CHATTER, two_digits=st.booleans())
def test_no_bouncing_gives_two_actions_of_a_key_within_the_time(
    chatter: Iterable[tuple[int, int, bool]], two_digits: bool
) -> None:
    board = Board(two_digits=two_digits)
    acted: dict[int, int] = {}
    for wait, code, is_down in chatter:
        board.at += wait
        waited = board.keys.waiting
        acts = board.down(code) if is_down else board.up(code)
        own = acts[1:] if waited and acts[:1] == [Act("slot", 10)] else acts
        assert len(own) <= 1
        if own:
            assert board.at - acted.get(code, -BOUNCE_MS) >= BOUNCE_MS
            acted[code] = board.at


# -- two digits


@pytest.mark.parametrize(("second", "slot"), [("1", 11), ("9", 19), ("0", 20)])
def test_nought_and_a_digit_reach_the_slots_above_ten(second: str, slot: int) -> None:
    board = Board(two_digits=True)
    assert board.types(ord("0")) == []
    assert board.types(ord(second)) == [Act("slot", slot)]
    assert board.keys.settle() == ()
    assert board.types(ord("3")) == [Act("slot", 3)]


def test_nought_alone_is_ten_when_no_digit_comes() -> None:
    board = Board(two_digits=True, digits="bump")
    assert board.types(ord("0")) == []
    assert board.keys.settle() == (Act("bump", 10),)
    assert board.keys.settle() == ()


def test_nought_counts_before_whatever_else_comes() -> None:
    board = Board(two_digits=True)
    assert board.types(ord("0")) == []
    assert board.types(ENTER) == [Act("slot", 10), Act("bump")]


# -- places


@pytest.mark.parametrize(
    ("platform", "scan", "does"),
    [
        ("xcb", 10, "slot 1"),
        ("wayland", 19, "slot 10"),
        ("windows", 0x02, "slot 1"),
        ("windows", 0x11C, "bump"),
        ("windows", 0x11D, "bump"),
        ("windows", 0x148, "up"),
        ("windows", 0x151, "page_next"),
        ("xcb", 82, "recall"),
        ("xcb", 39, "summary"),
    ],
)
def test_a_key_without_a_known_code_is_known_by_its_place(
    platform: str, scan: int, does: str
) -> None:
    assert Board().types(0x0410, place=place_of(scan, platform)) == [act(does)]


def test_the_digit_row_counts_by_its_place_whatever_is_printed_there() -> None:
    board = Board()
    assert board.types(PLUS, place=place_of(10, "xcb")) == [Act("slot", 1)]  # Czech
    assert board.types(MINUS, place=place_of(15, "xcb")) == [Act("slot", 6)]  # French


def test_a_letter_counts_by_what_is_printed_on_it() -> None:
    assert Board().types(ord("O"), place=place_of(39, "xcb")) == []  # Dvorak's O lies where S is


@pytest.mark.parametrize(("platform", "scan"), [("offscreen", 10), ("xcb", 0), ("windows", 0x1F0)])
def test_an_unknown_place_tells_nothing(platform: str, scan: int) -> None:
    assert Board().types(0x0410, place=place_of(scan, platform)) == []


# -- a bar's own map


def test_a_bar_that_sends_other_keys_has_its_own_map() -> None:
    bar = {
        "right": "down",
        "Left": "up",
        "Down": "right",
        "KeypadMinus": "left",
        "Ctrl": "advance",
        "F5": "slot 12",
        "S": "none",
    }
    board = Board(bar)
    assert board.types(RIGHT) == [Act("down")]
    assert board.types(MINUS, modifiers=KEYPAD) == [Act("left")]
    assert board.types(CTRL) == [Act("advance")]
    assert board.types(0x01000034) == [Act("slot", 12)]
    assert board.types(ord("S")) == []
    assert board.types(UP) == [Act("up")]


@pytest.mark.parametrize(
    ("extra", "named"),
    [
        ({"Rigth": "down"}, "Rigth"),
        ({"Right": "sideways"}, "sideways"),
        ({"Right": "slot 21"}, "slot 21"),
        ({"Right": "slot"}, "slot"),
    ],
)
def test_a_map_that_cannot_be_used_says_what_can(extra: dict[str, str], named: str) -> None:
    with pytest.raises(KnownError) as caught:
        read_keys(extra)
    for lang in ("zh", "en"):
        assert named in caught.value.text(lang)
    assert caught.value.zh


def test_the_map_that_ships_names_only_what_there_is() -> None:
    assert set(DEFAULTS) <= NAMES
    assert set(read_keys({}).values()) <= ACTIONS
