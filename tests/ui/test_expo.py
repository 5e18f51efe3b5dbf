"""The pass's screen does what the hands of whoever runs food mean."""

import pytest
from pytestqt.qtbot import QtBot

from common.domain.commands import (
    FireLines,
    HoldLines,
    LineInput,
    MarkSeen,
    MarkShown,
    Recall,
    ServeLines,
)
from common.domain.house import EXPO
from common.domain.portions import State
from common.ui.scenes.story import Story, line_of
from kds.screens.screen import Options
from tests.ui.station_at_work import AtPass


@pytest.fixture
def rush(qtbot: QtBot, qapp: object) -> AtPass:
    return AtPass(qtbot, "rush")


@pytest.fixture
def held(qtbot: QtBot, qapp: object) -> AtPass:
    return AtPass(qtbot, "all_held")


def stages(work: AtPass, title: str) -> list[str]:
    rows = (row for card in work.cards if card.title == title for row in card.body)
    return [row.stage for row in rows if row.kind == "line" and row.quantity]


def test_the_noon_stands_as_in_its_picture(rush: AtPass) -> None:
    assert list(rush.slots)[:5] == ["Table 8", "Meituan #12", "Orchid Room", "Table 5", "Table 2"]
    facts = rush.screen.facts
    assert (facts.open_count, facts.ready_count, facts.late_count) == (9, 4, 2)
    assert stages(rush, "Table 8") == ["served", "ready", "cooking", "cooking"]
    assert stages(rush, "Meituan #12") == ["cooking", "ready", "ready"]
    assert stages(rush, "Table 5") == ["served", "cooking", ""]
    assert [card.title for card in rush.cards if card.ready] == ["Table 2"]
    ages = {card.title: (card.age, card.timer) for card in rush.cards}
    assert ages["Table 8"] == ("late", "16:08")
    assert ages["Table 5"] == ("warn", "10:02")
    assert ages["Table 2"] == ("ok", "4:51")
    assert ages["Pickup"] == ("ok", "in 15:50")
    assert ages["Table 3"] == ("unseen", "0:06")
    assert rush.card("Table 8").strip[0].text == "Dine-in · 王芳 · Covers 4 · Rush 2 · +1:08"


def test_a_dish_that_is_ready_is_served_by_one_tap(rush: AtPass) -> None:
    rush.taps("Table 8", "kung-pao")
    assert rush.line("Table 8", "kung-pao").stage == "served"
    assert rush.screen.facts.undo_text == "Undo: served Kung Pao Ch… (1)"
    rush.does("undo")
    assert rush.line("Table 8", "kung-pao").stage == "ready"


def test_a_tap_on_the_quantity_serves_one_portion(rush: AtPass) -> None:
    rush.taps("Orchid Room", "xiaolongbao", quantity=True)
    assert rush.line("Orchid Room", "xiaolongbao").quantity == "1"
    buns = line_of(rush.order("Orchid Room"), "xiaolongbao")
    assert sorted(portion.state for portion in buns.portions) == [State.READY, State.SERVED]


def test_a_tap_serves_what_is_ready_of_a_dish_and_leaves_the_rest(rush: AtPass) -> None:
    order = rush.order("Table 8")
    rush.story.readies(order, "12:24:00", "dry-fried-beans", count=1)
    rush.happened(order)
    row = rush.line("Table 8", "dry-fried-beans")
    assert (row.stage, row.quantity) == ("cooking", "2")
    rows = [row.text for row in rush.card("Table 8").body]
    assert "1 of 2 ready · −Minced pork" in rows
    rush.taps("Table 8", "dry-fried-beans")
    beans = line_of(order, "dry-fried-beans")
    assert sorted(portion.state for portion in beans.portions) == [State.COOKING, State.SERVED]
    assert rush.line("Table 8", "dry-fried-beans").quantity == "1"


def test_what_is_not_ready_takes_a_second_stroke_within_two_seconds(rush: AtPass) -> None:
    card, line = rush.card("Table 8").key, rush.line("Table 8", "boiled-fish").line
    rush.screen.tapLine(card, line)
    assert rush.hint.startswith("Sichuan Boiled Fish in Chilli Oil is not ready.")
    rush.passes(2)
    rush.screen.tapLine(card, line)
    assert rush.line("Table 8", "boiled-fish").stage == "cooking"
    rush.taps("Table 8", "boiled-fish")
    assert rush.line("Table 8", "boiled-fish").stage == "served"


def test_a_ready_order_leaves_with_one_stroke_and_can_be_recalled(rush: AtPass) -> None:
    rush.does("bump", 5)
    assert "Table 2" not in rush.slots
    rush.passes(6)
    rush.does("recall")
    rush.passes(0.7)
    assert rush.card("Table 2").ready
    assert stages(rush, "Table 2") == ["ready", "ready"]


def test_an_order_that_is_not_ready_says_why_and_goes_at_the_second_stroke(rush: AtPass) -> None:
    rush.act("slot", 1)
    rush.act("bump")
    assert rush.hint.startswith("Table 8: Dry-Fried G…, Sichuan Boi… not ready.")
    assert rush.card("Table 8").selected
    rush.does("bump")
    assert "Table 8" not in rush.slots
    assert rush.screen.facts.undo_text == "Undo: served Table 8 A31 (4)"
    rush.does("undo")
    assert stages(rush, "Table 8") == ["served", "ready", "cooking", "cooking"]


def test_space_serves_one_ready_dish_after_the_other(rush: AtPass) -> None:
    rush.act("slot", 2)
    rush.does("advance")
    rush.does("advance")
    assert stages(rush, "Meituan #12") == ["cooking", "served", "served"]
    rush.act("advance")
    assert rush.hint.startswith("Yuxiang Pork over Rice is not ready.")


def test_arrows_select_a_dish_for_space(rush: AtPass) -> None:
    rush.act("slot", 5)
    rush.act("down")
    rush.act("down")
    rush.does("advance")
    assert stages(rush, "Table 2") == ["ready", "served"]


def test_nothing_moves_under_a_finger(rush: AtPass) -> None:
    before = {card.title: (card.x, card.y) for card in rush.cards}
    rush.does("bump", 5)
    after = {card.title: (card.x, card.y) for card in rush.cards}
    assert after == {title: place for title, place in before.items() if title != "Table 2"}
    numbers = rush.slots
    rush.passes(0.7)
    assert {title: rush.slots[title] for title in numbers} == numbers
    assert {card.title: (card.x, card.y) for card in rush.cards} != after


def test_an_order_leaves_when_all_is_served_or_void(rush: AtPass) -> None:
    order = rush.order("Table 2")
    rush.story.voids(order, "12:24:11", "mapo-tofu")
    rush.story.serves(order, "12:24:12", "water-spinach")
    rush.happened(order)
    assert "Table 2" not in rush.slots


def test_a_void_stays_until_somebody_saw_it(rush: AtPass) -> None:
    order = rush.order("Table 2")
    rush.story.voids(order, "12:24:11", "mapo-tofu")
    rush.happened(order)
    assert rush.line("Table 2", "mapo-tofu").stage == "voided"
    rush.act("bump", 5)
    assert rush.hint == "Table 2 has changed: look, then press again to serve."
    rush.taps("Table 2", "mapo-tofu")
    assert stages(rush, "Table 2") == ["ready"]


def test_ready_orders_can_stand_first(qtbot: QtBot, qapp: object) -> None:
    work = AtPass(qtbot, "rush", Options(ready_first=True))
    assert next(iter(work.slots)) == "Table 2"
    order = work.order("Table 11")
    work.story.bumps(order, "12:24:11")
    work.happened(order)
    work.passes(0.7)
    assert list(work.slots)[:2] == ["Table 2", "Table 11"]


# -- courses


def test_a_course_is_fired_by_its_button(held: AtPass) -> None:
    titles = [row for row in held.card("Orchid Room").body if row.kind == "section"]
    assert [(row.text, row.action) for row in titles] == [
        ("Mains · On hold", "fire"),
        ("Rice & Noodles · On hold", "fire"),
    ]
    with held.qtbot.waitSignal(held.source.answered):
        held.screen.tapCourse(held.card("Orchid Room").key, titles[0].key, "fire")
    assert stages(held, "Orchid Room") == ["", "", "held"]
    held.does("undo")
    assert stages(held, "Orchid Room") == ["held", "held", "held"]


def test_by_keys_courses_are_fired_from_the_first_and_held_from_the_last(held: AtPass) -> None:
    held.act("slot", 1)
    held.does("fire")
    assert stages(held, "Orchid Room") == ["", "", "held"]
    held.does("fire")
    assert stages(held, "Orchid Room") == ["", "", ""]
    held.act("fire")
    assert held.hint == "Orchid Room: nothing is on hold."
    held.does("hold")
    assert stages(held, "Orchid Room") == ["", "", "held"]
    called = [cmd for cmd in held.source.asked if isinstance(cmd, FireLines | HoldLines)]
    assert [len(command.choices) for command in called] == [2, 1, 1]


def test_a_selected_dish_is_held_alone(rush: AtPass) -> None:
    rush.act("slot", 7)
    rush.act("down")
    rush.act("down")
    rush.does("hold")
    assert stages(rush, "Table 11") == ["cooking", "held", "", ""]


def test_what_is_begun_cannot_be_held(rush: AtPass) -> None:
    rush.act("slot", 1)
    rush.act("hold")
    assert rush.hint == "Table 8: all of it is begun, nothing can be held."


def test_a_held_dish_is_served_only_at_a_second_stroke(held: AtPass) -> None:
    held.screen.tapLine(held.card("Table 4").key, held.line("Table 4", "sizzling-beef").line)
    assert "is on hold: fire it." in held.hint
    held.taps("Table 4", "sizzling-beef")
    assert "Table 4" not in held.slots


# -- notices


def notices(work: AtPass) -> dict[str, str]:
    return {row.title: row.text for row in work.rows("notices")}


def test_the_panel_tells_machines_and_guests_the_newest_first(rush: AtPass) -> None:
    assert notices(rush) == {
        "Cold: no answer since 12:23:48": "For 0:22 · orders that wait for it: Table 3",
        "Orchid Room: added Steamed Sea Bass with Soy & Ginger": "12:21 · Steam has it 12:21:04",
        "Table 8: rush, time 2": "12:20 · Wok saw it 12:20:09",
    }
    assert [row.alarm for row in rush.rows("notices")] == [True, False, False]
    assert rush.screen.facts.notice_count == 3


def test_a_notice_goes_when_somebody_has_heard_of_it_and_that_is_told(rush: AtPass) -> None:
    rush.screen.tapNotice(rush.rows("notices")[2].key)
    assert "Table 8: rush, time 2" not in notices(rush)
    rush.until_answered()
    seen = [command for command in rush.source.asked if isinstance(command, MarkSeen)]
    assert [(command.station, len(command.events)) for command in seen] == [(EXPO, 1)]


def test_all_seen_is_for_the_page_and_the_panel(rush: AtPass) -> None:
    rush.does("ack_all", answers=1)
    assert notices(rush) == {}
    assert rush.screen.facts.unseen_count == 0


def test_a_notice_goes_with_its_order(rush: AtPass) -> None:
    rush.act("bump", 1)
    rush.does("bump", 1)
    assert "Table 8: rush, time 2" not in notices(rush)


def test_crossed_commands_are_told(rush: AtPass) -> None:
    order = rush.order("Table 8")
    rush.story.voids(order, "12:24:11", "boiled-fish")
    rush.happened(order)
    told = [title for title in notices(rush) if title.endswith("voided while it was cooking")]
    assert told == ["Table 8: Sichuan Boiled Fish in Chilli Oil voided while it was cooking"]
    rush.screen.tapNotice(next(row.key for row in rush.rows("notices") if row.title == told[0]))
    assert told[0] not in notices(rush)


def test_what_is_voided_after_its_order_left_is_said_in_the_bar(rush: AtPass) -> None:
    order = rush.order("Table 2")
    rush.does("bump", 5)
    rush.story.voids(order, "12:24:20", "mapo-tofu")
    rush.happened(order)
    assert rush.hint == "Table 2: Mapo Tofu voided after it was served"


def test_a_silent_node_is_a_notice_too(qtbot: QtBot, qapp: object) -> None:
    work = AtPass(qtbot, "disconnected")
    title = work.rows("notices")[0].title
    assert title == "This screen's node: Not connected · as of 12:23, 0:22 ago"


# -- shown and seen


def test_what_was_painted_is_told_as_shown_and_what_was_touched_as_seen(rush: AtPass) -> None:
    new = rush.story.order("12:24:10", rush.story.dish("kung-pao"), table="20", seen=False)
    rush.happened(new)
    shown = rush.order("Table 3")
    rush.act("slot", 9)
    rush.until_answered()
    assert rush.card("Table 3").age == "ok"
    seen = [command for command in rush.source.asked if isinstance(command, MarkSeen)]
    assert [(command.station, command.order_id) for command in seen] == [(EXPO, shown.id)]


def test_news_for_the_pass_is_reported_once_a_frame_showed_it(rush: AtPass) -> None:
    order = rush.order("Orchid Room")
    with rush.qtbot.waitSignal(rush.screen.paint_wanted):
        rush.happened(order)
    rush.screen.painted()
    rush.until_answered()
    told = [command for command in rush.source.asked if isinstance(command, MarkShown)]
    assert {command.station for command in told} == {EXPO}
    assert not order.unshown(EXPO)


def test_the_recall_list_has_the_orders_that_left(rush: AtPass) -> None:
    rush.does("bump", 5)
    rush.act("recall_list")
    first = rush.rows("recalls")[0]
    assert (first.title, first.number, first.slot) == ("Table 2", "A36", 1)
    assert len(rush.rows("recalls")) > 10
    rush.does("slot", 1)
    assert "Table 2" in rush.slots
    assert any(isinstance(command, Recall) for command in rush.source.asked)


def test_what_no_menu_places_stands_here_too(qtbot: QtBot, qapp: object) -> None:
    story = Story("no menu")
    story.order("12:20:00", LineInput(zh="祖传秘方", en="Secret"), table="1")
    work = AtPass(qtbot, story)
    rows = work.card("Table 1").body
    assert (rows[0].text, rows[0].stage) == ("Secret", "")
    assert [row.station for row in rows if row.station] == ["No station"]


def test_the_map_of_keys_has_what_the_pass_does(rush: AtPass) -> None:
    keys = {row.key: row.text for row in rush.rows("keys")}
    assert keys["bump"] == "Serve the selected order"
    assert {"hold", "fire", "notices"} <= keys.keys()
    assert not {"dishes", "summary"} & keys.keys()
    rush.act("dishes")
    assert rush.screen.facts.mode == "tickets"


def test_commands_are_the_pass_s_own(rush: AtPass) -> None:
    rush.does("bump", 5)
    (served,) = (command for command in rush.source.asked if isinstance(command, ServeLines))
    assert served.actor == EXPO
    assert len(served.choices) == 2
