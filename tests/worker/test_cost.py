"""Multiply-adds against counts that loops make one by one, and against the figures that papers publish."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from itertools import product

import pytest

from engine.graph import Graph
from engine.values import FrozenMap, Part
from tests.engine.drawings import chain, drawing, layer
from tests.nets import Net
from tests.worker.asking import Asked, ask

GIGA = 1e9


def vgg16() -> Graph:
    """Simonyan and Zisserman, 2014: 15.5 G multiply-adds."""
    net = Net()
    at = net("InputLayer", shape=(224, 224, 3))
    for count, filters in ((2, 64), (2, 128), (3, 256), (3, 512), (3, 512)):
        for _ in range(count):
            at = net("Conv2D", at, filters=filters, activation="relu")
        at = net("MaxPooling2D", at)
    at = net("Flatten", at)
    for units in (4096, 4096, 1000):
        at = net("Dense", at, units=units)
    return net.graph


def resnet50() -> Graph:
    """He et al., 2015: 3.8 G with the stride in the first convolution of a bottleneck, in its 3×3 about 4.1 G."""
    net = Net()

    def conv(source: str, filters: int, size: int, stride: int = 1) -> str:
        made = net(
            "Conv2D", source, filters=filters, kernel_size=(size, size), strides=(stride, stride), use_bias=False
        )
        return net("BatchNormalization", made)

    at = net("MaxPooling2D", conv(net("InputLayer", shape=(224, 224, 3)), 64, 7, 2))
    for stage, (count, filters) in enumerate(((3, 64), (4, 128), (6, 256), (3, 512))):
        for unit in range(count):
            stride = 2 if stage and not unit else 1
            body = conv(conv(conv(at, filters, 1), filters, 3, stride), 4 * filters, 1)
            at = net("Add", body, at if unit else conv(at, 4 * filters, 1, stride))
    net("Dense", net("GlobalAveragePooling2D", at), units=1000)
    return net.graph


def alexnet() -> Graph:
    """Krizhevsky et al., 2012, in two groups: 0.7 G."""
    net = Net()
    at = net("InputLayer", shape=(227, 227, 3))
    at = net("Conv2D", at, filters=96, kernel_size=(11, 11), strides=(4, 4), padding="valid")
    for filters, size, groups, pooled in ((256, 5, 2, 1), (384, 3, 1, 1), (384, 3, 2, 0), (256, 3, 2, 0)):
        at = net("MaxPooling2D", at, pool_size=(3, 3), strides=(2, 2)) if pooled else at
        at = net("Conv2D", at, filters=filters, kernel_size=(size, size), groups=groups)
    at = net("Flatten", net("MaxPooling2D", at, pool_size=(3, 3), strides=(2, 2)))
    for units in (4096, 4096, 1000):
        at = net("Dense", at, units=units)
    return net.graph


def mobilenet() -> Graph:
    """Howard et al., 2017, table 8: 569 M."""
    net = Net()
    at = net("Conv2D", net("InputLayer", shape=(224, 224, 3)), strides=(2, 2))
    steps = [(64, 1), (128, 2), (128, 1), (256, 2), (256, 1), (512, 2), *[(512, 1)] * 5, (1024, 2), (1024, 1)]
    for filters, stride in steps:
        at = net("DepthwiseConv2D", at, kernel_size=(3, 3), strides=(stride, stride), padding="same")
        at = net("Conv2D", at, filters=filters, kernel_size=(1, 1))
    net("Dense", net("GlobalAveragePooling2D", at), units=1000)
    return net.graph


PUBLISHED: Mapping[str, tuple[Callable[[], Graph], float, float]] = {
    "VGG-16": (vgg16, 15.5, 0.04),
    "ResNet-50": (resnet50, 4.1, 0.03),
    "AlexNet": (alexnet, 0.72, 0.01),
    "MobileNet": (mobilenet, 0.569, 0.001),
}

# -- one by one


def convolved(image: tuple[int, ...], kernel: tuple[int, ...], filters: int, stride: int = 1, groups: int = 1) -> int:
    """Slide a kernel over an image without padding, and count each product."""
    *sides, channels = image
    starts = [range(0, side - size + 1, stride) for side, size in zip(sides, kernel, strict=True)]
    return sum(
        channel // (channels // groups) == maps // (filters // groups)
        for _ in product(*starts)
        for _ in product(*map(range, kernel))
        for channel, maps in product(range(channels), range(filters))
    )


def spread(image: tuple[int, ...], kernel: tuple[int, ...], filters: int) -> int:
    """Lay a kernel over each place of an image, as a transposed convolution does."""
    return sum(1 for _ in product(*map(range, image)) for _ in product(*map(range, kernel)) for _ in range(filters))


def stepped(time: int, features: int, units: int, gates: int) -> int:
    """Walk along a sequence: each gate of each unit sums over the input and over the state before."""
    return sum(1 for _ in range(time) for _ in range(gates) for _ in range(units) for _ in range(features + units))


def attended(q: int, k: int, width: int, heads: int, key: int, value: int) -> int:
    """Project queries, keys and values, compare each query with each key, sum the values, project back."""
    to_query = sum(1 for _ in product(range(q), range(width), range(heads), range(key)))
    to_key = sum(1 for _ in product(range(k), range(width), range(heads), range(key)))
    to_value = sum(1 for _ in product(range(k), range(width), range(heads), range(value)))
    scores = sum(1 for _ in product(range(heads), range(q), range(k), range(key)))
    summed = sum(1 for _ in product(range(heads), range(q), range(k), range(value)))
    back = sum(1 for _ in product(range(q), range(heads), range(value), range(width)))
    return to_query + to_key + to_value + scores + summed + back


def decoded(steps: int, given: int, time: int, states: int, units: int, hidden: int) -> int:
    """Bahdanau's decoder: keys once; at each step the question, each state's score and share, and a GRU of three."""
    keys = sum(1 for _ in product(range(time), range(states), range(hidden)))
    return keys + sum(
        sum(1 for _ in product(range(units), range(hidden)))
        + sum(1 for _ in product(range(time), range(hidden)))
        + sum(1 for _ in product(range(time), range(states)))
        + stepped(1, given + states, units, 3)
        for _ in range(steps)
    )


def alone(shape: tuple[int | None, ...], kind: str, **values: object) -> Graph:
    return chain(layer("InputLayer", shape=shape), layer(kind, **values))  # type: ignore[arg-type]


def pair(first: tuple[int, ...], second: tuple[int, ...], ports: tuple[str, str], kind: str, **values: object) -> Graph:
    return drawing(
        f"a > m.{ports[0]}", f"b > m.{ports[1]}",
        a=layer("InputLayer", shape=first), b=layer("InputLayer", shape=second), m=layer(kind, **values),  # type: ignore[arg-type]
    )  # fmt: skip


def part(kind: str, **values: object) -> Part:
    return Part(kind, FrozenMap(values))  # type: ignore[arg-type]


LSTM = part("LSTM", units=5)
QV = ("query", "value")
SMALL: Mapping[str, tuple[Graph, int]] = {
    "Dense": (alone((6,), "Dense", units=4), 6 * 4),
    "Dense at each time": (alone((3, 6), "Dense", units=4), 3 * 6 * 4),
    "EinsumDense": (
        alone((3, 6), "EinsumDense", equation="abc,cd->abd", output_shape=(None, 4)),
        sum(1 for _ in product(range(3), range(6), range(4))),
    ),
    "EinsumDense with an ellipsis": (
        alone((2, 3, 6), "EinsumDense", equation="...x,xy->...y", output_shape=(4,)), 2 * 3 * 6 * 4,
    ),
    "Conv1D": (alone((9, 2), "Conv1D", filters=3, kernel_size=(4,), strides=(2,)), convolved((9, 2), (4,), 3, 2)),
    "Conv2D": (
        alone((7, 6, 2), "Conv2D", filters=3, kernel_size=(3, 2), strides=(2, 2)), convolved((7, 6, 2), (3, 2), 3, 2),
    ),
    "Conv2D, padded": (
        alone((5, 5, 2), "Conv2D", filters=3, kernel_size=(3, 3), padding="same"), convolved((7, 7, 2), (3, 3), 3),
    ),
    "Conv2D in groups": (
        alone((5, 5, 4), "Conv2D", filters=6, kernel_size=(3, 3), groups=2), convolved((5, 5, 4), (3, 3), 6, groups=2),
    ),
    "Conv3D": (alone((4, 4, 3, 2), "Conv3D", filters=2, kernel_size=(2, 2, 2)), convolved((4, 4, 3, 2), (2, 2, 2), 2)),
    "DepthwiseConv2D": (
        alone((5, 5, 3), "DepthwiseConv2D", kernel_size=(2, 2), depth_multiplier=2),
        convolved((5, 5, 3), (2, 2), 6, groups=3),
    ),
    "DepthwiseConv1D": (alone((6, 3), "DepthwiseConv1D", kernel_size=(3,)), convolved((6, 3), (3,), 3, groups=3)),
    "SeparableConv2D": (
        alone((5, 5, 3), "SeparableConv2D", filters=4, kernel_size=(2, 2), depth_multiplier=2),
        convolved((5, 5, 3), (2, 2), 6, groups=3) + convolved((4, 4, 6), (1, 1), 4),
    ),
    "SeparableConv1D": (
        alone((6, 3), "SeparableConv1D", filters=4, kernel_size=(3,)),
        convolved((6, 3), (3,), 3, groups=3) + convolved((4, 3), (1,), 4),
    ),
    "Conv1DTranspose": (alone((4, 2), "Conv1DTranspose", filters=3, kernel_size=(3,)), spread((4, 2), (3,), 3)),
    "Conv2DTranspose": (
        alone((3, 4, 2), "Conv2DTranspose", filters=3, kernel_size=(3, 3), strides=(2, 2)),
        spread((3, 4, 2), (3, 3), 3),
    ),
    "TableConv2D": (
        alone((5, 5, 3), "TableConv2D", table="0 1; 1 2; 0 1 2", kernel_size=(2, 2)),
        convolved((5, 5, 2), (2, 2), 1) * 2 + convolved((5, 5, 3), (2, 2), 1),
    ),
    "Maxout": (alone((6,), "Maxout", units=4, pieces=3), 6 * 4 * 3),
    "ops.matmul": (pair((3, 4), (4, 5), ("x", "y"), "ops.matmul"), 3 * 4 * 5),
    "ops.add": (pair((3, 4), (3, 4), ("x", "y"), "ops.add"), 0),
    "SimpleRNN": (alone((3, 4), "SimpleRNN", units=5), stepped(3, 4, 5, 1)),
    "LSTM": (alone((3, 4), "LSTM", units=5), stepped(3, 4, 5, 4)),
    "GRU": (alone((3, 4), "GRU", units=5, return_sequences=True), stepped(3, 4, 5, 3)),
    "Bidirectional": (alone((3, 4), "Bidirectional", layer=LSTM), 2 * stepped(3, 4, 5, 4)),
    "ConvLSTM2D": (
        alone((3, 4, 4, 2), "ConvLSTM2D", filters=2, kernel_size=(3, 3), padding="same"),
        3 * 4 * 2 * convolved((6, 6, 2), (3, 3), 2),
    ),
    "TimeDistributed": (
        alone((3, 5, 5, 2), "TimeDistributed", layer=part("Conv2D", filters=2, kernel_size=(2, 2))),
        3 * convolved((5, 5, 2), (2, 2), 2),
    ),
    "SpectralNormalization": (
        alone((6,), "SpectralNormalization", layer=part("Dense", units=4)), 24,
    ),
    "MultiHeadAttention": (
        pair((3, 8), (5, 8), QV, "MultiHeadAttention", num_heads=2, key_dim=4, value_dim=6),
        attended(3, 5, 8, 2, 4, 6),
    ),
    "GroupQueryAttention": (
        pair((3, 8), (5, 8), QV, "GroupQueryAttention", head_dim=4, num_query_heads=4, num_key_value_heads=2),
        attended(3, 5, 8, 4, 4, 4) - 2 * 5 * 8 * 2 * 4,  # half of the keys' and of the values' projections
    ),
    "Attention": (pair((3, 4), (5, 4), QV, "Attention"), 2 * sum(1 for _ in product(range(3), range(5), range(4)))),
    "AdditiveAttention": (pair((3, 4), (5, 4), QV, "AdditiveAttention"), 2 * 3 * 5 * 4),
    "BahdanauDecoder": (
        pair((3, 4), (5, 6), QV, "BahdanauDecoder", units=7, attention_units=2), decoded(3, 4, 5, 6, 7, 2),
    ),
    "Dot": (pair((4, 3), (5, 3), ("first", "second"), "Dot", axes=(2, 2)), 4 * 5 * 3),
    "an unknown length": (alone((None, 6), "GlobalAveragePooling1D"), 0),
    "Embedding": (alone((7,), "Embedding", input_dim=50, output_dim=4), 0),
    "BatchNormalization": (alone((4, 4, 3), "BatchNormalization"), 0),
}  # fmt: skip
FREE: Mapping[str, Graph] = {
    "Conv2D": alone((None, None, 3), "Conv2D", filters=2, kernel_size=(3, 3)),
    "LSTM": alone((None, 3), "LSTM", units=2),
    "Dense": alone((None, 3), "Dense", units=2),
}
UNCOUNTED: Mapping[str, Graph] = {
    "ops.dot_product_attention": drawing(
        "a > m.query", "a > m.key", "a > m.value",
        a=layer("InputLayer", shape=(3, 2, 4)), m=layer("ops.dot_product_attention"),
    ),
    "STFTSpectrogram": alone((1024, 1), "STFTSpectrogram"),
}  # fmt: skip


@pytest.fixture(scope="module")
def asked() -> Asked:
    drawings = {name: make() for name, (make, _, _) in PUBLISHED.items()}
    drawings |= {f"small {name}": graph for name, (graph, _) in SMALL.items()}
    drawings |= {f"uncounted {name}": graph for name, graph in UNCOUNTED.items()}
    return ask(drawings | {f"free {name}": graph for name, graph in FREE.items()})


@pytest.mark.parametrize("name", PUBLISHED)
def test_the_published_figures(asked: Asked, name: str) -> None:
    _, giga, within = PUBLISHED[name]
    report = asked.reports[name]
    assert not report.errors
    total = sum(node.multiply_adds or 0 for node in report.nodes.values())
    assert total / GIGA == pytest.approx(giga, abs=within)


@pytest.mark.parametrize("name", SMALL)
def test_each_product_is_counted_once(asked: Asked, name: str) -> None:
    report = asked.reports[f"small {name}"]
    assert not report.errors, report.errors[0].sentence
    assert list(report.nodes.values())[-1].multiply_adds == SMALL[name][1]


@pytest.mark.parametrize("name", UNCOUNTED)
def test_what_has_no_rule_is_said_not_to_be_counted(asked: Asked, name: str) -> None:
    report = asked.reports[f"uncounted {name}"]
    assert not report.errors, report.errors[0].sentence
    assert [node.counted for node in report.nodes.values()] == [True, False], "a zero would be wrong"


@pytest.mark.parametrize("name", FREE)
def test_a_free_length_leaves_the_figure_open(asked: Asked, name: str) -> None:
    report = asked.reports[f"free {name}"]
    assert not report.errors
    assert list(report.nodes.values())[-1].multiply_adds is None
