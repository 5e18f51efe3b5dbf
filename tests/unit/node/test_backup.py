"""Backups that can't be taken, archives that are none: said calmly, and nothing is changed."""

from __future__ import annotations

import errno
import shutil
import zipfile
from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest

from common.errors import KnownError
from common.node import backup
from common.node.backup import back_up, restore
from common.node.lock import LOCK
from common.store.errors import StoreFull
from common.store.log import LogReader
from tests.helpers.desk import NOON
from tests.helpers.store import COUNTER, found


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return found(tmp_path / "store")[COUNTER]


@pytest.fixture
def archive(folder: Path, tmp_path: Path) -> Path:
    back_up(folder, tmp_path / "archive", NOON)
    return tmp_path / "archive"


def in_words(refused: pytest.ExceptionInfo[KnownError], *parts: str) -> None:
    """It is said in both languages, in one line each."""
    for lang, part in zip(("en", "zh"), parts, strict=True):
        said = refused.value.text(lang)
        assert part in said
        assert "\n" not in said


def what_is_in(place: Path) -> dict[str, bytes]:
    files = (path for path in place.rglob("*") if path.is_file())
    return {str(path.relative_to(place)): path.read_bytes() for path in files}


def test_a_backup_brings_back_the_log_word_for_word(
    folder: Path, archive: Path, tmp_path: Path
) -> None:
    restored = restore(archive, tmp_path / "home")
    assert restored.folder == tmp_path / "home" / COUNTER
    assert restored.about.made_at == NOON
    raws = []
    for each in (folder, restored.folder):
        reader = LogReader.open(each)
        raws.append([row.raw for row in reader.events_since(0, 1_000)])
        reader.close()
        assert (each / "node.key").read_bytes() == (folder / "node.key").read_bytes()
        assert (each / "store.key").read_bytes() == (folder / "store.key").read_bytes()
        assert (each / "node.toml").read_bytes() == (folder / "node.toml").read_bytes()
    assert raws[0] == raws[1]
    assert len(raws[0]) == restored.about.events


def test_what_stands_there_is_never_overwritten(folder: Path, archive: Path) -> None:
    before = archive.read_bytes()
    with pytest.raises(KnownError) as refused:
        back_up(folder, archive, NOON)
    in_words(refused, "exists already", "已经存在")
    assert archive.read_bytes() == before


def test_a_folder_that_holds_anything_is_left_alone(folder: Path, archive: Path) -> None:
    before = what_is_in(folder)
    with pytest.raises(KnownError) as refused:
        restore(archive, folder.parent)
    in_words(refused, "is not empty", "不是空的")
    assert what_is_in(folder) == before


def test_an_empty_folder_and_an_old_lock_are_no_hindrance(archive: Path, tmp_path: Path) -> None:
    home = tmp_path / "home"
    (home / COUNTER).mkdir(parents=True)
    (home / COUNTER / LOCK).write_text("pid 1")
    assert restore(archive, home).folder == home / COUNTER


def cut(archive: Path) -> None:
    archive.write_bytes(archive.read_bytes()[: archive.stat().st_size // 2])


def bend(archive: Path) -> None:
    raw = bytearray(archive.read_bytes())
    raw[len(raw) // 2] ^= 0xFF
    archive.write_bytes(raw)


def other_form(archive: Path) -> None:
    change(archive, form="passline-backup-9")


def another_place(archive: Path) -> None:
    change(archive, node="../counter-1")


def another_name(archive: Path) -> None:
    change(archive, node="wok")


def another_key(archive: Path) -> None:
    change(archive, origin="00" * 16)


def change(archive: Path, **facts: str) -> None:
    """The same archive that says something else of itself."""
    old = archive.rename(archive.with_suffix(".old"))
    with zipfile.ZipFile(old) as source, zipfile.ZipFile(archive, "w") as target:
        for name in source.namelist():
            content = source.read(name)
            if name == "backup.json":
                content = msgspec.json.encode(msgspec.json.decode(content) | facts)
            target.writestr(name, content)
    old.unlink()


def no_log(archive: Path) -> None:
    with zipfile.ZipFile(archive, "w") as packed:
        about = {"form": backup.FORM, "node": "x", "origin": "", "made_at": 1, "events": 1}
        packed.writestr("backup.json", msgspec.json.encode(about))


def some_text(archive: Path) -> None:
    archive.write_text("a letter")


def some_zip(archive: Path) -> None:
    with zipfile.ZipFile(archive, "w") as packed:
        packed.writestr("letter.txt", "dear")


NONE = [
    *(cut, bend, other_form, another_place, another_name, another_key),
    *(no_log, some_text, some_zip),
]


@pytest.mark.parametrize("spoil", NONE, ids=lambda spoil: spoil.__name__)
def test_what_is_no_backup_or_a_damaged_one_makes_no_folder(
    archive: Path, tmp_path: Path, spoil: Callable[[Path], None]
) -> None:
    spoil(archive)
    with pytest.raises(KnownError) as refused:
        restore(archive, tmp_path / "home")
    in_words(refused, "is no backup of Passline, or is damaged", "不是 Passline 的备份")
    assert not [*tmp_path.glob("home/*"), *tmp_path.glob("home/.*")]


def test_no_archive_and_no_folder_to_write_into_are_said(folder: Path, tmp_path: Path) -> None:
    with pytest.raises(KnownError) as refused:
        restore(tmp_path / "nothing", tmp_path / "home")
    in_words(refused, "there is no file", "没有")
    with pytest.raises(KnownError) as refused:
        back_up(folder, tmp_path / "no folder" / "x", NOON)
    in_words(refused, "can't be used", "无法使用")


@pytest.mark.parametrize("error", [OSError(errno.ENOSPC, "No space left"), StoreFull("full")])
def test_no_room_is_said_and_nothing_is_left(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    def fails(*_: object) -> None:
        raise error

    before = what_is_in(tmp_path)
    monkeypatch.setattr(backup, "copy_file", fails)
    with pytest.raises(KnownError) as refused:
        back_up(folder, tmp_path / "archive", NOON)
    in_words(refused, "there is no room in", "空间不够")
    assert what_is_in(tmp_path) == before


def test_no_room_while_restoring_is_said_and_nothing_is_left(
    archive: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(shutil, "copyfileobj", fails)
    with pytest.raises(KnownError) as refused:
        restore(archive, tmp_path / "home")
    in_words(refused, "there is no room in", "空间不够")
    assert not [*tmp_path.glob("home/*"), *tmp_path.glob("home/.*")]


def test_a_damaged_log_is_not_taken_for_a_backup(folder: Path, tmp_path: Path) -> None:
    log = folder / "mirror.db"
    raw = bytearray(log.read_bytes())
    raw[3 * 4096 : 6 * 4096] = bytes(3 * 4096)
    log.write_bytes(raw)
    with pytest.raises(KnownError) as refused:
        back_up(folder, tmp_path / "archive", NOON)
    in_words(refused, "the files are damaged", "文件已损坏")
    assert not (tmp_path / "archive").exists()
