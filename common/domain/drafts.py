"""What a command leaves: events that have no place in the log yet, and what a group may hold."""

from __future__ import annotations

from typing import NamedTuple

from common.domain import events as ev
from common.domain.codec import MAX_EVENT, MAX_GROUP_BYTES, MAX_GROUP_EVENTS, MAX_ROLES, BadBytes
from common.domain.commands import OrderCommand
from common.domain.reasons import Rejected

_ENVELOPE = 512
"""Bytes an envelope takes at most beside its payload, addressees and actor."""


class Draft(NamedTuple):
    """An event that is decided and has no place in the log yet."""

    kind: str
    subject: bytes
    to: tuple[str, ...]
    payload: bytes


class Decision(NamedTuple):
    """What a command leaves: events that are committed together, perhaps a side record's text."""

    drafts: tuple[Draft, ...]
    side_id: bytes | None = None
    side: str = ""


Outcome = Decision | Rejected


def draft_of(payload: ev.Payload, subject: bytes, to: tuple[str, ...]) -> Draft:
    """The payload as a draft."""
    return Draft(type(payload).__name__, subject, to, ev.encode_payload(payload))


def one(payload: ev.Payload, command: OrderCommand, to: tuple[str, ...]) -> Outcome:
    """The decision of a command that leaves one event."""
    return fitting((draft_of(payload, command.order_id, to),), command.actor)


def room_for(to: tuple[str, ...], actor: str) -> int:
    """Bytes that an event's payload may take, so addressed and asked for."""
    beside = len(actor.encode()) + sum(len(role.encode()) + 5 for role in to)
    return MAX_EVENT - _ENVELOPE - beside


def fitting(drafts: tuple[Draft, ...], actor: str, too_large: str = "order_too_large") -> Outcome:
    """The decision, unless it is more than one group may hold."""
    beside = sum(MAX_EVENT - room_for(draft.to, actor) for draft in drafts)
    total = beside + sum(len(draft.payload) for draft in drafts)
    too_many = len(drafts) > MAX_GROUP_EVENTS or total > MAX_GROUP_BYTES
    if too_many or any(len(draft.payload) > room_for(draft.to, actor) for draft in drafts):
        return Rejected(too_large)
    if not all(map(_readable, drafts)):
        return Rejected("bad_command")
    return Decision(drafts)


def _readable(draft: Draft) -> bool:
    """Whether every node will be able to read it: encoding checks nothing, and acked is acked."""
    try:
        ev.read_payload(draft.kind, draft.payload)
    except BadBytes:
        return False
    return len(draft.to) <= MAX_ROLES
