"""The order page worked by hand in a scene: what is typed, noted, sent, refused, taken back."""

import pytest
from pytestqt.qtbot import QtBot

from common.domain import commands as cmd
from common.domain.clock import SECOND
from common.domain.portions import State
from common.domain.reasons import Rejected
from common.node.client import Declined
from common.ui.begun import Begun
from common.ui.i18n import Translations
from common.ui.scenes import build
from common.ui.scenes.source import SceneSource
from common.ui.theme import Theme
from foh.screens.counter import CounterScreen
from foh.screens.order import OrderModel
from foh.screens.till import Till

COUNTER = "counter-1"


class Hand:
    """A cashier at a scene's counter, and the eyes of one."""

    def __init__(self, scene: str = "rush", begun: Begun | None = None) -> None:
        built = build(scene, COUNTER)
        self.time = 0
        self.source = SceneSource(built)
        self.till = Till(self.source, COUNTER, "en", lambda: self.time)
        self.page = OrderModel(self.till, Theme("counter"), None, begun or built.begun)
        self.screen = CounterScreen(self.till, (self.page,))
        self.page.resize(1100, 900)

    def does(self, *actions: str) -> None:
        """Actions one after the other; `dish kung-pao` acts on what follows the word."""
        for action in actions:
            known = self.page.hands.knows(action) or action in ("enter", "close", "undo")
            name, text = (action, "") if known else action.split(" ", 1)
            self.screen.act(name, text)

    def types(self, text: str) -> None:
        for character in text:
            self.screen.act("type", character)

    @property
    def lines(self) -> list[tuple[str, str, str]]:
        """The cart: how many, what, how far."""
        rows = self.page.property("lines").rows
        return [(row.quantity, row.name, row.stage) for row in rows]

    @property
    def unsent(self) -> list[tuple[str, str]]:
        return [(many, name) for many, name, stage in self.lines if stage == "unsent"]

    @property
    def tiles(self) -> list[str]:
        return [row.key for row in self.page.property("tiles").rows]

    @property
    def sums(self) -> dict[str, str]:
        return {row.key: row.text for row in self.page.property("totals").rows}

    def selects(self, name: str) -> None:
        key = next(row.key for row in self.page.property("lines").rows if row.name == name)
        self.screen.act("line", key)


@pytest.fixture
def hand(qtbot: QtBot) -> Hand:
    return Hand()


@pytest.fixture
def fresh(qtbot: QtBot) -> Hand:
    """Nothing begun, no table."""
    return Hand("quiet", Begun())


BEANS = ("2", "Dry-Fried Green Beans with Minced Pork")
PLUM = ("2", "Sour Plum Drink")


def test_a_table_shows_what_it_has_and_what_is_not_sent(hand: Hand) -> None:
    assert [stage for _, _, stage in hand.lines] == [
        *("served", "ready", "cooking", "cooking", "unsent")
    ]
    assert hand.sums == {"sent": "¥210.00", "more": "¥24.00", "total": "¥234.00"}
    assert hand.page.facts.title == "Table 8"


def test_receipts_tell_who_has_it_and_who_looked(hand: Hand, qtbot: QtBot) -> None:
    stations = hand.page.property("stations")
    qtbot.waitUntil(lambda: all(row.stage == "good" for row in stations.rows))
    assert [row.text for row in stations.rows] == [
        "✓ Wok 12:08:03 received · 12:08:11 seen",
        "✓ Cold 12:08:03 received · 12:08:20 seen",
    ]


def test_initials_and_enter_note_a_dish(hand: Hand) -> None:
    hand.types("gbjd")
    assert hand.tiles[0] == "kung-pao"
    hand.does("enter")
    assert hand.unsent[-1] == ("1", "Kung Pao Chicken")
    assert hand.page.facts.query == ""


def test_a_digit_after_letters_takes_that_result(hand: Hand) -> None:
    hand.types("gbjd2")
    assert hand.unsent[-1][1] == "Kung Pao Set for One"


def test_a_number_and_a_star_note_so_many(hand: Hand) -> None:
    hand.types("3*201")
    hand.does("enter")
    assert hand.unsent[-1] == ("3", "Kung Pao Chicken")
    assert hand.page.facts.times == ""


def test_the_same_dish_again_is_one_line_and_plus_and_minus_count(hand: Hand) -> None:
    hand.does("dish mapo-tofu", "dish mapo-tofu")
    assert hand.unsent[-1] == ("2", "Mapo Tofu")
    hand.types("+")
    assert hand.unsent[-1] == ("3", "Mapo Tofu")
    hand.types("---")
    assert hand.unsent == [PLUM]


def test_arrows_find_a_dish_and_tab_goes_to_the_cart(hand: Hand) -> None:
    hand.does("down", "right", "enter")
    assert hand.unsent[-1][1]
    before = len(hand.unsent)
    hand.does("tab", "delete")
    assert len(hand.unsent) == before - 1


def test_what_is_sent_is_on_its_way_at_once_and_then_with_the_kitchen(
    hand: Hand, qtbot: QtBot
) -> None:
    hand.does("send")
    assert hand.lines[-1] == (*PLUM, "way")
    assert hand.unsent == []
    qtbot.waitUntil(lambda: hand.lines[-1] == (*PLUM, ""))
    order = hand.till.order
    assert order is not None
    assert order.total == 23400


def test_a_new_order_is_taken_for_a_table(fresh: Hand, qtbot: QtBot) -> None:
    fresh.does("head", "choose channel dine_in", "write table 77", "step covers 3", "press done")
    fresh.does("dish mapo-tofu", "send")
    qtbot.waitUntil(lambda: fresh.till.order is not None and fresh.till.order.head is not None)
    order = fresh.till.order
    assert order is not None
    assert order.head is not None
    assert (order.head.table, order.head.covers, order.head.payment) == ("77", 3, "counter")
    assert order.due == order.total


def test_what_is_noted_first_follows_to_the_table(fresh: Hand) -> None:
    fresh.does("dish mapo-tofu", "head", "choose channel dine_in", "write table 77", "press done")
    assert fresh.unsent == [("1", "Mapo Tofu")]
    assert fresh.page.facts.title == "Table 77"


def test_each_table_keeps_what_is_begun_there(hand: Hand) -> None:
    hand.does("head", "write table 5", "press done")
    assert hand.page.facts.title == "Table 5"
    assert hand.unsent == []
    hand.does("head", "write table 8", "press done")
    assert hand.unsent == [PLUM]


def test_a_refusal_brings_the_dishes_back(hand: Hand) -> None:
    hand.does("send")
    (sending,) = hand.page.post.on_the_way
    hand.source.close()  # it answers nothing more
    refused = Declined(sending.command.cmd_id, Rejected("order_too_large"))
    hand.source.answered.emit(refused)
    assert hand.unsent == [PLUM]
    assert hand.screen.facts.hint


def test_an_undone_sending_is_in_the_cart_again(hand: Hand, qtbot: QtBot) -> None:
    hand.does("send")
    qtbot.waitUntil(lambda: hand.lines[-1][2] == "")
    hand.does("undo")
    qtbot.waitUntil(lambda: hand.unsent == [PLUM])
    order = hand.till.order
    assert order is not None
    assert order.total == 21000


def test_an_undone_order_leaves_its_table_as_before(fresh: Hand, qtbot: QtBot) -> None:
    fresh.does("head", "choose channel dine_in", "write table 77", "press done", "dish mapo-tofu")
    fresh.does("send")
    qtbot.waitUntil(lambda: fresh.lines[-1][2] == "")
    fresh.does("undo")
    qtbot.waitUntil(lambda: fresh.unsent == [("1", "Mapo Tofu")])
    assert fresh.till.order_id is None
    assert fresh.till.table == "77"


def test_nothing_is_undone_once_somebody_cooks(hand: Hand, qtbot: QtBot) -> None:
    hand.does("send")
    qtbot.waitUntil(lambda: hand.lines[-1][2] == "")
    order = hand.till.order
    assert order is not None
    line = list(order.lines.values())[-1]
    hand.source.submit(
        cmd.StartLines(
            cmd_id=hand.source.new_id(),
            order_id=order.id,
            station="bar",
            choices=(cmd.Choice(line.id),),
        )
    )
    qtbot.waitUntil(lambda: line.state is State.COOKING)
    hand.does("undo")
    assert "Cooking has begun" in hand.screen.facts.hint
    assert hand.unsent == []


def test_another_counters_additions_are_marked_and_mine_stay(hand: Hand, qtbot: QtBot) -> None:
    order = hand.till.order
    assert order is not None
    command = cmd.AddLines(
        cmd_id=hand.source.new_id(),
        actor="counter-2",
        order_id=order.id,
        lines=(cmd.LineInput(sku="rice"),),
    )
    hand.source.scene.restaurant.ask(command, "counter-2")
    hand.source.changed.emit(frozenset({order.id}))
    rows = {row.name: row.foreign for row in hand.page.property("lines").rows}
    assert rows["Steamed Rice"].startswith("Counter 2 added")
    assert hand.unsent == [PLUM]


def test_a_void_needs_a_reason(hand: Hand, qtbot: QtBot) -> None:
    hand.selects(BEANS[1])
    hand.does("void", "press done")
    assert hand.page.facts.form_open
    hand.does("step count -1", "choose why Took too long", "press done")
    qtbot.waitUntil(lambda: hand.sums["sent"] == "¥182.00")


def test_a_dish_that_is_cooking_can_be_wanted_otherwise(hand: Hand, qtbot: QtBot) -> None:
    hand.selects(BEANS[1])
    hand.does("form", "write note no garlic", "press done")
    order = hand.till.order
    assert order is not None
    qtbot.waitUntil(lambda: any(line.note == "no garlic" for line in order.lines.values()))


def test_dishes_wait_until_they_are_called_for(hand: Hand, qtbot: QtBot) -> None:
    hand.does("hold", "send")
    qtbot.waitUntil(lambda: hand.lines[-1] == (*PLUM, "held"))
    hand.does("fire")
    qtbot.waitUntil(lambda: hand.lines[-1] == (*PLUM, ""))


def test_what_nobody_has_begun_can_wait_too(hand: Hand, qtbot: QtBot) -> None:
    hand.does("dish mapo-tofu", "send")
    qtbot.waitUntil(lambda: hand.lines[-1][2] == "")
    hand.does("hold")
    qtbot.waitUntil(lambda: [stage for _, _, stage in hand.lines[-2:]] == ["held", "held"])
    hand.selects(BEANS[1])
    hand.does("hold")
    assert "being cooked" in hand.screen.facts.hint


def test_money_is_taken_and_change_is_told(hand: Hand, qtbot: QtBot) -> None:
    hand.does("pay")
    assert "not sent" in hand.screen.facts.hint
    hand.does("drop", "pay", "choose method cash", "write handed 300")
    fields = {row.key: row.value for row in hand.page.property("fields").rows}
    assert fields["change"] == "Change: ¥90.00"
    hand.does("write amount 200", "press done")
    qtbot.waitUntil(lambda: hand.sums["total"] == "¥10.00")
    assert hand.sums["paid"] == "−¥200.00"


def test_wishes_are_held_to_what_the_menu_allows(fresh: Hand) -> None:
    forced = next(
        dish for dish in fresh.page.desk.card.dishes.values() if any(g.least for g in dish.groups)
    )
    group = next(group for group in forced.groups if group.least)
    fresh.does(f"dish {forced.sku}", "press done")
    assert fresh.page.facts.form_title == forced.names.en
    assert any(row.amiss for row in fresh.page.property("fields").rows)
    wish = group.choices[0].wish
    fresh.does(f"choose {group.id} {wish.op}:{wish.sku}", "press done")
    assert fresh.page.facts.form_title == ""
    assert len(fresh.unsent) == 1


def test_what_is_weighed_asks_for_its_weight(fresh: Hand) -> None:
    fresh.types("227")
    fresh.does("enter")
    assert fresh.page.facts.form_typing == "number"
    fresh.types("1.25")
    fresh.does("enter")
    assert fresh.unsent == [("1.25 kg", "Mud Crab with Ginger & Spring Onion")]
    assert fresh.sums["more"] == "¥420.00"


def test_a_dish_on_no_menu_is_ordered_by_name_and_price(fresh: Hand) -> None:
    fresh.types("cake")
    fresh.does("dish open dish")
    fresh.types("12.50")
    fresh.does("enter")
    assert fresh.unsent == [("1", "cake")]
    assert fresh.sums["more"] == "¥12.50"


def test_a_station_that_does_not_answer_is_told(hand: Hand, qtbot: QtBot) -> None:
    hand.does("dish smashed-cucumber", "send")
    qtbot.waitUntil(lambda: hand.lines[-1][2] == "")
    hand.source.advance(5 * SECOND)
    hand.screen.tick()
    rows = {row.key: row for row in hand.page.property("stations").rows}
    assert rows["cold"].stage == "amiss"
    assert "has not received it for 5 s" in rows["cold"].text


def test_the_other_language_says_it_otherwise(hand: Hand) -> None:
    words = Translations("zh_CN")
    hand.screen.speak("zh_CN")
    assert hand.page.facts.title == "8 号桌"
    assert hand.unsent == [("2", "酸梅汤")]
    words.close()
