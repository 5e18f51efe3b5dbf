"""The one bridge between a node's client and Qt: what the node says becomes signals here.

The client's sockets wake it; a slow timer besides lets the client see that time has passed, and
catches what an edge of a socket may have hidden. Everything runs on the thread of the screen.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import QElapsedTimer, QObject, QSocketNotifier, QTimer

from common.domain.alarms import Alarm
from common.domain.commands import AnyCommand
from common.domain.house import House
from common.domain.ids import ID_SIZE
from common.domain.order import Order
from common.node.client import Alarmed, Changed, Declined, Done, NodeClient, Opened, Silent, Told
from common.ui.link import Link, PeerState
from common.ui.source import Answer, Source

FRAME_MS = 16
TICK_MS = 100
ASK_PEERS_MS = 2_000


class Bridge(Source):
    """The live source of a screen; it closes the client that it was given."""

    def __init__(self, client: NodeClient, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._client = client
        self._notifiers: dict[int, QSocketNotifier] = {}
        self._touched: set[bytes] = set()
        self._all_anew = False
        self._answers: dict[int, Answer] = {}
        self._link = Link("opening", client.mesh())
        self._peers: tuple[PeerState, ...] = ()
        self._roles: tuple[str, ...] = ()
        self._asked_for_peers = False
        self._link_news = False
        self._alarm_news = False
        self._running = QElapsedTimer()
        self._running.start()
        self._frame = QTimer(self, singleShot=True, interval=FRAME_MS)
        self._frame.timeout.connect(self._tell)
        self._soon = QTimer(self, singleShot=True, interval=0)
        self._soon.timeout.connect(self._poll)
        self._tick = QTimer(self, interval=TICK_MS)
        self._tick.timeout.connect(self._poll)
        self._tick.start()
        self._ask_peers = QTimer(self, interval=ASK_PEERS_MS)
        self._ask_peers.timeout.connect(self._look_for_peers)
        self._ask_peers.start()
        self._soon.start()

    # -- what a screen sees

    @property
    def house(self) -> House:
        """The store, as the client folds it."""
        return self._client.house

    @property
    def orders(self) -> Mapping[bytes, Order]:
        """The board, as the client folds it."""
        return self._client.orders

    @property
    def roles(self) -> tuple[str, ...]:
        """What this machine does."""
        return self._roles

    @property
    def origin(self) -> bytes:
        """This machine's id in events."""
        return self._client.origin

    @property
    def link(self) -> Link:
        """Live, silent since the node's last word, or opening since the start."""
        return self._link

    @property
    def peers(self) -> tuple[PeerState, ...]:
        """The other machines, as the node last told."""
        return self._peers

    @property
    def alarms(self) -> tuple[Alarm, ...]:
        """What is wrong, as the node last told."""
        return self._client.alarms

    def mesh_now(self) -> int:
        """Mesh time in µs, as the node has it."""
        return self._client.mesh()

    # -- what a screen asks

    def new_id(self) -> bytes:
        """A random id."""
        return secrets.token_bytes(ID_SIZE)

    def submit(self, command: AnyCommand) -> None:
        """Hand a command in; the client sends it again until it is answered."""
        self._client.send(command)
        self._soon.start()  # sending may have swallowed the edge that announced an answer

    def ask(self, name: str, then: Answer, **args: str | int) -> None:
        """Ask the node a question; `then` is called with the answer, None where there is none."""
        self._answers[self._client.ask(name, **args)] = then
        self._soon.start()

    def close(self) -> None:
        """Hang up; nothing is told after it."""
        for timer in (self._frame, self._soon, self._tick, self._ask_peers):
            timer.stop()
        self._watch([])
        self._client.close()

    # -- hearing

    def _poll(self) -> None:
        answers: list[Done | Declined] = []
        while updates := self._client.poll(0):
            for update in updates:
                if isinstance(update, Done | Declined):
                    answers.append(update)
                else:
                    self._take(update)
        self._watch(self._client.descriptors())
        if self._link_news:
            self._link_news = False
            self.link_changed.emit()
        # At once after a quiet frame, else at the end of this one; but before any answer.
        if answers or not self._frame.isActive():
            self._tell()
        if self._alarm_news:
            self._alarm_news = False
            self.alarms_changed.emit()
        for answer in answers:
            self.answered.emit(answer)

    def _take(self, update: Changed | Opened | Silent | Told | Alarmed) -> None:
        match update:
            case Changed(subject):
                self._touched.add(subject)
            case Opened():
                self._all_anew = True
                self._roles = self._client.roles
                self._set_link(Link("live", self.mesh_now()))
                self._look_for_peers()
            case Silent():
                self._set_link(Link("silent", self.mesh_now() - self._client.silent_for))
            case Alarmed():
                self._alarm_news = True
            case Told(request_id, _, data):
                if then := self._answers.pop(request_id, None):
                    then(data)

    def _set_link(self, link: Link) -> None:
        # A board that is built anew on a live link keeps the moment since which it lives.
        if link.state != self._link.state:
            self._link = link
        self._link_news = True

    def _watch(self, descriptors: list[int]) -> None:
        """Follow the client's sockets, which are others when it has dialled anew."""
        for gone in self._notifiers.keys() - set(descriptors):
            notifier = self._notifiers.pop(gone)
            notifier.setEnabled(False)
            notifier.deleteLater()
        for new in set(descriptors) - self._notifiers.keys():
            notifier = QSocketNotifier(new, QSocketNotifier.Type.Read, self)
            notifier.activated.connect(self._poll)
            self._notifiers[new] = notifier

    # -- telling

    def _tell(self) -> None:
        if not (self._touched or self._all_anew):
            return
        what = None if self._all_anew else frozenset(self._touched)
        self._touched.clear()
        self._all_anew = False
        self._frame.start()
        self.changed.emit(what)

    # -- the other machines

    def _look_for_peers(self) -> None:
        if self._client.live and not self._asked_for_peers:
            self._asked_for_peers = True
            self.ask("status", self._take_status)

    def _take_status(self, told: Any) -> None:
        self._asked_for_peers = False
        if told is None:
            return
        peers = tuple(self._peer(each) for each in told["peers"])
        self._link_news |= peers != self._peers
        self._peers = peers

    def _peer(self, told: Mapping[str, Any]) -> PeerState:
        enrolled = self.house.nodes.get(bytes.fromhex(told["origin"]))
        silent_ms = told["silent_ms"]
        if silent_ms is None:  # not since the node's start: at least as long as this screen runs
            silent_ms = self._running.elapsed()
        return PeerState(
            told["name"],
            () if enrolled is None else enrolled.roles,
            told["up"],
            0 if told["up"] else silent_ms // 1_000,
        )
