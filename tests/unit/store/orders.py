"""Orders with a history, for the projections."""

from __future__ import annotations

from typing import Any

from common.domain import events as ev
from common.domain.codec import Event
from common.domain.ids import Chain, LineId
from common.domain.order import Order, fold_order
from common.store.contract import Accepted
from tests.contracts.logs import COUNTER, Pen, an_id

DAY = 20261122


def line(zh: str, **facts: Any) -> ev.LineRecord:
    given: dict[str, Any] = {"zh": zh, "en": zh, "qty": 1000, "station": "wok"}
    return ev.LineRecord(**(given | facts))


def submitted(*lines: ev.LineRecord, **facts: Any) -> ev.OrderSubmitted:
    given: dict[str, Any] = {"day": DAY, "channel": "dine_in", "currency": "CNY"}
    given |= {"prefix": "A", "digits": 31, "lines": lines or (line("宫保鸡丁"),)}
    return ev.OrderSubmitted(**(given | facts))


class Story:
    """Writes the events of orders into one chain and folds them."""

    def __init__(self, chain: Chain = COUNTER) -> None:
        self.pen = Pen(chain)
        self.groups: list[Accepted] = []
        self._events: dict[bytes, list[Event]] = {}

    def tell(self, order_id: bytes, payload: ev.Payload, *, lamport: int | None = None) -> bytes:
        """Write an event; its command's id."""
        accepted = self.pen.fact(order_id, payload, lamport)
        self.groups.append(accepted)
        self._events.setdefault(order_id, []).append(accepted.events[0])
        return accepted.events[0].cmd_id

    def order(self, order_id: bytes) -> Order:
        return fold_order(order_id, self._events[order_id])


def pick(cmd_id: bytes, nth: int = 0, first: int = 0, count: int = 1) -> ev.Pick:
    return ev.Pick(LineId(cmd_id, nth), ((first, count),))


def one_of_everything(story: Story) -> list[Order]:
    """Orders that between them have a value in every column of the views."""
    combo = (
        line("套餐", combo=True, station=None, price=5800, ref="L1"),
        line("米饭", parent=0, unit="g", qty=350, seat="2", sku="rice", menu=an_id(8)),
        line("可乐", station=None, fire="at", plan_at=99, said="Coke", category="drinks"),
        line("饺子", qty=3000, modifiers=(ev.Modifier("add", "醋", "vinegar", "v", 2, 100),)),
    )
    full = submitted(
        *combo,
        provider="美团",
        pickup_no="12",
        door="web",
        ref="R1",
        table="8",
        covers=3,
        due_at=7_000_000,
        allergies=("花生",),
        priority=2,
        utensils=1,
        fees=(ev.Fee("delivery", 500),),
        side=an_id(9),
        marks=("unknown_keys",),
        payment="counter",
    )
    first = story.tell(an_id(1), full)
    story.tell(an_id(2), full)
    dumplings = pick(first, 3, 0, 2)
    story.tell(an_id(1), ev.LinesStarted("wok", (dumplings,)))
    story.tell(an_id(1), ev.LinesReady("wok", (dumplings,)))
    story.tell(an_id(1), ev.LinesServed((pick(first, 3, 0),)))
    story.tell(an_id(1), ev.LinesVoided((pick(first, 3, 2),), "sold out"))
    story.tell(an_id(1), ev.OrderRushed())
    first_event, *_, rushed = (event.id for event in story.order(an_id(1)).history)
    story.tell(an_id(1), ev.TicketShown("wok", (first_event, rushed)))
    story.tell(an_id(1), ev.TicketSeen("wok", (first_event,)))
    story.tell(an_id(1), ev.PaymentTaken(900, "cash"))
    story.tell(an_id(1), ev.PaymentTaken(100, "card", an_id(6)))
    return [story.order(an_id(1)), story.order(an_id(2))]
