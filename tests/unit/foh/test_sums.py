"""What is not sent yet costs the same as the bill will say."""

from __future__ import annotations

from common.domain.commands import ModifierInput
from common.ui.scenes import build
from foh.drafts import DraftLine
from foh.menu_card import read_card
from foh.sums import amount, draft_line


def test_amounts_are_said_with_their_currency() -> None:
    assert amount(3800, "CNY") == "¥38.00"
    assert amount(3800, "CNY", short=True) == "¥38"
    assert amount(1175, "USD", short=True) == "$11.75"
    assert amount(1200, "JPY") == "¥1200"
    assert amount(-2450, "CNY") == "−¥24.50"
    assert amount(1500, "KWD") == "KWD 1.500"


def test_a_line_costs_its_quantity_with_what_is_added() -> None:
    card = read_card(build("empty").house)
    tofu = ModifierInput("add", "豆腐", "Tofu", "tofu", price=600)
    assert draft_line(DraftLine("1", "boiled-fish", qty=2000, modifiers=(tofu,)), card) == 18800
    assert draft_line(DraftLine("2", "ginger-onion-crab", qty=1250, unit="kg"), card) == 42000
    assert draft_line(DraftLine("3", zh="加菜", price=1555, qty=3000), card) == 4665
    assert draft_line(DraftLine("4", price=333, qty=1500, unit="kg"), card) == 500
