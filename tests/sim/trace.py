"""What happened, in lines that a person can follow: time, machine, what it did or heard."""

from __future__ import annotations

from collections.abc import Iterable

from common.domain import commands as cmd
from common.domain.codec import Event, decode_group, decode_side
from common.domain.ids import Chain
from common.node import screen_messages as screen
from common.wire import messages as m


class Names:
    """Short names for machines and chains: `wok`, `wok/3f2a`."""

    def __init__(self, names: dict[bytes, str]) -> None:
        self._names = names

    def of(self, origin: bytes) -> str:
        return self._names.get(origin, origin.hex()[:6])

    def chain(self, chain: Chain) -> str:
        return f"{self.of(chain.origin)}/{chain.epoch:x}"

    def message(self, message: m.Feed | m.Question | m.Answer) -> str:
        """A message in a few words; of heads and wants only the ends."""
        verb = type(message).__name__
        match message:
            case m.Groups(_, raws) | m.Page(raws, _) | m.Deliver(raws):
                return f"{verb} {self._groups(raws)}"
            case m.Sides(_, raws) | m.SidePage(raws):
                return f"{verb} {' '.join(decode_side(raw).id.hex()[:6] for raw in raws)}"
            case m.Vector() | m.Hello() | m.Welcome() | m.Ack() | m.Delivered():
                return f"{verb} {self._heads(message.heads)}"
            case m.Fetch(wants):
                ranges = (f"{self.chain(w.chain)}:{w.after}<…{w.until}" for w in wants)
                return f"{verb} {' '.join(ranges)}"
            case m.FetchSides(ids):
                return f"{verb} {' '.join(each.hex()[:6] for each in ids)}"
            case m.Refused(code):
                return f"{verb} {code}"
            case _:
                return verb

    def _groups(self, raws: Iterable[bytes]) -> str:
        groups = map(decode_group, raws)
        return " ".join(f"{self.chain(each.chain)}:{each.first}-{each.last}" for each in groups)

    def _heads(self, heads: Iterable[m.Head] | Iterable[m.Stored]) -> str:
        return " ".join(f"{self.chain(head.chain)}:{head.seq}" for head in heads)

    def event(self, event: Event) -> str:
        place = f"{self.chain(event.id.chain)}:{event.seq}"
        return f"{place} {event.kind}({event.subject.hex()[:6]}) lamport {event.lamport}"


def asked(command: cmd.AnyCommand) -> str:
    """A command in a few words."""
    order: bytes = getattr(command, "order_id", b"")
    return f"{type(command).__name__}({order.hex()[:6]}) {command.cmd_id.hex()[:6]}"


def told(answer: screen.Answer) -> str:
    """An answer in a few words."""
    match answer:
        case screen.Did(number=number, events=events):
            return f"done, {len(events)} events, number {number or '-'}"
        case screen.Declined(reason=reason):
            return f"no: {reason.code}"
        case _:
            return type(answer).__name__
