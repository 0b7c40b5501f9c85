"""Variables are identifiers, each its own, that hide nothing of Python and nothing of the script."""

from __future__ import annotations

import builtins
import keyword

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine import wiring
from engine.catalogue import catalogue
from engine.code import names as naming
from engine.code.names import OWN, TAKEN, Names, identifier
from engine.graph import End, Graph, Node
from tests.engine.code.drawings import Sketch, bidirectional, shared
from tests.engine.strategies import PATIENT

KERAS = catalogue()


def variables(graph: Graph) -> Names:
    return naming.variables(graph, KERAS, naming.given(KERAS), wiring.model_outputs(graph, KERAS))


def _named(*names: str) -> list[str]:
    graph = Graph().with_nodes(Node(f"n{i}", "Flatten", name) for i, name in enumerate(names))
    return list(variables(graph).tensors.values())


@pytest.mark.parametrize(
    ("name", "variable"),
    [
        ("conv1", "conv1"),
        ("Conv_1", "Conv_1"),
        ("block1.conv-2", "block1_conv_2"),
        ("import", "import_"),
        ("class", "class_"),
        ("match", "match_"),
        ("input", "input_"),
        ("print", "print_"),
        ("keras", "keras_"),
        ("layers", "layers_"),
        ("np", "np_"),
        ("build_model", "build_model_"),
        ("x'; import os", "x_import_os"),
        ("1st", "layer_1st"),
        ("_", "layer"),
        ("größe", "gr_e"),
        ("", "layer"),
        ("名前", "layer"),
        ("__import__('os')", "layer_import___os"),
    ],
)
def test_a_name_becomes_a_variable(name: str, variable: str) -> None:
    assert _named(name) == [variable]


def test_names_that_would_be_one_are_told_apart() -> None:
    assert _named("a.b", "a-b", "a_b", "a_b_2") == ["a_b", "a_b_2", "a_b_3", "a_b_2_2"]
    assert _named("class", "class.", "class_") == ["class_", "class_2", "class_3"]


@PATIENT
@given(st.lists(st.text(max_size=8) | st.sampled_from(sorted(TAKEN)), max_size=6))
def test_any_names_become_variables_of_their_own(names: list[str]) -> None:
    given = _named(*names)
    assert len(set(given)) == len(names)
    for name in given:
        assert name.isidentifier()
        assert name.isascii()
        assert not keyword.iskeyword(name)
        assert not hasattr(builtins, name)
        assert name not in OWN


@given(st.text())
def test_an_identifier_begins_with_a_letter(text: str) -> None:
    assert identifier(text).isidentifier()
    assert identifier(text)[0].isalpha()


def test_states_and_shared_layers_are_named_after_their_nodes() -> None:
    graph = bidirectional()
    names = variables(graph)
    id = next(node.id for node in graph.nodes.values() if node.name == "both.ways")
    assert names.tensors[End(id, "output")] == "both_ways"
    assert names.tensors[End(id, "forward_state_h")] == "both_ways_forward_state_h"
    assert End(id, "backward_state_h") not in names.tensors
    graph = shared()
    assert list(variables(graph).layers.values()) == ["owner_layer"]


def test_an_output_that_nothing_uses_is_an_underscore() -> None:
    graph = (
        Sketch()
        .add("InputLayer", "x", shape=(4, 2))
        .add("LSTM", "lstm", "x", units=3, return_state=True)
        .add("Dense", "dense", "lstm:state_h", units=1)
    ).graph
    names = variables(graph).tensors
    assert names[End("n2", "output")] == "_"
    assert names[End("n2", "state_h")] == "lstm_state_h"
