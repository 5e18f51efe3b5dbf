"""Rows for QML that change in place: what keeps its key keeps its delegate.

A row is a NamedTuple, a frozen dataclass or a msgspec Struct with a `key`. Each of its fields is
a role under its name in camelCase. A field that holds a tuple of rows is a model of its own,
which lives as long as its row's key does.
"""

from __future__ import annotations

import dataclasses
from bisect import bisect_left
from collections.abc import Hashable, Iterable, Sequence
from functools import cache
from typing import Any, Generic, NamedTuple, Protocol, TypeVar, get_args, get_origin, get_type_hints

from PySide6.QtCore import (
    Property,
    QAbstractListModel,
    QByteArray,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)

_NO_PARENT = QModelIndex()


class Row(Protocol):
    """What a model holds."""

    @property
    def key(self) -> Hashable:
        """Tells a row from all others of its model, for as long as it lives."""


R = TypeVar("R", bound=Row)


class KeyedModel(QAbstractListModel, Generic[R]):
    """A list of rows for QML; `update` is the only way to change it."""

    countChanged = Signal()  # noqa: N815 - QML's name for it

    def __init__(self, row_type: type[R], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._roles, self._names, self._nested = _shape_of(row_type)
        self._rows: list[R] = []
        self._models: dict[Hashable, dict[str, KeyedModel[Any]]] = {}

    @property
    def rows(self) -> tuple[R, ...]:
        """What it holds now."""
        return tuple(self._rows)

    # -- what Qt asks

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex = _NO_PARENT) -> int:  # noqa: N802
        """How many rows there are."""
        return 0 if parent.isValid() else len(self._rows)

    count = Property(int, rowCount, notify=countChanged)

    def roleNames(self) -> dict[int, QByteArray]:  # noqa: N802
        """The fields' names."""
        return self._names

    def data(self, index: QModelIndex | QPersistentModelIndex, role: int = 0) -> Any:
        """A field of a row."""
        name = self._roles.get(role)
        if name is None or not index.isValid():
            return None
        row = self._rows[index.row()]
        return self._models[row.key][name] if name in self._nested else getattr(row, name)

    # -- changing

    def update(self, rows: Iterable[R]) -> None:
        """Become these rows: telling only what is gone, moved, new or another."""
        ordered = list(rows)
        wanted = {row.key for row in ordered}
        if len(wanted) != len(ordered):
            raise ValueError("two rows have the same key")
        before = len(self._rows)
        self._remove_all_but(wanted)
        self._arrange(ordered)
        for at, row in enumerate(ordered):
            self._exchange(at, row)
        if len(self._rows) != before:
            self.countChanged.emit()

    def _remove_all_but(self, wanted: set[Hashable]) -> None:
        end = len(self._rows)
        while end:
            start = end
            while start and self._rows[start - 1].key not in wanted:
                start -= 1
            if start < end:
                self.beginRemoveRows(_NO_PARENT, start, end - 1)
                gone = self._rows[start:end]
                del self._rows[start:end]
                self.endRemoveRows()
                self._drop_models(gone)
            end = max(start - 1, 0)

    def _arrange(self, ordered: Sequence[R]) -> None:
        """Put each row behind the one it follows; the most that can stay, stay where they are."""
        place = {row.key: at for at, row in enumerate(ordered)}
        present = {row.key for row in self._rows}
        stay = _longest_rising([place[row.key] for row in self._rows])
        at = 0
        for target, row in enumerate(ordered):
            if target in stay:
                at = self._index(row.key, at)
            elif row.key in present:
                at = self._move(self._index(row.key), at)
            else:
                self._insert(at, row)
            at += 1

    def _index(self, key: Hashable, start: int = 0) -> int:
        return next(at for at in range(start, len(self._rows)) if self._rows[at].key == key)

    def _insert(self, at: int, row: R) -> None:
        self._models[row.key] = {
            name: KeyedModel(kind, self) for name, kind in self._nested.items()
        }
        for name, model in self._models[row.key].items():
            model.update(getattr(row, name))
        self.beginInsertRows(_NO_PARENT, at, at)
        self._rows.insert(at, row)
        self.endInsertRows()

    def _move(self, source: int, target: int) -> int:
        """Move the row before what is at `target`; its place then."""
        if source == target:
            return target
        self.beginMoveRows(_NO_PARENT, source, source, _NO_PARENT, target)
        row = self._rows.pop(source)
        place = target - 1 if source < target else target
        self._rows.insert(place, row)
        self.endMoveRows()
        return place

    def _exchange(self, at: int, row: R) -> None:
        old = self._rows[at]
        if old is row or old == row:
            return
        self._rows[at] = row
        changed = [
            role
            for role, name in self._roles.items()
            if name not in self._nested and getattr(old, name) != getattr(row, name)
        ]
        for name, model in self._models[row.key].items():
            model.update(getattr(row, name))
        if changed:
            index = self.index(at)
            self.dataChanged.emit(index, index, changed)

    def _drop_models(self, rows: Iterable[R]) -> None:
        for row in rows:
            for model in self._models.pop(row.key).values():
                model.deleteLater()


class _Shape(NamedTuple):
    roles: dict[int, str]
    names: dict[int, QByteArray]
    nested: dict[str, type[Any]]


@cache
def _shape_of(row_type: type[Any]) -> _Shape:
    """What a row type's models have in common; reading its annotations takes a millisecond."""
    fields = _fields(row_type)
    roles = dict(enumerate(fields, int(Qt.ItemDataRole.UserRole)))
    names = {role: _camel(name) for role, name in roles.items()}
    return _Shape(roles, names, _nested_fields(row_type, fields))


def _fields(row_type: type[Any]) -> tuple[str, ...]:
    if dataclasses.is_dataclass(row_type):
        return tuple(field.name for field in dataclasses.fields(row_type))
    named: tuple[str, ...] = getattr(row_type, "_fields", ()) or row_type.__struct_fields__
    return named


def _nested_fields(row_type: type[Any], fields: Sequence[str]) -> dict[str, type[Any]]:
    """The fields of type `tuple[SomeRow, ...]`, with that row's type."""
    hints = get_type_hints(row_type)
    pairs = ((name, get_args(hints[name])) for name in fields if get_origin(hints[name]) is tuple)
    return {
        name: kinds[0]
        for name, kinds in pairs
        if kinds[1:] == (...,) and "key" in getattr(kinds[0], "__annotations__", ())
    }


def _camel(name: str) -> QByteArray:
    head, *rest = name.split("_")
    return QByteArray((head + "".join(map(str.capitalize, rest))).encode())


def _longest_rising(numbers: Sequence[int]) -> set[int]:
    """The numbers of a longest rising subsequence (patience sorting)."""
    tails: list[int] = []
    before: dict[int, int | None] = {}
    for number in numbers:
        pile = bisect_left(tails, number)
        before[number] = tails[pile - 1] if pile else None
        tails[pile : pile + 1] = [number]
    found: set[int] = set()
    last = tails[-1] if tails else None
    while last is not None:
        found.add(last)
        last = before[last]
    return found
