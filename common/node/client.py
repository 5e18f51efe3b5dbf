"""A node's client without Qt or threads: the board of this machine, and commands to its node.

The board is folded here from the node's event stream with the same code as everywhere. A gap, a
restart or a silence of the node makes the client open again; commands that were not answered are
sent again under their own id, so none is lost and none counts twice.
"""

from __future__ import annotations

import logging
from collections import OrderedDict
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from common.domain.alarms import Alarm
from common.domain.codec import BadBytes, Event, decode_event
from common.domain.commands import AnyCommand, encode_command
from common.domain.house import House
from common.domain.ids import HOUSE, EventId
from common.domain.order import Order
from common.domain.reasons import Rejected
from common.mesh.screen_link import Ears, ScreenAnswered, ScreenHeard, ScreenLink, StreamHeard
from common.node import screen_messages as screen
from common.node.clocks import NodeClock
from common.node.trust import trusting_house

_log = logging.getLogger(__name__)

LOOK_EVERY = 50_000
"""µs between two looks at the clock and at the node's hand-over file, while the node is heard."""
OPEN_AGAIN = 1_000_000
"""µs after which an unanswered opening is tried again."""
SEND_AGAIN = 2_000_000
"""µs after which an unanswered command is sent again; twice that the next time."""
SEND_AGAIN_MOST = 30_000_000
SILENT_AFTER = 2_000_000
"""µs without a word after which the node counts as gone."""
EARLY_KEPT = 4_096
"""Messages of the stream kept while the board is awaited."""
CLOSED_KEPT = 256
"""Closed orders kept for recall."""
HEADLESS_FOR = 500_000
"""µs that an order's submission may come after its other events before the board is asked for."""
CLOCKS_APART = 1_000_000
"""µs between the node's mesh time and ours at which ours follows: the wall was set meanwhile."""


class Changed(NamedTuple):
    """An event, already folded into the board."""

    subject: bytes
    event: Event


class Done(NamedTuple):
    """A command is decided and durable at the node."""

    cmd_id: bytes
    order_id: bytes | None
    number: str
    events: tuple[EventId, ...]


class Declined(NamedTuple):
    """A command was refused and nothing happened."""

    cmd_id: bytes
    reason: Rejected


class Opened(NamedTuple):
    """The board was built anew: look at all of it."""


class Silent(NamedTuple):
    """The node is not heard; what the board shows grows old. Opening again goes on by itself."""


class Told(NamedTuple):
    """The answer to `ask`; None where the node could not answer."""

    request_id: int
    name: str
    data: Any


class Alarmed(NamedTuple):
    """Something else is wrong with what was to be delivered, or nothing any more."""

    alarms: tuple[Alarm, ...]


Update = Changed | Done | Declined | Opened | Silent | Told | Alarmed


class _Pending:
    __slots__ = ("due", "frames", "name", "request_id", "wait")

    def __init__(self, request_id: int, name: str, frames: list[bytes]) -> None:
        self.request_id = request_id
        self.name = name
        self.frames = frames
        self.forget()

    def forget(self) -> None:
        """Nobody has heard it: it is due now."""
        self.due = 0
        self.wait = SEND_AGAIN


class NodeClient:
    """One screen's, robot's or door's link to the node of this machine.

    Without a `board` it only asks and commands, and costs the node nothing else.
    """

    def __init__(self, folder: Path, clock: NodeClock | None = None, *, board: bool = True) -> None:
        self._clock = clock or NodeClock()
        self._wants_board = board
        self._link = ScreenLink(folder)
        self._ears = Clients([self])
        self._last_id = 0
        self._opening: tuple[int, int] | None = None
        self._cursor = 0
        self._heard = self._clock.now().mono
        self._next_look = 0
        self._early: list[list[bytes]] = []
        self._commands: dict[bytes, _Pending] = {}
        self._questions: dict[int, _Pending] = {}
        self._closed: OrderedDict[bytes, None] = OrderedDict()
        self._headless: dict[bytes, int] = {}
        self._ahead = 0
        self.live = False
        self.origin = b""
        self.roles: tuple[str, ...] = ()
        self.alarms: tuple[Alarm, ...] = ()
        self.house = House()
        self.orders: dict[bytes, Order] = {}

    # -- asking

    def send(self, command: AnyCommand) -> int:
        """Hand a command in; the mesh time (µs) at which it first left, or was first tried."""
        request = screen.encode(screen.Do(encode_command(command)))
        pending = _Pending(self._next_id(), "", [request])
        self._commands[command.cmd_id] = pending
        left = self._clock.mesh()
        self._post(pending)
        return left

    def ask(self, name: str, **args: str | int) -> int:
        """Ask the node a question; `Told` brings the answer under this id."""
        pending = _Pending(self._next_id(), name, [screen.encode(screen.Ask(name, args))])
        self._questions[pending.request_id] = pending
        self._post(pending)
        return pending.request_id

    @property
    def unanswered(self) -> int:
        """How many commands wait for their answer."""
        return len(self._commands)

    def mesh(self) -> int:
        """Mesh time (µs) as the node has it."""
        return self._clock.mesh() + self._ahead

    @property
    def silent_for(self) -> int:
        """How long (µs) the node has said nothing."""
        return self._clock.now().mono - self._heard

    def close(self) -> None:
        """Hang up."""
        self._ears.close()
        self._link.close()

    # -- hearing

    def poll(self, timeout_ms: int) -> list[Update]:
        """What happened within that time."""
        return next((updates for _, updates in self._ears.poll(timeout_ms)), [])

    def descriptors(self) -> list[int]:
        """File descriptors for another event loop; edge-triggered: poll(0) until it is empty."""
        return self._link.descriptors()

    def take(self, heard: Iterable[ScreenHeard]) -> list[Update]:
        """Work off what the link heard, then what time has made due."""
        updates: list[Update] = []
        for item in heard:
            try:
                if isinstance(item, StreamHeard):
                    self._take_stream(item.frames, updates)
                else:
                    self._take_answer(item, updates)
            except BadBytes:
                self._lose()  # what our own node says must be readable; start over with it
        self._look_at_the_clock(updates)
        return updates

    def _take_stream(self, frames: list[bytes], updates: list[Update]) -> None:
        self._heard = self._clock.now().mono
        head = screen.decode_stream(frames[0])
        if isinstance(head, screen.Beat):
            self._set_clock(head.mesh)
            if head.alarms != self.alarms:
                self.alarms = head.alarms
                updates.append(Alarmed(head.alarms))
        if not self.live:
            # Past the bound the board would have a gap, and is asked for again.
            if isinstance(head, screen.Fresh) and len(self._early) < EARLY_KEPT:
                self._early.append(frames)
        elif isinstance(head, screen.Beat):
            if head.last_commit > self._cursor:
                self._lose()
        else:
            self._take_fresh(head.first, frames[1:], updates)

    def _set_clock(self, node_mesh: int) -> None:
        ahead = node_mesh - self._clock.mesh()
        if abs(ahead - self._ahead) > CLOCKS_APART:
            self._ahead = ahead

    def _take_fresh(self, first: int, raws: list[bytes], updates: list[Update]) -> None:
        if first > self._cursor + 1:
            self._lose()
            return
        for raw in raws[self._cursor + 1 - first :]:
            self._cursor += 1
            event = decode_event(raw)
            self._fold(event)
            self._look_for_head(event.subject)
            updates.append(Changed(event.subject, event))

    def _look_for_head(self, subject: bytes) -> None:
        """Note an order that is touched again after it had left the board: its past is missing."""
        order = self.orders.get(subject)
        if order is not None and order.head is None:
            self._headless.setdefault(subject, self._heard)
        else:
            self._headless.pop(subject, None)

    def _fold(self, event: Event) -> None:
        self.house.apply(event)
        if event.subject == HOUSE:
            return
        order = self.orders.get(event.subject)
        if order is None:
            order = self.orders[event.subject] = Order(event.subject)
        try:
            order.apply(event)
        except Exception:  # noqa: BLE001 a bug leaves its trace, and the screen goes on
            _log.exception("order %s can't be folded", order.id.hex())
        if order.closed:
            self._closed[order.id] = None
            self._closed.move_to_end(order.id)
            if len(self._closed) > CLOSED_KEPT:
                self.orders.pop(self._closed.popitem(last=False)[0], None)
        else:
            self._closed.pop(order.id, None)

    def _take_answer(self, item: ScreenAnswered, updates: list[Update]) -> None:
        self._heard = self._clock.now().mono
        answer = screen.decode_answer(item.frames[0])
        match answer:
            case screen.Snapshot():
                # To whichever opening: a busy node may need longer than we wait for each.
                if not self.live:
                    self._build(answer, item.frames[1:], updates)
            case screen.Did(cmd_id, order_id, number, events):
                if self._commands.pop(cmd_id, None) is not None:
                    updates.append(Done(cmd_id, order_id or None, number, events))
            case screen.Declined(cmd_id, reason):
                if self._commands.pop(cmd_id, None) is not None:
                    updates.append(Declined(cmd_id, reason))
            case screen.Told(name):
                data = screen.decode_data(item.frames[1:])
                if self._questions.pop(item.request_id, None) is not None:
                    updates.append(Told(item.request_id, name, data))
            case screen.Failed():
                self._take_failure(item.request_id, answer, updates)

    def _take_failure(self, request_id: int, failed: screen.Failed, updates: list[Update]) -> None:
        asked = self._questions.pop(request_id, None)
        if asked is not None:
            updates.append(Told(request_id, asked.name, None))
        for cmd_id, pending in list(self._commands.items()):
            if pending.request_id == request_id:
                del self._commands[cmd_id]
                updates.append(Declined(cmd_id, failed.reason))

    def _build(self, head: screen.Snapshot, frames: Sequence[bytes], updates: list[Update]) -> None:
        self.house, self.orders = trusting_house(head.store_key), {}
        self._closed.clear()
        self._headless.clear()
        for frame in frames[: head.index]:
            for entry in screen.decode_entries(frame):
                self.house.index(entry)
        for frame in frames[head.index :]:
            for raw in screen.decode_chunk(frame):
                self._fold(decode_event(raw))
        self._cursor = head.cursor
        self.origin, self.roles = head.origin, head.roles
        self._opening, self.live = None, True
        updates.append(Opened())
        early, self._early = self._early, []
        for message in early:
            self._take_stream(message, updates)

    # -- keeping the link

    def _look_at_the_clock(self, updates: list[Update]) -> None:
        now = self._clock.now().mono
        if self.live and now < self._next_look:
            return
        self._next_look = now + LOOK_EVERY
        if self._link.changed():  # the node started anew
            self._link.reconnect()
            self._silence(updates)
        elif self.live and now > self._heard + SILENT_AFTER:
            self._silence(updates)
        elif self.live and self._misses_a_past(now):
            self._lose()
        if (
            self._wants_board
            and not self.live
            and (self._opening is None or now > self._opening[1] + OPEN_AGAIN)
        ):
            self._open(now)
        for pending in (*self._commands.values(), *self._questions.values()):
            if now > pending.due:
                self._post(pending)

    def _misses_a_past(self, now: int) -> bool:
        oldest = next(iter(self._headless.values()), now)
        return now > oldest + HEADLESS_FOR

    def _silence(self, updates: list[Update]) -> None:
        if self.live:
            updates.append(Silent())
        self._lose()
        for pending in (*self._commands.values(), *self._questions.values()):
            pending.forget()

    def _lose(self) -> None:
        self.live = False
        self._opening = None
        self._early.clear()

    def _open(self, now: int) -> None:
        request_id = self._next_id()
        if self._link.send(request_id, [screen.encode(screen.Open())]):
            self._opening = (request_id, now)

    def _post(self, pending: _Pending) -> None:
        if self._link.send(pending.request_id, pending.frames):
            pending.due = self._clock.now().mono + pending.wait
            # A node that is slow is not helped by being asked twice.
            pending.wait = min(2 * pending.wait, SEND_AGAIN_MOST)

    def _next_id(self) -> int:
        self._last_id += 1
        return self._last_id


class Clients:
    """Several clients, waited on at once."""

    def __init__(self, clients: Iterable[NodeClient]) -> None:
        self._by_link = {client._link: client for client in clients}
        self._ears = Ears(self._by_link)

    def poll(self, timeout_ms: int) -> list[tuple[NodeClient, list[Update]]]:
        """Each client that has something to tell within that time, with that."""
        heard = dict(self._ears.hear(timeout_ms))
        told = [
            (client, client.take(heard.get(link, ()))) for link, client in self._by_link.items()
        ]
        return [(client, updates) for client, updates in told if updates]

    def close(self) -> None:
        """Wait no more; the clients stay."""
        self._ears.close()
