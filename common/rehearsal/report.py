"""The report of a rehearsal: for programs as JSON, for people as a short table."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import msgspec

from common.rehearsal.audit import percentile
from common.rehearsal.plan import REPORT
from common.rehearsal.scenario import ScenarioFacts


class Milliseconds(msgspec.Struct, frozen=True):
    """How long something took."""

    p50: float | None
    p99: float | None
    max: float | None

    @classmethod
    def of(cls, microseconds: Sequence[int]) -> Milliseconds:
        """The spread of these."""
        ms = [each / 1000 for each in microseconds]
        return cls(percentile(ms, 0.5), percentile(ms, 0.99), max(ms, default=None))


class Calibration(msgspec.Struct, frozen=True):
    """What the floor took in the same run, and how it was measured."""

    floor_p50_ms: float | None
    floor_p99_ms: float | None
    floor_max_ms: float | None
    n: int
    how: str


class Kill(msgspec.Struct, frozen=True):
    """A node that was killed; `at_s` after the first order."""

    node: str
    at_s: float
    done: bool = False


class RefusedLine(msgspec.Struct, frozen=True):
    """A line of the file that was not taken, and the code of the reason."""

    line: int
    reason: str


class Report(msgspec.Struct, frozen=True, kw_only=True):
    """Everything a rehearsal found out."""

    nodes: int
    orders: int
    refused: list[RefusedLine]
    lines: int
    stored: int
    served: int
    lost: int
    unexpected: int
    duplicates: int
    mirrors_equal: bool
    stored_ms: Milliseconds
    round_trip_ms: Milliseconds
    wall_s: float
    service_s: float
    calibration: Calibration | None
    peak_rss_mb: float | None
    rate: float | None
    max: bool
    changes: ScenarioFacts
    kills: list[Kill]
    finished: bool
    surprises: list[str]
    screens: list[str]
    onlookers: list[str]
    """The stations with a screen: `tickets` were sent there, `shown` of them were painted."""
    tickets: int
    shown: int
    rows: dict[str, dict[str, int]]

    @property
    def ok(self) -> bool:
        """Whether all that was accepted is everywhere it should be, once, was shown and served."""
        clean = not (self.lost or self.unexpected or self.duplicates) and self.mirrors_equal
        complete = self.finished and self.stored == self.served == self.orders
        return clean and complete and self.shown == self.tickets and not self.surprises


def write_report(report: Report, path: Path) -> None:
    """Leave the report as JSON."""
    path.write_bytes(msgspec.json.format(msgspec.json.encode(report), indent=1) + b"\n")


def keep_report(report: Report, home: Path) -> None:
    """Leave the report beside what it is about."""
    write_report(report, home / REPORT)
