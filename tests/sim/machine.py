"""One machine: its disk stays, its node is put together anew at each start, as bootstrap does it.

The node is the product's own (`common.node`, `common.wire`, `common.domain`); its sockets, its
screens, its clock and its disk are played here. A commit takes time, in which the machine hears
nothing; a power cut can strike on either side of it.
"""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING

from common.domain.codec import decode_group
from common.domain.ids import Chain
from common.domain.order import FOLD_VERSION
from common.mesh.transport import Heard
from common.node.clocks import NodeClock
from common.node.ledger import Ledger
from common.node.node import Node
from common.node.writer import Writer
from common.store.contract import Batch
from common.store.errors import StoreFull
from common.wire import messages as m
from common.wire.outputs import Held, Now, SideWant
from common.wire.replica import Replica
from tests.sim.cables import MOST_AT_ONCE, MS, CableTransport
from tests.sim.checks import BrokenPromise
from tests.sim.disk import Disk, DiskFiles, PowerCut, WatchedLog
from tests.sim.keys import STORE, KeyedIdentity, verify
from tests.sim.screens import Screens

if TYPE_CHECKING:
    from tests.sim.world import World


class Nap(BaseException):
    """The node's poll would wait so long: its turn is over."""

    def __init__(self, milliseconds: int) -> None:
        super().__init__()
        self.milliseconds = milliseconds


class _Clock(NodeClock):
    """Counts from elsewhere on each machine, and is as wrong about the day as its wall clock."""

    def __init__(self, machine: Machine) -> None:
        self._machine = machine
        self._counts_from = machine.counts_from
        self._lead = machine.wall

    def now(self) -> Now:
        time = self._machine.time
        return Now(time + self._counts_from, time + self._lead)

    def mesh(self) -> int:
        return self._machine.time + self._lead


class Machine:
    """A machine of the house."""

    def __init__(self, world: World, name: str, identity: KeyedIdentity, disk: Disk) -> None:
        self.world = world
        self.name = name
        self.identity = identity
        self.origin = identity.origin
        self.disk = disk
        self.counts_from = world.rng.randrange(10**9)
        self.wall = world.noon + world.rng.randint(-2_000, 2_000) * MS
        self.life = 0
        self.running = False
        self.hung = False
        self.apart = False
        """Whether something is going on with it that nothing else must disturb."""
        self.slow_disk = 0
        self.slow_joiner = 0
        self.cut_at_commit: str | None = None
        self.inbox: deque[Heard] = deque()
        self.screens = Screens(self)
        self.node: Node
        self.writer: Writer
        self.replica: Replica
        self._ahead = 0
        self._busy_until = 0
        self._wakes_at: int | None = None

    @property
    def time(self) -> int:
        """The moment at which its processor is."""
        return self.world.time + self._ahead

    def say(self, what: str) -> None:
        """A line in the trace, at this machine's moment."""
        self.world.say(self.name, what, self.time)

    @property
    def able(self) -> bool:
        """Whether somebody could use it."""
        return self.running and not self.hung

    @property
    def ledger(self) -> Ledger:
        """What its node knows."""
        return self.writer._ledger

    # -- starts and ends

    def boot(self) -> None:
        """Put the node together and start it."""
        self.life += 1
        self._ahead = 0
        self._busy_until = self.world.time
        self._wakes_at = None
        self.inbox.clear()
        self.say("starts")
        clock = _Clock(self)
        log = WatchedLog(self.disk, self._before_commit, self._after_commit)
        files = DiskFiles(self.disk, log)
        self.screens.begin()
        self.writer = Writer(files, self.identity, STORE.public_key, clock)
        jitter = self.world.stream(f"jitter/{self.name}/{self.life}").random
        self.replica = Replica(self.origin, STORE.store_id, FOLD_VERSION, verify, jitter)
        transport = CableTransport(self.world.cables, self, self.world)
        self.node = Node(
            transport,
            self.screens,  # type: ignore[arg-type]
            self.replica,
            self.writer,
            log.reader(),
            clock,
        )
        held = [
            Held(chain.origin, chain.epoch, head.seq, head.checksum, head.stored_at)
            for chain, head in log.heads().items()
        ]
        receipts = [(each, *run, seq) for (each, run), seq in files.receipts.acked().items()]
        wants = [SideWant(want.id, want.origin) for want in log.wanted_sides()]
        self.running = True
        self.node.start(held, receipts, wants, log.last_commit)
        self._wake(self.world.time)

    def crash(self, why: str) -> None:
        """The power is gone."""
        if self.running:
            self.say(f"dies: {why}")
            self.world.coverage.update(self.replica.status().counters)
            self.running = self.hung = False
            self.cut_at_commit = None
            self.world.cables.hang_up(self)

    def goes_on_as(self, other: Machine) -> None:
        """Write on where another does, as a copy of its memory would."""
        self.world.checks.twinned.add(other.writer._pen.chain)
        self.writer._pen.chain, self.writer._pen.place = (
            other.writer._pen.chain,
            other.writer._pen.place,
        )

    def leap_ahead(self, by: int) -> None:
        """Count on from far beyond, as after a fault of memory."""
        place = self.writer._pen.place
        self.writer._pen.place = place._replace(lamport=place.lamport + by)

    # -- turns

    def hear(self, heard: Heard) -> None:
        """Something is there to be heard."""
        if self.running:
            self.inbox.append(heard)
            self._wake(max(self.world.time, self._busy_until))

    def resume(self) -> None:
        """A hung node goes on."""
        self.hung = False
        if self.running:
            self._wake(self.world.time)

    def _wake(self, at: int) -> None:
        if self._wakes_at is not None and self._wakes_at <= at:
            return
        self._wakes_at = at
        life = self.life

        def turn() -> None:
            if self.running and self.life == life and self._wakes_at == at:
                self._wakes_at = None
                if not self.hung:
                    self._turn()

        self.world.at(at, turn)

    def _turn(self) -> None:
        """Let the node run until it would sleep or has waited for its disk."""
        try:
            while not self._ahead:
                self.node.step()
            self._busy_until = self.time
            self._wake(self._busy_until)
        except Nap as nap:
            self._wake(self.world.time + nap.milliseconds * MS)
        except PowerCut:
            self.crash("power cut")
            self.world.restart(self)
        except BrokenPromise:
            raise
        except Exception as error:
            raise BrokenPromise(f"{self.name}'s node ends: {error!r}") from error
        finally:
            self._ahead = 0

    def poll(self, timeout_ms: int) -> list[Heard]:
        """What the node hears now."""
        if not self.inbox and timeout_ms:
            raise Nap(timeout_ms)
        return [self.inbox.popleft() for _ in range(min(len(self.inbox), MOST_AT_ONCE))]

    # -- the disk

    def _before_commit(self, batch: Batch) -> None:
        if self.cut_at_commit == "before":
            raise PowerCut
        if self.disk.takes_nothing:
            self.disk.log.fault = StoreFull("no room")
            self.world.coverage["commits refused"] += 1
            return
        self.world.checks.commits(self, batch)

    def _after_commit(self, batch: Batch) -> None:
        self._ahead += self.world.rng.randint(500, 6_000) + self.slow_disk
        self.world.checks.committed(self, batch)
        if self.cut_at_commit == "after":
            raise PowerCut

    # -- what leaves

    def leaves(self, message: m.Feed | m.Question | m.Answer, peer: bytes | None = None) -> None:
        """A message is about to leave: whatever it says is stored here must be on the disk."""
        world = self.world
        if world.traced:
            to = world.names.of(peer) if peer else "all"
            self.say(f"→ {to}: {world.names.message(message)}")
        match message:
            case m.Vector() | m.Hello() | m.Welcome() | m.Ack() | m.Delivered():
                for head in message.heads:
                    world.checks.told(self, type(message).__name__, head)
            case m.Groups() | m.Page() | m.Deliver():
                world.coverage["deliveries"] += isinstance(message, m.Deliver)
                for raw in message.groups:
                    group = decode_group(raw)
                    held = self.disk.holds(Chain(group.origin, group.epoch), group.last)
                    world.checks.expect(held, f"{self.name} sent a group that is not on its disk")
            case _:
                pass
