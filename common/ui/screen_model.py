"""What every screen's model is: facts that QML reads, and the wishes that its program answers."""

from __future__ import annotations

from typing import Any, Generic, TypeVar

from PySide6.QtCore import Property, QObject, Signal, Slot

F = TypeVar("F", bound=tuple[Any, ...])


class ScreenModel(QObject, Generic[F]):
    """Facts as properties, which are told together when any of them is another.

    Whoever is one names its own signal and properties, in one class:

        facts_changed = Signal()
        stationName = fact(str, "station_name", facts_changed)
    """

    facts_changed: Any
    language_wanted = Signal(str)
    """Somebody wants the other language: `speak` it once its words are loaded."""
    paint_wanted = Signal()
    """There is news to be reported as shown: a frame is needed even if none of it is visible."""

    def __init__(self, facts: F) -> None:
        super().__init__()
        self.facts = facts

    def tell(self, facts: F) -> None:
        """These are the facts now."""
        if facts != self.facts:
            self.facts = facts
            self.facts_changed.emit()

    def speak(self, language: str) -> None:
        """All words anew, in a language whose translation is installed."""
        raise NotImplementedError

    @Slot()
    def painted(self) -> None:
        """A frame with what the models held is on the glass."""


def fact(kind: type, name: str, changed: Signal) -> Any:
    """A property that reads one of its object's facts.

    `changed` is of the same class: for a base's, Qt looks in vain and the process ends.
    """
    return Property(kind, lambda screen: getattr(screen.facts, name), notify=changed)
