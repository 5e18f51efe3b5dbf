"""The one place that puts a node together."""

from __future__ import annotations

import gc
import logging
import os
import random
import signal
import threading
import time
import types
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from common import config
from common.domain.order import FOLD_VERSION
from common.errors import KnownError
from common.log import log_to
from common.mesh.keys import NodeIdentity, store_id_of, verify
from common.mesh.screen_link import ScreenDoor
from common.mesh.sockets import SocketLoop
from common.mesh.zmq_transport import ZmqTransport
from common.node.clocks import NodeClock
from common.node.damage import Inspection, restock, set_aside_damaged
from common.node.files import Files
from common.node.lock import folder_lock
from common.node.node import Node
from common.node.writer import Writer
from common.store.errors import StoreDamaged, StoreFull
from common.store.log import LogReader
from common.wire.outputs import Held, SideWant
from common.wire.replica import Replica

_log = logging.getLogger(__name__)

FULL_WAIT_S = 1.0
"""Between two tries to open the files on a full disk."""
_GC_THRESHOLDS = (20_000, 20, 20)


def run_node(folder: Path, *, with_parent: bool = False) -> int:
    """Run the node of a folder until it is told to stop; the exit code. Raises KnownError.

    `with_parent`: the end of the standard input tells it as well, since it is the parent's end.
    """
    settings = config.read_config(folder)
    with folder_lock(folder) as ended_well, log_to(folder, settings.log_level):
        try:
            return _run(folder, settings, with_parent, ended_well)
        except KnownError as error:
            _log.error("%s can't run: %s", settings.name, error)
            raise
        except Exception:
            _log.critical("%s ended", settings.name, exc_info=True)
            raise


def _run(folder: Path, settings: config.NodeConfig, with_parent: bool, ended_well: bool) -> int:
    stop = _Stop()
    if with_parent:
        threading.Thread(target=stop.with_parent, daemon=True).start()
    # Nobody should wait for the collector to walk what lives as long as the process.
    gc.set_threshold(*_GC_THRESHOLDS)
    while True:
        try:
            _serve(folder, settings, stop, ended_well)
            return 0
        except StoreDamaged as error:
            _log.critical("%s stops: %s", settings.name, error)
            if not set_aside_damaged(folder):
                raise  # not to be seen now: the next start looks again
        ended_well = True


def _serve(folder: Path, settings: config.NodeConfig, stop: _Stop, ended_well: bool) -> None:
    """Serve until told to stop. Raises StoreDamaged if a file is not what was written."""
    with _composed(folder, settings, stop) as node:
        _log.info("%s serves", settings.name)
        # People wait for the node and not for the look through its files.
        inspection = None if ended_well else Inspection(folder, stop.wake)
        node.run(lambda: stop.asked or (inspection is not None and inspection.damage is not None))
        if inspection is not None and inspection.damage is not None:
            raise inspection.damage
        _log.info("%s stops", settings.name)


def _open_files(folder: Path, settings: config.NodeConfig, stop: _Stop, clock: NodeClock) -> Files:
    """The files, as soon as the disk has room to open them. Raises StoreError."""
    told = False
    while True:
        try:
            files = Files(folder)
        except StoreFull as error:
            if stop.asked:
                raise
            if not told:
                _log.error("%s waits for room on the disk: %s", settings.name, error)
                told = True
            time.sleep(FULL_WAIT_S)
            continue
        try:
            restock(folder, files.log, bytes.fromhex(settings.store_key), clock.mesh())
        except BaseException:
            files.close()
            raise
        return files


class _Stop:
    """Whether the node was asked to stop, by a signal or the parent's end; wakes its poll."""

    def __init__(self) -> None:
        self.asked = False
        self.loop: SocketLoop | None = None

    def __call__(self, _number: int, _frame: types.FrameType | None) -> None:
        self.asked = True
        self.wake()

    def wake(self) -> None:
        """Let the node look up."""
        if self.loop is not None:
            self.loop.wake()

    def with_parent(self) -> None:
        """Ask as soon as the parent has closed our standard input, or the system for a dead one."""
        # The bare descriptor: a thread that waits inside `sys.stdin` breaks Python's shutdown.
        while os.read(0, 4096):
            pass
        self(signal.SIGTERM, None)


@contextmanager
def _composed(folder: Path, settings: config.NodeConfig, stop: _Stop) -> Iterator[Node]:
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, stop)
    store_key = bytes.fromhex(settings.store_key)
    identity = NodeIdentity.load(folder / config.NODE_KEY)
    clock = NodeClock()
    with ExitStack() as stack:
        files = _open_files(folder, settings, stop, clock)
        stack.callback(files.close)
        writer = Writer(files, identity, store_key, clock)
        reader = LogReader.open(folder)
        stack.callback(reader.close)
        # Nobody is let in until the roster has been read.
        loop = stop.loop = SocketLoop()
        stack.callback(loop.close)
        transport = ZmqTransport(loop, identity, settings.feed, settings.router)
        stack.callback(transport.close)
        store_id = store_id_of(store_key)
        replica = Replica(identity.origin, store_id, FOLD_VERSION, verify, random.random)
        door = ScreenDoor(loop, folder)
        stack.callback(door.close)
        node = Node(transport, door, replica, writer, reader, clock)
        held = [
            Held(run.origin, run.epoch, head.seq, head.checksum, head.stored_at)
            for run, head in files.log.heads().items()
        ]
        receipts = [(each, *run, seq) for (each, run), seq in files.receipts.acked().items()]
        wants = [SideWant(want.id, want.origin) for want in files.log.wanted_sides()]
        node.start(held, receipts, wants, files.log.last_commit)
        yield node
        # The hand-over file goes first: nobody is sent to a node that is about to end.
        door.close()
        writer.finish()
