"""Folding what repeats: few nodes to read, and the network that is meant stays what it was."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.catalogue import catalogue
from engine.graph import Graph, Node, order
from engine.repeating import folded
from engine.resolve import resolve
from engine.values import Formula, FrozenMap, Value
from tests.engine.drawings import Kind, chain, drawing, layer

KERAS = catalogue()
IMAGE = layer("InputLayer", shape=(32, 32, 3))


def meant(graph: Graph) -> list[object]:
    """The network, told without names and ids: each layer with its values and what feeds it, in order."""
    network = resolve(graph, KERAS).graph
    told: dict[str, object] = {}
    for id in order(network).ids:
        node = network.nodes[id]
        fed = tuple((told[e.source.node], e.source.port, e.target.port) for e in network.into(id))
        values = tuple(sorted((name, repr(value)) for name, value in KERAS.values(node).items()))
        told[id] = hash((node.layer, values, fed))
    return sorted(told.values(), key=repr)


def conv(filters: int, size: int = 3, strides: int = 1) -> Kind:
    return layer("Conv2D", filters=filters, kernel_size=(size, size), strides=(strides, strides), padding="same",
                 use_bias=False)  # fmt: skip


class Net:
    """A flat network, drawn node after node."""

    def __init__(self) -> None:
        self.layers: dict[str, Kind] = {"image": IMAGE}
        self.wires: list[str] = []

    def add(self, kind: Kind, *sources: str) -> str:
        name = f"l{len(self.layers)}"
        self.layers[name] = kind
        self.wires += [f"{source} > {name}" for source in sources]
        return name

    def conv(self, source: str, filters: int, size: int, strides: int = 1, *, relu: bool = True) -> str:
        last = self.add(layer("BatchNormalization"), self.add(conv(filters, size, strides), source))
        return self.add(layer("ReLU"), last) if relu else last

    def bottleneck(self, source: str, filters: int, strides: int, *, project: bool) -> str:
        inner = self.conv(self.conv(source, filters, 1), filters, 3, strides)
        last = self.conv(inner, filters * 4, 1, relu=False)
        short = self.conv(source, filters * 4, 1, strides, relu=False) if project else source
        return self.add(layer("ReLU"), self.add(layer("Add"), last, short))

    def graph(self) -> Graph:
        return drawing(*self.wires, **self.layers)


def resnet(*counts: int) -> Graph:
    net = Net()
    last = net.add(layer("MaxPooling2D"), net.conv("image", 64, 7, 2))
    for stage, units in enumerate(counts):
        for unit in range(units):
            first = unit == 0
            last = net.bottleneck(last, 64 * 2**stage, 2 if stage and first else 1, project=first)
    net.add(layer("Dense", units=1000), net.add(layer("GlobalAveragePooling2D"), last))
    return net.graph()


def test_a_flat_resnet_50_folds_to_few_nodes_and_means_the_same() -> None:
    graph = resnet(3, 4, 6, 3)
    assert len(graph.nodes) > 170
    made = folded(graph, KERAS)
    assert len(made.graph.nodes) <= 16
    assert meant(made.graph) == meant(graph)
    rows = sorted(node.values.get("repeat", 1) for node in made.graph.nodes.values() if node.id in made.ids)  # type: ignore[type-var]
    assert rows == [1, 1, 1, 1, 2, 2, 3, 5]
    assert [*made.graph.blocks] == ["residual", "residual2"]
    identity = made.graph.blocks["residual2"]
    assert [parameter.name for parameter in identity.parameters] == ["filters"]
    formulas = {repr(v) for n in identity.graph.nodes.values() for v in n.values.values() if isinstance(v, Formula)}
    assert formulas == {"Formula(text='filters')", "Formula(text='filters * 4')"}
    assert made.sentence.startswith("2 repeated parts: 4 units of 12 layers, 12 units of 10 layers become 8 blocks")


def test_a_chain_of_equal_units_becomes_a_row() -> None:
    kinds = [IMAGE]
    for filters in (32, 32, 32, 64, 64):
        kinds += [conv(filters), layer("BatchNormalization"), layer("ReLU")]
    graph = chain(*kinds, layer("Flatten"), layer("Dense", units=10))
    made = folded(graph, KERAS)
    assert meant(made.graph) == meant(graph)
    assert [(node.layer, dict(node.values)) for node in made.graph.nodes.values() if node.id in made.ids] == [
        ("block:unit", {"repeat": 3}), ("block:unit", {"filters": 64, "repeat": 2}),
    ]  # fmt: skip
    assert [node.layer for node in made.graph.blocks["unit"].graph.nodes.values()][:3] == [
        "Conv2D", "BatchNormalization", "ReLU",
    ]  # fmt: skip
    assert made.sentence == "1 repeated part: 5 units of 3 layers become 2 blocks."


def test_what_does_not_repeat_stays() -> None:
    graph = chain(IMAGE, conv(8), layer("ReLU"), layer("Flatten"), layer("Dense", units=3), layer("Dense", units=3))
    made = folded(graph, KERAS)
    assert made.graph == graph
    assert not made.parts


def test_what_calls_a_layer_again_stays() -> None:
    kinds = [IMAGE]
    for _ in range(3):
        kinds += [conv(8), layer("BatchNormalization"), layer("ReLU")]
    graph = chain(*kinds)
    shared = replace(graph.nodes["l4"], shares="l1", values=graph.nodes["l4"].values.without(*graph.nodes["l4"].values))
    made = folded(graph.with_node(shared), KERAS)
    assert {"l1", "l4"} <= made.graph.nodes.keys()
    assert meant(made.graph) == meant(graph.with_node(shared))


def test_wires_in_a_circle_fold_to_nothing() -> None:
    graph = drawing("a > b", "b > a", a=layer("ReLU"), b=layer("ReLU"))
    assert folded(graph, KERAS).graph == graph


def test_frames_notes_and_other_blocks_stay() -> None:
    graph = resnet(3, 3)
    made = folded(graph, KERAS).graph
    again = folded(made, KERAS)
    assert meant(again.graph) == meant(graph)
    assert set(made.blocks) <= set(again.graph.blocks)


UNIT = st.lists(st.sampled_from(["Dense", "ReLU", "LayerNormalization", "Dropout"]), min_size=1, max_size=4)


@given(st.lists(st.tuples(UNIT, st.integers(1, 4), st.lists(st.integers(1, 3), min_size=4, max_size=4)), max_size=4))
def test_whatever_repeats_means_the_same(parts: list[tuple[list[str], int, list[int]]]) -> None:
    values: dict[str, dict[str, Value]] = {"Dense": {"units": 0}, "Dropout": {"rate": 0.5}}
    kinds: list[Kind] = [layer("InputLayer", shape=(4,))]
    for kindset, times, units in parts:
        for turn in range(times):
            for kind in kindset:
                said = dict(values.get(kind, {})) | ({"units": units[turn]} if kind == "Dense" else {})
                kinds.append((kind, None, FrozenMap(said)))
    graph = chain(*kinds)
    made = folded(graph, KERAS)
    assert meant(made.graph) == meant(graph)
    assert len(made.graph.nodes) <= len(graph.nodes)


def test_instances_are_called_after_what_they_hold() -> None:
    graph = chain(IMAGE, *[conv(8), layer("ReLU"), conv(8), layer("ReLU"), layer("MaxPooling2D")] * 2, layer("Flatten"))
    names = {f"l{place}": f"block{1 + (place - 1) // 5}_{place}" for place in range(1, 11)}
    graph = graph.with_nodes(replace(graph.nodes[id], name=name) for id, name in names.items())
    made = folded(graph, KERAS)
    assert {node.name for node in made.graph.nodes.values() if node.id in made.ids} == {"block1", "block2"}


@pytest.mark.parametrize("names", [["stage_1_a", "stage_1_b"], ["1", "2"], ["x", "y"]])
def test_names_inside_are_names(names: list[str]) -> None:
    graph = chain(IMAGE, *[conv(8), layer("ReLU")] * 4)
    renamed = [replace(node, name=f"{names[place % 2]}") for place, node in enumerate(graph.nodes.values())]
    made = folded(graph.with_nodes(renamed), KERAS)
    (block,) = made.graph.blocks.values()
    inside = [node.name for node in block.graph.nodes.values()]
    assert len(set(inside)) == len(inside)
    assert all(isinstance(node, Node) and node.name[0].isalpha() for node in block.graph.nodes.values())
