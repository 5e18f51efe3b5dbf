"""The one place that puts the kitchen's screens together: which a role has, and of what."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from common.domain.house import EXPO
from common.errors import KnownError
from common.ui.arrangement import PASS, STATION
from common.ui.program import Room, Shown, Stand
from common.ui.screens import KITCHEN, kitchen_roles
from common.ui.settings import ScreenSettings
from kds.input import Input
from kds.keys import SLOTS, Keys, read_keys
from kds.screens.expo import ExpoScreen
from kds.screens.screen import KitchenScreen, Options
from kds.screens.station import StationScreen

JUMP_KEYS = 10


def own_role(roles: Sequence[str]) -> str:
    """The first of a node's roles that is a kitchen station or the pass. Raises KnownError."""
    own = kitchen_roles(roles)
    if not own:
        raise KnownError(
            "the node named no kitchen station or pass as its role; say which by --role",
            "节点没有后厨岗位或传菜口；请用 --role 指定。",
        )
    return own[0]


def make(stand: Stand) -> Shown:
    """The screen of a role. Raises KnownError."""
    settings = stand.settings
    keys = read_keys(settings.keys)
    options = _options(settings, keys)
    screen: KitchenScreen
    if stand.role == EXPO:
        window, screen = "ExpoMain", _expo(stand, options)
    else:
        window, screen = "Main", _station(stand, options)
    strokes = Keys(keys, digits=settings.digits, two_digits=settings.two_digits)

    def arranged(now: ScreenSettings) -> None:
        screen.arrange(_options(now, keys))
        strokes.arrange(now.digits, two_digits=now.two_digits)

    stand.arrangement.offer(PASS if stand.role == EXPO else STATION)
    screen.follow(stand.arrangement)
    stand.arrangement.changed.connect(arranged)
    return Shown(window, screen, lambda window: Input(window, screen, strokes))


def _options(settings: ScreenSettings, keys: Mapping[str, str]) -> Options:
    return Options(
        auto_start=settings.auto_start,
        slots=SLOTS if settings.two_digits else JUMP_KEYS,
        layout=settings.layout,
        keys=keys,
        ready_first=settings.ready_first,
    )


def _expo(stand: Stand, options: Options) -> ExpoScreen:
    language = stand.settings.language
    return ExpoScreen(stand.source, stand.theme, options=options, language=language)


def _station(stand: Stand, options: Options) -> StationScreen:
    return StationScreen(
        stand.source,
        stand.role,
        stand.theme,
        adopted=stand.adopted,
        options=options,
        language=stand.settings.language,
    )


ROOM = Room(
    program="kds",
    about="The screen of a station or of the pass, on a node of this machine or in a scene.",
    module="Kds",
    qml=Path(__file__).parent / "qml",
    usual=KITCHEN,
    own_role=own_role,
    make=make,
    types=(StationScreen, ExpoScreen),
    check=lambda settings: read_keys(settings.keys),
)
