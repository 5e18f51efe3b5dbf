"""The trace that a process leaves."""

from __future__ import annotations

import logging
import stat
import sys
from pathlib import Path

import pytest

from common import log
from common.log import FILE, log_to


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no permission bits")
def test_only_the_owner_can_read_it_also_after_it_was_turned_over(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(log, "_SIZE", 200)
    with log_to(tmp_path, "INFO"):
        for nth in range(20):
            logging.getLogger("test").info("line %d of a log that is turned over", nth)
    files = list(tmp_path.iterdir())
    assert len(files) > 2
    assert {stat.S_IMODE(path.stat().st_mode) for path in files} == {0o600}


def test_it_takes_the_level_that_was_asked_for_and_leaves_nothing_behind(tmp_path: Path) -> None:
    root = logging.getLogger()
    before = (root.level, list(root.handlers))
    with log_to(tmp_path, "WARNING"):
        logging.getLogger("test").info("quiet")
        logging.getLogger("test").warning("催菜")
    text = (tmp_path / FILE).read_text(encoding="utf-8")
    assert "WARNING test 催菜" in text
    assert "quiet" not in text
    assert (root.level, list(root.handlers)) == before
