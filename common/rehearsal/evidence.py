"""What the nodes' files tell after the run, read through their public views only."""

from __future__ import annotations

import json
import sqlite3
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any, NamedTuple

from common.domain.house import Signed
from common.rehearsal.journal import read_journal

EventPlace = tuple[str, int, int]
"""Origin, epoch, seq."""
FOUNDING = frozenset(kind.__name__ for kind in Signed.__args__)
"""Kinds of events that are there before anyone sends a command."""


class EventRow(NamedTuple):
    """An event as all mirrors must have it, and when this one stored it."""

    place: EventPlace
    lamport: int
    kind: str
    subject: str
    cmd_id: str
    roles: frozenset[str]
    actor: str
    facts: tuple[Any, ...]
    stored_at: int


class TicketPlace(NamedTuple):
    """What one station cooks together of an order."""

    order_id: str
    station: str
    batch: int


class OrderRow(NamedTuple):
    """An order as projected."""

    number: str
    fold_hash: str
    duplicate_of: str | None
    own_number: tuple[int, str, int] | None


class Mirror:
    """One node's files."""

    def __init__(self, folder: Path) -> None:
        self.name = folder.name
        with closing(_open(folder / "mirror.db")) as mirror:
            self.events = {row.place: row for row in _events(mirror)}
            self.orders = dict(_orders(mirror))
            self.lines = _lines(mirror)
            self.tickets = _tickets(mirror)
            self.deliveries = _deliveries(mirror)
            self.portions = _portions(mirror)
            self.nodes = {
                str(name): (str(origin), frozenset(json.loads(roles)))
                for origin, name, roles in mirror.execute("SELECT origin, name, roles FROM v_node")
            }
            ((projected, last),) = mirror.execute("SELECT * FROM v_progress")
        self.origin, self.roles = self.nodes[self.name]
        self.caught_up = projected == last == len(self.events)
        with closing(_open(folder / "local.db")) as local:
            self.receipts = Receipts(local)

    def rows(self) -> dict[str, int]:
        """How many rows each of the views has: what a later reader can hold us to."""
        return {
            "v_event": len(self.events),
            "v_order": len(self.orders),
            "v_line": sum(map(len, self.lines.values())),
            "v_portion": sum(sum(states.values()) for states in self.portions.values()),
            "v_delivery": sum(map(len, self.deliveries.values())),
            "v_node": len(self.nodes),
            "v_receipt": self.receipts.rows,
        }

    def event_set(self) -> frozenset[tuple[Any, ...]]:
        """The events, for comparing with another mirror's."""
        return frozenset(row.facts for row in self.events.values())

    def hashes(self) -> dict[str, str]:
        """The orders' fold hashes."""
        return {order_id: row.fold_hash for order_id, row in self.orders.items()}


def _open(path: Path) -> sqlite3.Connection:
    return sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)


def _events(mirror: sqlite3.Connection) -> Iterator[EventRow]:
    columns = (
        "origin, epoch, seq, lamport, kind, subject, cmd_id, roles, at, actor, version, size, "
        "group_checksum, stored_at"
    )
    for row in mirror.execute(f"SELECT {columns} FROM v_event"):
        origin, epoch, seq, lamport, kind, subject, cmd_id, roles = row[:8]
        to = frozenset(json.loads(roles))
        place = (origin, epoch, seq)
        yield EventRow(place, lamport, kind, subject, cmd_id, to, row[9], row[:13], row[13])


def _orders(mirror: sqlite3.Connection) -> Iterator[tuple[str, OrderRow]]:
    columns = "order_id, number, fold_hash, duplicate_of, day, prefix, digits"
    for order_id, number, fold_hash, first, *own in mirror.execute(
        f"SELECT {columns} FROM v_order"
    ):
        day, prefix, digits = own
        yield (
            order_id,
            OrderRow(number, fold_hash, first, (day, prefix, digits) if prefix else None),
        )


def _lines(mirror: sqlite3.Connection) -> dict[str, set[str]]:
    lines: dict[str, set[str]] = defaultdict(set)
    for order_id, line_id in mirror.execute("SELECT order_id, line_id FROM v_line"):
        lines[order_id].add(line_id)
    return lines


def _tickets(mirror: sqlite3.Connection) -> dict[TicketPlace, set[str]]:
    """The commands that put dishes on each ticket; what was taken back need not be shown."""
    tickets: dict[TicketPlace, set[str]] = defaultdict(set)
    lines = "SELECT order_id, station, batch, line_id FROM v_line WHERE state <> 'void'"
    for order_id, station, batch, line_id in mirror.execute(lines):
        if station is not None:
            tickets[TicketPlace(order_id, station, batch)].add(line_id.split(":")[0])
    return tickets


def _deliveries(mirror: sqlite3.Connection) -> dict[str, set[EventPlace]]:
    """The events that each station's screen has shown."""
    shown: dict[str, set[EventPlace]] = defaultdict(set)
    for station, *place in mirror.execute("SELECT station, origin, epoch, seq FROM v_delivery"):
        shown[station].add(tuple(place))
    return shown


def _portions(mirror: sqlite3.Connection) -> dict[str, dict[str, int]]:
    portions: dict[str, dict[str, int]] = defaultdict(dict)
    counted = "SELECT order_id, state, count(*) FROM v_portion GROUP BY order_id, state"
    for order_id, state, count in mirror.execute(counted):
        portions[order_id][state] = count
    return portions


class Receipts:
    """What other nodes told this one to have on their disks."""

    def __init__(self, local: sqlite3.Connection) -> None:
        told: dict[tuple[str, str, int], list[tuple[int, int]]] = defaultdict(list)
        self.rows = 0
        for *run, seq, at in local.execute(
            "SELECT node, origin, epoch, seq, stored_at FROM v_receipt ORDER BY seq"
        ):
            self.rows += 1
            told[tuple(run)].append((seq, at))
        self._seqs = {run: [seq for seq, _ in rows] for run, rows in told.items()}
        self._times = {run: _soonest([at for _, at in rows]) for run, rows in told.items()}

    def stored_at(self, node: str, place: EventPlace) -> int | None:
        """When a node had an event on its disk; None if it never said so."""
        origin, epoch, seq = place
        run = (node, origin, epoch)
        nth = bisect_left(self._seqs.get(run, []), seq)
        return self._times[run][nth] if nth < len(self._seqs.get(run, [])) else None


def _soonest(times: list[int]) -> list[int]:
    """For each ack the earliest time told by it or a later one: any of them covers its events."""
    for nth in range(len(times) - 2, -1, -1):
        times[nth] = min(times[nth], times[nth + 1])
    return times


class Sent(NamedTuple):
    """A command that left a robot's client; `line` is that of the order it submits, or 0."""

    cmd_id: str
    t0: int
    command: str
    order_id: str
    line: int


class Told:
    """The journal, sorted out."""

    def __init__(self, path: Path) -> None:
        self.sent: dict[str, Sent] = {}
        self.done: dict[str, list[EventPlace]] = {}
        self.declined: dict[str, str] = {}
        self.known: dict[str, int] = {}
        for row in read_journal(path):
            if "sent" in row:
                order, line = row.get("order", ""), row.get("line", 0)
                sent = Sent(row["sent"], row["t0"], row["command"], order, line)
                self.sent[sent.cmd_id] = sent
            elif "done" in row:
                self.done[row["done"]] = [(o, epoch, seq) for o, epoch, seq in row["events"]]
            elif "declined" in row:
                self.declined[row["declined"]] = row["code"]
            else:
                self.known.setdefault(row["known"], row["at"])

    def accepted(self, command: str) -> list[Sent]:
        """The accepted commands of a kind."""
        return [sent for sent in self.sent.values() if sent.command == command and self.ok(sent)]

    def ok(self, sent: Sent) -> bool:
        """Whether a command was accepted."""
        return sent.cmd_id in self.done
