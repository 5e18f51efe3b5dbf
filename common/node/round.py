"""One round: what a commit is made of, and what may be told once it is on the disk, or is not."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from common.domain import commands as cmd
from common.domain.codec import BadBytes, Event, SideRecord
from common.domain.events import OrderSubmitted, decode_payload
from common.domain.ids import Chain
from common.domain.reasons import Rejected
from common.node import jobs
from common.node.pen import Draught, Pen
from common.node.screen_messages import Declined, Did
from common.store.contract import Accepted, Batch, OwnCommand, WantedSide
from common.wire.outputs import Received, SideWant


class Decided(NamedTuple):
    """A command that was taken in, its events, and who waits for the answer."""

    command: cmd.AnyCommand
    events: tuple[Event, ...]
    tokens: list[bytes]


class Round:
    """What one commit is made of."""

    def __init__(self, pen: Pen) -> None:
        self.draught = Draught(pen)
        self.decided: dict[bytes, Decided] = {}
        self.answers: list[jobs.Answered] = []
        self.foreign: list[Received] = []
        self.ends: dict[Chain, tuple[int, bytes]] = {}
        self.held: list[Received] = []
        self.unfit: list[Received] = []
        self.sides: list[SideRecord] = []
        self.own_sides: list[SideRecord] = []

    def batch(self, stored_at: int) -> Batch:
        """All of it for the log; the draught is closed with this."""
        self.draught.close()
        return Batch(
            stored_at=stored_at,
            groups=(*self.draught.groups, *(Accepted(*received) for received in self.foreign)),
            commands=tuple(
                OwnCommand(cmd_id, decided.events[0].id, len(decided.events))
                for cmd_id, decided in self.decided.items()
            ),
            sides=(*self.own_sides, *self.sides),
            wanted=wanted_sides(event for each in self.foreign for event in each.events),
        )

    def news(
        self, batch: Batch, first: int, stored_at: int, dids: Mapping[bytes, Did]
    ) -> list[jobs.News]:
        """What the commit lets us say, what others wait for first."""
        news: list[jobs.News] = []
        own = tuple(accepted.group for accepted in self.draught.groups)
        if own or self.own_sides:
            news.append(jobs.Written(own, tuple(self.own_sides)))
        kept = (*self.foreign, *self.held)
        if kept:
            news.append(jobs.Kept(kept, stored_at))
        raws = tuple(raw for accepted in batch.groups for raw in accepted.group.events)
        if raws:
            news.append(jobs.Fresh(first, raws))
        for cmd_id, decided in self.decided.items():
            news += (jobs.Answered(token, dids[cmd_id]) for token in decided.tokens)
        news += self._rest()
        if batch.wanted:
            wants = tuple(SideWant(want.id, want.origin) for want in batch.wanted)
            news.append(jobs.SidesWanted(wants))
        if self.sides:  # after the wants: a record may have come in the round of its event
            news.append(jobs.SidesKept(tuple(side.id for side in self.sides)))
        return news

    def news_of_nothing(self, now: int) -> list[jobs.News]:
        """What can be said where there was nothing to commit."""
        news = self._rest()
        if self.held:
            news.append(jobs.Kept(tuple(self.held), now))
        return news

    def _rest(self) -> list[jobs.News]:
        news: list[jobs.News] = list(self.answers)
        if self.unfit:
            news.append(jobs.NotKept(tuple(self.unfit)))
        return news

    def news_of_failure(self, code: str) -> list[jobs.News]:
        """Nothing of the round is durable: what was decided is declined."""
        declined = Rejected(code)
        news: list[jobs.News] = [
            jobs.Answered(token, Declined(cmd_id, declined))
            for cmd_id, decided in self.decided.items()
            for token in decided.tokens
        ]
        # A refusal may rest on what was just taken back; a repeat's answer does not.
        news += (
            told._replace(answer=Declined(told.answer.cmd_id, declined))
            if isinstance(told.answer, Declined)
            else told
            for told in self.answers
        )
        # Some of `held` were held by this round only; asked for again, the others are found here.
        news.append(jobs.NotKept((*self.foreign, *self.held, *self.unfit)))
        return news


def wanted_sides(events: Iterable[Event]) -> tuple[WantedSide, ...]:
    """The side records that these events name."""
    wanted = []
    for event in events:
        side = _side_of(event) if event.kind == OrderSubmitted.__name__ else None
        if side is not None:
            wanted.append(WantedSide(side, event.origin, event.at))
    return tuple(wanted)


def _side_of(event: Event) -> bytes | None:
    """The side record that an order's submission names."""
    try:
        payload = decode_payload(event)
    except BadBytes:
        return None  # another node may say what we can't read; it is kept and relayed
    return payload.side if isinstance(payload, OrderSubmitted) else None
