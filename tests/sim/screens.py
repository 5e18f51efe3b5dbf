"""The screens of a machine: they ask, ask again, and keep what they were promised."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from common.domain.commands import AnyCommand, encode_command
from common.mesh.transport import ScreenAsked
from common.node import screen_messages as screen
from tests.sim.trace import asked, told

if TYPE_CHECKING:
    from tests.sim.machine import Machine

AGAIN_AFTER = 2_000_000
"""µs after which a command without an answer is sent again, under its own id."""


MISSED = 0.04
"""The share of answers that never reach their screen."""


class Waiting(NamedTuple):
    """A command that was not answered yet."""

    command: AnyCommand
    since: int


class Screens:
    """The node's `ScreenDoor`, with all who stand behind it."""

    def __init__(self, machine: Machine) -> None:
        self._machine = machine
        self._world = machine.world
        self._rng = machine.world.stream(f"screens/{machine.name}")
        self._waiting: dict[bytes, Waiting] = {}
        self._cursor = 0
        self._armed = False

    @property
    def waiting(self) -> int:
        """How many commands have no answer yet."""
        return len(self._waiting)

    def begin(self) -> None:
        """The node starts anew, and they open its board again."""
        self._cursor = len(self._machine.disk.log.events)

    def forget(self) -> None:
        """The screens are gone with their machine."""
        self._waiting.clear()

    def ask(self, *commands: AnyCommand) -> None:
        """Ask the node to do something; all at once, so that they may come into one commit."""
        for command in commands:
            self._waiting[command.cmd_id] = Waiting(command, self._world.time)
            self._send(command)
        self._arm()

    def _arm(self) -> None:
        if not self._armed:
            self._armed = True
            self._world.after(AGAIN_AFTER, self._ask_again)

    def _send(self, command: AnyCommand) -> None:
        if self._world.traced:
            self._machine.say(f"is asked: {asked(command)}")
        request = screen.encode(screen.Do(encode_command(command)))
        self._machine.hear(ScreenAsked(command.cmd_id, [request]))

    def _ask_again(self) -> None:
        self._armed, now = False, self._world.time
        for cmd_id, (command, since) in self._waiting.items():
            if now - since >= AGAIN_AFTER and self._machine.able:
                self._world.coverage["asked again"] += 1
                self._waiting[cmd_id] = Waiting(command, now)
                self._send(command)
        if self._waiting:
            self._arm()

    # -- what the node says

    def publish(self, frames: Sequence[bytes]) -> None:
        """The stream: every event once, in the order of this machine's commit numbers."""
        head = screen.decode_stream(frames[0])
        if not isinstance(head, screen.Fresh):
            return
        stored = self._machine.disk.log.events
        expect = self._world.checks.expect
        expect(head.first == self._cursor + 1, f"{self._machine.name} skipped commit numbers")
        for place, raw in enumerate(frames[1:], head.first - 1):
            durable = place < len(stored) and stored[place][0] == raw
            expect(durable, f"{self._machine.name} showed an event that is not on its disk")
        self._cursor += len(frames) - 1

    def reply(self, token: bytes, frames: Sequence[bytes]) -> None:
        """An answer; it counts from here on, even if its screen misses it and asks again."""
        answer = screen.decode_answer(frames[0])
        if not (self._world.rough and self._rng.random() < MISSED):
            self._waiting.pop(token, None)
        if self._world.traced:
            self._machine.say(f"answers {token.hex()[:6]}: {told(answer)}")
        self._world.checks.answered(self._machine, token, answer)

    def close(self) -> None:
        """Nothing to let go of."""
