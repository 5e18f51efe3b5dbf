"""A store of real nodes: founded cheaply, run as processes, watched through their clients."""

from __future__ import annotations

import hashlib
import os
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any, NamedTuple

from common.config import NODE_KEY
from common.domain import commands as cmd
from common.domain.events import Named
from common.domain.ids import derived_id
from common.mesh.keys import NodeIdentity, SealCost
from common.node.client import Clients, Declined, Done, NodeClient, Told, Update
from common.node.setup import NodePlan, found_store
from common.node.supervisor import Child, Died, Supervisor
from tests.helpers.desk import COLD, DISHES, MENU, WOK, item

CHEAP = SealCost(ops=1, memory=8192)
DEADLINE_S = 20.0
PORT = 7710
COUNTER = "counter-1"
EXPO = "expo"
LOG = "output.log"


def loopback(name: str) -> str:
    """An address of 127.0.0.0/8 of this test in this run alone, so that runs never meet."""
    digest = hashlib.sha256(f"{os.getpid()} {name}".encode()).digest()
    return f"127.{1 + digest[0] % 254}.{digest[1]}.{1 + digest[2] % 254}"


def plans(names: Iterable[str], host: str) -> list[NodePlan]:
    return [
        NodePlan(name, (name,), host, PORT + 2 * nth, PORT + 2 * nth + 1)
        for nth, name in enumerate(names)
    ]


def found(home: Path, names: Sequence[str] = (COUNTER, WOK), host: str = "") -> dict[str, Path]:
    """Found a store with one node per name; the nodes' folders."""
    return found_store(
        home,
        plans(names, host or loopback(str(home))),
        name="Test",
        tz="UTC",
        day_start=0,
        currency="CNY",
        now=time.time_ns() // 1000,
        cost=CHEAP,
    ).folders


class NodeStory(NamedTuple):
    """How a node's process ended."""

    code: int
    output: str


class Site:
    """The nodes of one test and the clients it opened; `close` ends all of them."""

    def __init__(self, home: Path, names: Sequence[str] = (COUNTER, WOK)) -> None:
        self.home = home
        self.folders = found(home, names)
        self.clients: dict[str, NodeClient] = {}
        self.seen: dict[str, list[Update]] = {name: [] for name in names}
        self._running: dict[str, Supervisor] = {}
        self._asked = 0

    # -- processes

    def start(self, *names: str) -> None:
        """Start these nodes, all that don't run if none is named."""
        for name in names or [name for name in self.folders if name not in self._running]:
            log = self.folders[name] / LOG
            supervisor = Supervisor([Child(name, node_command(self.folders[name]), log)])
            supervisor.start()
            self._running[name] = supervisor

    def kill(self, name: str) -> None:
        """kill -9, and the process is gone when this returns."""
        supervisor = self._running.pop(name)
        supervisor.kill(name)
        supervisor.stop(DEADLINE_S)

    def stop(self, *names: str) -> None:
        """SIGTERM; each must end by itself."""
        for name in names or list(self._running):
            assert self._running.pop(name).stop(DEADLINE_S) == [], self.output(name)

    def ends(self, name: str) -> int:
        """SIGTERM; the code with which the node ends by itself."""
        supervisor = self._running.pop(name)
        pid = supervisor.pid(name)
        assert pid is not None, self.output(name)
        os.kill(pid, signal.SIGTERM)
        died: list[Died] = []
        deadline = time.monotonic() + DEADLINE_S
        while not died:
            assert time.monotonic() < deadline, self.output(name)
            died = [seen for seen in supervisor.tick() if isinstance(seen, Died)]
            self.poll()
        return died[0].code

    def pid(self, name: str) -> int:
        pid = self._running[name].pid(name)
        assert pid is not None, self.output(name)
        return pid

    def output(self, name: str) -> str:
        log = self.folders[name] / LOG
        return log.read_text(encoding="utf-8") if log.exists() else ""

    def close(self) -> None:
        for client in self.clients.values():
            client.close()
        for name, supervisor in list(self._running.items()):
            supervisor.kill(name)
            supervisor.stop(DEADLINE_S)
        self._running.clear()

    # -- clients

    def client(self, name: str) -> NodeClient:
        """The node's client, opened at the first call."""
        if name not in self.clients:
            self.clients[name] = NodeClient(self.folders[name])
        return self.clients[name]

    def leave(self, name: str) -> None:
        """Close the client, as a screen that is switched off."""
        self.clients.pop(name).close()

    def poll(self, timeout_ms: int = 10) -> None:
        names = {id(client): name for name, client in self.clients.items()}
        with closing(Clients(self.clients.values())) as ears:
            for client, updates in ears.poll(timeout_ms):
                self.seen[names[id(client)]] += updates

    def until(self, done: Callable[[], object], what: object = "") -> None:
        """Let the clients listen until something is so."""
        deadline = time.monotonic() + DEADLINE_S
        while not done():
            assert time.monotonic() < deadline, (what, self._lately())
            self.poll()

    def _lately(self) -> dict[str, list[str]]:
        return {name: [type(each).__name__ for each in seen] for name, seen in self.seen.items()}

    def opened(self, *names: str) -> None:
        """Wait until these clients have their board."""
        for name in names:
            self.client(name)
        self.until(lambda: all(self.client(name).live for name in names), "open")

    def leave_all(self) -> None:
        for name in list(self.clients):
            self.leave(name)

    def does(self, name: str, command: cmd.AnyCommand) -> Done:
        """Hand a command in and wait for its result; a refusal fails the test."""
        answer = self.answer(name, command)
        assert isinstance(answer, Done), answer
        return answer

    def answer(self, name: str, command: cmd.AnyCommand) -> Done | Declined:
        seen = self.seen[name]
        before = len(seen)
        self.client(name).send(command)

        def answers() -> Iterator[Done | Declined]:
            for update in seen[before:]:
                if isinstance(update, Done | Declined) and update.cmd_id == command.cmd_id:
                    yield update

        self.until(lambda: any(answers()), command)
        return next(answers())

    def ask(self, name: str, question: str, **args: str | int) -> Any:
        seen = self.seen[name]
        before = len(seen)  # a client that was here before may have asked under the same number
        wanted = self.client(name).ask(question, **args)

        def answers() -> Iterator[Told]:
            for update in seen[before:]:
                if isinstance(update, Told) and update.request_id == wanted:
                    yield update

        self.until(lambda: any(answers()), question)
        return next(answers()).data

    # -- an evening's work

    def new_id(self) -> bytes:
        self._asked += 1
        return derived_id(str(self.home).encode(), self._asked.to_bytes(4, "big"))

    def brings_menu(self, name: str = COUNTER) -> None:
        stations = tuple(Named(each, each, each) for each in (WOK, COLD))
        self.does(name, cmd.DefineDishes(cmd_id=self.new_id(), version=MENU, dishes=DISHES[:3]))
        self.does(
            name,
            cmd.ActivateMenu(cmd_id=self.new_id(), version=MENU, currency="CNY", stations=stations),
        )

    def submission(self, *lines: cmd.LineInput, **facts: Any) -> cmd.SubmitOrder:
        order = cmd.OrderInput(lines=lines or (item("w1"),), **facts)
        return cmd.SubmitOrder(cmd_id=self.new_id(), order_id=self.new_id(), order=order)

    def has(self, name: str, order_ids: Iterable[bytes]) -> bool:
        """Whether the node's client shows all these orders."""
        orders = self.client(name).orders
        return all(each in orders and orders[each].head is not None for each in order_ids)

    def count(self, name: str, kind: type[Update]) -> int:
        """How many updates of a kind the node's client has told."""
        return sum(isinstance(update, kind) for update in self.seen[name])

    # -- what the files tell

    def vectors_equal(self, *names: str) -> bool:
        """Whether these nodes say they hold the same."""
        told = [self.ask(name, "status")["vector"] for name in names]
        return all(sorted(each) == sorted(told[0]) for each in told)

    def settle(self, *names: str) -> None:
        """Wait until these nodes hold the same and have told each other so."""
        self.until(lambda: self.vectors_equal(*names), "settle")

    def rows(self, name: str, sql: str, file: str = "mirror.db") -> list[tuple[Any, ...]]:
        uri = f"{(self.folders[name] / file).as_uri()}?mode=ro"
        with closing(sqlite3.connect(uri, uri=True)) as connection:
            return connection.execute(sql).fetchall()

    def events(self, name: str) -> set[tuple[Any, ...]]:
        """The node's events, each by identity and content; a doubled identity fails the test."""
        rows = self.rows(
            name,
            "SELECT v.origin, v.epoch, v.seq, v.kind, v.subject, v.cmd_id, e.raw "
            "FROM v_event AS v JOIN event AS e USING (commit_no)",
        )
        assert len({row[:3] for row in rows}) == len(rows)
        return set(rows)

    def wrote(self, name: str) -> bool:
        """Whether the node has opened its files."""
        return (self.folders[name] / "screen.json").exists()

    def change(self, name: str, sql: str) -> None:
        """Do to a stopped node's file what only a crash or a hand would."""
        with closing(sqlite3.connect(self.folders[name] / "mirror.db")) as connection:
            connection.execute(sql)
            connection.commit()

    def receipts(self, name: str) -> set[tuple[Any, ...]]:
        return set(self.rows(name, "SELECT node, origin, epoch, seq FROM v_receipt", "local.db"))

    def origin(self, name: str) -> str:
        return NodeIdentity.load(self.folders[name] / NODE_KEY).origin.hex()


def node_command(folder: Path) -> list[str]:
    return [sys.executable, "-P", "-W", "error", "-m", "common.cli", "node", str(folder)]


def run_to_end(argv: list[str]) -> NodeStory:
    """Run a program that must end by itself."""
    ran = subprocess.run(
        argv, capture_output=True, text=True, timeout=DEADLINE_S, check=False, encoding="utf-8"
    )
    return NodeStory(ran.returncode, ran.stdout + ran.stderr)


def pause(pid: int) -> None:
    """Hold a process still, as a machine that hangs."""
    os.kill(pid, signal.SIGSTOP)


def resume(pid: int) -> None:
    os.kill(pid, signal.SIGCONT)
