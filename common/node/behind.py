"""What follows the commits at a distance: projections and receipts, in slices that nobody feels."""

from __future__ import annotations

import logging
from collections import deque
from itertools import islice

from common.domain.ids import HOUSE
from common.node.clocks import NodeClock
from common.node.files import Files
from common.node.ledger import Ledger
from common.store.errors import StoreFull
from common.store.receipts import Receipt

_log = logging.getLogger(__name__)

LAG = 2_000_000
"""µs that projections and receipts wait for others to join them: an order moves often at first."""
LAG_MOST = 5_000_000
"""µs they may lag behind while the node is never idle."""
FULL_PAUSE = 5_000_000
"""µs that they rest when the disk had no room."""
SLICE_ORDERS = 2
"""Orders projected between two looks at the sockets."""


class Behind:
    """Brings projections and receipts up to what is committed."""

    def __init__(self, files: Files, clock: NodeClock) -> None:
        self._files = files
        self._clock = clock
        self._receipts: deque[Receipt] = deque()
        self._since: int | None = None

    def note(self, receipt: Receipt) -> None:
        """Keep a receipt; it is written with the next others."""
        self._receipts.append(receipt)

    def due(self, ledger: Ledger) -> int | None:
        """When the next slice is due; None when all is written."""
        if not (ledger.dirty or self._receipts):
            self._since = None
            return None
        if self._since is None:
            self._since = self._clock.now().mono
        return self._since + LAG

    def turn(self, ledger: Ledger, idle: bool) -> None:
        """A slice, if it is due: while nobody waits, or when far behind."""
        due, now = self.due(ledger), self._clock.now().mono
        if due is None or now < due or not (idle or now > due + LAG_MOST - LAG):
            return
        if self._files.room.closed:  # what is left belongs to the last words
            self._since = now + FULL_PAUSE
            return
        try:
            if ledger.dirty:
                self._project(ledger)
            if not ledger.dirty:
                self.write_receipts()
                self._since = None
        except StoreFull as error:
            # They can wait: the log tells all of it again.
            _log.error("projections wait for room on the disk: %s", error)
            self._since = now + FULL_PAUSE

    def finish(self, ledger: Ledger) -> None:
        """Write all of it. Raises StoreError."""
        while ledger.dirty:
            self._project(ledger)
        self.write_receipts()

    def write_receipts(self) -> None:
        """Write the receipts that wait. Raises StoreError, and then they wait on."""
        receipts = [self._receipts.popleft() for _ in range(len(self._receipts))]
        if receipts:
            try:
                self._files.mirror.note_stored(receipts)
                self._files.receipts.record(receipts)
            except StoreFull:
                self._receipts.extendleft(reversed(receipts))
                raise

    def _project(self, ledger: Ledger) -> None:
        chosen = set(islice(ledger.dirty, SLICE_ORDERS))
        orders = [order for each in chosen - {HOUSE} if (order := ledger.orders.get(each))]
        upto = self._files.log.last_commit if len(chosen) == len(ledger.dirty) else None
        house = ledger.house if HOUSE in chosen else None
        self._files.mirror.write(orders, house, upto, ledger.me)
        ledger.dirty -= chosen
