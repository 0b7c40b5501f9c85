"""The forms of one layer in the order in which they are likely meant: by the wire at hand, else images first."""

from __future__ import annotations

import re

import pytest

from engine.catalogue import catalogue
from gui.fuzzy import rank
from gui.kindred import ordered
from gui.shelf import Shelf

LAYERS = list(catalogue().layers.values())


def first(query: str, of: int | None, uses: dict[str, float] | None = None) -> str:
    return rank(query, ordered(LAYERS, of), lambda spec: (uses or {}).get(spec.name, 0.0))[0].name


@pytest.mark.parametrize(
    ("query", "of", "name"),
    [
        ("gap", None, "GlobalAveragePooling2D"), ("gap", 3, "GlobalAveragePooling1D"),
        ("gap", 4, "GlobalAveragePooling2D"), ("gap", 5, "GlobalAveragePooling3D"), ("conv", None, "Conv2D"),
        ("conv", 3, "Conv1D"), ("maxp", 2, "MaxPooling2D"), ("gap1d", 4, "GlobalAveragePooling1D"),
        ("upsam", 5, "UpSampling3D"), ("dense", 4, "Dense"),
    ],
)  # fmt: skip
def test_what_fits_the_wire_comes_first_and_images_without_one(query: str, of: int | None, name: str) -> None:
    assert first(query, of) == name


def test_use_decides_before_the_order() -> None:
    assert first("gap", None, {"GlobalAveragePooling1D": 3.0}) == "GlobalAveragePooling1D"


def test_other_layers_stay_where_they_are() -> None:
    names = [spec.name for spec in LAYERS if not re.search("[123]D", spec.name)]
    assert [spec.name for spec in ordered(LAYERS) if spec.name in set(names)] == names


def test_the_palette_finds_images_first() -> None:
    shelf = Shelf(catalogue())
    shelf.search("gap")
    assert getattr(shelf.entries[0], "name", "") == "GlobalAveragePooling2D"
