"""What the order page says."""

from __future__ import annotations

from datetime import tzinfo

from PySide6.QtCore import QCoreApplication

from common.domain.clock import moment
from common.domain.order import Order
from common.ui import words
from common.ui.places import Place
from foh.drafts import Draft

translate = QCoreApplication.translate


def undo_send() -> str:
    """The button that takes back what was just sent."""
    return translate("Order", "Undo sending")


def undo_void() -> str:
    """The button that takes back a void."""
    return translate("Order", "Undo void")


def undo_hold() -> str:
    """The button that takes back a hold."""
    return translate("Order", "Undo hold")


def undo_fire() -> str:
    """The button that takes back a fire."""
    return translate("Order", "Undo fire")


def begun_already() -> str:
    """Why it can't be taken back."""
    return translate("Order", "Cooking has begun. Void the dish with a reason instead.")


def taken_back() -> str:
    """The reason of a void that follows at once."""
    return translate("Order", "Sent by mistake")


def to_the_second(at: int, tz: tzinfo) -> str:
    """A time of day: 12:08:03."""
    return f"{moment(at).astimezone(tz):%H:%M:%S}"


def of_order(order: Order, number: str, place: Place) -> str:
    """Number, channel, when it was taken, how often the guests asked."""
    assert order.head is not None
    assert order.submitted is not None
    head = order.head
    parts = [number, words.channel(head.channel, at_table=bool(head.table))]
    taken = words.clock(order.submitted.at, place.tz)
    parts.append(translate("Order", "taken {time}").format(time=taken))
    if order.rushes:
        parts.append(words.rushed(len(order.rushes)))
    return " · ".join(filter(None, parts))


def of_guest(draft: Draft, place: Place) -> str:
    """Who a new order is for, how many they are, when they want it."""
    parts = [draft.guest, draft.phone]
    if draft.covers:
        parts.append(words.covers(draft.covers))
    if draft.due_at is not None:
        parts.append(words.due(draft.due_at, place.tz, draft.channel))
    return " · ".join(filter(None, parts))


def new_order() -> str:
    """Below the name of a table where nobody has ordered."""
    return translate("Order", "New order")


def unsent() -> str:
    """The badge of a dish that is not sent."""
    return translate("Order", "Not sent")


def on_its_way() -> str:
    """The badge of a dish that the node has not confirmed."""
    return translate("Order", "Sending")


def sent() -> str:
    """The badge of a dish that nobody has begun."""
    return translate("Order", "Sent")


def served() -> str:
    """The badge of a dish that the guest has."""
    return translate("Order", "Served")


def waits() -> str:
    """A dish that is not sent and will wait to be called for."""
    return translate("Order", "On hold")


def seat(name: str) -> str:
    """Whose dish it is."""
    return translate("Order", "Seat {name}").format(name=name)


def added_by(counter: str, time: str) -> str:
    """A dish that another counter added."""
    return translate("Order", "{counter} added {time}").format(counter=counter, time=time)


def voided_by(counter: str, time: str) -> str:
    """A dish that another counter took back."""
    return translate("Order", "{counter} voided {time}").format(counter=counter, time=time)


def stored(station: str, time: str) -> str:
    """A station has it on its disk."""
    return translate("Order", "✓ {station} {time} received").format(station=station, time=time)


def shown(time: str) -> str:
    """A station's screen has painted it."""
    return translate("Order", "{time} shown").format(time=time)


def seen(time: str) -> str:
    """Somebody at the station has acknowledged it."""
    return translate("Order", "{time} seen").format(time=time)


def saved(station: str, time: str) -> str:
    """This machine has it on its disk, and the station is asked."""
    return translate("Order", "{time} saved · {station} asked").format(station=station, time=time)


def not_stored(station: str, seconds: int) -> str:
    """A station has not confirmed it for too long."""
    said = translate("Order", "{station} has not received it for {count} s")
    return said.format(station=station, count=seconds)


def not_saved() -> str:
    """The node has not answered yet."""
    return translate("Order", "Not saved yet: being sent, nothing is lost")


def page(nth: int, count: int) -> str:
    """Which page of dishes this is."""
    return f"{nth}/{count}"


def off_menu(name: str) -> str:
    """A tile that orders what is on no menu."""
    return translate("Order", "“{name}”: not on the menu").format(name=name)
