"""The settings' page: how this screen is arranged, and what the store knows of its machines."""

from __future__ import annotations

import platform
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, version
from typing import NamedTuple

from PySide6.QtCore import Property, QAbstractItemModel, QCoreApplication, Slot, qVersion

from common.domain.order import FOLD_VERSION
from common.ui import words
from common.ui.arrangement import Arrangement
from common.ui.keyed_model import KeyedModel
from foh.screens.page import Page
from foh.screens.till import Till

translate = QCoreApplication.translate


class KnownRow(NamedTuple):
    """Something that is known; `well` is false where somebody has to look."""

    key: str
    label: str
    value: str
    head: bool = False
    well: bool = True


class SettingsPage(Page):
    """Nothing here that does not work: controls of this screen, facts of the store."""

    name = "settings"

    def __init__(self, till: Till, arrangement: Arrangement) -> None:
        super().__init__(till)
        self._arrangement = arrangement
        self._known = KeyedModel(KnownRow, self)
        arrangement.refused.connect(self._refused)

    arrangement = Property(Arrangement, lambda page: page._arrangement, constant=True)
    known = Property(QAbstractItemModel, lambda page: page._known, constant=True)

    def title(self) -> str:
        """Its word in the list of pages."""
        return translate("Settings", "Settings")

    def headline(self) -> str:
        """The page's own name: which counter this is stands among the machines."""
        return self.title()

    def refresh(self, _: int) -> None:
        """Bring the facts to what is known at a mesh time."""
        self._known.update([*self._store(), *self._machines(), *_versions()])

    def act(self, action: str, _: str) -> bool:
        """Arrows choose and change a setting."""
        return self._arrangement.act(action)

    @Slot()
    def left(self) -> None:
        """The page is shown no more."""
        self._arrangement.settle()

    def _refused(self, why: str) -> None:
        self.till.hint(why)
        self.touched.emit()

    def _store(self) -> Iterator[KnownRow]:
        house, place = self.till.source.house, self.till.place
        yield KnownRow("store", translate("Settings", "Store"), "", head=True)
        name = translate("Settings", "not known yet") if house.config is None else house.config.name
        yield KnownRow("name", translate("Settings", "Name"), name)
        stations = words.listed([place.name_of(station) for station in house.stations])
        yield KnownRow("stations", translate("Settings", "Stations"), stations or "–")

    def _machines(self) -> Iterator[KnownRow]:
        source, place = self.till.source, self.till.place
        peers = {peer.name: peer for peer in source.peers}
        yield KnownRow("machines", translate("Settings", "Machines"), "", head=True)
        for origin, node in source.house.nodes.items():
            roles = words.listed([place.name_of(role) for role in node.roles])
            peer = peers.get(node.name)
            if origin == source.origin:
                said, well = translate("Settings", "this machine"), True
            elif peer is None:
                said, well = translate("Settings", "nothing heard yet"), False
            elif peer.up:
                said, well = translate("Settings", "answers"), True
            else:
                text = translate("Settings", "last word {time} ago")
                said, well = text.format(time=words.span(peer.silent_s)), False
            label = node.name if not roles else f"{roles} ({node.name})"
            yield KnownRow(f"node/{node.name}", label, said, well=well)


def _versions() -> Iterator[KnownRow]:
    yield KnownRow("versions", translate("Settings", "Versions"), "", head=True)
    yield KnownRow("passline", "Passline", _own_version())
    yield KnownRow("fold", translate("Settings", "Orders as read by"), str(FOLD_VERSION))
    yield KnownRow("qt", "Qt", qVersion())
    yield KnownRow("python", "Python", platform.python_version())


def _own_version() -> str:
    try:
        return version("passline")
    except PackageNotFoundError:
        return translate("Settings", "from a checkout")
