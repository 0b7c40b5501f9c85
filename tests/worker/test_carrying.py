"""Names of axes and masks followed through drawings; masks against those of models that Keras builds."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from typing import Any, Final

import keras
import numpy as np
import pytest

from engine.catalogue import catalogue
from engine.graph import Graph
from engine.graph_json import graph_from_json
from engine.report import Problem
from engine.values import FrozenMap, Part
from tests.engine.drawings import Kind, chain, drawing, layer
from tests.worker.accepted import DENSE, IMAGE, SEQUENCE, WORDS
from tests.worker.asking import Asked, ask

EMBEDDED: Final = layer("Embedding", input_dim=9, output_dim=4, mask_zero=True)
CONV: Final = layer("Conv1D", filters=4, kernel_size=3, padding="same")
INNER: Final = Part("LSTM", FrozenMap({"units": 3, "return_sequences": True}))
POOL: Final = layer("GlobalAveragePooling1D")


def lstm(*, sequences: bool = True) -> Kind:
    return layer("LSTM", units=4, return_sequences=sequences)


#: Drawings with masks on their way, and who made the one that each node gives; those that are not named give none.
MASKS: Final[Mapping[str, tuple[Graph, Mapping[str, tuple[str, ...]]]]] = {
    "to an LSTM": (chain(WORDS, EMBEDDED, lstm(), lstm(sequences=False), DENSE), {"l1": ("l1",), "l2": ("l1",)}),
    "to a Conv1D": (chain(WORDS, EMBEDDED, CONV, POOL, DENSE), {"l1": ("l1",)}),
    "to a Flatten": (chain(WORDS, EMBEDDED, layer("Flatten"), DENSE), {"l1": ("l1",)}),
    "to attention": (
        drawing("x > e", "e > a.query", "e > a.value", "a > o", x=WORDS, e=EMBEDDED,
                a=layer("MultiHeadAttention", num_heads=2, key_dim=3), o=lstm(sequences=False)),
        {"e": ("e",), "a": ("e",)},
    ),
    "across": (
        drawing("x > e", "y > f", "e > a.query", "f > a.value", x=WORDS, e=EMBEDDED, y=WORDS, f=EMBEDDED,
                a=layer("MultiHeadAttention", num_heads=2, key_dim=3)),
        {"e": ("e",), "f": ("f",), "a": ("e",)},
    ),
    "both ways": (
        chain(WORDS, EMBEDDED, layer("Bidirectional", layer=INNER), POOL, DENSE), {"l1": ("l1",), "l2": ("l1",)},
    ),
    "joined": (
        drawing("x > e", "y > f", "e > c", "f > c", "c > d", x=WORDS, e=EMBEDDED, y=WORDS, f=EMBEDDED,
                c=layer("Concatenate"), d=lstm()),
        {"e": ("e",), "f": ("f",), "c": ("e", "f"), "d": ("e", "f")},
    ),
    "added to what has none": (
        drawing("x > e", "y > d", "e > a", "d > a", x=WORDS, e=EMBEDDED, y=layer("InputLayer", shape=(7, 4)), d=DENSE,
                a=layer("Add")),
        {"e": ("e",)},
    ),
    "positions": (
        chain(WORDS, EMBEDDED, layer("SinusoidalPositions"), layer("LearnedPositions"), layer("ClassToken"),
              layer("LayerNormalization"), layer("TakeToken"), DENSE),
        {"l1": ("l1",), "l2": ("l1",), "l3": ("l1",), "l4": ("l1",), "l5": ("l1",)},
    ),
    "masked": (
        chain(SEQUENCE, layer("Masking"), layer("Dropout", rate=0.1), lstm()),
        {"l1": ("l1",), "l2": ("l1",), "l3": ("l1",)},
    ),
    "masked again": (
        chain(WORDS, EMBEDDED, layer("Masking"), lstm()), {"l1": ("l1",), "l2": ("l2",), "l3": ("l2",)},
    ),
    "time by time": (
        chain(WORDS, EMBEDDED, layer("TimeDistributed", layer=Part("Dense", FrozenMap({"units": 3}))), lstm()),
        {"l1": ("l1",), "l2": ("l1",), "l3": ("l1",)},
    ),
    "scores by hand": (
        drawing("x > e", "e > s.first", "e > s.second", "s > w", "w > o.first", "e > o.second", x=WORDS, e=EMBEDDED,
                s=layer("Dot", axes=2), w=layer("BatchNormalization"), o=layer("Dot", axes=(2, 1))),
        {"e": ("e",)},
    ),
    "a layer called twice": (
        drawing("x > e", "y > f", "e > d", x=WORDS, e=EMBEDDED, y=WORDS, f=layer("Embedding", shares="e"), d=DENSE),
        {"e": ("e",), "f": ("f",), "d": ("e",)},
    ),
    "no mask at all": (chain(SEQUENCE, CONV, lstm(), DENSE), {}),
}  # fmt: skip
OFF: Final = "turn mask zero off in"
LIKE: Final = "what comes after it takes padding for data. Put a layer that reads masks, as LSTM does, before"
WARNED: Final[Mapping[str, list[tuple[str, tuple[str, ...], list[str]]]]] = {
    "to a Conv1D": [
        (
            "l2 (Conv1D) drops the mask that l1 (Embedding) makes: l3 (GlobalAveragePooling1D) after it takes padding "
            f"for data. Put l3 before l2, or {OFF} l1.",
            ("l2", "l1", "l3"), ["Turn mask zero off in l1"],
        )
    ],
    "to a Flatten": [
        (f"l2 (Flatten) drops the mask that l1 (Embedding) makes: {LIKE} l2, or {OFF} l1.", ("l2", "l1"),
         ["Turn mask zero off in l1", "Make l2 a GlobalAveragePooling1D"])
    ],
    "scores by hand": [
        (
            "s (Dot) drops the mask that e (Embedding) makes: w (BatchNormalization) after it takes padding for data. "
            f"Put w before s, or {OFF} e.",
            ("s", "e", "w"), ["Turn mask zero off in e"],
        )
    ],
}  # fmt: skip
MASKING: Final = chain(SEQUENCE, layer("Masking"), CONV, lstm())
AXES: Final[Mapping[str, tuple[Graph, Mapping[str, str]]]] = {
    "an image": (
        chain(IMAGE, layer("Conv2D", filters=4, kernel_size=(3, 3)), layer("MaxPooling2D"), layer("Flatten"), DENSE),
        {"l0": "height × width × channels", "l2": "height × width × channels", "l3": "height·width·channels",
         "l4": "features"},
    ),
    "an image by rows": (
        chain(layer("InputLayer", shape=(28, 28, 1)), layer("Reshape", target_shape=(28, 28)), lstm(), DENSE),
        {"l0": "height × width × channels", "l1": "height × width", "l2": "height × features"},
    ),
    "patches": (
        chain(layer("InputLayer", shape=(8, 8, 3)), layer("Conv2D", filters=4, kernel_size=(4, 4), strides=(4, 4)),
              layer("Reshape", target_shape=(4, 4)), layer("ClassToken"), layer("TakeToken"), DENSE),
        {"l2": "height·width × channels", "l3": "height·width × channels", "l4": "channels", "l5": "features"},
    ),
    "drawn from noise": (
        chain(layer("InputLayer", shape=(10,)), layer("Dense", units=48), layer("Reshape", target_shape=(4, 4, 3)),
              layer("ReLU"), layer("Conv2DTranspose", filters=2, kernel_size=(2, 2))),
        {"l0": "features", "l1": "features", "l2": "height × width × channels", "l4": "height × width × channels"},
    ),
    "an answer of many words": (
        chain(layer("InputLayer", shape=(4,)), layer("RepeatVector", n=5), lstm(), DENSE),
        {"l1": "time × features", "l3": "time × features"},
    ),
    "words": (chain(WORDS, EMBEDDED, lstm(sequences=False), DENSE), {"l0": "time", "l1": "time × features"}),
    "rows joined with steps": (
        drawing("x > r", "x > l", "r > a", "l > a", x=layer("InputLayer", shape=(4, 4)),
                r=layer("Permute", dims=(2, 1)), l=layer("SimpleRNN", units=4, return_sequences=True), a=layer("Add")),
        {"x": "time × features", "r": "features × time", "l": "time × features", "a": "? × ?"},
    ),
    "nobody knows": (
        chain(layer("InputLayer", shape=(5, 6)), layer("Flatten"), DENSE), {"l0": "? × ?", "l1": "features"},
    ),
}  # fmt: skip


@pytest.fixture(scope="module")
def asked() -> Asked:
    graphs = {**{name: graph for name, (graph, _) in (*MASKS.items(), *AXES.items())}, "masking": MASKING}
    return ask({**graphs, **{f"{name} once more": graph for name, graph in graphs.items()}})


@pytest.fixture(scope="module")
def built() -> Iterator[Mapping[str, Any]]:
    from engine.worker.build import build

    with pytest.warns(UserWarning, match="does not support masking"):
        models = {name: build(graph, catalogue()) for name, (graph, _) in MASKS.items()}
    yield models
    keras.backend.clear_session()


@pytest.mark.parametrize("name", MASKS)
def test_a_mask_is_where_keras_has_one(name: str, asked: Asked, built: Mapping[str, Any]) -> None:
    told = {(id, port): spec for id, node in asked.reports[name].nodes.items() for port, spec in node.outputs.items()}
    assert {end: bool(spec.masks) for end, spec in told.items()} == {
        end: getattr(built[name].tensors[end], "_keras_mask", None) is not None for end in told
    }


@pytest.mark.parametrize("name", MASKS)
def test_who_made_a_mask(name: str, asked: Asked) -> None:
    found = {id: node.outputs["output"].masks for id, node in asked.reports[name].nodes.items()}
    assert {id: makers for id, makers in found.items() if makers} == MASKS[name][1]


@pytest.mark.parametrize("name", MASKS)
def test_what_is_said_of_a_mask_that_is_lost(name: str, asked: Asked) -> None:
    def told(problem: Problem) -> tuple[str, tuple[str, ...], list[str]]:
        assert problem.severity == "warning"
        return problem.sentence, problem.nodes, [fix.title for fix in problem.fixes]

    assert [told(problem) for problem in asked.reports[name].problems] == WARNED.get(name, [])


def test_a_lost_mask_is_mended_by_making_none(asked: Asked) -> None:
    (problem,) = asked.reports["masking"].problems
    assert problem.sentence.endswith("Put l3 before l2, or bypass l1.")
    assert "does not support masking" in problem.detail
    fixes = [fix for name in (*WARNED, "masking") for problem in asked.reports[name].problems for fix in problem.fixes]
    assert fixes[-1].title == "Bypass l1"
    mended = ask({str(place): graph_from_json(fix.graph) for place, fix in enumerate(fixes)})
    assert [report.problems for report in mended.reports.values()] == [()] * len(fixes)


@pytest.mark.parametrize("name", AXES)
def test_axes_have_names_as_far_as_truth_allows(name: str, asked: Asked) -> None:
    from engine.axes import times

    nodes, expected = asked.reports[name].nodes, AXES[name][1]
    assert {id: times(nodes[id].outputs["output"].axes) for id in expected} == expected


def test_what_is_known_already_is_told_again(asked: Asked) -> None:
    assert len(asked.reports) == 2 * (len(MASKS) + len(AXES) + 1)
    for name in (*MASKS, *AXES, "masking"):
        assert asked.reports[f"{name} once more"] == asked.reports[name]
        assert asked.asked[f"{name} once more"] == 0


def test_one_drawing_after_another_is_told_as_if_it_were_the_first() -> None:
    """What is remembered of the drawing before leaves no trace: in whatever order they are asked, it is the same."""
    graphs = {
        f"{name}, {edit}": changed
        for name, (graph, _) in (*MASKS.items(), *AXES.items())
        for edit, changed in _edits(graph)
    }
    forwards, backwards = ask(graphs), ask(dict(reversed(graphs.items())))
    assert [name for name in graphs if forwards.reports[name] != backwards.reports[name]] == []


def _edits(graph: Graph) -> Iterator[tuple[str, Graph]]:
    """A drawing, and what becomes of it by small changes that let other names and masks through."""
    yield "as it is", graph
    for id, node in graph.nodes.items():
        if node.layer not in ("InputLayer", "Dense"):
            yield f"without {id}", graph.with_node(replace(node, mode="bypass"))
        if "mask_zero" in node.values:
            yield f"{id} makes none", graph.without_value(id, "mask_zero")


@pytest.mark.parametrize(
    ("shape", "reader"),
    [
        ((8, 2), lambda: keras.layers.Softmax()),
        ((8, 8, 3), lambda: keras.layers.ConvLSTM1D(2, 2)),
        ((8, 8, 3), lambda: keras.layers.MultiHeadAttention(2, 3)),
        ((8, 8, 3), lambda: keras.layers.Attention()),
    ],
)
def test_keras_fails_on_data_where_a_mask_is_refused(shape: tuple[int, ...], reader: Callable[[], Any]) -> None:
    """The refusal can go when a later Keras reads such masks."""
    start, layer = keras.Input(shape), reader()
    masked = keras.layers.Masking()(start)
    pair = {"Attention": ([masked, masked],), "MultiHeadAttention": (masked, masked)}
    model = keras.Model(start, layer(*pair.get(type(layer).__name__, (masked,))))
    with pytest.raises(Exception, match=f"calling ({type(layer).__name__}|Softmax)"):
        model(np.ones((2, *shape), "float32"))
