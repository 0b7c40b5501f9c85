"""Edits around a node: nothing hangs loose, nothing stands twice, no circle comes of it, all else stays."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine import surgery, wiring
from engine.catalogue import catalogue
from engine.errors import EngineError
from engine.graph import REROUTE, Edge, End, Graph, Node, cycle, reachable
from engine.specs import PortSpec
from engine.values import FrozenMap, Value
from tests.engine.drawings import chain, drawing, layer
from tests.engine.strategies import PATIENT

INPUT = layer("InputLayer", shape=(8, 8, 1))
CONV = layer("Conv2D", filters=4, kernel_size=(3, 3), activation="relu")
DENSE, DROP, ADD = layer("Dense", units=4), layer("Dropout", rate=0.5), layer("Add")
KINDS = ("InputLayer", "Dense", "Add", "LSTM", "Attention", "Subtract", REROUTE, "Bogus")


@st.composite
def drawings(draw: st.DrawFn) -> Graph:
    """Draw what a person may have wired: merges, several ports, shared layers, a layer that there is not."""
    kinds = draw(st.lists(st.sampled_from(KINDS), min_size=2, max_size=8))
    graph = Graph()
    for place, kind in enumerate(kinds):
        owners = [node.id for node in graph.nodes.values() if node.layer == kind and node.shares is None]
        shares = draw(st.none() | st.sampled_from(owners)) if owners and kind != "Bogus" else None
        stem = catalogue().layer(kind).stem if kind != "Bogus" else "odd"
        values: FrozenMap[Value] = FrozenMap({"units": 4} if kind in ("Dense", "LSTM") and shares is None else {})
        graph = graph.with_node(Node(f"n{place}", kind, graph.free_name(stem), values, (0.0, 0.0), shares))
    for _ in range(draw(st.integers(0, 14))):
        first, second = sorted(draw(st.tuples(*[st.integers(0, len(kinds) - 1)] * 2)))
        source = End(f"n{first}", "output")
        ports = [port.name for port in _ports(graph, f"n{second}")]
        if first == second or not ports:
            continue
        edge = Edge(source, End(f"n{second}", draw(st.sampled_from(ports))))
        if "Bogus" in (kinds[first], kinds[second]):
            free = all(other.target != edge.target for other in graph.edges)
            graph = graph.with_edge(edge) if free else graph
        elif wiring.why_not(graph, catalogue(), edge.source, edge.target) is None:
            graph = wiring.connect(graph, catalogue(), edge.source, edge.target)
    return graph


def _ports(graph: Graph, id: str) -> tuple[PortSpec, ...]:
    if graph.node(id).layer == "Bogus":
        return (PortSpec("input"), PortSpec("other"))
    return wiring.inputs(graph, catalogue(), id)


def holds(graph: Graph) -> None:
    """Fail where a drawing does not hold together."""
    assert len(set(graph.edges)) == len(graph.edges), "a wire stands twice"
    assert {end.node for edge in graph.edges for end in (edge.source, edge.target)} <= set(graph.nodes)
    assert cycle(graph) == ()
    for node in graph.nodes.values():
        if node.shares is not None:
            assert graph.owner(node.id).layer == node.layer
            assert graph.owner(node.id).shares is None
    for target, count in Counter(edge.target for edge in graph.edges).items():
        many = {port.name: port.many for port in _ports(graph, target.node)}
        assert count == 1 or many[target.port], f"{count} wires end in {target}"


def some(graph: Graph, draw: st.DataObject) -> frozenset[str]:
    return draw.draw(st.frozensets(st.sampled_from(list(graph.nodes)), min_size=1))


@PATIENT
@given(drawings(), st.data())
def test_dissolving_leaves_all_else_as_it_was(graph: Graph, data: st.DataObject) -> None:
    ids = some(graph, data)
    after = surgery.dissolved(graph, catalogue(), ids)
    holds(after)
    assert list(after.nodes) == [id for id in graph.nodes if id not in ids]
    untouched = [edge for edge in graph.edges if not {edge.source.node, edge.target.node} & ids]
    for edge in set(after.edges) - set(untouched):
        assert edge.target.node in reachable(graph, [edge.source.node]), "joined what was never joined"
        assert any(old.target == edge.target and old.source.node in ids for old in graph.edges)
    assert set(untouched) <= set(after.edges), "a wire that has nothing to do with it is gone"


@PATIENT
@given(drawings(), st.data())
def test_detaching_keeps_the_nodes_and_the_wires_among_them(graph: Graph, data: st.DataObject) -> None:
    ids = some(graph, data)
    after = surgery.detached(graph, catalogue(), ids)
    holds(after)
    assert after.nodes == graph.nodes
    among = [edge for edge in graph.edges if edge.source.node in ids and edge.target.node in ids]
    assert [edge for edge in after.edges if {edge.source.node, edge.target.node} & ids] == among
    assert surgery.detached(after, catalogue(), ids) == after


@PATIENT
@given(drawings(), st.data())
def test_replacing_touches_one_node_and_its_wires(graph: Graph, data: st.DataObject) -> None:
    id = data.draw(st.sampled_from(list(graph.nodes)))
    kind = data.draw(st.sampled_from([each for each in KINDS if each != "Bogus"]))
    if graph.owner(id).layer == "Bogus" and graph.node(id).shares is not None:
        return
    swap = surgery.replaced(graph, catalogue(), id, kind)
    holds(swap.graph)
    assert list(swap.graph.nodes) == list(graph.nodes)
    assert len(swap.graph.edges) == len(graph.edges) - len(swap.dropped)
    assert bool(swap.sentence) is bool(swap.dropped)
    apart = [edge for edge in graph.edges if id not in (edge.source.node, edge.target.node)]
    assert [edge for edge in swap.graph.edges if id not in (edge.source.node, edge.target.node)] == apart
    assert catalogue().values(swap.node) == swap.node.values
    assert (swap.node.id, swap.node.at) == (id, graph.node(id).at)
    if kind == graph.node(id).layer and graph.node(id).shares is None:
        assert swap.graph.edges == graph.edges or not swap.dropped


@PATIENT
@given(drawings(), st.data())
def test_what_is_inserted_after_a_node_dissolves_to_what_was(graph: Graph, data: st.DataObject) -> None:
    before = data.draw(st.sampled_from([id for id in graph.nodes if graph.owner(id).layer != "Bogus"] or [""]))
    if not before:
        return
    node = catalogue().new_node(graph, data.draw(st.sampled_from(["Dropout", "Dense", "Concatenate"])))
    after = surgery.inserted_after(graph, catalogue(), before, node)
    holds(after)
    first = End(before, wiring.outputs(graph, catalogue(), before)[0].name)
    assert [edge.target.node for edge in after.edges if edge.source == first] == [node.id]
    assert surgery.dissolved(after, catalogue(), [node.id]) == graph


@PATIENT
@given(drawings(), st.data())
def test_moving_an_outputs_wires_makes_no_circle(graph: Graph, data: st.DataObject) -> None:
    old, new = (End(data.draw(st.sampled_from(list(graph.nodes))), "output") for _ in range(2))
    if old == new or "Bogus" in (graph.owner(old.node).layer, graph.owner(new.node).layer):
        return
    fed = {edge.target.node for edge in graph.edges if edge.source == old}
    if new.node in reachable(graph.without_edges(graph.out_of(old.node)), fed):
        with pytest.raises(EngineError, match=r"circle|cannot feed itself|Bogus"):
            surgery.rewired(graph, catalogue(), old, new)
        return
    after = surgery.rewired(graph, catalogue(), old, new)
    holds(after)
    assert not [edge for edge in after.edges if edge.source == old]
    assert {edge.target for edge in graph.edges} == {edge.target for edge in after.edges}


# -- by example


def spelled(graph: Graph) -> list[str]:
    return [f"{edge.source.node} > {edge.target.node}" for edge in graph.edges]


def test_a_chain_dissolves_as_one() -> None:
    graph = chain(INPUT, CONV, DROP, CONV)
    assert spelled(surgery.dissolved(graph, catalogue(), ["l1", "l2"])) == ["l0 > l3"]
    assert spelled(surgery.dissolved(graph, catalogue(), ["l0"])) == ["l1 > l2", "l2 > l3"]
    assert spelled(surgery.dissolved(graph, catalogue(), ["l3"])) == ["l0 > l1", "l1 > l2"]


def test_a_merge_passes_its_first_on_and_the_order_at_a_merge_stays() -> None:
    graph = drawing(
        "b > m", "a > m", "m > z", "x > z", a=INPUT, b=INPUT, x=INPUT, m=ADD, z=layer("Concatenate")
    )  # fmt: skip
    assert spelled(surgery.dissolved(graph, catalogue(), ["m"])) == ["b > z", "x > z"]
    graph = drawing("i > s.second", "j > s.first", "s > d", i=INPUT, j=INPUT, s=layer("Subtract"), d=DENSE)
    assert spelled(surgery.dissolved(graph, catalogue(), ["s"])) == ["j > d"], "the first port, not the first wire"


def test_a_wire_that_is_there_already_stays_one() -> None:
    graph = drawing("a > d", "a > m", "d > m", "m > z", a=INPUT, d=DROP, m=ADD, z=DENSE)
    assert spelled(surgery.dissolved(graph, catalogue(), ["d"])) == ["a > m", "m > z"]


def test_what_hangs_on_another_output_comes_off() -> None:
    lstm = layer("LSTM", units=4, return_state=True)
    graph = drawing("a > l", "l > d", "l.state_h > e", a=INPUT, l=lstm, d=DENSE, e=DENSE)
    assert spelled(surgery.dissolved(graph, catalogue(), ["l"])) == ["a > d"]


def test_a_dissolved_owner_leaves_its_layer_to_the_next() -> None:
    graph = drawing("a > o", "o > s", a=INPUT, o=DENSE, s=layer("Dense", shares="o"))
    after = surgery.dissolved(graph, catalogue(), ["o"])
    assert spelled(after) == ["a > s"]
    assert (after.node("s").shares, after.node("s").values["units"]) == (None, 4)


def test_a_layer_replaced_keeps_what_both_take() -> None:
    graph = chain(INPUT, CONV, DENSE)
    swap = surgery.replaced(graph, catalogue(), "l1", "SeparableConv2D")
    assert dict(swap.node.values) == {"filters": 4, "kernel_size": (3, 3), "activation": "relu"}
    assert (swap.node.name, swap.sentence) == ("l1", "")
    assert spelled(swap.graph) == spelled(graph)
    swap = surgery.replaced(graph, catalogue(), "l1", "Conv1D")
    assert swap.node.values["kernel_size"] == 3
    assert "filters" not in surgery.replaced(graph, catalogue(), "l1", "MaxPooling2D").node.values


def test_a_start_value_is_not_put_where_the_old_layer_was_left_plain() -> None:
    plain = layer("Conv2D", filters=4, kernel_size=(3, 3))
    swap = surgery.replaced(chain(INPUT, plain), catalogue(), "l1", "Dense")
    assert "activation" not in swap.node.values
    assert swap.node.values["units"] == catalogue().new_node(Graph(), "Dense").values["units"]


def test_an_automatic_name_follows_the_layer() -> None:
    graph = chain(INPUT, CONV)
    for name, after in (("conv2d", "dense"), ("conv2d_12", "dense"), ("conv2d_a", "conv2d_a"), ("mine", "mine")):
        named = graph.with_node(replace(graph.node("l1"), name=name))
        assert surgery.replaced(named, catalogue(), "l1", "Dense").node.name == after


def test_ports_are_matched_by_name_then_by_order() -> None:
    graph = drawing("b > s.second", "a > s.first", "s > d", a=INPUT, b=INPUT, s=layer("Subtract"), d=DENSE)
    merged = surgery.replaced(graph, catalogue(), "s", "Concatenate").graph
    assert [edge.source.node for edge in merged.into("s")] == ["a", "b"]
    assert {edge.target.port for edge in merged.into("s")} == {"inputs"}
    back = surgery.replaced(merged, catalogue(), "s", "Dot").graph
    assert [(edge.source.node, edge.target.port) for edge in back.into("s")] == [("a", "first"), ("b", "second")]


def test_wires_that_do_not_fit_come_off_and_are_named() -> None:
    graph = drawing("a > m", "b > m", "c > m", "m > d", a=INPUT, b=INPUT, c=INPUT, m=ADD, d=DENSE)
    swap = surgery.replaced(graph, catalogue(), "m", "Dense")
    assert spelled(swap.graph) == ["a > m", "m > d"]
    assert swap.sentence == "m (Dense) has no port for all its wires. 2 wires to or from b and c came off."
    swap = surgery.replaced(graph, catalogue(), "m", "InputLayer")
    assert spelled(swap.graph) == ["m > d"]


def test_two_wires_from_one_layer_are_one_at_a_merge() -> None:
    graph = drawing("a > q.query", "a > q.value", a=INPUT, q=layer("Attention"))
    swap = surgery.replaced(graph, catalogue(), "q", "Add")
    assert spelled(swap.graph) == ["a > q"]
    assert len(swap.dropped) == 1


def test_a_mask_does_not_become_data() -> None:
    graph = drawing("a > l", "a > l.mask", a=INPUT, l=layer("LSTM", units=4))
    swap = surgery.replaced(graph, catalogue(), "l", "Subtract")
    assert [edge.target.port for edge in swap.graph.edges] == ["first"]
    assert [edge.target.port for edge in swap.dropped] == ["mask"]


def test_an_owner_that_is_replaced_leaves_its_layer_to_the_next() -> None:
    graph = drawing("a > o", "o > s", a=INPUT, o=DENSE, s=layer("Dense", shares="o"))
    after = surgery.replaced(graph, catalogue(), "o", "Dropout").graph
    assert (after.node("s").shares, after.node("s").values["units"]) == (None, 4)
    after = surgery.replaced(graph, catalogue(), "s", "LSTM").graph
    assert (after.node("s").shares, after.node("s").values["units"]) == (None, 4)


def test_a_dot_is_passed_through_like_any_layer() -> None:
    dot = layer(REROUTE)
    graph = drawing("a > r", "r > d", "r > e", a=INPUT, r=dot, d=DENSE, e=DENSE)
    assert spelled(surgery.dissolved(graph, catalogue(), ["r"])) == ["a > d", "a > e"]
    assert spelled(surgery.dissolved(graph, catalogue(), ["a", "d"])) == ["r > e"]
    assert spelled(surgery.replaced(graph, catalogue(), "r", "Dropout").graph) == spelled(graph)
    assert spelled(surgery.replaced(graph, catalogue(), "d", REROUTE).graph) == spelled(graph)
    node = catalogue().new_node(graph, "Dropout")
    after = surgery.inserted_after(graph, catalogue(), "r", node)
    assert spelled(after) == ["a > r", f"r > {node.id}", f"{node.id} > d", f"{node.id} > e"]
    assert surgery.why_not_on(drawing(r=dot), catalogue(), "r") is None


def test_what_cannot_stand_on_a_wire_says_why() -> None:
    graph = drawing("a > d", a=INPUT, d=DENSE, i=INPUT, f=DROP)
    sentences = [surgery.why_not_on(graph, catalogue(), id) for id in ("d", "i")]
    assert [error.sentence if error else "" for error in sentences] == [
        "d (Dense) has wires of its own. Detach it first: drag it with Alt.",
        "i (InputLayer) cannot stand on a wire: it takes none.",
    ]
    assert surgery.why_not_on(graph, catalogue(), "f") is None


def test_an_input_cannot_be_inserted_after_a_node() -> None:
    graph = chain(INPUT, DENSE)
    node = catalogue().new_node(graph, "InputLayer")
    with pytest.raises(EngineError, match="it takes none"):
        surgery.inserted_after(graph, catalogue(), "l0", node)
