"""Grouping, ungrouping and exposing: what the network means stays what it was."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.catalogue import catalogue
from engine.errors import EngineError
from engine.graph import Graph
from engine.grouping import exposed, grouped, ungrouped, without_unused
from engine.resolve import resolve
from engine.unfold import unfolded
from engine.values import Formula
from tests.engine.drawings import drawing, layer

KERAS = catalogue()


def line() -> Graph:
    return drawing(
        "i > a", "a > b", "b > c", "a > add", "c > add", "add > o", i=layer("InputLayer", shape=(4,)),
        a=layer("Dense", units=4), b=layer("ReLU"), c=layer("Dense", units=4), add=layer("Add"),
        o=layer("Dense", units=1),
    )  # fmt: skip


def likeness(graph: Graph) -> Counter[object]:
    """What a network is, whatever its ids and names: every way through it, each layer by kind and values."""
    network = resolve(graph, KERAS).graph
    depth: dict[str, object] = {}
    for id in reversed(_sorted(network)):
        node = network.nodes[id]
        fed = tuple(sorted(repr((e.target.port, depth[e.target.node])) for e in network.edges if e.source.node == id))
        depth[id] = (node.layer, repr(dict(node.values)), fed)
    return Counter(repr(each) for each in depth.values())


def _sorted(graph: Graph) -> tuple[str, ...]:
    from engine.graph import order

    return order(graph).ids


def test_nodes_become_a_block_and_an_instance_of_it() -> None:
    graph, id = grouped(line(), {"b", "c"}, "inner")
    assert set(graph.nodes) == {"i", "a", "add", "o", id}
    assert graph.nodes[id].layer == "block:inner"
    ports = {
        (node.layer, node.name)
        for node in graph.blocks["inner"].graph.nodes.values()
        if node.layer in ("Inlet", "Outlet")
    }
    assert ports == {("Inlet", "x"), ("Outlet", "y")}
    assert likeness(graph) == likeness(line())


def test_several_ports_have_the_names_of_what_they_carry() -> None:
    graph, _ = grouped(line(), {"add", "o"}, "tail")
    names = [node.name for node in graph.blocks["tail"].graph.nodes.values() if node.layer == "Inlet"]
    assert names == ["a", "c"]
    assert likeness(graph) == likeness(line())


def test_what_nothing_takes_leaves_the_block_too() -> None:
    graph, id = grouped(line(), {"o"}, "end")
    assert [port.name for port in KERAS.with_blocks(graph.blocks).outputs(graph.nodes[id])] == ["y"]


@pytest.mark.parametrize(
    ("ids", "name", "words"),
    [
        ((), "unit", "made of one layer or more"), (("b",), "for", "no word of Python's"),
        (("b",), "a b", "starts with a letter"), (("a", "add"), "unit", "between"), (("a", "c"), "unit", "between"),
    ],
)  # fmt: skip
def test_what_makes_no_block_is_refused(ids: tuple[str, ...], name: str, words: str) -> None:
    with pytest.raises(EngineError, match=words):
        grouped(line(), ids, name)


def test_a_name_that_is_taken_is_refused() -> None:
    graph, _ = grouped(line(), {"b"}, "unit")
    with pytest.raises(EngineError, match="a name of its own"):
        grouped(graph, {"c"}, "unit")


def test_shared_layers_stay_together() -> None:
    graph = drawing(
        "i > a", "a > b", i=layer("InputLayer", shape=(4,)), a=layer("Dense", units=4), b=layer("Dense", shares="a")
    )
    with pytest.raises(EngineError, match="in one block"):
        grouped(graph, {"b"}, "unit")
    both, _ = grouped(graph, {"a", "b"}, "unit")
    assert [node.shares for node in unfolded(both, KERAS).graph.nodes.values() if node.layer == "Dense"].count(
        None
    ) == 1


def test_ungrouping_gives_the_nodes_back() -> None:
    graph, id = grouped(line(), {"b", "c"}, "inner")
    flat, ids = ungrouped(graph, id, KERAS)
    assert {flat.nodes[each].layer for each in ids} == {"ReLU", "Dense"}
    assert not [node for node in flat.nodes.values() if node.layer in ("Inlet", "Outlet", "Reroute")]
    assert likeness(flat) == likeness(line())
    assert without_unused(flat).blocks == line().blocks


def test_a_row_is_ungrouped_unit_by_unit_with_its_values() -> None:
    graph, id = grouped(line(), {"b", "c"}, "inner")
    graph = exposed(graph, "inner", "c", KERAS.layer("Dense").parameter("units"), 4)
    node = graph.nodes[id]
    graph = graph.with_node(replace(node, values=node.values.with_item("units", 4).with_item("repeat", 3)))
    flat, ids = ungrouped(graph, id, KERAS)
    assert len(ids) == 6
    assert {flat.nodes[each].values.get("units") for each in ids if flat.nodes[each].layer == "Dense"} == {4}
    assert likeness(flat) == likeness(graph)
    assert len({node.name for node in flat.nodes.values()}) == len(flat.nodes)


def test_an_exposed_value_is_the_instances_to_set() -> None:
    graph, id = grouped(line(), {"c"}, "wide")
    graph = exposed(graph, "wide", "c", KERAS.layer("Dense").parameter("units"), 4, "width")
    assert graph.blocks["wide"].graph.nodes["c"].values["units"] == Formula("width")
    assert likeness(graph) == likeness(line())
    wider = graph.with_value(id, "width", 9)
    assert 9 in {node.values.get("units") for node in resolve(wider, KERAS).graph.nodes.values()}
    with pytest.raises(EngineError, match="of another kind"):
        exposed(graph, "wide", "c", KERAS.layer("Dense").parameter("use_bias"), True, "width")


@given(st.sets(st.sampled_from(["i", "a", "b", "c", "add", "o"]), min_size=1), st.data())
def test_whatever_is_grouped_means_what_it_meant(ids: set[str], data: st.DataObject) -> None:
    try:
        graph, id = grouped(line(), ids, "unit")
    except EngineError:
        return
    assert likeness(graph) == likeness(line())
    more = data.draw(st.sets(st.sampled_from(sorted(graph.nodes)), min_size=1))
    try:
        nested, outer = grouped(graph, more, "outer")
    except EngineError:
        nested, outer = graph, id
    assert likeness(nested) == likeness(line())
    flat, _ = ungrouped(nested, outer, KERAS)
    assert likeness(flat) == likeness(line())
