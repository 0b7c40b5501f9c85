"""What may be wired to what: never a circle, never two wires where one belongs, and a sentence for each refusal."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine import wiring
from engine.catalogue import catalogue
from engine.errors import EngineError
from engine.graph import Edge, End, Graph, Node, cycle
from engine.values import FrozenMap, Part, Value
from tests.engine.drawings import chain, drawing, layer

INPUT = layer("InputLayer", shape=(8,))
DENSE = layer("Dense", units=4)
LINE = chain(INPUT, DENSE, DENSE)


@st.composite
def wired(draw: st.DrawFn) -> Graph:
    """Wire nodes of all sorts as a person would try, refused wires included."""
    kinds = draw(st.lists(st.sampled_from(["InputLayer", "Dense", "Add", "LSTM", "Attention"]), min_size=2, max_size=6))
    graph = Graph(FrozenMap({f"n{i}": Node(f"n{i}", kind, f"x{i}") for i, kind in enumerate(kinds)}))
    ids = st.sampled_from(list(graph.nodes))
    for source, target in draw(st.lists(st.tuples(ids, ids), max_size=10)):
        ports = [port.name for port in catalogue().inputs(graph.node(target))] or ["input"]
        ends = End(source, "output"), End(target, draw(st.sampled_from(ports)))
        error = wiring.why_not(graph, catalogue(), *ends)
        if error is not None:
            with pytest.raises(EngineError):
                wiring.connect(graph, catalogue(), *ends)
        else:
            graph = wiring.connect(graph, catalogue(), *ends)
            assert Edge(*ends) in graph.edges
    return graph


@given(wired())
def test_wires_that_may_be_make_no_circle_and_fill_a_port_once(graph: Graph) -> None:
    assert cycle(graph) == ()
    for id, node in graph.nodes.items():
        ports = {port.name: port for port in catalogue().inputs(node)}
        for name in wiring.repeated(edge.target.port for edge in graph.into(id)):
            assert ports[name].many


def test_a_single_port_takes_the_new_wire_in_the_place_of_the_old() -> None:
    graph = drawing(
        "a > c", "a > d", "b > d", a=INPUT, b=INPUT, c=DENSE, d=layer("Add")
    )  # fmt: skip
    after = wiring.connect(graph, catalogue(), End("b", "output"), End("c", "input"))
    assert after.edges == (Edge(End("b", "output"), End("c", "input")), *graph.edges[1:])


def test_a_port_for_many_takes_the_new_wire_last() -> None:
    graph = drawing("a > d", a=INPUT, b=INPUT, d=layer("Add"))
    after = wiring.connect(graph, catalogue(), End("b", "output"), End("d", "inputs"))
    assert [edge.source.node for edge in after.into("d")] == ["a", "b"]


@pytest.mark.parametrize(
    ("source", "target", "sentence"),
    [
        ("l2.output", "l1.input", "A wire cannot lead back to where it came from. Received: a circle: l1 → l2 → l1. "
         "Wire it to a layer further on, or remove a wire of the circle."),
        ("l1.output", "l1.input", "l1 (Dense) cannot feed itself. Wire it to another layer."),
        ("l0.output", "l1.input", "l0 is wired to input of l1 (Dense) already."),
        ("l1.output", "l0.input", "l0 (InputLayer) takes no wire: data enters there."),
        ("l0.output", "l2.query", "l2 (Dense) takes no query. It takes input."),
        ("l0.state_h", "l2.input", "l0 (InputLayer) gives no state_h. It gives output."),
        ("l0.output", "l9.input", "The drawing has no such node. Received: l9."),
    ],
)  # fmt: skip
def test_why_not(source: str, target: str, sentence: str) -> None:
    error = wiring.why_not(LINE, catalogue(), End(*source.split(".")), End(*target.split(".")))
    assert error is not None
    assert error.sentence == sentence


def test_an_output_that_a_parameter_brings() -> None:
    graph = chain(layer("InputLayer", shape=(8, 2)), layer("LSTM", units=4), DENSE)
    source, target = End("l1", "state_h"), End("l2", "input")
    error = wiring.why_not(graph, catalogue(), source, target)
    assert error is not None
    assert error.sentence == "l1 (LSTM) gives no state_h. Turn return state on."
    assert wiring.why_not(graph.with_value("l1", "return_state", True), catalogue(), source, target) is None


def test_a_layer_called_again_has_the_ports_of_its_owner() -> None:
    graph = drawing(a=layer("LSTM", units=4, return_state=True), b=layer("LSTM", shares="a"))
    assert [port.name for port in wiring.outputs(graph, catalogue(), "b")] == ["output", "state_h", "state_c"]


def test_what_a_layer_is_made_of_and_what_its_call_is_given() -> None:
    graph = drawing(
        a=layer("MultiHeadAttention", num_heads=2, key_dim=4.0, dropout=0.0, use_causal_mask=True),
        b=layer("MultiHeadAttention", shares="a", return_attention_scores=True),
    )
    made: FrozenMap[Value] = FrozenMap({"num_heads": 2, "key_dim": 4})
    assert wiring.values(graph, catalogue(), "a") == (made, FrozenMap[Value]({"use_causal_mask": True}))
    assert wiring.values(graph, catalogue(), "b") == (made, FrozenMap[Value]({"return_attention_scores": True}))
    assert [port.name for port in wiring.outputs(graph, catalogue(), "a")] == ["output"]
    assert [port.name for port in wiring.outputs(graph, catalogue(), "b")] == ["output", "scores"]


def test_inserting_on_a_wire_keeps_its_place_among_others() -> None:
    graph = drawing("a > d", "b > d", a=INPUT, b=INPUT, d=layer("Concatenate"))
    after = wiring.insert_on(graph, catalogue(), graph.edges[0], Node("n1", "Dense", "dense", DENSE[2]))
    assert [edge.source.node for edge in after.into("d")] == ["n1", "b"]
    assert [edge.source.node for edge in after.into("n1")] == ["a"]


def test_what_cannot_be_inserted() -> None:
    with pytest.raises(EngineError, match=r"x \(InputLayer\) cannot stand on a wire"):
        wiring.insert_on(LINE, catalogue(), LINE.edges[0], Node("n1", "InputLayer", "x", INPUT[2]))
    with pytest.raises(EngineError, match="no such wire"):
        wiring.insert_on(LINE, catalogue(), Edge(End("l2", "output"), End("l0", "input")), Node("n1", "ReLU", "x"))


def test_the_ends_of_a_model() -> None:
    graph = drawing(
        "a > c", "c.state_h > d", "c > e", a=INPUT, b=INPUT, c=layer("LSTM", units=2, return_state=True),
        d=DENSE, e=layer("LSTM", units=2, return_state=True), f=layer("NoSuchLayer"),
    )  # fmt: skip
    assert wiring.model_inputs(graph, catalogue()) == ("a",)
    assert wiring.model_outputs(graph, catalogue()) == (End("d", "output"), End("e", "output"))


def test_wrapped_states_are_ports() -> None:
    inner = Part("GRU", FrozenMap({"units": 2, "return_state": True}))
    graph = drawing(a=layer("Bidirectional", layer=inner))
    assert [port.name for port in wiring.outputs(graph, catalogue(), "a")] == [
        "output", "forward_state_h", "backward_state_h"
    ]  # fmt: skip


def test_long_rows_are_shortened() -> None:
    assert wiring.listed(["a"]) == "a"
    assert wiring.listed(["a", "b", "c"]) == "a, b and c"
    assert wiring.listed(list("abcdefgh")) == "a, b, c, d, e and 3 more"
    graph = chain(INPUT, *[DENSE] * 9)
    assert wiring.circle(graph, [f"l{place}" for place in range(1, 10)]) == "l1 → l2 → l3 → … → l9 → l1"
