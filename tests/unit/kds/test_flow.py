"""Where cards stand, whatever is on them."""

from itertools import groupby, pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from kds.screens.flow import WASTE, Block, Page, Part, columns, flow, grid

GAP = 16
TORN = 12


@st.composite
def _blocks(draw: st.DrawFn) -> list[Block]:
    """Cards whose head and any one row stand together in the lowest column of the tests."""
    blocks = []
    for nth in range(draw(st.integers(0, 30))):
        rows = draw(st.lists(st.tuples(st.integers(20, 150), st.booleans()), min_size=1))
        head = draw(st.integers(60, 200))
        blocks.append(
            Block(
                key=str(nth),
                head=head,
                again=min(head, 90),
                rows=tuple(height for height, _ in rows),
                tied=(False, *(tied for _, tied in rows[1:])),
                foot=draw(st.integers(0, 40)),
                torn=TORN,
            )
        )
    return blocks


@st.composite
def _pages(draw: st.DrawFn) -> tuple[Page, int, int]:
    width, height = draw(st.integers(300, 2600)), draw(st.integers(500, 1600))
    if draw(st.booleans()):
        return columns(width, height, 250, GAP), width, height
    return grid(width, height, 250, GAP, lowest=450), width, height


@settings(max_examples=60)
@given(_blocks(), _pages())
def test_every_row_stands_once_in_its_order_and_all_cards_inside_without_touching(
    blocks: list[Block], page_size: tuple[Page, int, int]
) -> None:
    page, width, height = page_size
    parts = flow(blocks, page)
    rows: dict[str, list[int]] = {}
    for part in parts:
        rows.setdefault(part.key, []).extend(range(part.first, part.end))
        assert part.x >= GAP
        assert part.x + page.width <= width - GAP
        assert part.y >= GAP
        assert part.y + part.height <= height - GAP
    assert rows == {block.key: list(range(len(block.rows))) for block in blocks}
    assert list(rows) == [block.key for block in blocks]
    for before, after in pairwise(parts):
        place = (before.page, before.x, before.y)
        assert place < (after.page, after.x, after.y)
        if (before.page, before.x) == (after.page, after.x):
            assert after.y >= before.y + before.height + GAP


@settings(max_examples=40)
@given(_blocks(), _pages())
def test_a_page_has_a_key_for_each_of_its_tickets_and_both_sides_of_a_tear_are_torn(
    blocks: list[Block], page_size: tuple[Page, int, int]
) -> None:
    parts = flow(blocks, page_size[0])
    for _, here in groupby(parts, lambda part: part.page):
        assert len({part.key for part in here}) <= page_size[0].most
    for before, after in pairwise(parts):
        assert before.torn_bottom == after.torn_top == (before.key == after.key)


def _block(key: str, rows: int, tied: tuple[bool, ...] = ()) -> Block:
    return Block(key, 100, 60, (50,) * rows, tied or (False,) * rows, 0, TORN)


PAGE = columns(1000, 632, 300, GAP)
"""Three columns of 600."""


def _by_place(parts: list[Part]) -> list[tuple[str, int, int, int]]:
    return [(part.key, part.page, part.x // 320, part.end - part.first) for part in parts]


def test_a_card_that_fits_into_a_column_is_kept_whole_where_that_wastes_little() -> None:
    parts = flow([_block("a", 6), _block("b", 5)], PAGE)
    assert 600 - parts[0].height - GAP < 600 * WASTE
    assert _by_place(parts) == [("a", 0, 0, 6), ("b", 0, 1, 5)]


def test_a_card_longer_than_a_column_goes_on_in_the_next() -> None:
    assert _by_place(flow([_block("a", 15)], PAGE)) == [("a", 0, 0, 9), ("a", 0, 1, 6)]


def test_a_dish_is_not_torn_from_its_wishes() -> None:
    tied = tuple(nth in (8, 9, 10) for nth in range(15))
    assert _by_place(flow([_block("a", 15, tied)], PAGE)) == [("a", 0, 0, 7), ("a", 0, 1, 8)]


def test_a_card_goes_over_to_the_next_page_only_if_one_page_is_too_small_for_it() -> None:
    parts = flow([_block("a", 6), _block("b", 6), _block("c", 20)], PAGE)
    assert {part.page for part in parts if part.key == "c"} == {1}
    parts = flow([_block("a", 60)], PAGE)
    assert {part.page for part in parts} == {0, 1, 2}


def test_a_cell_of_the_grid_has_one_card() -> None:
    page = grid(1000, 632, 300, GAP, lowest=280)
    assert len(page.bins) == 6
    parts = flow([_block("a", 1), _block("b", 1), _block("c", 5), _block("d", 1)], page)
    assert [(part.key, part.x // 320, part.y > 300) for part in parts] == [
        ("a", 0, False),
        ("b", 0, True),
        ("c", 1, False),
        ("c", 1, True),
        ("d", 2, False),
    ]
