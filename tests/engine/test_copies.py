"""Quick copies are the very values that `dataclasses.replace` makes."""

from __future__ import annotations

from dataclasses import FrozenInstanceError, fields, replace

import pytest

from engine.copies import copier
from engine.graph import Node
from engine.values import FrozenMap

NODE = Node("n1", "Dense", "dense", FrozenMap({"units": 8}), (1.0, 2.0), "n2", "bypass", "red", True)


def test_a_copy_is_what_replace_makes() -> None:
    (made,) = copier(Node, "at", "name")([NODE], [(3.0, 4.0)], ["other"])
    asked = replace(NODE, at=(3.0, 4.0), name="other")
    assert made == asked
    assert hash(made) == hash(asked)
    assert type(made) is Node
    assert all(getattr(made, field.name) == getattr(asked, field.name) for field in fields(Node))
    assert replace(made, at=(5.0, 6.0)).at == (5.0, 6.0)


def test_what_was_copied_stays_and_the_copy_is_frozen() -> None:
    before = replace(NODE)
    (made,) = copier(Node, "at")([NODE], [(9.0, 9.0)])
    assert before == NODE
    with pytest.raises(FrozenInstanceError):
        made.name = "x"  # type: ignore[misc]


def test_each_field_is_given() -> None:
    with pytest.raises(ValueError, match="zip"):
        copier(Node, "at", "name")([NODE], [(9.0, 9.0)])


def test_each_value_is_given() -> None:
    with pytest.raises(ValueError, match="2 values want as many of name, received 1"):
        copier(Node, "at", "name")([NODE, NODE], [(9.0, 9.0), (0.0, 0.0)], ["other"])


def test_each_copy_gets_its_own() -> None:
    nodes = [replace(NODE, id=f"n{i}", name=f"dense_{i}") for i in range(3)]
    places = [(float(i), 0.0) for i in range(3)]
    assert copier(Node, "at")(nodes, places) == [replace(node, at=at) for node, at in zip(nodes, places, strict=True)]
