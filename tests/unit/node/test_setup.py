"""Founding a store: what is refused, and what every node's folder then holds."""

from __future__ import annotations

import stat
import sys
from pathlib import Path
from typing import Any

import pytest

from common.config import NODE_KEY, STORE_KEY, read_config
from common.domain.house import House
from common.errors import KnownError
from common.mesh.keys import NodeIdentity, StoreKey
from common.node.setup import NodePlan, found_store
from common.node.trust import trusting_house
from common.store.log import LogReader
from tests.helpers.desk import NOON, an_id
from tests.helpers.store import CHEAP


def plan(name: str = "counter-1", port: int = 7710, **other: Any) -> NodePlan:
    facts: dict[str, Any] = {"roles": (name,), "host": "127.0.0.1"} | other
    return NodePlan(name, feed_port=port, router_port=port + 1, **facts)


def founded(home: Path, *plans: NodePlan, **other: Any) -> dict[str, Path]:
    facts: dict[str, Any] = {"name": "小馆", "tz": "UTC", "day_start": 0, "currency": "CNY"} | other
    return found_store(home, plans or (plan(),), now=NOON, cost=CHEAP, **facts).folders


def house_of(folder: Path, store_key: bytes | None = None) -> House:
    house = trusting_house(store_key or bytes.fromhex(read_config(folder).store_key))
    reader = LogReader.open(folder)
    try:
        for event in reader.house_events():
            house.apply(event)
    finally:
        reader.close()
    return house


REFUSED: dict[str, tuple[tuple[NodePlan, ...], dict[str, Any]]] = {
    "no counter": ((plan("wok"),), {}),
    "one name twice": ((plan(), plan(port=7712)), {}),
    "one folder twice": ((plan("Counter-1"), plan(port=7712)), {}),
    "one port twice": ((plan(), plan("wok", 7711)), {}),
    "a path for a name": ((plan("../counter"),), {}),
    "no name": ((plan(""),), {}),
    "a long name": ((plan("counter" + "r" * 60),), {}),
    "no role": ((plan(roles=("counter", "")),), {}),
    "a long role": ((plan(roles=("counter" * 10,)),), {}),
    "a host by name": ((plan(host="wok.local"),), {}),
    "every address": ((plan(host="0.0.0.0"),), {}),
    "a zone that is none": ((), {"tz": "Mars/Olympus"}),
    "a zone that is a folder": ((), {"tz": "Asia"}),
    "a zone that is a path": ((), {"tz": "../../etc/passwd"}),
    "a time that is none": ((), {"day_start": 1440}),
    "a long store": ((), {"name": "店" * 513}),
}


@pytest.mark.parametrize("case", REFUSED)
def test_what_could_not_work_is_refused_and_nothing_is_made(tmp_path: Path, case: str) -> None:
    plans, facts = REFUSED[case]
    with pytest.raises(KnownError) as refused:
        founded(tmp_path / "home", *plans, **facts)
    assert refused.value.text("zh_CN") != refused.value.text("en") != ""
    assert not (tmp_path / "home").exists()


def test_no_nodes_are_no_store(tmp_path: Path) -> None:
    with pytest.raises(KnownError, match="at least one node"):
        found_store(tmp_path, [], name="", tz="UTC", day_start=0, currency="CNY", now=NOON)


def test_what_is_there_is_left_alone(tmp_path: Path) -> None:
    (first,) = founded(tmp_path).values()
    before = {path: path.read_bytes() for path in first.iterdir()}
    with pytest.raises(KnownError, match="exists already"):
        founded(tmp_path, plan("wok", 7720), plan())
    assert not (tmp_path / "wok").exists()
    assert {path: path.read_bytes() for path in first.iterdir()} == before


def test_a_home_that_cant_be_written_is_told_calmly(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(KnownError, match="can't be written"):
        founded(tmp_path / "file")


def test_all_nodes_begin_with_the_same_signed_roster(tmp_path: Path) -> None:
    folders = founded(tmp_path, plan("wok"), plan("counter-1", 7712), plan("凉菜", 7714))
    houses = [house_of(folder) for folder in folders.values()]
    for house in houses:
        assert house.nodes == houses[0].nodes
        assert {node.name for node in house.nodes.values()} == set(folders)
        assert house.config is not None
        assert house.config.name == "小馆"
    blocks = {node.name: node.block for node in houses[0].nodes.values()}
    assert blocks["counter-1"] < min(blocks["wok"], blocks["凉菜"])  # counters count from 1


def test_with_another_stores_key_none_of_it_counts(tmp_path: Path) -> None:
    (folder,) = founded(tmp_path).values()
    house = house_of(folder, StoreKey(an_id("other") * 2).public_key)
    assert (house.config, house.nodes) == (None, {})


def test_the_recovery_code_opens_the_key_that_only_counters_keep(tmp_path: Path) -> None:
    told = found_store(
        tmp_path,
        [plan(), plan("wok", 7712)],
        name="",
        tz="UTC",
        day_start=0,
        currency="CNY",
        now=NOON,
        cost=CHEAP,
    )
    key = StoreKey.load(told.folders["counter-1"] / STORE_KEY, told.recovery_code)
    assert key.public_key.hex() == read_config(told.folders["wok"]).store_key
    assert not (told.folders["wok"] / STORE_KEY).exists()
    origins = {NodeIdentity.load(folder / NODE_KEY).origin for folder in told.folders.values()}
    assert len(origins) == 2


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no permission bits")
def test_only_the_owner_can_read_what_was_made(tmp_path: Path) -> None:
    (folder,) = founded(tmp_path).values()
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert {stat.S_IMODE(path.stat().st_mode) for path in folder.iterdir()} == {0o600}
