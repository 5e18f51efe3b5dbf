"""The views: what other programs read. VIEWS.md beside this file documents every column."""

from __future__ import annotations

from typing import NamedTuple


class View(NamedTuple):
    """A view's name and its SELECT."""

    name: str
    sql: str


MIRROR_VIEWS = (
    View(
        "v_event",
        """
SELECT e.commit_no, lower(hex(c.origin)) AS origin, c.epoch, e.seq, e.lamport, e.at, e.kind,
    CASE WHEN e.subject = CAST('house' AS BLOB) THEN 'house' ELSE lower(hex(e.subject)) END
        AS subject,
    lower(hex(e.cmd_id)) AS cmd_id, e.actor, e.roles, e.version, length(e.raw) AS size,
    lower(hex(g.checksum)) AS group_checksum, g.stored_at
FROM event AS e
JOIN chain AS c ON c.chain_no = e.chain_no
JOIN grp AS g ON g.chain_no = e.chain_no AND g.first = (
    SELECT max(first) FROM grp WHERE chain_no = e.chain_no AND first <= e.seq)
""",
    ),
    View(
        "v_progress",
        """
SELECT projected_commit, (SELECT coalesce(max(commit_no), 0) FROM event) AS last_commit
FROM progress
""",
    ),
)

LOCAL_VIEWS = (
    View(
        "v_receipt",
        """
SELECT lower(hex(node)) AS node, lower(hex(origin)) AS origin, epoch, seq, stored_at, acked_at
FROM receipt
""",
    ),
)
