"""What was shown and seen at the stations, beside each order; older files know of none."""

from __future__ import annotations

from alembic import op

revision = "mirror_0002"
down_revision = "mirror_0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("ALTER TABLE p_order ADD COLUMN shown TEXT DEFAULT '[]' NOT NULL")
