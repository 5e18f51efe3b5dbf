"""The one place that opens CURVE sockets, and the loop whose thread owns them all."""

import socket as plain
import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from enum import IntEnum

import zmq

from common.mesh.errors import CannotBindError
from common.mesh.keys import CurveKeys
from common.mesh.transport import MAX_MESSAGE, Heard, Woken
from common.mesh.zap import ZapGate

Socket = zmq.Socket[bytes]
Hear = Callable[[], Heard | None]

_FREED_MS = 2000

_EVERY: dict[int, int] = {
    zmq.LINGER: 0,
    zmq.IPV6: 0,
    zmq.MAXMSGSIZE: MAX_MESSAGE,
    # Else a few hundred silent TCP connections keep newcomers out.
    zmq.HANDSHAKE_IVL: 2000,
    zmq.HEARTBEAT_IVL: 1000,
    zmq.HEARTBEAT_TIMEOUT: 2000,
    zmq.TCP_KEEPALIVE: 1,
    zmq.TCP_KEEPALIVE_IDLE: 10,
    zmq.TCP_KEEPALIVE_INTVL: 5,
    zmq.TCP_KEEPALIVE_CNT: 3,
}
_SERVER: dict[int, int] = {zmq.CURVE_SERVER: 1, zmq.ZAP_ENFORCE_DOMAIN: 1, zmq.BACKLOG: 1024}
_CLIENT: dict[int, int] = {
    zmq.IMMEDIATE: 1,
    zmq.RECONNECT_IVL: 100,
    zmq.RECONNECT_IVL_MAX: 1000,
    # The system's own patience with a host that is off would be two minutes.
    zmq.CONNECT_TIMEOUT: 2000,
}


class Rank(IntEnum):
    """The order in which doors are listened at: what others wait for comes first."""

    REQUEST = 0
    ANSWER = 1
    SCREEN = 2
    FEED = 3


@dataclass(slots=True)
class _Door:
    socket: Socket
    hear: Hear
    rank: Rank
    opened: Hear | None


class SocketLoop:
    """Owns the context, its gate and every socket of a node; one thread polls and sends."""

    def __init__(self, most_at_once: int = 256) -> None:
        self._context: zmq.Context[Socket] = zmq.Context()
        self._context.set(zmq.MAX_SOCKETS, 4096)
        self.gate = ZapGate(self._context)
        self.gate.check()
        self._most_at_once = most_at_once
        self._poller = zmq.Poller()
        self._doors: list[_Door] = []
        self._owner: int | None = None
        self._bell = Bell()
        self._poller.register(self._bell.heard_at, zmq.POLLIN)

    def server(self, kind: int, endpoint: str, keys: CurveKeys, domain: str, hwm: int) -> Socket:
        """Listen as this key to those whom the gate admits to the domain."""
        socket = open_server(self._context, kind, keys, domain, hwm)
        try:
            socket.bind(endpoint)
        except zmq.ZMQError as error:
            socket.close()
            raise CannotBindError(endpoint, error.strerror) from error
        return socket

    def client(self, kind: int, endpoint: str, keys: CurveKeys, server: bytes, hwm: int) -> Socket:
        """Dial, as this key, the one server that holds the other."""
        socket = open_client(self._context, kind, keys, server, hwm)
        socket.connect(endpoint)
        return socket

    def listen(self, socket: Socket, hear: Hear, rank: Rank, opened: Hear | None = None) -> None:
        """Have `hear` called while the socket has messages (it raises `zmq.Again` at the end).

        `opened` is called once when the socket can send, again after each `await_opening`.
        """
        self._doors.append(_Door(socket, hear, rank, opened))
        self._doors.sort(key=lambda door: door.rank)
        both = zmq.POLLIN | zmq.POLLOUT
        self._poller.register(socket, both if opened else zmq.POLLIN)

    def await_opening(self, socket: Socket) -> None:
        """Watch for the moment the socket can send again."""
        self._poller.modify(socket, zmq.POLLIN | zmq.POLLOUT)

    def drop(self, socket: Socket) -> None:
        """Stop listening at a socket and close it."""
        if any(door.socket is socket for door in self._doors):
            self._doors = [door for door in self._doors if door.socket is not socket]
            self._poller.unregister(socket)
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
        ready = dict(self._poller.poll(timeout_ms))
        heard: list[Heard] = []
        if self._bell.heard_at.fileno() in ready:
            self._bell.silence()
            heard.append(Woken())
        for door in self._doors:
            events = ready.get(door.socket, 0)
            if events & zmq.POLLOUT and door.opened:
                self._poller.modify(door.socket, zmq.POLLIN)
                _add(heard, door.opened())
            if events & zmq.POLLIN:
                self._drain(door, heard)
        return heard

    def wake(self) -> None:
        """End the running or the next `poll` with `Woken`; from any thread, at any rate."""
        self._bell.ring()

    def close(self) -> None:
        """Close every socket, then the gate, then the context; harmless when repeated."""
        if self._context.closed:
            return
        for door in list(self._doors):
            self.drop(door.socket)
        self.gate.close()
        self._bell.close()
        self._context.destroy(linger=0)

    def _drain(self, door: _Door, heard: list[Heard]) -> None:
        for _ in range(self._most_at_once):
            try:
                _add(heard, door.hear())
            except zmq.Again:
                return


class Bell:
    """Wakes the thread that polls `heard_at`; ringing many times is heard once."""

    def __init__(self) -> None:
        self.heard_at, self._rope = plain.socketpair()
        self.heard_at.setblocking(False)
        self._rope.setblocking(False)
        self._rung = False

    def ring(self) -> None:
        """Wake; from any thread."""
        if self._rung:
            return
        self._rung = True
        # Full means that it rings already; closed, that nobody is left to wake.
        with suppress(OSError):
            self._rope.send(b"\0")

    def silence(self) -> None:
        """Take the ringing in."""
        self.heard_at.recv(4096)
        # Only after the reading: cleared before, a ring in between would be read away with its
        # flag still up, and no later ring could be heard.
        self._rung = False

    def close(self) -> None:
        """Close both ends."""
        self.heard_at.close()
        self._rope.close()


def open_server(
    context: zmq.Context[Socket], kind: int, keys: CurveKeys, domain: str, hwm: int
) -> Socket:
    """A server's socket, not yet bound."""
    if not domain:
        # libzmq skips the gate altogether when the domain is empty, even with ENFORCE_DOMAIN.
        raise ValueError("a server socket without a domain would admit anyone")
    socket = _open(context, kind, hwm, _SERVER)
    socket.set(zmq.CURVE_SECRETKEY, keys.secret)
    socket.set(zmq.ZAP_DOMAIN, domain.encode())
    return socket


def open_client(
    context: zmq.Context[Socket], kind: int, keys: CurveKeys, server: bytes, hwm: int
) -> Socket:
    """A client's socket, not yet connected."""
    socket = _open(context, kind, hwm, _CLIENT)
    socket.set(zmq.CURVE_PUBLICKEY, keys.public)
    socket.set(zmq.CURVE_SECRETKEY, keys.secret)
    socket.set(zmq.CURVE_SERVERKEY, server)
    if kind == zmq.SUB:
        socket.set(zmq.SUBSCRIBE, b"")
    return socket


def endpoint_of(socket: Socket) -> str:
    """Where a socket is bound: the real port where a wildcard was asked for."""
    return socket.getsockopt_string(zmq.LAST_ENDPOINT)


def _open(context: zmq.Context[Socket], kind: int, hwm: int, options: dict[int, int]) -> Socket:
    socket = context.socket(kind)
    for option, value in {**_EVERY, **options, zmq.SNDHWM: hwm, zmq.RCVHWM: hwm}.items():
        socket.set(option, value)
    return socket


def _add(heard: list[Heard], item: Heard | None) -> None:
    if item is not None:
        heard.append(item)
