"""What can happen: the payloads of the log.

Every payload is a MessagePack array whose fields are only ever appended, with defaults, so that
this year's events stay readable for as long as anyone keeps the file. `tests/unit/domain/golden`
holds their bytes. Money is in minor units of the order's currency, quantities in thousandths,
times in µs of mesh time.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Annotated, Any

import msgspec

from common.domain.codec import BadBytes, Event, Role, Signature
from common.domain.ids import Counter, EventId, Id, LineId

Text = Annotated[str, msgspec.Meta(max_length=4096)]
Name = Annotated[str, msgspec.Meta(max_length=512)]
Money = Annotated[int, msgspec.Meta(ge=-(2**53), le=2**53)]
Thousandths = Annotated[int, msgspec.Meta(gt=0, le=9_999_000)]
Seconds = Annotated[int, msgspec.Meta(ge=0, le=2**31)]
MeshTime = Annotated[int, msgspec.Meta(ge=-(2**62), lt=2**62)]
MAX_LENGTH = 10_000_000
Millimetres = Annotated[int, msgspec.Meta(ge=0, le=MAX_LENGTH)]
MAX_SEATS = 9_999
MAX_MARKS = 32
Marks = Annotated[tuple[Name, ...], msgspec.Meta(max_length=MAX_MARKS)]
Run = tuple[
    Annotated[int, msgspec.Meta(ge=0, lt=9_999)], Annotated[int, msgspec.Meta(gt=0, le=9_999)]
]
"""A stretch of portions: first index, how many."""
Runs = Annotated[tuple[Run, ...], msgspec.Meta(max_length=9_999)]


class Record(msgspec.Struct, array_like=True, frozen=True):
    """Base of all that is written into the log."""


class Modifier(Record, frozen=True):
    """A wish on a line: `op` is add, remove or choice."""

    op: Name
    zh: Name
    en: Name
    sku: Name | None = None
    qty: Annotated[int, msgspec.Meta(ge=0, le=9_999)] = 1
    price: Money = 0


class LineRecord(Record, frozen=True):
    """One dish on an order, frozen when it was ordered; a later menu never changes it.

    `price` is for one unit, `plan_at` a mesh time, `parent` the index of a combo's line in the
    same command, `said` the name as ordered where it is not the menu's, `ref` the id the line has
    in the file or at the platform it came from.
    """

    zh: Name
    en: Name
    qty: Thousandths
    price: Money = 0
    sku: Name | None = None
    unit: Name | None = None
    station: Role | None = None
    course: Annotated[int, msgspec.Meta(ge=0, le=99)] = 1
    prep_s: Seconds = 0
    warn_s: Seconds = 600
    late_s: Seconds = 900
    seat: Name | None = None
    note: Text = ""
    modifiers: Annotated[tuple[Modifier, ...], msgspec.Meta(max_length=256)] = ()
    parent: Counter | None = None
    combo: bool = False
    fire: Name = "now"
    plan_at: MeshTime | None = None
    menu: Id | None = None
    category: Name | None = None
    said: Name = ""
    ref: Name | None = None
    marks: Marks = ()


class Fee(Record, frozen=True):
    """An amount beside the dishes, such as delivery."""

    name: Name
    amount: Money


class OrderSubmitted(Record, frozen=True):
    """A channel handed in an order. Its lines may go on in `LinesAdded` of the same command.

    `day` is the business day as yyyymmdd; `side` names the side record with the guest's name,
    phone and the keys we did not know. `payment` says where it is to be paid: at a `counter` of
    ours; empty: nobody here asks for it.
    """

    day: Annotated[int, msgspec.Meta(ge=19000101, le=99991231)]
    channel: Name
    currency: Name
    lines: tuple[LineRecord, ...]
    prefix: Name = ""
    digits: Counter = 0
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
    side: Id | None = None
    marks: Marks = ()
    payment: Name = ""


class LinesAdded(Record, frozen=True):
    """More dishes for an order; `first` is the index of the first of them in its command."""

    first: Counter
    lines: tuple[LineRecord, ...]


class LineChanged(Record, frozen=True):
    """A line's note or modifiers became others (null: as before).

    `seen`: how many earlier changes of the line its decider knew.
    """

    line: LineId
    note: Text | None = None
    modifiers: Annotated[tuple[Modifier, ...], msgspec.Meta(max_length=256)] | None = None
    seen: Counter = 0


class Pick(Record, frozen=True):
    """Chosen portions of one line; `seen`: how many changes of the line the decider knew."""

    line: LineId
    runs: Runs
    seen: Counter = 0


Picks = tuple[Pick, ...]


class LinesStarted(Record, frozen=True):
    """A station began to cook these portions; `auto` when no hand told it."""

    station: Role
    picks: Picks
    auto: bool = False


class LinesReady(Record, frozen=True):
    """These portions are done at a station."""

    station: Role
    picks: Picks


class TicketBumped(Record, frozen=True):
    """A station closed its ticket; `picks` is what that readied, and nothing else is."""

    station: Role
    batch: Counter
    picks: Picks


class LinesServed(Record, frozen=True):
    """These portions reached the guest."""

    picks: Picks


class LinesVoided(Record, frozen=True):
    """These portions are not wanted any more."""

    picks: Picks
    reason: Text = ""


class LinesRecalled(Record, frozen=True):
    """These portions are not ready or not served after all.

    With `undoes`, each portion goes back to what it was before that event, if that event is still
    the last that moved it. Otherwise a `station` takes back what it had ready, and nobody's
    station (the pass) what was served. With `batch`, that ticket of the station opens again.
    """

    picks: Picks
    undoes: EventId | None = None
    station: Role | None = None
    batch: Counter | None = None


class LinesHeld(Record, frozen=True):
    """These portions wait until they are called for."""

    picks: Picks


class LinesFired(Record, frozen=True):
    """These portions waited and are to be made now."""

    picks: Picks


class PaymentTaken(Record, frozen=True):
    """A counter took money for one of an order's checks; null is the order itself."""

    amount: Money
    method: Name
    check: Id | None = None


class OrderRushed(Record, frozen=True):
    """The guest asks where the food is; no lines means the whole order."""

    lines: tuple[LineId, ...] = ()


MAX_TOLD = 1024
"""Events that one telling names at most; so many stay far below what an event may hold."""
ToldEvents = Annotated[tuple[EventId, ...], msgspec.Meta(max_length=MAX_TOLD)]


class TicketShown(Record, frozen=True):
    """A station's screen painted a card that includes these events of the order."""

    station: Role
    events: ToldEvents


class TicketSeen(Record, frozen=True):
    """A person at a station acknowledged these events of the order."""

    station: Role
    events: ToldEvents


class Named(Record, frozen=True):
    """A station or a menu category."""

    id: Role
    zh: Name
    en: Name


class StoreConfigured(Record, frozen=True):
    """The store's fixed facts: IANA zone, minutes after midnight when its day starts.

    Signed with the store key, like the roster. The signature covers every field, so these two
    kinds never get another: what is to be added comes as a kind of its own.
    """

    name: Name
    tz: Name
    day_start: Annotated[int, msgspec.Meta(ge=0, lt=1440)]
    currency: Name
    signature: Signature


class NodeEnrolled(Record, frozen=True):
    """A machine belongs to the store: its key, its roles, where it listens.

    `block` is where its order numbers start each day.
    """

    node: Id
    public_key: Annotated[bytes, msgspec.Meta(min_length=32, max_length=32)]
    name: Name
    roles: tuple[Role, ...]
    block: Counter
    feed: Name
    router: Name
    signature: Signature


class DishDefined(Record, frozen=True):
    """One dish of a menu version; `extra` is the JSON of the menu's keys that have no field."""

    version: Id
    sku: Name
    zh: Name
    en: Name
    price: Money
    station: Role | None = None
    category: Name | None = None
    prep_s: Seconds = 0
    course: Annotated[int, msgspec.Meta(ge=0, le=99)] = 1
    unit: Name | None = None
    extra: Annotated[str, msgspec.Meta(max_length=48 * 1024)] = ""


class MenuActivated(Record, frozen=True):
    """From here on, orders are read by this menu version."""

    version: Id
    currency: Name
    stations: tuple[Named, ...]
    categories: tuple[Named, ...] = ()
    extra: Annotated[str, msgspec.Meta(max_length=48 * 1024)] = ""


class Area(Record, frozen=True):
    """A part of the floor: a hall, a terrace; `x` and `y` from the plan's top left corner."""

    id: Role
    zh: Name
    en: Name
    x: Millimetres
    y: Millimetres
    w: Millimetres
    h: Millimetres


class Table(Record, frozen=True):
    """A table on the plan; orders name it by its `id`. `shape` is square, rect or round."""

    id: Role
    zh: Name
    en: Name
    seats: Annotated[int, msgspec.Meta(ge=0, le=MAX_SEATS)]
    area: Role | None
    shape: Name
    x: Millimetres
    y: Millimetres
    w: Millimetres
    h: Millimetres


class FloorDefined(Record, frozen=True):
    """The floor is this from here on; `extra` is the JSON of the plan's keys without a field."""

    areas: tuple[Area, ...]
    tables: tuple[Table, ...]
    extra: Annotated[str, msgspec.Meta(max_length=48 * 1024)] = ""


Payload = (
    OrderSubmitted
    | LinesAdded
    | LineChanged
    | LinesStarted
    | LinesReady
    | TicketBumped
    | LinesServed
    | LinesVoided
    | LinesRecalled
    | OrderRushed
    | TicketShown
    | TicketSeen
    | LinesHeld
    | LinesFired
    | PaymentTaken
    | StoreConfigured
    | NodeEnrolled
    | DishDefined
    | MenuActivated
    | FloorDefined
)

ORDER_KINDS: tuple[type[Record], ...] = (
    OrderSubmitted,
    LinesAdded,
    LineChanged,
    LinesStarted,
    LinesReady,
    TicketBumped,
    LinesServed,
    LinesVoided,
    LinesRecalled,
    OrderRushed,
    TicketShown,
    TicketSeen,
    LinesHeld,
    LinesFired,
    PaymentTaken,
)
HOUSE_KINDS: tuple[type[Record], ...] = (
    StoreConfigured,
    NodeEnrolled,
    DishDefined,
    MenuActivated,
    FloorDefined,
)

VERSIONS: Mapping[str, int] = {OrderSubmitted.__name__: 2}
"""The version of each kind that has gained fields; of all others, 1."""

_decoders: dict[str, msgspec.msgpack.Decoder[Any]] = {
    kind.__name__: msgspec.msgpack.Decoder(kind) for kind in ORDER_KINDS + HOUSE_KINDS
}
_encoder = msgspec.msgpack.Encoder()


def encode_payload(payload: Payload) -> bytes:
    """The payload's bytes; its kind is the class's name."""
    return _encoder.encode(payload)


def decode_payload(event: Event) -> Payload | None:
    """The event's payload, or None for a kind this version does not know. Raises BadBytes."""
    return read_payload(event.kind, event.payload)


# The house, the order and whoever looks for a side record read the same one, close to each other.
@lru_cache(maxsize=64)
def read_payload(kind: str, raw: bytes) -> Payload | None:
    """A payload of this kind, or None for a kind this version does not know. Raises BadBytes."""
    decoder = _decoders.get(kind)
    if decoder is None:
        return None
    try:
        payload: Payload = decoder.decode(raw)
    except (msgspec.MsgspecError, RecursionError, UnicodeDecodeError) as error:
        raise BadBytes(f"{kind}: {error}") from error
    return payload
