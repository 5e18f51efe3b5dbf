"""Side records that events name and the store has not got yet.

A side record travels beside its event, so a want first waits a moment for the live one. Then it is
asked for: of its origin first, else of any peer that is up, each once; when all have been asked,
all rest, longer each time, since it may have been erased everywhere.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable

from common.wire.limits import MAX_SIDE_IDS, MAX_SIDE_WANTS, SECOND, SIDE_GRACE, SIDE_MOST
from common.wire.outputs import NEVER, SideWant


class _Want:
    __slots__ = ("asked", "due", "origin", "rounds")

    def __init__(self, origin: bytes, due: int) -> None:
        self.origin = origin
        self.due = due
        self.asked: set[bytes] = set()
        self.rounds = 0


class SideWants:
    """The missing side records and whom to ask for each."""

    def __init__(self) -> None:
        self._wants: dict[bytes, _Want] = {}
        self._flying: set[bytes] = set()
        self._next_due = 0

    def __len__(self) -> int:
        """How many are missing."""
        return len(self._wants)

    def want(self, wants: Iterable[SideWant], mono: int) -> None:
        """These are missing. Past the bound the store's own list must bring them up again."""
        for side in wants:
            if side.id not in self._wants and len(self._wants) < MAX_SIDE_WANTS:
                self._wants[side.id] = _Want(side.origin, mono + SIDE_GRACE)
                self._next_due = min(self._next_due, mono + SIDE_GRACE)

    def kept(self, ids: Iterable[bytes]) -> None:
        """These are there now."""
        for side_id in ids:
            self._wants.pop(side_id, None)

    def origin_of(self, side_id: bytes) -> bytes | None:
        """Who made a side record that is missing."""
        want = self._wants.get(side_id)
        return want.origin if want else None

    def hurry(self, mono: int) -> None:
        """A link came up: whoever is there now may know."""
        for want in self._wants.values():
            want.due = min(want.due, mono + SIDE_GRACE)
        self._next_due = min(self._next_due, mono + SIDE_GRACE)

    def choose(self, peer: bytes, up: Collection[bytes], mono: int) -> tuple[bytes, ...]:
        """The ids to ask this peer for now, when these peers are up."""
        if mono < self._next_due:
            return ()
        chosen: list[bytes] = []
        for side_id, want in self._wants.items():
            if side_id not in self._flying and want.due <= mono:
                if _turn(want, peer, up, mono):
                    chosen.append(side_id)
                if len(chosen) == MAX_SIDE_IDS:
                    break
        if not chosen:
            waiting = (w.due for i, w in self._wants.items() if i not in self._flying)
            self._next_due = min(waiting, default=mono)
        return tuple(chosen)

    def asked(self, peer: bytes, ids: Iterable[bytes]) -> None:
        """These are on their way."""
        for side_id in ids:
            if side_id in self._wants:
                self._wants[side_id].asked.add(peer)
                self._flying.add(side_id)

    def came(self, side_id: bytes, mono: int) -> None:
        """This one is being written; should that fail it is asked for again."""
        if side_id in self._wants:
            self._wants[side_id].asked.clear()
            self._wants[side_id].due = mono + SIDE_MOST

    def landed(self, ids: Iterable[bytes]) -> None:
        """The request for these is answered or void."""
        self._flying.difference_update(ids)
        self._next_due = 0

    def deadline(self) -> int:
        """When the next one may be asked for."""
        return self._next_due if self._wants else NEVER


def _turn(want: _Want, peer: bytes, up: Collection[bytes], mono: int) -> bool:
    """Whether it is this peer's turn; once all had theirs, the want rests."""
    if want.origin in up and want.origin not in want.asked:
        return peer == want.origin
    if peer not in want.asked:
        return True
    if want.asked.issuperset(up):
        want.asked.clear()
        want.due = mono + min(SECOND << min(want.rounds, 6), SIDE_MOST)
        want.rounds += 1
    return False
