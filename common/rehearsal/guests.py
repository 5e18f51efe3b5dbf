"""The guests' robot at the counter: submits the orders and changes minds as the scenario says.

With a rate, order n leaves at its time, whatever became of those before; without one, as fast as
at most `IN_FLIGHT` commands without an answer allow. Additions and voids come a few orders later,
a rush at once, a recall when all of the order was served.
"""

from __future__ import annotations

import heapq
from collections import deque
from collections.abc import Sequence

from common.domain.codec import Event
from common.domain.commands import AnyCommand, OrderCommand
from common.domain.events import LinesReady, TicketBumped
from common.domain.ids import HOUSE
from common.domain.order import Order
from common.domain.reasons import Rejected
from common.node.client import Done, NodeClient
from common.node.clocks import NodeClock
from common.rehearsal.journal import Journal
from common.rehearsal.robots import IN_FLIGHT, Robot
from common.rehearsal.scenario import Script

ADD_AFTER, VOID_AFTER = 3, 5
"""How many orders later guests add a dish or take one back."""
_READY_KINDS = (LinesReady.__name__, TicketBumped.__name__)


class MenuRefusedError(RuntimeError):
    """The counter did not take a menu that was read without fault."""


class Tab:
    """What became of one order so far: `due` is to be said now, `later` in some orders' time."""

    __slots__ = ("accepted", "due", "later", "recall", "script")

    def __init__(self, script: Script) -> None:
        self.script = script
        self.accepted = False
        self.due: deque[OrderCommand] = deque()
        self.later = 0
        self.recall = script.recall


class Guests(Robot):
    """All guests of the restaurant in one."""

    def __init__(
        self,
        name: str,
        client: NodeClient,
        journal: Journal,
        scripts: Sequence[Script],
        rate: float | None,
        clock: NodeClock,
    ) -> None:
        super().__init__(name, client, journal)
        self._scripts = scripts
        self._gap = None if rate is None else 1 / rate
        self._clock = clock
        self._start = 0.0
        self._menu: deque[AnyCommand] = deque()
        self._tabs: dict[bytes, Tab] = {}
        self._open: set[bytes] = set()
        self._later: list[tuple[int, int, OrderCommand]] = []
        self.menu_unanswered = 0
        self.submitted = 0
        self.accepted = 0
        self.served = 0
        self.holding = True
        """While true, no further order is submitted."""

    # -- the menu comes first

    def bring_menu(self, commands: Sequence[AnyCommand]) -> None:
        """Import the menu: one command after the other, in their order."""
        self._menu.extend(commands)
        self.menu_unanswered = len(commands)
        self._say_menu()

    def _say_menu(self) -> None:
        if self._menu:
            command = self._menu.popleft()
            self._flying[command.cmd_id] = HOUSE
            t0 = self.client.send(command)
            self._journal.sent(command.cmd_id, t0, self.name, type(command).__name__, b"", 0)

    # -- orders

    def begin(self, now: float) -> None:
        """The doors open: the first order goes now."""
        self._start = now
        self.holding = False

    @property
    def finished(self) -> bool:
        """Whether every order was submitted and is served, with all that was said about it."""
        return self.submitted == len(self._scripts) and not self._open and self.idle

    def due(self, nth: int) -> float | None:
        """When order `nth` (from 0) is submitted; None: as soon as there is room."""
        return None if self._gap is None else self._start + nth * self._gap

    def next_alarm(self) -> float | None:
        """When to call `act` though nothing came."""
        done = self.holding or self.submitted == len(self._scripts)
        return None if done else self.due(self.submitted)

    def act(self, now: float) -> None:
        """Settle what changed, say what is to be said, submit what is due."""
        super().act(now)
        while self._may_submit(now):
            self._submit(self._scripts[self.submitted])

    def _may_submit(self, now: float) -> bool:
        if self.holding or self.submitted == len(self._scripts):
            return False
        due = self.due(self.submitted)
        return self.in_flight < IN_FLIGHT if due is None else due <= now

    def _submit(self, script: Script) -> None:
        self.submitted += 1
        order_id = script.submit.order_id
        tab = self._tabs[order_id] = Tab(script)
        self._open.add(order_id)
        if script.rush is not None:
            tab.due.append(script.rush)
        for after, command in ((ADD_AFTER, script.add), (VOID_AFTER, script.void)):
            if command is not None:
                tab.later += 1
                heapq.heappush(self._later, (self.submitted + after, self.submitted, command))
        self.send(script.submit, script.line)
        self._remember_later()

    def _remember_later(self) -> None:
        last = self.submitted == len(self._scripts)
        while self._later and (last or self._later[0][0] <= self.submitted):
            command = heapq.heappop(self._later)[2]
            tab = self._tabs[command.order_id]
            tab.later -= 1
            tab.due.append(command)
            self._dirty[command.order_id] = None

    # -- what becomes of them

    def _changed(self, order_id: bytes, event: Event) -> None:
        super()._changed(order_id, event)
        if event.kind in _READY_KINDS:
            self._journal.known(event.cmd_id, self._clock.mesh())

    def _done(self, done: Done) -> None:
        subject = self._flying.get(done.cmd_id)
        super()._done(done)
        if subject == HOUSE:
            self.menu_unanswered -= 1
            self._say_menu()
        elif subject is not None:
            tab = self._tabs[subject]
            if not tab.accepted:  # its first answer is that to its submission
                tab.accepted = True
                self.accepted += 1

    def _declined(self, cmd_id: bytes, reason: Rejected) -> None:
        subject = self._flying.get(cmd_id)
        super()._declined(cmd_id, reason)
        if subject == HOUSE:
            raise MenuRefusedError(reason.text("en"))
        if subject is not None and not self._tabs[subject].accepted:
            self._open.discard(subject)

    def _opened(self) -> None:
        super()._opened()
        # An order that was closed meanwhile is not on the new board, and is looked at all the same.
        self._dirty.update(dict.fromkeys(self._open))

    def _next_for(self, order_id: bytes, order: Order | None) -> OrderCommand | None:
        tab = self._tabs.get(order_id)
        if tab is None or not tab.accepted:
            return None
        if tab.due:
            return tab.due.popleft()
        if tab.later or not self.client.live or not (order is None or order.closed):
            return None
        if tab.recall is not None:
            recall, tab.recall = tab.recall, None
            return recall
        if order_id in self._open:
            self._open.discard(order_id)
            self.served += 1
        return None
