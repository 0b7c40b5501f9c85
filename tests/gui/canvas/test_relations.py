"""Selecting by relation: along wires, alike, the others."""

from __future__ import annotations

import pytest

from engine.graph import Edge, End, Graph, Node
from engine.values import FrozenMap
from gui.canvas import relations
from tests.gui.canvas.conftest import Hand
from tests.gui.drawings import node, wired


def forked() -> Graph:
    """n1 → n2 → n3 → n4, n2 → n5; n6 alone."""
    graph = wired(*(node(f"n{number}", "Flatten") for number in range(1, 5)))
    graph = graph.with_nodes([node("n5", "Dense", units=3), node("n6", "Dense", units=4)])
    return graph.with_edge(Edge(End("n2", "output"), End("n5", "input")))


@pytest.mark.parametrize(
    ("relation", "start", "ids"),
    [
        ("upstream", ["n3"], {"n1", "n2", "n3"}), ("downstream", ["n2"], {"n2", "n3", "n4", "n5"}),
        ("connected", ["n5"], {"n1", "n2", "n3", "n4", "n5"}), ("connected", ["n6"], {"n6"}),
        ("inverted", ["n1", "n6"], {"n2", "n3", "n4", "n5"}), ("grown", ["n3"], {"n2", "n3", "n4"}),
        ("grown", ["n6"], {"n6"}), ("shrunk", ["n2", "n3", "n4"], {"n3", "n4"}),
        ("shrunk", ["n1", "n2", "n3", "n4", "n5"], {"n2", "n3"}), ("shrunk", ["n6"], set()),
        ("upstream", [], set()), ("shrunk", [], set()),
    ],
)  # fmt: skip
def test_relations(relation: str, start: list[str], ids: set[str]) -> None:
    assert getattr(relations, relation)(forked(), start) == ids


def test_what_grows_shrinks_back() -> None:
    for id in ("n2", "n3"):
        assert relations.shrunk(forked(), relations.grown(forked(), relations.grown(forked(), [id]))) >= {id}


def test_alike_is_the_same_kind_then_the_same_values(hand: Hand) -> None:
    more = [node("d1", "Dense", units=10), node("d2", "Dense", units=3), Node("d3", "Dense", "shared", shares="n3")]
    hand.document.edit("Add", hand.graph.with_nodes(more))
    hand.selection.set(["n3"])
    hand.canvas.commands["select_alike"]()
    assert hand.selection.ids == {"n3", "d1", "d2", "d3"}
    hand.canvas.commands["select_alike"]()
    assert hand.selection.ids == {"n3", "d1", "d3"}
    hand.selection.set(["n1", "d2"])
    hand.canvas.commands["select_alike"]()
    assert hand.selection.ids == {"n1", "n3", "d1", "d2", "d3"}


def test_alike_holds_kind_and_values_together() -> None:
    graph = Graph().with_nodes(
        [
            Node("a", "Dense", "a", FrozenMap({"units": 1})), Node("b", "Dense", "b", FrozenMap({"units": 2})),
            Node("c", "LSTM", "c", FrozenMap({"units": 2})),
        ]
    )  # fmt: skip
    assert relations.alike(graph, ["a", "c"], exactly=True) == {"a", "c"}
    assert relations.alike(graph, ["a", "c"], exactly=False) == {"a", "b", "c"}


@pytest.mark.parametrize(
    ("command", "ids"),
    [
        ("select_upstream", {"n1", "n2"}), ("select_downstream", {"n2", "n3"}),
        ("select_connected", {"n1", "n2", "n3"}), ("select_grow", {"n1", "n2", "n3"}), ("select_shrink", set()),
        ("select_invert", {"n1", "n3", "n4", "n5", "n6", "n7"}), ("select_alike", {"n2"}),
    ],
)  # fmt: skip
def test_commands_select(hand: Hand, command: str, ids: set[str]) -> None:
    hand.selection.set(["n2"])
    hand.canvas.keyboard.do(command)
    assert hand.selection.ids == ids
    assert hand.steps == 0


def test_nothing_selected_is_said(hand: Hand) -> None:
    said: list[str] = []
    hand.canvas.said.connect(said.append)
    for command in ("select_upstream", "select_alike", "select_grow", "next_wire"):
        hand.canvas.keyboard.do(command)
    assert len(said) == 4
    assert all("selected" in sentence for sentence in said)
