"""Every layer, port and call is spelled as people write it."""

from __future__ import annotations

import ast
from collections.abc import Mapping

import pytest

from engine.catalogue import catalogue
from engine.code.script import text
from engine.graph import Edge, End, Graph, Node
from engine.project import Project
from engine.values import FrozenMap, Value
from tests.engine.code.drawings import Sketch, cnn, part, shared

KERAS = catalogue()


def unchecked(project: Project, name: str = "net") -> str:
    """Spell a project that no check would let through."""
    return text(project, KERAS, data_file=f"{name}_data.npz", name=name, style="keras")


def made(layer: str, values: Mapping[str, Value]) -> str:
    """Return what makes and calls one layer: all that follows `x = `."""
    node = Node("n2", layer, "x", FrozenMap(values))
    graph = Sketch().add("InputLayer", "image", shape=(8, 8, 3)).graph.with_node(node)
    for port in KERAS.layer(layer).inputs:
        if not port.optional:
            graph = graph.with_edge(Edge(End("n1", "output"), End("n2", port.name)))
    (line,) = [item for item in ast.walk(ast.parse(unchecked(Project(graph)))) if _assigns(item, "x")]
    return ast.unparse(line)


def _assigns(item: ast.AST, name: str) -> bool:
    return isinstance(item, ast.Assign) and isinstance(item.targets[0], ast.Name) and item.targets[0].id == name


@pytest.mark.parametrize(
    ("line", "layer", "values"),
    [
        ("x = layers.Dense(64, name='x')(image)", "Dense", {"units": 64}),
        ("x = layers.Dense(64, name='x')(image)", "Dense", {"units": 64, "activation": "linear", "use_bias": True}),
        ("x = layers.Dense(1, use_bias=False, trainable=False, dtype='float16', name='x')(image)", "Dense",
         {"units": 1, "use_bias": False, "trainable": False, "dtype": "float16"}),
        ("x = layers.Conv2D(8, (5, 5), padding='same', name='x')(image)", "Conv2D",
         {"filters": 8, "kernel_size": 5, "padding": "same"}),
        ("x = layers.MaxPooling2D(name='x')(image)", "MaxPooling2D", {}),
        ("x = layers.MaxPooling2D((3, 3), strides=(1, 1), name='x')(image)", "MaxPooling2D",
         {"pool_size": (3, 3), "strides": (1, 1)}),
        ("x = layers.BatchNormalization(axis=1, name='x')(image)", "BatchNormalization", {"axis": 1}),
        ("x = layers.ZeroPadding2D(((1, 2), (3, 4)), name='x')(image)", "ZeroPadding2D",
         {"padding": ((1, 2), (3, 4))}),
        ("x = layers.Reshape((-1, 3), name='x')(image)", "Reshape", {"target_shape": (-1, 3)}),
        ("x = layers.Embedding(input_dim=100, output_dim=8, name='x')(image)", "Embedding",
         {"input_dim": 100, "output_dim": 8}),
        ("x = layers.MultiHeadAttention(num_heads=2, key_dim=4, name='x')(image, value=image)", "MultiHeadAttention",
         {"num_heads": 2, "key_dim": 4}),
        ("x = layers.MultiHeadAttention(num_heads=2, key_dim=4, name='x')(image, value=image, use_causal_mask=True)",
         "MultiHeadAttention", {"num_heads": 2, "key_dim": 4, "use_causal_mask": True}),
        ("x = layers.Attention(use_scale=True, name='x')([image, image])", "Attention", {"use_scale": True}),
        ("x = layers.Concatenate(axis=1, name='x')([image])", "Concatenate", {"axis": 1}),
        ("x = layers.Dot(axes=(1, 2), name='x')([image, image])", "Dot", {"axes": (1, 2)}),
        ("x = layers.Rescaling(1 / 255, offset=-1.0, name='x')(image)", "Rescaling",
         {"scale": 1 / 255, "offset": -1.0}),
        ("x = layers.Normalization(mean=[0.5], variance=[0.1, 0.2], name='x')(image)", "Normalization",
         {"mean": (0.5,), "variance": (0.1, 0.2)}),
        ("x = layers.Bidirectional(layers.LSTM(64), name='x')(image)", "Bidirectional",
         {"layer": part("LSTM", units=64)}),
        ("x = layers.TimeDistributed(layers.Bidirectional(layers.GRU(3)), name='x')(image)", "TimeDistributed",
         {"layer": part("Bidirectional", layer=part("GRU", units=3))}),
        ("x = layers.Dense(1, kernel_regularizer=keras.regularizers.L2(0.01), name='x')(image)", "Dense",
         {"units": 1, "kernel_regularizer": part("L2")}),
        ("x = layers.Dense(1, kernel_regularizer=keras.regularizers.L1L2(l2=0.5), name='x')(image)", "Dense",
         {"units": 1, "kernel_regularizer": part("L1L2", l2=0.5)}),
        ("x = layers.Dense(1, kernel_initializer='he_normal', name='x')(image)", "Dense",
         {"units": 1, "kernel_initializer": part("HeNormal")}),
        ("x = layers.Dense(1, bias_initializer=keras.initializers.Constant(), name='x')(image)", "Dense",
         {"units": 1, "bias_initializer": part("Constant")}),
        ("x = layers.Dense(1, kernel_constraint=keras.constraints.UnitNorm(), name='x')(image)", "Dense",
         {"units": 1, "kernel_constraint": part("UnitNorm")}),
    ],
)  # fmt: skip
def test_a_layer_is_spelled_with_what_differs(line: str, layer: str, values: dict[str, Value]) -> None:
    assert made(layer, values) == line


@pytest.mark.parametrize("layer", [name for name, spec in KERAS.layers.items() if spec.inputs and not spec.operation])
def test_every_layer_of_the_palette_is_spelled(layer: str) -> None:
    node = KERAS.new_node(Graph(), layer)
    spelled = layer if KERAS.layer(layer).own else f"layers.{layer}"
    assert made(layer, node.values).startswith(f"x = {spelled}(")


def test_optional_ports_go_by_name() -> None:
    graph = (
        Sketch()
        .add("InputLayer", "a", shape=(4, 2))
        .add("InputLayer", "keep", shape=(4,), dtype="bool")
        .add("LSTM", "lstm", "a", "mask<keep", units=2, return_sequences=True)
        .add("Attention", "att", "query<lstm", "value<a", "value_mask<keep")
        .add("MultiHeadAttention", "mha", "query<att", "value<a", "key<a", "query_mask<keep", num_heads=1, key_dim=2)
        .add("Bidirectional", "bi", "mha", "initial_state<lstm", "initial_state<att", layer=part("SimpleRNN", units=2))
    ).graph  # fmt: skip
    lines = unchecked(Project(graph))
    assert 'keep = keras.Input(shape=(4,), dtype="bool", name="keep")' in lines
    assert 'lstm = layers.LSTM(2, return_sequences=True, name="lstm")(a, mask=keep)' in lines
    assert 'att = layers.Attention(name="att")([lstm, a], mask=[None, keep])' in lines
    assert "(att, value=a, key=a, query_mask=keep)" in lines.replace("\n", "").replace("    ", "")
    assert "(mha, initial_state=[lstm, att])" in lines.replace("\n", "").replace("    ", "")


def test_a_shared_layer_is_made_once_before_its_first_call() -> None:
    lines = [line.strip() for line in unchecked(Project(shared())).splitlines()]
    start = lines.index('owner_layer = layers.Dense(64, activation="tanh", name="owner")')
    assert lines[start - 1] == "# One layer, called more than once: every call uses the same weights."
    assert lines[start + 1 : start + 4] == [
        "before = owner_layer(flatten)", "owner = owner_layer(before)", "after = owner_layer(owner)",
    ]  # fmt: skip


def test_a_shared_layer_is_called_each_time_with_values_of_its_own() -> None:
    graph = (
        Sketch()
        .add("InputLayer", "a", shape=(4, 2))
        .add("Attention", "one", "query<a", "value<a", return_attention_scores=True)
        .add("Attention", "two", "query<one", "value<a", shares="one", use_causal_mask=True)
    ).graph
    lines = unchecked(Project(graph))
    assert "one, _ = one_layer([a, a], return_attention_scores=True)" in lines
    assert "two = one_layer([one, a], use_causal_mask=True)" in lines


def test_an_input_that_feeds_nothing_is_left_out() -> None:
    graph = Sketch().add("InputLayer", "idle", shape=(3,)).graph
    graph = Graph(FrozenMap({**cnn().nodes, "n99": graph.node("n1")}), cnn().edges)
    assert "idle" not in unchecked(Project(graph))
