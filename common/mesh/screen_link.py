"""The link between a node and the screens of its machine: the node's door and a screen's end.

Only programs that can read the hand-over file (0600, new keys at each start) get in. Events go
to all screens alike; a screen sees by the node's commit numbers whether it missed one.
"""

import os
import selectors
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import zmq

from common.mesh.curve import (
    POLLIN,
    Socket,
    endpoint_of,
    events_of,
    open_client,
    send_frames,
    take_frames,
)
from common.mesh.errors import KeyFileError
from common.mesh.keys import CurveKeys, random_curve_keys
from common.mesh.screen_file import (
    Mark,
    ScreenFile,
    mark_of,
    read_screen_file,
    remove_screen_file,
    write_screen_file,
)
from common.mesh.sockets import Rank, SocketLoop
from common.mesh.transport import Heard, ScreenAsked
from common.mesh.zap import SCREEN

ID_BYTES = 8
_EVENTS_HWM = 10_000
_REQUESTS_HWM = 1000
_MOST_AT_ONCE = 256


@dataclass(frozen=True, slots=True)
class StreamHeard:
    """A message of the node's event stream."""

    frames: list[bytes]


@dataclass(frozen=True, slots=True)
class ScreenAnswered:
    """The node's answer to our request of this id."""

    request_id: int
    frames: list[bytes]


ScreenHeard = StreamHeard | ScreenAnswered


class ScreenDoor:
    """The node's side: a stream of events to all screens, and their requests (`ScreenAsked`)."""

    def __init__(self, loop: SocketLoop, folder: Path) -> None:
        self._loop = loop
        self._folder = folder
        self._closed = False
        self.dropped = 0
        server, client = random_curve_keys(), random_curve_keys()
        loop.gate.allow(SCREEN, {client.public: SCREEN})
        local = "tcp://127.0.0.1:*"
        self._events = loop.server(zmq.PUB, local, server, SCREEN, _EVENTS_HWM)
        self._requests = loop.server(zmq.ROUTER, local, server, SCREEN, _REQUESTS_HWM)
        loop.listen(self._requests, self._hear, Rank.SCREEN)
        self._file = ScreenFile(
            pid=os.getpid(),
            events=endpoint_of(self._events),
            requests=endpoint_of(self._requests),
            server_public=server.public,
            client_public=client.public,
            client_secret=client.secret,
        )
        write_screen_file(folder, self._file)

    def publish(self, frames: Sequence[bytes]) -> None:
        """Send a message of the event stream to every screen that listens now."""
        self._loop.send(self._events, frames)

    def reply(self, token: bytes, frames: Sequence[bytes]) -> None:
        """Answer a screen; silently dropped when it is gone."""
        head = [token[ID_BYTES:], token[:ID_BYTES]]
        self._loop.send(self._requests, [*head, *frames])

    def close(self) -> None:
        """Close the door and take the hand-over file away; harmless when repeated."""
        if self._closed:
            return
        self._closed = True
        remove_screen_file(self._folder, self._file)
        self._loop.drop(self._events)
        self._loop.drop(self._requests)

    def _hear(self) -> Heard | None:
        name, *frames = [frame.bytes for frame in take_frames(self._requests)]
        if len(frames) < 2 or len(frames[0]) != ID_BYTES:
            self.dropped += 1
            return None
        return ScreenAsked(frames[0] + name, frames[1:])


class ScreenLink:
    """A screen's side: no thread, no Qt; it may stand before its node does."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._context: zmq.Context[Socket] = zmq.Context()
        self._events: Socket | None = None
        self._requests: Socket | None = None
        self._mark: Mark = None
        self.dials = 0
        """How often it was dialled: its descriptors are others each time."""
        self.stirred = False
        """Something may be there to be heard, though no descriptor tells so any more."""
        self.reconnect()

    @property
    def linked(self) -> bool:
        """Whether a hand-over file was found; the node behind it may still be gone."""
        return self._requests is not None

    def reconnect(self) -> bool:
        """Read the hand-over file again and dial what it says; False while there is none."""
        self._hang_up()
        # Marked before reading: a change in between is then seen once too often, never missed.
        self._mark = mark_of(self._folder)
        try:
            found = read_screen_file(self._folder)
        except KeyFileError:
            return False
        self._dial(found)
        return True

    def changed(self) -> bool:
        """Whether the hand-over file is another than was read: the node started anew."""
        return mark_of(self._folder) not in (None, self._mark)

    def send(self, request_id: int, frames: Sequence[bytes]) -> bool:
        """Ask the node; False when the link is down and nothing left."""
        if self._requests is None:
            return False
        self.stirred = True
        try:
            send_frames(self._requests, [request_id.to_bytes(ID_BYTES), *frames])
        except zmq.Again:
            return False
        return True

    def receive(self, timeout_ms: int) -> list[ScreenHeard]:
        """What the node says within that time, answers first, a bounded number."""
        with closing(Ears([self])) as ears:
            return next((heard for _, heard in ears.hear(timeout_ms)), [])

    def descriptors(self) -> list[int]:
        """File descriptors for another event loop; edge-triggered: receive until nothing comes."""
        return [socket.fileno() for socket in self._sockets()]

    def settle(self) -> None:
        """Find out whether what stirred it is still to be heard."""
        self.stirred = any(events_of(socket) & POLLIN for socket in self._sockets())

    def take(self) -> list[ScreenHeard]:
        """What is there now, answers first, a bounded number."""
        answers, stream = list(self._answers()), list(self._stream())
        self.stirred = max(len(answers), len(stream)) == _MOST_AT_ONCE
        return answers + stream

    def _sockets(self) -> list[Socket]:
        """The open sockets."""
        return [socket for socket in (self._requests, self._events) if socket is not None]

    def close(self) -> None:
        """Hang up for good; harmless when repeated."""
        self._hang_up()
        self._context.destroy(linger=0)

    def _dial(self, found: ScreenFile) -> None:
        keys = CurveKeys(found.client_public, found.client_secret)
        server = found.server_public
        self._events = open_client(self._context, zmq.SUB, keys, server, _EVENTS_HWM)
        self._events.connect(found.events)
        self._requests = open_client(self._context, zmq.DEALER, keys, server, _REQUESTS_HWM)
        self._requests.connect(found.requests)
        self.dials += 1
        self.stirred = True

    def _hang_up(self) -> None:
        for socket in self._sockets():
            socket.close()
        self._events = self._requests = None

    def _answers(self) -> Iterator[ScreenHeard]:
        for head, *frames in _drain(self._requests):
            if frames and len(head) == ID_BYTES:
                yield ScreenAnswered(int.from_bytes(head), frames)

    def _stream(self) -> Iterator[ScreenHeard]:
        for frames in _drain(self._events):
            yield StreamHeard(frames)


class Ears:
    """Waits on many links at once, and takes only from those that stirred."""

    def __init__(self, links: Iterable[ScreenLink]) -> None:
        self._links = list(links)
        self._selector = selectors.DefaultSelector()
        self._dials: list[int] = []

    def hear(self, timeout_ms: int) -> list[tuple[ScreenLink, list[ScreenHeard]]]:
        """Each link that hears something within that time, with what it heard."""
        self._follow()
        for link in self._links:
            if link.stirred:
                link.settle()
        self._wait(0 if any(link.stirred for link in self._links) else timeout_ms)
        return [(link, heard) for link in self._links if link.stirred and (heard := link.take())]

    def close(self) -> None:
        """Stop waiting; the links stay."""
        self._selector.close()

    def _wait(self, timeout_ms: int) -> None:
        if self._selector.get_map():
            for key, _ in self._selector.select(timeout_ms / 1000):
                key.data.stirred = True
        else:
            # A wait for nothing may return at once, and who waits for a node to come would spin.
            time.sleep(max(0, timeout_ms) / 1000)

    def _follow(self) -> None:
        """Wait at the descriptors as they are now."""
        dials = [link.dials for link in self._links]
        if dials == self._dials:
            return
        self._dials = dials
        self._selector.close()
        self._selector = selectors.DefaultSelector()
        for link in self._links:
            for descriptor in link.descriptors():
                self._selector.register(descriptor, selectors.EVENT_READ, link)


def _drain(socket: Socket | None) -> Iterator[list[bytes]]:
    if socket is None:
        return
    for _ in range(_MOST_AT_ONCE):
        if not events_of(socket) & POLLIN:
            return
        yield [frame.bytes for frame in take_frames(socket)]
