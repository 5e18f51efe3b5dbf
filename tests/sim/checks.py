"""What must hold, at the moment something is said and when all is over.

At once: nothing is told to be stored that is not on the speaker's disk; no identity ever names
two events; an event comes later in Lamport time than all its author had stored.

After the drain: every event that was durable anywhere is everywhere, once, but for those whose
only copy was on a disk that was taken away; nothing else is; what a screen was promised is there,
what it was refused is not; the nodes' folds, numbers, vectors and receipts are the same.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import TYPE_CHECKING

from common.domain.codec import MAX_GROUP_BYTES, MAX_GROUP_EVENTS
from common.domain.ids import Chain, EventId
from common.domain.order import Order, fold_order
from common.node.screen_messages import Answer, Declined, Did
from common.store.contract import Batch
from common.wire.messages import Head, Stored

if TYPE_CHECKING:
    from tests.sim.disk import Disk
    from tests.sim.machine import Machine
    from tests.sim.world import World


LARGE_EVENTS = MAX_GROUP_EVENTS - 4
LARGE_BYTES = MAX_GROUP_BYTES * 7 // 8
"""From where on a group counts as one of the greatest size."""


class BrokenPromise(AssertionError):
    """A node said or did what it must not."""


class Checks:
    """Sees every commit and every word."""

    def __init__(self, world: World) -> None:
        self._world = world
        self.events: dict[EventId, bytes] = {}
        self._groups: dict[tuple[bytes, int, int], bytes] = {}
        self.forgiven: set[EventId] = set()
        self.twinned: set[Chain] = set()
        """Chains that two machines write: which of their branches counts is for all to agree on."""
        self._promised: dict[bytes, tuple[EventId, ...]] = {}
        self._refused: set[bytes] = set()

    def expect(self, holds: bool, otherwise: str) -> None:
        """Stop the day if something does not hold."""
        if not holds:
            raise BrokenPromise(otherwise)

    # -- at the moment

    def told(self, machine: Machine, verb: str, head: Head | Stored) -> None:
        """A message names this head as durable here."""
        if not machine.disk.holds(head.chain, head.seq, head.checksum):
            chain = self._world.names.chain(head.chain)
            raise BrokenPromise(f"{machine.name} says {verb} {chain}:{head.seq}, not on its disk")

    def commits(self, machine: Machine, batch: Batch) -> None:
        """A batch is about to be written."""
        known_time = machine.disk.log.max_lamport
        for group, events in batch.groups:
            place = (group.origin, group.epoch, group.first)
            if self._groups.get(place) == group.checksum:
                continue
            self._groups[place] = group.checksum
            if len(events) >= LARGE_EVENTS or sum(map(len, group.events)) >= LARGE_BYTES:
                self._world.coverage["large groups"] += 1
            for event, raw in zip(events, group.events, strict=True):
                known = self.events.get(event.id)
                name = self._world.names.event(event)
                one = known in (None, raw) or event.id.chain in self.twinned
                self.expect(one, f"identity reused: {name} is two events")
                own = known is not None or event.origin == machine.origin
                self.expect(own, f"{machine.name} stores {name}, which nobody wrote")
                self.expect(event.lamport > known_time, f"{name} comes before its causes")
                self.events[event.id] = raw

    def committed(self, machine: Machine, batch: Batch) -> None:
        """It is on the disk."""
        latest, traced = machine.disk.latest, self._world.traced
        for _, events in batch.groups:
            for event in events:
                last = latest.get(event.subject)
                if traced:
                    machine.say(f"stores {self._world.names.event(event)}")
                if last is None or event.lamport > last.lamport or event.key > last.key:
                    latest[event.subject] = event
                else:
                    self._world.coverage["late events"] += 1

    def answered(self, machine: Machine, cmd_id: bytes, answer: Answer) -> None:
        """A screen got its answer."""
        match answer:
            case Did(events=ids):
                self._refused.discard(cmd_id)
                there = all(machine.disk.holds(each.chain, each.seq) for each in ids)
                self.expect(bool(ids) and there, f"{machine.name} promised what it has not stored")
                self._promised[cmd_id] = ids
            case Declined():
                if cmd_id not in self._promised:
                    self._refused.add(cmd_id)
            case _:
                raise BrokenPromise(f"{machine.name} could not answer: {answer}")

    def disk_lost(self, disk: Disk, left: Iterable[Disk]) -> None:
        """A disk is taken away: nobody can be blamed for what was on that one only."""
        self.forgiven |= disk.ids().difference(*(other.ids() for other in left))

    # -- when all is over

    def verdict(self, machines: list[Machine]) -> list[str]:
        """All that is wrong, in words."""
        problems = self._set_of(machines[0])
        silent = [machine.name for machine in machines if machine.screens.waiting]
        problems += [f"unanswered: {name} never answered a screen" for name in silent]
        for machine in machines[1:]:
            # Equal heads are equal events: a head's checksum runs over all before it.
            if machine.disk.heads() != machines[0].disk.heads():
                problems += self._set_of(machine)
        for machine in machines:
            problems += self._heads_of(machine, machines)
        problems += self._sides(machines)
        return problems or self._folds(machines)

    def _set_of(self, machine: Machine) -> list[str]:
        name, log = machine.name, machine.disk.log
        held = Counter(event.id for _, event in log.events)
        lacking = self.events.keys() - held.keys() - self.forgiven
        problems = [f"lost: {name} lacks {self._named(each)}" for each in sorted(lacking)]
        problems += [
            f"unexpected: {name} has {self._named(each)}"
            for each in held.keys() - self.events.keys()
        ]
        problems += [
            f"duplicate: {name} has {self._named(each)}" for each in held if held[each] > 1
        ]
        for cmd_id, ids in self._promised.items():
            if not (held.keys() >= set(ids) or self.forgiven.intersection(ids)):
                problems.append(f"lost: {name} lacks what was promised for {cmd_id.hex()[:6]}")
        return problems + self._decided(machine)

    def _named(self, each: EventId) -> str:
        return f"{self._world.names.chain(each.chain)}:{each.seq}"

    def _decided(self, machine: Machine) -> list[str]:
        """Commands that came to something though they were refused, or twice at one node.

        A node that lost its memory with its disk may decide again; the fold passes over it.
        """
        epochs: dict[tuple[bytes, bytes], set[int]] = {}
        for _, event in machine.disk.log.events:
            epochs.setdefault((event.cmd_id, event.origin), set()).add(event.epoch)
        problems = []
        for (cmd_id, origin), decided in epochs.items():
            name = f"{cmd_id.hex()[:6]} at {self._world.names.of(origin)}"
            if cmd_id in self._refused:
                problems.append(f"unexpected: {name} was refused")
            if len(decided) > 1 and origin not in self._world.forgetful:
                problems.append(f"duplicate: {name} was decided twice")
        return problems

    def _heads_of(self, machine: Machine, machines: list[Machine]) -> list[str]:
        """Its vector is its disk and the others'; its receipts say what all hold of its chains."""
        heads = {head.chain: (head.seq, head.checksum) for head in machine.replica.status().heads}
        problems = []
        if not heads == machine.disk.heads() == machines[0].disk.heads():
            problems.append(f"vector: {machine.name}'s is not what is stored")
        others = [other for other in machines if other is not machine]
        lacking = [other.name for other in others if not acked(machine, other)]
        return problems + [f"receipt: {machine.name} lacks {name}'s" for name in lacking]

    def _sides(self, machines: list[Machine]) -> list[str]:
        """Side records that anyone has, everyone has."""
        every = set().union(*(machine.disk.sides() for machine in machines))
        return [
            f"lost: {machine.name} lacks side record {each.hex()[:6]}"
            for machine in machines
            for each in sorted(every - machine.disk.sides())
        ]

    def _folds(self, machines: list[Machine]) -> list[str]:
        """Each node's orders as it came to see them, against a fold of the whole log at once."""
        problems = []
        subjects = machines[0].disk.log.subjects
        orders = [fold_order(order, subjects[order]) for order in subjects if len(order) == 16]
        digests = {order.id: order.digest() for order in orders}
        numbers = _numbers(machines[0], orders)
        for machine in machines:
            seen = {order: _digest(machine, order) for order in digests}
            wrong = [order.hex()[:6] for order in digests if seen[order] != digests[order]]
            problems += [f"fold: {machine.name} sees {order} differently" for order in wrong]
            if _numbers(machine, orders) != numbers:
                problems.append(f"fold: {machine.name} gives orders other numbers")
        return problems + [
            f"duplicate: order {order.id.hex()[:6]} has a line twice"
            for order in orders
            if _line_twice(order)
        ]


def acked(machine: Machine, other: Machine) -> bool:
    """Whether a machine knows that another has all it wrote."""
    receipts = machine.disk.receipts
    return all(
        receipts.get((other.origin, chain), 0) >= head.seq
        for chain, head in machine.disk.log.heads.items()
        if chain.origin == machine.origin and head.seq
    )


def _digest(machine: Machine, order_id: bytes) -> bytes | None:
    order = machine.ledger.orders.get(order_id)
    return None if order is None else order.digest()


def _numbers(machine: Machine, orders: Iterable[Order]) -> list[tuple[str, bytes | None]]:
    """What the house calls each order, and of which other it is the duplicate."""
    house = machine.ledger.house
    return [
        (house.number(order.id), house.duplicate_of(order.id, order.head))
        for order in orders
        if order.head is not None
    ]


def _line_twice(order: Order) -> bool:
    positions = [line.position for line in order.lines.values()]
    return len(set(positions)) != len(positions)
