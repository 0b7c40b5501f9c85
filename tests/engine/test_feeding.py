"""What each input receives and each output learns, by their names, and names that change."""

from __future__ import annotations

from dataclasses import replace

import pytest

from engine.catalogue import catalogue
from engine.choices import OutputChoice
from engine.data.columns import Column
from engine.datasets import dataset
from engine.errors import RecipeError
from engine.feeding import feeding, followed, learned, received
from engine.graph import Graph
from engine.recipe import Recipe
from engine.values import FrozenMap
from tests.engine.drawings import drawing, layer

DIGITS, CAPTIONS = dataset("digits"), dataset("captions")
TWO = replace(DIGITS, targets=(Column("digit", (), "classes", ("0", "1")), Column("ink", (1,))))
HEADS = Recipe(outputs=FrozenMap({"side": OutputChoice(weight=0.3)}))


def forked() -> Graph:
    return drawing("x > main", "x > side", x=layer("InputLayer", shape=(4,)), main=layer("Dense", units=10),
                   side=layer("Dense", units=10))  # fmt: skip


def test_one_input_and_one_target_need_no_names() -> None:
    found = feeding(forked(), catalogue(), Recipe(), DIGITS)
    assert [(name, column.name) for name, column in found.inputs] == [("x", "image")]
    assert [(name, column.name) for name, column in found.outputs] == [("main", "digit"), ("side", "digit")]


def test_of_several_each_has_its_own() -> None:
    assert received(CAPTIONS, "words", 2).name == "words"
    assert learned(TWO, Recipe(), "ink").name == "ink"
    chosen = Recipe(outputs=FrozenMap({"main": OutputChoice(target="ink")}))
    assert learned(TWO, chosen, "main").name == "ink"


@pytest.mark.parametrize(
    ("inputs", "hint"),
    [(1, "Rename x to one of them, and add inputs for the others."), (2, "Rename x to one of them.")],
)
def test_an_input_without_data_says_what_there_is(inputs: int, hint: str) -> None:
    with pytest.raises(RecipeError) as caught:
        received(CAPTIONS, "x", inputs, "n1")
    assert caught.value.node == "n1"
    assert caught.value.sentence == (
        "Each input bears the name of what it receives; Figures with captions offer image and words. "
        f"Received: 'x'. {hint}"
    )


def test_an_output_without_a_target_says_what_there_is() -> None:
    with pytest.raises(RecipeError, match=r"main learns one of the targets of Handwritten digits: digit and ink"):
        learned(TWO, Recipe(), "main")


def test_outputs_are_followed_as_they_are_renamed() -> None:
    before = forked()
    after = before.with_nodes([replace(before.node("side"), name="head"), replace(before.node("main"), name="side")])
    assert followed(HEADS, before, after).outputs == {"head": OutputChoice(weight=0.3)}
    within = Recipe(outputs=FrozenMap({"side.last": OutputChoice(weight=0.3)}))
    assert list(followed(within, before, after).outputs) == ["head.last"]


def test_what_is_gone_and_what_is_not_renamed_stay() -> None:
    before = forked()
    assert followed(HEADS, before, before.without(["side"])) is HEADS
    assert followed(HEADS, before, before) is HEADS
