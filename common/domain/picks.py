"""Which portions a command means: worked out once, by the node that decides."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from common.domain import commands as cmd
from common.domain import events as ev
from common.domain.ids import LineId
from common.domain.order import Line, Order
from common.domain.portions import MOVES, PREFERRED, Move, indexes_of, runs_of
from common.domain.reasons import Rejected

_NOTHING = {
    Move.HOLD: "nothing_to_hold",
    Move.FIRE: "nothing_to_fire",
    Move.START: "nothing_to_start",
    Move.READY: "nothing_to_ready",
    Move.SERVE: "nothing_to_serve",
    Move.VOID: "nothing_to_void",
    Move.RECALL: "nothing_to_recall",
    Move.UNSERVE: "nothing_to_recall",
}


def choose(order: Order, choices: Sequence[cmd.Choice], move: Move) -> ev.Picks | Rejected:
    """The portions that a command means, a combo's own line standing for its dishes."""
    chosen: dict[LineId, set[int]] = {}
    for choice in choices:
        line = order.lines.get(choice.line)
        if line is None:
            return Rejected("unknown_line")
        for dish in line.dishes:
            chosen.setdefault(dish.id, set()).update(_meant(dish, choice, move))
    picks = tuple(pick_of(order.lines[line], chosen[line]) for line in chosen if chosen[line])
    return picks or Rejected(_NOTHING[move])


def _meant(line: Line, choice: cmd.Choice, move: Move) -> list[int]:
    if choice.runs is not None:
        named = indexes_of(choice.runs, len(line.portions))
        return [index for index in named if line.portions[index].state in MOVES[move]]
    able = [index for state in PREFERRED[move] for index in line.indexes(state)]
    return able[: choice.count]


def pick_of(line: Line, indexes: Iterable[int]) -> ev.Pick:
    """These portions of a line, as one knows it who decides now."""
    return ev.Pick(line.id, runs_of(indexes), len(line.changes))


def lines_of(order: Order, picks: ev.Picks) -> list[Line]:
    """The lines that are picked from."""
    return [order.lines[pick.line] for pick in picks]
