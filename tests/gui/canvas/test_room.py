"""Room is made where a node is put between others; what is not in the way stays."""

from __future__ import annotations

import itertools
from dataclasses import replace

from engine.graph import REROUTE, Edge, End, Frame, Graph, Note
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


def framed(graph: Graph, **frames: tuple[float, float, float, float]) -> Graph:
    """Add frames by id and left, top, width, height."""
    return graph.with_frames(Frame(id, id, box[:2], box[2:]) for id, box in frames.items())


def box(graph: Graph, id: str) -> tuple[float, ...]:
    return (*graph.frames[id].at, *graph.frames[id].size)


def test_a_frame_around_all_that_is_pushed_moves_along_with_its_notes() -> None:
    graph = framed(chain((0, 0), (126, 0), (252, 0), (504, 0)), f1=(228, -60, 500, 140))
    graph = graph.with_notes([Note("t1", "in it", (240, 56), (100, 20)), Note("t2", "beside", (240, 300), (100, 20))])
    after = spread(graph, "n1")
    assert box(after, "f1") == (480, -60, 500, 140)
    assert after.notes["t1"].at == (492, 56)
    assert after.notes["t2"].at == (240, 300)


def test_a_frame_around_one_that_stays_and_one_that_is_pushed_grows_by_as_much() -> None:
    graph = framed(chain((0, 0), (126, 0), (252, 0), (504, 0)), f1=(-24, -60, 468, 140))
    after = spread(graph, "n1")
    assert box(after, "f1") == (-24, -60, 720, 140)
    assert after.node("n2").at[0] + measure.WIDTH + 24 == -24 + 720


def test_a_frame_with_room_to_spare_grows_no_more_than_it_must() -> None:
    graph = framed(chain((0, 0), (126, 0), (252, 0)), f1=(-24, -60, 2000, 140))
    assert box(spread(graph, "n1"), "f1") == (-24, -60, 2000, 140)


def test_frames_in_frames_stay_in_them() -> None:
    graph = framed(
        chain((0, 0), (126, 0), (252, 0), (504, 0)), outer=(-60, -100, 800, 240), inner=(-24, -60, 468, 140),
        last=(492, -60, 200, 140),
    )  # fmt: skip
    after = spread(graph, "n1")
    assert box(after, "inner") == (-24, -60, 720, 140)
    assert box(after, "last") == (744, -60, 200, 140)
    assert box(after, "outer") == (-60, -100, 1028, 240)


def test_frames_around_nothing_that_is_pushed_stay() -> None:
    graph = framed(chain((0, 0), (126, 0), (252, 0)), before=(-24, -60, 220, 140), empty=(900, 0, 200, 100))
    after = spread(graph, "n1")
    assert after.frames == graph.frames
