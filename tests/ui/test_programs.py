"""`python -m kds` and `passline demo` as people start them."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtGui import QImage

ROOT = Path(__file__).parents[2]
NO_DISPLAY = {"DISPLAY": "", "WAYLAND_DISPLAY": "", "QT_QPA_PLATFORM": ""}


def run(program: str, *words: str, at: Path = ROOT) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", program, *words],
        cwd=at,
        env=os.environ | NO_DISPLAY | {"PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        timeout=100,
        check=False,
    )


def test_a_scene_is_left_as_a_picture(tmp_path: Path) -> None:
    out = tmp_path / "quiet.png"
    ran = run("kds", "--scene", "quiet", "--offscreen", "--size", "1366x768", "--shot", str(out))
    assert (ran.returncode, ran.stderr) == (0, "")
    picture = QImage(str(out))
    assert (picture.width(), picture.height()) == (1366, 768)


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("--data", "nowhere", "--offscreen"), "nowhere is no node's folder"),
        (("--scene", "no-such", "--offscreen"), "there is no scene no-such"),
        (("--scene", "quiet"), "there is no display here"),
    ],
)
def test_what_cannot_be_shown_is_told_in_a_line(words: tuple[str, ...], told: str) -> None:
    ran = run("kds", *words, "--lang", "en")
    assert ran.returncode == 1
    assert ran.stderr.startswith(f"kds: {told}")
    assert ran.stderr.count("\n") == 1


def test_settings_that_cannot_be_used_are_told(tmp_path: Path) -> None:
    (tmp_path / "node.toml").write_text(
        f'name = "wok"\nstore_key = "{"0" * 64}"\nfeed = ""\nrouter = ""\n', encoding="utf-8"
    )
    (tmp_path / "screen.toml").write_text('[keys]\nRigth = "down"\n', encoding="utf-8")
    ran = run("kds", "--data", str(tmp_path), "--offscreen", "--lang", "zh_CN")
    assert ran.returncode == 1
    assert ran.stderr.startswith("kds: [keys] Rigth：没有叫这个名字的键。")


@pytest.mark.mesh
@pytest.mark.slow
@pytest.mark.timeout(150)
def test_a_demo_without_a_display_leaves_pictures_and_a_report(tmp_path: Path) -> None:
    ran = run("common.cli", "demo", "--seconds", "10", "--lang", "en", at=tmp_path)
    assert ran.returncode == 0, ran.stdout + ran.stderr
    assert "demo-out/" in ran.stdout
    report = json.loads((tmp_path / "demo-out" / "report.json").read_text(encoding="utf-8"))
    assert (report["lost"], report["unexpected"]) == (0, 0)
    assert report["shown"] == report["tickets"] > 0
    assert list((tmp_path / "demo-out").glob("*-0*s.png"))
