"""The one place that puts the counter's screen together."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from common.domain.house import COUNTER
from common.errors import KnownError
from common.ui.program import Room, Shown, Stand
from common.ui.screens import FRONT
from foh.input import Input
from foh.screens.counter import CounterScreen
from foh.screens.order import OrderModel
from foh.screens.paying import Paying
from foh.screens.settings import SettingsPage
from foh.screens.tables import TablesPage
from foh.screens.till import Till


def own_role(roles: Sequence[str]) -> str:
    """The first counter among a node's roles. Raises KnownError."""
    counter = next((role for role in roles if role.startswith(COUNTER)), None)
    if counter is None:
        raise KnownError(
            "the node named no counter as its role; say which by --role",
            "节点没有收银台岗位；请用 --role 指定。",
        )
    return counter


def make(stand: Stand) -> Shown:
    """The screen of a counter."""
    till = Till(stand.source, stand.role, stand.settings.language)
    order = OrderModel(till, stand.theme, stand.folder, stand.begun)
    pages = (order, TablesPage(till), SettingsPage(till, stand.arrangement))
    screen = CounterScreen(till, pages, stand.page)
    return Shown("Main", screen, lambda window: Input(window, screen))


ROOM = Room(
    program="foh",
    about="The counter's screen, on a node of this machine or in a scene.",
    module="Foh",
    qml=Path(__file__).parent / "qml",
    usual=FRONT,
    own_role=own_role,
    make=make,
    types=(CounterScreen, OrderModel, Paying, SettingsPage, TablesPage),
)
