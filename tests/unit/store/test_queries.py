"""What is asked at a start or for a peer must not read the whole log."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, event

from common.store.log import LogReader, LogWriter
from tests.contracts.logs import COUNTER, SUBJECT, WOK, Pen, batch


@pytest.fixture
def statements(tmp_path: Path) -> Iterator[list[tuple[str, Any]]]:
    """All that a start and a reader's questions ask of the database."""
    log = LogWriter.open(tmp_path)
    log.append(batch(Pen().group(3), Pen(COUNTER).group(2)))
    log.close()
    asked: list[tuple[str, Any]] = []

    def note(_: Connection, __: object, sql: str, params: Any, *___: object) -> None:
        asked.append((sql, params))

    reader = LogReader.open(tmp_path)
    event.listen(reader.connection.engine, "before_cursor_execute", note)
    reader.heads()
    reader.groups_after(WOK, 1, 10_000)
    reader.events_of(SUBJECT)
    reader.events_since(2, 2)
    reader.subjects_since(3)
    reader.sides([SUBJECT])
    yield asked
    reader.close()


def test_no_question_walks_through_events_or_groups(
    tmp_path: Path, statements: list[tuple[str, Any]]
) -> None:
    reader = LogReader.open(tmp_path)
    assert len(statements) == 7
    for sql, params in statements:
        plan = reader.connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {sql}", params)
        steps = [row.detail for row in plan]
        whole = [step for step in steps if step.startswith("SCAN") and "chain" not in step]
        assert whole == [], sql
    reader.close()
