"""Which roles have a screen, and which of a node's is the one that is shown."""

import pytest

from common.errors import KnownError
from common.ui.screens import screen_roles
from kds.app import own_role


def test_every_role_has_a_screen_stations_first() -> None:
    roles = ("expo", "counter-1", "wok", "cold")
    assert screen_roles(roles) == ["wok", "cold", "expo", "counter-1"]


def test_a_node_shows_its_station_else_the_pass() -> None:
    assert own_role(("expo", "wok")) == "wok"
    assert own_role(("counter-1", "expo")) == "expo"
    with pytest.raises(KnownError):
        own_role(("counter-1",))
