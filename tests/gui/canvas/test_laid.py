"""Many wires laid at once run as each would by itself, in boxes that hold them exactly."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QRectF
from PySide6.QtWidgets import QApplication

from engine.catalogue import catalogue
from engine.graph import REROUTE, Edge, End
from engine.project import Project
from gui.canvas import measure
from gui.canvas.annotated import MANY
from gui.canvas.faces import WireFace
from gui.canvas.scene import Scene
from gui.canvas.wires import Wires
from gui.document import Document
from gui.selection import Selection
from tests.gui.drawings import node, wired
from tests.gui.large import network

Numbers = tuple[float, ...]
numbers = st.one_of(st.integers(-400, 400).map(float), st.floats(-1e5, 1e5))
lines = st.lists(st.tuples(numbers, numbers, numbers, numbers), min_size=1, max_size=20)
#: How far an end is from the other where a wire's course becomes another.
edges_of_courses = st.sampled_from([0.0, 3.9, 4.0, 23.9, 24.0, 48.0, 103.9, 104.1, 320.0, -4.0, -24.0, -104.1])


@given(lines, st.lists(st.tuples(edges_of_courses, edges_of_courses), max_size=20))
def test_boxes_of_many_wires_hold_the_points_of_each(many: list[Numbers], steps: list[Numbers]) -> None:
    ends = np.array([*many, *((0.0, 0.0, *step) for step in steps)])
    for (x0, y0, x1, y1), box in zip(ends.tolist(), measure.boxes(ends).tolist(), strict=True):
        points = measure.route((0.0, 0.0), (x1 - x0, y1 - y0)).reshape(-1, 2) + np.array((x0, y0))
        assert box == [*points.min(0).tolist(), *points.max(0).tolist()]


@given(lines)
def test_wires_laid_together_are_as_those_laid_one_by_one(many: list[Numbers]) -> None:
    edges = [Edge(End(f"a{place}", "output"), End(f"b{place}", "input")) for place in range(len(many))]
    faces, offsets = [WireFace()] * len(edges), [(168.0, 26.0, 0.0, 26.0)] * len(edges)
    together, apart = Wires(), Wires()
    together.lay(together.put(edges, faces, offsets), np.array(many), {})
    for edge, face, offset, corners in zip(edges, faces, offsets, many, strict=True):
        apart.lay(apart.put([edge], [face], [offset]), np.array([corners]), {})
    assert together.lines.tolist() == apart.lines.tolist()
    for row, edge in enumerate(edges):
        assert together.route(row).tolist() == apart.route(row).tolist()
        assert together.reach(edge) == apart.reach(edge)


def test_a_course_is_worked_out_anew_only_where_an_end_has_moved() -> None:
    edges = [Edge(End("a", "output"), End("b", "input")), Edge(End("b", "output"), End("c", "input"))]
    wires = Wires()
    corners = np.array([(0.0, 0.0, 300.0, 0.0), (300.0, 0.0, 600.0, 0.0)])
    rows = wires.put(edges, [WireFace()] * 2, [(0.0,) * 4] * 2)
    wires.lay(rows, corners, {})
    before = [wires.route(row) for row in rows]
    corners[1, 2] += 24.0
    wires.lay(rows, corners, {})
    assert wires.route(0) is before[0]
    assert wires.route(1)[-1, -1].tolist() == [324.0, 0.0]


@pytest.fixture
def scene(qapp: QApplication) -> Scene:
    document = Document(catalogue())
    document.start(Project(network(2 * MANY)))
    return Scene(document, Selection(document))


def test_what_is_edited_in_one_go_is_shown_as_what_is_edited_piece_by_piece(scene: Scene, qapp: QApplication) -> None:
    document, other = scene.document, Document(catalogue())
    other.start(document.project)
    slow = Scene(other, Selection(other))
    ids = [id for id, node in document.graph.nodes.items() if node.layer == "Conv2D"]
    places = {id: (node.at[0] + 31.0, node.at[1] - 17.0) for id, node in document.graph.nodes.items()}
    for id in ids:
        other.edit("Set", other.graph.with_value(id, "filters", 48))
    for id, at in places.items():
        other.edit("Move", other.graph.moved({id: at}))
    document.edit("Both", other.graph)
    assert scene.nodes.faces == slow.nodes.faces
    assert scene.nodes.frames.tolist() == slow.nodes.frames.tolist()
    assert scene.wires.lines.tolist() == slow.wires.lines.tolist()
    assert [scene.wires.reach_of(row) for row in range(len(scene.wires))] == [
        slow.wires.reach_of(slow.wires.row[edge]) for edge in scene.wires.edges
    ]


@pytest.fixture
def forked(qapp: QApplication) -> Scene:
    """A dot that two layers hang on, one far above it and one far below."""
    graph = wired(node("a", "Dense", units=3), node("d", REROUTE), node("b", "Dense", units=3))
    graph = graph.with_node(node("c", "Dense", units=3)).with_edge(Edge(End("d", "output"), End("c", "input")))
    places = {"d": (300.0, 0.0), "b": (600.0, -900.0), "c": (340.0, 900.0)}
    document = Document(catalogue())
    document.start(Project(graph.moved(places)))
    return Scene(document, Selection(document))


def headed(scene: Scene) -> bool:
    """Whether every wire goes through its dots as these are now."""
    return all(
        scene.wires.headings(edge) == tuple(scene.heading(end.node) for end in (edge.source, edge.target))
        for edge in scene.graph.edges
    )


@pytest.mark.parametrize("gone", ["b", "c"])
def test_wires_turn_at_a_dot_when_another_of_its_wires_goes(forked: Scene, gone: str) -> None:
    (edge,) = (edge for edge in forked.graph.edges if edge.target.node == gone)
    before = forked.heading("d")
    forked.document.edit("Cut", forked.graph.without_edges([edge]))
    assert forked.heading("d") != before
    assert headed(forked)
    forked.document.undo.undo()
    forked.document.edit("Delete", forked.graph.without([gone]))
    assert forked.heading("d") != before
    assert headed(forked)


def test_a_selected_node_is_found_before_one_that_covers_it(scene: Scene) -> None:
    below, above = list(scene.graph.nodes)[:2]
    scene.document.edit("Move", scene.graph.moved({above: scene.graph.node(below).at}))
    middle = scene.nodes.frame(below).center()
    assert scene.node_at(middle) == above
    scene.selection.set([below])
    assert scene.node_at(middle) == below
    assert scene.nodes_in(QRectF(middle, middle).adjusted(-1, -1, 1, 1)) == [below, above]
