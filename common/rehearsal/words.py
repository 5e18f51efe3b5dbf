"""What a rehearsal says to people, in both languages."""

from __future__ import annotations

from collections.abc import Mapping

from common.domain.reasons import Words

WORDS: Mapping[str, Words] = {
    "no_file": Words("找不到文件：{path}", "There is no such file: {path}"),
    "unreadable": Words("读不了 {path}：{why}", "{path} can't be read: {why}"),
    "unwritable": Words("写不了 {path}：{why}", "{path} can't be written: {why}"),
    "bad_menu": Words("菜单 {path} 用不了。{why}", "The menu {path} can't be used. {why}"),
    "bad_floor": Words("平面图 {path} 用不了。{why}", "The floor plan {path} can't be used. {why}"),
    "no_orders": Words(
        "{path} 里没有一单可以收。", "There is no order in {path} that can be taken."
    ),
    "not_empty": Words(
        "{path} 里已经有东西，没有动它。请换一个空文件夹。",
        "{path} holds something already and was not touched. Name an empty folder.",
    ),
    "rate_or_max": Words("--rate 和 --max 只能选一个。", "Give either --rate or --max."),
    "bad_changes": Words(
        "--changes 要一个整数，或 off。", "--changes takes a whole number, or off."
    ),
    "bad_kill": Words(
        "--kill {text}：请写成 节点@秒，例如 {example}@5。",
        "--kill {text}: write it as NODE@SECONDS, such as {example}@5.",
    ),
    "no_node": Words(
        "没有叫“{name}”的节点。可选：{names}。",
        "No node is called “{name}”. There are: {names}.",
    ),
    "refused_line": Words("第 {line} 行没有收：{why}", "Line {line} was refused: {why}"),
    "starting": Words("启动 {nodes} 个节点……", "Starting {nodes} nodes …"),
    "playing": Words(
        "下单 {submitted}/{total}，收下 {accepted}，上齐 {served}",
        "{submitted}/{total} orders sent, {accepted} taken, {served} served",
    ),
    "auditing": Words("核对各节点的文件……", "Comparing the nodes' files …"),
    "stopped": Words("已中止，节点都已停下。", "Stopped; every node has ended."),
    "passed": Words("通过：一单不少，一单不多。", "Passed: nothing lost, nothing twice."),
    "failed": Words("没有通过。", "Failed."),
    "not_finished": Words(
        "没有演完：有订单没有上齐，或节点没有对齐。",
        "It did not come to its end: orders were not all served, or nodes did not agree.",
    ),
    "kept": Words("全部文件在 {path}。", "Everything is kept in {path}."),
    "title": Words("排演", "Rehearsal"),
    "orders": Words("订单", "orders"),
    "lines": Words("菜", "lines"),
    "refused": Words("没有收的行", "refused lines"),
    "stored": Words("各处都已存下", "stored everywhere"),
    "shown": Words("屏幕已显示的单子", "tickets shown on screens"),
    "no_screens": Words("没有开屏幕", "no screens"),
    "served": Words("上齐", "served"),
    "lost": Words("丢失", "lost"),
    "unexpected": Words("多出", "unexpected"),
    "duplicates": Words("重复", "duplicates"),
    "mirrors_equal": Words("各节点一致", "nodes agree"),
    "stored_ms": Words("存到最后一处，毫秒", "to the last disk, ms"),
    "floor_ms": Words("同机直线程序，毫秒", "straight line beside it, ms"),
    "round_trip_ms": Words("完成到柜台得知，毫秒", "ready to counter, ms"),
    "service_s": Words("从开门到上齐，秒", "doors open to all served, s"),
    "wall_s": Words("总共，秒", "in all, s"),
    "peak_rss_mb": Words("最大节点内存，MB", "largest node, MB"),
    "kill": Words("杀掉 {node}，第 {at} 秒", "killed {node} at {at} s"),
    "kill_missed": Words(
        "没能杀掉 {node}：它当时没有运行", "{node} could not be killed: it was not running"
    ),
    "demo_title": Words("示范餐厅 · 机器人在上班", "Sample restaurant · robots at work"),
    "demo_counts": Words(
        "{seconds} 秒 · 收下 {accepted} 单 · 上齐 {served} 单",
        "{seconds} s · {accepted} orders taken · {served} served",
    ),
    "demo_trace": Words("其中一单的全程：", "The way of one of them:"),
    "number": Words("单号", "no."),
    "table": Words("桌", "table"),
    "age": Words("已等", "age"),
    "fired": Words("新", "new"),
    "cooking": Words("在做", "cook"),
    "ready": Words("好了", "ready"),
    "dish_served": Words("已上", "served"),
    "void": Words("退", "void"),
    "dine_in": Words("堂食", "dine-in"),
    "qr": Words("扫码", "QR"),
    "delivery": Words("外卖", "delivery"),
    "takeaway": Words("自取", "takeaway"),
    "phone": Words("电话", "phone"),
    "pos": Words("收银", "till"),
    "held": Words("等叫", "held"),
    "OrderSubmitted": Words("下单", "order"),
    "LinesAdded": Words("加菜", "added"),
    "LineChanged": Words("改菜", "changed"),
    "LinesStarted": Words("开做", "started"),
    "LinesReady": Words("做好", "ready"),
    "TicketBumped": Words("出单", "bumped"),
    "LinesServed": Words("上菜", "served"),
    "LinesVoided": Words("退菜", "voided"),
    "LinesRecalled": Words("收回", "recalled"),
    "LinesHeld": Words("叫起", "on hold"),
    "LinesFired": Words("起菜", "fired"),
    "PaymentTaken": Words("收款", "paid"),
    "bill_total": Words("合计 {total} {currency}", "total {total} {currency}"),
    "bill_due": Words("已收 {paid}，还差 {due}", "paid {paid}, due {due}"),
    "bill_over": Words("已收 {paid}，多收 {due}", "paid {paid}, too much by {due}"),
    "unknown": Words("不知道", "unknown"),
    "unknown_since": Words("{at} 起不知道", "unknown since {at}"),
    "OrderRushed": Words("催菜", "rushed"),
    "TicketShown": Words("已显示", "shown"),
    "TicketSeen": Words("已看", "seen"),
    "yes": Words("是", "yes"),
    "no": Words("否", "no"),
}


def say(what: str, lang: str, **params: object) -> str:
    """A sentence in a language."""
    words = WORDS[what]
    return (words.zh if lang == "zh" else words.en).format(**params)


def word(code: str, lang: str) -> str:
    """A code of orders or events as people say it; as it is if nobody has a word for it."""
    return say("dish_served" if code == "served" else code, lang) if code in WORDS else code
