"""The canvas against its golden pictures, at three zooms in both themes. `python -m tests.golden` paints them anew."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication

from engine.graph import Graph
from engine.report import Report
from gui.theme import THEMES
from tests.gui.canvas import pictures
from tests.gui.canvas.pictures import FOLDER, LEVELS, VIEWS, differing, drawing, marked, report, shot, stage

pytestmark = [
    pytest.mark.skipif(sys.platform != "linux", reason="other systems draw letters their own way"),
    pytest.mark.usefixtures("painted_at_once"),
]


@pytest.fixture
def painted_at_once(qapp: QApplication, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is painted must not hang on how quick this machine is."""
    monkeypatch.setattr("gui.canvas.sprites.CALM", float("inf"))


def golden(view: str, theme: str) -> QImage:
    path = FOLDER / f"{view}-{theme}.png"
    assert path.exists(), f"{path.name} is missing: python -m tests.golden paints it"
    return QImage(str(path))


@pytest.mark.parametrize("theme", THEMES)
def test_the_canvas_looks_as_it_did(theme: str, tmp_path: Path) -> None:
    changed: list[str] = []
    with stage(theme) as canvas:
        for view in VIEWS:
            picture = shot(canvas, view)
            tiles = differing(picture, golden(view, theme))
            if tiles:
                path = tmp_path / f"{view}-{theme}.png"
                marked(picture, tiles).save(str(path))
                changed.append(f"{path} ({len(tiles)} tiles differ, framed in it)")
    told = "; ".join(changed)
    assert not changed, f"Look at {told}. Where it is meant, `python -m tests.golden` makes it the golden picture."


def without_a_node() -> tuple[Graph, Report]:
    return drawing().without(["n5"]), report()


def without_a_wire() -> tuple[Graph, Report]:
    graph = drawing()
    return graph.without_edges(graph.edges[:1]), report()


def without_a_label() -> tuple[Graph, Report]:
    known = report()
    return drawing(), replace(known, nodes=known.nodes.without("n1"))


def without_a_badge() -> tuple[Graph, Report]:
    return drawing(), replace(report(), problems=report().problems[:1])


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize(
    ("change", "views"),
    [
        (without_a_node, ("far", "names", "near")), (without_a_wire, ("far", "names", "near")),
        (without_a_label, ("near",)), (without_a_badge, ("far", "names")),
    ],
)  # fmt: skip
def test_what_is_missing_is_seen(
    change: Callable[[], tuple[Graph, Report]], views: tuple[str, ...], theme: str
) -> None:
    with stage(theme, *change()) as canvas:
        for view in views:
            assert differing(shot(canvas, view), golden(view, theme)), f"{view}: nothing is missed"


def test_what_nobody_sees_is_no_difference() -> None:
    picture = golden("near", "dark")
    noise = np.random.default_rng(1).integers(0, LEVELS // 2, (picture.height(), picture.width(), 4), np.uint8)
    held = np.frombuffer(picture.convertToFormat(QImage.Format.Format_RGB32).constBits(), np.uint8)
    shaken = np.minimum(held.reshape(noise.shape).astype(np.int16) + noise, 255).astype(np.uint8)
    other = QImage(shaken.tobytes(), picture.width(), picture.height(), QImage.Format.Format_RGB32)
    assert differing(picture, other) == []


def test_pictures_of_two_sizes_differ() -> None:
    assert pictures.differing(QImage(4, 4, QImage.Format.Format_RGB32), QImage(4, 5, QImage.Format.Format_RGB32))
