"""From the counter's send to the frame of the wok that shows it, on real nodes; by hand:

    python -m tests.bench.send_to_pixel [--orders N]

A client stands for the counter's screen, the wok's is a real one, drawn by the software renderer
without a display. Its frames are told by the screen itself, in whose process that costs a little.
"""

from __future__ import annotations

import argparse
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

from common.domain import commands as cmd
from tests.helpers.desk import WOK, item
from tests.helpers.kitchen import Kitchen
from tests.helpers.store import COUNTER, Site

PACE_S = 0.2


def measure(site: Site, wok: Kitchen, orders: int) -> list[float]:
    """Milliseconds for each order; what was shown is bumped, so that the board stays a board."""
    took = []
    for nth in range(orders):
        command = site.submission(item("w1"), item("w2"), table=str(1 + nth % 14))
        ticket = f"{command.order_id.hex()}/{WOK}/1"
        begun = time.perf_counter()
        site.client(COUNTER).send(command)
        wok.until(lambda look, ticket=ticket: look.card(ticket + "#0"), "shown")  # type: ignore[misc]
        took.append((time.perf_counter() - begun) * 1000)
        site.until(lambda id_=command.order_id: site.has(WOK, [id_]))  # type: ignore[misc]
        if nth >= 6:
            _bump(site)
        until = begun + PACE_S
        while time.perf_counter() < until:
            site.poll(10)
    return took


def _bump(site: Site) -> None:
    order = next(o for o in site.client(WOK).orders.values() if o.open_tickets(WOK))
    lines = tuple(line.id for line in order.ticket_lines(WOK, 1))
    bump = cmd.BumpTicket(cmd_id=site.new_id(), order_id=order.id, station=WOK, batch=1, seen=lines)
    site.does(WOK, bump)


def main() -> int:
    """Print the figures."""
    parser = argparse.ArgumentParser("python -m tests.bench.send_to_pixel", description=__doc__)
    parser.add_argument("--orders", type=int, default=120)
    asked = parser.parse_args()
    with TemporaryDirectory() as folder:
        site = Site(Path(folder) / "store")
        try:
            site.start()
            site.opened(COUNTER, WOK)
            site.brings_menu()
            wok = Kitchen(site.folders[WOK], WOK, "--offscreen")
            wok.until(lambda look: look.link == "live", "a board")
            took = sorted(measure(site, wok, asked.orders))
            wok.kill()
        finally:
            site.close()
    for name, part in (("p50", 0.5), ("p99", 0.99)):
        print(f"send → pixel {name}  {took[min(len(took) - 1, int(part * len(took)))]:.1f} ms")
    return 0


if __name__ == "__main__":
    sys.exit(main())
