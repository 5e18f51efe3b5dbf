"""Mesh time and what is read off it. Times are µs since 1970 in UTC; no clock is read here."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

SECOND = 1_000_000


def business_day(at: int, tz: str, day_start: int) -> int:
    """The day (yyyymmdd) that a mesh time belongs to, when days start `day_start` min after 0:00.

    Wall-clock minutes: on the night of a clock change the day still starts when the clock on the
    wall says so.
    """
    local = moment(at).astimezone(ZoneInfo(tz)).replace(tzinfo=None)
    day = local - timedelta(minutes=day_start)
    return day.year * 10_000 + day.month * 100 + day.day


def moment(at: int) -> datetime:
    """A mesh time as a datetime in UTC."""
    return datetime(1970, 1, 1, tzinfo=UTC) + timedelta(microseconds=at)


def age(now: int, since: int) -> int:
    """µs since a mesh time, never negative: two machines' clocks may differ a little."""
    return max(0, now - since)


def clock_sample(sent: int, received: int, answered: int, returned: int) -> tuple[int, int]:
    """(offset of the other's clock, time on the way), both µs, from four timestamps (NTP's)."""
    offset = ((received - sent) + (answered - returned)) // 2
    return offset, (returned - sent) - (answered - received)
