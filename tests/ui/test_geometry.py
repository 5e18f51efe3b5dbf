"""Sizes are what the reader's eye and finger need, whatever the panel."""

import math

import pytest

from common.ui.geometry import Geometry

PANELS = [
    Geometry(),
    Geometry(1024, 768, 10.4, 1.0),
    Geometry(2560, 1440, 27, 2.0),
    Geometry(1080, 1920, 21.5, 1.5),
    Geometry(1280, 800, 10.1, 0.6),
]


def test_the_sizes_on_the_usual_panel() -> None:
    panel = Geometry()
    assert (panel.arcmin(20), panel.arcmin(25), panel.mm(15)) == (36, 45, 61)


@pytest.mark.parametrize("panel", PANELS)
@pytest.mark.parametrize("angle", [0.5, 13.5, 20, 25])
def test_an_angle_is_reached_and_by_less_than_a_pixel(panel: Geometry, angle: float) -> None:
    def seen(pixels: float) -> float:
        half = pixels * panel.mm_per_pixel / 2 / (panel.distance_m * 1_000)
        return math.degrees(2 * math.atan(half)) * 60

    pixels = panel.arcmin(angle)
    assert seen(pixels) >= angle
    assert seen(pixels - 1) < angle


@pytest.mark.parametrize("panel", PANELS)
@pytest.mark.parametrize("length", [3.2, 10, 15])
def test_a_length_is_reached_and_by_less_than_a_pixel(panel: Geometry, length: float) -> None:
    assert panel.mm(length) * panel.mm_per_pixel >= length
    assert (panel.mm(length) - 1) * panel.mm_per_pixel < length


def test_a_portrait_panel_has_the_pitch_of_the_same_panel_lying() -> None:
    assert Geometry(1080, 1920).mm_per_pixel == Geometry(1920, 1080).mm_per_pixel
