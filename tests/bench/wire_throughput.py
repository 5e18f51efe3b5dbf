"""Events a second from one replica through another, live and by pages; run it by hand.

python -m tests.bench.wire_throughput
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable

from common.domain.codec import Group
from common.wire import outputs
from common.wire.limits import PAGE_PAUSE
from common.wire.outputs import Now
from common.wire.replica import Replica
from tests.unit.wire.network import STORE, Author, key_of, origin_of, verify

EVENTS = 19_200
ROUNDS = 5
ONE, TWO = origin_of(0), origin_of(1)


class Pair:
    """Two replicas, each output of one carried at once into the other; logs that forget."""

    def __init__(self, groups: list[Group]) -> None:
        self.mono = 0
        self.groups = {group.first: group for group in groups}
        self.nodes = {one: Replica(one, STORE, 1, verify, lambda: 0.5) for one in (ONE, TWO)}
        self.todo: list[tuple[bytes, outputs.Outputs]] = []
        self.received = self.acked = 0
        for one in self.nodes:
            self.do(one, "start", (), ())
            self.do(one, "set_peers", {origin: key_of(origin) for origin in self.nodes})
        self.run()

    def do(self, node: bytes, name: str, *arguments: object) -> None:
        now = Now(self.mono, self.mono)
        todo = getattr(self.nodes[node], name)(*arguments, now)
        self.todo += [(node, output) for output in todo]

    def run(self) -> None:
        while self.todo:
            todo, self.todo = self.todo, []
            for node, output in todo:
                self.carry_out(node, TWO if node == ONE else ONE, output)

    def carry_out(self, node: bytes, other: bytes, output: outputs.Outputs) -> None:
        match output:
            case outputs.Publish():
                self.do(other, "feed", node, output.frame)
            case outputs.Request():
                self.do(other, "asked", output.request_id, node, output.body)
            case outputs.Reply():
                self.do(other, "answered", node, output.token, output.body)
            case outputs.Commit():
                self.received += sum(len(one.events) for one in output.groups)
                self.do(node, "committed", output.groups, self.mono)
            case outputs.Read():
                self.do(node, "read", output.token, *self.page(output))
            case outputs.Receipt():
                self.acked = output.seq
            case _:
                pass

    def page(self, read: outputs.Read) -> tuple[list[Group], bool]:
        found: list[Group] = []
        size, first = 0, read.wants[0].after + 1
        while (group := self.groups.get(first)) is not None and size < read.limit:
            found.append(group)
            size += sum(map(len, group.events))
            first = group.last + 1
        return found, first in self.groups


def live(groups: list[Group]) -> Pair:
    """One commits group by group; the other takes, commits and acks each."""
    pair = Pair(groups)
    for one, other in ((ONE, TWO), (TWO, ONE)):
        pair.do(one, "connected", other)
    for group in groups:
        pair.do(ONE, "own", [group], [])
        pair.run()
    return pair


def pages(groups: list[Group]) -> Pair:
    """One has it all; the other comes back and fetches it."""
    pair = Pair(groups)
    for group in groups:
        pair.do(ONE, "own", [group], [])
    pair.todo.clear()
    for one, other in ((ONE, TWO), (TWO, ONE)):
        pair.do(one, "connected", other)
    while pair.received < EVENTS:
        pair.run()
        pair.mono += PAGE_PAUSE
        pair.do(TWO, "tick")
    pair.run()
    return pair


def measure(way: Callable[[list[Group]], Pair], size: int) -> list[float]:
    """Events a second of each round."""
    rates = []
    for _ in range(ROUNDS):
        author = Author(ONE)
        groups = [author.group(size, bytes(400)) for _ in range(EVENTS // size)]
        events = groups[-1].last
        start = time.perf_counter()
        pair = way(groups)
        rates.append(events / (time.perf_counter() - start))
        if pair.received != events or pair.acked != events:
            raise SystemExit(f"{pair.received} of {events} received, {pair.acked} acked")
    return rates


def main() -> None:
    """Print the median of the rounds and their spread."""
    for way in (live, pages):
        for size in (1, 64):
            rates = measure(way, size)
            print(
                f"{way.__name__:5} groups of {size:2}: {statistics.median(rates):9,.0f} events/s"
                f"  ({min(rates):,.0f} to {max(rates):,.0f})"
            )


if __name__ == "__main__":
    main()
