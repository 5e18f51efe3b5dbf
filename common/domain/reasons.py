"""Why something was refused, said to people in both languages: what is wrong and what to do.

A refusal travels as its code and parameters; each screen words it in its own language. A code is
never reused for another meaning; a code of a later version is shown as it is.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

import msgspec


class Words(NamedTuple):
    """One refusal in both languages, with the same `{parameters}`."""

    zh: str
    en: str


ORDER_FILE: Mapping[str, Words] = {
    "broken_json": Words(
        "内容不是完整的 JSON。请在来源处检查后重发。",
        "This is not valid JSON. Check it where it comes from and send it again.",
    ),
    "repeated_key": Words(
        "“{key}”写了两次，不知道以哪个为准。请只留一个后重发。",
        "“{key}” is given twice and it is unclear which one counts. Keep one and send it again.",
    ),
    "not_an_object": Words(
        "这里应是一个 JSON 对象（{{…}}）。请检查后重发。",
        "A JSON object ({{…}}) is expected here. Check it and send it again.",
    ),
    "no_lines": Words(
        "这一单没有菜。请至少点一个菜。",
        "This order has no dishes. Add at least one.",
    ),
    "bad_quantity": Words(
        "第 {line} 个菜的数量不对。请填大于 0、不超过 9999 的数，最多三位小数。",
        "The quantity of dish {line} is not usable. Give a number above 0 and up to 9999, with at "
        "most three decimals.",
    ),
    "bad_price": Words(
        "“{key}”不是可用的金额。请填数字，小数位不要超过这种货币的位数。",
        "“{key}” is not a usable amount. Give a number with no more decimals than the currency "
        "has.",
    ),
    "no_name": Words(
        "第 {line} 个菜没有名称，也没有编号（sku）。请补上其中一个。",
        "Dish {line} has neither a name nor a sku. Give one of them.",
    ),
    "bad_value": Words(
        "“{key}”的值无法理解。请对照订单格式修改后重发。",
        "The value of “{key}” can't be understood. Compare it with the format and send it again.",
    ),
    "bad_time": Words(
        "“{key}”不是可用的时间。请写成带时区的格式，例如 2026-01-31T18:30:00+08:00。",
        "“{key}” is not a usable time. Write it with its offset, such as "
        "2026-01-31T18:30:00+08:00.",
    ),
    "too_long": Words(
        "“{key}”太长，最多 {limit}。请缩短后重发。",
        "“{key}” is too long, {limit} at most. Shorten it and send it again.",
    ),
    "repeated_ref": Words(
        "单号“{ref}”在第 {line} 行已经出现过，这一行没有再收。如果是另一单，请换一个单号。",
        "Reference “{ref}” was already on line {line}, so this one was not taken. If it is another "
        "order, give it a reference of its own.",
    ),
}
"""What the reader of orders refuses; `line` of a dish and of a file count from 1."""

MENU: Mapping[str, Words] = {
    "menu_empty": Words(
        "菜单里没有菜。请检查“items”。",
        "The menu has no dishes. Check “items”.",
    ),
    "menu_no_currency": Words(
        "菜单没有写明货币。请在“currency”填三个字母的代码，例如 CNY。",
        "The menu names no currency. Give “currency” its three-letter code, such as CNY.",
    ),
    "menu_no_sku": Words(
        "菜单第 {item} 个菜没有编号（sku）。请补上。",
        "Dish {item} of the menu has no sku. Give it one.",
    ),
    "menu_no_name": Words(
        "“{key}”没有名称。请至少写一种语言的名称。",
        "“{key}” has no name. Give it a name in at least one language.",
    ),
    "menu_repeated_sku": Words(
        "菜单第 {item} 个菜的编号“{sku}”与第 {first} 个相同，暂以第 {first} 个为准。"
        "请改成不同的编号。",
        "Dish {item} of the menu has the same sku “{sku}” as dish {first}, so dish {first} counts. "
        "Give each its own.",
    ),
    "menu_repeated_id": Words(
        "“{key}”的编号“{id}”用了两次。请改成不同的编号。",
        "The id “{id}” in “{key}” is used twice. Give each its own.",
    ),
    "menu_unknown_station": Words(
        "菜“{sku}”的档口“{station}”不在档口列表里。请改正，或把它加进“stations”。",
        "Dish “{sku}” names the station “{station}”, which is not listed. Correct it or add it to "
        "“stations”.",
    ),
    "menu_too_large": Words(
        "“{key}”的内容太多，放不下。请精简后再导入。",
        "“{key}” holds more than fits. Shorten it and import the menu again.",
    ),
}
"""What the reader of menus refuses besides; a repeated sku it only reports."""

FLOOR: Mapping[str, Words] = {
    "floor_unit": Words(
        "平面图要以米为单位。请在“unit”填 m。",
        "A floor plan is in metres. Give “unit” as m.",
    ),
    "floor_empty": Words(
        "平面图里没有桌子。请检查“tables”。",
        "The floor plan has no tables. Check “tables”.",
    ),
    "floor_unknown_area": Words(
        "桌子“{table}”所在的区域“{area}”不在区域列表里。请改正，或把它加进“areas”。",
        "Table “{table}” names the area “{area}”, which is not listed. Correct it or add it to "
        "“areas”.",
    ),
    "floor_bad_length": Words(
        "“{key}”不是可用的长度。请填以米为单位的数，不为负，宽和高大于 0，最多三位小数。",
        "“{key}” is not a usable length. Give metres, not below 0, width and height above 0, with "
        "at most three decimals.",
    ),
    "floor_too_large": Words(
        "平面图的内容太多，放不下。请精简后再导入。",
        "The floor plan holds more than fits. Shorten it and import it again.",
    ),
}
"""What the reader of floor plans refuses, beside what it shares with the menu's."""

DECIDE: Mapping[str, Words] = {
    "unknown_order": Words(
        "没有找到这一单。请核对单号。",
        "This order was not found. Check its number.",
    ),
    "unknown_line": Words(
        "这一单里没有这个菜。请看最新的单子再操作。",
        "This dish is not on the order. Look at the order again and retry.",
    ),
    "duplicate_order_id": Words(
        "这一单已经收过，没有重复下单。如果是新的一单，请重新点单。",
        "This order was already taken and was not taken twice. If it is a new one, enter it again.",
    ),
    "duplicate_ref": Words(
        "这一单已经收过，单号是 {number}，没有重复下单。",
        "This order was already taken as {number} and was not taken twice.",
    ),
    "nothing_to_start": Words(
        "没有可以开始做的菜：可能已经开始、完成或退掉了。请看最新的单子。",
        "There is nothing to start: it may be started, ready or voided already. Look at the ticket "
        "again.",
    ),
    "nothing_to_ready": Words(
        "没有可以完成的菜：可能已经完成或退掉了。请看最新的单子。",
        "There is nothing to mark ready: it may be ready or voided already. Look at the ticket "
        "again.",
    ),
    "nothing_to_serve": Words(
        "没有可以上餐的菜：可能还没完成，或者已经上餐了。请看最新的单子。",
        "There is nothing to serve: it may not be ready yet, or served already. Look at the order "
        "again.",
    ),
    "nothing_to_void": Words(
        "没有可以退的菜：可能已经退掉了。请看最新的单子。",
        "There is nothing to void: it may be voided already. Look at the order again.",
    ),
    "nothing_to_hold": Words(
        "没有可以等叫的菜：可能已经在等，或者已经开始做了。请看最新的单子。",
        "There is nothing to hold: it may be on hold already, or started. Look at the order again.",
    ),
    "nothing_to_fire": Words(
        "没有等叫的菜可以起：可能已经起菜，或者已经开始做了。请看最新的单子。",
        "There is nothing to fire: it may be fired already, or started. Look at the order again.",
    ),
    "nothing_to_recall": Words(
        "没有可以找回的菜：可能已经找回，或者还没完成。请看最新的单子。",
        "There is nothing to recall: it may be recalled already, or not ready yet. Look at the "
        "order again.",
    ),
    "nothing_to_bump": Words(
        "这张单子上没有可以划掉的菜。请看最新的单子。",
        "There is nothing to bump on this ticket. Look at the ticket again.",
    ),
    "nothing_due": Words(
        "没有收款：这一单还要收 {due} {currency}。请看最新的账单。",
        "Nothing was taken: {due} {currency} is due for this order. Look at the bill again.",
    ),
    "more_than_due": Words(
        "没有收款：金额多了，这一单只要收 {due} {currency}。请改后再收。",
        "Nothing was taken: that is too much, only {due} {currency} is due. Correct the amount.",
    ),
    "nothing_to_note": Words(
        "这些内容已经记下，不用再操作。",
        "This is noted already; there is nothing to do.",
    ),
    "ticket_closed": Words(
        "这张单子已经划掉了。如果还没做完，请先找回。",
        "This ticket is bumped already. If it is not done, recall it first.",
    ),
    "already_ready": Words(
        "这个菜已经完成，来不及改了。请退菜后重新点，或与厨房商量。",
        "This dish is ready, so the change comes too late. Void it and order again, or ask the "
        "kitchen.",
    ),
    "not_changed": Words(
        "内容和原来一样，没有改动。",
        "This is the same as before; nothing was changed.",
    ),
    "line_too_large": Words(
        "有一个菜的内容太多，放不进一张单子。请缩短备注或减少做法。",
        "One dish holds more than fits on a ticket. Shorten its note or take fewer modifiers.",
    ),
    "order_too_large": Words(
        "这一单太大。请分成几单。",
        "This order is too large. Split it into several.",
    ),
    "unknown_station": Words(
        "没有这个档口。请检查这台屏幕的设置。",
        "There is no such station. Check this screen's settings.",
    ),
    "store_not_set_up": Words(
        "门店还没有设置好。请让技术人员完成安装。",
        "The store is not set up yet. Ask the technician to finish the installation.",
    ),
    "no_menu_version": Words(
        "还没有收到这份菜单的菜。请重新导入菜单。",
        "The dishes of this menu have not arrived. Import the menu again.",
    ),
    "order_closed": Words(
        "这一单已经结束，不能再改。请开新的一单。",
        "This order is closed and can't be changed. Open a new one.",
    ),
    "full_disk": Words(
        "这台机器的磁盘已满，刚才的操作没有保存。请先用别的屏幕，并通知技术人员。",
        "This machine's disk is full and what you did was not saved. Use another screen and tell "
        "the technician.",
    ),
    "bad_command": Words(
        "这个请求无法理解，没有执行。请更新这台屏幕，或通知技术人员。",
        "This request can't be understood and was not carried out. Update this screen or tell the "
        "technician.",
    ),
}
"""What a node refuses when it decides a command."""

CATALOGUE: Mapping[str, Words] = {**ORDER_FILE, **MENU, **FLOOR, **DECIDE}
"""Every refusal there is, by code."""

_UNKNOWN = Words("没有收下（{code}）。请通知技术人员。", "Not taken ({code}). Tell the technician.")


class _Params(dict[str, str | int]):
    """A refusal must never fail to be shown, whatever an older or newer node put into it."""

    def __missing__(self, key: str) -> str:
        return "?"


class Rejected(msgspec.Struct, frozen=True, omit_defaults=True):
    """A refusal: its code in the catalogue and what the sentence names."""

    code: str
    params: Mapping[str, str | int] = {}

    def text(self, lang: str) -> str:
        """The sentence in a language: `zh`, `zh_CN` … or else English."""
        words = CATALOGUE.get(self.code)
        params = _Params(self.params)
        if words is None:
            words, params = _UNKNOWN, _Params(code=self.code)
        return (words.zh if lang.startswith("zh") else words.en).format_map(params)


class Refused(ValueError):
    """Raised by readers of what came from outside."""

    def __init__(self, reason: Rejected) -> None:
        super().__init__(reason.text("en"))
        self.reason = reason
