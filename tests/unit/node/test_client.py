"""The client at a door where the test plays the node, with time in the hand."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from common.domain import commands as cmd
from common.domain.alarms import Alarm, Level, What
from common.domain.codec import encode_event
from common.domain.reasons import Rejected
from common.mesh.keys import StoreKey
from common.mesh.screen_link import ScreenDoor
from common.mesh.sockets import SocketLoop
from common.mesh.transport import ScreenAsked
from common.node import client as client_module
from common.node import screen_messages as screen
from common.node.client import Alarmed, Declined, Done, NodeClient, Opened, Silent, Told, Update
from tests.helpers.desk import Desk, a_desk, an_id, choice_of, item
from tests.unit.node.rig import HandClock, until

STORE = StoreKey(b"\x07" * 32)
SECOND = 1_000_000
AGAIN = client_module.SEND_AGAIN / SECOND


class Play:
    """A client, and the node's door with what came in at it."""

    def __init__(self, folder: Path) -> None:
        self.loop = SocketLoop()
        self.door = ScreenDoor(self.loop, folder)
        self.clock = HandClock()
        self.client = NodeClient(folder, self.clock)
        self.asked: list[tuple[bytes, screen.Request]] = []
        self.told: list[Update] = []

    def close(self) -> None:
        self.client.close()
        self.door.close()
        self.loop.close()

    def turn(self) -> None:
        self.clock.mono += 5_000
        self.told += self.client.poll(2)
        for heard in self.loop.poll(2):
            if isinstance(heard, ScreenAsked):
                self.asked.append((heard.token, screen.decode_request(heard.frames[0])))

    def until(self, done: Callable[[], object]) -> None:
        def turned() -> object:
            self.turn()
            return done()

        until(turned)

    def after(self, seconds: float) -> None:
        self.clock.mono += int(seconds * SECOND)
        for _ in range(5):
            self.turn()

    def of(self, kind: type[screen.Request]) -> list[bytes]:
        """The tokens of the requests of a kind, as they came."""
        return [token for token, request in self.asked if isinstance(request, kind)]

    def count(self, kind: type[Update]) -> int:
        return sum(isinstance(update, kind) for update in self.told)

    def answers(self, token: bytes, answer: screen.Answer, *frames: bytes) -> None:
        self.door.reply(token, [screen.encode(answer), *frames])

    def shows(self, token: bytes, desk: Desk | None = None) -> None:
        raws = [encode_event(event) for event in desk.wrote] if desk else []
        board = screen.Snapshot(len(raws), an_id("node"), STORE.public_key, ("wok",), 0)
        self.answers(token, board, screen.encode_chunk(raws))


@pytest.fixture
def play(tmp_path: Path) -> Iterator[Play]:
    play = Play(tmp_path)
    yield play
    play.close()


def a_command() -> cmd.RushOrder:
    return cmd.RushOrder(cmd_id=an_id("rush"), order_id=an_id("order"))


def test_an_unanswered_command_is_sent_again_under_its_own_id(play: Play) -> None:
    play.client.send(a_command())
    play.until(lambda: play.of(screen.Do))
    play.after(0.8 * AGAIN)
    assert len(play.of(screen.Do)) == 1
    play.after(0.2 * AGAIN)
    play.until(lambda: len(play.of(screen.Do)) == 2)
    first, second = (request for _, request in play.asked if isinstance(request, screen.Do))
    assert first == second
    for token in play.of(screen.Do):
        play.answers(token, screen.Did(an_id("rush"), an_id("order"), "A1", ()))
    play.until(lambda: not play.client.unanswered)
    play.after(3 * AGAIN)
    assert play.told.count(Done(an_id("rush"), an_id("order"), "A1", ())) == 1
    assert len(play.of(screen.Do)) == 2


def test_what_the_node_cant_read_is_declined(play: Play) -> None:
    play.client.send(a_command())
    play.until(lambda: play.of(screen.Do))
    play.answers(play.of(screen.Do)[0], screen.Failed(Rejected("bad_command")))
    play.until(lambda: Declined(an_id("rush"), Rejected("bad_command")) in play.told)
    assert not play.client.unanswered


def test_a_question_that_fails_tells_nothing(play: Play) -> None:
    wanted = play.client.ask("weather")
    play.until(lambda: play.of(screen.Ask))
    play.answers(play.of(screen.Ask)[0], screen.Failed(Rejected("bad_command")))
    play.until(lambda: Told(wanted, "weather", None) in play.told)


def test_a_board_that_took_long_is_welcome_though_it_was_asked_for_again(play: Play) -> None:
    play.until(lambda: play.of(screen.Open))
    play.after(1.5)
    play.until(lambda: len(play.of(screen.Open)) == 2)
    play.shows(play.of(screen.Open)[0])
    play.until(lambda: play.client.live)
    play.shows(play.of(screen.Open)[1])
    play.after(0.1)
    assert play.count(Opened) == 1


def test_events_from_before_the_board_are_folded_once(play: Play) -> None:
    desk = a_desk()
    order = desk.submits(item())
    raws = [encode_event(event) for event in desk.wrote]
    play.until(lambda: play.of(screen.Open))
    # The stream's messages come one connection late: repeat the last ones until they are heard.
    play.until(lambda: play.client._early or play.door.publish(fresh(len(raws), raws[-1:])))  # type: ignore[func-returns-value]
    play.shows(play.of(screen.Open)[0], desk)
    play.until(lambda: play.client.live)
    play.door.publish(fresh(len(raws), raws[-1:]))
    play.after(0.1)
    assert play.client.orders[order.id].digest() == order.digest()
    assert play.client._cursor == len(raws)


def test_an_order_that_had_left_the_board_and_is_touched_again_is_asked_for(play: Play) -> None:
    desk = a_desk()
    house = len(desk.wrote)
    order = desk.submits(item())
    desk.serves(order, choice_of(order))
    play.until(lambda: play.of(screen.Open))
    board = screen.Snapshot(len(desk.wrote), an_id("node"), STORE.public_key, ("wok",), 0)
    raws = [encode_event(event) for event in desk.wrote]
    play.answers(play.of(screen.Open)[0], board, screen.encode_chunk(raws[:house]))
    play.until(lambda: play.client.live)
    (recalled,) = desk.recalls(order, choice_of(order))
    # The stream's messages come one connection late: repeat the last one until it is heard.
    said = fresh(len(desk.wrote), [encode_event(recalled)])
    play.until(lambda: order.id in play.client.orders or play.door.publish(said))  # type: ignore[func-returns-value]
    play.after(client_module.HEADLESS_FOR / SECOND)
    play.until(lambda: len(play.of(screen.Open)) == 2)
    play.shows(play.of(screen.Open)[1], desk)
    play.until(lambda: play.client.live)
    assert play.client.orders[order.id].digest() == order.digest()


def fresh(first: int, raws: list[bytes]) -> list[bytes]:
    return [screen.encode(screen.Fresh(first)), *raws]


def test_too_much_before_the_board_is_let_go_and_the_board_asked_for_again(
    play: Play, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(client_module, "EARLY_KEPT", 2)
    desk = a_desk()
    raws = [encode_event(event) for event in desk.wrote]
    play.until(lambda: play.client._early or play.door.publish(fresh(90, raws[:1])))  # type: ignore[func-returns-value]
    for nth in range(20):
        play.door.publish(fresh(91 + nth, raws[:1]))
        play.turn()
    assert len(play.client._early) <= 2
    opened = len(play.of(screen.Open))
    play.shows(play.of(screen.Open)[-1])
    play.until(lambda: play.count(Opened))
    play.until(lambda: len(play.of(screen.Open)) > opened)


def test_nonsense_from_the_node_is_answered_by_opening_again(play: Play) -> None:
    play.until(lambda: play.of(screen.Open))
    play.shows(play.of(screen.Open)[0])
    play.until(lambda: play.client.live)
    play.until(lambda: not play.client.live or play.door.publish([b"\xc1"]))  # type: ignore[func-returns-value]
    play.until(lambda: len(play.of(screen.Open)) == 2)


def test_a_roster_that_the_store_key_did_not_sign_is_not_believed(play: Play) -> None:
    desk = a_desk()  # its records carry no signature
    play.until(lambda: play.of(screen.Open))
    play.shows(play.of(screen.Open)[0], desk)
    play.until(lambda: play.client.live)
    assert desk.house.nodes
    assert not play.client.house.nodes
    assert play.client.house.config is None
    assert play.client.house.stations == desk.house.stations


def test_two_seconds_without_a_word_are_silence(play: Play) -> None:
    play.until(lambda: play.of(screen.Open))
    play.shows(play.of(screen.Open)[0])
    play.until(lambda: play.client.live)
    play.after(1.8)
    assert play.count(Silent) == 0
    play.after(0.3)
    assert play.count(Silent) == 1
    play.after(3)
    assert play.count(Silent) == 1
    play.shows(play.of(screen.Open)[-1])
    play.until(lambda: play.count(Opened) == 2)


def test_who_only_asks_costs_no_board(play: Play, tmp_path: Path) -> None:
    play.client.close()
    play.client = NodeClient(tmp_path, play.clock, board=False)
    play.client.ask("status")
    play.until(lambda: play.of(screen.Ask))
    play.after(5)
    assert not play.of(screen.Open)


def test_what_is_wrong_is_told_once_and_stays_under_a_silence(play: Play) -> None:
    alarm = Alarm(
        What.NOT_STORED,
        Level.RED,
        "wok",
        an_id("wok"),
        an_id("order"),
        1,
        2,
        3,
        up=True,
        heard_at=4,
    )
    play.until(lambda: play.of(screen.Open))
    play.shows(play.of(screen.Open)[0])
    play.until(lambda: play.client.live)
    for alarms in ((), (alarm,), (alarm,)):
        play.door.publish([screen.encode(screen.Beat(0, play.clock.mesh(), alarms))])
        play.after(0)
        assert play.client.alarms == alarms
    assert [update for update in play.told if isinstance(update, Alarmed)] == [Alarmed((alarm,))]
    play.after(5)
    assert play.client.alarms == (alarm,)
    play.door.publish([screen.encode(screen.Beat(0, play.clock.mesh()))])
    play.until(lambda: not play.client.alarms)
    assert play.told[-1] == Alarmed(())


def test_mesh_time_is_the_nodes_when_the_wall_was_set_in_between(play: Play) -> None:
    play.until(lambda: play.of(screen.Open))
    play.shows(play.of(screen.Open)[0])
    play.until(lambda: play.client.live)
    own = play.clock.mesh() - play.client.mesh()
    assert own == 0
    for apart, followed in ((30 * SECOND, True), (30 * SECOND + SECOND // 2, False), (0, True)):
        before = play.client.mesh() - play.clock.mesh()
        play.door.publish([screen.encode(screen.Beat(0, play.clock.mesh() + apart))])
        play.after(0)
        ahead = play.client.mesh() - play.clock.mesh()
        assert abs(ahead - (apart if followed else before)) < SECOND // 4
