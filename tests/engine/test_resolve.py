"""What a drawing means: dots passed through, bypassed nodes too, disabled ones left out."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from engine.catalogue import catalogue
from engine.code import script
from engine.drawing import Drawing
from engine.graph import REROUTE, Edge, End, Graph, Mode
from engine.graph_json import graph_from_json, graph_to_json
from engine.mends import sought
from engine.project import Project
from engine.resolve import resolve, resolved
from engine.structure import found, problems
from tests.engine.drawings import chain, drawing, layer

CATALOGUE = catalogue()
INPUT = layer("InputLayer", shape=(8,))


def turned(graph: Graph, mode: Mode, *ids: str) -> Graph:
    return graph.with_nodes(replace(graph.node(id), mode=mode) for id in ids)


def wires(graph: Graph) -> list[str]:
    return [f"{edge.source.node} > {edge.target.node}" for edge in graph.edges]


def test_a_plain_drawing_means_itself() -> None:
    graph = chain(INPUT, layer("Dense", units=4))
    assert resolved(graph, CATALOGUE) is graph


def test_a_bypassed_node_passes_its_input_on() -> None:
    graph = turned(chain(INPUT, layer("Dense", units=4), layer("Dense", units=2)), "bypass", "l1")
    assert wires(resolved(graph, CATALOGUE)) == ["l0 > l2"]
    assert list(resolved(graph, CATALOGUE).nodes) == ["l0", "l2"]


def test_a_chain_of_dots_and_bypassed_nodes_leads_to_its_source() -> None:
    kinds = INPUT, layer("Reroute"), layer("Dense", units=4), layer("Reroute"), layer("Dense", units=2)
    graph = turned(chain(*kinds), "bypass", "l2")
    found = resolve(graph, CATALOGUE)
    assert wires(found.graph) == ["l0 > l4"]
    assert found.source(End("l3", "output")) == End("l0", "output")


def test_a_dot_leads_to_several_places() -> None:
    graph = drawing("x > dot", "dot > a", "dot > b", x=INPUT, dot=layer("Reroute"), a=layer("ReLU"), b=layer("Softmax"))
    assert wires(resolved(graph, CATALOGUE)) == ["x > a", "x > b"]


def test_the_first_port_is_passed_on_whatever_the_order_of_the_wires() -> None:
    attention = layer("MultiHeadAttention", num_heads=2, key_dim=4)
    graph = drawing("v > at.value", "q > at.query", "at > end", q=INPUT, v=INPUT, at=attention, end=layer("ReLU"))
    assert wires(resolved(turned(graph, "bypass", "at"), CATALOGUE)) == ["q > end"]


def test_a_bypassed_branch_feeds_a_sum_twice() -> None:
    graph = drawing(
        "x > a", "a > sum", "x > sum", "sum > end",
        x=INPUT, a=layer("Dense", units=8), sum=layer("Add"), end=layer("Dense", units=2),
    )  # fmt: skip
    graph = turned(graph, "bypass", "a")
    assert wires(resolved(graph, CATALOGUE)) == ["x > sum", "x > sum", "sum > end"]
    assert problems(graph, CATALOGUE) == ()
    code = script.script(Project(graph), CATALOGUE, data_file="data.npz", name="net")
    assert 'layers.Add(name="sum")([x, x])' in code


def test_a_disabled_node_takes_along_what_it_alone_feeds() -> None:
    graph = drawing(
        "x > a", "a > b", "b > c", "x > d", "c > sum", "d > sum",
        x=INPUT, a=layer("ReLU"), b=layer("ReLU"), c=layer("ReLU"), d=layer("ReLU"), sum=layer("Add"),
    )  # fmt: skip
    found = resolve(turned(graph, "disable", "a"), CATALOGUE)
    assert found.absent == {"a", "b", "c"}
    assert wires(found.graph) == ["x > d", "d > sum"]


def test_a_bypassed_input_passes_nothing_on() -> None:
    graph = turned(chain(INPUT, layer("Dense", units=4)), "bypass", "l0")
    assert wires(resolved(graph, CATALOGUE)) == []
    assert any("l1 (Dense) has no input" in problem.sentence for problem in problems(graph, CATALOGUE))


def test_a_drawing_with_nothing_left_says_so() -> None:
    graph = turned(chain(INPUT, layer("Dense", units=4)), "disable", "l0")
    assert [problem.sentence for problem in problems(graph, CATALOGUE)] == [
        "Every layer is bypassed or disabled: nothing is left to train. Turn some on again."
    ]


def test_a_ring_of_dots_ends() -> None:
    dot = layer("Reroute")
    graph = drawing("a > b", "b > a", "b > end", a=dot, b=dot, end=layer("ReLU"))
    assert wires(resolved(graph, CATALOGUE)) == []


def test_the_weights_of_a_bypassed_owner_go_to_the_next_that_shares_them() -> None:
    graph = chain(INPUT, layer("Dense", units=8), layer("Dense", shares="l1"), layer("Dense", units=2))
    found = resolved(turned(graph, "bypass", "l1"), CATALOGUE)
    assert found.node("l2").shares is None
    assert found.node("l2").values == {"units": 8}


def test_a_problem_past_a_bypassed_node_is_mended_in_the_drawing_itself() -> None:
    graph = chain(INPUT, layer("Dense", units=4), layer("Dense", units=4))
    graph = graph.with_edge(Edge(End("l0", "output"), End("l2", "input")))
    graph = turned(graph, "bypass", "l1")
    read = Drawing(graph, CATALOGUE)
    (problem,) = problems(graph, CATALOGUE)
    assert found(read) == [problem]
    for mend in sought(read.mends[problem])[-2:]:
        after = mend.mended(graph, CATALOGUE)
        assert after.node("l1").mode == "bypass"
        assert len(after.into("l2")) == 1


@given(st.lists(st.sampled_from(["", "bypass", "disable"]), min_size=6, max_size=6), st.data())
def test_what_is_meant_holds_together(modes: list[Mode], data: st.DataObject) -> None:
    kinds = [INPUT, *(layer(data.draw(st.sampled_from(["ReLU", "Reroute", "Add"]))) for _ in range(5))]
    graph = drawing(**{f"l{place}": kind for place, kind in enumerate(kinds)})
    for place in range(1, 6):
        for source in data.draw(st.sets(st.integers(0, place - 1), max_size=2)):
            port = "inputs" if graph.node(f"l{place}").layer == "Add" else "input"
            graph = graph.with_edge(Edge(End(f"l{source}", "output"), End(f"l{place}", port)))
    for place, mode in enumerate(modes):
        graph = turned(graph, mode, f"l{place}")
    found = resolved(graph, CATALOGUE)
    assert all(not node.mode and node.layer != "Reroute" for node in found.nodes.values())
    assert {end.node for edge in found.edges for end in (edge.source, edge.target)} <= set(found.nodes)
    assert resolved(found, CATALOGUE) is found
    assert graph_from_json(graph_to_json(graph)) == graph


def test_a_dot_is_in_no_palette() -> None:
    assert REROUTE not in CATALOGUE.layers
    assert CATALOGUE.layer(REROUTE).outputs[0].name == "output"
