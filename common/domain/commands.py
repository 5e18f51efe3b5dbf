"""What people and doors may ask of a node. A command is decided once and leaves only events.

`cmd_id` is made by the client and stays the same however often the command is sent again.
"""

from __future__ import annotations

from typing import Annotated, Literal

import msgspec

from common.domain.codec import MAX_SIDE, BadBytes, Role
from common.domain.events import (
    MAX_MARKS,
    Area,
    Fee,
    Marks,
    MeshTime,
    Money,
    Name,
    Named,
    Runs,
    Seconds,
    Table,
    Text,
    Thousandths,
    ToldEvents,
)
from common.domain.ids import Counter, EventId, Id, LineId

MAX_COMMAND = 512 * 1024


class Part(msgspec.Struct, frozen=True, omit_defaults=True):
    """Base of what commands are made of."""


class ModifierInput(Part, frozen=True):
    """A wish on a line as it was ordered; names may be missing in one language."""

    op: Name
    zh: Name = ""
    en: Name = ""
    sku: Name | None = None
    qty: Annotated[int, msgspec.Meta(ge=0, le=9_999)] = 1
    price: Money = 0


class LineInput(Part, frozen=True):
    """A dish as it was ordered; what is absent comes from the menu. `parent` is a sibling's ref.

    A dish on `hold` waits to be fired; a combo on hold lets its dishes wait.
    """

    zh: Name = ""
    en: Name = ""
    sku: Name | None = None
    qty: Thousandths = 1000
    unit: Name | None = None
    price: Money | None = None
    course: Annotated[int, msgspec.Meta(ge=0, le=99)] | None = None
    seat: Name | None = None
    note: Text = ""
    parent: Name | None = None
    modifiers: Annotated[tuple[ModifierInput, ...], msgspec.Meta(max_length=256)] = ()
    ref: Name | None = None
    fire: Literal["now", "hold"] = "now"
    # One less than the log takes: what the menu does not know of the dish is marked on top.
    marks: Annotated[tuple[Name, ...], msgspec.Meta(max_length=MAX_MARKS - 1)] = ()


class OrderInput(Part, frozen=True):
    """An order as a channel handed it in, checked and in our units.

    `side` is the JSON of what must not enter the log: the guest's name and phone, unknown keys.
    With `payment` at a `counter` it is open until it is paid there.
    """

    lines: Annotated[tuple[LineInput, ...], msgspec.Meta(min_length=1, max_length=2_000)]
    channel: Name = "dine_in"
    door: Name = ""
    ref: Name | None = None
    provider: Name | None = None
    pickup_no: Name | None = None
    table: Name | None = None
    covers: Counter | None = None
    due_at: MeshTime | None = None
    note: Text = ""
    allergies: Annotated[tuple[Name, ...], msgspec.Meta(max_length=64)] = ()
    priority: Annotated[int, msgspec.Meta(ge=-(2**31), lt=2**31)] = 0
    utensils: Counter | None = None
    fees: Annotated[tuple[Fee, ...], msgspec.Meta(max_length=64)] = ()
    side: Annotated[str, msgspec.Meta(max_length=MAX_SIDE)] = ""
    marks: Marks = ()
    payment: Name = ""


class Choice(Part, frozen=True):
    """Portions of a line: these runs, or else `count` of them, or else all that can be meant."""

    line: LineId
    count: Annotated[int, msgspec.Meta(ge=1, le=9_999)] | None = None
    runs: Runs | None = None


Choices = Annotated[tuple[Choice, ...], msgspec.Meta(min_length=1, max_length=4_000)]


class Command(msgspec.Struct, frozen=True, tag=True, omit_defaults=True, kw_only=True):
    """Base of all commands; `actor` is who asked, for the trace."""

    cmd_id: Id
    actor: Annotated[str, msgspec.Meta(max_length=256)] = ""


class SubmitOrder(Command, frozen=True, kw_only=True):
    """Take an order in."""

    order_id: Id
    order: OrderInput


class AddLines(Command, frozen=True, kw_only=True):
    """More dishes for an order."""

    order_id: Id
    lines: Annotated[tuple[LineInput, ...], msgspec.Meta(min_length=1, max_length=2_000)]


class ChangeLine(Command, frozen=True, kw_only=True):
    """Another note or other modifiers for a line that is not ready yet."""

    order_id: Id
    line: LineId
    note: Text | None = None
    modifiers: Annotated[tuple[ModifierInput, ...], msgspec.Meta(max_length=256)] | None = None


class VoidLines(Command, frozen=True, kw_only=True):
    """Take dishes back."""

    order_id: Id
    choices: Choices
    reason: Text = ""


class HoldLines(Command, frozen=True, kw_only=True):
    """Let dishes wait that nobody has begun."""

    order_id: Id
    choices: Choices


class FireLines(Command, frozen=True, kw_only=True):
    """Call for dishes that wait."""

    order_id: Id
    choices: Choices


class StartLines(Command, frozen=True, kw_only=True):
    """A station begins to cook."""

    order_id: Id
    station: Role
    choices: Choices
    auto: bool = False


class MarkReady(Command, frozen=True, kw_only=True):
    """A station is done with dishes."""

    order_id: Id
    station: Role
    choices: Choices


class BumpTicket(Command, frozen=True, kw_only=True):
    """A station closes its ticket; `seen` are the lines the cook saw on it, and only they count."""

    order_id: Id
    station: Role
    batch: Counter
    seen: Annotated[tuple[LineId, ...], msgspec.Meta(max_length=4_000)]


class ServeLines(Command, frozen=True, kw_only=True):
    """Dishes reached the guest."""

    order_id: Id
    choices: Choices


class Recall(Command, frozen=True, kw_only=True):
    """Take back: one event (`undoes`), a ticket (`station`, `batch`) or chosen portions."""

    order_id: Id
    undoes: EventId | None = None
    station: Role | None = None
    batch: Counter | None = None
    choices: Annotated[tuple[Choice, ...], msgspec.Meta(max_length=4_000)] = ()


class TakePayment(Command, frozen=True, kw_only=True):
    """A counter takes money for an order; `amount` in minor units, `method` such as cash."""

    order_id: Id
    amount: Money
    method: Name


class RushOrder(Command, frozen=True, kw_only=True):
    """The guest asks where the food is; no lines means the whole order."""

    order_id: Id
    lines: Annotated[tuple[LineId, ...], msgspec.Meta(max_length=4_000)] = ()


class MarkShown(Command, frozen=True, kw_only=True):
    """A station's screen has painted these events."""

    order_id: Id
    station: Role
    events: ToldEvents


class MarkSeen(Command, frozen=True, kw_only=True):
    """A person at a station has acknowledged these events."""

    order_id: Id
    station: Role
    events: ToldEvents


class DishInput(Part, frozen=True):
    """A dish of a menu being imported; `extra` is the JSON of keys that have no field here."""

    sku: Name
    zh: Name
    en: Name
    price: Money = 0
    station: Role | None = None
    category: Name | None = None
    prep_s: Seconds = 0
    course: Annotated[int, msgspec.Meta(ge=0, le=99)] = 1
    unit: Name | None = None
    extra: Annotated[str, msgspec.Meta(max_length=48 * 1024)] = ""


class DefineDishes(Command, frozen=True, kw_only=True):
    """Some dishes of a menu version; a menu comes as several of these and an `ActivateMenu`."""

    version: Id
    dishes: Annotated[tuple[DishInput, ...], msgspec.Meta(min_length=1, max_length=60)]


class ActivateMenu(Command, frozen=True, kw_only=True):
    """Read orders by this menu version from here on."""

    version: Id
    currency: Name
    stations: Annotated[tuple[Named, ...], msgspec.Meta(max_length=64)]
    categories: Annotated[tuple[Named, ...], msgspec.Meta(max_length=256)] = ()
    extra: Annotated[str, msgspec.Meta(max_length=48 * 1024)] = ""


class DefineFloor(Command, frozen=True, kw_only=True):
    """Let the floor be this: its areas and its tables, in place of those before."""

    areas: Annotated[tuple[Area, ...], msgspec.Meta(max_length=256)]
    tables: Annotated[tuple[Table, ...], msgspec.Meta(max_length=4_096)]
    extra: Annotated[str, msgspec.Meta(max_length=48 * 1024)] = ""


OrderCommand = (
    SubmitOrder
    | AddLines
    | ChangeLine
    | VoidLines
    | StartLines
    | MarkReady
    | BumpTicket
    | ServeLines
    | Recall
    | RushOrder
    | MarkShown
    | MarkSeen
    | HoldLines
    | FireLines
    | TakePayment
)
AnyCommand = OrderCommand | DefineDishes | ActivateMenu | DefineFloor

_decoder: msgspec.msgpack.Decoder[AnyCommand] = msgspec.msgpack.Decoder(AnyCommand)
_encoder = msgspec.msgpack.Encoder()


def encode_command(command: AnyCommand) -> bytes:
    """The command's bytes on the link between a screen and its node."""
    return _encoder.encode(command)


def decode_command(raw: bytes) -> AnyCommand:
    """Read a command. Raises BadBytes."""
    if len(raw) > MAX_COMMAND:
        raise BadBytes(f"command of {len(raw)} bytes, at most {MAX_COMMAND} allowed")
    try:
        return _decoder.decode(raw)
    except (msgspec.MsgspecError, RecursionError, UnicodeDecodeError) as error:
        raise BadBytes(str(error)) from error
