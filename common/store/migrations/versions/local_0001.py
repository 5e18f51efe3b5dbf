"""Receipts: what other nodes told us that they have on their disks."""

from __future__ import annotations

from alembic import op

revision = "local_0001"
down_revision = None
branch_labels = ("local",)
depends_on = None


def upgrade() -> None:
    op.execute(
        """
        CREATE TABLE receipt (
            node BLOB NOT NULL,
            origin BLOB NOT NULL,
            epoch INTEGER NOT NULL,
            seq INTEGER NOT NULL,
            stored_at INTEGER NOT NULL,
            acked_at INTEGER NOT NULL,
            PRIMARY KEY (node, origin, epoch, seq)
        ) WITHOUT ROWID, STRICT
        """
    )
