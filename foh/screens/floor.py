"""The tables of the house, as the counter reads them: in which area each stands, its seats."""

from __future__ import annotations

from typing import NamedTuple

from common.domain.events import Area, Table
from common.domain.house import House


class Floor(NamedTuple):
    """All tables, in the floor's own order; none before a floor is known."""

    areas: tuple[Area, ...] = ()
    tables: tuple[Table, ...] = ()

    def table(self, said: str) -> Table | None:
        """The table that an order names, by its id or by what people call it."""
        wanted = said.casefold()
        return next(
            (
                table
                for table in self.tables
                if wanted in (table.id.casefold(), table.zh.casefold(), table.en.casefold())
            ),
            None,
        )


def floor_of(house: House) -> Floor:
    """The floor of the store."""
    return Floor() if house.floor is None else Floor(house.floor.areas, house.floor.tables)
