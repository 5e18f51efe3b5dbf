"""What is begun at a counter: a value that hands exchange for another."""

from __future__ import annotations

import json

from foh.drafts import Draft, DraftLine, Drafts, line_inputs, side_of

LINE = DraftLine("new 1", "kung-pao", "宫保鸡丁", "Kung Pao", note="少油")


def test_a_line_takes_its_place_or_comes_last() -> None:
    other = DraftLine("new 2", "rice")
    draft = Draft().with_line(LINE).with_line(other)
    changed = draft.with_line(DraftLine("new 1", "kung-pao", qty=3000))
    assert [(line.key, line.qty) for line in changed.lines] == [("new 1", 3000), ("new 2", 1000)]
    assert changed.without("new 1").lines == (other,)


def test_dishes_are_the_same_whatever_their_number() -> None:
    assert LINE.same_dish(DraftLine("x", "kung-pao", "宫保鸡丁", "Kung Pao", 5000, note="少油"))
    assert not LINE.same_dish(DraftLine("x", "kung-pao", "宫保鸡丁", "Kung Pao"))


def test_an_empty_draft_is_not_kept() -> None:
    drafts = Drafts()
    drafts.put("table 8", Draft(table="8", lines=(LINE,)))
    drafts.put("table 8", Draft(table="8"))
    assert drafts.open == {}


def test_what_comes_back_stands_before_what_was_begun_since() -> None:
    drafts = Drafts()
    drafts.put("table 8", Draft(table="8", lines=(DraftLine("new 2", "rice"),)))
    drafts.give_back("table 8", Draft(table="8", covers=3, lines=(LINE,)))
    assert [line.key for line in drafts.at("table 8").lines] == ["new 1", "new 2"]
    assert drafts.at("table 8").covers == 3


def test_a_set_meal_is_sent_with_its_dishes() -> None:
    meal = DraftLine("new 1", "solo", qty=2000, parts=(("kung-pao", 1), ("rice", 2)), hold=True)
    own, chicken, rice = line_inputs([meal])
    assert (own.ref, chicken.parent, rice.parent) == ("new 1", "new 1", "new 1")
    assert [line.qty for line in (own, chicken, rice)] == [2000, 2000, 4000]
    assert (own.price, chicken.price) == (None, 0)
    assert {line.fire for line in (own, chicken, rice)} == {"hold"}


def test_who_the_guest_is_stays_out_of_the_log() -> None:
    told = side_of(Draft(channel="phone", guest="王先生", phone="1234"))
    assert json.loads(told) == {"guest": "王先生", "phone_tail": "1234"}
    assert side_of(Draft()) == ""
