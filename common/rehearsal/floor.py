"""The floor: the shortest program that could do a rehearsal's main job, timed beside it.

Straight lines, none of our layers, and so the one place outside `common.mesh` that opens sockets:
encode, commit with FULL, send over CURVE; each receiver, a process of its own, commits with FULL
and answers. A message's time ends with the last answer. What a machine's disk and processor cost
anyone is in these figures; what is above them is ours.

    python -m common.rehearsal.floor send FOLDER HOST RECEIVERS    orders of work on stdin
    python -m common.rehearsal.floor keep FOLDER HOST              started by `send`
"""

from __future__ import annotations

import json
import sqlite3
import subprocess
import sys
import time
from pathlib import Path
from typing import BinaryIO

import msgspec
import zmq

RESULTS = "floor.json"
"""What `send` leaves in its folder: [µs, receivers, bytes] for every message it timed."""
_ANSWER_MS = 60_000


class Table:
    """A table on the disk whose every insert is durable when it returns."""

    def __init__(self, path: Path) -> None:
        self._connection = sqlite3.connect(path, isolation_level=None)
        self._connection.execute("PRAGMA journal_mode=WAL")
        self._connection.execute("PRAGMA synchronous=FULL")
        self._connection.execute("CREATE TABLE message (id INTEGER PRIMARY KEY, body BLOB)")

    def put(self, body: bytes) -> None:
        """Commit one message."""
        self._connection.execute("INSERT INTO message (body) VALUES (?)", (body,))

    def close(self) -> None:
        """Let go of the file."""
        self._connection.close()


def keep(folder: Path, host: str) -> None:
    """Receive, commit, answer, until standard input ends."""
    folder.mkdir(parents=True)
    keys = json.loads(sys.stdin.readline())
    context: zmq.Context[zmq.Socket[bytes]] = zmq.Context()
    door = context.socket(zmq.ROUTER)
    door.set(zmq.LINGER, 0)
    door.set(zmq.CURVE_SERVER, 1)
    door.set(zmq.CURVE_SECRETKEY, keys["secret"].encode())
    door.bind(f"tcp://{host}:*")
    print(door.get_string(zmq.LAST_ENDPOINT).rstrip("\0"), flush=True)
    table = Table(folder / "floor.db")
    poller = zmq.Poller()
    poller.register(door, zmq.POLLIN)
    poller.register(sys.stdin, zmq.POLLIN)
    while sys.stdin.fileno() not in (ready := dict(poller.poll())):
        if door in ready:
            sender, body = door.recv_multipart()
            table.put(body)
            door.send_multipart([sender, b"kept"])
    table.close()
    context.destroy()


class Receiver:
    """A receiver's process and the socket to it."""

    def __init__(self, context: zmq.Context[zmq.Socket[bytes]], folder: Path, host: str) -> None:
        public, secret = zmq.curve_keypair()
        argv = [sys.executable, "-m", "common.rehearsal.floor", "keep", str(folder), host]
        self._process = subprocess.Popen(argv, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(json.dumps({"secret": secret.decode()}).encode() + b"\n")
        self._process.stdin.flush()
        self.socket = context.socket(zmq.DEALER)
        self.socket.set(zmq.LINGER, 0)
        self.socket.set(zmq.RCVTIMEO, _ANSWER_MS)
        own_public, own_secret = zmq.curve_keypair()
        self.socket.set(zmq.CURVE_SERVERKEY, public)
        self.socket.set(zmq.CURVE_PUBLICKEY, own_public)
        self.socket.set(zmq.CURVE_SECRETKEY, own_secret)
        self.socket.connect(self._process.stdout.readline().decode().strip())

    def close(self) -> None:
        """End the process and wait for it."""
        self.socket.close()
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.close()
        self._process.wait()
        self._process.stdout.close()


def send(folder: Path, host: str, receivers: int, work: BinaryIO) -> list[tuple[int, int, int]]:
    """Time what `work` asks for.

    A line is `RECEIVERS BYTES COUNTS` (COUNTS 0: only to warm up), or `mark`, which is echoed.
    """
    context: zmq.Context[zmq.Socket[bytes]] = zmq.Context()
    folder.mkdir(parents=True)
    links = [Receiver(context, folder / f"receiver-{n}", host) for n in range(receivers)]
    table = Table(folder / "floor.db")
    timed: list[tuple[int, int, int]] = []
    _message([link.socket for link in links], table, 600)  # the handshakes are behind us
    print("ready", flush=True)
    for line in iter(work.readline, b""):
        if line == b"mark\n":
            print("mark", flush=True)
            continue
        count, size, counts = map(int, line.split())
        took = _message([link.socket for link in links[:count]], table, size)
        if counts:
            timed.append((took, min(count, receivers), size))
    for link in links:
        link.close()
    table.close()
    context.destroy()
    return timed


def _message(sockets: list[zmq.Socket[bytes]], table: Table, size: int) -> int:
    """Carry one message of about `size` bytes; µs until the last receiver answered."""
    dish = ["宫保鸡丁", "Kung Pao Chicken", 1000, 3800, "kung-pao", "wok", 600, 900]
    dishes = [dish] * max(1, size // 60)
    start = time.perf_counter_ns()
    body = msgspec.msgpack.encode(dishes)
    table.put(body)
    for socket in sockets:
        socket.send(body)
    for socket in sockets:
        socket.recv()
    return (time.perf_counter_ns() - start) // 1000


def main(arguments: list[str]) -> None:
    """Be the sender or a receiver."""
    what, folder, host, *rest = arguments
    if what == "keep":
        keep(Path(folder), host)
        return
    timed = send(Path(folder), host, int(rest[0]), sys.stdin.buffer)
    (Path(folder) / RESULTS).write_text(json.dumps(timed), encoding="ascii")


if __name__ == "__main__":
    main(sys.argv[1:])
