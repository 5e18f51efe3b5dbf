"""One replica on a bench, with the test in the place of its peers, its log and its clock."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeVar

import msgspec

from common.domain.codec import Group, SideRecord, decode_group, encode_group, encode_side
from common.wire import messages, outputs
from common.wire.messages import Head, Stored
from common.wire.outputs import Held, Now
from common.wire.replica import Replica
from tests.unit.wire.network import STORE, Author, key_of, origin_of, verify

ME, WOK, EXPO, STRANGER = (origin_of(number) for number in range(4))
OutputT = TypeVar("OutputT", bound=outputs.Output)
QuestionT = TypeVar("QuestionT", bound=messages.Message)


def head_of(group: Group) -> Head:
    return Head(group.origin, group.epoch, group.last, group.checksum)


def hello(who: bytes, heads: Iterable[Head] = (), **changes: object) -> messages.Hello:
    plain = messages.Hello(STORE, who, 1, 1, 1, tuple(heads))
    return msgspec.structs.replace(plain, **changes)


def welcome(who: bytes, heads: Iterable[Head] = (), **changes: object) -> messages.Welcome:
    plain = messages.Welcome(STORE, who, 1, 1, 1, tuple(heads))
    return msgspec.structs.replace(plain, **changes)


class Rig:
    """A replica called ME between WOK and EXPO; `said` is all it has put out since last asked."""

    def __init__(
        self,
        held: Iterable[Held] = (),
        receipts: Iterable[tuple[bytes, bytes, int, int]] = (),
    ) -> None:
        self.mono, self.mesh = 1_000_000_000, 5_000_000
        self.replica = Replica(ME, STORE, 1, verify, lambda: 0.5)
        self.said: list[outputs.Outputs] = []
        self.own: list[Group] = []
        self.author, self.wok, self.expo = Author(ME), Author(WOK), Author(EXPO)
        self.do("start", held, receipts)
        self.do("set_peers", {origin: key_of(origin) for origin in (ME, WOK, EXPO)})

    def roles(self, **roles: str) -> None:
        """Who holds which roles, as words: `wok="wok bar"`."""
        nodes = {"me": ME, "wok": WOK, "expo": EXPO}
        held = {origin: frozenset(roles.get(who, "").split()) for who, origin in nodes.items()}
        self.do("set_roles", held)

    def do(self, name: str, *arguments: object) -> list[outputs.Outputs]:
        now = Now(self.mono, self.mesh)
        todo: list[outputs.Outputs] = getattr(self.replica, name)(*arguments, now)
        self.said += todo
        return todo

    def wait(self, microseconds: int) -> None:
        """Let time pass as a node would: tick at every deadline on the way."""
        end = self.mono + microseconds
        while (deadline := self.replica.next_deadline()) <= end:
            assert deadline > self.mono
            self.mesh += deadline - self.mono
            self.mono = deadline
            self.do("tick")
        self.mesh += end - self.mono
        self.mono = end

    def take(self, kind: type[OutputT]) -> list[OutputT]:
        """The outputs of this kind since they were last taken."""
        taken: list[OutputT] = [output for output in self.said if isinstance(output, kind)]
        self.said = [output for output in self.said if not isinstance(output, kind)]
        return taken

    def questions(self, kind: type[QuestionT]) -> list[tuple[outputs.Request, QuestionT]]:
        """The requests of this kind since they were last taken."""
        found: list[tuple[outputs.Request, QuestionT]] = []
        for request in [one for one in self.said if isinstance(one, outputs.Request)]:
            question = messages.decode_request(request.body)
            if isinstance(question, kind):
                self.said.remove(request)
                found.append((request, question))
        return found

    def replies(self) -> list[messages.Answer]:
        return [messages.decode_answer(reply.body) for reply in self.take(outputs.Reply)]

    def published(self, kind: type[QuestionT]) -> list[QuestionT]:
        frames = [messages.decode_feed(one.frame) for one in self.take(outputs.Publish)]
        return [frame for frame in frames if isinstance(frame, kind)]

    def notes(self) -> list[outputs.What]:
        return [note.what for note in self.take(outputs.Note)]

    def answer(self, request: outputs.Request, answer: messages.Answer) -> None:
        self.do("answered", request.peer, request.request_id, messages.encode(answer))

    def ask(self, peer: bytes, question: messages.Question, token: str = "token") -> None:
        self.do("asked", token, peer, messages.encode(question))

    def link(self, peer: bytes, heads: Iterable[Head] = ()) -> None:
        """Bring the link to a peer up."""
        self.do("connected", peer)
        for request, _ in self.questions(messages.Hello):
            self.answer(request, welcome(request.peer, heads))

    def live(self, peer: bytes, *groups: Group, relay: bytes | None = None) -> None:
        """Groups on a peer's feed."""
        raw = tuple(map(encode_group, groups))
        self.do("feed", peer, messages.encode(messages.Groups(relay or peer, raw)))

    def live_sides(self, peer: bytes, *sides: SideRecord) -> None:
        raw = tuple(map(encode_side, sides))
        self.do("feed", peer, messages.encode(messages.Sides(peer, raw)))

    def vector(self, peer: bytes, *heads: Head) -> None:
        self.do("feed", peer, messages.encode(messages.Vector(peer, heads)))

    def page(self, request: outputs.Request, *groups: Group) -> None:
        self.answer(request, messages.Page(tuple(map(encode_group, groups)), more=False))

    def commits(self) -> list[Group]:
        """The groups that went to Commit since they were last taken."""
        return [one.group for commit in self.take(outputs.Commit) for one in commit.groups]

    def commit(self, stored_at: int = 77) -> None:
        """The log writes all it was given."""
        for commit in self.take(outputs.Commit):
            self.do("committed", commit.groups, stored_at)

    def writes(self, *to: str) -> Group:
        """The node itself commits a group addressed to these roles."""
        group = self.author.group(to=to)
        self.do("own", (group,), ())
        self.own.append(group)
        return group

    def reads(self) -> None:
        """The log reads what it was asked for."""
        for read in self.take(outputs.Read):
            found = [group for group in self.own if group.first > read.wants[0].after]
            self.do("read", read.token, found, False)

    def delivered(self) -> list[tuple[outputs.Request, list[int]]]:
        """The deliveries that left: the first event of each group in them."""
        self.reads()
        return [
            (request, [decode_group(raw).first for raw in said.groups])
            for request, said in self.questions(messages.Deliver)
        ]

    def has(self, request: outputs.Request, group: Group) -> None:
        """The peer answers a delivery: it has our chain up to this group."""
        stored = Stored(group.origin, group.epoch, group.last, group.checksum, 7)
        self.answer(request, messages.Delivered((stored,)))

    def acked(self) -> list[Stored]:
        """The heads in the acks that left, each of which is answered."""
        heads: list[Stored] = []
        for request, ack in self.questions(messages.Ack):
            heads += ack.heads
            self.answer(request, messages.Acked(ack.t1, self.mesh, self.mesh))
        return heads

    def count(self, name: str) -> int:
        return self.replica.status().counters.get(name, 0)
