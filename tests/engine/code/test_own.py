"""A script carries the source of each class that Keras lacks and it uses, and of no other."""

from __future__ import annotations

import ast

from engine.catalogue import catalogue
from engine.code.own import IGNORED, classes
from engine.code.script import script
from engine.project import Project
from engine.recipe import Recipe
from engine.values import FrozenMap, Part
from tests.engine.drawings import chain, layer

KERAS = catalogue()


def text(*kinds: str, recipe: Recipe | None = None) -> str:
    graph = chain(layer("InputLayer", shape=(8, 8, 4)), *map(layer, kinds), layer("Dense", units=10))
    return script(Project(graph, recipe or Recipe()), KERAS, data_file="data.npz", name="net")


def defined(code: str) -> list[str]:
    return [item.name for item in ast.parse(code).body if isinstance(item, ast.ClassDef)]


def test_the_catalogue_and_the_sources_name_the_same_classes() -> None:
    own = [spec.name for spec in KERAS.layers.values() if spec.own]
    own += [spec.name for kind in KERAS.parts.values() for spec in kind.values() if spec.own]
    assert sorted(own) == sorted(classes())


def test_what_is_used_is_carried_once() -> None:
    code = text("LocalResponseNormalization", "ScaledTanh", "LocalResponseNormalization")
    assert sorted(defined(code)) == ["LocalResponseNormalization", "ScaledTanh"]
    assert "from typing import Any" in code
    assert IGNORED not in code


def test_a_script_that_needs_none_carries_none() -> None:
    code = text("ReLU")
    assert defined(code) == []
    assert "typing" not in code


def test_a_loss_and_an_initializer_are_carried_too() -> None:
    kernel = layer("Dense", units=10, kernel_initializer=Part("FanInUniform", FrozenMap()))
    graph = chain(layer("InputLayer", shape=(8, 8, 1)), layer("Flatten"), kernel)
    recipe = Recipe(loss=Part("MultiClassHinge"))
    code = script(Project(graph, recipe), KERAS, data_file="data.npz", name="net")
    assert sorted(defined(code)) == ["FanInUniform", "MultiClassHinge"]
    assert "kernel_initializer=FanInUniform()" in code
    assert "loss=MultiClassHinge()" in code


def test_a_node_that_is_named_as_a_class_hides_none() -> None:
    graph = chain(layer("InputLayer", shape=(8,)), layer("Maxout", units=4), layer("Dense", units=2))
    code = script(Project(graph.renamed("l2", "Maxout")), KERAS, data_file="data.npz", name="net")
    assert "Maxout_2 = layers.Dense(" in code or "model = keras.Model" in code
    assert "Maxout = " not in code
