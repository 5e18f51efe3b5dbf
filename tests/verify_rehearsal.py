"""Work a rehearsal's report out again, with nothing of ours but the public views.

    python3 tests/verify_rehearsal.py DIR --menu MENU.json --orders ORDERS.jsonl

DIR is what `passline rehearse --keep DIR` left. Reads the input files by its own reading of the
rules, the journal of what was sent and answered, and every node's views; says each disagreement
with `report.json` and exits 1 if there is one. Standard library only.
"""

from __future__ import annotations

import argparse
import json
import re
import sqlite3
import sys
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any, NoReturn

# --- the rules for what comes in ----------------------------------------------------------

CHANNELS = {"dine_in", "qr", "delivery", "takeaway", "phone", "pos"}
NO_DECIMALS = "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF"
THREE_DECIMALS = "BHD IQD JOD KWD LYD OMR TND"
FOUR_DECIMALS = "CLF UYW"
LIMIT = 2**53
TOO_LARGE = {"order_too_large", "line_too_large"}
"""Only these may be refused by the counter: how large an order is as bytes is not worked out."""


class RefusedError(Exception):
    """This line is no order, for this reason."""


def refuse(reason: str) -> NoReturn:
    raise RefusedError(reason)


def decimals(currency: str) -> int:
    """How many decimals a currency has."""
    if currency in NO_DECIMALS.split():
        return 0
    return (
        3 if currency in THREE_DECIMALS.split() else 4 if currency in FOUR_DECIMALS.split() else 2
    )


def scaled(value: object, places: int) -> int | None:
    """A number times 10^places if that is whole and not beyond all measure."""
    if isinstance(value, str) and re.fullmatch(r"-?[0-9]+(\.[0-9]+)?", value.strip()):
        value = Decimal(value.strip())
    if isinstance(value, bool) or not isinstance(value, int | Decimal):
        return None
    number = Decimal(value)
    if not number.is_finite() or abs(number) > LIMIT:
        return None
    digits = number.normalize().as_tuple()
    assert isinstance(digits.exponent, int)
    if number and (digits.exponent < -places or len(number.as_tuple().digits) > 40):
        return None
    whole = int(number * 10**places)
    return whole if abs(whole) <= LIMIT else None


def parse(raw: bytes) -> Any:
    """One JSON document; refuses what a strict reader refuses."""

    def whole(digits: str) -> int | Decimal:
        return int(digits) if len(digits) < 20 else Decimal(digits)

    def unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        found = dict(pairs)
        if len(found) < len(pairs):
            refuse("repeated_key")
        return found

    def constant(word: str) -> NoReturn:
        raise ValueError(word)

    try:
        text = raw.decode("utf-8").removeprefix("\ufeff")
        if depth(text) > 64:
            refuse("broken_json")
        document = json.loads(
            text,
            parse_int=whole,
            parse_float=Decimal,
            parse_constant=constant,
            object_pairs_hook=unique,
        )
        json.dumps(document, ensure_ascii=False, default=str).encode("utf-8")
    except (ValueError, InvalidOperation):
        refuse("broken_json")
    return document


def depth(text: str) -> int:
    """How deep brackets nest, those in strings left out."""
    deepest = level = 0
    inside = escaped = False
    for each in text:
        if inside:
            inside = escaped or each != '"'
            escaped = each == "\\" and not escaped
        elif each == '"':
            inside = True
        elif each in "[{":
            level += 1
            deepest = max(deepest, level)
        elif each in "]}":
            level -= 1
    return deepest


def text_of(value: object, limit: int = 512, reason: str = "bad_value") -> str:
    """A text as it is kept: without control characters, trimmed."""
    if value is None:
        return ""
    if not isinstance(value, str):
        refuse(reason)
    spaced = re.sub(r"[\t\n\r]+", " ", value)
    clean = "".join(each for each in spaced if unicodedata.category(each) != "Cc").strip()
    if len(clean) > limit:
        refuse("too_long")
    return clean


def label_of(value: object) -> str:
    """An id: a text, or a whole number meant as one."""
    if isinstance(value, int) and not isinstance(value, bool):
        value = str(value)
    return text_of(value)


def names_of(value: object) -> list[str]:
    """The names given: one text, or one for each language."""
    if isinstance(value, dict):
        return [text_of(value.get("zh")), text_of(value.get("en"))]
    return [text_of(value)]


def integer(value: object, low: int, high: int) -> None:
    if value is not None:
        number = scaled(value, 0)
        if number is None or not low <= number <= high:
            refuse("bad_value")


def money(value: object, currency: str, *, needed: bool = False) -> None:
    if value is None and not needed:
        return
    if scaled(value, decimals(currency)) is None:
        refuse("bad_price")


def listed(value: object, limit: int) -> list[Any]:
    if value is None:
        return []
    if not isinstance(value, list):
        refuse("bad_value")
    if len(value) > limit:
        refuse("too_long")
    return value


def objects(value: object, limit: int) -> list[dict[str, Any]]:
    found = listed(value, limit)
    if not all(isinstance(each, dict) for each in found):
        refuse("bad_value")
    return found


@dataclass
class Order:
    """What the file says of one order that can be taken."""

    line: int
    door: str
    ref: str
    portions: list[int]


class Menu:
    """The dishes as order lines find them, for what they are sold by."""

    def __init__(self, raw: bytes) -> None:
        document = json.loads(raw.decode("utf-8-sig"))
        self.currency: str = document["currency"].strip().upper()
        self._by_sku: dict[str, dict[str, Any]] = {}
        self._by_name: dict[str, dict[str, Any]] = {}
        for item in document["items"]:
            sku = label_of(item["sku"])
            if sku in self._by_sku:
                continue
            self._by_sku[sku] = item
            for name in names_of(item["name"]):
                self._by_name.setdefault(name, item)
        self.stations = [label_of(station["id"]) for station in document.get("stations") or []]

    def unit(self, sku: str, names: Iterable[str]) -> str:
        """What the dish is weighed in; empty for pieces."""
        dish = self._by_sku.get(sku)
        for name in names:
            if dish is None and name:
                dish = self._by_name.get(name)
        return text_of(dish.get("unit")) if dish else ""


def read_order(raw: bytes, number: int, menu: Menu) -> Order:
    """One line of the order file. Raises RefusedError."""
    order = parse(raw)
    if not isinstance(order, dict):
        refuse("not_an_object")
    lines = objects(order.get("lines"), 2000)
    if not lines:
        refuse("no_lines")
    portions = [read_line(line, menu) for line in lines]
    for nth in combos(lines):
        portions[nth] = 0
    provider = text_of(order.get("provider"))
    label_of(order.get("table"))
    channel = text_of(order.get("channel"))
    if channel and channel not in CHANNELS:
        refuse("bad_value")
    ref = label_of(order.get("ref"))
    label_of(order.get("pickup_no"))
    integer(order.get("covers"), 0, LIMIT)
    moment(order.get("due_at"))
    text_of(order.get("note"), 4096)
    for allergy in listed(order.get("allergies"), 64):
        text_of(allergy if allergy is not None else 0)
    integer(order.get("priority"), -(2**31), 2**31 - 1)
    integer(order.get("utensils"), 0, LIMIT)
    for fee in objects(order.get("fees"), 64):
        money(fee.get("amount"), menu.currency, needed=True)
        text_of(fee.get("name"))
    text_of(order.get("guest"))
    label_of(order.get("phone_tail"))
    return Order(number, provider or "file", ref, portions)


def read_line(line: dict[str, Any], menu: Menu) -> int:
    """How many portions a line is, unless it turns out to be a set meal."""
    names = names_of(line.get("name"))
    sku = label_of(line.get("sku"))
    if not sku and not any(names):
        refuse("no_name")
    quantity = scaled(line.get("qty"), 3)
    if quantity is None or not 0 < quantity <= 9_999_000:
        refuse("bad_quantity")
    unit = text_of(line.get("unit")) or menu.unit(sku, names)
    money(line.get("unit_price"), menu.currency)
    integer(line.get("course"), 0, 99)
    label_of(line.get("seat"))
    text_of(line.get("note"), 4096)
    label_of(line.get("parent"))
    if text_of(line.get("fire")) not in {"", "now", "hold"}:
        refuse("bad_value")
    for modifier in objects(line.get("modifiers"), 256):
        if text_of(modifier.get("op")) not in {"add", "remove", "choice"}:
            refuse("bad_value")
        if not any(names_of(modifier.get("name"))) and not label_of(modifier.get("sku")):
            refuse("bad_value")
        integer(modifier.get("qty"), 0, 9999)
        money(modifier.get("price"), menu.currency)
    label_of(line.get("id"))
    return 1 if unit or quantity % 1000 else quantity // 1000


def combos(lines: list[dict[str, Any]]) -> set[int]:
    """Which lines are set meals: nobody cooks those, only the dishes that name them as parent."""
    ids = [label_of(line.get("id")) for line in lines]
    parents = [label_of(line.get("parent")) for line in lines]

    def fits(nth: int) -> bool:
        parent = parents[nth]
        return bool(parent) and parent != ids[nth] and ids.count(parent) == 1

    parts = {ids[nth] for nth in range(len(lines)) if fits(nth)}
    named = {parents[nth] for nth in range(len(lines)) if fits(nth)} - parts
    return {nth for nth, each in enumerate(ids) if each and each in named}


def moment(value: object) -> None:
    if value is None or value == "":
        return
    try:
        found = datetime.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        found = None
    if found is None or found.tzinfo is None:
        refuse("bad_time")


def read_orders(path: Path, menu: Menu) -> tuple[dict[int, Order], dict[int, str]]:
    """The file's orders and its refused lines, by line number."""
    orders: dict[int, Order] = {}
    refused: dict[int, str] = {}
    taken: set[tuple[str, str]] = set()
    with path.open("rb") as lines:
        for number, raw in enumerate(lines, 1):
            if not raw.removeprefix(b"\xef\xbb\xbf").strip():
                continue
            try:
                order = read_order(raw, number, menu)
            except RefusedError as reason:
                refused[number] = str(reason)
                continue
            if order.ref and (order.door, order.ref) in taken:
                refused[number] = "repeated_ref"
                continue
            taken.add((order.door, order.ref))
            orders[number] = order
    return orders, refused


# --- what was sent and what came of it ----------------------------------------------------

Place = tuple[str, int, int]
Ticket = tuple[str, str, int]
"""Order, station, which of its tickets."""


@dataclass
class Journal:
    """The journal, by command."""

    sent: dict[str, dict[str, Any]] = field(default_factory=dict)
    done: dict[str, list[Place]] = field(default_factory=dict)
    declined: dict[str, str] = field(default_factory=dict)
    known: dict[str, int] = field(default_factory=dict)

    @classmethod
    def read(cls, path: Path) -> Journal:
        journal = cls()
        for text in path.read_text(encoding="utf-8").splitlines():
            row = json.loads(text)
            if "sent" in row:
                journal.sent[row["sent"]] = row
            elif "done" in row:
                journal.done[row["done"]] = [(o, e, s) for o, e, s in row["events"]]
            elif "declined" in row:
                journal.declined[row["declined"]] = row["code"]
            elif "known" in row:
                journal.known.setdefault(row["known"], row["at"])
        return journal

    def accepted(self, *commands: str) -> Iterator[dict[str, Any]]:
        """What was sent of these commands and accepted."""
        for cmd_id, row in self.sent.items():
            if row["command"] in commands and cmd_id in self.done:
                yield row


# --- what the nodes hold ------------------------------------------------------------------


class Node:
    """One node's views."""

    def __init__(self, folder: Path) -> None:
        self.name = folder.name
        with closing(open_view(folder / "mirror.db")) as mirror:
            self.rows = {name: count(mirror, name) for name in MIRROR_VIEWS}
            self.events = {
                (row["origin"], row["epoch"], row["seq"]): dict(row)
                for row in mirror.execute("SELECT * FROM v_event")
            }
            self.orders = {
                row["order_id"]: dict(row) for row in mirror.execute("SELECT * FROM v_order")
            }
            self.lines: dict[str, set[str]] = defaultdict(set)
            self.tickets: dict[Ticket, set[str]] = defaultdict(set)
            for row in mirror.execute("SELECT * FROM v_line"):
                self.lines[row["order_id"]].add(row["line_id"])
                if row["station"] is not None and row["state"] != "void":
                    ticket = (row["order_id"], row["station"], row["batch"])
                    self.tickets[ticket].add(row["line_id"].split(":")[0])
            self.shown = {
                (row["station"], (row["origin"], row["epoch"], row["seq"]))
                for row in mirror.execute("SELECT * FROM v_delivery")
            }
            self.portions: dict[str, Counter[str]] = defaultdict(Counter)
            self.portions_of_line: Counter[str] = Counter()
            for row in mirror.execute("SELECT order_id, line_id, state FROM v_portion"):
                self.portions[row["order_id"]][row["state"]] += 1
                self.portions_of_line[row["line_id"]] += 1
            roster = {row["name"]: dict(row) for row in mirror.execute("SELECT * FROM v_node")}
            progress = mirror.execute("SELECT * FROM v_progress").fetchone()
        me = roster[self.name]
        self.origin: str = me["origin"]
        self.roles = set(json.loads(me["roles"]))
        self.caught_up = progress["projected_commit"] == progress["last_commit"] == len(self.events)
        self.receipts: dict[tuple[str, str, int], list[tuple[int, int]]] = defaultdict(list)
        with closing(open_view(folder / "local.db")) as local:
            self.rows["v_receipt"] = count(local, "v_receipt")
            for row in local.execute("SELECT * FROM v_receipt ORDER BY seq"):
                run = (row["node"], row["origin"], row["epoch"])
                self.receipts[run].append((row["seq"], row["stored_at"]))

    def told(self, node: str, place: Place) -> int | None:
        """When that node said to have stored an event of ours."""
        told = self.receipts.get((node, place[0], place[1]), ())
        return min((at for seq, at in told if seq >= place[2]), default=None)


MIRROR_VIEWS = ("v_event", "v_order", "v_line", "v_portion", "v_delivery", "v_node")
FOUNDING = {"StoreConfigured", "NodeEnrolled"}
MAKES_LINES = {"OrderSubmitted", "LinesAdded"}
SCREENS_DO = {"TicketShown", "TicketSeen", "LinesStarted"}
"""What a screen does though nobody touches it."""
WHERE_STORED = ("commit_no", "stored_at")
"""Columns of v_event that are a node's own affair."""


def open_view(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)
    connection.row_factory = sqlite3.Row
    return connection


def count(connection: sqlite3.Connection, view: str) -> int:
    found: int = connection.execute(f"SELECT count(*) FROM {view}").fetchone()[0]
    return found


# --- the counts ---------------------------------------------------------------------------


class Verifier:
    """All that is worked out anew, and what is wrong beside the counts."""

    def __init__(
        self,
        kept: Path,
        menu: Path,
        orders: Path,
        screens: Iterable[str],
        onlookers: Iterable[str] = (),
    ) -> None:
        self.screens = set(screens)
        self.telling = self.screens.union(onlookers)
        self.menu = Menu(menu.read_bytes())
        self.orders, self.refused = read_orders(orders, self.menu)
        self.journal = Journal.read(kept / "journal.jsonl")
        folders = sorted(path.parent for path in kept.glob("*/mirror.db"))
        self.nodes = [Node(folder) for folder in folders]
        self.wrong: list[str] = []
        self.submitted = {row["line"]: row for row in self.journal.accepted("SubmitOrder")}
        self._all_events: dict[Place, dict[str, Any]] = {}
        for node in self.nodes:
            self._all_events |= node.events
        self._made: dict[str, set[Place]] = defaultdict(set)
        for place, event in self._all_events.items():
            if event["kind"] in MAKES_LINES:
                self._made[event["cmd_id"]].add(place)
        self._look_at_answers()
        self._look_at_portions()

    def expected(self) -> dict[str, Any]:
        """The report's counts and times, worked out anew."""
        return {
            "nodes": len(self.nodes),
            "orders": len(self.submitted),
            "refused": [
                {"line": line, "reason": self.refused[line]} for line in sorted(self.refused)
            ],
            "lines": sum(len(self.orders[line].portions) for line in self.submitted),
            "stored": sum(self._stored_at(row) is not None for row in self.submitted.values()),
            "served": sum(self._is_served(row["order"]) for row in self.submitted.values()),
            "lost": sum(self._is_lost(cmd_id) for cmd_id in self.journal.done),
            "unexpected": self._unexpected(),
            "duplicates": self._duplicates(),
            "mirrors_equal": self._mirrors_equal(),
            "tickets": len(self._tickets()),
            "shown": sum(map(self._is_shown, self._tickets())),
            "stored_ms": spread(self._stored_us()),
            "round_trip_ms": spread(self._round_trip_us()),
            "rows": {node.name: node.rows for node in self.nodes},
        }

    def _look_at_answers(self) -> None:
        """Every readable order was taken, or refused by the counter for its size."""
        for line, order in list(self.orders.items()):
            if line in self.submitted:
                continue
            codes = [
                self.journal.declined[cmd_id]
                for cmd_id, row in self.journal.sent.items()
                if row.get("line") == line and cmd_id in self.journal.declined
            ]
            if codes and codes[0] in TOO_LARGE:
                self.refused[line] = codes[0]
            else:
                self.wrong.append(f"line {order.line} was neither taken nor refused: {codes}")
        for line in self.submitted:
            if line not in self.orders:
                self.wrong.append(f"line {line} was taken and is no order")
                self.orders[line] = Order(line, "", "", [])
        unanswered = self.journal.sent.keys() - self.journal.done - self.journal.declined.keys()
        self.wrong += (f"command {cmd_id} has no answer" for cmd_id in sorted(unanswered))

    def _look_at_portions(self) -> None:
        """Every dish of the file has its portions, and each void took one of them."""
        voids = Counter(row["order"] for row in self.journal.accepted("VoidLines"))
        for line, row in self.submitted.items():
            for node in self.nodes:
                for nth, portions in enumerate(self.orders[line].portions):
                    found = node.portions_of_line[f"{row['sent']}:{nth}"]
                    if found != portions:
                        self.wrong.append(
                            f"{node.name}: line {line}, dish {nth + 1}: {found} portions, "
                            f"{portions} were ordered"
                        )
                void = node.portions[row["order"]]["void"]
                if bool(void) != bool(voids[row["order"]]):
                    self.wrong.append(f"{node.name}: line {line}: {void} portions are void")

    def _addressed(self, cmd_id: str) -> list[Node]:
        places = self.journal.done[cmd_id]
        roles: set[str] = set()
        for place in places:
            roles |= set(json.loads(self._all_events.get(place, {"roles": "[]"})["roles"]))
        origins = {place[0] for place in places}
        return [node for node in self.nodes if node.origin in origins or roles & node.roles]

    def _is_lost(self, cmd_id: str) -> bool:
        places = self.journal.done[cmd_id]
        if not places or any(place not in self._all_events for place in places):
            return True
        sent = self.journal.sent[cmd_id]
        order_id = sent.get("order")
        made = self._lines_of(sent)
        for node in self._addressed(cmd_id):
            if any(place not in node.events for place in places):
                return True
            if order_id and (order_id not in node.orders or not made <= node.lines[order_id]):
                return True
        return False

    def _lines_of(self, sent: dict[str, Any]) -> set[str]:
        """The lines a command must have made: as the file says, or for an addition as any node."""
        if sent["command"] == "SubmitOrder":
            return {f"{sent['sent']}:{n}" for n in range(len(self.orders[sent["line"]].portions))}
        if sent["command"] == "AddLines":
            everywhere = set().union(*(node.lines[sent["order"]] for node in self.nodes))
            return {line for line in everywhere if line.startswith(sent["sent"] + ":")}
        return set()

    def _stored_at(self, row: dict[str, Any]) -> int | None:
        last = self.journal.done[row["sent"]][-1]
        origin = next((node for node in self.nodes if node.origin == last[0]), None)
        if origin is None or last not in origin.events:
            return None
        times: list[int] = []
        for node in self._addressed(row["sent"]):
            if node is origin:
                continue
            at = origin.told(node.origin, last)
            if at is None or last not in node.events:
                return None
            times.append(at)
        return max(times, default=int(origin.events[last]["stored_at"]))

    def _is_served(self, order_id: str) -> bool:
        for node in self.nodes:
            states = {state for state, times in node.portions[order_id].items() if times}
            if "served" not in states or states - {"served", "void"}:
                return False
        return True

    def _tickets(self) -> set[Ticket]:
        """What stands or stood on the screens' stations; what was all taken back does not count."""
        return {
            ticket for node in self.nodes for ticket in node.tickets if ticket[1] in self.screens
        }

    def _is_shown(self, ticket: Ticket) -> bool:
        """Whether every node heard that the screen had painted each event that made the ticket."""
        makers = set().union(*(node.tickets[ticket] for node in self.nodes))
        made = set().union(*(self._made[cmd_id] for cmd_id in makers))
        return all((ticket[1], place) in node.shown for node in self.nodes for place in made)

    def _by_a_screen(self, event: dict[str, Any]) -> bool:
        return event["actor"] in self.telling and event["kind"] in SCREENS_DO

    def _unexpected(self) -> int:
        known = {each for each in self.journal.sent if each not in self.journal.declined}
        orders = {row["order"] for row in self.submitted.values()}
        makers = {row["sent"] for row in self.journal.accepted("SubmitOrder", "AddLines")}
        found: set[tuple[str, str]] = set()
        for node in self.nodes:
            for event in node.events.values():
                mine = event["kind"] in FOUNDING or self._by_a_screen(event)
                if event["cmd_id"] not in known and not mine:
                    found.add(("event", event["cmd_id"]))
            found |= {("order", order_id) for order_id in node.orders if order_id not in orders}
            for lines in node.lines.values():
                found |= {("line", line) for line in lines if line.split(":")[0] not in makers}
        return len(found)

    def _duplicates(self) -> int:
        found: set[tuple[object, ...]] = set()
        for place, event in self._all_events.items():
            if place not in self.journal.done.get(event["cmd_id"], [place]):
                found.add(("command", event["cmd_id"]))
        for node in self.nodes:
            numbers: Counter[tuple[object, ...]] = Counter()
            for order_id, row in node.orders.items():
                if row["duplicate_of"] is not None:
                    found.add(("order", order_id))
                if row["prefix"]:
                    numbers[row["day"], row["prefix"], row["digits"]] += 1
            found |= {("number", *number) for number, times in numbers.items() if times > 1}
        return len(found)

    def _mirrors_equal(self) -> bool:
        def same(value: Callable[[Node], object]) -> bool:
            return all(value(node) == value(self.nodes[0]) for node in self.nodes)

        events = {id(node): shared_events(node) for node in self.nodes}
        return (
            all(node.caught_up for node in self.nodes)
            and same(lambda node: events[id(node)])
            and same(lambda node: {o: row["fold_hash"] for o, row in node.orders.items()})
        )

    def _stored_us(self) -> list[int]:
        times = ((row["t0"], self._stored_at(row)) for row in self.submitted.values())
        return [at - t0 for t0, at in times if at is not None]

    def _round_trip_us(self) -> list[int]:
        known = self.journal.known
        accepted = self.journal.accepted("MarkReady", "BumpTicket")
        return [known[row["sent"]] - row["t0"] for row in accepted if row["sent"] in known]


def shared_events(node: Node) -> set[tuple[object, ...]]:
    return {
        tuple(value for name, value in event.items() if name not in WHERE_STORED)
        for event in node.events.values()
    }


def spread(microseconds: list[int]) -> dict[str, float | None]:
    """Median, 99th percentile and longest, as the nearest rank, in ms."""
    ranked = sorted(microseconds)
    if not ranked:
        return {"p50": None, "p99": None, "max": None}

    def rank(percent: int) -> float:
        return ranked[max(1, -(-percent * len(ranked) // 100)) - 1] / 1000

    return {"p50": rank(50), "p99": rank(99), "max": ranked[-1] / 1000}


def differences(name: str, ours: Any, theirs: Any) -> Iterator[str]:
    """Where a report says something else than was worked out."""
    if isinstance(ours, dict) and isinstance(theirs, dict):
        for key in sorted(ours.keys() | theirs.keys()):
            yield from differences(f"{name}.{key}", ours.get(key), theirs.get(key))
    elif isinstance(ours, list) and isinstance(theirs, list):
        yield from (f"{name}: only the report has {each}" for each in theirs if each not in ours)
        yield from (f"{name}: the report lacks {each}" for each in ours if each not in theirs)
    elif ours != theirs:
        yield f"{name}: the report says {theirs}, the files say {ours}"


def main(arguments: list[str] | None = None) -> int:
    """Compare and tell; the exit code."""
    parser = argparse.ArgumentParser(description="Work a rehearsal's report out again.")
    parser.add_argument("kept", type=Path, metavar="DIR")
    parser.add_argument("--menu", type=Path, required=True)
    parser.add_argument("--orders", type=Path, required=True)
    options = parser.parse_args(arguments)
    for path in (options.kept / "report.json", options.menu, options.orders):
        if not path.is_file():
            parser.error(f"there is no file {path}")
    report = json.loads((options.kept / "report.json").read_bytes())
    screens = report.get("screens", [])
    onlookers = report.get("onlookers", [])
    verifier = Verifier(options.kept, options.menu, options.orders, screens, onlookers)
    expected = verifier.expected()
    wrong = list(verifier.wrong)
    for name, value in expected.items():
        wrong += differences(name, value, report.get(name))
    for each in wrong[:40]:
        print(each)
    if len(wrong) > 40:
        print(f"… and {len(wrong) - 40} more")
    print("disagrees" if wrong else f"agrees: {expected['orders']} orders, {len(expected)} facts")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
