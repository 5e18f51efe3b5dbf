"""A disk whose power can be cut: what was written, and what of it a cut may leave.

While a program works, the VFS lets every call through to real files and notes it. Afterwards the
notes are played onto a `Disk`, up to any point, and the disk says what a machine may find there
that lost its power at that point: all that was synced, and of the rest whatever the cut's manner
leaves.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from enum import Enum
from pathlib import Path
from random import Random
from typing import Any, NamedTuple, TypeAlias

import apsw

SECTOR = 512


class Manner(Enum):
    """What a power cut leaves of the writes that no sync had carried to the disk."""

    LOST = "none"
    FIRST = "the first so many"
    REORDERED = "any of them, each whole"
    TORN = "any sectors of any of them"
    KEPT = "all, as when the process was killed and the power stayed"


class Found(NamedTuple):
    """The file was there, empty and for good, before SQLite opened it."""

    name: str


class Created(NamedTuple):
    name: str


class Written(NamedTuple):
    name: str
    offset: int
    data: bytes


class Cut(NamedTuple):
    """The file was cut to a size."""

    name: str
    size: int


class Synced(NamedTuple):
    name: str


class Deleted(NamedTuple):
    name: str
    durably: bool


class Told(NamedTuple):
    """What the program said to others at this moment."""

    what: Any


Step: TypeAlias = Found | Created | Written | Cut | Synced | Deleted | Told


@dataclass
class _File:
    durable: bytes = b""
    pending: list[Written | Cut] = field(default_factory=list)

    def sync(self) -> None:
        self.durable, self.pending = _written(self.durable, self.pending), []

    def after_cut(self, manner: Manner, draw: Random) -> bytes:
        return _written(self.durable, _survivors(self.pending, manner, draw))


class Disk:
    """Files, and which of their bytes and names are there for good; `files` are at the start."""

    def __init__(self, files: Mapping[str, bytes]) -> None:
        self._files = {name: _File(content) for name, content in files.items()}
        self._durable_names = dict(self._files)

    def play(self, steps: Iterable[Step]) -> None:
        """Let the program's calls happen."""
        for step in steps:
            match step:
                case Found(name):
                    if name not in self._files:
                        self._files[name] = self._durable_names[name] = _File()
                case Created(name):
                    self._files[name] = _File()
                case Written(name) | Cut(name):
                    self._files[name].pending.append(step)
                case Synced(name):
                    self._files[name].sync()
                    if self._durable_names.get(name) is not self._files[name]:
                        # SQLite syncs the folder with the first sync of a file that it made.
                        self._durable_names = dict(self._files)
                case Deleted(name, durably):
                    self._files.pop(name, None)
                    if durably:
                        self._durable_names.pop(name, None)
                case Told():
                    pass

    def after_cut(self, manner: Manner, draw: Random) -> dict[str, bytes]:
        """The files that a machine finds when the power is back."""
        found = {}
        for name in sorted(self._files.keys() | self._durable_names.keys()):
            here = self._files if _lives(manner, draw) else self._durable_names
            if name in here:
                found[name] = here[name].after_cut(manner, draw)
        return found

    def killed(self) -> Disk:
        """The disk as it is when the process ends and the power stays."""
        disk = Disk({})
        disk._files = {
            name: replace(file, pending=list(file.pending)) for name, file in self._files.items()
        }
        durable = {id(file): name for name, file in self._files.items()}
        disk._durable_names = {
            name: disk._files[durable[id(file)]] if id(file) in durable else file
            for name, file in self._durable_names.items()
        }
        return disk


def lay_out(folder: Path, files: dict[str, bytes]) -> Path:
    """A folder with these files."""
    folder.mkdir(parents=True)
    for name, content in files.items():
        (folder / name).write_bytes(content)
    return folder


def _lives(manner: Manner, draw: Random) -> bool:
    """Whether the change of a name that was not synced is there after a cut."""
    if manner in (Manner.LOST, Manner.KEPT):
        return manner is Manner.KEPT
    return draw.random() < 0.5


def _survivors(
    pending: list[Written | Cut], manner: Manner, draw: Random
) -> Iterable[Written | Cut]:
    match manner:
        case Manner.LOST:
            return []
        case Manner.KEPT:
            return pending
        case Manner.FIRST:
            return pending[: draw.randint(0, len(pending))]
        case Manner.REORDERED:
            return [step for step in pending if draw.random() < 0.5]
        case Manner.TORN:
            return [part for step in pending for part in _sectors(step) if draw.random() < 0.5]


def _sectors(step: Written | Cut) -> list[Written | Cut]:
    """A write in the parts that reach a disk each for itself."""
    if isinstance(step, Cut):
        return [step]
    parts: list[Written | Cut] = []
    at, end = step.offset, step.offset + len(step.data)
    while at < end:
        until = min(end, (at // SECTOR + 1) * SECTOR)
        parts.append(Written(step.name, at, step.data[at - step.offset : until - step.offset]))
        at = until
    return parts


def _written(content: bytes, steps: Iterable[Written | Cut]) -> bytes:
    file = bytearray(content)
    for step in steps:
        size = step.size if isinstance(step, Cut) else step.offset + len(step.data)
        file.extend(bytes(max(0, size - len(file))))
        if isinstance(step, Cut):
            del file[size:]
        else:
            file[step.offset : size] = step.data
    return bytes(file)


class Recorder(apsw.VFS):
    """A VFS over the system's that notes what reaches the files of one folder, in `steps`."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.steps: list[Step] = []
        super().__init__(name, "")

    def tell(self, what: Any) -> None:
        """Note what is said to others now."""
        self.steps.append(Told(what))

    def xOpen(self, name: Any, flags: list[int]) -> apsw.VFSFile:  # noqa: N802 apsw's name
        path = name.filename() if isinstance(name, apsw.URIFilename) else name
        return _Recorded(self, path, name, flags)

    def xDelete(self, filename: str, syncdir: bool) -> None:  # noqa: N802 apsw's
        super().xDelete(filename, syncdir)
        self.steps.append(Deleted(Path(filename).name, syncdir))


class _Recorded(apsw.VFSFile):
    def __init__(self, recorder: Recorder, path: str, name: Any, flags: list[int]) -> None:
        self._steps = recorder.steps
        self._name = Path(path).name
        there = Path(path).exists()
        self._steps.append(Found(self._name) if there else Created(self._name))
        super().__init__("", name, flags)

    def xWrite(self, data: bytes, offset: int) -> None:  # noqa: N802
        super().xWrite(data, offset)
        self._steps.append(Written(self._name, offset, bytes(data)))

    def xTruncate(self, newsize: int) -> None:  # noqa: N802
        super().xTruncate(newsize)
        self._steps.append(Cut(self._name, newsize))

    def xSync(self, flags: int) -> None:  # noqa: N802
        super().xSync(flags)
        self._steps.append(Synced(self._name))
