"""One process at a time on a node's folder, however the one before it ended."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from common.node.lock import LOCK, FolderInUse, folder_lock

ROOT = Path(__file__).parents[3]
HOLDS = (
    "import sys, time; from pathlib import Path; from common.node.lock import folder_lock\n"
    "with folder_lock(Path(sys.argv[1])):\n"
    "    print('has it', flush=True)\n"
    "    while 1: time.sleep(60)"
)


def test_who_comes_second_is_told_who_was_first(tmp_path: Path) -> None:
    with folder_lock(tmp_path), pytest.raises(FolderInUse) as refused, folder_lock(tmp_path, 0):
        pass
    holder = f"pid {os.getpid()}"
    assert holder in refused.value.text("en")
    assert holder in refused.value.text("zh")
    assert (tmp_path / LOCK).exists()
    with folder_lock(tmp_path, 0):
        pass


def test_a_killed_process_leaves_the_folder_free(tmp_path: Path) -> None:
    argv = [sys.executable, "-c", HOLDS, str(tmp_path)]
    with subprocess.Popen(argv, cwd=ROOT, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == b"has it\n"
        with pytest.raises(FolderInUse, match=f"pid {process.pid}"), folder_lock(tmp_path, 0):
            pass
        process.kill()
        # Who is just ending is waited for.
        with folder_lock(tmp_path, 10):
            pass
