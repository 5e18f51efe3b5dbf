from __future__ import annotations

import string
import unicodedata

import msgspec
import pytest

from common.domain.reasons import CATALOGUE, DECIDE, FLOOR, MENU, ORDER_FILE, Refused, Rejected


def placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


def test_no_code_stands_in_two_lists() -> None:
    assert len(CATALOGUE) == len(ORDER_FILE) + len(MENU) + len(FLOOR) + len(DECIDE)


@pytest.mark.parametrize("code", sorted(CATALOGUE))
def test_every_refusal_says_the_same_in_both_languages(code: str) -> None:
    words = CATALOGUE[code]
    assert placeholders(words.zh) == placeholders(words.en)
    assert any(unicodedata.name(letter).startswith("CJK") for letter in words.zh)
    assert words.en.isascii() or set(words.en) - set("“”…") <= set(string.printable)
    assert words.zh.endswith("。")
    assert words.en.endswith(".")


@pytest.mark.parametrize("code", sorted(CATALOGUE))
def test_chinese_uses_full_width_punctuation(code: str) -> None:
    sample = Rejected(code, dict.fromkeys(placeholders(CATALOGUE[code].zh), 8)).text("zh")
    sample = sample.replace("2026-01-31T18:30:00+08:00", "")
    assert not set(sample) & set(",;:!?()\"'")


def test_text_fills_in_its_parameters() -> None:
    reason = Rejected("duplicate_ref", {"number": "A31"})
    assert reason.text("zh_CN") == "这一单已经收过，单号是 A31，没有重复下单。"
    assert reason.text("en") == "This order was already taken as A31 and was not taken twice."


def test_braces_of_a_guest_stay_text() -> None:
    assert "{line}" in Rejected("repeated_ref", {"ref": "{line}", "line": 3}).text("en")


def test_a_code_of_a_later_version_and_a_missing_parameter_are_still_shown() -> None:
    assert Rejected("from_the_future", {"x": 1}).text("zh") == (
        "没有收下（from_the_future）。请通知技术人员。"
    )
    assert "?" in Rejected("bad_value").text("en")


def test_a_refusal_travels() -> None:
    reason = Rejected("bad_value", {"key": "table", "line": 2})
    assert msgspec.msgpack.decode(msgspec.msgpack.encode(reason), type=Rejected) == reason
    assert str(Refused(reason)) == reason.text("en")
    assert Refused(reason).reason is reason
