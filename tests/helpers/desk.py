"""A restaurant of nodes without machines: each decides, seals and folds what it was told."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from common.domain import commands as cmd
from common.domain import events as ev
from common.domain.clock import SECOND
from common.domain.codec import Event
from common.domain.decide import Decision, Draft, Here, decide
from common.domain.house import House
from common.domain.ids import HOUSE, EventId, LineId, derived_id
from common.domain.order import Line, Order
from common.domain.reasons import Rejected

NOON = 1_784_520_000 * SECOND
"""A mesh time in the middle of a business day: 12:00 in Shanghai on 2026-07-20."""
WOK, COLD, BAR = "wok", "cold", "bar"
MENU = derived_id(b"menu")
SIGNATURE = bytes(64)


def an_id(name: str) -> bytes:
    """A 16-byte id that is the same in every run."""
    return derived_id(b"test", name.encode())


def dish(sku: str, station: str | None = WOK, **facts: object) -> cmd.DishInput:
    fields: dict[str, object] = {"zh": f"菜{sku}", "en": f"dish {sku}", "price": 1200} | facts
    return cmd.DishInput(sku=sku, station=station, **fields)  # type: ignore[arg-type]


DISHES = (dish("w1"), dish("w2"), dish("c1", COLD), dish("b1", BAR), dish("n1", None))


def enrolled(origin: bytes, name: str, roles: Sequence[str], block: int = 0) -> ev.NodeEnrolled:
    return ev.NodeEnrolled(origin, bytes(32), name, tuple(roles), block, "", "", SIGNATURE)


def configured(tz: str = "Asia/Shanghai", day_start: int = 240) -> ev.StoreConfigured:
    return ev.StoreConfigured("Test", tz, day_start, "CNY", SIGNATURE)


class Desk:
    """One node: what it knows, and a pen of its own. Nothing reaches another desk by itself."""

    def __init__(self, name: str, role: str = "counter-1", origin: bytes | None = None) -> None:
        self.origin = origin or an_id(name)
        self.role = role
        self.name = name
        self.house = House()
        self.orders: dict[bytes, Order] = {}
        self.known: dict[EventId, Event] = {}
        self.wrote: list[Event] = []
        self.now = NOON
        self._seq = self._lamport = self._asked = 0

    def opens(
        self,
        desks: Iterable[Desk] = (),
        dishes: Sequence[cmd.DishInput] = DISHES,
        config: ev.StoreConfigured | None = None,
    ) -> list[Event]:
        """Set the store up: settings, roster, menu. Returns what the others have to hear."""
        begun = len(self.wrote)
        self.states(config or configured())
        for nth, desk in enumerate((self, *desks)):
            self.states(enrolled(desk.origin, desk.name, (desk.role,), nth * 300))
        stations = tuple(ev.Named(each, each, each) for each in (WOK, COLD, BAR))
        self.does(cmd.DefineDishes(cmd_id=self.new_id(), version=MENU, dishes=tuple(dishes)))
        self.does(
            cmd.ActivateMenu(cmd_id=self.new_id(), version=MENU, currency="CNY", stations=stations)
        )
        return self.wrote[begun:]

    def new_id(self) -> bytes:
        self._asked += 1
        return derived_id(self.origin, self._asked.to_bytes(4, "big"))

    def asks(self, command: cmd.AnyCommand) -> Decision | Rejected:
        """What the node would decide now."""
        order = None
        if isinstance(command, cmd.OrderCommand):
            order = self.orders.get(command.order_id)
        return decide(command, self.house, order, Here(self.origin, self.now))

    def does(self, command: cmd.AnyCommand) -> list[Event]:
        """Decide and write; a refusal fails the test."""
        decision = self.asks(command)
        assert isinstance(decision, Decision), decision
        return [self.writes(draft, command.cmd_id, command.actor) for draft in decision.drafts]

    def states(self, payload: ev.Payload, subject: bytes = HOUSE) -> Event:
        """Write a fact that no command makes."""
        draft = Draft(type(payload).__name__, subject, (), ev.encode_payload(payload))
        return self.writes(draft, self.new_id())

    def writes(self, draft: Draft, cmd_id: bytes, actor: str = "") -> Event:
        event = Event(
            origin=self.origin,
            epoch=1,
            seq=self._seq + 1,
            lamport=self._lamport + 1,
            at=self.now,
            kind=draft.kind,
            subject=draft.subject,
            cmd_id=cmd_id,
            actor=actor,
            to=draft.to,
            version=ev.VERSIONS.get(draft.kind, 1),
            payload=draft.payload,
        )
        self._seq += 1
        self.wrote.append(event)
        self.hears([event])
        return event

    def hears(self, events: Iterable[Event]) -> None:
        """Take events in, in whatever sequence."""
        for event in events:
            self.known[event.id] = event
            self._lamport = max(self._lamport, event.lamport)
            self.house.apply(event)
            if event.subject != HOUSE:
                self.orders.setdefault(event.subject, Order(event.subject)).apply(event)

    # -- the commands, in a few words

    def submits(self, *lines: cmd.LineInput, **facts: object) -> Order:
        """Take an order in; returns it folded."""
        order_id = derived_id(b"order", self.new_id())
        self.does(self.submission(order_id, *lines, **facts))
        return self.orders[order_id]

    def submission(
        self, order_id: bytes, *lines: cmd.LineInput, **facts: object
    ) -> cmd.SubmitOrder:
        order = cmd.OrderInput(lines=lines, **facts)  # type: ignore[arg-type]
        return cmd.SubmitOrder(cmd_id=self.new_id(), order_id=order_id, order=order)

    def adds(self, order: Order, *lines: cmd.LineInput) -> list[Event]:
        return self.does(cmd.AddLines(cmd_id=self.new_id(), order_id=order.id, lines=lines))

    def changes(self, line: Line, order: Order, note: str) -> list[Event]:
        return self.does(
            cmd.ChangeLine(cmd_id=self.new_id(), order_id=order.id, line=line.id, note=note)
        )

    def voids(self, order: Order, *choices: cmd.Choice, reason: str = "") -> list[Event]:
        return self.does(
            cmd.VoidLines(cmd_id=self.new_id(), order_id=order.id, choices=choices, reason=reason)
        )

    def holds(self, order: Order, *choices: cmd.Choice) -> list[Event]:
        return self.does(cmd.HoldLines(cmd_id=self.new_id(), order_id=order.id, choices=choices))

    def fires(self, order: Order, *choices: cmd.Choice) -> list[Event]:
        return self.does(cmd.FireLines(cmd_id=self.new_id(), order_id=order.id, choices=choices))

    def starts(self, order: Order, *choices: cmd.Choice, station: str = WOK) -> list[Event]:
        return self.does(
            cmd.StartLines(
                cmd_id=self.new_id(), order_id=order.id, station=station, choices=choices
            )
        )

    def readies(self, order: Order, *choices: cmd.Choice, station: str = WOK) -> list[Event]:
        return self.does(
            cmd.MarkReady(cmd_id=self.new_id(), order_id=order.id, station=station, choices=choices)
        )

    def bumps(
        self, order: Order, batch: int = 1, station: str = WOK, seen: Iterable[LineId] | None = None
    ) -> list[Event]:
        """Close a ticket having seen all that the desk knows to be on it."""
        if seen is None:
            seen = [line.id for line in self.orders[order.id].ticket_lines(station, batch)]
        return self.does(
            cmd.BumpTicket(
                cmd_id=self.new_id(),
                order_id=order.id,
                station=station,
                batch=batch,
                seen=tuple(seen),
            )
        )

    def shows(self, order: Order, station: str = WOK) -> list[Event]:
        """The station's screen paints all that it was not known to have shown."""
        return self.does(self.marking(cmd.MarkShown, order, order.unshown(station), station))

    def sees(self, order: Order, station: str = WOK) -> list[Event]:
        """Somebody at the station acknowledges all that is new."""
        return self.does(self.marking(cmd.MarkSeen, order, order.unseen(station), station))

    def marking(
        self,
        kind: type[cmd.MarkShown | cmd.MarkSeen],
        order: Order,
        events: Iterable[Event],
        station: str = WOK,
    ) -> cmd.MarkShown | cmd.MarkSeen:
        return kind(
            cmd_id=self.new_id(),
            order_id=order.id,
            station=station,
            events=tuple(event.id for event in events),
        )

    def serves(self, order: Order, *choices: cmd.Choice) -> list[Event]:
        return self.does(cmd.ServeLines(cmd_id=self.new_id(), order_id=order.id, choices=choices))

    def pays(self, order: Order, amount: int | None = None, method: str = "cash") -> list[Event]:
        """Take some of what is due, all if not said."""
        return self.does(self.paying(order, order.due if amount is None else amount, method))

    def paying(self, order: Order, amount: int, method: str = "cash") -> cmd.TakePayment:
        return cmd.TakePayment(
            cmd_id=self.new_id(), order_id=order.id, amount=amount, method=method
        )

    def recalls(
        self,
        order: Order,
        *choices: cmd.Choice,
        station: str | None = None,
        batch: int | None = None,
        undoes: EventId | None = None,
    ) -> list[Event]:
        return self.does(
            cmd.Recall(
                cmd_id=self.new_id(),
                order_id=order.id,
                undoes=undoes,
                station=station,
                batch=batch,
                choices=choices,
            )
        )


def item(sku: str | None = "w1", qty: int = 1, **facts: object) -> cmd.LineInput:
    """`qty` whole portions of a dish."""
    return cmd.LineInput(sku=sku, qty=qty * 1000, **facts)  # type: ignore[arg-type]


def of(line: Line, count: int | None = None) -> cmd.Choice:
    """Some portions of a line, all if not said."""
    return cmd.Choice(line.id, count)


def first_line(order: Order) -> Line:
    return next(iter(order.lines.values()))


def choice_of(order: Order, count: int | None = None) -> cmd.Choice:
    """Some portions of the order's first line."""
    return of(first_line(order), count)


def a_desk() -> Desk:
    """A counter with its store set up."""
    desk = Desk("counter")
    desk.opens()
    return desk


def two_desks(first: int = 1, second: int = 2) -> tuple[Desk, Desk]:
    """Two counters that know of each other; the numbers say whose events come first on a tie."""
    one = Desk("one", "counter-1", origin=bytes([first]) * 16)
    two = Desk("two", "counter-2", origin=bytes([second]) * 16)
    two.hears(one.opens([two]))
    return one, two


def rejection(outcome: Decision | Rejected) -> str:
    """The refusal's code; a decision fails the test."""
    assert isinstance(outcome, Rejected), outcome
    return outcome.code
