"""Which roles have a screen, and which of a node's is the one that is shown."""

import pytest

from common.errors import KnownError
from common.ui.screens import screen_roles
from kds.app import own_role


def test_stations_and_the_pass_have_screens_stations_first() -> None:
    assert screen_roles(("expo", "counter-1", "wok", "cold")) == ["wok", "cold", "expo"]


def test_a_node_shows_its_station_else_the_pass() -> None:
    assert own_role(("expo", "wok")) == "wok"
    assert own_role(("counter-1", "expo")) == "expo"
    with pytest.raises(KnownError):
        own_role(("counter-1",))
