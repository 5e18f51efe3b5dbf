"""A station's screen without a picture: what its node tells it counts as painted.

    python -m tests.helpers.stand_in_screen FOLDER STATION [blind]

A blind one never says that it painted anything.
"""

from __future__ import annotations

import os
import secrets
import sys
import threading
import time
from pathlib import Path

from common.domain.order import ANYWHERE
from common.node.client import Declined, Done, NodeClient
from common.node.reporting import StationReport


def main(folder: Path, station: str, blind: bool) -> None:
    threading.Thread(target=_end_with_parent, daemon=True).start()
    client = NodeClient(folder)
    report = StationReport(station, lambda: secrets.token_bytes(16))
    while True:
        for update in client.poll(100):
            if isinstance(update, Done | Declined):
                report.answered(update)
        for order in client.orders.values():
            if not blind and any(order.open_tickets(each) for each in (station, ANYWHERE)):
                report.note(order.id, [event.id for event in order.unshown(station)])
        for command in report.due(time.monotonic_ns() // 1000, client.orders):
            client.send(command)


def _end_with_parent() -> None:
    while os.read(sys.stdin.fileno(), 4096):
        pass
    os._exit(0)


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2], "blind" in sys.argv[3:])
