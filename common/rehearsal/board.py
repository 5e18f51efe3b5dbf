"""The open orders as a table in a terminal, as the demo shows them."""

from __future__ import annotations

from rich.box import SIMPLE_HEAD
from rich.table import Table
from rich.text import Text

from common.domain.clock import age
from common.domain.house import House
from common.domain.order import Order
from common.domain.portions import State
from common.rehearsal.words import say

_STYLES = {
    State.HELD: "dim",
    State.FIRED: "bold",
    State.COOKING: "yellow",
    State.READY: "green",
    State.SERVED: "dim green",
    State.VOID: "dim strike",
}
_WORDS = {
    State.HELD: "held",
    State.FIRED: "fired",
    State.COOKING: "cooking",
    State.READY: "ready",
    State.SERVED: "dish_served",
    State.VOID: "void",
}
_LATE_S = 20


def board(
    house: House, orders: dict[bytes, Order], now: int, rows: int, lang: str, foot: str
) -> Table:
    """The oldest `rows` orders that are not served yet; `now` is mesh time."""
    title = say("demo_title", lang)
    table = Table(title=title, caption=foot, expand=True, box=SIMPLE_HEAD, padding=(0, 1, 0, 0))
    table.add_column(say("number", lang), no_wrap=True, min_width=11)
    table.add_column(say("table", lang), no_wrap=True, min_width=8)
    for name in station_names(house, lang):
        table.add_column(name, no_wrap=True, ratio=1)
    table.add_column(say("age", lang), justify="right", no_wrap=True, min_width=5)
    waiting = [order for order in orders.values() if order.head is not None and not order.closed]
    waiting.sort(key=lambda order: order.submitted.at if order.submitted else 0)
    for order in waiting[:rows]:
        table.add_row(*_row(order, house, now, lang))
    return table


def station_names(house: House, lang: str) -> list[str]:
    """The stations' names as the menu has them."""
    stations = house.active.stations if house.active else ()
    return [each.zh if lang == "zh" else each.en for each in stations]


def table_name(house: House, table_id: str | None, lang: str) -> str:
    """A table as the floor plan calls it; as it was ordered where there is none of that id."""
    table = house.table(table_id)
    return table_id or "" if table is None else (table.zh if lang == "zh" else table.en)


def _row(order: Order, house: House, now: int, lang: str) -> list[Text]:
    assert order.head is not None
    assert order.submitted is not None
    head = order.head
    rushed = " !" if order.rushes else ""
    place = table_name(house, head.table, lang) or say(head.channel, lang)
    seconds = age(now, order.submitted.at) // 1_000_000
    late = "bold red" if seconds >= _LATE_S else ""
    return [
        Text(house.number(order.id) + rushed, style="bold red" if rushed else "bold"),
        Text(place),
        *(_cell(order, station, lang) for station in house.stations),
        Text(f"{seconds // 60}:{seconds % 60:02}", style=late),
    ]


def _cell(order: Order, station: str, lang: str) -> Text:
    """How far a station is with an order: ready of all portions, and the least advanced state."""
    portions = [
        portion.state
        for line in order.dishes()
        if line.station == station
        for portion in line.portions
    ]
    if not portions:
        return Text("")
    done = sum(state >= State.READY for state in portions)
    least = min(portions)
    return Text(f"{done}/{len(portions)} {say(_WORDS[least], lang)}", style=_STYLES[least])
