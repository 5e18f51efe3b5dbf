"""What an order costs, what was paid and what is due; an order that is not paid is open.

Older rows know nothing of it: all orders are folded again from the log when the node starts.
"""

from __future__ import annotations

from alembic import op

revision = "mirror_0003"
down_revision = "mirror_0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("ALTER TABLE p_order ADD COLUMN payment TEXT DEFAULT '' NOT NULL")
    for name in ("total", "paid", "due"):
        op.execute(f"ALTER TABLE p_order ADD COLUMN {name} INTEGER DEFAULT 0 NOT NULL")
    op.execute("ALTER TABLE p_order ADD COLUMN payments TEXT DEFAULT '[]' NOT NULL")
    op.execute("DROP INDEX p_order_open")
    op.execute(
        "CREATE INDEX p_order_open ON p_order (order_id) "
        "WHERE state IN ('open', 'ready') OR due > 0"
    )
    op.execute("UPDATE progress SET projected_commit = 0")
