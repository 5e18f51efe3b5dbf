"""A node's replication as one machine: (state, input, now) → (state, outputs)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

from common.domain.codec import Group, SideRecord
from common.wire.outputs import Held, Now, Outputs, Received, SideWant, Status, Token


class Replica:
    """What one node holds, hears, owes and lacks. Every input returns what is to be done."""

    def __init__(
        self,
        me: bytes,
        store_id: bytes,
        fold_version: int,
        verify: Callable[[bytes, bytes, bytes], bool],
        jitter: Callable[[], float],
    ) -> None:
        raise NotImplementedError

    def start(
        self,
        heads: Iterable[Held],
        receipts: Iterable[tuple[bytes, bytes, int, int]],
        now: Now,
    ) -> list[Outputs]:
        """Begin from what is durable: chain heads, receipts as (node, origin, epoch, seq)."""
        raise NotImplementedError

    def set_peers(self, roster: Mapping[bytes, bytes], now: Now) -> list[Outputs]:
        """The store's nodes, this one among them: origin → public key."""
        raise NotImplementedError

    def own(self, groups: Sequence[Group], sides: Sequence[SideRecord], now: Now) -> list[Outputs]:
        """These groups and side records of this node have just become durable here."""
        raise NotImplementedError

    def committed(self, groups: Iterable[Received], stored_at: int, now: Now) -> list[Outputs]:
        """Groups from a Commit are durable, since this mesh time."""
        raise NotImplementedError

    def commit_failed(self, groups: Iterable[Received], now: Now) -> list[Outputs]:
        """Groups from a Commit could not be written; they will be fetched again."""
        raise NotImplementedError

    def connected(self, peer: bytes, now: Now) -> list[Outputs]:
        """Requests to this peer can leave, for the first time or after a reset or a gap."""
        raise NotImplementedError

    def feed(self, peer: bytes, frame: bytes, now: Now) -> list[Outputs]:
        """A frame came from the feed of this authenticated peer."""
        raise NotImplementedError

    def asked(self, token: Token, peer: bytes, body: bytes, now: Now) -> list[Outputs]:
        """This authenticated peer asks; there is one Reply for every token."""
        raise NotImplementedError

    def answered(self, peer: bytes, request_id: int, body: bytes, now: Now) -> list[Outputs]:
        """The peer answered a Request."""
        raise NotImplementedError

    def read(self, token: Token, groups: Sequence[Group], more: bool, now: Now) -> list[Outputs]:
        """What a Read found; `more` if the limit cut it short."""
        raise NotImplementedError

    def sides_read(self, token: Token, sides: Sequence[SideRecord], now: Now) -> list[Outputs]:
        """What a ReadSides found."""
        raise NotImplementedError

    def read_failed(self, token: Token, now: Now) -> list[Outputs]:
        """A Read or ReadSides could not be done."""
        raise NotImplementedError

    def sides_wanted(self, wants: Iterable[SideWant], now: Now) -> list[Outputs]:
        """Durable events name these side records and the store has not got them."""
        raise NotImplementedError

    def sides_kept(self, ids: Iterable[bytes], now: Now) -> list[Outputs]:
        """Side records from a KeepSides are durable (or no longer wanted)."""
        raise NotImplementedError

    def health(self, queue_ms: int, disk: int) -> None:
        """What the next vectors tell of this node: its queue's age and its disk."""
        raise NotImplementedError

    def tick(self, now: Now) -> list[Outputs]:
        """Time has passed; to be called at `next_deadline` at the latest."""
        raise NotImplementedError

    def next_deadline(self) -> int:
        """The monotonic time at which `tick` is due if nothing else happens."""
        raise NotImplementedError

    def status(self) -> Status:
        """The replica as it stands, for people."""
        raise NotImplementedError
