"""What a cashier does with orders: whose this is, what is begun, what goes to the node.

Nothing here draws. What is sent goes from the draft at once and comes back into it if the node
refuses; what the node has is read from the source and from nowhere else.
"""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from common.domain import commands as cmd
from common.domain.order import Line, Order
from common.domain.portions import State
from common.ui import words
from common.ui.sender import Sent
from foh.drafts import PORTION, Draft, DraftLine
from foh.keeper import Keeper
from foh.menu_card import Card, Dish, read_card
from foh.screens import order_words as say
from foh.screens.till import Till
from foh.search import Index

AT_TABLES = ("dine_in", "qr", "pos")
MOST = 9_999


class Desk:
    """One counter's orders; `keeper` keeps what is begun."""

    def __init__(self, till: Till, keeper: Keeper) -> None:
        self.till = till
        self.keeper = keeper
        self.selected = ""
        """The key of the line that hands mean: of the order, or of the draft."""
        self.card = Card()
        self._index: Index | None = None
        self.read_menu()

    # -- the menu

    def read_menu(self) -> None:
        """The house changed: its menu may be another."""
        card = read_card(self.till.source.house)
        if card != self.card:
            self.card, self._index = card, None

    @property
    def index(self) -> Index:
        """What can be found on the menu, made when it is first needed."""
        if self._index is None:
            self._index = Index(self.card.dishes.values())
        return self._index

    # -- whose order it is

    @property
    def name(self) -> str:
        """What the draft before the cashier is kept under."""
        till = self.till
        if till.order_id is not None:
            return till.order_id.hex()
        return f"table {till.table}" if till.table else f"guest {till.guest}"

    @property
    def order(self) -> Order | None:
        """The order before the cashier, once its submission is known."""
        order = self.till.order
        return order if order is not None and order.head is not None else None

    @property
    def draft(self) -> Draft:
        """What is begun here."""
        known = self.keeper.drafts.open.get(self.name)
        if known is not None:
            return known
        channel = "dine_in" if self.till.table else "takeaway"
        return Draft(channel=channel, table=self.till.table)

    def put(self, draft: Draft) -> None:
        """Have another draft in its place."""
        self.keeper.drafts.put(self.name, draft)
        self.keeper.changed()

    def title_of(self, name: str) -> str:
        """Whose a draft is, as people say it."""
        kind, _, which = name.partition(" ")
        if kind == "table":
            return self.table_name(which)
        if kind == "guest":
            return words.channel(self.keeper.drafts.at(name).channel, at_table=False)
        order = self.till.source.orders.get(bytes.fromhex(kind))
        if order is None or order.head is None:
            return words.pickup()
        number = self.till.source.house.number(order.id)
        return self.till.place.title_of(order.head, number)[0]

    def table_name(self, table: str) -> str:
        """What people call a table: by the floor, else by its number or name."""
        return self.till.place.tables.get(table) or words.table(table)

    def tables(self) -> list[tuple[str, list[str]]]:
        """The tables by area, with the area's name; last those that only orders name."""
        source, lang = self.till.source, self.till.place.lang
        floor = source.house.floor
        areas = [] if floor is None else list(floor.areas)
        named = [
            (words.pick(area.zh, area.en, lang), [t.id for t in floor.tables if t.area == area.id])
            for area in areas
            if floor is not None
        ]
        placed = {table for _, tables in named for table in tables}
        known = {
            order.head.table
            for order in source.orders.values()
            if order.head is not None and order.head.table and not order.closed
        }
        if floor is not None:
            known |= {table.id for table in floor.tables}
        return [*named, ("", sorted(known - placed, key=_by_number))]

    def settle(self) -> None:
        """A table that has an open order by now is at that order, with what was begun for it."""
        till = self.till
        if till.order_id is None and till.table:
            order = self.open_order(till.table)
            if order is not None:
                begun = self.name
                till.order_id = order.id
                self._carry(begun, self.name)

    def open_order(self, table: str) -> Order | None:
        """The latest order of a table that is not done with."""
        found = [
            order
            for order in self.till.source.orders.values()
            if order.head is not None
            and order.head.table == table
            and order.head.channel in AT_TABLES
            and not order.closed
        ]
        return max(found, key=_came, default=None)

    def go_to_table(self, table: str) -> None:
        """Stand before a table: its open order, or a new one. Lines begun for nobody come along."""
        came_from = self.name if not (self.till.table or self.till.order_id) else ""
        self.till.order_id, self.till.table, self.selected = None, table, ""
        self.settle()
        if came_from:
            self._carry(came_from, self.name)

    def new_guest(self) -> None:
        """Stand before a guest without a table, for whom nothing is begun."""
        till = self.till
        till.order_id, till.table, self.selected = None, "", ""
        while self.name in self.keeper.drafts.open:
            till.guest += 1

    def go_to(self, name: str) -> None:
        """Stand before a draft again, by what it is kept under."""
        kind, _, which = name.partition(" ")
        self.till.order_id, self.till.table, self.selected = None, "", ""
        match kind:
            case "table":
                self.till.table = which
            case "guest":
                self.till.guest = int(which)
            case _:
                self.till.order_id = bytes.fromhex(kind)
        self.settle()

    def _carry(self, begun: str, to: str) -> None:
        """What was begun under one name goes on under another."""
        draft = self.keeper.drafts.open.pop(begun, None)
        if draft is None or begun == to:
            return
        head = msgspec.structs.replace(draft, table=self.till.table)
        if self.till.table:
            head = msgspec.structs.replace(head, channel="dine_in")
        self.keeper.drafts.give_back(to, head)
        self.keeper.changed()

    # -- what is not sent

    def add(self, dish: Dish, count: int = 1) -> None:
        """Some portions of a dish, joined with what is there of the same."""
        line = self.new_line(dish, count)
        same = next((known for known in self.draft.lines if known.same_dish(line)), None)
        if same is not None:
            quantity = min(same.qty + line.qty, MOST * PORTION)
            line = msgspec.structs.replace(same, qty=quantity)
        self.put_line(line)

    def new_line(self, dish: Dish, count: int = 1) -> DraftLine:
        """A line for a dish of the card."""
        return DraftLine(
            key=self.keeper.drafts.new_key(),
            sku=dish.sku,
            zh=dish.names.zh,
            en=dish.names.en,
            qty=count * PORTION,
            unit=dish.unit,
            parts=tuple((part.sku, part.qty) for part in dish.parts),
        )

    def put_line(self, line: DraftLine) -> None:
        """A line as it is to be."""
        self.put(self.draft.with_line(line))
        self.selected = line.key

    def step(self, by: int) -> bool:
        """One more or one less of the line that is not sent; False if that is not what is meant."""
        line = self.draft.line(self.selected)
        if line is None or line.unit:
            return False
        quantity = line.qty + by * PORTION
        if quantity <= 0:
            self.remove(line.key)
        elif quantity <= MOST * PORTION:
            self.put(self.draft.with_line(msgspec.structs.replace(line, qty=quantity)))
        return True

    def remove(self, key: str) -> None:
        """A line that is not sent is not wanted."""
        keys = [line.key for line in self.draft.lines]
        at = keys.index(key) if key in keys else -1
        self.put(self.draft.without(key))
        left = self.draft.lines
        self.selected = left[min(at, len(left) - 1)].key if left and at >= 0 else ""

    # -- what is done to an order

    def rush(self) -> bool:
        """The guest asks: for the dish that is meant, else for all."""
        order, line = self.order, self.sent_line
        if order is None:
            return False
        lines = (line.id,) if line is not None and line.active() else ()
        rush = cmd.RushOrder(**self.till.sender.to(order.id), lines=lines)
        self.till.sender.send([Sent(rush, (line.key,) if line is not None else ())])
        return True

    def void(self, line: Line, count: int | None, reason: str) -> None:
        """Portions of a dish are not wanted any more."""
        assert self.order is not None
        choices = (cmd.Choice(line.id, count),)
        head = self.till.sender.to(self.order.id)
        void = cmd.VoidLines(**head, choices=choices, reason=reason)
        self.till.sender.send([Sent(void, (line.key,))], say.undo_void())

    def change(
        self, line: Line, note: str | None, wishes: tuple[cmd.ModifierInput, ...] | None
    ) -> None:
        """A dish that is not ready yet is wanted otherwise."""
        assert self.order is not None
        head = self.till.sender.to(self.order.id)
        change = cmd.ChangeLine(**head, line=line.id, note=note, modifiers=wishes)
        self.till.sender.send([Sent(change, (line.key,))])

    def hold(self) -> bool:
        """Let wait what is meant: a dish, else all that is not sent, else all that is not begun.

        What is not sent is not to wait when this is called again. False: nothing can wait.
        """
        line, begun = self.sent_line, self.draft_line
        if line is not None or not self.draft.lines:
            fired = [each for each in self._meant(line) if each.state is State.FIRED]
            if fired:
                self._call(cmd.HoldLines, fired)
            return bool(fired)
        lines = [begun] if begun is not None else list(self.draft.lines)
        wait = not all(each.hold for each in lines)
        draft = self.draft
        for each in lines:
            draft = draft.with_line(msgspec.structs.replace(each, hold=wait))
        self.put(draft)
        return True

    def _meant(self, line: Line | None) -> list[Line]:
        """The dishes that hands mean: those of one line, or all of the order."""
        if line is not None:
            return line.dishes
        return [] if self.order is None else list(self.order.dishes())

    def fire(self, lines: Sequence[Line]) -> None:
        """Call for dishes that wait."""
        self._call(cmd.FireLines, lines)

    def _call(self, kind: type[cmd.HoldLines | cmd.FireLines], lines: Sequence[Line]) -> None:
        assert self.order is not None
        head = self.till.sender.to(self.order.id)
        choices = tuple(cmd.Choice(line.id) for line in lines)
        undo = say.undo_fire() if kind is cmd.FireLines else say.undo_hold()
        self.till.sender.send(
            [Sent(kind(**head, choices=choices), tuple(line.key for line in lines))], undo
        )

    def pay(self, amount: int, method: str) -> None:
        """Money is taken."""
        assert self.order is not None
        head = self.till.sender.to(self.order.id)
        self.till.sender.send([Sent(cmd.TakePayment(**head, amount=amount, method=method), ())])

    @property
    def held(self) -> list[Line]:
        """The dishes of the order that wait to be called for."""
        lines = () if self.order is None else self.order.dishes()
        return [line for line in lines if line.state is State.HELD]

    @property
    def sent_line(self) -> Line | None:
        """The order's line that hands mean."""
        lines = () if self.order is None else self.order.lines.values()
        return next((line for line in lines if line.key == self.selected), None)

    @property
    def draft_line(self) -> DraftLine | None:
        """The draft's line that hands mean."""
        return self.draft.line(self.selected)


def _by_number(table: str) -> tuple[bool, int, str]:
    return (not table.isdecimal(), int(table) if table.isdecimal() else 0, table)


def _came(order: Order) -> int:
    return 0 if order.submitted is None else order.submitted.at
