from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from common.domain.clock import SECOND, age, business_day, clock_sample, moment

FOUR = 4 * 60


def at(text: str, tz: str, fold: int = 0) -> int:
    """The mesh time when clocks on the wall of that zone say so; fold 1: the second time."""
    local = datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(tz), fold=fold)
    return round(local.timestamp()) * SECOND


@pytest.mark.parametrize(
    ("wall", "day_start", "day"),
    [
        ("2026-07-20T12:00:00", FOUR, 20260720),
        ("2026-07-21T03:59:59", FOUR, 20260720),
        ("2026-07-21T04:00:00", FOUR, 20260721),
        ("2026-07-20T23:59:59", 0, 20260720),
        ("2026-07-21T00:00:00", 0, 20260721),
        ("2027-01-01T02:00:00", FOUR, 20261231),
        ("2028-03-01T01:00:00", FOUR, 20280229),
        ("2026-07-20T23:00:00", 23 * 60 + 59, 20260719),
    ],
)
def test_a_day_starts_when_the_store_says(wall: str, day_start: int, day: int) -> None:
    assert business_day(at(wall, "Asia/Shanghai"), "Asia/Shanghai", day_start) == day


@pytest.mark.parametrize(
    ("wall", "day"),
    [
        ("2026-03-29T03:30:00", 20260328),  # clocks jump from 2:00 to 3:00
        ("2026-03-29T04:00:00", 20260329),
        ("2026-10-25T03:59:59", 20261024),  # clocks fall back from 3:00 to 2:00
        ("2026-10-25T04:00:00", 20261025),
    ],
)
def test_on_the_night_of_a_clock_change_the_wall_decides(wall: str, day: int) -> None:
    assert business_day(at(wall, "Europe/Berlin"), "Europe/Berlin", FOUR) == day


def test_an_hour_that_comes_twice_belongs_to_one_day() -> None:
    first, second = (at("2026-10-25T02:30:00", "Europe/Berlin", fold) for fold in (0, 1))
    assert second - first == 3600 * SECOND
    days = {business_day(each, "Europe/Berlin", FOUR) for each in (first, second)}
    assert days == {20261024}


def test_the_same_moment_is_another_day_elsewhere() -> None:
    noon = at("2026-07-20T12:00:00", "Asia/Shanghai")
    assert business_day(noon, "America/Los_Angeles", FOUR) == 20260719


def test_a_moment_is_exact_to_the_microsecond() -> None:
    assert moment(1).microsecond == 1
    assert moment(-1).year == 1969


def test_an_age_is_never_negative() -> None:
    assert age(10, 3) == 7
    assert age(3, 10) == 0


def test_a_sample_tells_the_offset_and_the_way() -> None:
    # The other's clock is 100 ahead; 10 there, 5 to answer, 10 back.
    assert clock_sample(sent=0, received=110, answered=115, returned=25) == (100, 20)
    assert clock_sample(sent=0, received=-90, answered=-85, returned=25) == (-100, 20)
