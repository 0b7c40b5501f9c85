"""Drawings that use every feature of an exported script, for tests with Keras and without. Knows no Keras."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from engine.graph import Edge, End, Graph, Node
from engine.project import Project
from engine.recipe import DataChoice, Keeping, Plateau, Recipe, Stopping
from engine.values import FrozenMap, Part, Value
from tests.engine.code.block_drawings import residual, towers

#: One epoch on few samples: 45 to train on.
QUICK: Final = Recipe(DataChoice(validation=0.05, test=0.9 - 0.05), epochs=1)


def part(class_name: str, **values: Value) -> Part:
    return Part(class_name, FrozenMap(values))


class Sketch:
    """Draws node by node; a node is known by its name."""

    def __init__(self) -> None:
        self.graph = Graph()

    def add(self, layer: str, name: str, /, *wires: str, shares: str | None = None, **values: Value) -> Sketch:
        """Add a node, fed by `wires`: `giver`, `giver:output`, or `port<giver` for another port than "input"."""
        owner = None if shares is None else self._id(shares)
        node = Node(self.graph.free_id(), layer, name, FrozenMap(values), shares=owner)
        self.graph = self.graph.with_node(node)
        return self.wire(name, *wires)

    def wire(self, name: str, *wires: str) -> Sketch:
        for wire in wires:
            port, _, giver = wire.rpartition("<")
            source, _, output = giver.partition(":")
            edge = Edge(End(self._id(source), output or "output"), End(self._id(name), port or "input"))
            self.graph = self.graph.with_edge(edge)
        return self

    def _id(self, name: str) -> str:
        return next(node.id for node in self.graph.nodes.values() if node.name == name)


def _image() -> Sketch:
    return Sketch().add("InputLayer", "image", shape=(8, 8, 1))


def _rows(sketch: Sketch | None = None) -> Sketch:
    return (sketch or _image()).add("Reshape", "rows", "image", target_shape=(8, 8))


def cnn() -> Graph:
    return (
        _image()
        .add("Conv2D", "conv1", "image", filters=4, kernel_size=(3, 3), padding="same", activation="relu")
        .add("MaxPooling2D", "pool1", "conv1")
        .add("Conv2D", "conv2", "pool1", filters=8, kernel_size=(3, 3), strides=(2, 2), use_bias=False)
        .add("BatchNormalization", "norm", "conv2", momentum=0.9)
        .add("Activation", "act", "norm", activation="relu")
        .add("Flatten", "flatten", "act")
        .add("Dropout", "dropout", "flatten", rate=0.5)
        .add("Dense", "digit", "dropout", units=10, activation="softmax")
    ).graph


def lstm() -> Graph:
    """Its states go on, its output does not; another begins with them."""
    return (
        _rows()
        .add("LSTM", "encoder", "rows", units=6, return_state=True, dropout=0.1)
        .add("LSTM", "decoder", "rows", "state_h<encoder:state_h", "state_c<encoder:state_c", units=6,
             return_sequences=True)
        .add("GlobalAveragePooling1D", "mean", "decoder")
        .add("Dense", "digit", "mean", units=10, activation="softmax")
    ).graph  # fmt: skip


def attention() -> Graph:
    return (
        _rows()
        .add("MultiHeadAttention", "attention", "query<rows", "value<rows", num_heads=2, key_dim=4,
             use_causal_mask=True, return_attention_scores=True)
        .add("Add", "sum", "inputs<rows", "inputs<attention")
        .add("LayerNormalization", "norm", "sum")
        .add("Attention", "luong", "query<norm", "value<rows", "key<norm")
        .add("Flatten", "flatten", "luong")
        .add("Flatten", "weights", "attention:scores")
        .add("Concatenate", "all", "inputs<flatten", "inputs<weights")
        .add("Dense", "digit", "all", units=10, activation="softmax")
    ).graph  # fmt: skip


def two_inputs() -> Graph:
    """Two inputs, merged, and two outputs."""
    return (
        _image()
        .add("InputLayer", "input", shape=(8, 8, 1))
        .add("Flatten", "left", "image")
        .add("Flatten", "right", "input")
        .add("Subtract", "difference", "first<left", "second<right")
        .add("Concatenate", "both", "inputs<left", "inputs<difference", "inputs<right")
        .add("Dense", "coarse", "both", units=10, activation="softmax")
        .add("Dense", "fine", "both", units=10, activation="softmax")
    ).graph


def shared() -> Graph:
    """A layer called three times, the first time by a node that only shares it."""
    return (
        _image()
        .add("Flatten", "flatten", "image")
        .add("Dense", "owner", units=64, activation="tanh")
        .add("Dense", "before", "flatten", shares="owner")
        .wire("owner", "before")
        .add("Dense", "after", "owner", shares="owner")
        .add("Add", "sum", "inputs<before", "inputs<after")
        .add("Dense", "digit", "sum", units=10, activation="softmax")
    ).graph


def bidirectional() -> Graph:
    inner = part("LSTM", units=5, return_state=True, return_sequences=True)
    return (
        _rows()
        .add("Bidirectional", "both.ways", "rows", layer=inner)
        .add("TimeDistributed", "each-step", "both.ways", layer=part("Dense", units=3, activation="relu"))
        .add("Flatten", "flatten", "each-step")
        .add("Concatenate", "class", "inputs<flatten", "inputs<both.ways:forward_state_h",
             "inputs<both.ways:backward_state_c")
        .add("Dense", "lambda", "class", units=10, activation="softmax")
    ).graph  # fmt: skip


def penalised() -> Graph:
    return (
        _image()
        .add("Rescaling", "scaled", "image", scale=1 / 255, offset=-0.5)
        .add("Flatten", "flatten", "scaled")
        .add("Dense", "hidden", "flatten", units=12, activation="relu",
             kernel_initializer=part("HeNormal"), bias_initializer=part("Constant", value=0.1),
             kernel_regularizer=part("L2"), activity_regularizer=part("L1L2", l1=1e-5, l2=1e-4),
             kernel_constraint=part("MaxNorm", max_value=3.0, axis=0))
        .add("Dense", "frozen", "hidden", units=12, trainable=False, dtype="float64",
             kernel_initializer=part("RandomNormal", stddev=0.02, seed=7), bias_constraint=part("NonNeg"))
        .add("GaussianNoise", "noise", "frozen", stddev=0.1)
        .add("Dense", "logits", "noise", units=10)
    ).graph  # fmt: skip


SCHEDULE: Final = part("CosineDecay", initial_learning_rate=0.01, decay_steps=100, warmup_target=0.02, warmup_steps=5)
LOGITS: Final = part("SparseCategoricalCrossentropy", from_logits=True, ignore_class=-1)
RECIPES: Final[Mapping[str, Recipe]] = {
    "penalised": Recipe(
        QUICK.data, LOGITS, part("SGD", learning_rate=SCHEDULE, momentum=0.9, nesterov=True),
        (*QUICK.metrics, part("SparseTopKCategoricalAccuracy", k=3)), batch_size=16, epochs=1, steps_per_execution=500,
    ),
    "two_inputs": Recipe(QUICK.data, epochs=2, stopping=Stopping("val_fine_loss"), plateau=Plateau("coarse_accuracy")),
    "frozen": Recipe(QUICK.data, epochs=5, keeping=Keeping("loss", every=2, most=2)),
}  # fmt: skip


def frozen() -> Graph:
    """Layers that hold others, and one that does not, none of which training may move."""
    return (
        _rows()
        .add("MultiHeadAttention", "attention", "query<rows", "value<rows", num_heads=2, key_dim=4, trainable=False)
        .add("Bidirectional", "both", "attention", layer=part("LSTM", units=4), trainable=False)
        .add("Dense", "still", "both", units=12, trainable=False)
        .add("Dense", "digit", "still", units=10, activation="softmax")
    ).graph


DRAWINGS: Final[Mapping[str, Callable[[], Graph]]] = {
    "cnn": cnn, "lstm": lstm, "attention": attention, "two_inputs": two_inputs, "shared": shared,
    "bidirectional": bidirectional, "penalised": penalised, "frozen": frozen,
    "residual": residual, "towers": towers,
}  # fmt: skip


def project(name: str) -> Project:
    return Project(DRAWINGS[name](), RECIPES.get(name, QUICK))
