"""What differs between runs is found and said in words: recipes, drawings, seeds."""

from __future__ import annotations

from dataclasses import replace

import pytest

from engine.choices import DataChoice, Keeping, Stopping
from engine.graph import Edge, End, Node
from engine.recipe import Recipe, recipe_to_json
from engine.runs.compare import (
    Difference,
    aligned,
    alike_but_for_seed,
    drawing_difference,
    matched,
    recipe_differences,
    spread,
)
from engine.runs.values import EpochRow, RunRow
from engine.values import FrozenMap, Part
from tests.engine.runs.kept import CHAIN


def told(old: Recipe, new: Recipe) -> list[tuple[str, str, str]]:
    return [(row.field, row.old, row.new) for row in recipe_differences(recipe_to_json(old), recipe_to_json(new))]


def test_recipes_that_are_equal_differ_in_nothing() -> None:
    assert told(Recipe(), Recipe()) == []


def test_a_recipe_is_told_in_the_words_of_its_page() -> None:
    old = Recipe(optimizer=Part("Adam", FrozenMap({"learning_rate": 0.001})))
    new = replace(
        old, optimizer=Part("SGD", FrozenMap({"learning_rate": 0.1, "momentum": 0.9})), batch_size=64,
        data=DataChoice("shapes", 0.2), steps_per_execution=8,
    )  # fmt: skip
    assert set(told(old, new)) == {
        ("Data", "digits", "shapes"), ("Validation share", "–", "0.2"), ("Optimizer", "Adam", "SGD"),
        ("Learning rate", "0.001", "0.1"), ("Momentum", "–", "0.9"), ("Batch size", "32", "64"),
        ("Steps per execution", "–", "8"),
    }  # fmt: skip


def test_layers_are_the_same_by_id_then_by_name() -> None:
    other = replace(
        CHAIN,
        nodes=FrozenMap(dict(zip("abc", map_ids(CHAIN.nodes.values(), "abc"), strict=True))),
        edges=(Edge(End("a", "output"), End("b", "input")), Edge(End("b", "output"), End("c", "input"))),
    )
    assert matched(CHAIN, other) == {"n1": "a", "n2": "b", "n3": "c"}
    assert not drawing_difference(CHAIN, other).changes


def map_ids(nodes: object, ids: str) -> list[Node]:
    return [replace(node, id=id) for node, id in zip(nodes, ids, strict=True)]  # type: ignore[call-overload]


def test_another_layer_under_an_old_id_is_another_layer() -> None:
    new = replace(CHAIN, nodes=CHAIN.nodes.with_item("n2", Node("n2", "Dropout", "drop")))
    found = drawing_difference(CHAIN, new)
    assert [node.name for node in found.added] == ["drop"]
    assert [node.name for node in found.removed] == ["flat"]
    assert found.removed[0].id not in new.nodes


def test_what_was_set_otherwise_is_told_by_layer_and_parameter() -> None:
    new = CHAIN.with_value("n3", "units", 20).with_value("n3", "activation", "softmax")
    found = drawing_difference(CHAIN, new)
    assert set(found.rows) == {
        Difference("digit · units", "10", "20"), Difference("digit · activation", "–", "softmax")
    }  # fmt: skip
    assert found.words == "1 changed"


def test_wires_and_layers_that_came_and_went_are_counted() -> None:
    new = CHAIN.without(["n2"]).with_node(Node("n9", "Dropout", "drop"))
    found = drawing_difference(CHAIN, new)
    assert found.words == "1 added, 1 removed, 2 wires"
    assert drawing_difference(CHAIN, CHAIN.moved({"n1": (5.0, 5.0)})).words == "the same network"


def test_drawings_with_the_same_ids_stay_as_they_are() -> None:
    assert aligned(CHAIN, CHAIN.with_value("n3", "units", 3)) is CHAIN


def test_runs_that_differ_in_their_seed_alone_stand_together() -> None:
    def run(id: str, seed: int, epochs: int = 5, network: str = "x") -> RunRow:
        return RunRow(id, seed=seed, network=network, recipe_text=f'{{"seed": {seed}, "epochs": {epochs}}}')

    rows = [run("a", 1), run("b", 2), run("c", 3, epochs=6), run("d", 4, network="y"), run("e", 1, network="y")]
    assert [[row.id for row in group] for group in alike_but_for_seed(rows)] == [["a", "b"], ["d", "e"]]
    assert alike_but_for_seed([run("a", 1), run("b", 1)]) == []


def test_mean_and_deviation_are_over_the_epochs_that_all_have() -> None:
    runs = [[EpochRow(n, n, 1.0, {"loss": value + n}) for n in range(1, last)] for value, last in ((1, 4), (3, 3))]
    found = spread("loss", runs)
    assert found.epochs.tolist() == [1, 2]
    assert found.mean.tolist() == [3, 4]
    assert found.deviation.tolist() == pytest.approx([2**0.5, 2**0.5])
    assert spread("loss", [runs[0]]).deviation.tolist() == [0, 0, 0]
    assert len(spread("nothing", runs).epochs) == 0


def test_a_choice_with_its_usual_values_is_told() -> None:
    assert told(Recipe(), Recipe(stopping=Stopping())) == [("Stopping", "–", "on")]
    assert ("Keeping · every", "–", "3") in told(Recipe(), Recipe(keeping=Keeping(every=3)))
