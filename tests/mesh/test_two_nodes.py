"""Two nodes as real processes: an order goes from one machine to another and is there."""

from __future__ import annotations

import pytest

from tests.helpers.desk import WOK
from tests.helpers.store import COUNTER, Site

pytestmark = pytest.mark.mesh


def test_an_order_entered_at_the_counter_is_on_the_woks_screen(pair: Site) -> None:
    command = pair.submission(table="7")
    done = pair.does(COUNTER, command)
    pair.until(lambda: pair.has(WOK, [command.order_id]))
    here, there = (pair.client(name).orders[command.order_id] for name in (COUNTER, WOK))
    assert here.digest() == there.digest()
    assert pair.client(WOK).house.number(there.id, there.head) == done.number == "A1"  # type: ignore[arg-type]
