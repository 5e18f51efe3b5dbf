"""A screen's client over the life of its node: late, early, gaps, silence, hostile neighbours."""

from __future__ import annotations

import time
from collections.abc import Iterable
from typing import Any

import msgspec
import pytest

from common.domain import commands as cmd
from common.mesh.screen_link import ScreenHeard, ScreenLink, StreamHeard
from common.node import screen_messages as screen
from common.node.client import Declined, NodeClient, Opened, Silent, Update
from tests.helpers.desk import WOK
from tests.helpers.store import COUNTER, Site, pause, resume
from tests.mesh.conftest import MakeSite

pytestmark = pytest.mark.mesh


def digests(client: NodeClient) -> dict[bytes, bytes]:
    return {order.id: order.digest() for order in client.orders.values()}


def test_a_screen_that_starts_anew_gets_the_same_board(pair: Site) -> None:
    for _ in range(20):
        pair.does(COUNTER, pair.submission())
    pair.until(lambda: len(pair.client(WOK).orders) == 20)
    before = digests(pair.client(WOK))
    pair.leave(WOK)
    pair.opened(WOK)
    assert digests(pair.client(WOK)) == before
    hashes = {order_id.hex(): digest.hex() for order_id, digest in before.items()}
    projected = "SELECT order_id, fold_hash FROM v_order"
    pair.until(lambda: dict(pair.rows(WOK, projected)) == hashes)
    assert pair.client(WOK).roles == (WOK,)
    assert pair.client(WOK).house.stations == pair.client(COUNTER).house.stations


def test_a_screen_that_is_there_first_waits_for_its_node(new_site: MakeSite) -> None:
    site = new_site((COUNTER,))
    early = site.submission()
    site.client(COUNTER).send(early)
    site.poll()
    assert not site.client(COUNTER).live
    site.start()
    site.opened(COUNTER)
    site.until(lambda: site.has(COUNTER, [early.order_id]))
    site.until(lambda: not site.client(COUNTER).unanswered, "answer")
    assert site.count(COUNTER, Opened) == 1


class Lossy(NodeClient):
    """A client that counts the signs of life, and misses what else comes when told to."""

    losing = False
    lost = beats = 0

    def take(self, heard: Iterable[ScreenHeard]) -> list[Update]:
        heard = list(heard)
        self.beats += sum(isinstance(item, StreamHeard) and not _fresh(item) for item in heard)
        kept = [item for item in heard if not (self.losing and _fresh(item))]
        self.lost += len(heard) - len(kept)
        return super().take(kept)


def _fresh(item: ScreenHeard) -> bool:
    return isinstance(item, StreamHeard) and isinstance(
        screen.decode_stream(item.frames[0]), screen.Fresh
    )


@pytest.mark.parametrize("goes_on", [True, False], ids=["the next event", "the beat"])
def test_a_gap_in_the_stream_opens_the_board_again(pair: Site, goes_on: bool) -> None:
    client = pair.clients["lossy"] = Lossy(pair.folders[WOK])
    pair.seen["lossy"] = []
    pair.until(lambda: client.live)
    client.losing = True
    missed = pair.submission()
    pair.does(COUNTER, missed)
    pair.until(lambda: client.lost)
    assert missed.order_id not in client.orders
    client.losing = False
    if goes_on:
        pair.does(COUNTER, pair.submission())
    pair.until(lambda: missed.order_id in client.orders)
    pair.until(lambda: digests(client) == digests(pair.client(WOK)))
    assert pair.count("lossy", Opened) == 2


def test_commands_to_a_dead_node_are_sent_when_it_is_back(pair: Site) -> None:
    pair.kill(COUNTER)
    commands = [pair.submission() for _ in range(3)]
    for command in commands:
        pair.client(COUNTER).send(command)
    pair.until(lambda: pair.count(COUNTER, Silent))
    assert pair.client(COUNTER).unanswered == 3
    pair.start(COUNTER)
    pair.until(lambda: not pair.client(COUNTER).unanswered)
    pair.until(lambda: pair.has(WOK, [command.order_id for command in commands]))


def test_a_command_sent_again_to_a_hanging_node_is_carried_out_once(pair: Site) -> None:
    order = pair.submission()
    pair.does(COUNTER, order)
    pause(pair.pid(COUNTER))
    rush = cmd.RushOrder(cmd_id=pair.new_id(), order_id=order.order_id)
    pair.client(COUNTER).send(rush)
    # Silent after two seconds, and by then the command has left twice.
    pair.until(lambda: pair.count(COUNTER, Silent))
    resume(pair.pid(COUNTER))
    pair.until(lambda: not pair.client(COUNTER).unanswered)
    pair.until(lambda: pair.count(COUNTER, Opened) == 2)
    assert len(pair.client(COUNTER).orders[order.order_id].rushes) == 1
    pair.settle(COUNTER, WOK)
    assert len([row for row in pair.events(WOK) if row[3] == "OrderRushed"]) == 1


def test_a_served_order_can_be_recalled_at_a_screen_opened_since(serving: Site) -> None:
    command = serving.submission()
    serving.does(COUNTER, command)
    line = next(iter(serving.client(COUNTER).orders[command.order_id].lines))
    all_of_it = (cmd.Choice(line),)

    def ids() -> dict[str, Any]:
        return {"cmd_id": serving.new_id(), "order_id": command.order_id, "choices": all_of_it}

    serving.does(COUNTER, cmd.MarkReady(**ids(), station=WOK))
    serving.does(COUNTER, cmd.ServeLines(**ids()))
    serving.settle(COUNTER, WOK)
    serving.leave(WOK)
    serving.opened(WOK)
    assert serving.client(WOK).orders[command.order_id].closed
    serving.does(WOK, cmd.Recall(**ids()))
    serving.until(lambda: not serving.client(COUNTER).orders[command.order_id].closed)
    boards = [serving.client(name).orders[command.order_id] for name in (COUNTER, WOK)]
    assert boards[0].digest() == boards[1].digest()


class Neighbour:
    """A program on this machine that may read the hand-over file and speaks as it likes."""

    def __init__(self, site: Site, name: str) -> None:
        self._site = site
        self._link = ScreenLink(site.folders[name])
        self._asked = 0

    def says(self, *frames: bytes) -> int:
        self._asked += 1
        self._site.until(lambda: self._link.send(self._asked, frames), "link")
        return self._asked

    def asks(self, frame: bytes) -> screen.Answer:
        """Ask, and again where the link had just been broken, until there is an answer."""
        answers: list[screen.Answer] = []
        while not answers:
            request_id = self.says(frame)
            deadline = time.monotonic() + 2
            while not answers and time.monotonic() < deadline:
                answers = [
                    screen.decode_answer(heard.frames[0])
                    for heard in self._link.receive(10)
                    if not isinstance(heard, StreamHeard) and heard.request_id == request_id
                ]
        return answers[0]

    def close(self) -> None:
        self._link.close()


def _nested(depth: int) -> bytes:
    return b"\x91" * depth + b"\xc0"


ASK = msgspec.msgpack.encode(["Ask", "trace", {"order": "A1", "deep": 1}])
HOSTILE = {
    "nothing": b"",
    "noise": b"\xc1\xff\x00garbage",
    "nested": _nested(200_000),
    "half": ASK[:-3],
    "an unknown request": msgspec.msgpack.encode(["Reboot", 1]),
    "an answer": screen.encode(screen.Told("status")),
    "a command that is none": screen.encode(screen.Do(b"\x80")),
    "an unknown command": screen.encode(screen.Do(msgspec.msgpack.encode({"type": "Erase"}))),
    "nearly too much": screen.encode(screen.Do(bytes((1 << 20) - 200))),
    "an unknown question": screen.encode(screen.Ask("secrets")),
    "a question without its order": screen.encode(screen.Ask("trace")),
    "a day that is none": screen.encode(screen.Ask("trace", {"order": "A1", "day": "x"})),
    "a number beyond all": screen.encode(screen.Ask("trace", {"order": "A" + "9" * 9000})),
    "strange digits": screen.encode(screen.Ask("trace", {"order": "A٣²"})),
}


def test_hostile_requests_are_refused_and_the_node_serves_on(serving: Site) -> None:
    before = serving.pid(COUNTER)
    neighbour = Neighbour(serving, COUNTER)
    try:
        for what, frame in HOSTILE.items():
            answer = neighbour.asks(frame)
            assert isinstance(answer, screen.Failed | screen.Told), (what, answer)
            assert isinstance(answer, screen.Failed) or answer.name == "trace", (what, answer)
        neighbour.says(bytes((1 << 20) + 4096))  # more than the door takes: the link breaks
        assert isinstance(neighbour.asks(screen.encode(screen.Open())), screen.Snapshot)
    finally:
        neighbour.close()
    serving.does(COUNTER, serving.submission())
    assert serving.pid(COUNTER) == before
    assert "Traceback" not in serving.output(COUNTER)


def test_an_unreadable_command_is_declined_not_sent_for_ever(serving: Site) -> None:
    class Later(cmd.Command, frozen=True, kw_only=True):
        """A command of a later version."""

    command = Later(cmd_id=serving.new_id())
    answer = serving.answer(COUNTER, command)  # type: ignore[arg-type]
    assert isinstance(answer, Declined)
    assert answer.reason.code == "bad_command"
    assert not serving.client(COUNTER).unanswered


def test_without_the_right_key_nobody_gets_a_word(serving: Site) -> None:
    # The wok's keys at the counter's door.
    theirs, mine = (
        msgspec.json.decode((serving.folders[name] / "screen.json").read_bytes())
        for name in (COUNTER, WOK)
    )
    folder = serving.home / "thief"
    folder.mkdir(mode=0o700)
    forged = folder / "screen.json"
    forged.touch(mode=0o600)
    keys = {key: mine[key] for key in ("client_public", "client_secret")}
    forged.write_bytes(msgspec.json.encode(theirs | keys))
    thief = NodeClient(folder)
    try:
        thief.ask("status")
        told: list[Update] = []
        honest = Lossy(serving.folders[COUNTER])
        serving.clients["honest"], serving.seen["honest"] = honest, []
        serving.until(lambda: honest.beats > 1 or told.extend(thief.poll(5)))  # type: ignore[func-returns-value]
        assert told == []
        assert not thief.live
    finally:
        thief.close()
        serving.leave("honest")
