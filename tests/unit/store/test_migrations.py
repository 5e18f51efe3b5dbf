from __future__ import annotations

import re
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, MetaData

from common.store import migrations, schema
from common.store.engine import open_writer, transaction
from common.store.errors import SchemaTooNew, StoreBroken
from common.store.log import MIRROR, LogWriter
from common.store.migrations import REVISIONS, bring_up_local, bring_up_mirror, upgrade
from common.store.mirror import Mirror
from common.store.receipts import LOCAL, Receipts
from common.store.views import MIRROR_VIEWS
from tests.contracts.logs import Pen, batch
from tests.unit.store.orders import Story, one_of_everything

BranchCase = tuple[str, Callable[[Connection], None], MetaData]
BRANCHES: list[BranchCase] = [
    ("mirror", bring_up_mirror, schema.mirror),
    ("local", bring_up_local, schema.local),
]


@pytest.fixture(params=BRANCHES, ids=[name for name, _, _ in BRANCHES])
def branch(request: pytest.FixtureRequest) -> BranchCase:
    case: BranchCase = request.param
    return case


@pytest.fixture
def connection(tmp_path: Path) -> Iterator[Connection]:
    opened = open_writer(tmp_path / "file.db")
    yield opened
    opened.close()


def layout(connection: Connection) -> list[tuple[str, str]]:
    with transaction(connection):
        rows = connection.exec_driver_sql(
            "SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL ORDER BY name"
        ).all()
    return [(row.name, re.sub(r"\s+", "", row.sql)) for row in rows]


def test_the_steps_lead_to_the_same_file_as_the_tables(tmp_path: Path, branch: BranchCase) -> None:
    name, bring_up, tables = branch
    made, stepped = open_writer(tmp_path / "made.db"), open_writer(tmp_path / "stepped.db")
    bring_up(made)
    with transaction(stepped):
        upgrade(stepped, name)
    with transaction(stepped):
        assert compare_metadata(MigrationContext.configure(stepped), tables) == []
    bring_up(stepped)
    assert layout(stepped) == layout(made)
    assert len(layout(made)) > 2
    made.close()
    stepped.close()


def test_a_mirror_made_by_the_steps_takes_events(tmp_path: Path) -> None:
    connection = open_writer(tmp_path / MIRROR)
    with transaction(connection):
        upgrade(connection, "mirror")
    connection.close()
    log = LogWriter.open(tmp_path)
    assert log.append(batch(Pen().group(3))).last == 3
    log.close()


def test_the_last_step_is_the_revision_that_new_files_get() -> None:
    config = Config()
    config.set_main_option("script_location", str(Path(migrations.__file__).parent))
    config.set_main_option("path_separator", "os")
    assert sorted(ScriptDirectory.from_config(config).get_heads()) == sorted(REVISIONS.values())


def test_opening_again_changes_nothing(connection: Connection, branch: BranchCase) -> None:
    _, bring_up, _ = branch
    bring_up(connection)
    before = layout(connection)
    bring_up(connection)
    assert layout(connection) == before


def test_an_older_file_takes_the_steps(
    connection: Connection, branch: BranchCase, monkeypatch: pytest.MonkeyPatch
) -> None:
    name, bring_up, _ = branch
    bring_up(connection)
    taken: list[str] = []
    monkeypatch.setattr(migrations, "upgrade", lambda _, which: taken.append(which))
    monkeypatch.setitem(REVISIONS, name, f"{name}_9998")
    bring_up(connection)
    assert taken == [name]


def test_an_order_of_before_was_shown_to_nobody(connection: Connection) -> None:
    bring_up_mirror(connection)
    order = one_of_everything(Story())[0]
    Mirror(connection).write([order], None, 11)
    with transaction(connection):
        for view in MIRROR_VIEWS:
            connection.exec_driver_sql(f"DROP VIEW {view.name}")
        connection.exec_driver_sql("DROP INDEX p_order_open")
        connection.exec_driver_sql("DROP TABLE p_stored")
        connection.exec_driver_sql("ALTER TABLE p_node DROP COLUMN here")
        for column in ("shown", "payment", "total", "paid", "due", "payments", "sent"):
            connection.exec_driver_sql(f"ALTER TABLE p_order DROP COLUMN {column}")
        connection.exec_driver_sql(
            "CREATE INDEX p_order_open ON p_order (order_id) WHERE state IN ('open', 'ready')"
        )
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = 'mirror_0001'")
        connection.exec_driver_sql("PRAGMA user_version=1")
    bring_up_mirror(connection)
    with transaction(connection):
        rows = connection.exec_driver_sql("SELECT order_id, shown FROM p_order").all()
    assert [tuple(row) for row in rows] == [(order.id, "[]")]
    assert Mirror(connection).projected_commit() == 0, "what it cost is folded anew from the log"


@pytest.mark.parametrize(
    ("stored", "error"), [("9999", SchemaTooNew), ("x", StoreBroken)], ids=["newer", "strange"]
)
def test_a_file_of_another_world_is_refused(
    connection: Connection, branch: BranchCase, stored: str, error: type[Exception]
) -> None:
    name, bring_up, _ = branch
    bring_up(connection)
    with transaction(connection):
        connection.exec_driver_sql(
            "UPDATE alembic_version SET version_num = ?", (f"{name}_{stored}",)
        )
    before = layout(connection)
    with pytest.raises(error, match=stored):
        bring_up(connection)
    assert layout(connection) == before


def test_one_file_is_not_taken_for_the_other(tmp_path: Path) -> None:
    Receipts.open(tmp_path).close()
    (tmp_path / LOCAL).rename(tmp_path / MIRROR)
    with pytest.raises(StoreBroken, match="none of mirror's"):
        LogWriter.open(tmp_path)


def test_no_database_is_taken_for_one(tmp_path: Path) -> None:
    (tmp_path / MIRROR).write_bytes(b"not a database, but long enough to look like a file" * 30)
    with pytest.raises(StoreBroken, match="not a database"):
        LogWriter.open(tmp_path)


def test_views_of_another_release_are_made_anew(connection: Connection) -> None:
    bring_up_mirror(connection)
    before = layout(connection)
    with transaction(connection):
        connection.exec_driver_sql("DROP VIEW v_order")
        connection.exec_driver_sql("CREATE VIEW v_line_of_old AS SELECT 1")
        connection.exec_driver_sql("PRAGMA user_version=1")
    bring_up_mirror(connection)
    assert layout(connection) == before


def test_making_a_file_is_all_or_nothing(
    connection: Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(migrations, "MIRROR_VIEWS", (*MIRROR_VIEWS, MIRROR_VIEWS[0]))
    with pytest.raises(StoreBroken, match="already exists"):
        bring_up_mirror(connection)
    assert layout(connection) == []


def test_a_node_that_starts_does_not_load_alembic(tmp_path: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from common.store.log import LogWriter;"
        "folder = Path(sys.argv[1]); LogWriter.open(folder).close();"
        "LogWriter.open(folder).close(); sys.exit('alembic' in sys.modules)"
    )
    subprocess.run([sys.executable, "-c", code, str(tmp_path)], check=True, timeout=30)
    connection = sqlite3.connect(tmp_path / MIRROR)
    assert connection.execute("SELECT opens FROM progress").fetchone() == (2,)
    connection.close()
