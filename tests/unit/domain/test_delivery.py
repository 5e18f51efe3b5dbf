"""What was sent to a station, shown on its screen and seen by people there."""

from __future__ import annotations

from itertools import permutations

import msgspec
import pytest

from common.domain import commands as cmd
from common.domain import events as ev
from common.domain.clock import SECOND
from common.domain.codec import MAX_EVENT, Event
from common.domain.house import EXPO
from common.domain.ids import EventId
from common.domain.order import Order, fold_order
from tests.helpers.desk import (
    BAR,
    COLD,
    NOON,
    WOK,
    a_desk,
    choice_of,
    first_line,
    item,
    rejection,
    two_desks,
)

KINDS = pytest.mark.parametrize("kind", [cmd.MarkShown, cmd.MarkSeen])
Kind = type[cmd.MarkShown | cmd.MarkSeen]


def kinds(events: list[Event]) -> list[str]:
    return [event.kind for event in events]


def test_all_that_changes_a_ticket_is_news_for_its_station() -> None:
    desk = a_desk()
    order = desk.submits(item())
    desk.adds(order, item("w2"))
    desk.changes(first_line(order), order, "mild")
    desk.does(cmd.RushOrder(cmd_id=desk.new_id(), order_id=order.id))
    desk.holds(order, choice_of(order))
    desk.fires(order, choice_of(order))
    desk.readies(order, choice_of(order))
    desk.recalls(order, choice_of(order), station=WOK)
    desk.voids(order, choice_of(order))
    news = ["OrderSubmitted", "LinesAdded", "LineChanged", "OrderRushed", "LinesHeld", "LinesFired"]
    news += ["LinesRecalled", "LinesVoided"]
    assert kinds(order.unseen(WOK)) == kinds(order.unshown(WOK)) == news
    assert order.unseen(EXPO) == order.unseen(WOK)
    assert order.unseen(BAR) == order.unshown("counter-1") == []


def test_a_dish_without_a_station_is_news_everywhere() -> None:
    order = a_desk().submits(item("n1"))
    assert [kinds(order.unseen(each)) for each in (WOK, COLD, BAR)] == [["OrderSubmitted"]] * 3


def test_what_was_told_is_not_new_any_more_at_that_station() -> None:
    desk = a_desk()
    order = desk.submits(item("w1"), item("c1"))
    desk.shows(order)
    assert (order.unshown(WOK), kinds(order.unseen(WOK))) == ([], ["OrderSubmitted"])
    assert kinds(order.unshown(COLD)) == ["OrderSubmitted"]
    desk.sees(order)
    assert order.unseen(WOK) == []
    (added,) = desk.adds(order, item("w2"))
    assert order.unshown(WOK) == order.unseen(WOK) == [added]


def test_what_was_seen_was_shown() -> None:
    desk = a_desk()
    order = desk.submits(item())
    desk.now += SECOND
    desk.sees(order)
    assert order.unshown(WOK) == []
    (shown,) = order.shown
    assert (shown.station, shown.event) == (WOK, order.history[0].id)
    assert shown.shown_at == shown.seen_at == NOON + SECOND


def test_what_a_station_asked_for_itself_is_shown_but_no_news_to_its_people() -> None:
    desk = a_desk()
    order = desk.submits(item())
    desk.sees(order)
    (rushed,) = desk.does(cmd.RushOrder(cmd_id=desk.new_id(), order_id=order.id, actor=WOK))
    assert order.unseen(WOK) == []
    assert order.unshown(WOK) == order.unseen(EXPO)[-1:] == [rushed]


@KINDS
def test_telling_again_changes_nothing(kind: Kind) -> None:
    desk = a_desk()
    order = desk.submits(item())
    events = list(order.history)
    desk.does(desk.marking(kind, order, events))
    assert rejection(desk.asks(desk.marking(kind, order, events))) == "nothing_to_note"
    (added,) = desk.adds(order, item("w2"))
    (told,) = desk.does(desk.marking(kind, order, [*events, added, *events]))
    payload = ev.decode_payload(told)
    assert isinstance(payload, ev.TicketShown | ev.TicketSeen)
    assert payload.events == (added.id,)
    assert told.to == ("counter-1", EXPO)


@KINDS
def test_only_what_was_sent_to_a_station_can_be_told_there(kind: Kind) -> None:
    desk = a_desk()
    order, other = desk.submits(item("w1")), desk.submits(item("c1"))
    started = desk.starts(order, choice_of(order))
    strange = [*other.history, *started]
    assert rejection(desk.asks(desk.marking(kind, order, strange))) == "nothing_to_note"
    sent = order.history[:1]
    assert rejection(desk.asks(desk.marking(kind, order, sent, BAR))) == "nothing_to_note"
    assert rejection(desk.asks(desk.marking(kind, order, sent, "roof"))) == "unknown_station"


def test_the_first_telling_counts_in_whatever_sequence_they_come() -> None:
    one, two = two_desks()
    order = one.submits(item())
    two.hears(one.wrote)
    one.now, two.now = NOON + 2 * SECOND, NOON + SECOND
    one.shows(order)
    two.shows(two.orders[order.id])
    two.sees(two.orders[order.id])
    one.hears(two.wrote)
    one.adds(order, item("w2"))
    digests = set()
    for sequence in permutations(order.history):
        arrived = Order(order.id)
        for event in sequence:
            arrived.apply(event)
        digests.add(arrived.digest())
        assert [shown.shown_at for shown in arrived.shown] == [NOON + SECOND]
        assert kinds(arrived.unseen(WOK)) == ["LinesAdded"]
    assert digests == {order.digest()}


def test_a_late_telling_does_not_fold_the_order_again() -> None:
    one, two = two_desks()
    order = one.submits(item())
    two.hears(one.wrote)
    late = two.shows(two.orders[order.id])
    for _ in range(3):
        one.adds(order, item("w2"))
    line = first_line(order)
    one.hears(late)
    assert first_line(order) is line
    assert late[0] in order.history[:-1]
    assert kinds(order.unshown(WOK)) == ["LinesAdded"] * 3


def test_the_fold_tells_who_was_told() -> None:
    desk = a_desk()
    order = desk.submits(item())
    digests = [order.digest()]
    desk.shows(order)
    digests.append(order.digest())
    desk.sees(order)
    assert len({*digests, order.digest()}) == 3


def test_a_telling_that_cannot_be_read_tells_nothing() -> None:
    desk = a_desk()
    order = desk.submits(item())
    before = order.digest()
    (shown,) = desk.shows(order)
    bad = msgspec.structs.replace(shown, payload=b"\xc0")
    assert fold_order(order.id, [order.history[0], bad]).digest() == before


def test_the_largest_telling_fits_an_event_easily() -> None:
    last = EventId(b"\xff" * 16, 2**48 - 1, 2**62 - 1)
    payload = ev.TicketShown("s" * 64, (last,) * ev.MAX_TOLD)
    assert len(ev.encode_payload(payload)) < MAX_EVENT // 1.5
