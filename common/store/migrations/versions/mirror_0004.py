"""The news of each order by role, and what the holders of roles told to have stored.

Older rows know nothing of it: all orders are folded again from the log when the node starts. Acks
of before stay in the receipts alone.
"""

from __future__ import annotations

from alembic import op

revision = "mirror_0004"
down_revision = "mirror_0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("ALTER TABLE p_order ADD COLUMN sent TEXT DEFAULT '[]' NOT NULL")
    op.execute("ALTER TABLE p_node ADD COLUMN here INTEGER DEFAULT 0 NOT NULL")
    op.execute(
        """
        CREATE TABLE p_stored (
            node BLOB NOT NULL,
            origin BLOB NOT NULL,
            epoch INTEGER NOT NULL,
            seq INTEGER NOT NULL,
            stored_at INTEGER NOT NULL,
            PRIMARY KEY (node, origin, epoch, seq)
        ) WITHOUT ROWID, STRICT
        """
    )
    op.execute("UPDATE progress SET projected_commit = 0")
