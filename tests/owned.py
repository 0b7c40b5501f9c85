"""A file of layers of a person's own, and drawings that use it, for tests. Imports no Qt and no Keras."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

from engine.catalogue import RESOURCES, catalogue
from engine.graph import Edge, End, Graph, Node
from engine.layerfiles import LayerFile
from engine.layersources import Source, class_names, digest, read
from engine.project import Project, load
from engine.values import FrozenMap, Value

SOURCE = '''"""Layers for tests."""

import keras
from keras import ops


class Swish(keras.layers.Layer):
    """Multiplies its input by a sigmoid of it.

    Args:
        beta: How steep the sigmoid is.
    """

    def __init__(self, beta: float = 1.0, **kwargs):
        super().__init__(**kwargs)
        self.beta = beta

    def call(self, inputs):
        return inputs * ops.sigmoid(self.beta * inputs)


class Mixer(keras.layers.Layer):
    """Mixes the features by a matrix."""

    def __init__(self, units, **kwargs):
        super().__init__(**kwargs)
        self.units = units

    def build(self, shape):
        self.kernel = self.add_weight(shape=(shape[-1], self.units), name="kernel")

    def call(self, inputs):
        return ops.matmul(inputs, self.kernel)
'''


def write(folder: Path, text: str = SOURCE, name: str = "my_layers.py") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def source(text: str = SOURCE, path: str = "/nowhere/my_layers.py") -> Source:
    """A file as it is sent to a worker; it need not be anywhere."""
    return Source(path, digest(text), text, class_names(text))


def listed(path: Path) -> LayerFile:
    """What a project says of a file that was described."""
    found = read(path)
    return LayerFile(found.path, found.sha256, found.layers)


def drawing() -> Graph:
    """Digits, with two layers of the file on the way."""
    nodes: tuple[tuple[str, str, dict[str, Value]], ...] = (
        ("image", "InputLayer", {"shape": (8, 8, 1)}), ("flatten", "Flatten", {}), ("swish", "Swish", {"beta": 2.0}),
        ("mixer", "Mixer", {"units": 5}), ("digit", "Dense", {"units": 10, "activation": "softmax"}),
    )  # fmt: skip
    wires = pairwise(nodes)
    return Graph(
        FrozenMap({name: Node(name, layer, name, FrozenMap(values)) for name, layer, values in nodes}),
        tuple(Edge(End(a[0], "output"), End(b[0], "input")) for a, b in wires),
    )


def project(path: Path) -> Project:
    """A project that takes its layers from a file."""
    digits = load(RESOURCES / "templates" / "digits-cnn.loom", catalogue())
    return Project(drawing(), digits.recipe, layers=(listed(path),))
