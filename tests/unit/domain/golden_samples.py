"""One event of every kind with every field set: what the files in `golden/` were written from."""

from __future__ import annotations

import msgspec
from nacl.signing import SigningKey

from common.domain import events as e
from common.domain.codec import (
    CHAIN_START,
    Event,
    Group,
    SideRecord,
    encode_event,
    seal_group,
    side_message,
)
from common.domain.ids import HOUSE, Chain, EventId, LineId

KEY = SigningKey(bytes(range(32)))
ORIGIN = bytes.fromhex("101112131415161718191a1b1c1d1e1f")
STORE = bytes.fromhex("202122232425262728292a2b2c2d2e2f")
ORDER = bytes.fromhex("303132333435363738393a3b3c3d3e3f")
COMMAND = bytes.fromhex("404142434445464748494a4b4c4d4e4f")
MENU = bytes.fromhex("505152535455565758595a5b5c5d5e5f")
SIDE = bytes.fromhex("606162636465666768696a6b6c6d6e6f")
SIGNATURE = bytes(range(64))
EPOCH = 0xA1B2C3D4E5F6
AT = 1_795_000_000_000_000
LINE = LineId(COMMAND, 3)
PICKS = (e.Pick(LINE, ((0, 2), (5, 1)), 1), e.Pick(LineId(COMMAND, 4), ((0, 1),)))
WISH = e.Modifier("add", "加辣", "extra chilli", "CHILLI", 2, 150)
DISH = e.LineRecord(
    zh="宫保鸡丁",
    en="Kung Pao chicken",
    qty=1500,
    price=4800,
    sku="KPC",
    unit="份",
    station="wok",
    course=2,
    prep_s=420,
    warn_s=500,
    late_s=700,
    seat="A",
    note="少油",
    modifiers=(WISH, e.Modifier("remove", "花生", "peanuts")),
    parent=1,
    combo=True,
    fire="hold",
    plan_at=AT + 1,
    menu=MENU,
    category="hot",
    said="宫爆鸡丁",
    ref="L-17",
    marks=("price_differs",),
)

PAYLOADS: tuple[e.Payload, ...] = (
    e.OrderSubmitted(
        day=20261122,
        channel="delivery",
        currency="CNY",
        lines=(DISH, e.LineRecord("米饭", "Rice", 1000)),
        prefix="A",
        digits=31,
        door="pos",
        ref="T-9",
        provider="platform",
        pickup_no="88",
        table="12",
        covers=4,
        due_at=AT + 2,
        note="快",
        allergies=("花生", "peanut"),
        priority=-1,
        utensils=0,
        fees=(e.Fee("delivery", 500),),
        side=SIDE,
        marks=("late",),
    ),
    e.LinesAdded(2, (e.LineRecord("米饭", "Rice", 1000),)),
    e.LineChanged(LINE, "no salt", (WISH,), 2),
    e.LinesStarted("wok", PICKS, auto=True),
    e.LinesReady("wok", PICKS),
    e.TicketBumped("wok", 2, PICKS),
    e.LinesServed(PICKS),
    e.LinesVoided(PICKS, "客人取消"),
    e.LinesRecalled(PICKS, EventId(ORIGIN, EPOCH, 9), "wok", 2),
    e.OrderRushed((LINE,)),
    e.StoreConfigured("川味楼", "Asia/Shanghai", 240, "CNY", SIGNATURE),
    e.NodeEnrolled(
        node=ORIGIN,
        public_key=bytes(KEY.verify_key),
        name="counter-1",
        roles=("counter", "expo"),
        block=100,
        feed="tcp://10.0.0.2:7301",
        router="tcp://10.0.0.2:7302",
        signature=SIGNATURE,
    ),
    e.DishDefined(
        MENU, "KPC", "宫保鸡丁", "Kung Pao chicken", 4800, "wok", "hot", 420, 2, "份", "{}"
    ),
    e.MenuActivated(
        MENU, "CNY", (e.Named("wok", "炒锅", "Wok"),), (e.Named("hot", "热菜", "Hot"),), "{}"
    ),
)
LATER: tuple[e.Payload, ...] = (
    e.TicketShown("wok", (EventId(ORIGIN, EPOCH, 1), EventId(ORIGIN, EPOCH, 3))),
    e.TicketSeen("wok", (EventId(ORIGIN, EPOCH, 1),)),
    e.LinesHeld(PICKS),
    e.LinesFired(PICKS),
    e.PaymentTaken(4800, "cash", MENU),
    e.FloorDefined(
        (e.Area("hall", "大厅", "Hall", 0, 0, 16_000, 9_000),),
        (e.Table("8", "8 号桌", "Table 8", 4, "hall", "round", 3_800, 3_400, 1_000, 1_000),),
        "{}",
    ),
)
"""Of the kinds that are younger than `v1.json`: `later.json` has their bytes."""


GROWN: tuple[e.Payload, ...] = (msgspec.structs.replace(PAYLOADS[0], payment="counter"),)
"""Of the kinds to which fields were appended after v1: `v2.json` has their bytes."""
FIELDS_OF_V1 = {"OrderSubmitted": 20}


def event_of(seq: int, payload: e.Payload, version: int = 1) -> Event:
    """The payload in an envelope with every field set, as that version writes it."""
    raw = e.encode_payload(payload)
    if version == 1:
        fields = msgspec.msgpack.decode(raw)
        raw = msgspec.msgpack.encode(fields[: FIELDS_OF_V1.get(type(payload).__name__)])
    return Event(
        origin=ORIGIN,
        epoch=EPOCH,
        seq=seq,
        lamport=1000 + seq,
        at=AT + seq,
        kind=type(payload).__name__,
        subject=ORDER if isinstance(payload, e.ORDER_KINDS) else HOUSE,
        cmd_id=COMMAND,
        actor="李雷",
        to=("wok", "expo"),
        version=version,
        payload=raw,
    )


EVENTS = tuple(event_of(seq, payload) for seq, payload in enumerate(PAYLOADS, 1))
GROWN_EVENTS = tuple(event_of(seq, each, 2) for seq, each in enumerate(GROWN, 1))
LATER_EVENTS = tuple(event_of(seq, each) for seq, each in enumerate(LATER, len(EVENTS) + 1))


def sign(message: bytes) -> bytes:
    return bytes(KEY.sign(message).signature)


def group() -> Group:
    """All of them as one signed group, the first of its chain."""
    raw = [encode_event(event) for event in EVENTS]
    return seal_group(Chain(ORIGIN, EPOCH), 1, CHAIN_START, raw, STORE, sign)


def side() -> SideRecord:
    """A signed side record."""
    body = '{"name": "韩梅梅", "phone": "1380000"}'.encode()
    bare = SideRecord(SIDE, ORIGIN, ORDER, AT, body, bytes(64))
    return msgspec.structs.replace(bare, signature=sign(side_message(STORE, bare)))
