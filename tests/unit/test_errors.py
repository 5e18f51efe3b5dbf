"""Known trouble speaks the language of who reads it."""

from __future__ import annotations

from common.errors import KnownError
from common.mesh.errors import CannotBindError, MeshError
from common.store.errors import StoreError, StoreFull


def test_it_is_told_in_the_readers_language_where_that_was_written() -> None:
    both, one = KnownError("no nodes", "没有节点"), KnownError("no nodes")
    assert [both.text(lang) for lang in ("zh", "zh_CN.UTF-8", "en", "fr")] == [
        "没有节点",
        "没有节点",
        "no nodes",
        "no nodes",
    ]
    assert one.text("zh") == str(one) == "no nodes"


def test_trouble_of_doors_and_files_is_known_trouble() -> None:
    assert issubclass(MeshError, KnownError)
    assert issubclass(StoreError, KnownError)
    busy = CannotBindError("tcp://127.0.0.1:1", "Address already in use")
    assert "running already" in busy.text("en")
    assert "已经在运行" in busy.text("zh")
    assert StoreFull("disk full").text("zh") == "disk full"
