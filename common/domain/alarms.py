"""What people have to be told about delivery: worked out anew from log and vectors, never kept.

    not_stored  news that no holder of its role has: amber after 2 s, red after 5 s
    not_shown   red when a holder has had it for 5 s and its screen does not show it
    silent      red when nothing was heard for 5 s of a node that somebody waits for

A node answers for the events it wrote. For those of a node that it does not hear any more, every
counter and the pass do. What was acked or told since is no alarm the next time one looks.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from enum import StrEnum
from typing import NamedTuple

from common.domain.clock import SECOND, age
from common.domain.codec import Event
from common.domain.house import COUNTER, EXPO
from common.domain.ids import EventId
from common.domain.order import ANYWHERE, Order

AMBER_AFTER = 2 * SECOND
RED_AFTER = 5 * SECOND


class What(StrEnum):
    """What is wrong."""

    NOT_STORED = "not_stored"
    NOT_SHOWN = "not_shown"
    SILENT = "silent"


class Level(StrEnum):
    """How bad it is."""

    AMBER = "amber"
    RED = "red"


class Alarm(NamedTuple):
    """One thing that is wrong. Times are mesh µs.

    `node` holds the role, the one heard last if there are several. `since` is when the first such
    event was written (not_stored), stored there (not_shown) or the node last heard (silent), and
    `events` how many they are. What was tried: `delivered` times in vain since this node's
    start; the link is `up` or not; the last word came at `heard_at`.
    """

    what: What
    level: Level
    role: str
    node: bytes
    order_id: bytes | None
    since: int
    events: int
    delivered: int
    up: bool
    heard_at: int


class Heard(NamedTuple):
    """How another node is heard: whether the link is up, and its last word, at first our start."""

    up: bool
    at: int


class View(NamedTuple):
    """The mesh as one node sees it at mesh time `now`.

    `roles` are each node's, `heard` the others. `stored` tells since when a node is known to have
    an event, `delivered` how often it was handed over since the last ack. `showing` are the roles
    of which a screen has told something.
    """

    me: bytes
    now: int
    started: int
    roles: Mapping[bytes, frozenset[str]]
    heard: Mapping[bytes, Heard]
    stored: Callable[[bytes, EventId], int | None]
    delivered: Callable[[bytes, EventId], int]
    showing: frozenset[str]


def alarms(orders: Iterable[Order], view: View) -> list[Alarm]:
    """All that is wrong now with these open orders, the worst and oldest first."""
    judge = _Judge(view)
    known = list(orders)
    found = [alarm for order in known for alarm in judge.order(order)]
    found += judge.silence(known)
    return sorted(found, key=lambda alarm: (alarm.level is not Level.RED, alarm.since, alarm.role))


class _Judge:
    """The rules, over one view."""

    def __init__(self, view: View) -> None:
        self._view = view
        mine = view.roles.get(view.me, frozenset())
        self._watches = any(_oversees(role) for role in mine)
        self._holders: dict[str, list[bytes]] = {}
        for node, roles in view.roles.items():
            for role in roles:
                self._holders.setdefault(role, []).append(node)

    def order(self, order: Order) -> Iterator[Alarm]:
        """What is wrong with one order, role by role."""
        shown = order.shown_at
        for role, news in order.sent.items():
            if role in self._holders:
                ours = [event for event in news if self._answers_for(event)]
                yield from self._not_stored(order, role, ours)
                if role in self._view.showing and _has_work(order, role):
                    unshown = [event for event in ours if event.id not in shown.get(role, ())]
                    yield from self._not_shown(order, role, unshown)

    def silence(self, orders: Iterable[Order]) -> Iterator[Alarm]:
        """The nodes that are not heard and that somebody waits for."""
        lost = [node for node in self._view.heard if self._lost(node)] if self._watches else []
        for node in lost:
            for role in sorted(self._view.roles.get(node, ())):
                if any(_waits_for(order, role, node) for order in orders):
                    yield self._alarm(What.SILENT, role, node, self._view.heard[node].at)

    def _not_stored(self, order: Order, role: str, news: list[Event]) -> Iterator[Alarm]:
        missing = [event for event in news if self._stored(role, event) is None]
        waited = max((self._age(event.at) for event in missing), default=0)
        if waited >= AMBER_AFTER:
            level = Level.RED if waited >= RED_AFTER else Level.AMBER
            node, since = self._nearest(role), min(event.at for event in missing)
            tries = max(self._view.delivered(node, event.id) for event in missing)
            alarm = self._alarm(What.NOT_STORED, role, node, since, order.id)
            yield alarm._replace(level=level, events=len(missing), delivered=tries)

    def _not_shown(self, order: Order, role: str, news: list[Event]) -> Iterator[Alarm]:
        stored = [since for event in news if (since := self._stored(role, event)) is not None]
        late = [since for since in stored if self._age(since) >= RED_AFTER]
        if late:
            node = self._nearest(role)
            alarm = self._alarm(What.NOT_SHOWN, role, node, min(late), order.id)
            yield alarm._replace(events=len(late))

    def _alarm(
        self, what: What, role: str, node: bytes, since: int, order_id: bytes | None = None
    ) -> Alarm:
        heard = self._view.heard.get(node, Heard(up=True, at=self._view.now))
        return Alarm(what, Level.RED, role, node, order_id, since, 0, 0, heard.up, heard.at)

    def _answers_for(self, event: Event) -> bool:
        if event.origin == self._view.me:
            return True
        return self._watches and self._lost(event.origin)

    def _lost(self, node: bytes) -> bool:
        heard = self._view.heard.get(node)
        return heard is not None and age(self._view.now, heard.at) >= RED_AFTER

    def _stored(self, role: str, event: Event) -> int | None:
        """Since when some holder of the role has the event; one that has it is enough."""
        known = (self._view.stored(node, event.id) for node in self._holders[role])
        since = min((at for at in known if at is not None), default=None)
        return None if since is None else max(since, event.at)

    def _nearest(self, role: str) -> bytes:
        """The holder of a role that was heard last."""
        now = Heard(up=True, at=self._view.now)
        return max(self._holders[role], key=lambda node: self._view.heard.get(node, now).at)

    def _age(self, at: int) -> int:
        """How long that is so; a node that has just started has to hear the others first."""
        return age(self._view.now, max(at, self._view.started))


def _oversees(role: str) -> bool:
    return role == EXPO or role.startswith(COUNTER)


def _has_work(order: Order, role: str) -> bool:
    """Whether an open order stands on the screen of this role."""
    if _oversees(role):
        return True
    return bool(order.open_tickets(role) or order.open_tickets(ANYWHERE))


def _waits_for(order: Order, role: str, node: bytes) -> bool:
    """Whether somebody waits for this role: a counter has the orders that it took."""
    if role.startswith(COUNTER):
        return order.submitted is not None and order.submitted.origin == node
    return _has_work(order, role)
