"""What is shown of a node, and where things stand: pure figures."""

from __future__ import annotations

import numpy as np
import pytest

from engine.catalogue import catalogue
from engine.graph import Graph
from engine.report import Report
from gui.canvas import measure, walk
from gui.canvas.faces import Face, node_face, short_count
from gui.canvas.known import Facts
from tests.gui.canvas.conftest import drawing
from tests.gui.drawings import node


def face(layer: str, *, opened: bool = False, **values: bool) -> Face:
    one = node("n1", layer, **values)
    facts = Facts.of(Graph().with_node(one), catalogue(), Report(), ())
    return node_face(facts, one, opened=opened)


@pytest.mark.parametrize(
    ("count", "words"),
    [
        (0, "0"), (320, "320"), (999, "999"), (1000, "1k"), (1290, "1.3k"), (18496, "18.5k"), (99949, "99.9k"),
        (99960, "100k"), (131200, "131k"), (999_499, "999k"), (999_600, "1M"), (25_600_000, "25.6M"),
        (1_500_000_000, "1.5G"), (10**12, "1.0T"),
    ],
)  # fmt: skip
def test_a_count_takes_four_figures(count: int, words: str) -> None:
    assert short_count(count) == words


def test_ports_stand_at_the_head_where_there_is_one_and_below_with_names_where_several() -> None:
    dense = face("Dense")
    assert [(port.name, port.row, port.label) for port in dense.inputs] == [("input", -1, "")]
    attention = face("MultiHeadAttention")
    assert [(port.row, port.label) for port in attention.inputs] == [(0, "query"), (1, "value")]
    assert face("InputLayer").inputs == ()
    assert face("InputLayer").kind == "Input"
    assert face("InputLayer").group == "Input"
    assert face("Concatenate").inputs[0].many


def test_ports_that_may_stay_unwired_show_when_asked_for() -> None:
    opened = face("LSTM", opened=True)
    assert opened.inputs[0].row == -1, "the port of the chain does not move"
    assert [port.label for port in opened.inputs[1:]] == ["state h", "state c", "mask"]
    assert opened.height > face("LSTM").height


def test_states_show_below_the_output() -> None:
    states = face("LSTM", return_state=True)
    assert [(port.name, port.row) for port in states.outputs] == [("output", -1), ("state_h", 0), ("state_c", 1)]


def test_a_frozen_layer_is_marked() -> None:
    assert face("Dense", trainable=False).frozen
    assert not face("Dense").frozen


@pytest.mark.parametrize("end", [(300, 0), (90, 50), (10, 0), (0, 0), (-300, 0), (-300, 240), (-40, -500)])
def test_a_wire_runs_from_its_start_to_its_end_and_leaves_to_the_right(end: tuple[float, float]) -> None:
    cubics = measure.route((0.0, 0.0), end)
    assert tuple(cubics[0, 0]) == (0.0, 0.0)
    assert tuple(cubics[-1, 3]) == end
    assert np.array_equal(cubics[1:, 0], cubics[:-1, 3]), "it is in one piece"
    points = measure.sample(cubics)
    assert points[1, 0] >= 0.0
    assert points[-2, 0] <= end[0] + 1e-9
    x, y = measure.middle(cubics)
    assert measure.distance(points, x, y) < 1.5


def test_distance_is_that_to_the_nearest_point_of_the_line() -> None:
    line = np.array([(0.0, 0.0), (10.0, 0.0), (10.0, 10.0)])
    assert measure.distance(line, 5.0, 3.0) == pytest.approx(3.0)
    assert measure.distance(line, 13.0, 14.0) == pytest.approx(5.0)


def test_walking_starts_where_the_data_enters() -> None:
    assert walk.first(drawing()) == "n1"
    assert walk.first(Graph()) is None
    assert walk.step(drawing(), "n1", "left") is None
    assert walk.step(drawing(), "n3", "up") is None
    assert walk.step(drawing(), "n3", "down") == "n6"
