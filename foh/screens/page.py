"""What every page of the counter is, as the shell around it sees it."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from foh.screens.till import Till


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
