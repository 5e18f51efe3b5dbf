"""A node's state as plain data, for people and scripts (`passline status --json`)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from common.domain.alarms import Alarm
from common.node.jobs import Roster
from common.wire.outputs import Now, Status


def status_of(status: Status, roster: Roster | None, last_commit: int, now: Now) -> dict[str, Any]:
    """Peers with their links, vectors, and what the replica counted; ids as hex, times in µs.

    `silent_ms` is how long ago a peer was heard at `mesh`; null if not since this node's start.
    """
    names = {} if roster is None else roster.names
    return {
        "last_commit": last_commit,
        "mesh": now.mesh,
        "vector": _vector(status.heads),
        "behind": [[chain.origin.hex(), chain.epoch] for chain in status.behind],
        "sides_missing": status.sides_missing,
        "pending_bytes": status.pending_bytes,
        "counters": dict(status.counters),
        "peers": [
            {
                "origin": origin.hex(),
                "name": names.get(origin, ""),
                "up": peer.up,
                "silent_ms": None
                if peer.last_heard is None
                else (now.mono - peer.last_heard) // 1000,
                "vector": _vector(peer.heads),
                "queue_ms": peer.queue_ms,
                "disk": peer.disk,
                "due": peer.due,
                "clock": None if peer.clock is None else peer.clock._asdict(),
            }
            for origin, peer in status.peers.items()
        ],
    }


def alarms_of(alarms: Iterable[Alarm], roster: Roster | None) -> list[dict[str, Any]]:
    """What is wrong, the worst first; `name` is that of the node that holds the role."""
    names = {} if roster is None else roster.names
    return [
        alarm._asdict()
        | {
            "node": alarm.node.hex(),
            "name": names.get(alarm.node, ""),
            "order_id": None if alarm.order_id is None else alarm.order_id.hex(),
        }
        for alarm in alarms
    ]


def _vector(heads: Any) -> list[list[str | int]]:
    return [[head.origin.hex(), head.epoch, head.seq, head.checksum.hex()] for head in heads]
