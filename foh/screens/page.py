"""What every page of the counter is, as the shell around it sees it."""

from __future__ import annotations

from typing import NamedTuple

from PySide6.QtCore import QObject, Signal

from foh.screens.till import Till


class FigureRow(NamedTuple):
    """A number of the shell's bar. `tone`: plain, good or alarm."""

    key: str
    label: str
    value: str
    tone: str = "plain"


class Page(QObject):
    """One page: models and facts of its own, made from what the till's source knows."""

    name = ""
    """What it is called in settings, on the command line and in the shell's list."""
    turn = Signal(str)
    """Another page is wanted, by its name."""
    touched = Signal()
    """A hand did something here: the shell looks at its own facts again."""

    def __init__(self, till: Till) -> None:
        super().__init__()
        self.till = till

    def title(self) -> str:
        """Its word in the list of pages."""
        raise NotImplementedError

    def headline(self) -> str:
        """What the bar says on its left while the page is shown; usually which counter this is."""
        return self.till.place.name_of(self.till.role)

    def figures(self) -> list[FigureRow]:
        """What the bar counts while the page is shown."""
        return []

    def badge(self) -> int:
        """How much here waits for somebody; 0 shows nothing."""
        return 0

    def take(self, changed: frozenset[bytes] | None) -> None:
        """These orders changed; None: everything is new, the language perhaps as well."""

    def refresh(self, mesh: int) -> None:
        """Bring rows and facts to what is known at a mesh time; called while it is shown."""

    def act(self, action: str, text: str) -> bool:
        """Do what a key stands for; `text` is what was typed. False: it means nothing here."""
        raise NotImplementedError
