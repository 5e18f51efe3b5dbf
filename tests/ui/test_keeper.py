"""What is begun is kept over a restart, and until the node has it."""

from pathlib import Path

import pytest

from common.domain.commands import LineInput, ModifierInput, OrderInput, SubmitOrder
from foh.drafts import Draft, DraftLine, Drafts, Sending
from foh.keeper import FILE, UNREAD, Keeper

LINE = DraftLine("new 1", "kung-pao", "宫保鸡丁", "Kung Pao", note="少油")


def sending(draft: Draft) -> Sending:
    order = OrderInput(lines=(LineInput(sku="kung-pao"),), table="8")
    return Sending("table 8", draft, SubmitOrder(cmd_id=bytes(16), order_id=bytes(16), order=order))


@pytest.fixture
def keeper(qapp: object, tmp_path: Path) -> Keeper:
    return Keeper(tmp_path)


def test_drafts_outlive_the_program(keeper: Keeper, tmp_path: Path) -> None:
    wish = ModifierInput("choice", "微辣", "Mild", "mild")
    line = DraftLine("new 1", "kung-pao", modifiers=(wish,), hold=True)
    draft = Draft(table="8", covers=4, lines=(line,))
    keeper.drafts.put("table 8", draft)
    keeper.drafts.send(sending(draft))
    keeper.drafts.put("guest 2", Draft(channel="takeaway", lines=(LINE,)))
    keeper.changed()
    keeper.close()
    assert (tmp_path / FILE).stat().st_mode & 0o777 == 0o600
    again = Keeper(tmp_path)
    assert again.drafts == keeper.drafts
    again.close()


def test_when_all_is_sent_nothing_is_left(keeper: Keeper, tmp_path: Path) -> None:
    keeper.drafts.put("guest 1", Draft(lines=(LINE,)))
    keeper.flush()
    assert (tmp_path / FILE).exists()
    keeper.drafts.put("guest 1", Draft())
    keeper.close()
    assert not (tmp_path / FILE).exists()


def test_what_cannot_be_read_is_put_aside(
    qapp: object, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / FILE).write_text("{half", encoding="utf-8")
    keeper = Keeper(tmp_path)
    assert keeper.drafts == Drafts()
    assert (tmp_path / UNREAD).read_text(encoding="utf-8") == "{half"
    assert "put aside" in caplog.text
    keeper.close()


def test_a_scene_keeps_nothing(qapp: object) -> None:
    keeper = Keeper(None)
    keeper.drafts.put("guest 1", Draft(lines=(LINE,)))
    keeper.changed()
    keeper.close()
