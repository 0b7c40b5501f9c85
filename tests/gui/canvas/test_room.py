"""Room is made where a node is put between others; what is not in the way stays."""

from __future__ import annotations

import itertools
from dataclasses import replace

from engine.graph import REROUTE, Edge, End, Graph
from gui.canvas import measure
from gui.canvas.room import spread
from tests.gui.drawings import node, wired


def chain(*places: tuple[float, float]) -> Graph:
    """Nodes n0, n1 ... in a row of wires, at places."""
    graph = wired(*(node(f"n{number}", "Dense") for number in range(len(places))))
    return graph.moved({f"n{number}": at for number, at in enumerate(places)})


def places(graph: Graph) -> list[tuple[float, float]]:
    return [held.at for held in graph.nodes.values()]


def test_a_node_that_covers_both_ends_of_its_wire_pushes_all_that_follows() -> None:
    graph = chain((0, 0), (126, 4), (252, 0), (504, 0), (504, 300))
    assert places(spread(graph, "n1")) == [(0, 0), (252, 4), (504, 0), (756, 0), (756, 300)]


def test_a_node_with_room_around_it_moves_nothing() -> None:
    graph = chain((0, 0), (300, 0), (600, 0))
    assert spread(graph, "n1") == graph


def test_rows_above_and_below_and_nodes_further_left_stay() -> None:
    graph = chain((0, 0), (126, 0), (252, 0), (0, 240), (252, 240))
    assert places(spread(graph, "n1"))[2:] == [(504, 0), (0, 240), (504, 240)]
    graph = chain((0, 0), (100, 200), (252, 0))
    assert spread(graph, "n1") == graph, "it stands between two rows"


def test_what_is_pushed_pushes_what_it_would_cover() -> None:
    graph = (
        chain((0, 0), (126, 0), (252, 0)).with_node(node("free", "Dense", 500)).with_node(node("far", "Dense", 1500))
    )
    after = spread(graph, "n1")
    assert after.node("n2").at == (504, 0)
    assert after.node("free").at == (752, 0)
    assert after.node("far").at == (1500, 0)
    frames = sorted(held.at[0] for held in after.nodes.values())
    assert all(right - left >= measure.WIDTH for left, right in itertools.pairwise(frames))


def test_a_dot_moves_nothing() -> None:
    graph = chain((0, 0), (200, 0), (252, 0))
    graph = graph.with_node(replace(graph.node("n1"), layer=REROUTE))
    assert spread(graph, "n1") == graph


def test_a_wire_that_leads_back_pushes_nothing() -> None:
    graph = chain((600, 0), (300, 0)).with_node(node("n2", "Dense", -400)).with_edge(
        Edge(End("n1", "output"), End("n2", "input"))
    )  # fmt: skip
    assert spread(graph, "n1") == graph
