"""The log, side records and the projections."""

from __future__ import annotations

from alembic import op

revision = "mirror_0001"
down_revision = None
branch_labels = ("mirror",)
depends_on = None

TABLES = (
    """
    CREATE TABLE chain (
        chain_no INTEGER NOT NULL,
        origin BLOB NOT NULL,
        epoch INTEGER NOT NULL,
        PRIMARY KEY (chain_no),
        UNIQUE (origin, epoch)
    ) STRICT
    """,
    """
    CREATE TABLE command (
        cmd_id BLOB NOT NULL,
        first_commit INTEGER NOT NULL,
        last_commit INTEGER NOT NULL,
        PRIMARY KEY (cmd_id)
    ) WITHOUT ROWID, STRICT
    """,
    """
    CREATE TABLE p_line (
        order_id BLOB NOT NULL,
        position INTEGER NOT NULL,
        line_id TEXT NOT NULL,
        added_at INTEGER NOT NULL,
        sku TEXT,
        zh TEXT NOT NULL,
        en TEXT NOT NULL,
        said TEXT NOT NULL,
        category TEXT,
        qty INTEGER NOT NULL,
        unit TEXT,
        price INTEGER NOT NULL,
        course INTEGER NOT NULL,
        seat TEXT,
        parent TEXT,
        combo INTEGER NOT NULL,
        fire TEXT NOT NULL,
        plan_at INTEGER,
        prep_s INTEGER NOT NULL,
        warn_s INTEGER NOT NULL,
        late_s INTEGER NOT NULL,
        menu BLOB,
        ref TEXT,
        marks TEXT NOT NULL,
        station TEXT,
        batch INTEGER NOT NULL,
        note TEXT NOT NULL,
        modifiers TEXT NOT NULL,
        changes INTEGER NOT NULL,
        void_reason TEXT NOT NULL,
        state TEXT NOT NULL,
        portions TEXT NOT NULL,
        PRIMARY KEY (order_id, position)
    ) WITHOUT ROWID, STRICT
    """,
    """
    CREATE TABLE p_node (
        origin BLOB NOT NULL,
        name TEXT NOT NULL,
        roles TEXT NOT NULL,
        block INTEGER NOT NULL,
        feed TEXT NOT NULL,
        router TEXT NOT NULL,
        PRIMARY KEY (origin)
    ) WITHOUT ROWID, STRICT
    """,
    """
    CREATE TABLE p_order (
        order_id BLOB NOT NULL,
        lamport INTEGER NOT NULL,
        origin BLOB NOT NULL,
        epoch INTEGER NOT NULL,
        seq INTEGER NOT NULL,
        submitted_at INTEGER NOT NULL,
        day INTEGER NOT NULL,
        prefix TEXT NOT NULL,
        digits INTEGER NOT NULL,
        channel TEXT NOT NULL,
        provider TEXT,
        pickup_no TEXT,
        door TEXT NOT NULL,
        ref TEXT,
        ref_day INTEGER NOT NULL,
        table_no TEXT,
        covers INTEGER,
        due_at INTEGER,
        note TEXT NOT NULL,
        allergies TEXT NOT NULL,
        priority INTEGER NOT NULL,
        utensils INTEGER,
        fees TEXT NOT NULL,
        currency TEXT NOT NULL,
        marks TEXT NOT NULL,
        side BLOB,
        state TEXT NOT NULL,
        rushes INTEGER NOT NULL,
        fold_version INTEGER NOT NULL,
        fold_hash BLOB NOT NULL,
        PRIMARY KEY (order_id)
    ) WITHOUT ROWID, STRICT
    """,
    """
    CREATE INDEX p_order_number ON p_order (day, prefix, digits)
    """,
    """
    CREATE INDEX p_order_open ON p_order (order_id) WHERE state IN ('open', 'ready')
    """,
    """
    CREATE INDEX p_order_ref ON p_order (door, ref, ref_day)
    """,
    """
    CREATE TABLE progress (
        id INTEGER NOT NULL,
        projected_commit INTEGER NOT NULL,
        opens INTEGER NOT NULL,
        PRIMARY KEY (id)
    ) STRICT
    """,
    """
    CREATE TABLE side (
        id BLOB NOT NULL,
        origin BLOB NOT NULL,
        subject BLOB NOT NULL,
        at INTEGER NOT NULL,
        raw BLOB,
        erased_at INTEGER,
        PRIMARY KEY (id)
    ) WITHOUT ROWID, STRICT
    """,
    """
    CREATE INDEX side_at ON side (at)
    """,
    """
    CREATE TABLE side_wanted (
        id BLOB NOT NULL,
        origin BLOB NOT NULL,
        at INTEGER NOT NULL,
        PRIMARY KEY (id)
    ) WITHOUT ROWID, STRICT
    """,
    """
    CREATE TABLE event (
        commit_no INTEGER NOT NULL,
        chain_no INTEGER NOT NULL,
        seq INTEGER NOT NULL,
        lamport INTEGER NOT NULL,
        at INTEGER NOT NULL,
        kind TEXT NOT NULL,
        subject BLOB NOT NULL,
        cmd_id BLOB NOT NULL,
        actor TEXT NOT NULL,
        roles TEXT NOT NULL,
        version INTEGER NOT NULL,
        raw BLOB NOT NULL,
        PRIMARY KEY (commit_no),
        UNIQUE (chain_no, seq),
        FOREIGN KEY(chain_no) REFERENCES chain (chain_no)
    ) STRICT
    """,
    """
    CREATE INDEX event_subject ON event (subject)
    """,
    """
    CREATE TABLE grp (
        chain_no INTEGER NOT NULL,
        first INTEGER NOT NULL,
        last INTEGER NOT NULL,
        previous BLOB NOT NULL,
        checksum BLOB NOT NULL,
        signature BLOB NOT NULL,
        stored_at INTEGER NOT NULL,
        commit_no INTEGER NOT NULL,
        size INTEGER NOT NULL,
        lamport INTEGER NOT NULL,
        PRIMARY KEY (chain_no, first),
        FOREIGN KEY(chain_no) REFERENCES chain (chain_no)
    ) WITHOUT ROWID, STRICT
    """,
)


def upgrade() -> None:
    for statement in TABLES:
        op.execute(statement)
    op.execute("INSERT INTO progress (id, projected_commit, opens) VALUES (1, 0, 0)")
