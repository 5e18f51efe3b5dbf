"""The gate: the ZAP handler that says, for each handshake, who may come in and as whom.

Why not `zmq.auth`: its thread ends at the first exception (a key of odd length is enough), it
admits every NULL client whatever the domain, and it asks once whether a key may enter and then,
without the domain, for its User-Id, so replacing a list in between breaks it. What is needed
here is one lookup in one table that is replaced whole, and an answer for any request at all.
"""

import secrets
import threading
from collections.abc import Mapping

import zmq

from common.mesh.errors import GateSilentError

ENDPOINT = "inproc://zeromq.zap.01"
MESH = "mesh"
SCREEN = "screen"
ADMITTED = b"200"

_VERSION = b"1.0"
_SELF_CHECK = "self-check"
_CHECK_MS = 5000

Tables = dict[bytes, dict[bytes, bytes]]
Socket = zmq.Socket[bytes]


class ZapGate:
    """Runs the handler of one context in a thread of its own, from construction to `close`.

    `refused` counts the handshakes turned away.
    """

    def __init__(self, context: zmq.Context[Socket]) -> None:
        self._context = context
        self.refused = 0
        self._tables: Tables = {}
        self._writing = threading.Lock()
        # Bound here, not in the thread: a bind that fails must be heard by who opens the gate.
        self._handler = context.socket(zmq.ROUTER)
        self._handler.linger = 0
        self._handler.bind(ENDPOINT)
        self._stop, stopped = _pair(context)
        self._thread = threading.Thread(target=self._run, args=(stopped,), name="zap", daemon=True)
        self._thread.start()

    def allow(self, domain: str, users: Mapping[bytes, str]) -> None:
        """Admit to a domain exactly these CURVE keys, each under its User-Id; from any thread."""
        table = {key: user.encode() for key, user in users.items()}
        with self._writing:
            self._tables = {**self._tables, domain.encode(): table}

    def ask(
        self, domain: str, curve_public: bytes, timeout_ms: int = _CHECK_MS
    ) -> tuple[bytes, bytes]:
        """What the handler answers for a key: status code and User-Id."""
        with self._context.socket(zmq.REQ) as asker:
            asker.linger = 0
            asker.sndtimeo = asker.rcvtimeo = timeout_ms
            asker.connect(ENDPOINT)
            address, identity = b"", b""
            head = [_VERSION, b"1", domain.encode(), address, identity]
            try:
                asker.send_multipart([*head, b"CURVE", curve_public])
                _, _, code, _, user, _ = asker.recv_multipart()
            except zmq.Again as error:
                raise GateSilentError("the ZAP handler does not answer") from error
        return code, user

    def check(self) -> None:
        """Make sure that the handler admits who is listed and nobody else."""
        key = secrets.token_bytes(32)
        self.allow(_SELF_CHECK, {key: "me"})
        admitted = self.ask(_SELF_CHECK, key)
        self.allow(_SELF_CHECK, {})
        refused = self.ask(_SELF_CHECK, key)
        if admitted != (ADMITTED, b"me") or refused != (b"400", b""):
            raise GateSilentError(f"the ZAP handler answers wrong: {admitted}, {refused}")

    def close(self) -> None:
        """End the thread; from then on every handshake fails."""
        if self._stop.closed:
            return
        self._stop.send(b"")
        self._thread.join()
        self._stop.close()

    def _run(self, stopped: Socket) -> None:
        poller = zmq.Poller()
        poller.register(stopped, zmq.POLLIN)
        poller.register(self._handler, zmq.POLLIN)
        while stopped not in (ready := dict(poller.poll())):
            if self._handler in ready:
                frames = self._handler.recv_multipart()
                # Replaced whole by `allow`, so one reading of the name is one consistent state.
                code, reply = judge(self._tables, frames)
                self.refused += code != ADMITTED
                self._handler.send_multipart(reply)
        self._handler.close()
        stopped.close()


def judge(tables: Tables, frames: list[bytes]) -> tuple[bytes, list[bytes]]:
    """Status and reply to a ZAP request as a ROUTER hears it; any frames get an answer."""
    envelope, request = _split(frames)
    request_id = request[1] if len(request) > 1 else b""
    code, text, user = _verdict(tables, request)
    return code, [*envelope, _VERSION, request_id, code, text, user, b""]


def _verdict(tables: Tables, request: list[bytes]) -> tuple[bytes, bytes, bytes]:
    if len(request) < 6 or request[0] != _VERSION:
        return b"500", b"not a ZAP 1.0 request", b""
    domain, mechanism, credentials = request[2], request[5], request[6:]
    if mechanism != b"CURVE" or len(credentials) != 1:
        return b"400", b"only CURVE is admitted", b""
    user = tables.get(domain, {}).get(credentials[0])
    if user is None:
        return b"400", b"unknown key", b""
    return ADMITTED, b"OK", user


def _split(frames: list[bytes]) -> tuple[list[bytes], list[bytes]]:
    try:
        end = frames.index(b"", 1) + 1
    except ValueError:
        end = 1
    return frames[:end], frames[end:]


def _pair(context: zmq.Context[Socket]) -> tuple[Socket, Socket]:
    name = f"inproc://zap-stop-{secrets.token_hex(8)}"
    near, far = context.socket(zmq.PAIR), context.socket(zmq.PAIR)
    near.linger = far.linger = 0
    near.bind(name)
    far.connect(name)
    return near, far
