"""`passline shot`: what it asks the screen's program for."""

import subprocess
import sys

import pytest
from click.testing import CliRunner

from common.cli import cli


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    """The programs that were started, all of which end with 3."""
    started: list[list[str]] = []

    def call(argv: list[str]) -> int:
        started.append(argv)
        return 3

    monkeypatch.setattr(subprocess, "call", call)
    return started


def test_one_picture_is_asked_of_the_screen_s_program(asked: list[list[str]]) -> None:
    wish = ("--scene", "quiet", "--size", "800x600", "--lang", "en")
    result = CliRunner().invoke(cli, ["shot", *wish, "--palette", "counter", "out.png"])
    assert result.exit_code == 3
    program = (sys.executable, "-P", "-m", "kds", "--offscreen")
    wanted = ("--role", "wok", *wish, "--palette", "counter", "--shot", "out.png")
    assert asked == [[*program, *wanted]]


def test_all_pictures_are_asked_of_one_process_a_program(asked: list[list[str]]) -> None:
    CliRunner().invoke(cli, ["shot", "--all", "pictures"])
    wanted = ("--offscreen", "--gallery", "pictures")
    assert asked == [[sys.executable, "-P", "-m", name, *wanted] for name in ("kds", "foh")]


@pytest.mark.parametrize("words", [(), ("--all", "here", "out.png")])
def test_it_is_said_where_pictures_go(asked: list[list[str]], words: tuple[str, ...]) -> None:
    result = CliRunner().invoke(cli, ["shot", *words])
    assert result.exit_code == 1
    assert "OUT.png" in result.output
    assert not asked
