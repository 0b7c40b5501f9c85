"""Wires in straight pieces run where their curves do, and no longer where they ran before they were moved."""

from __future__ import annotations

import numpy as np
import pytest

from engine.graph import Edge, End
from gui.canvas import measure
from gui.canvas.faces import WireFace
from gui.canvas.measure import Floats
from gui.canvas.strokes import Strokes
from gui.canvas.wires import Wires

CORNERS = np.array([[0.0, 0.0, 300.0, 0.0], [0.0, 0.0, 300.0, 400.0], [0.0, 0.0, -500.0, 90.0]])
ROWS = np.arange(3)


@pytest.fixture
def wires() -> Wires:
    made = Wires()
    edges = [Edge(End("a", "output"), End(name, "input")) for name in "bcd"]
    rows = made.put(edges, [WireFace()] * 3, [(0.0, 0.0, 0.0, 0.0)] * 3)
    made.lay(rows, CORNERS, {})
    return made


def distances(wires: Wires, row: int, lines: Floats) -> list[float]:
    """How far points of a wire lie from the pieces."""
    dense = measure.sample(wires.route(row)) + wires.start(row)
    return [
        min(measure.distance(np.array([line[:2], line[2:]]), float(x), float(y)) for line in lines) for x, y in dense
    ]


@pytest.mark.parametrize("scale", [0.35, 0.6, 2.0])
def test_pieces_lie_on_their_curves(wires: Wires, scale: float) -> None:
    pieces = Strokes(wires).of(ROWS, scale)
    for row in ROWS.tolist():
        lines = pieces.of([row], len(wires))
        assert max(distances(wires, row, lines)) * scale < 0.3
        assert list(wires.start(row)) in lines[:, :2].tolist()


def test_a_level_wire_is_one_piece_and_bends_take_more_from_nearer(wires: Wires) -> None:
    strokes = Strokes(wires)
    far, near = (strokes.of(ROWS, scale) for scale in (0.35, 2.0))
    assert len(far.of([0], 3)) == len(near.of([0], 3)) == 1
    assert 1 < len(far.of([1], 3)) < len(near.of([1], 3))


def test_pieces_are_kept_until_a_wire_moves(wires: Wires) -> None:
    strokes = Strokes(wires)
    first = strokes.of(ROWS, 0.4)
    assert strokes.of(ROWS, 0.4) is first
    wires.shift([0], 10.0, 20.0)
    shifted = strokes.of(ROWS, 0.4)
    assert shifted.of([0], 3)[0].tolist() == [10.0, 20.0, 310.0, 20.0]
    wires.lay([1], np.array([[0.0, 0.0, 300.0, -400.0]]), {})
    assert strokes.of(ROWS, 0.4).of([1], 3)[-1, 3] == -400.0
    wires.lay([1], np.array([[0.0, 0.0, 300.0, -400.0]]), {1: ((0.0, 1.0), None)})
    turned = strokes.of(ROWS, 0.4).of([1], 3)
    assert turned[0, 3] > turned[0, 1], "it leaves a dot downwards"


def test_of_no_wires_there_are_no_pieces() -> None:
    assert not len(Strokes(Wires()).of(np.arange(0), 1.0).lines)
