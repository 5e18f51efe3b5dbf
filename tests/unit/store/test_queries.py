"""What is asked at a start or for a peer must not read the whole log."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from common.store.log import LogReader, LogWriter
from tests.contracts.logs import COUNTER, SUBJECT, WOK, Pen, batch


@pytest.fixture
def statements(tmp_path: Path) -> Iterator[list[str]]:
    """All that a start and a reader's questions ask of the database, as SQLite itself hears it."""
    log = LogWriter.open(tmp_path)
    log.append(batch(Pen().group(3), Pen(COUNTER).group(2)))
    log.close()
    asked: list[str] = []
    reader = LogReader.open(tmp_path)
    driver: Any = reader.connection.connection.driver_connection
    driver.set_trace_callback(asked.append)
    reader.heads()
    reader.groups_after(WOK, 1, 10_000)
    reader.events_of(SUBJECT)
    reader.events_since(2, 2)
    reader.subjects_since(3)
    reader.sides([SUBJECT])
    driver.set_trace_callback(None)
    yield [sql for sql in asked if sql.startswith("SELECT")]
    reader.close()


def test_no_question_walks_through_events_or_groups(tmp_path: Path, statements: list[str]) -> None:
    reader = LogReader.open(tmp_path)
    assert len(statements) == 7
    for sql in statements:
        plan = reader.connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {sql}")
        steps = [row.detail for row in plan]
        whole = [step for step in steps if step.startswith("SCAN") and "chain" not in step]
        assert whole == [], sql
    reader.close()
