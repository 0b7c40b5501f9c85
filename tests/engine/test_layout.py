"""Automatic placement: nothing overlaps, wires lead to the right, the same drawing is placed the same."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Mapping
from itertools import combinations
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.errors import GraphError
from engine.fans import fanned
from engine.graph import Edge, End, Frame, Graph, Node, Point
from engine.layout import Arrangement, Box, Spacing, arranged
from engine.ranks import ranked
from engine.values import FrozenMap
from engine.wrap import prices
from tests.engine.strategies import PATIENT
from tests.nets import inception, nasnet, residual, two_inputs

PLAIN, TALL, DOT = Box(168, 52, 26), Box(168, 150, 26), Box(16, 16, 8)
VIEW = (984.0, 640.0)
ROOT = Path(__file__).resolve().parent.parent.parent


def drawn(count: int, *links: tuple[int, int], at: Mapping[int, Point] | None = None) -> Graph:
    """Nodes `n0`, `n1` ... with wires between them."""
    places = at or {}
    nodes = {
        f"n{place}": Node(f"n{place}", "Dense", f"d{place}", at=places.get(place, (0.0, 0.0))) for place in range(count)
    }
    return Graph(FrozenMap(nodes), tuple(Edge(End(f"n{a}", "output"), End(f"n{b}", "input")) for a, b in links))


def boxes(graph: Graph, box: Box = PLAIN) -> dict[str, Box]:
    return dict.fromkeys(graph.nodes, box)


def overlapping(places: Mapping[str, Point], sizes: Mapping[str, Box]) -> list[tuple[str, str]]:
    def meet(a: str, b: str) -> bool:
        (x, y), (left, top) = places[a], places[b]
        across = x < left + sizes[b].width and left < x + sizes[a].width
        return across and y < top + sizes[b].height and top < y + sizes[a].height

    return [pair for pair in combinations(places, 2) if meet(*pair)]


def backwards(graph: Graph, found: Arrangement, sizes: Mapping[str, Box]) -> list[Edge]:
    """The wires that do not lead to the right."""
    at = found.places
    return [
        edge for edge in graph.edges
        if at[edge.source.node][0] + sizes[edge.source.node].width > at[edge.target.node][0]
    ]  # fmt: skip


def axis(found: Arrangement, id: str, box: Box = PLAIN) -> float:
    return found.places[id][1] + box.axis


@st.composite
def tangles(draw: st.DrawFn) -> tuple[Graph, dict[str, Box]]:
    """Any wires at all between up to twelve nodes of any size, standing anywhere: loops, circles, doubles, none."""
    count = draw(st.integers(1, 12))
    places = st.tuples(st.integers(-500, 500), st.integers(-500, 500))
    node = st.integers(0, count - 1)
    at = {place: (float(x), float(y)) for place, (x, y) in enumerate(draw(st.tuples(*[places] * count)))}
    graph = drawn(count, *draw(st.lists(st.tuples(node, node), max_size=24)), at=at)
    sizes = draw(st.tuples(*[st.sampled_from((PLAIN, TALL, DOT))] * count))
    return graph, dict(zip(graph.nodes, sizes, strict=True))


# -- any drawing


@PATIENT
@given(tangles(), st.sampled_from((None, VIEW, (300.0, 300.0))), st.sampled_from((0.0, 24.0)))
def test_nothing_overlaps_and_every_node_has_a_place(
    tangle: tuple[Graph, dict[str, Box]], view: Point | None, grid: float
) -> None:
    graph, sizes = tangle
    found = arranged(graph, sizes, view=view, spacing=Spacing(grid=grid))
    assert found.places.keys() == graph.nodes.keys()
    assert overlapping(found.places, sizes) == []
    assert found == arranged(graph, sizes, view=view, spacing=Spacing(grid=grid))
    if grid:
        assert all(x % grid == y % grid == 0 for x, y in found.places.values())
    again = arranged(found.put(graph), sizes, view=view, spacing=Spacing(grid=grid))
    assert again.places == found.places, "what is tidy stays"


@PATIENT
@given(tangles(), st.data())
def test_those_that_are_not_chosen_stay_and_are_not_covered(
    tangle: tuple[Graph, dict[str, Box]], data: st.DataObject
) -> None:
    graph, sizes = tangle
    ids = data.draw(st.sets(st.sampled_from(list(graph.nodes)), min_size=1))
    found = arranged(graph, sizes, ids)
    assert found.places.keys() == ids
    after = found.put(graph)
    everywhere = {id: node.at for id, node in after.nodes.items()}
    assert [pair for pair in overlapping(everywhere, sizes) if ids & set(pair)] == []
    assert all(after.nodes[id] is graph.nodes[id] for id in graph.nodes if id not in ids)


@PATIENT
@given(tangles())
def test_wires_lead_to_the_right_where_there_is_no_circle(tangle: tuple[Graph, dict[str, Box]]) -> None:
    graph, sizes = tangle
    graph = Graph(
        graph.nodes, tuple(edge for edge in graph.edges if int(edge.source.node[1:]) < int(edge.target.node[1:]))
    )
    assert backwards(graph, arranged(graph, sizes), sizes) == []


def test_other_processes_place_a_drawing_alike() -> None:
    """The library keeps nodes in tables whose order changes from process to process."""
    program = (
        "from tests.nets import residual\nfrom engine.layout import Box, arranged\ngraph = residual(3)\n"
        "print(arranged(graph, dict.fromkeys(graph.nodes, Box(168, 52, 26))).places)"
    )
    said = [
        subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, check=True) for _ in range(2)
    ]
    graph = residual(3)
    here = str(arranged(graph, boxes(graph)).places)
    assert [each.stdout.decode().strip() for each in said] == [here, here]


# -- drawings that people make


@pytest.mark.parametrize(
    "graph", [residual(4), inception(2), two_inputs(), nasnet(2)], ids=["residual", "inception", "two", "nas"]
)
def test_a_net_is_placed_well(graph: Graph) -> None:
    sizes = boxes(graph)
    found = arranged(graph, sizes)
    assert overlapping(found.places, sizes) == []
    assert backwards(graph, found, sizes) == []
    assert min(x for x, _ in found.places.values()) == 0 == min(y for _, y in found.places.values())


def test_a_chain_of_nodes_of_all_heights_runs_straight() -> None:
    graph = drawn(4, (0, 1), (1, 2), (2, 3))
    sizes = dict(zip(graph.nodes, (PLAIN, TALL, DOT, PLAIN), strict=True))
    found = arranged(graph, sizes)
    assert {axis(found, id, sizes[id]) for id in graph.nodes} == {26.0}


def test_a_skip_runs_straight_and_beside_what_it_passes() -> None:
    graph = drawn(5, (0, 1), (1, 2), (2, 3), (0, 3), (3, 4))
    found = arranged(graph, boxes(graph))
    assert axis(found, "n0") == axis(found, "n3") == axis(found, "n4")
    assert axis(found, "n1") == axis(found, "n2")
    assert found.places["n1"][1] > axis(found, "n0"), "the passed nodes lie below the wire"


def test_the_shortest_of_parallel_chains_lies_in_the_middle() -> None:
    links = [(0, 1), (1, 2), (2, 3), (3, 8), (0, 4), (4, 8), (0, 5), (5, 6), (6, 8), (0, 7), (7, 8)]
    ranks = fanned(ranked(9, links))
    assert set(ranks.columns[1]) == {1, 4, 5, 7}
    assert set(ranks.columns[1][1:3]) == {4, 7}
    assert [len(items) for items in ranks.columns] == [1, 4, 4, 4, 1]


def test_pieces_lie_one_below_the_other_and_loose_nodes_in_rows() -> None:
    graph = drawn(9, (0, 1), (1, 2), (3, 4))
    found = arranged(graph, boxes(graph)).places
    assert found["n0"][1] == found["n2"][1] < found["n3"][1] < found["n5"][1]
    assert found["n0"][0] == found["n3"][0] == found["n5"][0]
    assert found["n5"][1] == found["n6"][1]


def test_the_corner_stays() -> None:
    graph = drawn(3, (0, 1), (1, 2), at={0: (300.0, 90.0), 1: (120.0, 700.0), 2: (900.0, 40.0)})
    assert arranged(graph, boxes(graph)).places["n0"] == (120.0, 40.0)


# -- rows


def test_a_long_chain_is_broken_into_rows_as_the_view_is_shaped() -> None:
    graph = drawn(8, *((place, place + 1) for place in range(7)))
    found = arranged(graph, boxes(graph, Box(168, 110, 26)), view=VIEW).places
    assert [found[f"n{place}"][0] for place in range(8)] == [0, 252, 504, 756] * 2
    assert len({y for _, y in found.values()}) == 2
    first, second = sorted({y for _, y in found.values()})
    assert (first + second) / 2 + 26 > first + 110, "the wire back crosses half-way, below the first row"


def test_a_short_chain_is_left_in_one_row() -> None:
    graph = drawn(4, (0, 1), (1, 2), (2, 3))
    assert len({y for _, y in arranged(graph, boxes(graph), view=VIEW).places.values()}) == 1


def test_rows_are_broken_where_a_single_wire_leads_on() -> None:
    graph = residual(6)
    number = {id: place for place, id in enumerate(graph.nodes)}
    links = [(number[edge.source.node], number[edge.target.node]) for edge in graph.edges]
    ranks = fanned(ranked(len(number), links))
    price = prices(ranks)
    found = arranged(graph, boxes(graph), view=VIEW)
    column = {item: place for place, items in enumerate(ranks.columns) for item in items}
    back = {column[number[edge.source.node]] for edge in backwards(graph, found, boxes(graph))}
    assert back
    assert max(price[place] for place in back) < 0.2


# -- frames


def test_nodes_of_a_frame_stay_in_it_and_it_fits_them() -> None:
    at = {0: (0.0, 0.0), 1: (300.0, 300.0), 2: (310.0, 420.0), 3: (900.0, 0.0)}
    graph = drawn(4, (0, 1), (1, 2), (2, 3), (0, 3), at=at).with_frames(
        [Frame("f1", "Body", (280.0, 250.0), (400.0, 300.0))]
    )
    found = arranged(graph, boxes(graph))
    after = found.put(graph)
    left, top = after.frames["f1"].at
    right, bottom = left + after.frames["f1"].size[0], top + after.frames["f1"].size[1]
    inside = {id for id, node in after.nodes.items() if left < node.at[0] < right and top < node.at[1] < bottom}
    assert inside == {"n1", "n2"}
    assert axis(found, "n1") == axis(found, "n2")


def test_frames_in_frames_are_kept_and_a_frame_around_a_node_that_stays_is_left_alone() -> None:
    graph = drawn(3, (0, 1), (1, 2), at={0: (50.0, 50.0), 1: (350.0, 60.0), 2: (900.0, 400.0)}).with_frames(
        [Frame("outer", "", (0.0, 0.0), (600.0, 200.0)), Frame("inner", "", (30.0, 30.0), (250.0, 100.0))]
    )
    after = arranged(graph, boxes(graph)).put(graph)
    outer, inner = after.frames["outer"], after.frames["inner"]
    assert outer.at[0] < inner.at[0] < after.nodes["n0"].at[0]
    assert inner.at[0] + inner.size[0] < after.nodes["n1"].at[0] < outer.at[0] + outer.size[0] < after.nodes["n2"].at[0]
    assert not arranged(graph, boxes(graph), ["n0", "n2"]).sizes.keys() & {"outer"}


# -- what cannot be


def test_nothing_to_arrange_is_said() -> None:
    with pytest.raises(GraphError, match="no layers to arrange"):
        arranged(Graph(), {})


def test_too_much_is_said_and_not_begun() -> None:
    graph = drawn(60, *((a, b) for a in range(60) for b in range(a + 1, 60)))
    with pytest.raises(GraphError, match="Too many wires") as caught:
        arranged(graph, boxes(graph))
    assert "Select a part" in caught.value.sentence
