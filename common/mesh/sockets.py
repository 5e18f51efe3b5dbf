"""The loop whose one thread owns the context, the gate and every socket of a node."""

import selectors
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import IntEnum

import zmq

from common.mesh.bell import Bell
from common.mesh.curve import (
    POLLIN,
    POLLOUT,
    DeathWatch,
    Socket,
    endpoint_of,
    events_of,
    open_client,
    open_server,
    send_frames,
)
from common.mesh.errors import CannotBindError, CannotDialError
from common.mesh.keys import CurveKeys
from common.mesh.transport import Heard, Woken
from common.mesh.zap import ZapGate

Hear = Callable[[], Heard | None]

_FREED_MS = 2000
_WATCH_S = 1.0


class Rank(IntEnum):
    """The order in which doors are listened at: what others wait for comes first."""

    REQUEST = 0
    ANSWER = 1
    SCREEN = 2
    FEED = 3


@dataclass(slots=True, eq=False)
class _Door:
    socket: Socket
    hear: Hear
    rank: Rank
    opened: Hear | None
    watch: DeathWatch | None
    revive: Callable[[], None] | None
    shut: bool
    stirred: bool = True
    """Something may be there to be heard."""


class SocketLoop:
    """Owns the context, its gate and every socket of a node; one thread polls and sends.

    It waits for the sockets' descriptors and asks only those that stirred: libzmq's own poll asks
    each socket twice a turn, which at a dozen of them cost as much as what was heard.
    """

    def __init__(self, most_at_once: int = 256) -> None:
        self._context: zmq.Context[Socket] = zmq.Context()
        self._context.set(zmq.MAX_SOCKETS, 4096)
        self.gate = ZapGate(self._context)
        self.gate.check()
        self._most_at_once = most_at_once
        self._selector = selectors.DefaultSelector()
        self._sockets: list[Socket] = []
        self._doors: list[_Door] = []
        self._door_of: dict[Socket, _Door] = {}
        self._owner: int | None = None
        self._next_watch = 0.0
        self._bell = Bell()
        self._selector.register(self._bell.heard_at, selectors.EVENT_READ)

    def server(self, kind: int, endpoint: str, keys: CurveKeys, domain: str, hwm: int) -> Socket:
        """Listen as this key to those whom the gate admits to the domain."""
        socket = open_server(self._context, kind, keys, domain, hwm)
        self._sockets.append(socket)
        try:
            socket.bind(endpoint)
        except zmq.ZMQError as error:
            self.drop(socket)
            raise CannotBindError(endpoint, error.strerror) from error
        return socket

    def client(self, kind: int, keys: CurveKeys, server: bytes, hwm: int) -> Socket:
        """A socket that will talk, as this key, only to who holds the other; `dial` follows."""
        socket = open_client(self._context, kind, keys, server, hwm)
        self._sockets.append(socket)
        return socket

    def dial(self, socket: Socket, endpoint: str) -> None:
        """Connect a client's socket: after `listen`, so that nothing of its fate is missed."""
        try:
            socket.connect(endpoint)
        except zmq.ZMQError as error:
            self.drop(socket)
            raise CannotDialError(endpoint, error.strerror) from error

    def listen(
        self,
        socket: Socket,
        hear: Hear,
        rank: Rank,
        opened: Hear | None = None,
        revive: Callable[[], None] | None = None,
    ) -> None:
        """Have `hear` called while the socket has messages.

        `opened` is called once when the socket can send, again after each `await_opening`;
        `revive` when libzmq has given up a client's socket, and must drop it and dial anew.
        """
        watch = DeathWatch(socket) if revive else None
        door = _Door(socket, hear, rank, opened, watch, revive, shut=opened is not None)
        self._doors = sorted([*self._doors, door], key=lambda door: door.rank)
        self._door_of[socket] = door
        self._selector.register(socket.fileno(), selectors.EVENT_READ, door)

    def send(self, socket: Socket, frames: Sequence[bytes]) -> None:
        """Send one whole message, or raise `zmq.Again` and send nothing of it."""
        self.check_thread()
        door = self._door_of.get(socket)
        if door is not None:
            door.stirred = True  # what came meanwhile stirs the descriptor no more
        send_frames(socket, frames)

    def await_opening(self, socket: Socket) -> None:
        """Watch for the moment the socket can send again."""
        door = self._door_of[socket]
        door.shut = door.stirred = True

    def drop(self, socket: Socket) -> None:
        """Stop listening at a socket and close it; harmless when the loop has closed it before."""
        if socket.closed:
            return
        door = self._door_of.pop(socket, None)
        if door is not None:
            self._doors = [other for other in self._doors if other is not door]
            self._selector.unregister(socket.fileno())
            if door.watch:
                door.watch.close()
        self._sockets.remove(socket)
        socket.close()

    def release(self, socket: Socket) -> None:
        """Close a server's socket and wait until its address is free again."""
        # Closing alone leaves that to another thread, and binding at once then fails.
        freed = socket.get_monitor_socket(zmq.EVENT_CLOSED)
        socket.unbind(endpoint_of(socket))
        freed.poll(_FREED_MS)
        socket.disable_monitor()
        freed.close()
        self.drop(socket)

    def check_thread(self) -> None:
        """Refuse a thread other than the one that polls: sockets are not shared."""
        if self._owner not in (None, threading.get_ident()):
            raise RuntimeError("only the thread that polls may use the sockets")

    def poll(self, timeout_ms: int) -> list[Heard]:
        """What is heard at any door within that time, a bounded number from each."""
        self._owner = threading.get_ident()
        heard: list[Heard] = []
        for key, _ in self._selector.select(0 if self._restless() else timeout_ms / 1000):
            if key.data is None:
                self._bell.silence()
                heard.append(Woken())
            else:
                key.data.stirred = True
        for door in self._doors:
            if door.stirred:
                door.stirred = self._hear_at(door, heard)
        self._revive_dead()
        return heard

    def wake(self) -> None:
        """End the running or the next `poll` with `Woken`; from any thread, at any rate."""
        self._bell.ring()

    def close(self) -> None:
        """Close every socket, then the gate, then the context; harmless when repeated."""
        if self._context.closed:
            return
        for socket in list(self._sockets):
            self.drop(socket)
        self.gate.close()
        self._bell.close()
        self._selector.close()
        self._context.destroy(linger=0)

    def _revive_dead(self) -> None:
        now = time.monotonic()
        if now < self._next_watch:
            return
        # Not oftener: at an address that refuses us, each revival is one more attempt.
        self._next_watch = now + _WATCH_S
        for door in self._doors:
            if door.watch and door.revive and door.watch.dead():
                door.revive()

    def _restless(self) -> bool:
        """Whether there is something to be heard before any descriptor stirs."""
        for door in self._doors:
            if door.stirred:
                door.stirred = bool(events_of(door.socket) & (POLLIN | POLLOUT * door.shut))
        return any(door.stirred for door in self._doors)

    def _hear_at(self, door: _Door, heard: list[Heard]) -> bool:
        """Take in what is there, a bounded number; whether there may be more."""
        events = events_of(door.socket)
        if door.opened and door.shut and events & POLLOUT:
            door.shut = False
            _add(heard, door.opened())
        for _ in range(self._most_at_once):
            if not events & POLLIN:
                return False
            _add(heard, door.hear())
            events = events_of(door.socket)
        return True


def _add(heard: list[Heard], item: Heard | None) -> None:
    if item is not None:
        heard.append(item)
