"""A node's settings: written once, read strictly, refused calmly."""

from __future__ import annotations

import stat
import sys
from pathlib import Path

import pytest

from common.config import CONFIG, NodeConfig, read_config, write_config
from common.errors import KnownError

KEY = "ab" * 32


def a_config(name: str = "wok") -> NodeConfig:
    return NodeConfig(name=name, store_key=KEY, feed="tcp://127.0.0.1:1", router="tcp://1.1.1.1:2")


@pytest.mark.parametrize(
    "name", ["wok", "炒锅", 'a "b" \\ c', "a\nb\tc\r", "#", "\u2028\x00", "🍜", "é", "'''", ""]
)
def test_what_was_written_is_read(tmp_path: Path, name: str) -> None:
    write_config(tmp_path, a_config(name))
    assert read_config(tmp_path) == a_config(name)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no permission bits")
def test_only_the_owner_can_read_it(tmp_path: Path) -> None:
    write_config(tmp_path, a_config())
    assert stat.S_IMODE((tmp_path / CONFIG).stat().st_mode) == 0o600


def test_it_is_never_written_over(tmp_path: Path) -> None:
    write_config(tmp_path, a_config())
    with pytest.raises(FileExistsError):
        write_config(tmp_path, a_config("cold"))


GOOD = f'name = "wok"\nstore_key = "{KEY}"\nfeed = "tcp://1"\nrouter = "tcp://2"\n'


@pytest.mark.parametrize(
    "text",
    [
        "",
        "name = ",
        'name = "wok"',
        GOOD + "unknown = 1\n",
        GOOD + 'log_level = "LOUD"\n',
        GOOD.replace(KEY, "ab"),
        GOOD.replace(KEY, "xy" * 32),
        GOOD.replace('"wok"', "3"),
        "\udcff",
    ],
)
def test_what_cant_be_used_is_told_calmly(tmp_path: Path, text: str) -> None:
    (tmp_path / CONFIG).write_bytes(text.encode("utf-8", "surrogateescape"))
    with pytest.raises(KnownError, match="can't be used") as refused:
        read_config(tmp_path)
    assert "无法使用" in refused.value.text("zh")


def test_a_folder_without_it_is_no_nodes(tmp_path: Path) -> None:
    with pytest.raises(KnownError, match="no node's folder"):
        read_config(tmp_path)
