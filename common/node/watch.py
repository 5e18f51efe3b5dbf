"""The node's look-out: what is wrong with deliveries, once a second, sooner while it changes."""

from __future__ import annotations

from collections import deque
from typing import NamedTuple

from common.domain.alarms import RED_AFTER, Alarm, Heard, View, alarms
from common.domain.clock import SECOND
from common.domain.ids import Chain, EventId
from common.node.clocks import NodeClock
from common.node.jobs import Roster
from common.node.writer import Writer
from common.wire.replica import Replica

EVERY = 1 * SECOND
"""µs between two looks."""
SOON = SECOND // 10
"""µs after a look before which no other comes, whatever changes."""
LATE = 1 * SECOND
"""µs that a look waits for a moment in which nobody waits for a commit."""
MOST = 256
"""Alarms told at most, the worst first: nobody reads more, and they go out every second."""


class Watch:
    """Looks at the open orders through the eyes of one node."""

    def __init__(self, replica: Replica, writer: Writer, clock: NodeClock) -> None:
        self._replica = replica
        self._writer = writer
        self._clock = clock
        self._coverage = Coverage(replica)
        self._started = clock.now()
        self._showing: set[str] | None = None
        self._last = self._started.mono
        self.alarms: tuple[Alarm, ...] = ()
        self.due = self._started.mono + EVERY

    def hurry(self) -> None:
        """Something changed that may end an alarm."""
        if self.alarms:
            self.due = min(self.due, self._last + SOON)

    def look(self, roster: Roster) -> bool:
        """Look, if it is time and nobody waits; whether something else is wrong than before."""
        mono = self._clock.now().mono
        if mono < self.due or (self._writer.waited_for and mono < self.due + LATE):
            return False
        self._last, self.due = mono, mono + EVERY
        before, self.alarms = self.alarms, self._see(roster)
        return self.alarms != before

    def _see(self, roster: Roster) -> tuple[Alarm, ...]:
        orders = self._writer.open_orders()
        if self._showing is None:
            self._showing = {
                role for each in self._writer.closed_orders() for role in each.shown_at
            }
        self._showing.update(role for order in orders for role in order.shown_at)
        mesh = self._clock.mesh()
        view = View(
            roster.me,
            mesh,
            self._started.mesh,
            roster.roles_of,
            self._heard(),
            lambda node, event: self._coverage.since(node, event, mesh),
            self._replica.delivered,
            frozenset(self._showing),
        )
        return tuple(alarms(orders, view)[:MOST])

    def _heard(self) -> dict[bytes, Heard]:
        now = self._clock.now()
        lead = now.mesh - now.mono
        started = self._started.mono
        return {
            origin: Heard(up, lead + (started if last is None else last))
            for origin, (up, last) in self._replica.heard().items()
        }


class _Advance(NamedTuple):
    seq: int
    at: int


class Coverage:
    """Since when, as seen here, each node has each event: vectors tell how far, and not when."""

    def __init__(self, replica: Replica) -> None:
        self._replica = replica
        self._advances: dict[tuple[bytes, Chain], deque[_Advance]] = {}

    def since(self, node: bytes, event: EventId, now: int) -> int | None:
        """The mesh time of the first look at which the node had the event; None while it has not.

        Of what it had for long, any time that is long enough ago.
        """
        advances = self._advances.setdefault((node, event.chain), deque())
        seq = self._replica.covers(node, event.chain)
        if not advances or seq > advances[-1].seq:
            advances.append(_Advance(seq, now))
        while len(advances) > 1 and advances[1].at <= now - RED_AFTER:
            advances.popleft()
        return next((advance.at for advance in advances if advance.seq >= event.seq), None)
