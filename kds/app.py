"""The one place that puts the kitchen's screens together: which a role has, and of what."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from common.domain.house import kitchen_stations
from common.errors import KnownError
from common.ui.arrangement import KITCHEN as ARRANGED
from common.ui.program import Room, Shown, Stand
from common.ui.screens import KITCHEN
from common.ui.settings import ScreenSettings
from kds.input import Input
from kds.keys import SLOTS, Keys, read_keys
from kds.screens.station import Options, StationScreen

JUMP_KEYS = 10


def own_role(roles: Sequence[str]) -> str:
    """The first kitchen station among a node's roles. Raises KnownError."""
    stations = kitchen_stations(roles)
    if not stations:
        raise KnownError(
            "the node named no kitchen station as its role; say which by --role",
            "节点没有后厨岗位；请用 --role 指定。",
        )
    return stations[0]


def make(stand: Stand) -> Shown:
    """The screen of a role. Raises KnownError."""
    settings = stand.settings
    keys = read_keys(settings.keys)

    def options(now: ScreenSettings) -> Options:
        slots = SLOTS if now.two_digits else JUMP_KEYS
        return Options(now.auto_start, slots, now.layout, keys)

    screen = StationScreen(
        stand.source,
        stand.role,
        stand.theme,
        adopted=stand.adopted,
        options=options(settings),
        language=settings.language,
        arrangement=stand.arrangement,
    )
    strokes = Keys(keys, digits=settings.digits, two_digits=settings.two_digits)

    def arranged(now: ScreenSettings) -> None:
        screen.arrange(options(now))
        strokes.arrange(now.digits, two_digits=now.two_digits)

    stand.arrangement.changed.connect(arranged)
    return Shown("Main", screen, lambda window: Input(window, screen, strokes))


ROOM = Room(
    program="kds",
    about="A kitchen station's screen, on a node of this machine or in a scene.",
    module="Kds",
    qml=Path(__file__).parent / "qml",
    usual=KITCHEN,
    own_role=own_role,
    make=make,
    types=(StationScreen,),
    check=lambda settings: read_keys(settings.keys),
    options=ARRANGED,
)
