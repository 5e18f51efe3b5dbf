import pytest

from common.mesh.memory_transport import Channel
from common.mesh.transport import Answered, Asked, LinkUp
from tests.unit.mesh.rig import MemoryRig, Node, linked, meet


@pytest.fixture
def rig() -> MemoryRig:
    return MemoryRig("")


@pytest.fixture
def pair(rig: MemoryRig) -> list[Node]:
    nodes = [rig.node("counter"), rig.node("wok")]
    meet(nodes)
    linked(nodes)
    return nodes


def test_the_test_decides_what_is_lost(rig: MemoryRig, pair: list[Node]) -> None:
    counter, wok = pair
    rig.network.drop = lambda carried: carried.body == b"2"

    for frame in (b"1", b"2", b"3"):
        counter.transport.publish(frame)
    wok.listen()

    assert wok.frames() == [b"1", b"3"]


def test_a_loss_can_hit_one_way_only(rig: MemoryRig, pair: list[Node]) -> None:
    counter, wok = pair
    rig.network.drop = lambda carried: carried.channel is Channel.ANSWER

    wok.transport.request(counter.origin, 1, b"q")
    counter.listen()
    counter.transport.reply(counter.of(Asked)[0].token, b"a")
    wok.listen()

    assert not wok.heard


def test_what_is_delayed_arrives_when_time_has_passed(rig: MemoryRig, pair: list[Node]) -> None:
    counter, wok = pair
    delays = {b"slow": 30, b"quick": 10}
    rig.network.delay_ms = lambda carried: delays.get(carried.body, 0)

    for frame in (b"slow", b"quick", b"now"):
        counter.transport.publish(frame)
    wok.listen()
    rig.network.advance(29)
    wok.listen()
    assert wok.frames() == [b"now", b"quick"]
    rig.network.advance(1)
    wok.listen()
    assert wok.frames() == [b"now", b"quick", b"slow"]


def test_a_cut_link_loses_what_is_on_its_way_and_comes_back(
    rig: MemoryRig, pair: list[Node]
) -> None:
    counter, wok = pair
    rig.network.delay_ms = lambda _: 5
    counter.transport.publish(b"on its way")
    wok.transport.request(counter.origin, 1, b"on its way")

    rig.network.cut(counter.origin, wok.origin)
    counter.transport.publish(b"into the void")
    rig.network.heal(counter.origin, wok.origin)
    counter.transport.publish(b"after")
    rig.network.advance(10)
    wok.listen()
    counter.listen()

    assert wok.frames() == [b"after"]
    assert wok.of(LinkUp) == [LinkUp(counter.origin)]
    assert counter.heard == [LinkUp(wok.origin)]


def test_a_node_put_in_anothers_place_hears_nothing_meant_for_it(
    rig: MemoryRig, pair: list[Node]
) -> None:
    counter, wok = pair
    rig.network.delay_ms = lambda _: 5
    counter.transport.publish(b"to the first life")

    again = rig.node("wok")
    again.transport.set_peers([counter.peer])
    wok.transport.close()
    rig.network.advance(5)
    counter.transport.publish(b"to the second")
    rig.network.advance(5)
    again.listen()

    assert again.frames() == [b"to the second"]


def run(seed: int) -> list[object]:
    rig = MemoryRig("")
    rig.network.random.seed(seed)
    nodes = [rig.node(name) for name in ("counter", "wok", "expo")]
    meet(nodes)
    network = rig.network
    network.drop = lambda _: network.random.random() < 0.3
    network.delay_ms = lambda _: network.random.randrange(20)
    for number in range(50):
        for node in nodes:
            node.transport.publish(b"%d" % number)
            for other in nodes:
                node.transport.request(other.origin, number, b"q")
        network.advance(3)
        for node in nodes:
            node.listen()
            for asked in node.of(Asked):
                node.transport.reply(asked.token, b"a")
    return [node.heard for node in nodes]


def test_the_same_seed_gives_the_same_story() -> None:
    assert run(1) == run(1)
    assert run(1) != run(2)


def test_an_answer_asked_for_before_a_reset_never_comes(rig: MemoryRig, pair: list[Node]) -> None:
    counter, wok = pair
    rig.network.delay_ms = lambda carried: 5 * (carried.channel is Channel.ANSWER)
    wok.transport.request(counter.origin, 1, b"q")
    counter.listen()
    counter.transport.reply(counter.of(Asked)[0].token, b"a")

    wok.transport.reset(counter.origin)
    rig.network.advance(5)
    wok.listen()

    assert not wok.of(Answered)
