"""Stores of real processes for one test each."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest

from tests.helpers.desk import WOK
from tests.helpers.store import COUNTER, Site

MakeSite = Callable[..., Site]


@pytest.fixture
def new_site(tmp_path: Path) -> Iterator[MakeSite]:
    """Found stores; all their processes end with the test."""
    made: list[Site] = []

    def make(names: Sequence[str] = (COUNTER, WOK)) -> Site:
        made.append(Site(tmp_path / f"store-{len(made)}", names))
        return made[-1]

    yield make
    for site in made:
        site.close()


@pytest.fixture
def pair(new_site: MakeSite) -> Site:
    """A counter and a wok that serve, the menu in both, a client at each."""
    return _open(new_site())


@pytest.fixture(scope="module")
def serving(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The same for a whole module: for tests that stop no node."""
    site = Site(tmp_path_factory.mktemp("serving") / "store")
    try:
        yield _open(site)
    finally:
        site.close()


def _open(site: Site) -> Site:
    site.start()
    site.opened(COUNTER, WOK)
    site.brings_menu()
    site.until(lambda: site.client(WOK).house.active is not None, "menu")
    return site
