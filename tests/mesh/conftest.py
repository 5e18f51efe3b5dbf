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
    site = new_site()
    site.start()
    site.opened(COUNTER, WOK)
    site.brings_menu()
    site.until(lambda: site.client(WOK).house.active is not None, "menu")
    return site
