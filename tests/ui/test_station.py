"""A station's screen does what a cook's hands mean."""

import pytest
from pytestqt.qtbot import QtBot

from common.domain.commands import BumpTicket, MarkReady, MarkShown, Recall, StartLines
from common.domain.portions import State
from common.ui.scenes.restaurant import at
from common.ui.scenes.story import Story, line_of
from kds.screens.screen import Options
from tests.ui.station_at_work import AtWork


@pytest.fixture
def rush(qtbot: QtBot, qapp: object) -> AtWork:
    return AtWork(qtbot, "rush")


@pytest.fixture
def changes(qtbot: QtBot, qapp: object) -> AtWork:
    return AtWork(qtbot, "changes")


def test_the_oldest_stand_first_column_by_column_each_with_its_key(rush: AtWork) -> None:
    assert list(rush.slots.values())[:3] == ["1", "2", "3"]
    places = [(card.x, card.y) for card in rush.cards]
    assert places == sorted(places)
    assert rush.screen.facts.late_count == 2
    assert rush.screen.facts.average == "7:42"


def test_a_dish_goes_on_by_one_state_with_each_tap(rush: AtWork) -> None:
    rush.taps("Table 8", "boiled-fish")
    assert rush.line("Table 8", "boiled-fish").stage == "ready"
    rush.taps("Orchid Room", "lamb-leek")
    assert rush.line("Orchid Room", "lamb-leek").stage == "cooking"
    rush.taps("Orchid Room", "lamb-leek")
    assert rush.line("Orchid Room", "lamb-leek").stage == "ready"


def test_a_tap_on_the_quantity_means_one_portion(rush: AtWork) -> None:
    rush.taps("Table 8", "dry-fried-beans", quantity=True)
    assert rush.line("Table 8", "dry-fried-beans").quantity == "1"
    beans = line_of(rush.order("Table 8"), "dry-fried-beans")
    assert sorted(portion.state for portion in beans.portions) == [State.COOKING, State.READY]


def test_what_was_done_can_be_undone_for_five_seconds(rush: AtWork) -> None:
    rush.taps("Table 8", "boiled-fish")
    assert rush.screen.facts.undo_text.startswith("Undo: ready Sichuan")
    rush.does("undo")
    assert rush.line("Table 8", "boiled-fish").stage == "cooking"
    rush.taps("Table 8", "boiled-fish")
    rush.passes(5)
    assert rush.screen.facts.undo_text == ""
    rush.act("undo")
    assert rush.line("Table 8", "boiled-fish").stage == "ready"


def test_an_undo_before_the_answer_follows_it(rush: AtWork) -> None:
    rush.screen.tapLine(rush.card("Table 8").key, rush.line("Table 8", "boiled-fish").line)
    rush.act("undo")
    rush.until_answered(2)
    assert rush.line("Table 8", "boiled-fish").stage == "cooking"


def test_a_ticket_is_bumped_by_its_header_and_its_gap_stays_under_the_finger(
    rush: AtWork,
) -> None:
    before = {card.title: (card.x, card.y) for card in rush.cards}
    with rush.qtbot.waitSignal(rush.source.answered):
        rush.screen.tapHeader(rush.card("Table 8").key)
    after = {card.title: (card.x, card.y) for card in rush.cards}
    assert after == {title: place for title, place in before.items() if title != "Table 8"}
    rush.passes(0.7)
    assert rush.cards[0].title == "Meituan #12"
    assert (rush.cards[0].x, rush.cards[0].y) == before["Table 8"]


def test_a_slot_number_stays_with_its_ticket_and_a_free_one_rests(rush: AtWork) -> None:
    numbers = rush.slots
    rush.does("bump", 1)
    rush.passes(0.7)
    left = {title: slot for title, slot in numbers.items() if title != "Table 8"}
    assert {title: rush.slots[title] for title in left} == left
    new = rush.story.order("12:24:10", rush.story.dish("kung-pao"), table="20")
    rush.happened(new)
    assert rush.slots["Table 20"] == "9"
    rush.passes(2)
    later = rush.story.order("12:24:12", rush.story.dish("kung-pao"), table="21")
    rush.happened(later)
    assert rush.slots["Table 21"] == "1"


def test_keys_select_then_bump(rush: AtWork) -> None:
    rush.act("slot", 3)
    assert rush.card("Orchid Room").selected
    rush.does("bump")
    assert "Orchid Room" not in rush.slots
    assert rush.screen.facts.selected_key == ""
    rush.act("bump")
    assert rush.hint == "Pick a ticket first: press its number."


def test_a_number_that_nobody_has_selects_nothing(rush: AtWork) -> None:
    rush.act("slot", 1)
    rush.act("slot", 10)
    assert rush.screen.facts.selected_key == ""
    assert rush.hint == "There is no ticket 10."


def test_arrows_go_from_ticket_to_ticket_and_from_dish_to_dish(rush: AtWork) -> None:
    rush.act("right")
    assert rush.cards[0].selected
    rush.act("right")
    rush.act("left")
    rush.act("down")
    rush.act("down")
    selected = [row.text for row in rush.cards[0].body if row.selected and row.kind == "line"]
    assert selected[0].startswith("Dry-Fried")
    rush.does("advance")
    assert rush.line("Table 8", "dry-fried-beans").stage == "ready"


def test_space_without_a_dish_means_the_first_that_is_not_ready(rush: AtWork) -> None:
    rush.act("slot", 1)
    rush.does("advance")
    assert rush.line("Table 8", "dry-fried-beans").stage == "ready"


def test_a_changed_ticket_takes_a_second_stroke(changes: AtWork) -> None:
    changes.act("slot", 2)
    title = next(card.title for card in changes.cards if card.selected)
    changes.act("bump")
    assert changes.hint == f"{title} has changed: look, then press again to bump."
    assert title in changes.slots
    changes.does("bump", answers=2)
    assert title not in changes.slots


def test_the_second_stroke_comes_within_five_seconds(changes: AtWork) -> None:
    changes.act("slot", 2)
    changes.act("bump")
    changes.passes(5)
    changes.act("bump")
    assert not any(isinstance(command, BumpTicket) for command in changes.source.asked)


def test_a_tap_on_a_tagged_dish_acknowledges_it_and_does_nothing_else(changes: AtWork) -> None:
    tagged = next(row for card in changes.cards for row in card.body if row.tag == "changed")
    card = next(card for card in changes.cards if tagged in card.body)
    changes.screen.tapLine(card.key, tagged.line)
    changes.until_answered()
    rows = {row.key: row for other in changes.cards for row in other.body}
    assert (rows[tagged.key].tag, rows[tagged.key].stage) == ("", tagged.stage)


def test_all_seen_acknowledges_the_page(changes: AtWork) -> None:
    assert changes.screen.facts.unseen_count == 3
    changes.act("ack_all")
    changes.until_answered(3)
    assert changes.screen.facts.unseen_count == 0
    assert not any(row.tag for card in changes.cards for row in card.body)
    assert all(card.age != "unseen" for card in changes.cards)


def test_a_touched_ticket_was_seen(rush: AtWork) -> None:
    assert rush.card("Table 3").age == "unseen"
    rush.does("slot", int(rush.slots["Table 3"]))
    assert rush.card("Table 3").age == "ok"


def test_the_recall_key_undoes_then_recalls_then_lists(rush: AtWork) -> None:
    before = rush.card("Table 8")
    rush.does("bump", 1)
    rush.does("recall")
    assert rush.card("Table 8") == before
    rush.passes(6)
    rush.does("bump", 1)
    rush.passes(6)
    rush.does("recall")
    rush.passes(1)
    assert [chip.kind for chip in rush.card("Table 8").strip] == [
        "channel",
        "rush",
        "recalled",
        "info",
    ]
    rush.act("recall")
    assert rush.screen.facts.overlay == "recall"
    rush.act("close")
    assert rush.screen.facts.overlay == ""


def test_a_ticket_of_the_list_comes_back_by_its_digit(rush: AtWork) -> None:
    rush.does("bump", 1)
    rush.passes(6)
    rush.act("recall_list")
    rows = rush.rows("recalls")
    assert (rows[0].title, rows[0].slot, rows[0].number) == ("Table 8", 1, "A31")
    rush.does("slot", 1)
    assert rush.screen.facts.overlay == ""
    rush.passes(1)
    assert any(chip.kind == "recalled" for chip in rush.card("Table 8").strip)


def test_what_was_painted_is_told_as_shown(rush: AtWork) -> None:
    order = rush.story.order("12:24:10", rush.story.dish("kung-pao"), table="20", seen=False)
    rush.story.adds(order, "12:24:10", rush.story.dish("mapo-tofu"))
    assert order.unshown("wok")
    rush.happened(order)
    assert not any(isinstance(command, MarkShown) for command in getattr(rush.source, "asked", []))
    with rush.qtbot.waitSignal(rush.source.answered):
        rush.screen.painted()
    assert not order.unshown("wok")
    assert order.unseen("wok")


def test_nothing_moves_under_a_finger(rush: AtWork) -> None:
    before = {card.key: (card.x, card.y, card.height) for card in rush.cards}
    rush.screen.pressed()
    new = rush.story.order("12:24:10", rush.story.dish("kung-pao"), table="20")
    grown = rush.order("Table 3")
    rush.story.adds(grown, "12:24:10", rush.story.dish("mapo-tofu"), rush.story.dish("kung-pao"))
    rush.happened(new, grown)
    rush.passes(3)
    assert {card.key: (card.x, card.y, card.height) for card in rush.cards} == before
    assert rush.card("Table 3").more == "+2 ▼"
    assert rush.screen.facts.more_text == "More tickets: 1"
    rush.screen.released()
    rush.passes(0.5)
    assert rush.card("Table 3").more == "+2 ▼"
    rush.passes(0.2)
    assert rush.card("Table 3").more == ""
    assert "Table 20" in rush.slots or rush.screen.facts.pages == 2


def test_only_what_could_be_read_is_done_with(rush: AtWork) -> None:
    rush.screen.pressed()
    grown = rush.order("Table 3")
    rush.story.adds(grown, "12:24:10", rush.story.dish("mapo-tofu"))
    rush.story.sees(grown, "12:24:10")
    rush.happened(grown)
    assert rush.card("Table 3").more == "+1 ▼"
    rush.does("bump", int(rush.slots["Table 3"]))
    assert line_of(grown, "mapo-tofu").state is State.FIRED
    assert line_of(grown, "chongqing-chicken").state is State.READY
    assert [ticket.batch for ticket in grown.open_tickets("wok")] == [2]


def test_the_first_tickets_begin_by_themselves_and_once(qtbot: QtBot, qapp: object) -> None:
    one = AtWork(qtbot, "rush", Options(auto_start=4))
    one.until_answered(2)
    stages = {card.title: [row.stage for row in card.body] for card in one.cards}
    for title in list(stages)[:4]:
        assert "" not in [row.stage for row in one.card(title).body if row.kind == "line"]
    assert "" in stages["Table 11"]
    begun = [command for command in one.source.asked if isinstance(command, StartLines)]
    assert all(command.auto for command in begun)
    other = AtWork(qtbot, "rush", Options(auto_start=4))
    assert {command.cmd_id for command in begun} == {
        command.cmd_id for command in other.source.asked
    }
    one.passes(1)
    assert [command for command in one.source.asked if isinstance(command, StartLines)] == begun


def test_dishes_are_finished_by_portions_the_oldest_first(rush: AtWork) -> None:
    rush.act("dishes")
    row = next(row for row in rush.rows("dishes") if row.name.startswith("Dry-Fried"))
    assert (row.total, row.tables, row.age) == ("2", "Table 8", "late")
    with rush.qtbot.waitSignal(rush.source.answered):
        rush.screen.tapDish(row.key, 1)
    beans = line_of(rush.order("Table 8"), "dry-fried-beans")
    assert len(beans.indexes(State.READY)) == 1
    rush.act("down")
    assert rush.rows("dishes")[0].selected
    rush.act("dishes")
    assert rush.rows("dishes") == ()


def test_the_strip_counts_what_is_to_be_made_and_marks_it_on_the_cards(rush: AtWork) -> None:
    chips = rush.rows("allDay")
    assert [chip.total for chip in chips] == sorted((chip.total for chip in chips), reverse=True)
    assert sum(chip.width for chip in chips) < 1000
    rush.screen.tapAllDay("kung-pao")
    assert [card.title for card in rush.cards if card.marked] == ["Table 8", "Pickup"]
    rush.act("summary")
    assert len(rush.rows("summary")) > len(chips)
    rush.screen.tapAllDay("kung-pao")
    assert not any(card.marked for card in rush.cards)


def test_a_mark_makes_a_ticket_urgent(rush: AtWork) -> None:
    rush.act("slot", 6)
    rush.does("rush")
    assert [chip.text for chip in rush.card("Table 11").strip][1] == "Rush 1"


def test_a_held_dish_begins_with_a_second_tap(qtbot: QtBot, qapp: object) -> None:
    hold = AtWork(qtbot, "all_held")
    card = hold.cards[0]
    assert [row.kind for row in card.body] == ["held"]
    hold.screen.tapLine(card.key, card.body[0].line)
    hold.passes(1)
    card = hold.card(card.title)
    line = next(row for row in card.body if row.kind == "line")
    hold.screen.tapLine(card.key, line.line)
    assert hold.hint.endswith("is on hold: press again to start it now.")
    hold.screen.tapLine(card.key, line.line)
    hold.until_answered()
    assert next((row.line, row.stage) for row in hold.cards[0].body if row.quantity) == (
        line.line,
        "cooking",
    )


def test_what_is_on_hold_is_shown_and_folded_by_keys(qtbot: QtBot, qapp: object) -> None:
    hold = AtWork(qtbot, "all_held")

    def dishes() -> int:
        return len({row.line for row in hold.cards[0].body if row.kind == "line"})

    assert "3 · Squirrel-Cut Mandarin Fish, " in hold.cards[0].body[0].text
    hold.act("slot", 1)
    hold.act("down")
    hold.act("advance")
    hold.passes(1)
    assert dishes() == 3
    hold.act("down")
    hold.act("up")
    hold.act("advance")
    hold.passes(1)
    assert dishes() == 0


def test_a_silent_node_is_said_with_the_age_of_the_picture(qtbot: QtBot, qapp: object) -> None:
    lost = AtWork(qtbot, "disconnected")
    assert lost.screen.facts.link_state == "silent"
    assert lost.screen.facts.link_text == "Not connected · as of 12:23, 0:22 ago"
    assert lost.cards
    lost.screen.tapLine(lost.card("Table 8").key, lost.line("Table 8", "boiled-fish").line)
    assert lost.line("Table 8", "boiled-fish").pending


def test_an_empty_screen_says_why(qtbot: QtBot, qapp: object) -> None:
    empty = AtWork(qtbot, "empty")
    assert (empty.screen.facts.empty, empty.screen.facts.empty_text) == (True, "No open tickets")


def test_many_tickets_stand_on_pages_each_with_its_own_keys(qtbot: QtBot, qapp: object) -> None:
    many = AtWork(qtbot, "99_tickets")
    pages = many.screen.facts.pages
    assert pages > 5
    seen: list[str] = []
    for _ in range(pages):
        slots = [card.slot for card in many.cards if card.part == 0]
        assert slots == list(range(1, len(slots) + 1))
        assert len(slots) <= 10
        seen += [card.key for card in many.cards if card.part == 0]
        many.act("page_next")
    assert len(seen) == len(set(seen)) == 99
    many.act("first")
    assert many.screen.facts.page == 1
    many.act("last")
    assert (many.screen.facts.page, many.cards[-1].selected) == (pages, True)


def test_a_refusal_is_said_in_words(rush: AtWork) -> None:
    card, line = rush.card("Table 8"), rush.line("Table 8", "boiled-fish")
    rush.story.readies(rush.order("Table 8"), "12:24:10", "boiled-fish")
    with rush.qtbot.waitSignal(rush.source.answered):
        rush.screen.tapLine(card.key, line.line)
    assert rush.hint.startswith("There is nothing to mark ready")


def test_what_is_voided_after_the_bump_is_said(rush: AtWork) -> None:
    order = rush.order("Table 8")
    rush.does("bump", 1)
    rush.story.voids(order, "12:24:10", "boiled-fish")
    rush.happened(order)
    assert rush.hint == "Table 8: Sichuan Boiled Fish in Chilli Oil voided after it was cooked"


def test_two_screens_of_a_station_need_no_more_than_the_board(rush: AtWork) -> None:
    order = rush.order("Table 8")
    rush.story.bumps(order, "12:24:10")
    rush.happened(order)
    assert "Table 8" not in {card.title for card in rush.cards}
    assert any(one.order_id == order.id for one in _recalls(rush))


def _recalls(work: AtWork) -> list[Recall]:
    work.passes(6)
    work.does("recall")
    return [command for command in work.source.asked if isinstance(command, Recall)]


def test_a_taken_over_station_stands_here_with_its_own_commands(qtbot: QtBot, qapp: object) -> None:
    work = AtWork(qtbot, "adopted")
    assert work.screen.facts.adopted_text == "Tickets of Cold are made here"
    card = next(card for card in work.cards if card.adopted)
    line = next(row for row in card.body if row.stage == "cooking")
    work.screen.tapLine(card.key, line.line)
    work.until_answered()
    ready = [command for command in work.source.asked if isinstance(command, MarkReady)]
    assert [command.station for command in ready] == ["cold"]


def test_a_new_menu_is_read_anew(rush: AtWork) -> None:
    rush.source.changed.emit(frozenset({b"house"}))
    assert rush.screen.facts.station_name == "Wok"
    assert len(rush.slots) == 8


def test_what_the_story_says_of_time(rush: AtWork) -> None:
    assert rush.source.mesh_now() == at("12:24:10")
    assert rush.card("Table 8").timer == "16:08"
    rush.passes(2)
    assert rush.card("Table 8").timer == "16:10"


def test_a_story_can_be_told_before_a_screen(qtbot: QtBot, qapp: object) -> None:
    story = Story("own")
    story.order("12:00:00", story.dish("kung-pao", 2), table="1")
    assert [card.title for card in AtWork(qtbot, story).cards] == ["Table 1"]


def test_a_dish_that_no_menu_places_is_done_here_by_whoever_bumps_it(
    qtbot: QtBot, qapp: object
) -> None:
    story = Story("anywhere")
    order = story.order("12:00:00", story.dish("todays-special"), table="1")
    work = AtWork(qtbot, story)
    work.does("bump", 1)
    special = line_of(order, "todays-special")
    assert (special.station, special.state) == ("wok", State.READY)
    work.passes(1)
    assert work.cards == ()


def test_the_dish_view_is_worked_by_keys(rush: AtWork) -> None:
    rush.act("dishes")
    rush.act("down")
    first = rush.rows("dishes")[0]
    assert first.selected
    rush.does("slot", 1)
    rush.does("bump", answers=1)
    assert first.key not in {row.key for row in rush.rows("dishes")}
    rush.act("last")
    assert rush.rows("dishes")[-1].selected
    rush.act("close")
    assert rush.screen.facts.mode == "tickets"


def test_the_map_of_keys_is_a_menu_too(rush: AtWork) -> None:
    rows = {row.key: row for row in rush.rows("keys")}
    assert rows["bump"].caps.startswith("Enter")
    assert rows[""].caps == "1–9, 0"
    rush.act("keys")
    assert rush.screen.facts.overlay == "keys"
    rush.act("summary")
    assert rush.screen.facts.overlay == "summary"
    rush.act("summary")
    assert rush.screen.facts.overlay == ""


def test_a_grid_gives_every_card_a_cell(qtbot: QtBot, qapp: object) -> None:
    grid = AtWork(qtbot, "rush", Options(auto_start=0, layout="grid"))
    places = [(card.x, card.y) for card in grid.cards]
    assert len(set(places)) == len(places)
    assert len({y for _, y in places}) == 2
