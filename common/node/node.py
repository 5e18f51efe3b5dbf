"""The node's one loop: carries between peers, screens, the replica and the writer.

It decides nothing. What is heard goes into the replica or to the writer, what they say goes out.
A turn hears all there is to hear, commits it at once and tells the result, on one thread: whatever
comes during a commit waits for the next one anyway, and each handing over to a second thread and
back cost more than a fold. Longer work comes in slices between the turns (`behind`); a commit that
takes a slow disk 20 ms holds up no sign of life that is due every second.
"""

from __future__ import annotations

import logging
from collections import deque
from collections.abc import Callable, Sequence

from common.domain.codec import BadBytes, Group
from common.domain.commands import decode_command
from common.domain.ids import HOUSE
from common.domain.reasons import Rejected
from common.mesh.screen_link import ScreenDoor
from common.mesh.transport import (
    Answered,
    Asked,
    FeedHeard,
    Heard,
    LinkUp,
    ScreenAsked,
    Transport,
    Woken,
)
from common.node import jobs
from common.node import screen_messages as screen
from common.node.clocks import NodeClock
from common.node.status import alarms_of, status_of
from common.node.watch import Watch
from common.node.writer import Writer
from common.store.contract import GROUP_FRAME, LogReads
from common.store.errors import StoreDamaged, StoreError
from common.store.receipts import Receipt
from common.wire import outputs as out
from common.wire.limits import MAX_DUE
from common.wire.messages import Want
from common.wire.replica import Replica

_log = logging.getLogger(__name__)

BEAT = 1_000_000
"""µs between two signs of life to the screens."""
_LONGEST_POLL_MS = 1_000
_MANY_GROUPS = 8
"""Groups that come together are a page of the past: they need no company."""


class Node:
    """One machine of the mesh, composed in bootstrap.py."""

    def __init__(
        self,
        transport: Transport,
        door: ScreenDoor,
        replica: Replica,
        writer: Writer,
        reader: LogReads,
        clock: NodeClock,
    ) -> None:
        self._transport = transport
        self._door = door
        self._replica = replica
        self._writer = writer
        self._reader = reader
        self._clock = clock
        self._last_commit = 0
        self._next_beat = 0
        self._watch = Watch(replica, writer, clock)
        self._due = 0
        self._roster: jobs.Roster | None = None

    def start(
        self,
        held: Sequence[out.Held],
        receipts: Sequence[tuple[bytes, bytes, int, int]],
        wants: Sequence[out.SideWant],
        last: int,
    ) -> None:
        """Begin from what is durable."""
        self._last_commit = last
        self._carry_out(self._replica.start(held, receipts, self._clock.now()))
        self._enrol(self._writer.roster())
        self._carry_out(self._replica.sides_wanted(wants, self._clock.now()))

    def run(self, stopping: Callable[[], bool]) -> None:
        """Serve until told to stop. Raises StoreError when the log can't be written any more."""
        while not stopping():
            self.step()

    def step(self) -> None:
        """One turn: hear, commit, tell, let time pass."""
        for heard in self._transport.poll(self._patience()):
            self._hear(heard)
        self._writer.turn(self._take_in)
        now = self._clock.now()
        if now.mono >= self._due:
            self._replica.health(self._writer.queue_ms, self._writer.disk)
            self._carry_out(self._replica.tick(now))
        if self._roster is not None and self._watch.look(self._roster):
            self._next_beat = now.mono
        if now.mono >= self._next_beat:
            self._next_beat = now.mono + BEAT
            beat = screen.Beat(self._last_commit, now.mesh, self._watch.alarms)
            self._door.publish([screen.encode(beat)])
        self._due = min(self._replica.next_deadline(), self._next_beat, self._watch.due)

    def _patience(self) -> int:
        work = self._writer.due()
        due = self._due if work is None else min(work, self._due)
        wait = -(-(due - self._clock.now().mono) // 1_000)
        return max(0, min(wait, _LONGEST_POLL_MS))

    # -- from outside

    def _hear(self, heard: Heard) -> None:
        now = self._clock.now()
        replica = self._replica
        match heard:
            case FeedHeard(peer, frame):
                self._carry_out(replica.feed(peer, frame, now))
            case Asked(token, peer, body):
                self._carry_out(replica.asked(token, peer, body, now))
            case Answered(peer, request_id, body):
                self._carry_out(replica.answered(peer, request_id, body, now))
            case LinkUp(peer):
                self._carry_out(replica.connected(peer, now))
            case ScreenAsked(token, frames):
                self._hear_screen(token, frames)
            case Woken():
                pass

    def _hear_screen(self, token: bytes, frames: list[bytes]) -> None:
        try:
            request = screen.decode_request(frames[0])
            match request:
                case screen.Do(raw):
                    self._writer.post(jobs.Decide(token, decode_command(raw)))
                case screen.Open():
                    self._writer.ask(jobs.Show(token))
                case screen.Ask("status"):
                    now = self._clock.now()
                    told = status_of(self._replica.status(), self._roster, self._last_commit, now)
                    told |= self._writer.files_report()
                    told["alarms"] = alarms_of(self._watch.alarms, self._roster)
                    frames = [screen.encode(screen.Told("status")), *screen.encode_data(told)]
                    self._door.reply(token, frames)
                case screen.Ask():
                    self._writer.ask(jobs.Tell(token, request))
        except BadBytes as error:
            _log.warning("a screen's request can't be read: %s", error)
            self._door.reply(token, [screen.encode(screen.Failed(Rejected("bad_command")))])

    # -- from the writer

    def _take_in(self, news: Sequence[jobs.News]) -> None:
        for each in news:
            self._take_in_one(each)

    def _take_in_one(self, news: jobs.News) -> None:
        now = self._clock.now()
        replica = self._replica
        match news:
            case jobs.Written(groups, sides):
                self._carry_out(replica.own(groups, sides, now))
            case jobs.Kept(groups, stored_at):
                roles = self._roles
                awaited = [concerns(each, roles) for each in groups]
                self._carry_out(replica.committed(groups, stored_at, now, awaited))
            case jobs.NotKept(groups):
                self._carry_out(replica.commit_failed(groups, now))
            case jobs.SidesKept(ids):
                self._carry_out(replica.sides_kept(ids, now))
            case jobs.SidesWanted(wants):
                self._carry_out(replica.sides_wanted(wants, now))
            case jobs.Fresh(first, raws):
                self._last_commit = first + len(raws) - 1
                self._watch.hurry()
                self._door.publish([screen.encode(screen.Fresh(first)), *raws])
            case jobs.Answered(token, answer, chunks):
                self._door.reply(token, [screen.encode(answer), *chunks])
            case jobs.Roster():
                self._enrol(news)

    @property
    def _roles(self) -> frozenset[str]:
        return frozenset() if self._roster is None else self._roster.roles

    def _enrol(self, roster: jobs.Roster) -> None:
        if roster != self._roster:
            self._roster = roster
            self._transport.set_peers(roster.peers)
            self._carry_out(self._replica.set_peers(roster.keys, self._clock.now()))
            self._carry_out(self._replica.set_roles(roster.roles_of, self._clock.now()))

    # -- from the replica

    def _carry_out(self, outputs: Sequence[out.Outputs]) -> None:
        waiting = deque(outputs)
        while waiting:
            waiting.extend(self._do(waiting.popleft()))

    def _do(self, output: out.Outputs) -> Sequence[out.Outputs]:
        match output:
            case out.Publish(frame):
                self._transport.publish(frame)
            case out.Request(peer, request_id, body):
                self._transport.request(peer, request_id, body)
            case out.Reply(token, body):
                assert isinstance(token, bytes)
                self._transport.reply(token, body)
            case out.Reset(peer):
                self._transport.reset(peer)
            case out.Commit(groups):
                self._writer.post(jobs.Keep(groups, is_urgent(groups, self._roles)))
            case out.KeepSides(sides):
                self._writer.post(jobs.KeepSides(sides))
            case out.Receipt():
                self._watch.hurry()
                facts = (output.node, output.origin, output.epoch, output.seq)
                self._writer.note(Receipt(*facts, output.stored_at, output.acked_at))
            case out.Read() | out.ReadSides():
                return self._read(output)
            case out.ReadAddressed(wants):
                found = _read_addressed(self._reader, wants)
                return self._replica.addressed(found, self._clock.now())
            case out.LinkChanged(peer, up):
                self._watch.hurry()
                _log.info("link to %s is %s", self._name(peer), "up" if up else "down")
            case out.Note(what, detail, peer):
                _log.warning("%s: %s (%s)", what.value, detail, self._name(peer))
        return ()

    def _read(self, output: out.Read | out.ReadSides) -> Sequence[out.Outputs]:
        replica = self._replica
        try:
            if isinstance(output, out.ReadSides):
                sides = self._reader.sides(output.ids)
                return replica.sides_read(output.token, sides, self._clock.now())
            groups, more = _read_page(self._reader, output)
            return replica.read(output.token, groups, more, self._clock.now())
        except StoreDamaged:
            raise
        except StoreError:
            _log.exception("a peer's request can't be read from the log")
            return replica.read_failed(output.token, self._clock.now())

    def _name(self, origin: bytes | None) -> str:
        if origin is None or self._roster is None:
            return "-"
        return self._roster.names.get(origin, origin.hex()[:8])


def is_urgent(groups: Sequence[out.Received], roles: frozenset[str]) -> bool:
    """Whether these groups are many, or anything in them is for these roles or for every node."""
    return len(groups) > _MANY_GROUPS or any(concerns(each, roles) for each in groups)


def concerns(received: out.Received, roles: frozenset[str]) -> bool:
    """Whether anything in a group is for these roles or for every node."""
    return any(
        event.subject == HOUSE or not roles.isdisjoint(event.to) for event in received.events
    )


def _read_addressed(reader: LogReads, wants: Sequence[Want]) -> list[out.Addressed]:
    """Whom own groups are addressed to; where there are too many, those of the last chains."""
    found: list[list[out.Addressed]] = []
    room = MAX_DUE
    for want in reversed(wants):
        groups = reader.addressed(want.chain, want.after, room) if room else []
        found.append([out.Addressed(want.chain, *group) for group in groups])
        room -= len(groups)
    return [each for chain in reversed(found) for each in chain]


def _read_page(reader: LogReads, read: out.Read) -> tuple[list[Group], bool]:
    """The groups that a page may hold, and whether some of what was wanted may be left."""
    groups: list[Group] = []
    room = read.limit
    for want in read.wants:
        if room <= 0:
            return groups, True
        found = reader.groups_after(want.chain, want.after, room)
        wanted = [group for group in found if group.first <= want.until]
        groups += wanted
        room -= sum(GROUP_FRAME + sum(map(len, group.events)) for group in wanted)
        if wanted and wanted[-1].last < want.until:
            return groups, True
    return groups, False
