"""A process that appends until it is killed, and tells each head once it is on the disk."""

from __future__ import annotations

import sys
from pathlib import Path

from common.store.log import LogWriter
from tests.contracts.logs import Pen, batch, own


def main(folder: Path) -> None:
    log = LogWriter.open(folder)
    pen = Pen(body=2_000)
    size = 1
    while True:
        group = pen.group(size)
        head = log.append(batch(group, own=(own(group),))).heads[pen.chain]
        print(head.seq, head.checksum.hex(), flush=True)
        size = size % 5 + 1


if __name__ == "__main__":
    main(Path(sys.argv[1]))
