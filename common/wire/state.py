"""What the parts of a replica share."""

from __future__ import annotations

from common.domain.ids import Chain
from common.wire.catchup import Catchup
from common.wire.chains import Chains
from common.wire.limits import OLDEST_PROTOCOL, PROTOCOL
from common.wire.messages import Hello
from common.wire.outbox import Outbox
from common.wire.peer import Peer
from common.wire.sides import SideWants


class State:
    """Who this node is, what it holds and lacks, whom it knows."""

    def __init__(self, me: bytes, store_id: bytes, fold_version: int) -> None:
        self.me = me
        self.store_id = store_id
        self.fold_version = fold_version
        self.roster: dict[bytes, bytes] = {}
        self.peers: dict[bytes, Peer] = {}
        self.live: Chain | None = None
        self.chains = Chains()
        self.catchup = Catchup(self.chains)
        self.sides = SideWants()
        self.out = Outbox()

    def hello(self) -> Hello:
        """How this node names itself."""
        return Hello(
            store_id=self.store_id,
            node=self.me,
            protocol=PROTOCOL,
            oldest=OLDEST_PROTOCOL,
            fold_version=self.fold_version,
            heads=self.chains.heads(),
        )


def speaks(protocol: int, oldest: int) -> bool:
    """Whether this node and one that speaks `oldest` to `protocol` have a version in common."""
    return min(PROTOCOL, protocol) >= max(OLDEST_PROTOCOL, oldest)
