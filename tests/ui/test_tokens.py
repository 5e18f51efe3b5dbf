"""Every theme can be read by anyone who can see at all, and is complete."""

import itertools
import math
import re
from pathlib import Path

import pytest

import common
from common.errors import KnownError
from common.ui.geometry import Geometry
from common.ui.tokens import PALETTES, Tokens, read_tokens

ROOT = Path(common.__file__).parents[1]

TEXTS = [
    *itertools.product(["text", "textDim"], ["window", "surface", "raised"]),
    ("text", "flash"),
    ("text", "alarmSurface"),
    ("text", "focusHalo"),
    ("textDim", "flash"),
    *itertools.product(["textFaint", "good", "note"], ["surface", "window"]),
    *itertools.product(["alarm"], ["surface", "window", "alarmSurface"]),
    ("focusText", "focus"),
    ("allergyText", "allergy"),
    ("rushText", "rush"),
    *((f"age{age}Text", f"age{age}") for age in ("Unseen", "Ok", "Warn", "Late")),
    *(("slotText", f"age{age}Slot") for age in ("Unseen", "Ok", "Warn", "Late")),
]
MARKS = [
    *itertools.product(["good", "alarm", "focus", "mark", "textDim"], ["window", "surface"]),
]
AGES = ["ageUnseen", "ageOk", "ageWarn", "ageLate"]


def linear(colour: str) -> list[float]:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    return [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]


def luminance(colour: str) -> float:
    return sum(w * part for w, part in zip((0.2126, 0.7152, 0.0722), linear(colour), strict=True))


def contrast(one: str, other: str) -> float:
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def test_the_measure_is_the_one_of_the_standard() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@pytest.fixture(params=PALETTES)
def tokens(request: pytest.FixtureRequest) -> Tokens:
    return read_tokens(request.param)


@pytest.mark.parametrize("pair", TEXTS, ids=" on ".join)
def test_text_stands_out(tokens: Tokens, pair: tuple[str, str]) -> None:
    assert contrast(*(tokens.colours[name] for name in pair)) >= 4.5


@pytest.mark.parametrize("pair", MARKS, ids=" on ".join)
def test_marks_stand_out(tokens: Tokens, pair: tuple[str, str]) -> None:
    assert contrast(*(tokens.colours[name] for name in pair)) >= 3


# How red, green and blue arrive at an eye without one kind of cones (Machado, Oliveira and
# Fernandes 2009, severity 1.0), on linear light.
BLINDNESS = {
    "protan": [
        (0.152286, 1.052583, -0.204868),
        (0.114503, 0.786281, 0.099216),
        (-0.003882, -0.048116, 1.051998),
    ],
    "deutan": [
        (0.367322, 0.860646, -0.227968),
        (0.280085, 0.672501, 0.047413),
        (-0.011820, 0.042940, 0.968881),
    ],
    "tritan": [
        (1.255528, -0.076749, -0.178779),
        (-0.078411, 0.930809, 0.147602),
        (0.004733, 0.691367, 0.303900),
    ],
}


def lab(rgb: list[float]) -> list[float]:
    r, g, b = (min(max(part, 0), 1) for part in rgb)
    white = (0.95047, 1.0, 1.08883)
    xyz = (
        0.4124 * r + 0.3576 * g + 0.1805 * b,
        0.2126 * r + 0.7152 * g + 0.0722 * b,
        0.0193 * r + 0.1192 * g + 0.9505 * b,
    )
    x, y, z = (
        (v / w) ** (1 / 3) if v / w > 0.008856 else 7.787 * v / w + 16 / 116
        for v, w in zip(xyz, white, strict=True)
    )
    return [116 * y - 16, 500 * (x - y), 200 * (y - z)]


def difference(one: str, other: str, blindness: str) -> float:
    """ΔE*ab of two colours as such an eye sees them."""
    matrix = BLINDNESS[blindness]

    def seen(colour: str) -> list[float]:
        light = linear(colour)
        return lab([sum(k * v for k, v in zip(row, light, strict=True)) for row in matrix])

    return math.dist(seen(one), seen(other))


@pytest.mark.parametrize("name", ["kitchen-safe", "counter-safe"])
@pytest.mark.parametrize("blindness", BLINDNESS)
@pytest.mark.parametrize("pair", list(itertools.combinations(AGES, 2)), ids=" and ".join)
def test_ages_differ_for_the_colour_blind(name: str, blindness: str, pair: tuple[str, str]) -> None:
    colours = read_tokens(name).colours
    assert difference(colours[pair[0]], colours[pair[1]], blindness) >= 20


def test_every_theme_has_the_same_tokens() -> None:
    themes = [read_tokens(name) for name in PALETTES]
    kinds = ("colours", "arcmin", "mm", "ms", "factors")
    for kind in kinds:
        assert len({frozenset(getattr(theme, kind)) for theme in themes}) == 1


@pytest.mark.parametrize("name", ["kitchen", "kitchen-safe"])
def test_the_kitchen_is_readable_and_touchable(name: str) -> None:
    tokens = read_tokens(name)
    assert min(tokens.arcmin[size] for size in ("dishSize", "chipSize")) >= 20
    assert tokens.arcmin["titleSize"] >= 25
    assert tokens.mm["touch"] >= 15


@pytest.mark.parametrize("name", ["counter", "counter-safe"])
def test_the_counter_is_readable_and_touchable(name: str) -> None:
    tokens = read_tokens(name)
    assert tokens.arcmin["dishSize"] >= 20
    assert tokens.arcmin["titleSize"] >= 25
    assert tokens.mm["touch"] >= 10


def test_a_length_for_eye_and_finger_counts_by_the_larger() -> None:
    tokens = Tokens(arcmin={"bar": 20}, mm={"bar": 15})
    assert tokens.sizes(Geometry(distance_m=1.5)) == {"bar": 61}
    assert tokens.sizes(Geometry(distance_m=5)) == {"bar": Geometry(distance_m=5).arcmin(20)}


def test_a_broken_theme_is_told(tmp_path: Path) -> None:
    (tmp_path / "dark.json").write_text('{"colours": {"text": "white"}}')
    with pytest.raises(KnownError, match=r"dark\.json can't be used") as told:
        read_tokens("dark", tmp_path)
    assert "无法使用" in told.value.text("zh")


SCREENS = [
    file
    for room in ("common/ui", "kds", "foh")
    for file in sorted((ROOT / room).rglob("*"))
    if file.suffix in {".qml", ".py"}
]
LITERALS = re.compile(
    r"""["']\#[0-9a-fA-F]{3,8}["']            # a colour
    | \b(?:Qt\.(?:rgba?|hsla|hsva|color|lighter|darker|tint)|QColor)\(\s*["'\d.]
    | \bcolor:\s*["'](?!transparent)
    | \b(?:pixelSize|pointSize)\s*[:=]\s*[\d.]
    | \bsetP(?:ixel|oint)Size\(\s*\d
    """,
    re.VERBOSE,
)


@pytest.mark.parametrize("file", SCREENS, ids=lambda file: str(file.relative_to(ROOT)))
def test_no_screen_has_a_colour_or_a_type_size_of_its_own(file: Path) -> None:
    text = file.read_text(encoding="utf-8")
    assert [found.group() for found in LITERALS.finditer(text)] == []
