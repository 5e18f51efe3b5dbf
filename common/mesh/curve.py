"""The one place where CURVE sockets are made, so that none lacks an option."""

from collections.abc import Sequence

import zmq
from zmq.utils.monitor import recv_monitor_message

from common.mesh.keys import CurveKeys
from common.mesh.transport import MAX_MESSAGE

Socket = zmq.Socket[bytes]

# As plain numbers: arithmetic with the enums costs microseconds where nanoseconds do.
NOBLOCK = int(zmq.NOBLOCK)
POLLIN = int(zmq.POLLIN)
POLLOUT = int(zmq.POLLOUT)
_EVENTS = int(zmq.EVENTS)
_MORE_NOBLOCK = int(zmq.SNDMORE | zmq.NOBLOCK)

_EVERY: dict[int, int] = {
    zmq.LINGER: 0,
    zmq.IPV6: 0,
    # libzmq measures what is on the wire: the message inside CURVE's wrapping of 33 bytes.
    zmq.MAXMSGSIZE: MAX_MESSAGE + 64,
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


def events_of(socket: Socket) -> int:
    """Whether the socket has a message (POLLIN) and can send (POLLOUT), as of now.

    A descriptor says only that something happened to its socket, and not while a send or a receive
    has seen to it meanwhile: after each of them this is what must be asked before waiting.
    """
    return int(socket.get(_EVENTS))


def take_frames(socket: Socket) -> list[zmq.Frame]:
    """The next whole message of a socket; `zmq.Again` when there is none."""
    # Three times as fast as `recv_multipart`, which asks the socket again after every frame.
    frames = [socket.recv(NOBLOCK, copy=False)]
    while frames[-1].more:
        frames.append(socket.recv(NOBLOCK, copy=False))
    return frames


def send_frames(socket: Socket, frames: Sequence[bytes]) -> None:
    """Send one whole message, or raise `zmq.Again` and send nothing of it."""
    # Not by `send_multipart`: its checks and flags cost ten times the sending.
    for frame in frames[:-1]:
        socket.send(frame, _MORE_NOBLOCK)
    socket.send(frames[-1], NOBLOCK)


class DeathWatch:
    """Tells when libzmq has given a client socket up, which it never undoes by itself."""

    # WORKAROUND https://github.com/zeromq/libzmq/issues/3519: a client that is refused, or that
    # meets a server of another kind at the address, is disconnected and not connected again.
    _EVENTS = zmq.EVENT_DISCONNECTED | zmq.EVENT_CONNECT_RETRIED

    def __init__(self, socket: Socket) -> None:
        self._socket = socket
        self._monitor: Socket = socket.get_monitor_socket(self._EVENTS)
        self._last = 0

    def dead(self) -> bool:
        """Whether the last that happened was a disconnection without a new try."""
        while self._monitor.poll(0):
            self._last = recv_monitor_message(self._monitor)["event"]
        return self._last == zmq.EVENT_DISCONNECTED

    def close(self) -> None:
        """Stop watching."""
        self._socket.disable_monitor()
        self._monitor.close()


def _open(context: zmq.Context[Socket], kind: int, hwm: int, options: dict[int, int]) -> Socket:
    socket = context.socket(kind)
    for option, value in {**_EVERY, **options, zmq.SNDHWM: hwm, zmq.RCVHWM: hwm}.items():
        socket.set(option, value)
    return socket
