"""The verbs at the terminal: light to start, calm when something is wrong, in both languages."""

from __future__ import annotations

import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import click
import pytest
from click.testing import CliRunner, Result

from common.cli import cli, trace
from common.cli.init import read_plan
from common.cli.trace import show_trace
from common.domain.reasons import Rejected
from common.errors import KnownError
from common.mesh.keys import SealCost
from common.node import setup, talk
from tests.helpers.store import CHEAP, found

ROOT = Path(__file__).parents[3]
HEAVY = {"sqlalchemy", "alembic", "zmq", "nacl", "rich", "sqlite3"}


@pytest.fixture(autouse=True)
def language(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PASSLINE_LANG", "en")


def run(*words: str) -> Result:
    """A verb as the terminal runs it; a bug fails the test with its trace."""
    result = CliRunner().invoke(cli, words)
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result


# -- starting


def test_help_lists_the_verbs_and_each_can_tell_about_itself() -> None:
    context = click.Context(cli)
    verbs = cli.list_commands(context)
    assert {"init", "node", "start", "status", "trace"} <= set(verbs)
    listed = run("--help").output
    for verb in verbs:
        assert f"\n  {verb} " in listed
        assert run(verb, "--help").exit_code == 0


def test_the_version_is_the_project_s() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert run("--version").output == f"passline, version {project['version']}\n"


def test_help_speaks_chinese() -> None:
    for words in ((), ("init",), ("rehearse",)):
        told = run("--lang", "zh", *words, "--help").output
        assert told.startswith("用法：")
        assert "显示这段说明" in told


def test_what_is_no_verb_is_not_run() -> None:
    for word in ("_places", "_lang", "reboot"):
        assert run(word).exit_code == 2


def test_no_verb_loads_what_only_its_work_needs() -> None:
    program = (
        "import sys\n"
        "from click.testing import CliRunner\n"
        "from common.cli import cli\n"
        "verbs = cli.list_commands(None)\n"
        "for words in ([], *([verb] for verb in verbs)):\n"
        "    assert CliRunner().invoke(cli, [*words, '--help']).exit_code == 0\n"
        f"print(sorted({HEAVY!r} & set(sys.modules)))\n"
    )
    ran = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, timeout=60, check=True
    )
    assert ran.stdout == "[]\n"


# -- init


@pytest.mark.parametrize(
    ("text", "nth", "expected"),
    [
        ("wok", 0, ("wok", ("wok",), "tcp://127.0.0.1:7710", "tcp://127.0.0.1:7711")),
        ("wok", 3, ("wok", ("wok",), "tcp://127.0.0.1:7716", "tcp://127.0.0.1:7717")),
        (" 炒锅 ", 0, ("炒锅", ("炒锅",), "tcp://127.0.0.1:7710", "tcp://127.0.0.1:7711")),
        (
            "pc:counter-1+expo@192.168.1.9",
            4,
            ("pc", ("counter-1", "expo"), "tcp://192.168.1.9:7710", "tcp://192.168.1.9:7711"),
        ),
        ("wok@:9000", 1, ("wok", ("wok",), "tcp://127.0.0.1:9000", "tcp://127.0.0.1:9001")),
        ("wok@10.0.0.1:80", 1, ("wok", ("wok",), "tcp://10.0.0.1:80", "tcp://10.0.0.1:81")),
    ],
)
def test_a_node_as_it_is_typed(text: str, nth: int, expected: tuple[object, ...]) -> None:
    plan = read_plan(text, nth)
    assert (plan.name, plan.roles, plan.feed, plan.router) == expected


@pytest.mark.parametrize(
    "text", ["", ":wok", "@10.0.0.1", "wok@h:0", "wok@h:65535", "wok@h:x", "wok@::1"]
)
def test_what_is_no_node_is_refused(text: str) -> None:
    with pytest.raises(KnownError):
        read_plan(text, 0)


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["--nodes", "wok"], "a store needs a counter"),
        (["--nodes", "counter,counter"], "same name"),
        (["--nodes", "counter,"], "is no node"),
        (["--nodes", "counter@wok.local"], "no address"),
        (["--nodes", "counter", "--tz", "Mars"], "time zone"),
        (["--nodes", "counter", "--day-start", "25:00"], "time of day"),
        (["--nodes", "counter", "--day-start", "4"], "time of day"),
        (["--nodes", "counter", "--currency", "YY"], "no currency"),
    ],
)
def test_init_refuses_calmly(tmp_path: Path, words: list[str], says: str) -> None:
    result = run("init", "--home", str(tmp_path), *words)
    assert result.exit_code == 1
    assert result.output.startswith("passline: ")
    assert says in result.output
    assert len(result.output.splitlines()) == 1
    assert list(tmp_path.iterdir()) == []


def test_init_makes_the_folders_and_tells_the_code_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def cheap(*args: object, cost: SealCost = CHEAP, **facts: object) -> setup.Founded:
        return setup_found(*args, cost=cost, **facts)  # type: ignore[arg-type]

    setup_found = setup.found_store
    monkeypatch.setattr(setup, "found_store", cheap)
    words = ("init", "--home", str(tmp_path), "--nodes", "counter-1,wok", "--currency", "eur")
    result = run(*words)
    assert result.exit_code == 0
    assert sorted(path.name for path in tmp_path.iterdir()) == ["counter-1", "wok"]
    assert "Recovery code" in result.output
    again = run(*words)
    assert again.exit_code == 1
    assert "exists already" in again.output


# -- the others, where no node runs


def test_no_nodes_here(tmp_path: Path) -> None:
    for verb in (["start"], ["status"], ["trace", "A1"]):
        result = run(*verb, "--home", str(tmp_path))
        assert (result.exit_code, len(result.output.splitlines())) == (1, 1)
        assert "passline init" in result.output


def test_a_name_that_no_node_has(tmp_path: Path) -> None:
    found(tmp_path, ("counter-1",))
    for words in (["start", "wok"], ["status", "wok"], ["trace", "--node", "wok", "A1"]):
        result = run(*words, "--home", str(tmp_path))
        assert result.exit_code == 1
        assert "no node called wok" in result.output


def test_a_node_that_does_not_run_is_told_at_once(tmp_path: Path) -> None:
    found(tmp_path, ("counter-1", "wok"))
    status = run("status", "--home", str(tmp_path))
    assert status.exit_code == 1
    assert "wok" in status.output
    trace = run("trace", "A1", "--home", str(tmp_path))
    assert trace.exit_code == 1
    assert "does not answer" in trace.output


def test_a_folder_that_is_no_nodes(tmp_path: Path) -> None:
    result = run("node", str(tmp_path))
    assert result.exit_code == 1
    assert result.output.startswith("passline: ")
    assert "node.toml is missing" in result.output


@pytest.mark.parametrize("damage", ["node.key", "mirror.db", "node.toml"])
def test_a_damaged_node_ends_calmly_and_its_log_says_why(tmp_path: Path, damage: str) -> None:
    folder = found(tmp_path, ("counter-1",))["counter-1"]
    (folder / damage).write_bytes(b"\xff no longer what it was" * 100)
    (folder / "genesis").unlink()  # else a damaged log would be made good from it
    result = run("node", str(folder))
    assert (result.exit_code, len(result.output.splitlines())) == (1, 1)
    assert result.output.startswith("passline: ")
    if damage != "node.toml":
        assert "can't run" in (folder / "passline.log").read_text(encoding="utf-8")


def test_a_key_that_others_can_read_is_not_used(tmp_path: Path) -> None:
    folder = found(tmp_path, ("counter-1",))["counter-1"]
    (folder / "node.key").chmod(0o644)
    result = run("node", str(folder))
    assert result.exit_code == 1
    assert len(result.output.splitlines()) == 1


# -- bringing a menu in


SAMPLE = ROOT / "resources" / "sample"


@pytest.mark.parametrize(
    ("menu", "floor", "says"),
    [
        (None, None, "no such file"),
        ("{", None, "The menu MENU can't be used. This is not valid JSON."),
        ('{"currency": "CNY", "items": []}', None, "The menu has no dishes."),
        ("sample", None, None),
        ("sample", '{"unit": "mm"}', "The floor plan FLOOR can't be used. A floor plan is in met"),
    ],
)
def test_what_is_wrong_with_a_file_is_told_before_any_node_is_asked(
    tmp_path: Path, menu: str | None, floor: str | None, says: str | None
) -> None:
    files = {"MENU": tmp_path / "menu.json", "FLOOR": tmp_path / "floor.json"}
    sample = (SAMPLE / "menu.json").read_text(encoding="utf-8")
    for path, text in ((files["MENU"], menu), (files["FLOOR"], floor)):
        if text is not None:
            path.write_text(sample if text == "sample" else text, encoding="utf-8")
    words = ["menu", "--home", str(tmp_path), str(files["MENU"])]
    result = run(*words, *(["--floor", str(files["FLOOR"])] if floor else []))
    says = says or "no nodes in"
    for name, path in files.items():
        says = says.replace(name, str(path))
    assert result.exit_code == 1
    assert result.output.startswith("passline: ")
    assert says in result.output
    assert len(result.output.splitlines()) == 1


def test_a_menu_waits_for_no_node_that_does_not_run(tmp_path: Path) -> None:
    found(tmp_path / "home")
    words = ["menu", "--home", str(tmp_path / "home"), str(SAMPLE / "menu.json")]
    for more in ([], ["wok"]):
        result = run(*words, *more)
        assert result.exit_code == 1
        assert "does not answer; is it running?" in result.output
    assert "no node called grill" in run(*words, "grill").output


def test_a_menu_that_a_node_refuses_leaves_the_one_that_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folders = found(tmp_path / "home")
    monkeypatch.setattr(talk, "ask_each", lambda *_: {folders["wok"]: {"nodes": []}})
    monkeypatch.setattr(talk, "tell", lambda *_: Rejected("full_disk"))
    result = run("menu", "--home", str(tmp_path / "home"), str(SAMPLE / "menu.json"))
    assert result.exit_code == 1
    said = result.output.splitlines()[-1]
    assert said.startswith("passline: wok did not take it, and the menu is the one it was. This")


# -- languages


@pytest.mark.parametrize(
    ("env", "words", "says"),
    [
        ({"PASSLINE_LANG": "zh"}, [], "没有节点"),
        ({"PASSLINE_LANG": "", "LC_ALL": "zh_CN.UTF-8"}, [], "没有节点"),
        ({"PASSLINE_LANG": "", "LC_ALL": "", "LC_MESSAGES": "", "LANG": "zh_TW"}, [], "没有节点"),
        ({"PASSLINE_LANG": "zh"}, ["--lang", "en"], "no nodes"),
        ({"PASSLINE_LANG": "en"}, ["--lang", "zh"], "没有节点"),
        ({"PASSLINE_LANG": "", "LC_ALL": "de_DE"}, [], "no nodes"),
    ],
)
def test_trouble_is_told_in_the_readers_language(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    env: dict[str, str],
    words: list[str],
    says: str,
) -> None:
    for name, value in env.items():
        monkeypatch.setenv(name, value)
    assert says in run("status", "--home", str(tmp_path), *words).output
    assert says in run(*words, "status", "--home", str(tmp_path)).output


# -- showing


BILL = {"currency": "CNY", "payment": "", "total": 4200, "paid": 0, "due": 0, "payments": []}


@pytest.mark.parametrize(
    ("facts", "says"),
    [
        ({}, ["total 42.00 CNY"]),
        ({"payment": "counter", "due": 4200}, ["total 42.00 CNY", "paid 0.00, due 42.00"]),
        (
            {
                "payment": "counter",
                "paid": 4300,
                "due": -100,
                "payments": [{"at": 2**62, "amount": 4300, "method": "[b]cash"}],
            },
            ["total 42.00 CNY", "paid 43.00, too much by 1.00", "?  43.00  [b]cash"],
        ),
    ],
)
def test_a_trace_tells_the_bill(
    capsys: pytest.CaptureFixture[str], facts: dict[str, Any], says: list[str]
) -> None:
    told: dict[str, Any] = {"number": "A1", "channel": "dine_in", "table": None}
    told |= {"table_name": None, "state": "served", "deliveries": []}
    show_trace(told | {"lines": [], "steps": [], "bill": BILL | facts}, "en")
    shown = [line.strip() for line in capsys.readouterr().out.splitlines()]
    assert shown[-len(says) :] == says


def test_a_trace_shows_people_s_words_as_they_are(capsys: pytest.CaptureFixture[str]) -> None:
    line = {"qty": 1500, "unit": "kg", "station": None, "state": "fired"}
    names = {"zh": "面 [大]", "en": "Noodles [large] [/x]"}
    step = {"at": 2**62, "node": "wok", "kind": "OrderRushed", "actor": "[red]mei", "stored": []}
    told: dict[str, Any] = {"number": "[b]A1", "channel": "dine_in", "table": "orchid"}
    told |= {"table_name": {"zh": "兰亭[1]", "en": "Orchid [1]"}, "state": "fired", "bill": BILL}
    told |= {"deliveries": []}
    show_trace(told | {"lines": [line | names], "steps": [step]}, "en")
    shown = capsys.readouterr().out
    for words in (
        "[b]A1",
        "dine-in · Orchid [1] · new",
        "1.5kg × Noodles [large] [/x]",
        "[red]mei",
        "?",
    ):
        assert words in shown
    show_trace(told | {"lines": [line | names], "steps": [step]}, "zh")
    shown = capsys.readouterr().out
    for words in ("兰亭[1]", "面 [大]"):
        assert words in shown


def way(role: str, at: int, stored: dict[str, int], **times: int | None) -> dict[str, Any]:
    """News for a role, written at the counter at that second."""
    places = [{"node": node, "at": second * 1_000_000} for node, second in stored.items()]
    row: dict[str, Any] = {"role": role, "event": f"{role}{at}", "holders": [role]}
    row |= {"stored": places, "saved": {"node": "counter-1", "at": at * 1_000_000}}
    marks = {"shown": None, "seen": None} | times
    return row | {what: None if s is None else s * 1_000_000 for what, s in marks.items()}


def ways(capsys: pytest.CaptureFixture[str], *rows: dict[str, Any], **more: Any) -> list[list[str]]:
    told: dict[str, Any] = {"number": "A1", "channel": "dine_in", "table": None}
    told |= {"table_name": None, "state": "fired", "bill": BILL}
    told |= {"lines": [], "steps": [], "deliveries": list(rows)}
    show_trace(told | more, "en")
    lines = [line.split() for line in capsys.readouterr().out.splitlines()]
    begun = next(nth for nth, line in enumerate(lines) if line[:2] == ["for", "saved"])
    return [line for line in lines[begun + 2 : begun + 4] if line and line[0] in ("wok", "cold")]


def test_a_trace_tells_when_the_last_news_of_a_role_was_stored_and_by_whom(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(trace, "_clock", lambda at: f"{at // 1_000_000}s")
    first = way("wok", 1, {"wok-2": 3, "wok": 2}, shown=4, seen=5)
    told = ways(capsys, first, way("wok", 10, {"wok": 12}, shown=13), way("cold", 1, {}))
    assert told == [
        ["wok", "10s", "counter-1", "12s", "wok", "13s"],
        ["cold", "1s", "counter-1", "unknown"],
    ]
    (late,) = ways(capsys, first, way("wok", 10, {}, shown=None), heard={"wok": 9_000_000})
    assert late == ["wok", "10s", "counter-1", "unknown", "since", "9s"]


def test_what_one_node_does_not_know_of_a_trace_another_adds() -> None:
    mine = [way("wok", 1, {}), way("cold", 1, {"cold": 2})]
    assert trace.lacking(mine)
    trace.merge(mine, [[way("wok", 1, {"wok": 2}), way("bar", 1, {"bar": 2})], mine])
    assert not trace.lacking(mine)
    assert [len(row["stored"]) for row in mine] == [1, 1]
