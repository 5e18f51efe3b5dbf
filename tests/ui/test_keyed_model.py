"""A keyed model tells QML exactly what changed, so that no delegate is built in vain."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, NamedTuple

import msgspec
import PySide6.QtQuick  # noqa: F401 - or root objects come back without their type
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QModelIndex, QObject, QUrl
from PySide6.QtQml import QQmlComponent, QQmlEngine
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from common.ui.keyed_model import KeyedModel

pytestmark = pytest.mark.usefixtures("qapp")


class Dish(NamedTuple):
    key: str
    name: str = ""


class Card(NamedTuple):
    key: str
    state_text: str = ""
    number: int = 0
    dishes: tuple[Dish, ...] = ()
    words: tuple[str, ...] = ()


class Told:
    """What the model's signals said: each as words, and replayed on a plain list of keys."""

    def __init__(self, model: KeyedModel[Any]) -> None:
        self.model = model
        self.said: list[object] = []
        self.keys = [row.key for row in model.rows]
        model.rowsInserted.connect(self._inserted)
        model.rowsRemoved.connect(self._removed)
        model.rowsMoved.connect(self._moved)
        model.dataChanged.connect(self._changed)
        model.modelReset.connect(lambda: self.said.append("reset"))

    def _inserted(self, parent: QModelIndex, first: int, last: int) -> None:
        self.keys[first:first] = [row.key for row in self.model.rows[first : last + 1]]
        self.said.append(("insert", first, last))

    def _removed(self, parent: QModelIndex, first: int, last: int) -> None:
        del self.keys[first : last + 1]
        self.said.append(("remove", first, last))

    def _moved(
        self, parent: QModelIndex, first: int, last: int, to: QModelIndex, target: int
    ) -> None:
        moving = self.keys[first : last + 1]
        del self.keys[first : last + 1]
        place = target - len(moving) if first < target else target
        self.keys[place:place] = moving
        self.said.append(("move", first, target))

    def _changed(self, first: QModelIndex, last: QModelIndex, roles: Iterable[int]) -> None:
        names = {bytes(self.model.roleNames()[role].data()).decode() for role in roles}
        self.said.append(("change", first.row(), last.row(), names))


def model_of(*rows: Card) -> tuple[KeyedModel[Card], Told]:
    model = KeyedModel(Card)
    model.update(rows)
    return model, Told(model)


def value(model: KeyedModel[Any], row: int, name: str) -> Any:
    roles = {bytes(text.data()).decode(): role for role, text in model.roleNames().items()}
    return model.data(model.index(row), roles[name])


A, B, C, D = (Card(key) for key in "abcd")


def test_the_same_rows_say_nothing() -> None:
    model, told = model_of(A, B)
    model.update([Card("a"), Card("b")])
    assert told.said == []


def test_a_changed_field_tells_its_own_role_only() -> None:
    model, told = model_of(A, B, C)
    model.update([A, B._replace(state_text="ready"), C])
    assert told.said == [("change", 1, 1, {"stateText"})]
    assert value(model, 1, "stateText") == "ready"


def test_neighbours_leave_together() -> None:
    model, told = model_of(A, B, C, D)
    model.update([A, D])
    assert told.said == [("remove", 1, 2)]


@pytest.mark.parametrize(
    ("wanted", "said"),
    [
        ([B, C, D, A], [("move", 0, 4)]),
        ([D, A, B, C], [("move", 3, 0)]),
        ([A, C, B, D], [("move", 1, 3)]),
    ],
)
def test_one_row_that_moves_is_one_move(wanted: list[Card], said: list[object]) -> None:
    model, told = model_of(A, B, C, D)
    model.update(wanted)
    assert told.said == said
    assert model.rows == tuple(wanted)


cards = st.lists(
    st.builds(
        Card,
        key=st.sampled_from("abcdefghij"),
        number=st.integers(0, 1),
        dishes=st.lists(
            st.builds(Dish, st.sampled_from("xyz"), st.sampled_from("12")),
            unique_by=lambda dish: dish.key,
            max_size=3,
        ).map(tuple),
    ),
    unique_by=lambda card: card.key,
    max_size=10,
)


@settings(max_examples=100)
@given(before=cards, after=cards)
def test_whatever_the_lists_the_signals_give_the_new_one(
    before: list[Card], after: list[Card]
) -> None:
    model, told = model_of(*before)
    nested = {card.key: value(model, at, "dishes") for at, card in enumerate(before)}
    counts: list[int] = []
    model.countChanged.connect(lambda: counts.append(model.rowCount()))
    model.update(after)
    assert model.rows == tuple(after)
    assert told.keys == [card.key for card in after]
    assert "reset" not in told.said
    assert counts == ([len(after)] if len(after) != len(before) else [])
    for at, card in enumerate(after):
        dishes = value(model, at, "dishes")
        assert dishes.rows == card.dishes
        assert dishes is nested.get(card.key, dishes)


def test_qt_finds_no_fault_with_it(qtmodeltester: ModelTester) -> None:
    model, _ = model_of(A, B, C)
    qtmodeltester.check(model)  # type: ignore[no-untyped-call]
    model.update([D, B, Card("e"), A._replace(number=3)])
    model.update([])
    model.update([C, A])


def test_two_rows_of_one_key_are_a_mistake_and_change_nothing() -> None:
    model, told = model_of(A, B)
    with pytest.raises(ValueError, match="same key"):
        model.update([A, C, A])
    assert model.rows == (A, B)
    assert told.said == []


# --- rows within rows -------------------------------------------------------------------


def test_rows_within_a_row_are_a_model_that_stays() -> None:
    model, told = model_of(Card("a", dishes=(Dish("1", "fish"),)))
    dishes = value(model, 0, "dishes")
    inner = Told(dishes)
    model.update([Card("a", dishes=(Dish("1", "fish"), Dish("2", "rice")))])
    assert value(model, 0, "dishes") is dishes
    assert told.said == []
    assert inner.said == [("insert", 1, 1)]
    assert value(dishes, 1, "name") == "rice"


def test_a_tuple_of_words_is_just_a_value() -> None:
    model, _ = model_of(Card("a", words=("x", "y")))
    assert value(model, 0, "words") == ("x", "y")


def test_the_model_within_a_gone_row_is_given_back(qtbot: QtBot) -> None:
    model, _ = model_of(A, B)
    inner = value(model, 1, "dishes")
    with qtbot.waitSignal(inner.destroyed):
        model.update([A])
    assert len(model.findChildren(KeyedModel)) == 1


# --- other kinds of rows ----------------------------------------------------------------


@dataclass(frozen=True)
class Peer:
    key: int
    is_up: bool


class Total(msgspec.Struct, frozen=True):
    key: str
    how_many: int


@pytest.mark.parametrize(
    ("before", "after", "role"),
    [(Peer(1, False), Peer(1, True), "isUp"), (Total("a", 1), Total("a", 2), "howMany")],
)
def test_dataclasses_and_structs_are_rows_too(before: Any, after: Any, role: str) -> None:
    model: KeyedModel[Any] = KeyedModel(type(before))
    model.update([before])
    told = Told(model)
    model.update([after])
    assert told.said == [("change", 0, 0, {role})]


# --- in QML -----------------------------------------------------------------------------

SOURCE = b"""
import QtQuick
Item {
    id: root
    required property QtObject cards
    property int built: 0
    property int count: cards.count
    property string words: ""
    Repeater {
        id: repeater
        model: root.cards
        delegate: Item {
            id: card
            required property string key
            required property string stateText
            required property QtObject dishes
            Repeater {
                model: card.dishes
                delegate: Item {
                    required property string name
                    onNameChanged: root.words += name + " "
                    Component.onCompleted: root.built += 1
                }
            }
            Component.onCompleted: root.built += 1
        }
    }
}
"""


@pytest.fixture
def show(qtbot: QtBot) -> Iterable[Callable[[KeyedModel[Card]], QObject]]:
    kept: list[QObject] = []

    def show(model: KeyedModel[Card]) -> QObject:
        engine = QQmlEngine()
        component = QQmlComponent(engine)
        component.setData(SOURCE, QUrl())
        item = component.createWithInitialProperties({"cards": model})
        assert item is not None, component.errorString()
        kept.extend((item, component, engine))
        return item

    yield show
    kept.clear()


def test_qml_builds_only_what_is_new(show: Callable[[KeyedModel[Card]], QObject]) -> None:
    model, _ = model_of(Card("a", dishes=(Dish("1", "fish"), Dish("2", "rice"))), B)
    item = show(model)
    assert (item.property("built"), item.property("words")) == (4, "fish rice ")
    model.update(
        [B, Card("a", "late", dishes=(Dish("1", "soup"), Dish("2", "rice"), Dish("3", "tea")))]
    )
    assert item.property("built") == 5
    assert sorted(item.property("words").split()) == ["fish", "rice", "soup", "tea"]
    model.update([B])
    assert item.property("count") == 1
