"""The tables of both files. Ids are raw bytes here and hexadecimal text in the views."""

from __future__ import annotations

from sqlalchemy import (
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    PrimaryKeyConstraint,
    Table,
    Text,
    UniqueConstraint,
    text,
)

NOT_CLOSED = "state IN ('open', 'ready') OR due > 0"
"""Of `p_order`, word for word where it is asked for: SQLite knows its index by the text."""

mirror = MetaData()
local = MetaData()

chain = Table(
    "chain",
    mirror,
    Column("chain_no", Integer, primary_key=True),
    Column("origin", LargeBinary, nullable=False),
    Column("epoch", Integer, nullable=False),
    UniqueConstraint("origin", "epoch"),
    sqlite_strict=True,
)

# `commit_no` is that of the group's first event, `size` the bytes of its events together, `lamport`
# the highest of the chain up to the group's end.
grp = Table(
    "grp",
    mirror,
    Column("chain_no", Integer, ForeignKey("chain.chain_no"), nullable=False),
    Column("first", Integer, nullable=False),
    Column("last", Integer, nullable=False),
    Column("previous", LargeBinary, nullable=False),
    Column("checksum", LargeBinary, nullable=False),
    Column("signature", LargeBinary, nullable=False),
    Column("stored_at", Integer, nullable=False),
    Column("commit_no", Integer, nullable=False),
    Column("size", Integer, nullable=False),
    Column("lamport", Integer, nullable=False),
    PrimaryKeyConstraint("chain_no", "first"),
    sqlite_strict=True,
    sqlite_with_rowid=False,
)

event = Table(
    "event",
    mirror,
    Column("commit_no", Integer, primary_key=True),
    Column("chain_no", Integer, ForeignKey("chain.chain_no"), nullable=False),
    Column("seq", Integer, nullable=False),
    Column("lamport", Integer, nullable=False),
    Column("at", Integer, nullable=False),
    Column("kind", Text, nullable=False),
    Column("subject", LargeBinary, nullable=False),
    Column("cmd_id", LargeBinary, nullable=False),
    Column("actor", Text, nullable=False),
    Column("roles", Text, nullable=False),
    Column("version", Integer, nullable=False),
    Column("raw", LargeBinary, nullable=False),
    UniqueConstraint("chain_no", "seq"),
    Index("event_subject", "subject"),
    sqlite_strict=True,
)

command = Table(
    "command",
    mirror,
    Column("cmd_id", LargeBinary, primary_key=True, nullable=False),
    Column("first_commit", Integer, nullable=False),
    Column("last_commit", Integer, nullable=False),
    sqlite_strict=True,
    sqlite_with_rowid=False,
)

# An erased record keeps its id, without `raw`.
side = Table(
    "side",
    mirror,
    Column("id", LargeBinary, primary_key=True, nullable=False),
    Column("origin", LargeBinary, nullable=False),
    Column("subject", LargeBinary, nullable=False),
    Column("at", Integer, nullable=False),
    Column("raw", LargeBinary),
    Column("erased_at", Integer),
    Index("side_at", "at"),
    sqlite_strict=True,
    sqlite_with_rowid=False,
)

side_wanted = Table(
    "side_wanted",
    mirror,
    Column("id", LargeBinary, primary_key=True, nullable=False),
    Column("origin", LargeBinary, nullable=False),
    Column("at", Integer, nullable=False),
    sqlite_strict=True,
    sqlite_with_rowid=False,
)

# One row. `opens` counts how often the file was opened for writing.
progress = Table(
    "progress",
    mirror,
    Column("id", Integer, primary_key=True),
    Column("projected_commit", Integer, nullable=False),
    Column("opens", Integer, nullable=False),
    sqlite_strict=True,
)

# An order whose submission has arrived. The first columns after its id are the submission's event
# key; `ref_day` is 0 where a reference is unique for ever.
p_order = Table(
    "p_order",
    mirror,
    Column("order_id", LargeBinary, primary_key=True, nullable=False),
    Column("lamport", Integer, nullable=False),
    Column("origin", LargeBinary, nullable=False),
    Column("epoch", Integer, nullable=False),
    Column("seq", Integer, nullable=False),
    Column("submitted_at", Integer, nullable=False),
    Column("day", Integer, nullable=False),
    Column("prefix", Text, nullable=False),
    Column("digits", Integer, nullable=False),
    Column("channel", Text, nullable=False),
    Column("provider", Text),
    Column("pickup_no", Text),
    Column("door", Text, nullable=False),
    Column("ref", Text),
    Column("ref_day", Integer, nullable=False),
    Column("table_no", Text),
    Column("covers", Integer),
    Column("due_at", Integer),
    Column("note", Text, nullable=False),
    Column("allergies", Text, nullable=False),
    Column("priority", Integer, nullable=False),
    Column("utensils", Integer),
    Column("fees", Text, nullable=False),
    Column("currency", Text, nullable=False),
    Column("marks", Text, nullable=False),
    Column("side", LargeBinary),
    Column("state", Text, nullable=False),
    Column("rushes", Integer, nullable=False),
    Column("fold_version", Integer, nullable=False),
    Column("fold_hash", LargeBinary, nullable=False),
    # A JSON array of [station, origin, epoch, seq, shown, seen], as portions are in p_line.
    Column("shown", Text, nullable=False, server_default="[]"),
    Column("payment", Text, nullable=False, server_default=""),
    Column("total", Integer, nullable=False, server_default=text("0")),
    Column("paid", Integer, nullable=False, server_default=text("0")),
    Column("due", Integer, nullable=False, server_default=text("0")),
    # A JSON array of [origin, epoch, seq, taken, amount, method, check].
    Column("payments", Text, nullable=False, server_default="[]"),
    # A JSON array of [role, origin, epoch, seq, saved, shown, seen], one for each news to a role.
    Column("sent", Text, nullable=False, server_default="[]"),
    Index("p_order_number", "day", "prefix", "digits"),
    Index("p_order_ref", "door", "ref", "ref_day"),
    Index("p_order_open", "order_id", sqlite_where=text(NOT_CLOSED)),
    sqlite_strict=True,
    sqlite_with_rowid=False,
)

# `portions` is a JSON array of [state, fired, started, ready, served, voided]: what moves most
# often is one value of one row.
p_line = Table(
    "p_line",
    mirror,
    Column("order_id", LargeBinary, nullable=False),
    Column("position", Integer, nullable=False),
    Column("line_id", Text, nullable=False),
    Column("added_at", Integer, nullable=False),
    Column("sku", Text),
    Column("zh", Text, nullable=False),
    Column("en", Text, nullable=False),
    Column("said", Text, nullable=False),
    Column("category", Text),
    Column("qty", Integer, nullable=False),
    Column("unit", Text),
    Column("price", Integer, nullable=False),
    Column("course", Integer, nullable=False),
    Column("seat", Text),
    Column("parent", Text),
    Column("combo", Integer, nullable=False),
    Column("fire", Text, nullable=False),
    Column("plan_at", Integer),
    Column("prep_s", Integer, nullable=False),
    Column("warn_s", Integer, nullable=False),
    Column("late_s", Integer, nullable=False),
    Column("menu", LargeBinary),
    Column("ref", Text),
    Column("marks", Text, nullable=False),
    Column("station", Text),
    Column("batch", Integer, nullable=False),
    Column("note", Text, nullable=False),
    Column("modifiers", Text, nullable=False),
    Column("changes", Integer, nullable=False),
    Column("void_reason", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("portions", Text, nullable=False),
    PrimaryKeyConstraint("order_id", "position"),
    sqlite_strict=True,
    sqlite_with_rowid=False,
)

p_node = Table(
    "p_node",
    mirror,
    Column("origin", LargeBinary, primary_key=True, nullable=False),
    Column("name", Text, nullable=False),
    Column("roles", Text, nullable=False),
    Column("block", Integer, nullable=False),
    Column("feed", Text, nullable=False),
    Column("router", Text, nullable=False),
    Column("here", Integer, nullable=False, server_default=text("0")),
    sqlite_strict=True,
    sqlite_with_rowid=False,
)

# What receipts tell, where a view of this file can reach it.
p_stored = Table(
    "p_stored",
    mirror,
    Column("node", LargeBinary, nullable=False),
    Column("origin", LargeBinary, nullable=False),
    Column("epoch", Integer, nullable=False),
    Column("seq", Integer, nullable=False),
    Column("stored_at", Integer, nullable=False),
    PrimaryKeyConstraint("node", "origin", "epoch", "seq"),
    sqlite_strict=True,
    sqlite_with_rowid=False,
)

receipt = Table(
    "receipt",
    local,
    Column("node", LargeBinary, nullable=False),
    Column("origin", LargeBinary, nullable=False),
    Column("epoch", Integer, nullable=False),
    Column("seq", Integer, nullable=False),
    Column("stored_at", Integer, nullable=False),
    Column("acked_at", Integer, nullable=False),
    PrimaryKeyConstraint("node", "origin", "epoch", "seq"),
    sqlite_strict=True,
    sqlite_with_rowid=False,
)
