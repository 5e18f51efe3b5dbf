"""Cards keep their places while a hand is near, whatever comes in."""

from hypothesis import given, settings
from hypothesis import strategies as st

from common.domain.ids import LineId
from kds.screens.board import Board
from kds.screens.flow import columns
from kds.screens.lines import LineView
from kds.screens.sheets import Ruler
from kds.screens.tickets import Section, TicketView
from tests.unit.kds.test_sheets import METRICS, Squares

WIDTH, HEIGHT = 1920, 894
PAGE = columns(WIDTH, HEIGHT, METRICS.card_width, METRICS.margin)
RULER = Ruler(METRICS, Squares(), PAGE.width, PAGE.bins[0].height)

Place = dict[tuple[str, int], tuple[int, int, int, int]]

_TICKETS = st.dictionaries(st.integers(0, 15), st.integers(1, 14), max_size=12)
"""Which tickets are open and how many dishes each has."""


def _view(nth: int, dishes: int) -> TicketView:
    lines = tuple(
        LineView(LineId(bytes(16), at), f"{nth}:{at}", "fish", "鱼", 1, "1", False, "", "")
        for at in range(dishes)
    )
    return TicketView(str(nth), bytes([nth]), "wok", 1, nth, (Section("", lines),), title="8")


def _told(board: Board, tickets: dict[int, int], now: int, *, still: bool) -> None:
    for nth in range(16):
        board.put(bytes([nth]), [_view(nth, tickets[nth])] if nth in tickets else [])
    board.measure(lambda _: "00:00")
    board.settle(now, still=still)


def _places(board: Board) -> Place:
    return {
        (key, piece.part.nth): (piece.part.page, piece.part.x, piece.part.y, piece.part.height)
        for key in board.placed
        for piece in board.pieces(key)
    }


@settings(max_examples=80)
@given(_TICKETS, st.lists(_TICKETS, max_size=4), _TICKETS)
def test_nothing_moves_while_it_must_not_and_then_all_of_it_stands(
    first: dict[int, int], meanwhile: list[dict[int, int]], last: dict[int, int]
) -> None:
    board = Board()
    board.cut_for(RULER, PAGE)
    _told(board, first, 0, still=False)
    before = _places(board)
    numbers = {key: board.number(key) for key in board.on_page(0)}
    for now, tickets in enumerate([*meanwhile, last], 1):
        _told(board, tickets, now, still=True)
        places = _places(board)
        assert places == {piece: before[piece] for piece in before if int(piece[0]) in tickets}
        for key in board.on_page(0):
            assert board.number(key) == numbers[key]
            for piece in board.pieces(key):
                high = sum(row.height for row in piece.sheet.body[piece.first : piece.end])
                assert piece.sheet.head + high <= piece.part.height or piece.part.nth
    _told(board, last, 10, still=False)
    assert [int(key) for key in board.placed] == sorted(last)
    for key in board.placed:
        pieces = board.pieces(key)
        rows = [row for piece in pieces for row in piece.sheet.body[piece.first : piece.end]]
        assert len(rows) == last[int(key)]
        assert all(piece.hidden == 0 for piece in pieces)


def test_a_grown_card_tells_how_many_dishes_it_has_no_room_for() -> None:
    board = Board()
    board.cut_for(RULER, PAGE)
    _told(board, {1: 2}, 0, still=False)
    _told(board, {1: 5}, 1, still=True)
    (piece,) = board.pieces("1")
    assert (piece.end, piece.hidden) == (2, 3)
