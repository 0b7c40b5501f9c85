"""What a drawing with blocks means: ids, names, values, rows of one block, blocks in blocks, shared ones, faults."""

from __future__ import annotations

from dataclasses import replace

import pytest

from engine.catalogue import catalogue
from engine.fittings import MOST_REPEATS
from engine.graph import BLOCK, Block, BlockParameter, Edge, End, Graph
from engine.resolve import resolve
from engine.unfold import Unfolded
from engine.unfold import unfolded as unfold
from engine.values import Formula, FrozenMap, Value
from tests.engine.drawings import Kind, drawing, layer

KERAS = catalogue()
INLET, OUTLET = layer("Inlet"), layer("Outlet")
UNITS = BlockParameter("units", "int", 8)


def instance(name: str, *, shares: str | None = None, **values: Value) -> Kind:
    return layer(BLOCK + name, shares=shares, **values)


def block(name: str, graph: Graph, *parameters: BlockParameter) -> Block:
    return Block(name, graph, parameters)


def with_blocks(graph: Graph, *blocks: Block) -> Graph:
    return replace(graph, blocks=FrozenMap({block.name: block for block in blocks}))


def unfolded(graph: Graph) -> Unfolded:
    return unfold(graph, KERAS)


def wires(graph: Graph) -> set[tuple[str, str]]:
    return {(edge.source.node, edge.target.node) for edge in graph.edges}


def meant(graph: Graph) -> Graph:
    return resolve(graph, KERAS).graph


def unit(*parameters: BlockParameter) -> Block:
    """A Dense and what normalizes it."""
    graph = drawing(
        "x > d", "d > n", "n > y", x=INLET, d=layer("Dense", units=Formula("units * 2")),
        n=layer("BatchNormalization"), y=OUTLET,
    )  # fmt: skip
    return block("unit", graph, *(parameters or (UNITS,)))


def test_an_instance_is_the_nodes_of_its_block() -> None:
    graph = with_blocks(
        drawing("i > u.x", "u.y > o", i=layer("InputLayer", shape=(4,)), u=instance("unit", units=3), o=layer("ReLU")),
        unit(),
    )
    flat = unfolded(graph)
    assert list(flat.graph.nodes) == ["i", "u/x", "u/d", "u/n", "u/y", "o"]
    assert flat.graph.nodes["u/d"].name == "u.d"
    assert flat.graph.nodes["u/d"].values["units"] == 6
    assert flat.paths["u/d"] == ("u", "d")
    assert wires(meant(graph)) == {("i", "u/d"), ("u/d", "u/n"), ("u/n", "o")}
    assert list(meant(graph).nodes) == ["i", "u/d", "u/n", "o"]


def test_what_is_not_said_is_the_blocks_own() -> None:
    flat = unfolded(with_blocks(drawing(u=instance("unit")), unit()))
    assert flat.graph.nodes["u/d"].values["units"] == 16


def test_a_drawing_without_blocks_is_itself() -> None:
    graph = drawing("i > d", i=layer("InputLayer", shape=(4,)), d=layer("Dense", units=2))
    assert unfolded(graph).graph is graph


def test_a_row_is_one_after_the_other_and_its_first_may_differ() -> None:
    first = BlockParameter("units", "int", 8, first=True)
    graph = with_blocks(
        drawing("i > u.x", "u.y > o", i=layer("InputLayer", shape=(4,)), u=instance("unit", units=3, repeat=3),
                o=layer("ReLU")),
        unit(first),
    )  # fmt: skip
    flat, network = unfolded(graph).graph, meant(graph)
    assert [flat.nodes[f"u/{number}/d"].values["units"] for number in (1, 2, 3)] == [6, 16, 16]
    assert flat.nodes["u/2/d"].name == "u.unit2.d"
    assert wires(network) == {
        ("i", "u/1/d"), ("u/1/d", "u/1/n"), ("u/1/n", "u/2/d"), ("u/2/d", "u/2/n"), ("u/2/n", "u/3/d"),
        ("u/3/d", "u/3/n"), ("u/3/n", "o"),
    }  # fmt: skip


def test_an_inlet_that_no_outlet_feeds_comes_to_every_unit() -> None:
    reader = block(
        "reader",
        drawing("x > a.first", "memory > a.second", "a > y", x=INLET, memory=INLET, a=layer("Subtract"), y=OUTLET),
    )
    shape = layer("InputLayer", shape=(4,))
    graph = with_blocks(drawing("i > r.x", "m > r.memory", i=shape, m=shape, r=instance("reader", repeat=2)), reader)
    assert set(meant(graph).edges) == {
        Edge(End("i", "output"), End("r/1/a", "first")), Edge(End("m", "output"), End("r/1/a", "second")),
        Edge(End("r/1/a", "output"), End("r/2/a", "first")), Edge(End("m", "output"), End("r/2/a", "second")),
    }  # fmt: skip


def test_a_node_may_take_part_in_some_instances_alone() -> None:
    graph = drawing(
        "x > p", "p > sum", "x > d", "d > sum", "sum > y", x=INLET, y=OUTLET, sum=layer("Add"),
        p=layer("Dense", units=4), d=layer("Dense", units=4),
    )  # fmt: skip
    graph = graph.with_node(replace(graph.nodes["p"], when="project"))
    residual = block("residual", graph, BlockParameter("project", "bool", False, first=True))
    shown = drawing("i > r.x", i=layer("InputLayer", shape=(4,)), r=instance("residual", project=True, repeat=2))
    network = meant(with_blocks(shown, residual))
    assert "r/1/p" in network.nodes
    assert "r/2/p" not in network.nodes
    assert ("r/1/sum", "r/2/sum") in wires(network)


def test_blocks_stand_in_blocks_and_hand_their_parameters_on() -> None:
    outer = block(
        "stage",
        drawing("x > a.x", "a.y > b.x", "b.y > y", x=INLET, y=OUTLET, a=instance("unit", units=Formula("width")),
                b=instance("unit", units=Formula("width * 2"), repeat=2)),
        BlockParameter("width", "int", 5),
    )  # fmt: skip
    graph = with_blocks(
        drawing("i > s.x", "s.y > o", i=layer("InputLayer", shape=(4,)), s=instance("stage", width=7), o=layer("ReLU")),
        unit(), outer,
    )  # fmt: skip
    flat = unfolded(graph)
    assert flat.graph.nodes["s/a/d"].values["units"] == 14
    assert flat.graph.nodes["s/b/2/d"].values["units"] == 28
    assert flat.graph.nodes["s/b/2/d"].name == "s.b.unit2.d"
    assert flat.paths["s/b/2/d"] == ("s", "b", "d")
    assert ("i", "s/a/d") in wires(meant(graph))
    assert ("s/b/2/n", "o") in wires(meant(graph))


def test_a_shared_instance_calls_the_layers_of_the_other_again() -> None:
    inner = block(
        "pair", drawing("x > u.x", "u.y > d", "d > y", x=INLET, y=OUTLET, u=instance("unit"), d=layer("Dense", units=2))
    )
    graph = drawing("i > a.x", "j > b.x", i=layer("InputLayer", shape=(4,)), j=layer("InputLayer", shape=(4,)),
                    a=instance("pair"), b=instance("pair", shares="a"))  # fmt: skip
    nodes = unfolded(with_blocks(graph, unit(), inner)).graph.nodes
    assert nodes["b/d"].shares == "a/d"
    assert nodes["b/u/d"].shares == "a/u/d"
    assert nodes["a/u/d"].shares is None
    assert nodes["b/u/d"].values == FrozenMap()


def test_a_bypassed_instance_passes_on_and_a_disabled_one_is_left_out() -> None:
    graph = with_blocks(
        drawing("i > u.x", "u.y > o", i=layer("InputLayer", shape=(4,)), u=instance("unit"), o=layer("ReLU")), unit()
    )
    node = graph.nodes["u"]
    assert wires(meant(graph.with_node(replace(node, mode="bypass")))) == {("i", "o")}
    assert wires(meant(graph.with_node(replace(node, mode="disable")))) == set()


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"repeat": 0}, "repeat expects a whole number"), ({"repeat": MOST_REPEATS + 1}, "repeat expects"),
        ({"repeat": True}, "repeat expects"), ({"units": "wide"}, "reckons with numbers"),
        ({"units": Formula("width")}, "The block has the parameters none"),
    ],
)  # fmt: skip
def test_what_cannot_be_worked_out_is_said_and_the_rest_stands(values: dict[str, Value], words: str) -> None:
    node = BLOCK + "unit", None, FrozenMap(values)
    graph = with_blocks(drawing(u=node, d=layer("Dense", units=2)), unit())
    flat = unfolded(graph)
    assert words in flat.faults[0].sentence
    assert flat.faults[0].node.startswith("u")
    assert "d" in flat.graph.nodes


def test_a_block_that_is_not_there_is_said() -> None:
    flat = unfolded(drawing(u=instance("gone"), d=layer("Dense", units=2)))
    assert "stands in the drawing" in flat.faults[0].sentence
    assert list(flat.graph.nodes) == ["d"]


def test_blocks_that_stand_in_themselves_come_to_an_end() -> None:
    ring = block("ring", drawing("x > r.x", x=INLET, r=instance("ring"), y=OUTLET))
    flat = unfolded(with_blocks(drawing(u=instance("ring")), ring))
    assert "at most 12 deep" in flat.faults[0].sentence


@pytest.mark.parametrize("layers", [{"d": layer("Dense", units=1)}, {}])
def test_too_many_come_to_an_end_soon(layers: dict[str, Kind]) -> None:
    blocks = [block("b0", drawing(**layers))]
    blocks += [block(f"b{level}", drawing(i=instance(f"b{level - 1}", repeat=1000))) for level in range(1, 6)]
    flat = unfolded(with_blocks(drawing(u=instance("b5")), *blocks))
    assert any("at most 20,000" in fault.sentence for fault in flat.faults)


def test_an_edit_elsewhere_gives_the_very_same_nodes() -> None:
    graph = with_blocks(
        drawing("i > u.x", "u.y > o", i=layer("InputLayer", shape=(4,)), u=instance("unit", repeat=5),
                o=layer("Dense", units=3)),
        unit(),
    )  # fmt: skip
    before, after = unfolded(graph).graph, unfolded(graph.with_value("o", "units", 4)).graph
    assert after.nodes.others(before.nodes) == ["o"]
    assert after.edges is before.edges
