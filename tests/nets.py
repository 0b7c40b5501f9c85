"""Nets of the shapes that people draw, without places. Knows neither Qt nor Keras, nor what is tested with them."""

from __future__ import annotations

from typing import Final

from engine.graph import Edge, End, Graph, Node
from engine.values import FrozenMap, Value

MERGES: Final = frozenset({"Add", "Concatenate"})
_CONV: Final[dict[str, Value]] = {"filters": 32, "kernel_size": (3, 3), "padding": "same"}
_VALUES: Final[dict[str, dict[str, Value]]] = {
    "InputLayer": {"shape": (32, 32, 3)}, "Conv2D": _CONV, "SeparableConv2D": _CONV, "Dense": {"units": 10},
    "Activation": {"activation": "relu"}, "Dropout": {"rate": 0.5}, "Embedding": {"input_dim": 100, "output_dim": 8},
    "LSTM": {"units": 8},
    "AveragePooling2D": {"pool_size": (3, 3), "strides": (1, 1), "padding": "same"},
}  # fmt: skip


class Net:
    """A graph being drawn: a call adds a layer, fed by others, and returns its id."""

    def __init__(self) -> None:
        self._nodes: dict[str, Node] = {}
        self._edges: list[Edge] = []

    def __call__(self, layer: str, *sources: str, **values: Value) -> str:
        id = f"n{len(self._nodes) + 1}"
        values = {**_VALUES.get(layer, {}), **values}
        self._nodes[id] = Node(id, layer, f"{layer.lower()}_{len(self._nodes) + 1}", FrozenMap(values))
        entry = "inputs" if layer in MERGES else "input"
        self._edges += [Edge(End(source, "output"), End(id, entry)) for source in sources]
        return id

    def chain(self, source: str, *layers: str) -> str:
        for layer in layers:
            source = self(layer, source)
        return source

    @property
    def graph(self) -> Graph:
        return Graph(FrozenMap(self._nodes), tuple(dict.fromkeys(self._edges)))


def residual(blocks: int) -> Graph:
    """A small ResNet: every second block has a convolution on its shortcut."""
    net = Net()
    at = net.chain(net("InputLayer"), "Conv2D", "BatchNormalization", "Activation")
    for block in range(blocks):
        body = net.chain(at, "Conv2D", "BatchNormalization", "Activation", "Conv2D", "BatchNormalization")
        short = net.chain(at, "Conv2D", "BatchNormalization") if block % 2 else at
        at = net("Activation", net("Add", short, body))
    net.chain(at, "GlobalAveragePooling2D", "Dense")
    return net.graph


def inception(modules: int) -> Graph:
    """Modules of four branches, one, two and three layers long."""
    net = Net()
    at = net.chain(net("InputLayer"), "Conv2D", "MaxPooling2D")
    for _ in range(modules):
        branches = ("Conv2D",), ("Conv2D",) * 2, ("Conv2D",) * 3, ("AveragePooling2D", "Conv2D")
        at = net("Concatenate", *(net.chain(at, *branch) for branch in branches))
    net.chain(at, "GlobalAveragePooling2D", "Dense")
    return net.graph


def two_inputs() -> Graph:
    """An image and a text that meet."""
    net = Net()
    image = net.chain(net("InputLayer"), "Conv2D", "MaxPooling2D", "Conv2D", "MaxPooling2D", "Flatten")
    text = net.chain(net("InputLayer", shape=(40,)), "Embedding", "LSTM")
    net.chain(net("Concatenate", image, text), "Dense", "Dropout", "Dense")
    return net.graph


def nasnet(cells: int) -> Graph:
    """Cells shaped as NASNetLarge's: five sums of two branches each, fed by the two cells before."""
    net = Net()
    before = at = net.chain(net("InputLayer"), "Conv2D", "BatchNormalization")
    for _ in range(cells):
        before, at = at, _cell(net, before, at)
    net.chain(at, "Activation", "GlobalAveragePooling2D", "Dense")
    return net.graph


def _cell(net: Net, before: str, at: str) -> str:
    fit = ("Activation", "Conv2D", "BatchNormalization")
    far, near = (net.chain(source, *fit) for source in (before, at))

    def apart(source: str) -> str:
        return net.chain(source, *("Activation", "SeparableConv2D", "BatchNormalization") * 2)

    def pool(source: str) -> str:
        return net("AveragePooling2D", source)

    sums = (
        (apart(near), apart(far)),
        (apart(far), apart(far)),
        (pool(near), far),
        (pool(far), pool(far)),
        (apart(near), near),
    )
    return net("Concatenate", far, *(net("Add", *pair) for pair in sums))
