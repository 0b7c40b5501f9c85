"""Pictures of outputs: colour maps, the wall as one image, thumbnails."""

from __future__ import annotations

import numpy as np
import pyqtgraph
import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QColor, QImage

from gui.monitor.mosaic import colour_table, lay_out, points, thumbnail, wall
from gui.monitor.tiles import sheet
from tests.gui.monitor.stage import recorded_maps

RANDOM = np.random.default_rng(3)
TABLE = colour_table("viridis", QColor("red"), QColor("black"))
ORANGE = QColor("#F08A3C")


@pytest.mark.parametrize("name", ["viridis", "magma"])
def test_colour_maps_are_those_of_matplotlib(name: str) -> None:
    right = pyqtgraph.colormap.get(name).getLookupTable(nPts=254)[:, :3].astype(int)
    assert np.abs(points(name).astype(int) - right).max() <= 6


@pytest.mark.parametrize("name", ["viridis", "magma", "grey"])
def test_more_is_brighter(name: str) -> None:
    light = points(name) @ np.array([0.2126, 0.7152, 0.0722])
    assert (np.diff(light) > -0.5).all()
    assert light[-1] - light[0] > 150


def test_the_wall_is_one_image_with_every_map() -> None:
    maps = recorded_maps("n2").values.numpy()[0]
    shown = sheet(maps)
    image = wall(shown, lay_out(shown, (1000, 220), 3), TABLE)
    assert image.format() == QImage.Format.Format_Indexed8
    grid = lay_out(shown, (1000, 220), 3)
    assert (image.width(), image.height()) == grid.size
    for index in range(32):
        strongest = np.unravel_index(maps[:, :, index].argmax(), (8, 8))
        x, y = grid.corner(index)
        size = grid.width / 8
        at = int(x + (strongest[1] + 0.5) * size), int(y + (strongest[0] + 0.5) * size)
        assert image.pixel(*at) == TABLE[253], f"map {index}"


@pytest.mark.parametrize(
    "shape",
    [(), (1,), (10,), (128,), (5000,), (20, 6), (8, 8, 1), (8, 8, 32), (224, 224, 64), (4, 4, 2048), (3, 5, 5, 2)],
)
@pytest.mark.parametrize("size", [QSize(140, 44), QSize(8, 8), QSize(1, 1)])
def test_every_rank_has_a_thumbnail_of_its_size(shape: tuple[int, ...], size: QSize) -> None:
    image = thumbnail(RANDOM.normal(size=shape).astype(np.float32), ORANGE, size)
    assert image.size() == size
    assert any(image.pixelColor(x, y).alpha() for x in range(size.width()) for y in range(size.height()))


@pytest.mark.parametrize(
    "values", [np.empty((0,)), np.empty((4, 4, 0)), np.full((4, 4, 2), np.nan), np.full(10, np.inf)]
)
def test_what_holds_no_number_has_a_thumbnail_too(values: np.ndarray) -> None:
    assert thumbnail(values, ORANGE, QSize(40, 20)).size() == QSize(40, 20)


def test_a_thumbnail_is_its_colour_in_the_strength_of_its_values() -> None:
    image = thumbnail(np.linspace(0, 1, 100), ORANGE, QSize(100, 4))
    strength = [image.pixelColor(x, 2).alpha() for x in range(100)]
    assert strength == sorted(strength)
    assert strength[0] < 20
    assert image.pixelColor(99, 2).name().upper() == "#F08A3C"


def test_a_softmax_thumbnail_is_bars_from_nought() -> None:
    image = thumbnail(np.array([0.0, 0.5, 1.0]), ORANGE, QSize(30, 20))
    heights = [sum(image.pixelColor(10 * bar + 2, y).alpha() > 0 for y in range(20)) for bar in range(3)]
    assert heights[0] <= 1
    assert heights[1] in (10, 11)
    assert heights[2] == 20


def test_values_on_the_wire_make_a_thumbnail_without_a_copy_of_them() -> None:
    values = recorded_maps("n2").values.numpy()[0]
    assert not values.flags.writeable
    assert not thumbnail(values, ORANGE, QSize(140, 44)).isNull()
