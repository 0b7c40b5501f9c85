"""A walk that looks only at what an edit touched finds what a walk through the whole finds, edit after edit."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import replace

import pytest

from engine.catalogue import catalogue
from engine.graph import Graph
from tests.engine.drawings import chain, drawing, layer

#: Words with a mask through two readers of it, an image beside, a layer that two share, and names that readers give.
BRANCHED = drawing(
    "words > e", "e > d", "d > r", "r > a", "e > flat", "flat > b", "image > c", "c > p", "p > q", "q > g",
    "g > s", "s > j", "h > j", "a > h", "j > out", "x > y", "y > z",
    words=layer("InputLayer", shape=(7,), dtype="int32"),
    e=layer("Embedding", input_dim=9, output_dim=4, mask_zero=True),
    d=layer("Dropout", rate=0.1), r=layer("LSTM", units=6), a=layer("Dense", units=5),
    flat=layer("Flatten"), b=layer("Dense", units=3),
    image=layer("InputLayer", shape=(12, 12, 3)), c=layer("Conv2D", filters=4, kernel_size=(3, 3)),
    p=layer("MaxPooling2D"), q=layer("BatchNormalization"), g=layer("GlobalAveragePooling2D"),
    s=layer("Dense", units=5), h=layer("Dense", shares="s"), j=layer("Concatenate"), out=layer("Dense", units=2),
    x=layer("InputLayer", shape=(12,)), y=layer("Reshape", target_shape=(3, 4)), z=layer("LSTM", units=2),
)  # fmt: skip
VALUES = {
    "units": (0, 1, 5, 6), "rate": (0.1, 0.5, 2.0), "filters": (4, 8, 0), "kernel_size": ((3, 3), (13, 13), (1, 1)),
    "mask_zero": (True, False), "output_dim": (4, 3), "target_shape": ((3, 4), (4, 3), (5, 5), (12,)),
    "shape": ((7,), (12, 12, 3), (9, 9, 1), (12,)), "return_sequences": (True, False), "pool_size": ((2, 2), (40, 40)),
}  # fmt: skip
LAYERS = ("Dense", "Dropout", "Flatten", "LSTM", "ReLU", "BatchNormalization")


def valued(graph: Graph, chance: random.Random) -> Graph:
    id = chance.choice(list(graph.nodes))
    node = graph.nodes[id]
    names = [p.name for p in catalogue().layer(node.layer).parameters if p.name in VALUES] or ["name"]
    name = chance.choice(names)
    return graph if name == "name" else graph.with_value(id, name, chance.choice(VALUES[name]))


def named(graph: Graph, chance: random.Random) -> Graph:
    id, other = chance.choice(list(graph.nodes)), chance.choice(list(graph.nodes))
    return graph.with_node(replace(graph.nodes[id], name=graph.nodes[other].name + chance.choice(("", "_2"))))


def kinded(graph: Graph, chance: random.Random) -> Graph:
    id = chance.choice([id for id, node in graph.nodes.items() if node.layer in LAYERS])
    fresh = catalogue().new_node(graph, chance.choice(LAYERS), (0.0, 0.0))
    return graph.with_node(replace(graph.nodes[id], layer=fresh.layer, values=fresh.values))


def unwired(graph: Graph, chance: random.Random) -> Graph:
    return graph.without_edges([chance.choice(graph.edges)]) if graph.edges else graph


def moded(graph: Graph, chance: random.Random) -> Graph:
    id = chance.choice(list(graph.nodes))
    return graph.with_node(replace(graph.nodes[id], mode=chance.choice(("", "bypass", "disable"))))


def shared(graph: Graph, chance: random.Random) -> Graph:
    ids = [id for id, node in graph.nodes.items() if node.layer == "Dense"]
    id = chance.choice(ids)
    return graph.with_node(
        replace(graph.nodes[id], shares=chance.choice([None, *(each for each in ids if each != id)]))
    )


EDITS: tuple[Callable[[Graph, random.Random], Graph], ...] = (valued,) * 6 + (named, kinded, unwired, moded, shared)


@pytest.mark.parametrize("seed", range(6))
def test_an_edit_is_answered_as_the_whole_would_be(seed: int) -> None:
    from engine.worker.check import Checker

    chance, checker = random.Random(seed), Checker()
    graph, before = BRANCHED, [BRANCHED]
    for step in range(40):
        graph = chance.choice(before[-4:]) if chance.random() < 0.15 else chance.choice(EDITS)(graph, chance)
        before.append(graph)
        whole = Checker()
        whole._answers = checker._answers
        assert checker.check(graph) == whole.check(graph), f"step {step}"


def test_an_edit_looks_at_what_it_touched_and_no_further(monkeypatch: pytest.MonkeyPatch) -> None:
    from engine.worker.check import Checker
    from engine.worker.visit import Visit

    looked: list[str] = []

    def watched(visit: Visit, node: str) -> bool:
        looked.append(node)
        return known(visit, node)

    known = Visit._known
    monkeypatch.setattr(Visit, "_known", watched)
    convolutions = [layer("Conv2D", filters=2, kernel_size=(1, 1))] * 9
    graph, checker = chain(layer("InputLayer", shape=(9, 9, 1)), *convolutions), Checker()
    checker.check(graph)
    assert looked == list(graph.nodes)
    behind = [f"l{place}" for place in range(5, 10)]
    for name, value, beyond in (("filters", 3, ["l5"]), ("use_bias", False, []), ("filters", 0, behind)):
        graph = graph.with_value("l4", name, value)
        looked.clear()
        checker.case(graph)
        # An input is looked at each time: its readers may have other names for its axes.
        assert looked == ["l0", "l4", *beyond]
