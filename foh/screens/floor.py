"""The tables of the house, as the counter reads them: in which area each stands, its seats."""

from __future__ import annotations

from typing import NamedTuple

from common.domain.house import House


class Area(NamedTuple):
    """A part of the floor."""

    id: str
    zh: str
    en: str


class Spot(NamedTuple):
    """A table where guests can sit."""

    id: str
    zh: str
    en: str
    area: str
    seats: int


class Floor(NamedTuple):
    """All tables, in the floor's own order; none before a floor is known."""

    areas: tuple[Area, ...] = ()
    spots: tuple[Spot, ...] = ()

    def spot(self, table: str) -> Spot | None:
        """The table that an order names, by its id or by what people call it."""
        wanted = table.casefold()
        return next(
            (
                spot
                for spot in self.spots
                if wanted in (spot.id.casefold(), spot.zh.casefold(), spot.en.casefold())
            ),
            None,
        )


def floor_of(_: House) -> Floor:
    """The floor of the store."""
    return Floor()
