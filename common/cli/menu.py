"""`passline menu`: bring a menu, and a floor plan, into a running node."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from common.cli._lang import Verb, lang_option, language, option, pick
from common.cli._places import home_option, node_folders
from common.errors import KnownError
from common.rehearsal.words import say

if TYPE_CHECKING:
    from common.domain.commands import AnyCommand
    from common.domain.floor import Floor
    from common.domain.menu import Menu

T = TypeVar("T")
ACTOR = "cli:menu"
FILE = click.Path(path_type=Path, dir_okay=False)


@click.command(
    "menu",
    cls=Verb,
    short_help="Bring a menu and a floor plan in.",
    short_zh="导入菜单和平面图。",
    zh="把菜单导入本机的一个节点，其余机器从它那里得到。\n\n"
    "MENU.json 是菜单；NODE 是节点，默认本机任意一个。",
)
@option("--floor", type=FILE, zh="平面图，JSON。", en="A floor plan, as JSON.")
@home_option
@lang_option
@click.argument("menu", type=FILE, metavar="MENU.json")
@click.argument("name", required=False, metavar="[NODE]")
def command(menu: Path, floor: Path | None, home: Path, name: str | None) -> None:
    """Bring MENU.json into a node of this machine; the other machines get it from there.

    NODE is any that answers by default. What is wrong with a file is told, and nothing changes.
    """
    from common.domain.floor import read_floor
    from common.domain.menu import read_menu
    from common.node.talk import ask_each, no_answer, tell

    dishes = _read(menu, read_menu, "bad_menu")
    plan = None if floor is None else _read(floor, read_floor, "bad_floor")
    folders = node_folders(home, (name,) if name else ())
    answers = ask_each(folders, "roles")
    folder = next((each for each in folders if each in answers), None)
    if folder is None:
        raise no_answer(folders[0])
    for said in _found(dishes, plan, answers[folder]):
        click.echo(said)
    refused = tell(folder, _commands(dishes, plan))
    if refused is not None:
        why = refused.text(language())
        raise KnownError(
            f"{folder.name} did not take it, and the menu is the one it was. {why}",
            f"{folder.name} 没有收下，菜单还是原来的。{why}",
        )
    click.echo(
        pick(
            f"{folder.name} 已存下，其余机器从它那里得到。",
            f"{folder.name} has stored it; the other machines get it from there.",
        )
    )


def _read(path: Path, read: Callable[[bytes], T], refused_as: str) -> T:
    """What is in a file. Raises KnownError."""
    from common.domain.reasons import Refused

    lang = language()
    try:
        return read(path.read_bytes())
    except FileNotFoundError as error:
        raise KnownError(say("no_file", lang, path=path)) from error
    except OSError as error:
        raise KnownError(say("unreadable", lang, path=path, why=error.strerror)) from error
    except Refused as refused:
        raise KnownError(say(refused_as, lang, path=path, why=refused.reason.text(lang))) from None


def _commands(menu: Menu, floor: Floor | None) -> list[AnyCommand]:
    from common.domain.floor import floor_command
    from common.domain.ids import ID_SIZE
    from common.domain.menu import menu_commands

    def new_id() -> bytes:
        return secrets.token_bytes(ID_SIZE)

    plans = [] if floor is None else [floor_command(floor, new_id(), ACTOR)]
    return [*menu_commands(menu, new_id, ACTOR), *plans]


def _found(menu: Menu, floor: Floor | None, told: dict[str, Any]) -> Iterator[str]:
    """What was read, and what should be put right though it was taken."""
    dishes, stations, categories = map(len, (menu.dishes, menu.stations, menu.categories))
    yield pick(
        f"菜单：{dishes} 个菜，{stations} 个档口，{categories} 个分类，{menu.currency}",
        f"menu: {dishes} dishes, {stations} stations, {categories} categories, {menu.currency}",
    )
    for note in menu.notes:
        yield f"  {note.text(language())}"
    held = {role for node in told["nodes"] for role in node["roles"]}
    missing = [station.id for station in menu.stations if station.id not in held]
    if missing:
        which = ", ".join(missing)
        yield pick(
            f"  没有机器担任这些档口，它们的菜没有屏幕显示：{which}",
            f"  no machine holds these stations, and no screen shows their dishes: {which}",
        )
    if floor is not None:
        tables, areas = len(floor.tables), len(floor.areas)
        en = f"floor plan: {tables} tables, {areas} areas"
        yield pick(f"平面图：{tables} 张桌，{areas} 个区域", en)
