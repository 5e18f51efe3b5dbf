"""What goes from a screen to its node: what is under way, and what can be taken back."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from typing import Final, NamedTuple, TypedDict

from common.domain.clock import SECOND
from common.domain.commands import OrderCommand, Recall
from common.domain.ids import EventId
from common.domain.reasons import Rejected
from common.node.client import Declined, Done

UNDO: Final = 5 * SECOND
"""How long what was just done can be taken back as if it had not been."""


class Sent(NamedTuple):
    """A command and what it is about (tickets, dishes, orders), by their keys."""

    command: OrderCommand
    about: tuple[str, ...]


class Head(TypedDict):
    """What every command to an order begins with."""

    cmd_id: bytes
    actor: str
    order_id: bytes


Back = Callable[[tuple[EventId, ...]], Iterable[Sent]]
"""What takes a command's events back, where that is not to recall them."""


class _Act:
    """One stroke of a hand: perhaps commands to several orders."""

    def __init__(
        self, words: str, at: int, commands: Iterable[OrderCommand], back: Back | None
    ) -> None:
        self.words = words
        self.at = at
        self.back = back
        self.orders = {command.cmd_id: command.order_id for command in commands}
        self.events: dict[bytes, tuple[EventId, ...]] = {}
        self.undone = False


class Sender:
    """Sends one screen's commands; `clock` is any clock in µs, for what lasts a few seconds."""

    def __init__(
        self,
        actor: str,
        submit: Callable[[OrderCommand], None],
        new_id: Callable[[], bytes],
        clock: Callable[[], int],
    ) -> None:
        self.actor = actor
        self._submit = submit
        self._new_id = new_id
        self._clock = clock
        self._flying: dict[bytes, tuple[str, ...]] = {}
        self._busy: Counter[str] = Counter()
        self._acts: list[_Act] = []

    def to(self, order_id: bytes) -> Head:
        """The beginning of a new command to an order."""
        return {"cmd_id": self._new_id(), "actor": self.actor, "order_id": order_id}

    def send(self, sent: Iterable[Sent], undo: str = "", back: Back | None = None) -> None:
        """Send commands that belong together; with `undo`, what taking them back is called.

        What is taken back is recalled, unless `back` says how.
        """
        together = list(sent)
        if undo:
            commands = (command for command, _ in together)
            self._acts.append(_Act(undo, self._clock(), commands, back))
        for command, about in together:
            self._flying[command.cmd_id] = about
            self._busy.update(about)
            self._submit(command)

    def answered(self, answer: Done | Declined) -> Rejected | None:
        """Take an answer; the refusal, if it is one that a hand should hear of."""
        self._busy.subtract(self._flying.pop(answer.cmd_id, ()))
        self._busy = +self._busy
        act = next((act for act in self._acts if answer.cmd_id in act.orders), None)
        if isinstance(answer, Declined):
            if act is not None:
                del act.orders[answer.cmd_id]
            return answer.reason
        if act is not None:
            act.events[answer.cmd_id] = answer.events
            if act.undone:
                self._take_back(act, answer.cmd_id)
        return None

    @property
    def pending(self) -> frozenset[str]:
        """The keys of what has a command on its way."""
        return frozenset(self._busy)

    @property
    def undo_words(self) -> str:
        """What can be taken back now; empty if nothing."""
        self._acts = [act for act in self._acts if act.orders and self._clock() < act.at + UNDO]
        acts = [act for act in self._acts if not act.undone]
        return acts[-1].words if acts else ""

    def undo(self) -> bool:
        """Take the last act back; one still on its way is taken back when it has arrived."""
        if not self.undo_words:
            return False
        act = [act for act in self._acts if not act.undone][-1]
        act.undone = True
        for cmd_id in list(act.events):
            self._take_back(act, cmd_id)
        return True

    def _take_back(self, act: _Act, cmd_id: bytes) -> None:
        events = act.events.pop(cmd_id)
        if act.back is not None:
            self.send(act.back(events))
            return
        for event in reversed(events):
            recall = Recall(**self.to(act.orders[cmd_id]), undoes=event)
            self.send([Sent(recall, ())])
