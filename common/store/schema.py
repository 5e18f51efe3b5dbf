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
)

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
