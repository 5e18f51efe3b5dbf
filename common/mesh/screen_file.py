"""The hand-over to this machine's screens: where the node listens and the keys, in one file."""

from pathlib import Path
from typing import Annotated

import msgspec

from common.mesh.errors import KeyFileError
from common.mesh.secret_file import read_secret, replace_secret

NAME = "screen.json"


Endpoint = Annotated[str, msgspec.Meta(pattern=r"^tcp://127\.0\.0\.1:[0-9]{1,5}$")]
Key = Annotated[bytes, msgspec.Meta(min_length=32, max_length=32)]


class ScreenFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a screen needs to reach its node."""

    pid: int
    events: Endpoint
    requests: Endpoint
    server_public: Key
    client_public: Key
    client_secret: Key


Mark = tuple[int, int, int] | None


def write_screen_file(folder: Path, content: ScreenFile) -> None:
    """Put the hand-over file in place, whole."""
    replace_secret(folder / NAME, msgspec.json.encode(content))


def read_screen_file(folder: Path) -> ScreenFile:
    """The hand-over file; KeyFileError while there is none, or none that can be used."""
    path = folder / NAME
    try:
        return msgspec.json.decode(read_secret(path), type=ScreenFile)
    except (msgspec.DecodeError, RecursionError) as error:
        raise KeyFileError(f"{path} is damaged: {error}") from error


def remove_screen_file(folder: Path, content: ScreenFile) -> None:
    """Take the hand-over file away, unless a later node has put its own there."""
    try:
        if read_screen_file(folder) == content:
            (folder / NAME).unlink()
    except (KeyFileError, FileNotFoundError):
        return


def mark_of(folder: Path) -> Mark:
    """A cheap mark that differs when the hand-over file does; None while there is no file."""
    try:
        status = (folder / NAME).stat()
    except OSError:
        return None
    return status.st_ino, status.st_mtime_ns, status.st_size
