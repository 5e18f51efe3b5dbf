"""The small parts of a rehearsal: pacing, cast, audit's arithmetic, words, the command line."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from common.cli import rehearse
from common.cli.rehearse import read_seed
from common.errors import KnownError, user_language
from common.rehearsal.audit import percentile
from common.rehearsal.evidence import _soonest
from common.rehearsal.fleet import Cast
from common.rehearsal.pacing import STRETCH, STRETCHES, stretches
from common.rehearsal.words import WORDS, say

SAMPLE = Path(__file__).parents[3] / "resources" / "sample"


@pytest.mark.parametrize("orders", [1, 5, 30, 270, 271, 917, 9_058])
def test_stretches_lie_within_the_run_and_apart(orders: int) -> None:
    found = stretches(orders)
    assert sum(length for _, length in found) <= STRETCHES * STRETCH
    ends = [first + length for first, length in found]
    assert ends[-1] <= orders
    assert all(end <= first for end, (first, _) in zip(ends[:-1], found[1:], strict=True))


def test_percentiles_are_the_nearest_rank() -> None:
    values = list(range(1, 101))
    assert (percentile(values, 0.5), percentile(values, 0.99)) == (50, 99)
    assert percentile([7], 0.99) == 7
    assert percentile([], 0.5) is None


def test_a_later_ack_may_tell_an_earlier_time() -> None:
    assert _soonest([5, 9, 7, 8]) == [5, 7, 7, 8]


def test_the_cast_has_a_node_for_each_role() -> None:
    cast = Cast(["wok", "cold"])
    assert cast.roles == {"counter-1": "counter-1", "wok": "wok", "cold": "cold", "expo": "expo"}
    assert cast.stations == {"wok": "wok", "cold": "cold"}


def test_stations_with_awkward_names_get_folders_of_their_own() -> None:
    cast = Cast(["hot/cold", "hot cold", "counter-1", "炒锅", "Wok", "wok"])
    assert len(cast.nodes) == len({name.lower() for name in cast.nodes}) == 8
    assert all(name.replace("-", "").replace("_", "").isalnum() for name in cast.nodes)
    assert set(cast.stations.values()) <= set(cast.nodes)


def test_a_station_that_is_the_pass_needs_no_second_node() -> None:
    cast = Cast(["expo", "bar"])
    assert cast.nodes == ["counter-1", "bar", "expo"]
    assert cast.stations == {"expo": "expo", "bar": "bar"}


def test_nodes_are_found_as_people_say_them() -> None:
    cast = Cast(["wok"])
    assert cast.find("Counter") == cast.find("counter-1") == "counter-1"
    assert cast.find(" WOK ") == "wok"
    assert cast.find("bar") is None


def test_changes_take_a_seed_or_off() -> None:
    assert read_seed("off", "en") is None
    assert read_seed("12", "en") == 12
    with pytest.raises(KnownError):
        read_seed("some", "en")


def test_every_sentence_takes_the_same_facts_in_both_languages() -> None:
    class Any(dict[str, str]):
        def __missing__(self, key: str) -> str:
            seen.add(key)
            return "?"

    for what, words in WORDS.items():
        facts = []
        for text in words:
            seen: set[str] = set()
            text.format_map(Any())
            facts.append(seen)
        assert facts[0] == facts[1], what
    assert say("no_file", "zh", path="x") == "找不到文件：x"


@pytest.mark.parametrize(
    ("lang", "expected"), [("zh_CN.UTF-8", "zh"), ("en_US.UTF-8", "en"), ("C", "en")]
)
def test_the_terminal_says_its_language(
    monkeypatch: pytest.MonkeyPatch, lang: str, expected: str
) -> None:
    for name in ("LC_ALL", "LC_MESSAGES"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LANG", lang)
    assert user_language() == expected


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["--menu", "nowhere.json"], "找不到文件：nowhere.json"),
        (["--menu", str(SAMPLE / "orders.jsonl")], "用不了"),
        (["--orders", str(SAMPLE / "floor.json")], "没有一单可以收"),
        (["--rate", "2", "--max"], "只能选一个"),
        (["--changes", "often"], "off"),
        (["--kill", "bar@soon"], "节点@秒"),
        (["--kill", "grill@3"], "counter-1, wok, cold, steam, bar, expo"),
        (["--keep", str(SAMPLE)], "已经有东西"),
    ],
)
def test_trouble_is_told_before_anything_starts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: list[str], told: str
) -> None:
    monkeypatch.chdir(tmp_path)
    usual = ["--menu", str(SAMPLE / "menu.json"), "--orders", str(SAMPLE / "orders.jsonl")]
    result = CliRunner().invoke(rehearse.command, [*usual, "--lang", "zh", *arguments])
    assert isinstance(result.exception, KnownError)
    assert told in str(result.exception)
    assert not list(tmp_path.iterdir())
