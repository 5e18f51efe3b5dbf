"""What goes from the order page to the node, and what comes back into the draft."""

from __future__ import annotations

from collections.abc import Iterable

from common.domain import commands as cmd
from common.domain.bill import AT_COUNTER
from common.domain.ids import EventId
from common.domain.order import Order
from common.domain.portions import State
from common.node.client import Declined, Done
from common.ui.sender import Sent
from foh.drafts import Draft, Sending, line_inputs, side_of
from foh.screens import order_words as say
from foh.screens.desk import Desk


class Post:
    """Sends one desk's drafts; each is kept until the node has answered."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._left: dict[bytes, int] = {}
        self._undone: dict[bytes, tuple[str, Draft, bytes]] = {}
        desk.till.source.answered.connect(self._answered)

    def send(self) -> bool:
        """Send what is begun; it is on its way from this moment."""
        draft, source, till = self._desk.draft, self._desk.till.source, self._desk.till
        if not draft.lines:
            return False
        name = self._desk.name
        if till.order_id is None:
            head = till.sender.to(source.new_id())
            command: cmd.SubmitOrder | cmd.AddLines = cmd.SubmitOrder(
                **head, order=_order_input(draft)
            )
            till.order_id = command.order_id
        else:
            name = self._awaited(till.order_id) or name
            command = cmd.AddLines(**till.sender.to(till.order_id), lines=line_inputs(draft.lines))
        self._desk.put(Draft())
        self._desk.keeper.drafts.send(Sending(name, draft, command))
        self._left[command.cmd_id] = till.clock()
        self._desk.selected = ""
        self._desk.keeper.at_once()
        till.sender.send(
            [Sent(command, ())], say.undo_send(), lambda events: self._undo(events, name, draft)
        )
        return True

    def send_again(self) -> None:
        """After a restart: what was on its way goes again, under the ids that it had."""
        for sending in self._desk.keeper.drafts.sending:
            self._left[sending.command.cmd_id] = self._desk.till.clock()
            self._desk.till.sender.send([Sent(sending.command, ())])

    def _awaited(self, order_id: bytes) -> str:
        """Under what name an order was begun whose submission is still on its way."""
        for sending in self._desk.keeper.drafts.sending:
            if sending.command.order_id == order_id:
                return sending.name
        return ""

    @property
    def on_the_way(self) -> list[Sending]:
        """What of this order the node has not got yet, as far as is known."""
        order_id, order = self._desk.till.order_id, self._desk.order
        arrived = set() if order is None else {line.cmd_id for line in order.lines}
        return [
            sending
            for sending in self._desk.keeper.drafts.sending
            if sending.command.order_id == order_id and sending.command.cmd_id not in arrived
        ]

    def unsaved_for(self) -> int:
        """How long (µs) the node has not answered to what is on its way here; 0: nothing is."""
        now = self._desk.till.clock()
        return max(
            (now - self._left[sending.command.cmd_id] for sending in self.on_the_way), default=0
        )

    def _answered(self, answer: Done | Declined) -> None:
        undone = self._undone.pop(answer.cmd_id, None)
        if undone is not None and isinstance(answer, Done):
            self._restore(*undone)
        self._left.pop(answer.cmd_id, None)
        sending = self._desk.keeper.drafts.arrived(answer.cmd_id)
        if sending is None:
            return
        if isinstance(answer, Declined):
            self._take_back(sending)
        self._desk.keeper.changed()

    def _take_back(self, sending: Sending) -> None:
        """What the node refused stands in the draft again."""
        drafts, order_id = self._desk.keeper.drafts, sending.command.order_id
        if isinstance(sending.command, cmd.SubmitOrder):
            since = drafts.open.pop(order_id.hex(), None)
            if self._desk.till.order_id == order_id:
                self._desk.till.order_id = None
            if since is not None:
                drafts.give_back(sending.name, since)
        drafts.give_back(sending.name, sending.draft)

    def _undo(self, events: tuple[EventId, ...], name: str, draft: Draft) -> Iterable[Sent]:
        """Take back what was just sent, if nobody has begun."""
        order = next((o for o in self._desk.till.source.orders.values() if _has(o, events)), None)
        if order is None:
            return []
        lines = [line for line in order.lines.values() if line.added_by in events]
        if any(line.state > State.FIRED for line in lines):
            self._desk.till.hint(say.begun_already())
            return []
        choices = tuple(cmd.Choice(line.id) for line in lines if line.parent is None)
        reason = say.taken_back()
        void = cmd.VoidLines(**self._desk.till.sender.to(order.id), choices=choices, reason=reason)
        self._undone[void.cmd_id] = (name, draft, order.id)
        return [Sent(void, tuple(line.key for line in lines))]

    def _restore(self, name: str, draft: Draft, order_id: bytes) -> None:
        """What was taken back stands in the draft again; an order of which nothing is left goes."""
        order = self._desk.till.source.orders.get(order_id)
        gone = order is None or order.closed
        self._desk.keeper.drafts.give_back(name if gone else order_id.hex(), draft)
        if gone and self._desk.till.order_id == order_id:
            self._desk.go_to(name)
        self._desk.keeper.changed()


def _has(order: Order, events: tuple[EventId, ...]) -> bool:
    return any(event.id in events for event in order.history)


def _order_input(draft: Draft) -> cmd.OrderInput:
    return cmd.OrderInput(
        lines=line_inputs(draft.lines),
        channel=draft.channel,
        door="counter",
        table=draft.table or None,
        covers=draft.covers or None,
        due_at=draft.due_at,
        note=draft.note,
        payment=AT_COUNTER,
        allergies=draft.allergies,
        side=side_of(draft),
    )
