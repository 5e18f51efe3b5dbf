"""Bring a file to this version's schema when it is opened.

A new file is made from the tables as they are now, an old one by Alembic's steps in `versions/`;
tests hold the two equal. Alembic takes most of a second to import, so only an old file pays for it.
"""

from __future__ import annotations

import zlib
from pathlib import Path

from sqlalchemy import Connection, MetaData, insert, inspect

from common.store import schema
from common.store.engine import transaction
from common.store.errors import SchemaTooNew, StoreBroken
from common.store.views import LOCAL_VIEWS, MIRROR_VIEWS, View

REVISIONS = {"mirror": "mirror_0004", "local": "local_0001"}
"""The last step of each file's branch, `name_number`."""


def bring_up_mirror(connection: Connection) -> None:
    """Make or upgrade the log's tables and views. Raises StoreError."""
    with transaction(connection):
        if _bring_up(connection, "mirror", schema.mirror):
            connection.execute(insert(schema.progress).values(id=1, projected_commit=0, opens=0))
        _renew_views(connection, MIRROR_VIEWS)


def bring_up_local(connection: Connection) -> None:
    """Make or upgrade the tables and views that no other node has. Raises StoreError."""
    with transaction(connection):
        _bring_up(connection, "local", schema.local)
        _renew_views(connection, LOCAL_VIEWS)


def upgrade(connection: Connection, branch: str) -> None:
    """Run Alembic's steps up to this version's schema, inside the caller's transaction."""
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    command.upgrade(config, f"{branch}@head")


def _bring_up(connection: Connection, branch: str, tables: MetaData) -> bool:
    """True if the file was empty."""
    stored = _revision(connection)
    if stored is None:
        tables.create_all(connection, checkfirst=False)
        connection.exec_driver_sql(
            "CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL, "
            "CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num))"
        )
        connection.exec_driver_sql("INSERT INTO alembic_version VALUES (?)", (REVISIONS[branch],))
        return True
    if stored != REVISIONS[branch]:
        if _number(branch, stored) > _number(branch, REVISIONS[branch]):
            raise SchemaTooNew(f"the file has schema {stored}, we know {REVISIONS[branch]}")
        upgrade(connection, branch)
    return False


def _revision(connection: Connection) -> str | None:
    if not inspect(connection).get_table_names():
        return None
    row = connection.exec_driver_sql("SELECT version_num FROM alembic_version").first()
    if row is None:
        raise StoreBroken("the file does not tell its schema")
    return str(row[0])


def _number(branch: str, revision: str) -> int:
    name, _, number = revision.rpartition("_")
    if name != branch or not number.isdecimal():
        raise StoreBroken(f"the file has schema {revision}, which is none of {branch}'s")
    return int(number)


def _renew_views(connection: Connection, views: tuple[View, ...]) -> None:
    """Views hold nothing, so they are not migrated: other text, and all are made anew."""
    wanted = zlib.crc32("\n".join(view.sql for view in views).encode()) & 0x7FFFFFFF
    if connection.exec_driver_sql("PRAGMA user_version").scalar() == wanted:
        return
    for name in inspect(connection).get_view_names():
        connection.exec_driver_sql(f'DROP VIEW "{name}"')
    for view in views:
        connection.exec_driver_sql(f"CREATE VIEW {view.name} AS\n{view.sql}")
    connection.exec_driver_sql(f"PRAGMA user_version={wanted}")
