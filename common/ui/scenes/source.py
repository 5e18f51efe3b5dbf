"""A scene to be worked on: what the live link to a node promises, kept within this process."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from PySide6.QtCore import QElapsedTimer, QObject, QTimer

from common.domain.alarms import Alarm
from common.domain.clock import SECOND
from common.domain.codec import Event
from common.domain.commands import AnyCommand, OrderCommand
from common.domain.events import LinesAdded, OrderSubmitted
from common.domain.house import House
from common.domain.order import Order
from common.domain.reasons import Rejected
from common.node.client import Declined, Done
from common.node.way import way_of
from common.ui.link import Link, PeerState
from common.ui.scenes.restaurant import origin_of
from common.ui.scenes.scene import Scene
from common.ui.source import Answer, Source

STORED_AFTER: Final = 1 * SECOND
"""µs until a scene's order is on the disk of a station."""
SPREAD: Final = 4_000
"""µs from one machine's storing of an event to the next one's."""
BRINGS: Final = (OrderSubmitted.__name__, LinesAdded.__name__)


class SceneSource(Source):
    """Decides commands as the scene's own node would; the clock stands unless it is `running`.

    Answers come after the call, as over a link. A silent node answers nothing.
    """

    def __init__(
        self, scene: Scene, parent: QObject | None = None, *, running: bool = False
    ) -> None:
        super().__init__(parent)
        self.scene = scene
        self._restaurant = scene.restaurant
        self._begun = scene.now
        self._running = QElapsedTimer()
        if running:
            self._running.start()
        self._asked: list[AnyCommand] = []
        self._answers: dict[bytes, Done | Declined] = {}
        self._questions: list[tuple[str, Answer, Mapping[str, str | int]]] = []
        self._turn = QTimer(self)
        self._turn.setSingleShot(True)
        self._turn.timeout.connect(self._decide_all)

    @property
    def house(self) -> House:
        """The store."""
        return self.scene.house

    @property
    def orders(self) -> dict[bytes, Order]:
        """All orders."""
        return self.scene.orders

    @property
    def roles(self) -> tuple[str, ...]:
        """What this machine does."""
        return self.scene.roles

    @property
    def origin(self) -> bytes:
        """This machine's id."""
        return self.scene.origin

    @property
    def link(self) -> Link:
        """How the scene's node is heard."""
        return self.scene.link

    @property
    def peers(self) -> tuple[PeerState, ...]:
        """The other machines."""
        return self.scene.peers

    @property
    def alarms(self) -> tuple[Alarm, ...]:
        """What is wrong in the scene."""
        return self.scene.alarms

    def mesh_now(self) -> int:
        """The scene's time (µs)."""
        if self._running.isValid():
            return self._begun + self._running.nsecsElapsed() // 1_000
        return self._restaurant.now

    def advance(self, micros: int) -> None:
        """Put a standing clock on."""
        self._restaurant.now += micros

    def new_id(self) -> bytes:
        """An id for a command, the same in every run."""
        return self._restaurant.new_id()

    def submit(self, command: AnyCommand) -> None:
        """Have a command decided."""
        self._asked.append(command)
        if self.link.state == "live":
            self._turn.start(0)

    def ask(self, name: str, then: Answer, **args: str | int) -> None:
        """Have a question answered, as far as a scene knows."""
        self._questions.append((name, then, args))
        if self.link.state == "live":
            self._turn.start(0)

    def close(self) -> None:
        """Decide nothing more."""
        self._turn.stop()
        self._questions.clear()
        self._asked.clear()

    def _decide_all(self) -> None:
        asked, self._asked = self._asked, []
        touched: set[bytes] = set()
        answers = [self._answer(command, touched) for command in asked]
        if touched:
            self.changed.emit(frozenset(touched))
        for answer in answers:
            self.answered.emit(answer)
        questions, self._questions = self._questions, []
        for name, then, args in questions:
            then(self._told(name, args))

    def _told(self, name: str, args: Mapping[str, str | int]) -> Any:
        """What a node would answer, as far as a scene knows."""
        order = self.orders.get(bytes.fromhex(str(args["order"]))) if "order" in args else None
        if order is None:
            return None
        match name:
            case "receipts":
                return self._receipts(order)
            case "trace":
                return way_of(order, self.house, self._stored)
            case _:
                return None

    def _stored(self, event: Event) -> list[dict[str, Any]]:
        """On every machine that answers, one after the other."""
        up = [peer.name for peer in self.peers if peer.up and origin_of(peer.name) != event.origin]
        return [{"node": name, "at": event.at + SPREAD * nth} for nth, name in enumerate(up, 1)]

    def _receipts(self, order: Order) -> Any:
        """As the question `receipts` is answered: every machine has stored what came in time."""
        lost = {peer.name: peer.silent_s for peer in self.peers if not peer.up}
        stored = [
            [event.origin.hex(), event.epoch, event.seq, role, event.at + STORED_AFTER]
            for event in order.history
            if event.kind in BRINGS
            for role in event.to
            if role not in lost or event.at < self._begun - lost[role] * SECOND
        ]
        return {"order": order.id.hex(), "stored": stored}

    def _answer(self, command: AnyCommand, touched: set[bytes]) -> Done | Declined:
        """The node's answer, the same however often it is asked."""
        if command.cmd_id not in self._answers:
            self._answers[command.cmd_id] = self._decide(command, touched)
        return self._answers[command.cmd_id]

    def _decide(self, command: AnyCommand, touched: set[bytes]) -> Done | Declined:
        self._restaurant.now = self.mesh_now()
        outcome = self._restaurant.ask(command, self.scene.station)
        if isinstance(outcome, Rejected):
            return Declined(command.cmd_id, outcome)
        touched.update(event.subject for event in outcome)
        order = command.order_id if isinstance(command, OrderCommand) else None
        number = "" if order is None else self.house.number(order)
        return Done(command.cmd_id, order, number, tuple(event.id for event in outcome))
