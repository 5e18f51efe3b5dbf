"""The journal: every command that robots sent and what came of it, a JSON object a line.

    {"sent": CMD_ID, "t0": µs, "by": ROBOT, "command": "SubmitOrder", "order": ORDER_ID, "line": n}
    {"done": CMD_ID, "number": "A31", "events": [[ORIGIN, EPOCH, SEQ], …]}
    {"declined": CMD_ID, "code": "ticket_closed"}
    {"known": CMD_ID, "at": µs}

`t0` is the mesh time at which the command first left its client, `line` the order's place in the
file, `known` a station's "ready" arriving in the counter's client. Ids are hexadecimal.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import msgspec

from common.domain.ids import EventId

JOURNAL = "journal.jsonl"


class Journal:
    """Writes the journal; what is written is on its way to the file after `flush`."""

    def __init__(self, path: Path) -> None:
        self._file = path.open("wb")
        self._encode = msgspec.json.Encoder().encode

    def sent(self, cmd_id: bytes, t0: int, by: str, command: str, order: bytes, line: int) -> None:
        """A command left its client; `line` is 0 unless it submits an order of the file."""
        row: dict[str, Any] = {"sent": cmd_id.hex(), "t0": t0, "by": by, "command": command}
        if order:
            row["order"] = order.hex()
        if line:
            row["line"] = line
        self._write(row)

    def done(self, cmd_id: bytes, number: str, events: Iterable[EventId]) -> None:
        """A command was accepted."""
        places = [[event.origin.hex(), event.epoch, event.seq] for event in events]
        self._write({"done": cmd_id.hex(), "number": number, "events": places})

    def declined(self, cmd_id: bytes, code: str) -> None:
        """A command was refused."""
        self._write({"declined": cmd_id.hex(), "code": code})

    def known(self, cmd_id: bytes, at: int) -> None:
        """The counter's client heard of a command of a station."""
        self._write({"known": cmd_id.hex(), "at": at})

    def close(self) -> None:
        """Write the rest."""
        self._file.close()

    def _write(self, row: dict[str, Any]) -> None:
        self._file.write(self._encode(row) + b"\n")


def read_journal(path: Path) -> Iterator[dict[str, Any]]:
    """The rows of a journal."""
    with path.open("rb") as lines:
        for line in lines:
            yield msgspec.json.decode(line)
