"""What an ack means at the origin, whether it came as ACK or in the answer to a delivery."""

from __future__ import annotations

from common.domain.ids import Chain
from common.wire.messages import Stored
from common.wire.outputs import Receipt, What
from common.wire.peer import Peer
from common.wire.state import State


def take_ack(state: State, peer: Peer, stored: Stored) -> bool:
    """Believe what fits our own chain; if it tells more than the last one, it is a receipt."""
    chain = stored.chain
    held = state.chains.get(chain)
    if chain.origin != state.me or stored.seq > held.durable:
        state.out.note(What.BAD_ACK, f"{stored.seq} of {_name(chain)}", peer.origin)
    elif not held.agrees(stored.seq, stored.checksum):
        state.out.note(What.FORK, f"an ack of another past of {_name(chain)}", peer.origin)
    elif stored.seq > peer.receipts.get(chain, 0):
        peer.receipts[chain] = stored.seq
        peer.due.acked(chain, stored.seq)
        state.out.emit(
            Receipt(
                peer.origin,
                chain.origin,
                chain.epoch,
                stored.seq,
                stored_at=stored.stored_at,
                acked_at=state.out.now.mesh,
            )
        )
        return True
    return False


def _name(chain: Chain) -> str:
    return f"{chain.origin.hex()}/{chain.epoch}"
