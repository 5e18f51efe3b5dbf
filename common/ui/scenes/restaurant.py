"""The sample restaurant in one process: what is asked for is decided and folded at once.

The real `decide` and the real fold, with ids from a seed and a clock that stands where it is put:
a scene can show nothing that the domain can't make, and it is the same in every run.
"""

from __future__ import annotations

import json
from collections import Counter
from datetime import datetime

from common.domain import events as ev
from common.domain.codec import Event
from common.domain.commands import AnyCommand, ModifierInput, OrderCommand
from common.domain.decide import Draft, Here, decide
from common.domain.floor import floor_command, read_floor
from common.domain.house import BLOCK, EXPO, House
from common.domain.ids import HOUSE, derived_id
from common.domain.menu import Menu, menu_commands, read_menu
from common.domain.order import Order
from common.domain.reasons import Rejected
from common.ui.resources import RESOURCES

SAMPLE = RESOURCES / "sample"
TILL = "counter-1"
NODES = (TILL, "counter-2", EXPO, "wok", "cold", "steam", "bar")
"""The machines, each with the one role that it is called by."""

_SIGNS = {"+": "add", "-": "remove"}


def at(clock: str) -> int:
    """The mesh time of a clock time such as 12:24:10, on the sample's Friday in Shanghai."""
    return int(datetime.fromisoformat(f"2026-11-20T{clock}+08:00").timestamp()) * 1_000_000


def origin_of(node: str) -> bytes:
    """A machine's id."""
    return derived_id(b"scene", node.encode())


class Restaurant:
    """A store of seven machines with its menu and floor, and all that happened there."""

    def __init__(self, seed: str) -> None:
        self.house = House()
        self.orders: dict[bytes, Order] = {}
        self.now = at("11:00:00")
        self._seed = seed.encode()
        self._asked = self._lamport = 0
        self._written: Counter[bytes] = Counter()
        self.menu = read_menu((SAMPLE / "menu.json").read_bytes())
        self._wishes = _wishes(self.menu)
        self._open()

    def new_id(self) -> bytes:
        """An id for a command or an order."""
        self._asked += 1
        return derived_id(b"scene", self._seed, self._asked.to_bytes(4, "big"))

    def wish(self, said: str) -> ModifierInput:
        """A modifier of the menu: `mild`, `+coriander`, `-peanut`."""
        return self._wishes[_SIGNS.get(said[0], "choice"), said.lstrip("+-")]

    def ask(self, command: AnyCommand, node: str = TILL) -> tuple[Event, ...] | Rejected:
        """Let a machine decide a command; what it decides has happened everywhere."""
        order = self.orders.get(command.order_id) if isinstance(command, OrderCommand) else None
        outcome = decide(command, self.house, order, Here(origin_of(node), self.now))
        if isinstance(outcome, Rejected):
            return outcome
        return tuple(
            self.write(draft, command.cmd_id, command.actor, node) for draft in outcome.drafts
        )

    def write(self, draft: Draft, cmd_id: bytes, actor: str = "", node: str = TILL) -> Event:
        """Make a draft an event of a machine, and fold it."""
        origin = origin_of(node)
        self._written[origin] += 1
        self._lamport += 1
        event = Event(
            origin=origin,
            epoch=1,
            seq=self._written[origin],
            lamport=self._lamport,
            at=self.now,
            kind=draft.kind,
            subject=draft.subject,
            cmd_id=cmd_id,
            actor=actor,
            to=draft.to,
            version=ev.VERSIONS.get(draft.kind, 1),
            payload=draft.payload,
        )
        self.house.apply(event)
        if event.subject != HOUSE:
            self.orders.setdefault(event.subject, Order(event.subject)).apply(event)
        return event

    def _open(self) -> None:
        unsigned = bytes(64)
        records: list[ev.StoreConfigured | ev.NodeEnrolled] = [
            ev.StoreConfigured("Passline", "Asia/Shanghai", 240, self.menu.currency, unsigned)
        ]
        records += (
            ev.NodeEnrolled(
                origin_of(name), bytes(32), name, (name,), nth * BLOCK or 1, "", "", unsigned
            )
            for nth, name in enumerate(NODES)
        )
        for record in records:
            draft = Draft(type(record).__name__, HOUSE, (), ev.encode_payload(record))
            self.write(draft, self.new_id())
        for command in menu_commands(self.menu, self.new_id, ""):
            self.ask(command)
        floor = read_floor((SAMPLE / "floor.json").read_bytes())
        self.ask(floor_command(floor, self.new_id(), ""))


def _wishes(menu: Menu) -> dict[tuple[str, str], ModifierInput]:
    """The modifiers that the menu offers; the domain keeps them word for word."""
    options = (
        option for group in json.loads(menu.extra)["modifier_groups"] for option in group["options"]
    )
    return {
        (option["op"], option["sku"]): ModifierInput(
            op=option["op"], zh=option["name"]["zh"], en=option["name"]["en"], sku=option["sku"]
        )
        for option in options
    }
