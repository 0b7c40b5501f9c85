"""What is shown of a node, and where things stand: pure figures."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from engine.catalogue import catalogue
from engine.graph import REROUTE, Edge, End, Graph, Node, Point
from engine.report import NodeReport, Problem, Report, TensorSpec
from engine.values import FrozenMap
from gui.canvas import measure, walk
from gui.canvas.course import course, heading
from gui.canvas.faces import Face, node_face, short_count, wire_face
from gui.canvas.flows import BY_NAME, FLOWS, flow
from gui.canvas.known import Facts
from gui.canvas.measure import Floats
from gui.canvas.overlay import Socket
from gui.canvas.tips import node_words, port_tip, wire_tip, wire_words
from tests.gui.canvas.conftest import drawing
from tests.gui.drawings import node, wired


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


def test_a_wire_that_runs_back_crosses_between_the_rows_whatever_the_upper_one_carries() -> None:
    drop = 144.0
    crossing = measure.middle(measure.route((0.0, 0.0), (-600.0, drop)))[1]
    assert measure.height(0, True) - measure.HEAD / 2 < crossing < drop - measure.HEAD / 2
    drop = 216 + measure.row_y(1) - measure.HEAD / 2
    crossing = measure.middle(measure.route((0.0, 0.0), (-600.0, drop)))[1]
    assert crossing < drop - measure.row_y(1), "above the node, to whichever of its ports it leads"


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


# -- how layers take part, and what wires carry


def wired_face(*nodes: Node) -> tuple[Facts, Graph]:
    graph = wired(*nodes)
    specs = {
        id: NodeReport(FrozenMap({"output": TensorSpec((None, 8, 8, 3), axes=("height", "width", "channels"))}))
        for id in graph.nodes
    }
    return Facts.of(graph, catalogue(), Report(FrozenMap(specs)), ()), graph


def test_a_wire_past_a_dot_and_a_bypassed_layer_carries_what_comes_before_them() -> None:
    nodes = node("a", "Conv2D"), node("b", REROUTE), replace(node("c", "ReLU"), mode="bypass"), node("d", "Flatten")
    facts, graph = wired_face(*nodes)
    report = Report(FrozenMap({"a": facts.report.nodes["a"]}))
    facts = Facts.of(graph, catalogue(), report, ())
    first, second, third = (wire_face(facts, edge) for edge in graph.edges)
    assert [face.flow for face in (first, second, third)] == ["image"] * 3
    assert (first.label, second.label, third.label) == ("8×8×3", "", "8×8×3"), "once along a dotted wire"
    assert node_face(facts, graph.node("b")).flow == "image"


def test_a_problem_behind_a_bypassed_layer_breaks_the_wire_that_ends_at_it() -> None:
    nodes = node("a", "Dense", units=1), replace(node("b", "ReLU"), mode="bypass"), node("c", "Conv2D")
    _, graph = wired_face(*nodes)
    problem = Problem("error", "c cannot take what a gives.", ("c", "a"))
    facts = Facts.of(graph, catalogue(), Report(), (problem,))
    assert [wire_face(facts, edge).broken for edge in graph.edges] == [False, True]
    assert "c cannot take" in wire_tip(facts, graph.edges[1])


def test_a_bypassed_layer_passes_one_wire_on_and_the_others_idle() -> None:
    graph = Graph().with_nodes([node("a", "ReLU"), node("b", "ReLU"), replace(node("sum", "Add"), mode="bypass")])
    edges = [Edge(End(id, "output"), End("sum", "inputs")) for id in ("a", "b")]
    graph = replace(graph, edges=tuple(edges))
    facts = Facts.of(graph, catalogue(), Report(), ())
    assert [wire_face(facts, edge).idle for edge in edges] == [False, True]
    assert "Nothing goes through it" in wire_tip(facts, edges[1])


@pytest.mark.parametrize(
    ("shape", "dtype", "port", "kind"),
    [
        ((None, 8, 8, 3), "float32", "input", "image"), ((None, 4, 8, 8, 3), "float32", "input", "volume"),
        ((None, 40, 64), "float32", "query", "sequence"), ((None, 10), "int32", "input", "vector"),
        ((None, 40), "bool", "input", "mask"), ((None, 40, 40), "float32", "attention_mask", "mask"),
        ((None,), "float32", "input", "scalar"), ((None, 1, 2, 3, 4, 5), "float32", "input", "scalar"),
    ],
)  # fmt: skip
def test_the_kind_of_a_wire_is_by_its_axes(shape: tuple[int | None, ...], dtype: str, port: str, kind: str) -> None:
    assert flow(TensorSpec(shape, dtype), port) == kind
    assert kind in BY_NAME


def test_no_two_kinds_of_wire_have_the_same_line() -> None:
    assert len({(each.width, each.dash) for each in FLOWS[1:]}) == len(FLOWS) - 1
    assert flow(None) == ""


def test_tips_say_how_a_layer_takes_part_and_what_a_wire_is() -> None:
    off = replace(node("a", "ReLU"), mode="disable")
    facts, graph = wired_face(off, node("b", "ReLU"))
    assert "Disabled: it is left out" in node_words(facts, "a")
    assert "Left out: all that feeds it" in node_words(facts, "b")
    facts, graph = wired_face(node("a", "Conv2D"), node("b", REROUTE), node("c", "ReLU"))
    assert node_words(facts, "b").startswith("A dot on a wire from conv2d_a. batch · height 8")
    tip = wire_tip(facts, graph.edges[1])
    assert "conv2d_a → relu_c" in tip
    assert "Image: batch" in tip


def test_a_collapsed_layer_is_one_line_until_it_is_opened() -> None:
    attention = replace(node("a", "MultiHeadAttention"), collapsed=True)
    facts = Facts.of(Graph().with_node(attention), catalogue(), Report(), ())
    closed, opened = node_face(facts, attention, thumbnail=True), node_face(facts, attention, opened=True)
    assert closed.height == measure.SLIM
    assert not closed.thumbnail
    assert {port.y for port in (*closed.inputs, *closed.outputs)} == {measure.SLIM / 2}
    assert opened.height > measure.HEAD


# -- how wires run at dots


@pytest.mark.parametrize("end", [(300, 0), (90, 50), (10, 200), (-200, 10), (-200, 120), (-300, -240), (0, 60)])
@pytest.mark.parametrize("way", [(1.0, 0.0), (-1.0, 0.0), (0.0, 1.0), (0.6, 0.8)])
def test_a_wire_reaches_a_dot_on_its_way_and_leaves_its_port_to_the_right(end: Point, way: Point) -> None:
    there = course((0.0, 0.0), end, None, way)
    back = course((-end[0], -end[1]), (0.0, 0.0), way, None)
    for cubics in (there, back):
        assert np.array_equal(cubics[1:, 0], cubics[:-1, 3]), "it is in one piece"
    assert tuple(there[-1, 3]) == end
    assert there[0, 1, 0] > 0
    assert np.allclose(unit(there[-1, 3] - there[-1, 2]), way)
    assert np.allclose(unit(back[0, 1] - back[0, 0]), way)
    assert back[-1, 2, 0] < 0


def test_wires_go_level_through_a_dot_where_they_go_on_and_down_where_they_turn() -> None:
    at = (100.0, 100.0)
    assert heading(at, [((0.0, 100.0), False)], [((200.0, 120.0), False)]) == (1.0, 0.0)
    assert heading(at, [((300.0, 80.0), False)], [((-90.0, 90.0), True)]) == (-1.0, 0.0)
    _, y = heading(at, [((300.0, 100.0), False)], [((300.0, 300.0), False)])
    assert y > 0.7
    assert heading(at, [((0.0, 0.0), True)], []) != (0.0, 0.0)
    assert heading(at, [], []) == (1.0, 0.0)


def unit(way: Floats) -> Floats:
    return np.asarray(way / np.linalg.norm(way))


def test_a_wire_tells_of_a_mask_and_of_what_it_is_joined_with() -> None:
    graph = wired(node("a", "LSTM"), node("b", "Add"))
    graph = graph.with_node(node("x", "Permute")).with_edge(Edge(End("x", "output"), End("b", "inputs")))
    sequence = TensorSpec((None, 7, 4), axes=("time", "features"), masks=("a",))
    rows = TensorSpec((None, 7, 4), axes=("height", "width"))
    nodes = {id: NodeReport(FrozenMap({"output": spec})) for id, spec in (("a", sequence), ("x", rows))}
    facts = Facts.of(graph, catalogue(), Report(FrozenMap(nodes)), ())
    edge = next(edge for edge in graph.edges if edge.source.node == "a")
    words = wire_words(facts, edge)
    assert "Sequence: 7 time steps, 4 features, float32. Masked by lstm_a: its padding is passed over" in words
    joined = "Its axes are time × features, those from permute_x height × width: add_b joins them all the same"
    assert joined in words
    assert joined in wire_tip(facts, edge)
    assert wire_face(facts, edge).masked
    assert not wire_face(facts, graph.edges[-1]).masked


def test_a_port_tells_what_it_reads() -> None:
    facts, _ = wired_face(node("a", "Conv2D"), replace(node("b", "Conv2D"), shares="a"), node("c", "ReLU"))

    def tip(id: str, port: str) -> str:
        return port_tip(facts, [Socket(End(id, port), output=False)])

    assert "Reads height × width × channels" in tip("a", "input")
    assert "Reads height × width × channels" in tip("b", "input")
    assert "Reads" not in tip("c", "input")
    gone, _ = wired_face(replace(node("b", "LSTM"), shares="gone"))
    assert "Reads time × features" in port_tip(gone, [Socket(End("b", "input"), output=False)])
    assert "Reads" not in port_tip(gone, [Socket(End("b", "mask"), output=False)])
